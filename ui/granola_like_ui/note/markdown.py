"""The few habits of Markdown that a notepad knows. The text stays as it was typed."""

import re
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from typing import Literal

from granola_like_ui.note.lines import Row

Kind = Literal["plain", "heading", "bullet", "number", "box"]

_HEADING = re.compile(r"#{1,3} ")
_BOX = re.compile(r"(?:[-*] )?\[([ xX]?)\] ")
_BULLET = re.compile(r"[-*•–] ")
_NUMBER = re.compile(r"(\d{1,3})([.)]) ")
_BOLD = re.compile(r"(\*\*|__)(?=\S)(.+?)(?<=\S)\1")
_LEAD = re.compile(r"[ \t\u00a0]*")
_ENDS = re.compile(r"\r\n|[\r\n\x0b\x0c\x1c-\x1e\x85\u2028\u2029]")
_CONTROLS = re.compile(r"[\x00-\x08\x0e-\x1b\x1f\x7f\ufffc\ufeff]")

DEEPEST = 8
"""No line is indented by more."""


@dataclass(frozen=True, slots=True)
class Shape:
    """What a line is. The first `marker` characters say so and are no words."""

    kind: Kind = "plain"
    marker: int = 0
    is_done: bool = False
    box: tuple[int, int] | None = None
    """Where the brackets of a box begin and end."""


def shape(text: str) -> Shape:
    """Tell what a line is by how it begins."""
    if found := _HEADING.match(text):
        return Shape("heading", found.end())
    if found := _BOX.match(text):
        opens = text.index("[")
        return Shape(
            "box", found.end(), found[1] in "xX" and found[1] != "", (opens, found.end() - 1)
        )
    if found := _BULLET.match(text):
        return Shape("bullet", found.end())
    if found := _NUMBER.match(text):
        return Shape("number", found.end())
    return Shape()


def bold(text: str) -> tuple[tuple[int, int], ...]:
    """Say where **bold** words begin and end, their marks (two characters a side) included."""
    return tuple(found.span() for found in _BOLD.finditer(text))


def without_marks(text: str) -> str:
    """Give a line's words alone, for reading."""
    return _BOLD.sub(r"\2", text[shape(text).marker :]) if text else ""


def next_marker(text: str) -> str | None:
    """Give what the next line of a list begins with; None where the line is in no list.

    Empty for an item without words: there the list ends.
    """
    found = shape(text)
    if found.kind in ("plain", "heading"):
        return None
    if not text[found.marker :].strip():
        return ""
    if found.kind == "number" and (number := _NUMBER.match(text)):
        return f"{int(number[1]) + 1}{number[2]} "
    if found.box is not None:
        return f"{text[: found.box[0]]}[ ] "
    return text[: found.marker]


def ticked(text: str) -> str:
    """Tick a box off, or on again; a line without one stays as it is."""
    found = shape(text)
    if found.box is None:
        return text
    return f"{text[: found.box[0]]}[{' ' if found.is_done else 'x'}]{text[found.box[1] :]}"


def rows_of(text: str) -> tuple[Row, ...]:
    """Cut pasted text into lines; what they begin with (tabs, blanks) becomes their indent."""
    lines = [_CONTROLS.sub("", line) for line in _ENDS.split(text)]
    depths = [_width(line) for line in lines]
    unit = min((depth for depth in depths if depth), default=1)
    return tuple(
        Row(
            line.strip(" \t\u00a0") if depth or line.isspace() else line,
            min(DEEPEST, depth // unit),
        )
        for line, depth in zip(lines, depths, strict=True)
    )


def text_of(rows: Iterable[Row]) -> str:
    """Write lines as text, two blanks an indent."""
    return "\n".join("  " * row.indent + row.text for row in rows)


def shallowest(rows: Sequence[Row]) -> tuple[Row, ...]:
    """Move lines to the left together, until one of them stands at the margin."""
    least = min((row.indent for row in rows), default=0)
    return tuple(Row(row.text, row.indent - least) for row in rows)


def _width(line: str) -> int:
    lead = _LEAD.match(line)
    if lead is None or lead.end() == len(line):
        return 0
    return sum(4 if blank == "\t" else 1 for blank in lead[0])
