"""Every number, amount, percentage, date and time in a text, in a form that can be compared.

"120k", "120,000" and "a hundred and twenty thousand" have one key; so have "Q3" and "third
quarter", "17 March" and "the seventeenth of March". English and Russian.
"""

import re
from dataclasses import dataclass, replace
from datetime import date
from decimal import Decimal
from functools import lru_cache
from typing import Literal

from granola_like.text import calendar_words
from granola_like.text.calendar import Reading, Value, time_at
from granola_like.text.number_words import BY_LANGUAGE, CURRENCIES, PERCENT, each
from granola_like.text.numerals import Numeral, Token, lex, numerals

Kind = Literal[
    "number", "amount", "percent", "date", "weekday", "week", "month", "quarter", "time",
    "ordinal", "code",
]  # fmt: skip

_PHONE = re.compile(r"\+\d[\d ()-]{6,}\d|\b\d{2,4}-\d{3,4}-\d{3,5}\b|\(\d{3,5}\) ?\d[\d -]{4,}\d")
_RANGE = frozenset({"to", "or", "and", "–", "-", "—", "или", "до", "и"})
_UNITS_OF_ONE = frozenset(
    each(
        "percent hour hours day week month year minute second dollar euro pound point "
        "million thousand billion hundred час день неделя неделю месяц год процент рубль евро "
        "доллар миллион тысяча"
    )
)
_NO_ORDINAL_AFTER = {
    "first": frozenset(each("of thing time place off name hand glance")),
    "second": frozenset(each("thought thoughts nature guess hand")),
}
_NO_ORDINAL_BEFORE = frozenset(each("a at just one per every each"))


@dataclass(frozen=True, slots=True)
class Quantity:
    """One fact with a value, at text[start:end]."""

    kind: Kind
    start: int
    end: int
    text: str
    key: str
    """Equal keys are the same fact."""
    loose: str
    """The same without what people leave out: currency, %, year, which week, am or pm."""
    value: Value
    unit: str | None = None
    """The ISO 4217 code of an amount."""
    spoken: bool = False
    """Said in words, not written in digits."""


# Aligning, writing and guarding read the same sentences many times over.
@lru_cache(maxsize=16_384)
def find_quantities(
    text: str, *, language: str = "en", meeting_date: date | None = None
) -> tuple[Quantity, ...]:
    """Find all quantities in the order of the text; they never overlap.

    `meeting_date` gives "Friday" and "tomorrow" their day. An unknown language is read as English.
    """
    tokens = lex(text)
    phones = [(match.start(), match.end()) for match in _PHONE.finditer(text)]
    found_numerals = numerals(tokens, language)
    words = calendar_words.BY_LANGUAGE.get(language, calendar_words.ENGLISH)
    here = Reading(tokens, found_numerals, words, meeting_date)
    found: list[Quantity] = []
    at = 0
    while at < len(tokens):
        one, end = _read(text, here, at, phones)
        if one:
            found.append(one)
        at = end
    return tuple(_spread_units(text, found, language))


def _read(
    text: str, here: Reading, at: int, phones: list[tuple[int, int]]
) -> tuple[Quantity | None, int]:
    start = here.tokens[at].start
    for phone_start, phone_end in phones:
        if phone_start <= start < phone_end:
            after = next(
                (n for n, one in enumerate(here.tokens) if one.start >= phone_end),
                len(here.tokens),
            )
            code = re.sub(r"\D", "", text[phone_start:phone_end])
            return _with_form(text, (start, phone_end), "code", code), after
    when = time_at(here, at)
    if when:
        stop = here.tokens[when.end - 1].end
        found = Quantity(
            kind=when.kind,
            start=start,
            end=stop,
            text=text[start:stop],
            key=when.key,
            loose=when.loose,
            value=when.value,
            spoken=not any(char.isdigit() for char in text[start:stop]),
        )
        return found, when.end
    code_end = _single_digits(here, at)
    if code_end:
        digits = "".join(str(int(here.numerals[n].value)) for n in range(at, code_end))
        last = here.tokens[code_end - 1].end
        return _with_form(text, (start, last), "code", digits), code_end
    return _measure(text, here, at)


