"""Typed lines that keep who they are: stable ids, and stamps of the meeting clock.

The editor knows only text. After each of its changes these functions say which line is which, so
that a line keeps its id through edits, moves, splits, merges and undo.
"""

import uuid
from collections.abc import Callable, Sequence
from dataclasses import dataclass, replace

from granola_like.domain.note import NoteLine

Lines = tuple[NoteLine, ...]

LONGEST_HISTORY = 400
_PAUSE_S = 1.0
"""What is typed after a pause as long is a step of its own for undo."""


@dataclass(frozen=True, slots=True)
class Row:
    """A line as the editor shows it."""

    text: str
    indent: int = 0


def new_id() -> str:
    """Make the id of a new line."""
    return uuid.uuid4().hex[:12]


def follow(
    lines: Lines,
    rows: Sequence[Row],
    *,
    at: int = 0,
    gone: int | None = None,
    now_ms: int | None = None,
    make_id: Callable[[], str] = new_id,
) -> Lines:
    """Give the lines after `rows` took the place of `gone` lines from `at` on.

    A row is the line that says the same, else the line of which it is a part or which is a part of
    it, else a new one. `now_ms` is the meeting clock; None where there is none.
    """
    end = len(lines) if gone is None else at + gone
    old, first = lines[at:end], 0
    shortest = min(len(old), len(rows))
    while first < shortest and _says(old[first], rows[first]):
        first += 1
    last = 0
    while last < shortest - first and _says(old[-1 - last], rows[-1 - last]):
        last += 1
    before, middle = old[:first], old[first : len(old) - last]
    changed = rows[first : len(rows) - last]
    owners = _owners(middle, changed)
    made = tuple(
        _stamped(owner, row, now_ms) if owner else _new(row, now_ms, make_id)
        for owner, row in zip(owners, changed, strict=True)
    )
    return (*lines[:at], *before, *made, *old[len(old) - last :], *lines[end:])


def restored(wanted: Lines, lines: Lines, *, now_ms: int | None) -> Lines:
    """Give the wording of `wanted` with stamps that never run backwards from those of `lines`."""
    here = {line.id: line for line in lines}
    return tuple(
        line
        if here.get(line.id) == line
        else _stamped(_later(line, here.get(line.id)), Row(line.text, line.indent), now_ms, True)
        for line in wanted
    )


def _says(line: NoteLine, row: Row) -> bool:
    return line.text == row.text and line.indent == row.indent


def _owners(old: Lines, rows: Sequence[Row]) -> list[NoteLine | None]:
    """Find for each row the line that it is; a line is at most one row."""
    owners: list[NoteLine | None] = [None] * len(rows)
    left = list(old)
    if len(old) != len(rows) or len(old) > 1:
        by_text: dict[str, list[NoteLine]] = {}
        for line in old:
            by_text.setdefault(line.text, []).append(line)
        for at, row in enumerate(rows):
            if row.text and (same := by_text.get(row.text)):
                owners[at] = same.pop(0)
        taken = {line.id for line in owners if line}
        left = [line for line in old if line.id not in taken]
    free = [at for at, owner in enumerate(owners) if owner is None]
    if len(left) > len(free) and free:  # merged: the first line that has words goes on
        left = [line for line in left if line.text][: len(free)] or left
    for at, line in zip(free, left, strict=False):
        owners[at] = line
    return owners


def _new(row: Row, now_ms: int | None, make_id: Callable[[], str]) -> NoteLine:
    typed = now_ms if row.text else None
    return NoteLine(
        id=make_id(), text=row.text, indent=row.indent, typed_at_ms=typed, edited_at_ms=typed
    )


