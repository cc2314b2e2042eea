"""Names in a text, and whether two names are the same person or thing.

Speech engines misspell names, people shorten them, and a typed note knows neither accents nor
surnames; so names are compared by their parts, without accents, and by small misspellings where
those cannot be mistaken for another known name.
"""

import re
import unicodedata
from collections.abc import Iterable
from dataclasses import dataclass
from functools import lru_cache

from rapidfuzz import fuzz

from granola_like.text.common_words import CROWDS, NEVER_NAMES
from granola_like.text.tokens import is_stop_word

_WORD = re.compile(r"[^\W\d_][^\W_]*(?:['’\-.][^\W_]+)*\.?")
_SENTENCE_STARTS = re.compile(r"(?:^|[.!?…:]\s+|[\"“«(\[]\s*|\n\s*|[-–•]\s+)$")
_TITLES = frozenset(
    "mr mrs ms dr prof professor sir madam lord the hon honourable right minister chair".split()
)
_DOES = re.compile(
    r"(?::|['’]s\s|(?:,\s+(?:however,|(?:as|who|which|for|like|from)\s[^,.;]{1,40},))?"
    r"(?:\s+(?:also|then|still|just|first|further|never|always|thus|"
    r"therefore|later|again|once|now|\w+ly))?\s+(?:"
    r"(?:do|does|did|is|was|has|had|would|could|should|ca|wo)n['’]t|"
    r"\w+[^s\W]ed|\w+[^siu\W]s|thought|said|was|had|is|has|heard|will|won['’]t|can|could|would|should|may|might|"
    r"must|came|went|made|wrote|took|gave|got|knew|told|spoke|began|felt|found|led|ran|saw|sent|"
    r"brought|bought|kept|drew|chose|held|paid|sold|won|met|lost|meant|left|proposed|raised|"
    r"discussed|stressed|advised|promised|expressed|"
    r"считает|думает|сказала?|предложила?|отправит|подготовит|проверит|будет|обещала?)\b)"
)
"""What follows a name at the start of a sentence; other singular nouns mostly need an article."""
_NO_NAME_ENDS = re.compile(
    r"(?:ing|ed|ly|ment|tion|sion|ity|ness|ance|ence|ism|ics|ware|ogy|ship|age|ure|[^s]s)$"
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


@lru_cache(maxsize=8_192)
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
    if len(short) == 1 < len(long):
        # An initial stands for a name only beside the rest of it: "PhD G" is not Globex.
        long = frozenset(part for part in long if len(part) > 1)
    return all(any(_same_part(part, whole, folded) for whole in long) for part in short)


def _same_part(one: str, other: str, known: set[str]) -> bool:
    if one == other:
        return True
    if one in known and other in known:
        return False
    if len(one) == 1 or len(other) == 1:
        return one[0] == other[0]
    if one in {other + "s", other + "es"} or other in {one + "s", one + "es"}:
        return True
    if min(len(one), len(other)) < 4:
        return False
    close = one[0] == other[0] and fuzz.ratio(one, other) >= _closeness(one, other)
    return close or _cyrillic_case(one, other)


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
    """Find names: known ones, and capitalised words that no sentence's start explains.

    A sentence's first word counts when it is known, or when it does what only people do
    ("Winston thinks …", "Winston: …"). Runs of capitalised words are one name. In a text without
    any capitals (some speech engines give none) known names count as they stand.
    """
    names = tuple(known)
    parts = {
        part
        for name in names
        for part in name_parts(name)
        if len(part) >= 2 and not is_stop_word(part, language=language)
    }
    caseless = text == text.lower()
    found: list[Name] = []
    signed = {match.start(): match for match in _signed(names).finditer(text)}
    for match in _WORD.finditer(text):
        if found and match.start() < found[-1].end:
            continue
        if by_sign := signed.get(match.start()):
            found.append(Name(by_sign[0], fold_name(by_sign[0]), *by_sign.span()))
            continue
        if not _is_name(text, match, parts, caseless=caseless):
            continue
        last = found[-1] if found else None
        if last and text[last.end : match.start()] == " " and not last.text.endswith(("'s", "’s")):
            whole = text[last.start : match.end()].rstrip(".")
            found[-1] = Name(whole, fold_name(whole), last.start, last.start + len(whole))
            continue
        word = match[0].rstrip(".")
        found.append(Name(word, fold_name(word), match.start(), match.start() + len(word)))
    return tuple(found)


def _signed(names: Iterable[str]) -> re.Pattern[str]:
    """Give a pattern of the names that only a letter or number tells apart: "Speaker 2"."""
    return _any_of(tuple(sorted(name for name in names if _SIGNED.search(name))))


@lru_cache(maxsize=64)
def _any_of(names: tuple[str, ...]) -> re.Pattern[str]:
    if not names:
        return re.compile(r"(?!)")
    longest = sorted(names, key=len, reverse=True)
    return re.compile(rf"\b(?:{'|'.join(map(re.escape, longest))})(?![\w])")


_SIGNED = re.compile(r"^\w[\w .-]*\s(?:[A-ZА-Я]|\d{1,3})$")


def _is_name(text: str, match: re.Match[str], known: set[str], *, caseless: bool) -> bool:
    word = match[0].rstrip(".")
    folded = fold_name(word)
    capital = word[0].isupper()
    if folded in known:
        # Names that are words too (Will, Mark, User) need their capital.
        return capital or (caseless and folded not in NEVER_NAMES)
    barred = folded in NEVER_NAMES or folded in _TITLES or len(folded) < 2
    if not capital or barred or re.search(r"['’](?:m|ll|ve|d|re)$", word):
        return False
    if not _SENTENCE_STARTS.search(text[: match.start()]):
        return True
    return _begins_as_name(folded, text[match.end() :])


def _begins_as_name(folded: str, after: str) -> bool:
    """Say whether the first word of a sentence names somebody, by what follows it."""
    if folded in CROWDS or is_stop_word(folded) or is_stop_word(folded, language="ru"):
        return False
    surname = re.match(r"\s+(?:and\s+)?([A-ZА-ЯЁ][\w'’-]*)", after)
    if surname and (surname[1].isupper() or fold_name(surname[1]) not in NEVER_NAMES):
        return True
    return not _NO_NAME_ENDS.search(folded) and bool(_DOES.match(after))