def _with_form(text: str, span: tuple[int, int], kind: Kind, form: str) -> Quantity:
    key = f"{kind}:{form}"
    value: Value = form if kind == "code" else Decimal(form)
    return Quantity(kind, *span, text[slice(*span)], key, key, value)


def _single_digits(here: Reading, at: int) -> int | None:
    """Find where three or more single digits in words end: "seven two five six"."""
    end = at
    while (
        (numeral := here.numerals.get(end))
        and numeral.spoken
        and not numeral.ordinal
        and numeral.end == end + 1
        and numeral.value < 10
        and numeral.value == int(numeral.value)
    ):
        end += 1
    return end if end - at >= 3 else None


def _measure(text: str, here: Reading, at: int) -> tuple[Quantity | None, int]:
    """Read a number with what it counts: currency before or behind, percent behind."""
    tokens = here.tokens
    lead = CURRENCIES.get(tokens[at].low) if _is_lead(tokens, at) else None
    first = at + 1 if lead else at
    numeral = here.numerals.get(first)
    if numeral is None:
        return None, at + 1
    if numeral.ordinal:
        return _ordinal(text, here, first, numeral), numeral.end
    end = numeral.end
    found = _price(text, here, first, numeral) or _percentage(text, here, at, numeral)
    if found:
        return found
    tail, tail_end = _currency_behind(tokens, end)
    unit = lead or tail
    if unit:
        end = tail_end if tail else end
        return _measured(here, text, (at, end), _normal("amount", numeral, unit)), end
    loose = numeral.loose_one and not _is_counting_one(here, first)
    number = None if loose else _measured(here, text, (first, end), _normal("number", numeral))
    return number, end


def _percentage(text: str, here: Reading, at: int, numeral: Numeral) -> tuple[Quantity, int] | None:
    end = _percent_end(here.tokens, numeral.end)
    return (_measured(here, text, (at, end), _normal("percent", numeral)), end) if end else None


def _price(text: str, here: Reading, at: int, whole: Numeral) -> tuple[Quantity, int] | None:
    """Read "twelve fifty euros": 12.50, said without its point."""
    cents = here.numerals.get(whole.end)
    if cents is None or not (whole.spoken and cents.spoken) or cents.ordinal:
        return None
    if not (1 <= whole.value < 100 and 10 <= cents.value < 100) or cents.value % 5:
        return None
    unit, end = _currency_behind(here.tokens, cents.end)
    if unit is None:
        return None
    value = Numeral(whole.value + cents.value / 100, end, spoken=True)
    return _measured(here, text, (at, end), _normal("amount", value, unit)), end


def _is_lead(tokens: list[Token], at: int) -> bool:
    """Say whether a currency stands before a number: $5, USD 5."""
    if at + 1 >= len(tokens) or tokens[at].low not in CURRENCIES:
        return False
    sign = tokens[at].kind == "mark"
    code = tokens[at].low in {"usd", "eur", "gbp", "chf", "jpy", "cad", "rub"}
    return sign or (code and tokens[at + 1].kind == "digits")


def _percent_end(tokens: list[Token], at: int) -> int | None:
    if at < len(tokens) and tokens[at].low in PERCENT:
        return at + 1
    if at + 1 < len(tokens) and (tokens[at].low, tokens[at + 1].low) == ("per", "cent"):
        return at + 2
    if (
        at + 1 < len(tokens)
        and tokens[at].low == "percentage"
        and tokens[at + 1].low in {"points", "point"}
    ):
        return at + 2
    return None


def _currency_behind(tokens: list[Token], at: int) -> tuple[str | None, int]:
    low = tokens[at].low if at < len(tokens) else ""
    then = tokens[at + 1].low if at + 1 < len(tokens) else ""
    if low in {"us", "american"} and then.startswith("dollar"):
        return "USD", at + 2
    if low == "canadian" and then.startswith("dollar"):
        return "CAD", at + 2
    if low in CURRENCIES and tokens[at].kind == "mark" and then[:1].isdigit():
        return None, at  # "twenty $5": the sign belongs to what follows
    return CURRENCIES.get(low), at + 1


