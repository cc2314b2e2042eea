"""The guard where a line is in another language than the words that it cites.

Words cannot be compared, but facts can: quantities, because their keys are the same in every
language that we read; names, spelled in Latin letters; the owner and the day. In a language that
we do not read, every figure in digits must be a figure that was said, and names are looked for
among the known ones. Negation and direction are not compared.
"""

import re
from collections.abc import Iterator
from datetime import date
from decimal import Decimal, InvalidOperation

from rapidfuzz.fuzz import ratio

from granola_like.domain.enhanced import Detail, DetailKind
from granola_like.enhance.compare import borne_out, owner_details, quantity_details
from granola_like.enhance.source import Source
from granola_like.text.names import find_names, fold_name, name_parts
from granola_like.text.quantities import find_quantities
from granola_like.text.tokens import words

READ = frozenset({"en", "ru"})
"""Languages whose spelled-out quantities we know."""

ALIKE = 80
"""Percent of likeness (rapidfuzz) from which two spellings in Latin letters are one name."""

_PAIRS = (
    "а a б b в v г g д d е e ё e ж zh з z и i й y к k л l м m н n о o п p р r с s т t у u ф f х kh "
    "ц ts ч ch ш sh щ shch ы y э e ю yu я ya і i ї yi є ye ґ g ў u"
).split()
_LATIN = dict(zip(_PAIRS[::2], _PAIRS[1::2], strict=True)) | {"ъ": "", "ь": ""}
_KINDS: dict[str, DetailKind] = {"amount": "amount", "percent": "percent"}
_FIGURE = re.compile(r"\d+(?:[.,\u00a0\u202f ’']\d+)*")


def translated_details(
    text: str, source: Source, *, owner: str | None = None, due: date | None = None
) -> Iterator[Detail]:
    """Give every fact of `text`, written in `source.written_in`, that was not said."""
    if source.written_in in READ:
        yield from _quantities(text, source)
        yield from _names(text, source)
    else:
        yield from _figures(text, source)
        yield from _known_names(text, source)
    yield from quantity_details("", source, due=due)
    yield from owner_details("", source, owner=owner)


def _quantities(text: str, source: Source) -> Iterator[Detail]:
    language = source.written_in or source.language
    for one in find_quantities(text, language=language, meeting_date=source.meeting_date):
        if not borne_out(one, source):
            kind = _KINDS.get(one.kind, "number" if isinstance(one.value, Decimal) else "date")
            yield Detail(kind, one.text, _likest(source, kind))


def _likest(source: Source, kind: DetailKind) -> str:
    same = [one.text for one in source.quantities if _KINDS.get(one.kind, "number") == kind]
    return next(iter(same), "")


def _figures(text: str, source: Source) -> Iterator[Detail]:
    said = _said_numbers(source)
    for match in _FIGURE.finditer(text):
        if not _readings(match[0]) & said:
            yield Detail("number", match[0], _likest(source, "number"))


def _readings(figure: str) -> set[Decimal]:
    """Read a figure as every language may mean it: "12.000" is twelve, and twelve thousand."""
    compact = re.sub(r"[\u00a0\u202f ’']", "", figure)
    forms = {compact.replace(",", ""), compact.replace(".", "").replace(",", ".")}
    forms |= {re.sub(r"[.,]", "", compact)} if re.fullmatch(r"\d+([.,]\d{3})+", compact) else set()
    found = set()
    for form in forms:
        try:
            found.add(Decimal(form).normalize())
        except InvalidOperation:
            continue
    if re.fullmatch(r"\d{1,2}[.,]\d{1,2}", compact):  # 15.30 may be a time, 15.3. a day
        found |= {Decimal(part) for part in re.split(r"[.,]", compact)[:1]}
    return found


def _said_numbers(source: Source) -> set[Decimal]:
    found: set[Decimal] = set()
    for one in source.quantities:
        value = one.value
        if isinstance(value, Decimal | int):
            found.add(Decimal(value).normalize())
        elif isinstance(value, date):
            found |= {Decimal(part) for part in (value.year, value.month, value.day)}
        elif isinstance(value, tuple):
            found |= {Decimal(part) for part in value}
        found |= {
            reading for match in _FIGURE.finditer(one.text) for reading in _readings(match[0])
        }
    return found


def _names(text: str, source: Source) -> Iterator[Detail]:
    said = _said_parts(source)
    known = (*source.known_names, *(latin(name) for name in source.known_names))
    language = source.written_in or source.language
    for name in find_names(text, known=known, language=language):
        parts = name_parts(name.text)
        if not all(_is_among(part, said) for part in parts):
            yield Detail("name", name.text)


def _known_names(text: str, source: Source) -> Iterator[Detail]:
    said = _said_parts(source)
    known = {latin(part) for name in source.known_names for part in name_parts(name)}
    for word in re.findall(r"[^\W\d_]+", text):
        if word[:1].isupper() and latin(word) in known and not _is_among(word, said):
            yield Detail("name", word)


def _said_parts(source: Source) -> frozenset[str]:
    speakers = [one.said.speaker or "" for one in source.cited]
    return frozenset(latin(word) for word in words(" ".join([source.text, *speakers])))


def _is_among(part: str, said: frozenset[str]) -> bool:
    wanted = latin(part)
    return wanted in said or any(ratio(wanted, one) >= ALIKE for one in said if len(one) > 2)


def latin(name: str) -> str:
    """Spell a name in Latin letters, without case and accents, as passports do."""
    return "".join(_LATIN.get(char, char) for char in fold_name(name))
