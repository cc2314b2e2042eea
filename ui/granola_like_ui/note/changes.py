"""What the person did to the lines of a finished note, as values."""

from dataclasses import dataclass, replace
from typing import Literal

from granola_like.domain.enhanced import BlockKind
from granola_like_ui.note.lines import Lines
from granola_like_ui.note.shown import TYPED, ShownLine

What = Literal["reworded", "dropped", "returned", "inserted"]


@dataclass(frozen=True, slots=True, kw_only=True)
class LineChange:
    """One line that is otherwise now."""

    what: What
    line: str
    """The line's id; that of an inserted line is made here, and stays."""
    text: str = ""
    after: str | None = None
    """Behind which line it was inserted or came back; None is the top."""
    indent: int = 0
    kind: BlockKind = "note"


def between(before: Lines, after: Lines, shown: dict[str, ShownLine]) -> tuple[LineChange, ...]:
    """List what makes `after` of `before`. Lines that were shown once and are back are returned.

    A line without words is none: it was just begun, or it is about to go.
    """
    known = {line.id: line for line in before if line.text.strip()}
    here = [line for line in after if line.text.strip()]
    gone = known.keys() - {line.id for line in here}
    changes = [LineChange(what="dropped", line=name) for name in known if name in gone]
    behind: str | None = None
    for line in here:
        was = known.get(line.id)
        what: What | None = "reworded" if was is not None and was.text != line.text else None
        if was is None:
            what = "returned" if line.id in shown else "inserted"
        if what is not None:
            made = LineChange(
                what=what, line=line.id, text=line.text, after=behind, indent=line.indent
            )
            kind = _kind(behind, shown)
            changes.append(replace(made, kind=kind) if what == "inserted" else made)
        if not line.id.startswith(TYPED):  # nothing of the note's own stands there yet
            behind = line.id
    return tuple(changes)


def _kind(behind: str | None, shown: dict[str, ShownLine]) -> BlockKind:
    """A line behind an action item is one, and so on; behind anything else it is a plain line."""
    line = shown.get(behind or "")
    return line.kind if line is not None and line.kind in _LISTS else "note"


_LISTS = frozenset({"action", "decision", "question"})