def _is_counting_one(here: Reading, at: int) -> bool:
    after = here.low(at + 1)
    if after in _UNITS_OF_ONE:
        return True
    return after in {"or", "to", "или"} and at + 2 in here.numerals


def _ordinal(text: str, here: Reading, at: int, numeral: Numeral) -> Quantity | None:
    token = here.tokens[at]
    after, before = here.low(numeral.end), here.low(at - 1)
    if numeral.spoken and numeral.value <= 2:
        barred = _NO_ORDINAL_AFTER.get(token.low, frozenset())
        # Without a "the" before it and a word behind it, it only counts the speaker's arguments.
        counts = before in {"the", "our", "your", "their", "its"} and after.isalpha()
        if after in barred or before in _NO_ORDINAL_BEFORE or (here.words.of and not counts):
            return None
    form = _plain(numeral.value)
    end = here.tokens[numeral.end - 1].end
    kind: Kind = "number" if numeral.value >= 1900 else "ordinal"
    one = _with_form(text, (token.start, end), kind, form)
    return replace(one, spoken=numeral.spoken)


def _measured(here: Reading, text: str, places: tuple[int, int], found: Quantity) -> Quantity:
    start, stop = here.tokens[places[0]].start, here.tokens[places[1] - 1].end
    return replace(found, start=start, end=stop, text=text[start:stop])


def _normal(kind: Kind, numeral: Numeral, unit: str | None = None) -> Quantity:
    form = _plain(numeral.value)
    key = f"{kind}:{form}:{unit}" if unit else f"{kind}:{form}"
    loose = f"number:{form}"
    return Quantity(kind, 0, 0, "", key, loose, numeral.value, unit, numeral.spoken)


def _plain(value: Decimal) -> str:
    if value == value.to_integral_value():
        return str(int(value))
    return f"{value.normalize():f}"


def _spread_units(text: str, found: list[Quantity], language: str) -> list[Quantity]:
    """Give both ends of "2 to 3 million euros" and "$2-3m" their scale and their unit."""
    spread = list(found)
    for place in range(len(spread) - 2, -1, -1):
        low, high = spread[place], spread[place + 1]
        if not _are_a_range(text, low, high):
            continue
        value = _scaled_alike(low, high, language)
        measured = high if high.kind != "number" else low
        kind, unit = measured.kind, measured.unit
        spread[place] = _rewritten(low, value, kind, unit)
        spread[place + 1] = _rewritten(high, _decimal(high), kind, unit)
    return spread


def _are_a_range(text: str, low: Quantity, high: Quantity) -> bool:
    between = text[low.end : high.start].strip().lower()
    kinds = {"number", "amount", "percent"}
    if between not in _RANGE or low.kind not in kinds or high.kind not in kinds:
        return False
    if low.kind != "number" and high.kind != "number":
        return False
    if low.kind != "number" and not text[low.start].isdigit() and low.unit is None:
        return False
    if between in {"and", "и"}:
        return bool(re.search(r"\b(between|между)\W*$", text[: low.start].lower()))
    return True


def _rewritten(one: Quantity, value: Decimal, kind: Kind, unit: str | None) -> Quantity:
    same = _normal(kind, Numeral(value, 0), unit)
    return replace(one, kind=kind, key=same.key, loose=same.loose, value=value, unit=unit)


def _decimal(one: Quantity) -> Decimal:
    return one.value if isinstance(one.value, Decimal) else Decimal(0)


def _scaled_alike(low: Quantity, high: Quantity, language: str) -> Decimal:
    value, upper = _decimal(low), _decimal(high)
    words = BY_LANGUAGE.get(language, BY_LANGUAGE["en"])
    scale_words = {**words.scales, **words.short_scales}
    said = re.findall(r"[^\W\d_]+", high.text.lower().replace("ё", "е"))
    scale = next((scale_words[word] for word in said if word in scale_words), 1)
    return value * scale if value < 1000 <= upper and value * scale < upper else value
