"""Which word is being heard: found in thousands of lines without looking at each."""

from bisect import bisect_right
from collections.abc import Sequence
from dataclasses import dataclass

from granola_like_ui.transcript.state import Line, Row

_BACK = 8
"""So many lines before the last that has begun may still be going on: both sides speak at once."""


@dataclass(frozen=True, slots=True)
class Heard:
    """A row, and the number of a word in it; None between two words."""

    row: int
    word: int | None = None


class Timeline:
    """The rows of a transcript by time."""

    def __init__(self, rows: Sequence[Row]) -> None:
        self._rows = rows
        self._lines = [number for number, row in enumerate(rows) if isinstance(row, Line)]
        self._starts = [rows[number].start_ms for number in self._lines]

    def at(self, ms: int) -> Heard | None:
        """Say what is heard at a time; before the first word nothing is.

        Of two that speak at once it is the one that began last, while it lasts.
        """
        last = bisect_right(self._starts, ms) - 1
        if last < 0:
            return None
        chosen = last
        for number in range(last, max(-1, last - _BACK), -1):
            if self._rows[self._lines[number]].end_ms > ms:
                chosen = number
                break
        row = self._lines[chosen]
        line = self._rows[row]
        assert isinstance(line, Line)
        return Heard(row, word_at(line, ms))


def word_at(line: Line, ms: int) -> int | None:
    """Give the number of the word that is being said; the last one that has begun, else None."""
    if ms >= line.end_ms:
        return None
    begun = [number for number, word in enumerate(line.words) if word.start_ms <= ms]
    return begun[-1] if begun else None
