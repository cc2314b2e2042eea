"""Numerals in running text: digits with their scale, and numbers in words.

English and Russian have a grammar here, because the library below knows no Russian, no fractions
("two and a half million") and reads "five hundred and six hundred" as 506. The other languages of
text2num (German, French, Spanish, Italian, Portuguese, Dutch) come from it.
"""

import re
from dataclasses import dataclass
from decimal import Decimal
from typing import Literal

from text_to_num import find_numbers

from granola_like.text.number_words import BY_LANGUAGE, CURRENCIES, NumberWords, each

LIBRARY_LANGUAGES = frozenset({"de", "fr", "es", "it", "pt", "nl"})

TokenKind = Literal["word", "digits", "mixed", "mark"]

_TOKEN = re.compile(
    r"""
    (?P<digits>
        \d{4}-\d{2}-\d{2}(?!\d)                        # 2026-03-17
      | \d{1,2}[./]\d{1,2}[./]\d{4}(?!\d)             # 17.03.2026
      | \d\d?/\d\d?/\d\d(?!\d)|\d\d\.\d\d\.\d\d(?!\d)      # 3/17/26, 17.03.26
      | \d{1,2}:\d{2}(?![\d:])                         # 10:30
      | \d{1,3}(?:[\u00a0\u202f]\d{3})+(?!\d)            # 1 200 000 with hard spaces
      | \d{1,3}(?:\ \d{3})+(?![\d\ ]*\d)               # 1 200 000
      | \d+(?:[.,]\d+)*
    )(?P<suffix>[^\W\d_]*\d*\w*)
  | (?P<mixed>[^\W\d_]+\d\w*)
  | (?P<word>[^\W\d_]+(?:['’][^\W\d_]+)*)
  | (?P<mark>[^\w\s])
    """,
    re.VERBOSE,
)


@dataclass(frozen=True, slots=True)
class Token:
    """A word, a run of digits, letters and digits mixed, or one mark."""

    kind: TokenKind
    low: str
    """Lower case, ё as е; for digits without the suffix."""
    start: int
    end: int
    suffix: str = ""
    """Letters glued to digits: k, th, pm."""
    capital: bool = False


@dataclass(frozen=True, slots=True)
class Numeral:
    """A number at tokens[i:end]."""

    value: Decimal
    end: int
    ordinal: bool = False
    spoken: bool = False
    """In words, not in digits."""
    scaled: bool = False
    """It carries its own thousand or million."""
    loose_one: bool = False
    """A bare "one", which is more often a pronoun."""


def lex(text: str) -> list[Token]:
    """Cut `text` into tokens with their offsets."""
    found = []
    for match in _TOKEN.finditer(text):
        kind = "digits" if match["digits"] else str(match.lastgroup)
        raw = match["digits"] or match[0]
        found.append(
            Token(
                kind=kind,  # type: ignore[arg-type] # the groups are named as the kinds
                low=raw.lower().replace("ё", "е"),
                start=match.start(),
                end=match.end(),
                suffix=(match["suffix"] or "").lower(),
                capital=raw[:1].isupper(),
            )
        )
    return found


def numerals(tokens: list[Token], language: str) -> dict[int, Numeral]:
    """Find every number, by the token it starts at; none overlaps another."""
    if language in LIBRARY_LANGUAGES:
        spoken = _from_library(tokens, language)
        words = NumberWords({}, {}, {}, short_scales=BY_LANGUAGE["en"].short_scales)
    else:
        spoken = {}
        words = BY_LANGUAGE.get(language, BY_LANGUAGE["en"])
    found: dict[int, Numeral] = {}
    at = 0
    while at < len(tokens):
        numeral = spoken.get(at) or _read(tokens, at, words, language)
        if numeral:
            found[at] = numeral
        at = numeral.end if numeral else at + 1
    return found


def _read(tokens: list[Token], at: int, words: NumberWords, language: str) -> Numeral | None:
    if tokens[at].kind == "digits":
        return _digits(tokens, at, words, language)
    if tokens[at].kind == "word":
        return _year_in_pairs(tokens, at, words) or _spoken(tokens, at, words)
    return None


def _digits(tokens: list[Token], at: int, words: NumberWords, language: str) -> Numeral | None:
    token = tokens[at]
    value = _plain_value(token.low, language)
    if value is None:
        return None
    if token.suffix:
        if token.suffix in {"st", "nd", "rd", "th"}:
            return Numeral(value, at + 1, ordinal=True)
        scale = words.short_scales.get(token.suffix)
        return Numeral(value * scale, at + 1, scaled=True) if scale else None
    end = at + 1
    if language == "ru" and end + 1 < len(tokens) and tokens[end].low == "-":
        ending = tokens[end + 1]
        if ending.start == token.end + 1 and ending.low in _RU_ENDINGS:
            return Numeral(value, end + 2, ordinal=True)
    scale = _scale_at(tokens, end, words)
    if scale:
        return Numeral(value * scale, end + 1, scaled=True)
    return Numeral(value, end)


_RU_ENDINGS = frozenset(each("й го му м я ю е ая ый ого ому ом ой ую"))


