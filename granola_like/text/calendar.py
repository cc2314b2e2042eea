"""Days, weeks, months, quarters and hours in running text, worked out from the meeting's date.

The rules, where a language leaves room: a weekday alone is the first one after the meeting's day;
"this Friday" is the one of the meeting's week, "next Friday" of the week after, "last Friday" the
one before the meeting. A day and a month without a year are those nearest to the meeting.
"""

import re
from dataclasses import dataclass
from datetime import date, timedelta
from decimal import Decimal
from typing import Literal

from granola_like.text.calendar_words import CalendarWords
from granola_like.text.numerals import Numeral, Token

Value = Decimal | date | int | str | tuple[int, int]


@dataclass(frozen=True, slots=True)
class TimeFound:
    """A day or a time at tokens[…:end], in its normal forms."""

    kind: Literal["date", "weekday", "week", "month", "quarter", "time"]
    end: int
    key: str
    loose: str
    value: Value


@dataclass(frozen=True, slots=True)
class Reading:
    """What the readers below look at."""

    tokens: list[Token]
    numerals: dict[int, Numeral]
    words: CalendarWords
    today: date | None

    def low(self, at: int) -> str:
        """Give the word at `at`, empty beyond both ends."""
        return self.tokens[at].low if 0 <= at < len(self.tokens) else ""


def time_at(here: Reading, at: int) -> TimeFound | None:
    """Read a day or a time that starts at tokens[at]."""
    return (
        _written_date(here, at)
        or _day_then_month(here, at)
        or _month_then_day(here, at)
        or _relative_day(here, at)
        or _weekday(here, at)
        or _next_period(here, at)
        or _quarter(here, at)
        or _clock(here, at)
        or _day_of_month(here, at)
        or _month_alone(here, at)
    )


def _date_found(day: date, end: int) -> TimeFound:
    return TimeFound("date", end, f"date:{day.isoformat()}", f"date:{day:%m-%d}", day)


def _month_day(here: Reading, month: int, day: int, end: int) -> TimeFound | None:
    year, end = _year_after(here, end)
    if year is None and here.today is None:
        if not 1 <= day <= 31:
            return None
        key = f"date:{month:02}-{day:02}"
        return TimeFound("date", end, key, key, (month, day))
    base = here.today.year if here.today else 0
    years = [year] if year is not None else [base - 1, base, base + 1]
    days = [found for one in years if (found := _valid(one, month, day))]
    if not days:
        return None
    today = here.today or days[0]
    return _date_found(min(days, key=lambda one: abs((one - today).days)), end)


def _valid(year: int, month: int, day: int) -> date | None:
    try:
        return date(year, month, day)
    except (ValueError, OverflowError):
        return None


def _later(day: date, days: int) -> date | None:
    """Give the day so many days on; None where the calendar of Python ends."""
    try:
        return day + timedelta(days=days)
    except OverflowError:
        return None


def _year_after(here: Reading, end: int) -> tuple[int | None, int]:
    at = end + 1 if here.low(end) == "," else end
    numeral = here.numerals.get(at)
    if numeral and numeral.value == int(numeral.value) and 1900 <= numeral.value <= 2100:
        after = numeral.end
        return int(numeral.value), after + 1 if here.low(after) in {"года", "год", "г"} else after
    return None, end


def _written_date(here: Reading, at: int) -> TimeFound | None:
    """Read 2026-03-17, 17.03.2026 and 03/17/2026."""
    token = here.tokens[at]
    if token.kind != "digits" or token.suffix:
        return None
    if token.low.count("-") == 2:
        year, month, day = map(int, token.low.split("-"))
    elif re.fullmatch(r"\d{1,2}([./])\d{1,2}\1(\d{4}|\d{2})", token.low):
        first, second, year = map(int, token.low.replace(".", "/").split("/"))
        american = "/" in token.low and first <= 12
        month, day = (first, second) if american else (second, first)
        year = year + 2000 if year < 100 else year
    else:
        return None
    found = _valid(year, month, day)
    return _date_found(found, at + 1) if found else None


def _day_number(here: Reading, at: int) -> tuple[int, int] | None:
    numeral = here.numerals.get(at)
    if numeral is None or numeral.scaled or not 1 <= numeral.value <= 31:
        return None
    if numeral.value != int(numeral.value) or numeral.loose_one:
        return None
    return int(numeral.value), numeral.end


def _month(here: Reading, at: int) -> int | None:
    return here.words.months.get(here.low(at))


def _day_then_month(here: Reading, at: int) -> TimeFound | None:
    day = _day_number(here, at)
    if day is None:
        return None
    end = day[1] + 1 if here.low(day[1]) in here.words.of else day[1]
    month = _month(here, end)
    if month is None or (here.low(end) == "may" and not here.tokens[end].capital):
        return None
    after = end + 2 if here.low(end + 1) == "." and len(here.low(end)) <= 4 else end + 1
    return _month_day(here, month, day[0], after if _year_after(here, after)[0] else end + 1)


