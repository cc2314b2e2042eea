"""The lines that the person types during a recording: on the disk before the next key.

A journal, because a line may be changed or removed: each state of a line is appended, the last
one counts. A line keeps the place where it was first typed, unless it is put somewhere else.
"""

import os
import uuid
from pathlib import Path

from granola_like.audio.journal import Journal, read_journal
from granola_like.domain.note import NoteLine
from granola_like.errors import SoundError

_FILE = "notes.jsonl"


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
        self._write(
            "line",
            id=line.id,
            text=line.text,
            indent=line.indent,
            typed=line.typed_at_ms,
            edited=line.edited_at_ms,
            position=position,
        )

    def remove(self, line_id: str) -> None:
        """Take a line out."""
        self._write("gone", id=line_id)

    def close(self) -> None:
        """Close the file. Closing twice is harmless."""
        self._journal.close()

    def _write(self, event: str, **facts: str | int | None) -> None:
        try:
            self._journal.write(event, **facts)
            self._journal.sync()
        except OSError as error:
            raise SoundError(
                f"The line could not be saved: {os.strerror(error.errno or 0)}.",
                hint="Make room on the disk, then type it again.",
            ) from error


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
