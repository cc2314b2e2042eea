"""Typed lines from a text file: one line a note, indented by spaces, tabs or list marks.

A line may begin with the moment at which it was typed: `[12:34] 120k` or `[1:02:03] hire Q3?`.
"""

import re
from pathlib import Path

from granola_like.domain.note import NoteLine
from granola_like.exchange.cleaning import without_controls
from granola_like.exchange.files import read_text

_STAMP = re.compile(r"^\[(?:(\d{1,2}):)?(\d{1,3}):(\d{2})\]\s*")
_MARK = re.compile(r"^[-*•+]\s+")


def read_notes(file: Path) -> tuple[NoteLine, ...]:
    """Read typed lines. Raises ExchangeError."""
    return parse_notes(read_text(file))


def parse_notes(text: str) -> tuple[NoteLine, ...]:
    """Make note lines of text; empty lines are passed over."""
    found: list[NoteLine] = []
    for raw in text.splitlines():
        line = without_controls(raw).expandtabs(2)
        words = line.strip()
        indent = (len(line) - len(line.lstrip())) // 2
        typed: int | None = None
        # "- [0:14] 120k" and "[0:14] - 120k" are both what people write.
        for _ in range(2):
            words = _MARK.sub("", words)
            if stamp := _STAMP.match(words):
                typed = _milliseconds(stamp)
                words = words[stamp.end() :]
        if words:
            number = f"n{len(found) + 1}"
            found.append(NoteLine(id=number, text=words, indent=indent, typed_at_ms=typed))
    return tuple(found)


def _milliseconds(stamp: re.Match[str]) -> int:
    hours, minutes, seconds = (int(part or 0) for part in stamp.groups())
    return (hours * 3600 + minutes * 60 + seconds) * 1000
