"""Names in a text, and whether two names are the same person or thing.

Speech engines misspell names, people shorten them, and a typed note knows neither accents nor
surnames; so names are compared by their parts, without accents, and by small misspellings where
those cannot be mistaken for another known name.
"""

import re
import unicodedata
from collections.abc import Iterable
from dataclasses import dataclass

from rapidfuzz import fuzz

from granola_like.text.common_words import NEVER_NAMES
from granola_like.text.tokens import is_stop_word

_WORD = re.compile(r"[^\W\d_][^\W_]*(?:['’\-.][^\W_]+)*\.?")
_SENTENCE_STARTS = re.compile(r"(?:^|[.!?…:]\s+|[\"“«(\[]\s*|\n\s*|[-–•]\s+)$")
_TITLES = frozenset(
    "mr mrs ms dr prof professor sir madam lord the hon honourable right minister chair".split(" ")
)

CLOSE = 84.0
"""How alike (0 to 100, rapidfuzz's ratio) two spellings of one name must be."""


@dataclass(frozen=True, slots=True)
class Name:
    """A name at text[start:end], as it stands and in its comparable form."""

    text: str
    key: str
    start: int
    end: int


def fold_name(name: str) -> str:
    """Drop case, accents, possessives and dots: "José's" becomes "jose"."""
    plain = unicodedata.normalize("NFKD", name.replace("ё", "е").replace("Ё", "Е"))
    bare = "".join(char for char in plain if not unicodedata.combining(char)).casefold()
    bare = re.sub(r"['’]s\b|s['’](?=\s|$)", "", bare)
    return " ".join(re.sub(r"[^\w\s-]|_", "", bare).split())


def name_parts(name: str) -> frozenset[str]:
    """Give the parts that name somebody, without titles and bracketed offices."""
    bare = re.sub(r"\(.*?\)|\[.*?\]", " ", name)
    return frozenset(part for part in fold_name(bare).split() if part not in _TITLES)


def same_name(one: str, other: str, *, known: Iterable[str] = ()) -> bool:
    """Say whether two names may mean one person or thing.

    "Boris" is "Boris Petrov" and "Borys", "B. Petrov" is "Boris Petrov"; but two spellings that
    are both in `known` are two people.
    """
    first, second = name_parts(one), name_parts(other)
    if not first or not second:
        return fold_name(one) == fold_name(other)
    if first == second:
        return True
    folded = {part for name in known for part in name_parts(name)}
    short, long = sorted((first, second), key=len)
    return all(any(_same_part(part, whole, folded) for whole in long) for part in short)


def _same_part(one: str, other: str, known: set[str]) -> bool:
    if one == other:
        return True
    if one in known and other in known:
        return False
    if len(one) == 1 or len(other) == 1:
        return one[0] == other[0]
    if min(len(one), len(other)) < 4:
        return False
    if _cyrillic_case(one, other):
        return True
    return one[0] == other[0] and fuzz.ratio(one, other) >= _closeness(one, other)


def _closeness(one: str, other: str) -> float:
    """Ask more of short names: Mark and Mary are 75 alike."""
    return CLOSE if max(len(one), len(other)) >= 7 else 79.0


def _cyrillic_case(one: str, other: str) -> bool:
    """Take the endings of a Russian declension for one name: Борис, Бориса, Борису."""
    if not re.match(r"[а-я]", one):
        return False
    short, long = sorted((one, other), key=len)
    stem = re.sub(r"[аеиоуыэюяйь]+$", "", short)
    return len(stem) >= 3 and long.startswith(stem) and len(long) - len(stem) <= 3


def find_names(text: str, *, known: Iterable[str] = (), language: str = "en") -> tuple[Name, ...]:
    """Find names: known ones in any case, and capitalised words inside a sentence.

    A sentence's first word counts only when it is known. Runs of capitalised words are one name.
    """
    parts = {
        part
        for name in known
        for part in name_parts(name)
        if len(part) >= 2 and not is_stop_word(part, language=language)
    }
    found: list[Name] = []
    for match in _WORD.finditer(text):
        if not _is_name(text, match, parts):
            continue
        last = found[-1] if found else None
        if last and text[last.end : match.start()] == " " and not last.text.endswith(("'s", "’s")):
            whole = text[last.start : match.end()].rstrip(".")
            found[-1] = Name(whole, fold_name(whole), last.start, last.start + len(whole))
            continue
        word = match[0].rstrip(".")
        found.append(Name(word, fold_name(word), match.start(), match.start() + len(word)))
    return tuple(found)


def _is_name(text: str, match: re.Match[str], known: set[str]) -> bool:
    word = match[0].rstrip(".")
    folded = fold_name(word)
    capital = word[0].isupper()
    if folded in known:
        # Names that are words too (Will, Mark, Rose) need their capital.
        return capital or folded not in NEVER_NAMES
    if not capital or folded in NEVER_NAMES or folded in _TITLES or len(folded) < 2:
        return False
    if re.search(r"['’](?:m|ll|ve|d|re)$", word):
        return False
    return not _SENTENCE_STARTS.search(text[: match.start()])
