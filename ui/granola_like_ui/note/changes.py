"""What the person did to the lines of a finished note, as values."""

from dataclasses import dataclass
from typing import Literal

from granola_like.domain.enhanced import BlockKind
from granola_like_ui.note.lines import Lines
from granola_like_ui.note.shown import ShownLine

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

    A line that was begun and has no words yet is no change.
    """
    known, here = {line.id: line for line in before}, {line.id for line in after}
    changes = [LineChange(what="dropped", line=line.id) for line in before if line.id not in here]
    behind: str | None = None
    for line in after:
        was = known.get(line.id)
        facts = {"line": line.id, "text": line.text, "indent": line.indent, "after": behind}
        if was is None and line.id in shown:
            changes.append(LineChange(what="returned", **facts))  # type: ignore[arg-type]
        elif was is None and line.text.strip():
            kind = _kind(behind, shown)
            changes.append(LineChange(what="inserted", kind=kind, **facts))  # type: ignore[arg-type]
        elif was is not None and was.text != line.text:
            changes.append(LineChange(what="reworded", **facts))  # type: ignore[arg-type]
        behind = line.id
    return tuple(changes)


def _kind(behind: str | None, shown: dict[str, ShownLine]) -> BlockKind:
    """A line behind an action item is one, and so on; behind anything else it is a plain line."""
    line = shown.get(behind or "")
    return line.kind if line is not None and line.kind in _LISTS else "note"


_LISTS = frozenset({"action", "decision", "question"})