def _stamped(line: NoteLine, row: Row, now_ms: int | None, always: bool = False) -> NoteLine:
    if _says(line, row) and not always:
        return line
    typed = line.typed_at_ms
    if typed is None and row.text and not line.text:
        typed = now_ms
    stamps = [stamp for stamp in (line.edited_at_ms, typed, now_ms) if stamp is not None]
    changed = line.edited_at_ms if now_ms is None else max(stamps)
    return replace(line, text=row.text, indent=row.indent, typed_at_ms=typed, edited_at_ms=changed)


def _later(line: NoteLine, other: NoteLine | None) -> NoteLine:
    if other is None:
        return line
    stamps = [s for s in (line.edited_at_ms, other.edited_at_ms) if s is not None]
    typed = line.typed_at_ms if line.typed_at_ms is not None else other.typed_at_ms
    return replace(line, typed_at_ms=typed, edited_at_ms=max(stamps, default=None))


@dataclass(frozen=True, slots=True)
class _Step:
    """The lines before a change, and whether it was typing within one line."""

    before: Lines
    line: str | None
    moment_s: float
    ends_word: bool


class History:
    """Lines, and the way back through what was done to them."""

    def __init__(self, lines: Lines = (), *, make_id: Callable[[], str] = new_id) -> None:
        self._make_id = make_id
        self._done: list[_Step] = []
        self._undone: list[Lines] = []
        self.lines = lines

    def start(self, lines: Lines) -> None:
        """Begin anew with these lines: there is nothing to undo."""
        self.lines = lines
        self._done.clear()
        self._undone.clear()

    def put(self, lines: Lines) -> None:
        """Take lines that came from elsewhere; that can be undone, too."""
        if _said(self.lines) == _said(lines):
            self.lines = lines
            return
        self._done.append(_Step(self.lines, None, 0.0, True))
        self._undone.clear()
        self.lines = lines

    def take(
        self, rows: Sequence[Row], *, at: int, gone: int, now_ms: int | None, moment_s: float
    ) -> bool:
        """Take a change of the editor; say whether it was one. Times: see `follow`; seconds."""
        before = self.lines
        after = follow(before, rows, at=at, gone=gone, now_ms=now_ms, make_id=self._make_id)
        if _said(before) == _said(after):
            return False
        self.lines = after
        self._undone.clear()
        line = _one_line(before, after)
        step = self._done[-1] if self._done else None
        goes_on = (
            step is not None
            and line is not None
            and step.line == line.id
            and moment_s - step.moment_s < _PAUSE_S
            and not (step.ends_word and not line.text[-1:].isspace())
        )
        if goes_on and step is not None:
            self._done.pop()
            before = step.before
        self._done.append(_Step(before, line.id if line else None, moment_s, _ends_word(line)))
        del self._done[:-LONGEST_HISTORY]
        return True

    def undo(self, *, now_ms: int | None) -> bool:
        """Go one step back; say whether there was one."""
        if not self._done:
            return False
        step = self._done.pop()
        self._undone.append(self.lines)
        self.lines = restored(step.before, self.lines, now_ms=now_ms)
        return True

    def redo(self, *, now_ms: int | None) -> bool:
        """Do again what was undone last; say whether there was anything."""
        if not self._undone:
            return False
        self._done.append(_Step(self.lines, None, 0.0, True))
        self.lines = restored(self._undone.pop(), self.lines, now_ms=now_ms)
        return True

    @property
    def can_undo(self) -> bool:
        """Whether there is a step back."""
        return bool(self._done)

    @property
    def can_redo(self) -> bool:
        """Whether there is a step forward."""
        return bool(self._undone)


def _said(lines: Lines) -> list[tuple[str, str, int]]:
    return [(line.id, line.text, line.indent) for line in lines]


def _one_line(before: Lines, after: Lines) -> NoteLine | None:
    """Give the one line whose words changed, where nothing else did."""
    if len(before) != len(after):
        return None
    changed = [a for b, a in zip(before, after, strict=True) if b is not a]
    return changed[0] if len(changed) == 1 else None


def _ends_word(line: NoteLine | None) -> bool:
    return line is None or line.text[-1:].isspace()