def _scale_at(tokens: list[Token], at: int, words: NumberWords) -> int | None:
    if at >= len(tokens) or tokens[at].kind != "word":
        return None
    low = tokens[at].low
    if low in {"m", "b", "к", "mil"}:  # behind a space these are more often something else
        return None
    return words.scales.get(low) or words.short_scales.get(low)


def _plain_value(raw: str, language: str) -> Decimal | None:
    """Read digits with separators, or give None for dates, times and versions."""
    if ":" in raw or "/" in raw or "-" in raw:
        return None
    raw = re.sub(r"\s", "", raw)
    commas_group = language not in {"ru", *LIBRARY_LANGUAGES}
    if re.fullmatch(r"\d{1,3}(,\d{3})+(\.\d+)?", raw) and (commas_group or raw.count(",") > 1):
        raw = raw.replace(",", "")
    elif re.fullmatch(r"\d{1,3}(\.\d{3})+(,\d+)?", raw) and not commas_group:
        raw = raw.replace(".", "").replace(",", ".")
    elif re.fullmatch(r"\d+,\d+", raw):
        raw = raw.replace(",", ".")
    if not re.fullmatch(r"\d+(\.\d+)?", raw) or len(raw) > 30:
        return None
    return Decimal(raw)


def _year_in_pairs(tokens: list[Token], at: int, words: NumberWords) -> Numeral | None:
    """Read "twenty twenty six" and "nineteen ninety nine" as years."""
    first = words.tens.get(tokens[at].low) or words.teens.get(tokens[at].low)
    if first not in {18, 19, 20} or words.hundreds or at + 1 >= len(tokens):
        return None
    second = _below_hundred(tokens, at + 1, words)
    if second is None or second[0] < 10:
        return None
    if second[1] < len(tokens) and (
        tokens[second[1]].low in words.hundred or tokens[second[1]].low in words.scales
    ):
        return None
    return Numeral(Decimal(first * 100 + second[0]), second[1], spoken=True)


def _below_hundred(tokens: list[Token], at: int, words: NumberWords) -> tuple[int, int] | None:
    """Read 1 to 99 in words: its value and where it ends."""
    if at >= len(tokens):
        return None
    low = tokens[at].low
    if low in words.teens:
        return words.teens[low], at + 1
    if low in words.tens:
        tens, end = words.tens[low], at + 1
        unit_at = _past_hyphen(tokens, end)
        if unit_at < len(tokens) and words.units.get(tokens[unit_at].low, 0) > 0:
            return tens + words.units[tokens[unit_at].low], unit_at + 1
        return tens, end
    if low in words.units:
        return words.units[low], at + 1
    return None


def _past_hyphen(tokens: list[Token], at: int) -> int:
    glued = (
        at + 1 < len(tokens)
        and tokens[at].low == "-"
        and tokens[at].start == tokens[at - 1].end
        and tokens[at + 1].start == tokens[at].end
    )
    return at + 1 if glued else at


def _below_thousand(tokens: list[Token], at: int, words: NumberWords) -> tuple[int, int] | None:
    """Read 1 to 999 (and "twelve hundred") in words."""
    if at >= len(tokens):
        return None
    low = tokens[at].low
    value, end = 0, at
    if low in words.hundreds:
        value, end = words.hundreds[low], at + 1
    elif low in words.hundred:
        value, end = 100, at + 1
    else:
        small = _below_hundred(tokens, at, words)
        if small is None:
            return None
        value, end = small
        after = _past_hyphen(tokens, end)
        if not (value > 0 and after < len(tokens) and tokens[after].low in words.hundred):
            return small
        value, end = value * 100, after + 1
    rest_at = end + 1 if end < len(tokens) and tokens[end].low in words.link else end
    rest = _below_hundred(tokens, _past_hyphen(tokens, rest_at), words)
    if rest and rest[0] > 0 and not _goes_on(tokens, rest[1], words.hundred):
        return value + rest[0], rest[1]
    return value, end


def _goes_on(tokens: list[Token], at: int, with_words: frozenset[str]) -> bool:
    return at < len(tokens) and tokens[at].low in with_words


def _spoken(tokens: list[Token], at: int, words: NumberWords) -> Numeral | None:
    first = tokens[at].low
    if first in words.ordinals:
        return Numeral(Decimal(words.ordinals[first]), at + 1, ordinal=True, spoken=True)
    if first in words.fixed:
        return _with_scale(words.fixed[first], tokens, at + 1, words)
    if first == "half" and _words_at(tokens, at + 1) in words.article:
        scale = words.scales.get(_words_at(tokens, at + 2))
        return Numeral(Decimal(scale) / 2, at + 3, spoken=True, scaled=True) if scale else None
    if first in words.article:
        return _after_article(tokens, at + 1, words)
    if first in words.alone and _is_counted_once(tokens, at + 1, words):
        return _sum_of_scales(tokens, at, words, lead=(Decimal(1), at))
    # "hundred percent" and "a few hundred" name no number of their own.
    return None if first in words.hundred else _sum_of_scales(tokens, at, words)