def _month_then_day(here: Reading, at: int) -> TimeFound | None:
    month = _month(here, at)
    if month is None or here.words.of == frozenset():
        return None
    start = at + 2 if here.low(at + 1) == "the" else at + 1
    if here.low(start) == "." and len(here.low(at)) <= 4:
        start += 1
    day = _day_number(here, start)
    spoken_of = here.low(at) in {"may", "march"} and not here.tokens[at].capital
    if day is None or (spoken_of and not here.numerals[start].ordinal):
        return None
    return _month_day(here, month, day[0], day[1])


def _relative_day(here: Reading, at: int) -> TimeFound | None:
    for words, days in here.words.relative_days.items():
        if all(here.low(at + n) == word for n, word in enumerate(words)):
            end = at + len(words)
            if here.today and (day := _later(here.today, days)):
                return _date_found(day, end)
            return TimeFound("date", end, f"day:{days:+d}", f"day:{days:+d}", days)
    return None


def _shift(here: Reading, word: str) -> int | None:
    if word in here.words.next_words:
        return 1
    if word in here.words.this_words:
        return 0
    return -1 if word in here.words.last_words else None


def _weekday(here: Reading, at: int) -> TimeFound | None:
    shift = _shift(here, here.low(at))
    day_at = at if shift is None else at + 1
    name = here.low(day_at)
    day = here.words.weekdays.get(name)
    if day is None:
        return None
    before = here.low(at - 1)
    if name in here.words.doubtful_weekdays and shift is None:
        capital = here.tokens[day_at].capital and here.words.of
        mid_sentence = here.low(at - 1) not in {"", ".", "!", "?"}
        if before not in here.words.prepositions and not (capital and mid_sentence):
            return None
    loose = f"weekday:{day}"
    found = _that_weekday(here.today, day, shift) if here.today else None
    if found is None:
        return TimeFound("weekday", day_at + 1, loose, loose, day)
    return TimeFound("weekday", day_at + 1, f"date:{found.isoformat()}", loose, found)


def _that_weekday(today: date, day: int, shift: int | None) -> date | None:
    if shift is None:
        return _later(today, (day - today.isoweekday() - 1) % 7 + 1)
    if shift < 0:
        return _later(today, -((today.isoweekday() - day - 1) % 7 + 1))
    return _later(today, 7 * shift + day - today.isoweekday())


