"""The lines that the person types during a recording: on the disk before the next key.

A journal, because a line may be changed or removed: each state of a line is appended, the last
one counts. A line keeps the place where it was first typed, unless it is put somewhere else.
"""

import os
import uuid
from collections.abc import Sequence
from difflib import SequenceMatcher
from pathlib import Path
from typing import TypeAlias

from granola_like.audio.journal import Journal, read_journal
from granola_like.domain.note import NoteLine
from granola_like.errors import SoundError

_FILE = "notes.jsonl"

Facts: TypeAlias = dict[str, str | int | None]


class NotesJournal:
    """Takes typed lines. Every method returns when the disk has them; raises SoundError."""

    def __init__(self, folder: Path) -> None:
        self._journal = Journal(folder / _FILE)

    def add(self, text: str, *, at_ms: int, indent: int = 0) -> NoteLine:
        """Keep a new line, stamped with the meeting clock."""
        line = NoteLine(id=uuid.uuid4().hex[:12], text=text, indent=indent, typed_at_ms=at_ms)
        self.keep(line)
        return line

    def keep(self, line: NoteLine, *, position: int | None = None) -> None:
        """Keep this state of a line, new or known; `position` moves it among the others."""
        self._write("line", _facts(line, position))

    def remove(self, line_id: str) -> None:
        """Take a line out."""
        self._write("gone", {"id": line_id})

    def keep_all(self, before: Sequence[NoteLine], after: Sequence[NoteLine]) -> None:
        """Keep the whole notepad as it is now: what differs from `before`, and one flush.

        `before` is what the journal gives; killed in between, no line of `after` that was there
        before is lost. Nothing is written where nothing differs.
        """
        steps = changes(before, after)
        for step in steps:
            self._write(*step, flush=step is steps[-1])

    def close(self) -> None:
        """Close the file. Closing twice is harmless."""
        self._journal.close()

    def _write(self, event: str, facts: Facts, *, flush: bool = True) -> None:
        try:
            self._journal.write(event, **facts)
            if flush:
                self._journal.sync()
        except OSError as error:
            raise SoundError(
                f"The line could not be saved: {os.strerror(error.errno or 0)}.",
                hint="Make room on the disk, then type it again.",
            ) from error


def changes(before: Sequence[NoteLine], after: Sequence[NoteLine]) -> list[tuple[str, Facts]]:
    """Say what to journal so that the lines become `after`: events with their facts. Pure.

    Lines that stand in the same order as before are written only where they changed; removals
    come last, so that whatever is cut off leaves a line too much, never one too few.
    """
    there = [line.id for line in before]
    wanted = {line.id for line in after}
    matched = SequenceMatcher(None, there, [line.id for line in after], autojunk=False)
    in_order = {
        there[at]
        for block in matched.get_matching_blocks()
        for at in range(block.a, block.a + block.size)
    }
    known = {line.id: line for line in before}
    steps: list[tuple[str, Facts]] = []
    at = 0
    for line in after:
        while at < len(there) and there[at] not in wanted:
            at += 1
        if line.id in in_order:
            while there[at] != line.id:
                if there[at] not in wanted:
                    at += 1
                    continue
                # It belongs somewhere further down: out of the way until its turn.
                mover = there.pop(at)
                there.append(mover)
                steps.append(("line", _facts(known[mover], len(there) - 1)))
            if line != known[line.id]:
                steps.append(("line", _facts(line, None)))
        else:
            if line.id in there:
                there.remove(line.id)
            there.insert(at, line.id)
            steps.append(("line", _facts(line, at)))
        at += 1
    steps += [("gone", {"id": line.id}) for line in before if line.id not in wanted]
    return steps


def _facts(line: NoteLine, position: int | None) -> Facts:
    return {
        "id": line.id,
        "text": line.text,
        "indent": line.indent,
        "typed": line.typed_at_ms,
        "edited": line.edited_at_ms,
        "position": position,
    }


def read_notes(folder: Path) -> tuple[NoteLine, ...]:
    """Read the lines in their order; one that a crash cut in the middle of writing is left out."""
    lines: list[NoteLine] = []
    for fact in read_journal(folder / _FILE):
        try:
            known = next((i for i, line in enumerate(lines) if line.id == fact["id"]), None)
            if fact["e"] == "gone":
                if known is not None:
                    del lines[known]
                continue
            line = NoteLine(
                id=str(fact["id"]),
                text=str(fact["text"]),
                indent=int(fact["indent"]),
                typed_at_ms=fact["typed"],
                edited_at_ms=fact["edited"],
            )
            position = fact.get("position")
        except (KeyError, TypeError, ValueError):
            continue
        if known is not None:
            del lines[known]
        place = position if isinstance(position, int) else known
        lines.insert(len(lines) if place is None else place, line)
    return tuple(lines)
