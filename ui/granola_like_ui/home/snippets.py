"""A passage with its found words, cut so that the first of them is seen."""

import re
from collections.abc import Callable
from dataclasses import dataclass

_FOUND = re.compile(r"«([^«»]*)»")
_LEAD = 0.35
"""The first found word stands at most so far into the line."""


@dataclass(frozen=True, slots=True)
class Piece:
    """Some words, found or not."""

    text: str
    is_found: bool = False


def pieces(text: str) -> list[Piece]:
    """Take a snippet apart at its « and »."""
    made: list[Piece] = []
    at = 0
    for found in _FOUND.finditer(text):
        if found.start() > at:
            made.append(Piece(text[at : found.start()]))
        made.append(Piece(found[1], is_found=True))
        at = found.end()
    if at < len(text):
        made.append(Piece(text[at:]))
    return made


def fitted(of: list[Piece], room: int, wide: Callable[[Piece], int]) -> list[Piece]:
    """Cut words at the beginning, where else the first found word would not be seen."""
    if not of or of[0].is_found or sum(map(wide, of)) <= room:
        return of
    lead = of[0]
    words = lead.text.split(" ")
    while len(words) > 1 and wide(Piece("…" + " ".join(words))) > room * _LEAD:
        words.pop(0)
    shorter = " ".join(words)
    return of if shorter == lead.text else [Piece("…" + shorter), *of[1:]]