def _next_period(here: Reading, at: int) -> TimeFound | None:
    """Read "next week", "this month", "last quarter"."""
    shift = _shift(here, here.low(at))
    period = here.low(at + 1)
    if shift is None:
        return None
    if period in here.words.week:
        loose = f"week:{shift:+d}"
        there = _later(here.today, 7 * shift) if here.today else None
        if there is None:
            return TimeFound("week", at + 2, loose, loose, shift)
        year, week, _ = there.isocalendar()
        return TimeFound("week", at + 2, f"week:{year}-W{week:02}", loose, (year, week))
    if here.today and period in here.words.month:
        month = (here.today.month - 1 + shift) % 12 + 1
        return TimeFound("month", at + 2, f"month:{month}", f"month:{month}", month)
    if here.today and period in here.words.quarter:
        quarter = ((here.today.month - 1) // 3 + shift) % 4 + 1
        return TimeFound("quarter", at + 2, f"quarter:{quarter}", f"quarter:{quarter}", quarter)
    return None


def _quarter(here: Reading, at: int) -> TimeFound | None:
    low = here.low(at)
    number, end = 0, at + 1
    if len(low) == 2 and low[0] in "qк" and low[1] in "1234":
        number = int(low[1])
    elif low in {"q", *here.words.quarter} and (numeral := here.numerals.get(at + 1)):
        number, end = int(numeral.value), numeral.end
    elif (numeral := here.numerals.get(at)) and here.low(numeral.end) in here.words.quarter:
        if not numeral.ordinal and here.words.of != frozenset():
            return None
        number, end = int(numeral.value), numeral.end + 1
    if not 1 <= number <= 4:
        return None
    loose = f"quarter:{number}"
    after = end + 1 if here.low(end) == "of" else end
    year, year_end = _year_after(here, after)
    if year is None:
        return TimeFound("quarter", end, loose, loose, number)
    return TimeFound("quarter", year_end, f"quarter:{year}-{number}", loose, (year, number))


def _clock(here: Reading, at: int) -> TimeFound | None:
    token = here.tokens[at]
    if token.kind == "digits" and ":" in token.low and not token.suffix.strip("apm"):
        hour, minute = map(int, token.low.split(":"))
        return _hours(here, hour, minute, at + 1, glued=token.suffix)
    if token.kind == "digits" and token.suffix in {"am", "pm"} and token.low.isdigit():
        return _hours(here, int(token.low), 0, at + 1, glued=token.suffix)
    return _half_past(here, at) or _spoken_hour(here, at)


def _hours(here: Reading, hour: int, minute: int, end: int, *, glued: str = "") -> TimeFound | None:
    if not (0 <= hour <= 24 and 0 <= minute < 60):
        return None
    late, end = _half_of_day(here, end, glued)
    if late is not None and hour <= 12:
        hour = hour % 12 + (12 if late else 0)
    loose = f"time:{hour % 12 or 12}:{minute:02}"
    sure = late is not None or hour > 12 or hour == 0
    return TimeFound(
        "time", end, f"time:{hour}:{minute:02}" if sure else loose, loose, (hour, minute)
    )


def _half_of_day(here: Reading, end: int, glued: str) -> tuple[bool | None, int]:
    """Say whether am or pm follows: False is am, True is pm."""
    if glued in {"am", "pm"}:
        return glued == "pm", end
    if here.low(end) in {"a", "p"} and here.low(end + 1) == "." and here.low(end + 2) == "m":
        return here.low(end) == "p", end + (4 if here.low(end + 3) == "." else 3)
    if here.low(end) in here.words.morning:
        return False, end + 1
    if here.low(end) in here.words.afternoon:
        return True, end + 1
    return None, end


def _hour_number(here: Reading, at: int) -> tuple[int, int] | None:
    numeral = here.numerals.get(at)
    if numeral is None or not 1 <= numeral.value <= 24 or numeral.value != int(numeral.value):
        return None
    return int(numeral.value), numeral.end


def _half_past(here: Reading, at: int) -> TimeFound | None:
    low, then = here.low(at), here.low(at + 1)
    if low in {"half", "quarter"} and then in {"past", "to"}:
        hour = _hour_number(here, at + 2)
        if hour is None or hour[0] > 12:
            return None
        minute = 30 if low == "half" else 15
        if then == "to":
            return _hours(here, hour[0] - 1 or 12, 60 - minute, hour[1])
        return _hours(here, hour[0], minute, hour[1])
    hour = _hour_number(here, at + 1) if low in {"половине", "половина", "пол"} else None
    if hour and here.numerals[at + 1].ordinal and hour[0] <= 12:
        return _hours(here, hour[0] - 1 or 12, 30, hour[1])
    return None


def _spoken_hour(here: Reading, at: int) -> TimeFound | None:
    """Read "ten o'clock", "three pm", "at ten thirty" and "в три часа дня"."""
    hour = _hour_number(here, at)
    if hour is None or here.numerals[at].ordinal:
        return None
    end = hour[1]
    if here.low(end) in here.words.hour:
        if here.words.of or here.low(at - 1) in {"в", "к", "до", "с"}:
            return _hours(here, hour[0], 0, end + 1)
        return None
    late, _ = _half_of_day(here, end, "")
    if late is not None and hour[0] <= 12:
        return _hours(here, hour[0], 0, end)
    minute = here.numerals.get(end)
    at_time = here.low(at - 1) in {"at", "by", "until", "till", "from"}
    if minute and minute.spoken and minute.value in {15, 20, 30, 40, 45} and hour[0] <= 12:
        late, _ = _half_of_day(here, minute.end, "")
        if at_time or late is not None:
            return _hours(here, hour[0], int(minute.value), minute.end)
    return None


def _day_of_month(here: Reading, at: int) -> TimeFound | None:
    """Read "by the 17th" and "до 17-го": the next such day from the meeting on."""
    numeral = here.numerals.get(at)
    if here.today is None or numeral is None or not numeral.ordinal:
        return None
    before = here.low(at - 1)
    said_the = before == "the" and here.low(at - 2) in {
        "on",
        "by",
        "until",
        "till",
        "from",
        "before",
    }
    if not said_the and not (not here.words.of and before in {"до", "к", "с"}):
        return None
    if not 1 <= numeral.value <= 31 or (said_the and _noun_follows(here, numeral.end)):
        return None
    for ahead in range(62):
        day = _later(here.today, ahead)
        if day and day.day == numeral.value:
            return _date_found(day, numeral.end)
    return None


def _noun_follows(here: Reading, at: int) -> bool:
    """By the third quarter, by the second meeting: no day of a month."""
    if at >= len(here.tokens) or here.tokens[at].kind != "word":
        return False
    return here.low(at) not in {"and", "or", "we", "i", "so", "at", "then", "because", "if", "to"}


def _month_alone(here: Reading, at: int) -> TimeFound | None:
    low = here.low(at)
    month = here.words.months.get(low)
    if month is None:
        return None
    if low in here.words.doubtful_months:
        sure = {"in", "by", "of", "until", "till", "since", "в", "о"}
        capital = here.tokens[at].capital and here.low(at - 1) in here.words.prepositions
        if here.low(at - 1) not in sure and not capital:
            return None
    return TimeFound("month", at + 1, f"month:{month}", f"month:{month}", month)
