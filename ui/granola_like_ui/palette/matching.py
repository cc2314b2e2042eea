"""Which entries a few typed letters mean."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass

_LEAST = 60.0
"""A word that is less alike does not count as typed."""
_EXACT, _BEGINNING, _INSIDE, _ALIKE = 100.0, 95.0, 80.0, 0.85


@dataclass(frozen=True, slots=True, kw_only=True)
class Entry:
    """One thing that can be chosen."""

    id: str
    text: str
    aside: str = ""
    """At the right: a key, a day."""
    words: str = ""
    """More words under which it is found."""
    run: Callable[[], object] | None = None
    """None for what can only be read."""


def ranked(entries: Sequence[Entry], query: str) -> list[Entry]:
    """Give the entries that have every typed word, or one much like it, best first."""
    typed = query.casefold().split()
    if not typed:
        return list(entries)
    scored = [(score(entry, typed), -place, entry) for place, entry in enumerate(entries)]
    found = [one for one in scored if one[0] > 0]
    return [entry for _, _, entry in sorted(found, key=lambda one: one[:2], reverse=True)]


def score(entry: Entry, typed: Sequence[str]) -> float:
    """Say how well an entry fits, 0 to 100; 0 when a word is not there at all."""
    shown = entry.text.casefold().split()
    also = entry.words.casefold().split()
    total = 0.0
    for word in typed:
        best = max(
            max((_alike(word, other) for other in shown), default=0.0),
            0.9 * max((_alike(word, other) for other in also), default=0.0),
        )
        if best < _LEAST:
            return 0.0
        total += best
    return total / len(typed)


def _alike(typed: str, word: str) -> float:
    if typed == word:
        return _EXACT
    if word.startswith(typed):
        return _BEGINNING
    if typed in word:
        return _INSIDE
    if len(typed) < 3:
        return 0.0
    # Imported when somebody types for the first time: the window starts without it.
    from rapidfuzz import fuzz

    return fuzz.ratio(typed, word[: len(typed) + 1]) * _ALIKE
