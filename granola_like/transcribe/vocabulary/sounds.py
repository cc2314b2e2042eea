"""How alike two spellings sound and look."""

import re

import jellyfish
from rapidfuzz import fuzz

from granola_like.text.names import fold_name

_CYRILLIC = re.compile(r"[а-я]")
_PLAIN = str.maketrans(
    {"ı": "i", "ł": "l", "ø": "o", "đ": "d", "ð": "d", "ß": "ss", "æ": "ae", "œ": "oe", "þ": "th"}
)
"""Letters that Unicode does not take apart."""

_SAME_SOUND = str.maketrans("бвгджзоыэеёяю", "пфктшсаииииау")
"""Consonants as at a word's end, vowels as where they are not stressed."""


def letters(words: str) -> str:
    """Give the letters of a name alone: no spaces, accents or signs, small."""
    return re.sub(r"[^\w]|_", "", fold_name(words)).translate(_PLAIN)


def sound(bare: str) -> str:
    """Say how letters sound: Metaphone (Philips 1990, by jellyfish); for Russian its idea.

    In Russian, voiced and voiceless consonants are one, so are unstressed vowels; signs and doubles
    are left out.
    """
    if _CYRILLIC.search(bare):
        plain = re.sub(r"[ъьй]", "", bare).translate(_SAME_SOUND)
        return re.sub(r"(.)\1+", r"\1", plain)
    return re.sub(r"(.)\1+", r"\1", jellyfish.metaphone(bare))


def alike(one: str, other: str) -> float:
    """Say how alike two spellings are, 0 to 100 and more; those that sound the same are nearer."""
    if not one or not other:
        return 0.0
    looks = fuzz.ratio(one, other)
    return looks + SOUNDS_THE_SAME if sound(one) == sound(other) else looks


SOUNDS_THE_SAME = 18.0
"""What one sound is worth in likeness of letters."""
