"""Ways to make a true line wrong, for measuring who notices."""

import random
import re
from collections.abc import Callable
from dataclasses import dataclass, replace
from datetime import date, timedelta
from decimal import Decimal

from granola_like.text.names import find_names, same_name
from granola_like.text.quantities import Quantity, find_quantities


@dataclass(frozen=True, slots=True)
class Line:
    """A written line with what stands beside it."""

    text: str
    owner: str | None = None
    due: date | None = None
    people: tuple[str, ...] = ()
    speakers: tuple[str, ...] = ()
    """Who says the words that the line cites."""


def _swapped(line: Line, one: Quantity, new: str) -> Line:
    return replace(line, text=line.text[: one.start] + new + line.text[one.end :])


def _of_kind(line: Line, *kinds: str) -> list[Quantity]:
    return [one for one in find_quantities(line.text) if one.kind in kinds]


def _is_new(value: Decimal, spoken: str) -> bool:
    return all(one.value != value for one in find_quantities(spoken))


def number(line: Line, spoken: str, lot: random.Random) -> Line | None:
    """Put another number in the place of one; never one that was said as well."""
    found = [one for one in _of_kind(line, "number", "amount", "percent") if one.text]
    if not found:
        return None
    one = lot.choice(found)
    digits = re.search(r"\d+(?:[.,]\d+)*", one.text)
    if digits is None:
        value = one.value if isinstance(one.value, Decimal) else Decimal(0)
        new = Decimal(int(value) + lot.choice([1, 2, 3, 7, 10]))
        return _swapped(line, one, str(new)) if _is_new(new, spoken) else None
    first = lot.choice([char for char in "123456789" if char != digits[0][0]])
    changed = one.text[: digits.start()] + first + one.text[digits.start() + 1 :]
    again = find_quantities(changed)
    if len(again) != 1 or not isinstance(again[0].value, Decimal):
        return None
    return _swapped(line, one, changed) if _is_new(again[0].value, spoken) else None


def scale(line: Line, spoken: str, lot: random.Random) -> Line | None:
    """Make a thousand of a million, or the other way round."""
    found = _of_kind(line, "number", "amount", "percent")
    found = [one for one in found if isinstance(one.value, Decimal) and one.value >= 2]
    if not found:
        return None
    one = lot.choice(found)
    for old, new in (("million", "billion"), ("billion", "million"), ("thousand", "million")):
        if old in one.text:
            return _swapped(line, one, one.text.replace(old, new))
    digits = re.search(r"\d+(?:[.,]\d+)*", one.text)
    if digits is None or one.kind == "percent":
        return None
    suffix = re.match(r"(?:k|m|bn)\b", one.text[digits.end() :])
    if suffix:
        other = {"k": "m", "m": "bn", "bn": "m"}[suffix[0]]
        changed = one.text[: digits.end()] + other + one.text[digits.end() + suffix.end() :]
    else:
        changed = one.text[: digits.end()] + "k" + one.text[digits.end() :]
    return _swapped(line, one, changed)


_CURRENCIES = ("euros", "dollars", "pounds")


def currency(line: Line, spoken: str, lot: random.Random) -> Line | None:
    """Put another currency in the place of one."""
    found = _of_kind(line, "amount")
    if not found:
        return None
    one = lot.choice(found)
    sign = re.search(r"[€$£]", one.text)
    if sign:
        other = lot.choice([char for char in "€$£" if char != sign[0]])
        return _swapped(line, one, one.text.replace(sign[0], other))
    word = re.search(r"\b(euros?|dollars?|pounds?)\b", one.text, re.IGNORECASE)
    if word is None:
        return None
    other = lot.choice([name for name in _CURRENCIES if name[:4] != word[0][:4].casefold()])
    return _swapped(line, one, one.text[: word.start()] + other + one.text[word.end() :])


_DAYS = ("Monday", "Tuesday", "Wednesday", "Thursday", "Friday")
_MONTHS = ("January", "February", "April", "June", "July", "September", "October", "November")


def day(line: Line, spoken: str, lot: random.Random) -> Line | None:
    """Put another day, month, quarter or hour in the place of one, or move the due day."""
    found = _of_kind(line, "date", "weekday", "week", "month", "quarter", "time")
    said = {one.loose for one in find_quantities(spoken)}
    if found:
        one = lot.choice(found)
        options = {
            "weekday": list(_DAYS),
            "month": list(_MONTHS),
            "quarter": [f"Q{n}" for n in range(1, 5)],
            "date": [f"{name} {n}" for name in _MONTHS for n in (3, 11, 26)],
            "week": ["next week", "last week", "this week"],
            "time": [f"{hour}:{minute}" for hour in range(1, 12) for minute in (15, 40)],
        }[one.kind]
        new = [text for text in options if find_quantities(text)[0].loose not in said]
        return _swapped(line, one, lot.choice(new)) if new else None
    return replace(line, due=line.due + timedelta(days=lot.randint(1, 20))) if line.due else None


_NAMES = ("Gabriel", "Natasha", "Winston", "Ottilie", "Zanzibar", "Initech", "Globex")


def name(line: Line, spoken: str, lot: random.Random) -> Line | None:
    """Put another name in the place of one: of somebody who neither speaks there nor is named."""
    options = [other for other in (*line.people, *_NAMES) if other not in line.speakers]
    return _renamed(line, options, spoken, lot)


def speaker(line: Line, spoken: str, lot: random.Random) -> Line | None:
    """Say that somebody else of those who speak there said or did it."""
    return _renamed(line, list(line.speakers), "", lot)


def _renamed(line: Line, options: list[str], spoken: str, lot: random.Random) -> Line | None:
    found = find_names(line.text, known=line.people)
    if not found:
        return None
    one = lot.choice(found)
    new = [
        other
        for other in options
        if not same_name(other, one.text, known=line.people) and other not in spoken
    ]
    if not new:
        return None
    return replace(line, text=line.text[: one.start] + lot.choice(new) + line.text[one.end :])


def owner(line: Line, spoken: str, lot: random.Random) -> Line | None:
    """Give the task to somebody else."""
    if line.owner is None:
        return None
    options = [
        other
        for other in (*line.people, *_NAMES[:3])
        if not same_name(other, line.owner, known=line.people)
    ]
    return replace(line, owner=lot.choice(options))


_VERBS = r"\b(is|are|was|were|will|would|can|could|should|has|have|had|does|did|do)\b(?! not|n't)"


def negation(line: Line, spoken: str, lot: random.Random) -> Line | None:
    """Take a denial away where there is one, add one where there is none."""
    gone = re.sub(r"\b(?:not|never) |n['’]t\b", "", line.text, count=1)
    if gone != line.text:
        return replace(line, text=gone)
    verb = re.search(_VERBS, line.text)
    if verb is None:
        return None
    return replace(line, text=f"{line.text[: verb.end()]} not{line.text[verb.end() :]}")


WAYS: dict[str, Callable[[Line, str, random.Random], Line | None]] = {
    "number": number,
    "scale": scale,
    "currency": currency,
    "date": day,
    "name": name,
    "owner": owner,
    "negation": negation,
    "speaker": speaker,
}