def _is_counted_once(tokens: list[Token], at: int, words: NumberWords) -> bool:
    """Say whether "тысяча" is one thousand: it goes on as a number, or money follows."""
    follows = _words_at(tokens, at)
    return _group(tokens, at, words) is not None or follows in CURRENCIES or follows in words.scales


def _after_article(tokens: list[Token], at: int, words: NumberWords) -> Numeral | None:
    """Read "a hundred and twenty", "a million and one", "a dozen" behind their article."""
    follows = _words_at(tokens, at)
    if follows in words.fixed:
        return _with_scale(words.fixed[follows], tokens, at + 1, words)
    if follows in words.scales:
        return _sum_of_scales(tokens, at, words, lead=(Decimal(1), at))
    return _sum_of_scales(tokens, at, words) if follows in words.hundred else None


def _words_at(tokens: list[Token], at: int) -> str:
    return tokens[at].low if at < len(tokens) else ""


def _sum_of_scales(
    tokens: list[Token],
    at: int,
    words: NumberWords,
    *,
    lead: tuple[Decimal, int] | None = None,
) -> Numeral | None:
    """Read "two million three hundred thousand and five": groups with falling scales."""
    total, end, last = Decimal(0), at, 10**15
    group = lead or _group(tokens, at, words)
    if group is None:
        return _ordinal_alone(tokens, at, words)
    if lead is None and words.hundreds and _words_at(tokens, at) in words.scales:
        return None
    scaled = False
    while group is not None:
        value, group_end = group
        scale = words.scales.get(_words_at(tokens, group_end), 0)
        if scale and scale < last:
            total, end, last, scaled = total + value * scale, group_end + 1, scale, True
        elif not scaled or value < last:
            total, end = total + value, group_end
            break
        else:
            break
        next_at = end + 1 if _words_at(tokens, end) in words.link else end
        group = _group(tokens, _past_hyphen(tokens, next_at), words)
        if group and words.scales.get(_words_at(tokens, group[1]), 0) >= last:
            break
        if group and group[0] != group[0].to_integral_value():
            break
    one = end == at + 1 and tokens[at].low in words.one
    ordinal = _ordinal_tail(tokens, end, total, words)
    if ordinal:
        return ordinal
    return Numeral(total, end, spoken=True, scaled=scaled, loose_one=one)


def _group(tokens: list[Token], at: int, words: NumberWords) -> tuple[Decimal, int] | None:
    """Read a number below a thousand with its fraction: "two point five", "three and a half"."""
    whole = _below_thousand(tokens, at, words)
    if whole is None:
        return None
    value, end = Decimal(whole[0]), whole[1]
    if _words_at(tokens, end) in words.point:
        digits = ""
        cursor = end + 1
        while (unit := words.units.get(_words_at(tokens, cursor))) is not None:
            digits += str(unit)
            cursor += 1
        if not digits and (pair := _below_hundred(tokens, end + 1, words)):
            digits, cursor = str(pair[0]), pair[1]
        if digits:
            return value + Decimal(f"0.{digits}"), cursor
    for half in words.half:
        if tuple(_words_at(tokens, end + n) for n in range(len(half))) == half:
            return value + Decimal("0.5"), end + len(half)
    return value, end


def _ordinal_tail(
    tokens: list[Token], at: int, so_far: Decimal, words: NumberWords
) -> Numeral | None:
    """Read the end of "twenty first" and "двадцать пятого"."""
    link = at + 1 if _words_at(tokens, at) in words.link and so_far >= 100 else at
    at = _past_hyphen(tokens, link)
    tail = words.ordinals.get(_words_at(tokens, at), 0)
    if not tail or so_far < 20 or so_far % 10 or (tail >= 10 and so_far % 100):
        return None
    if tail >= 10 and so_far < 100:
        return None
    return Numeral(so_far + tail, at + 1, ordinal=True, spoken=True)


def _ordinal_alone(tokens: list[Token], at: int, words: NumberWords) -> Numeral | None:
    value = words.ordinals.get(_words_at(tokens, at))
    return Numeral(Decimal(value), at + 1, ordinal=True, spoken=True) if value else None


def _with_scale(value: Decimal, tokens: list[Token], end: int, words: NumberWords) -> Numeral:
    scale = words.scales.get(_words_at(tokens, end))
    if scale:
        return Numeral(value * scale, end + 1, spoken=True, scaled=True)
    return Numeral(value, end, spoken=True)


class _LibraryToken:
    """What text2num asks of a token."""

    def __init__(self, token: Token) -> None:
        self._token = token

    def text(self) -> str:
        return self._token.low

    def nt_separated(self, previous: object) -> bool:
        return self._token.kind != "word"

    def not_a_number_part(self) -> bool:
        return self._token.kind != "word"


def _from_library(tokens: list[Token], language: str) -> dict[int, Numeral]:
    found = find_numbers([_LibraryToken(token) for token in tokens], language, 0)
    return {
        one.start: Numeral(
            Decimal(str(one.value)).normalize(),
            one.end,
            ordinal=one.is_ordinal,
            spoken=True,
            scaled=one.value >= 1000,
            loose_one=one.value == 1,
        )
        for one in found
    }
