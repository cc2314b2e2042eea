"""Spoken numbers as digits: "a hundred and twenty thousand dollars" becomes "$120,000"."""

import re
from datetime import date
from decimal import Decimal
from itertools import pairwise

from granola_like.text.quantities import Quantity, find_quantities

_SIGNS = {"USD": "$", "EUR": "€", "GBP": "£"}
_RU_LARGE = ((10**9, " млрд"), (10**6, " млн"))


def with_digits(text: str, *, language: str = "en", meeting_date: date | None = None) -> str:
    """Write the spoken numbers of a text in digits; days, ordinals and "one" stay as said."""
    out, at = [], 0
    found = find_quantities(text, language=language, meeting_date=meeting_date)
    # "twelve fifty per unit" may be 12.50 or 1,250: digits would claim to know.
    doubtful = {
        place
        for one, two in pairwise(found)
        if one.kind == "number"
        and two.kind in {"number", "amount"}
        and not text[one.end : two.start].strip(" -")
        for place in (one.start, two.start)
    }
    for one in found:
        if one.start in doubtful:
            continue
        if one.spoken and (digits := _written(one, text, language)):
            out += [text[at : one.start], digits]
            at = one.end
    written = "".join([*out, text[at:]])
    again = find_quantities(written, language=language, meeting_date=meeting_date)
    # Digits may read differently beside their neighbours ("twenty euros thousand"): then, words.
    same = [one.loose for one in again] == [one.loose for one in found]
    return written if same else text


def _written(one: Quantity, text: str, language: str) -> str | None:
    if one.kind == "code":
        return str(one.value)
    if one.kind == "time":
        return _clock(one)
    if one.kind == "date":
        return _day(one) if language == "ru" else None  # "on the third of March" reads well
    if not isinstance(one.value, Decimal) or one.kind == "ordinal":
        return None
    number = grouped(one.value, language=language)
    if one.kind == "percent":
        said_it = any(word in one.text.casefold() for word in ("cent", "процент", "pct"))
        return f"{number}%" if said_it else number
    return _amount(one, number, language) if one.kind == "amount" else _count(one, number, text)


_OF_MONTH = re.compile(r"^\w[\w -]*?\s(?P<month>[^\W\d_]+)$")


def _day(one: Quantity) -> str | None:
    """Write "двадцать девятое марта" as 29 марта; a day without its month stays as said."""
    found = _OF_MONTH.match(one.text)
    if found is None or not isinstance(one.value, date) or not _ends_in_month(one):
        return None
    return f"{one.value.day} {found['month']}"


def _ends_in_month(one: Quantity) -> bool:
    last = one.text.split()[-1]
    return any(found.kind == "date" for found in find_quantities(f"5 {last}", language="ru"))


def _count(one: Quantity, number: str, text: str) -> str | None:
    if not isinstance(one.value, Decimal) or one.value < 2 or _is_idiom(one, text):
        return None
    return str(one.value) if 1900 <= one.value <= 2100 else number


def _is_idiom(one: Quantity, text: str) -> bool:
    """Say whether digits would look odd: "one or two", "the two of us"."""
    if one.value == 2 and re.search(r"\b(?:one|один|одна) (?:or|to|или) $", text[: one.start]):
        return True
    return bool(re.match(r" of (?:us|them|you|these|those|the)\b", text[one.end :]))


def _amount(one: Quantity, number: str, language: str) -> str:
    words = one.text.split()
    tail = words[-1] if words and not words[-1][:1].isdigit() else ""
    said_unit = _is_currency(tail)
    if not said_unit:
        return number  # the low end of "two to three million euros"
    if isinstance(one.value, Decimal) and one.value % 1 and one.value < 10_000:
        number = _plain(one.value.quantize(Decimal("0.01")), language, cents=True)
    sign = _SIGNS.get(one.unit or "")
    if language == "en" and sign:
        return f"{sign}{number}"
    return f"{number} {tail}"


def _is_currency(word: str) -> bool:
    found = find_quantities(f"5 {word}") + find_quantities(f"5 {word}", language="ru")
    return any(one.kind == "amount" for one in found)


def _clock(one: Quantity) -> str:
    hour, minute = one.value if isinstance(one.value, tuple) else (0, 0)
    sure_of_the_half_day = one.key != one.loose
    return f"{hour:02}:{minute:02}" if sure_of_the_half_day else f"{hour}:{minute:02}"


def grouped(value: Decimal, *, language: str = "en") -> str:
    """Write a number for people: 120,000, 2.5 million, 0.5."""
    large = _RU_LARGE if language == "ru" else ((10**9, " billion"), (10**6, " million"))
    for size, name in large:
        if value >= size and (value / size * 100) % 1 == 0:
            return f"{_plain(value / size, language)}{name}"
    return _plain(value, language)


def _plain(value: Decimal, language: str, *, cents: bool = False) -> str:
    whole = value == value.to_integral_value()
    text = f"{int(value):,}" if whole else f"{value if cents else value.normalize():,f}"
    if language == "ru":
        text = text.replace(",", "\u00a0").replace(".", ",")
    return text
