"""By when: the day that a promise names, worked out from the meeting's date."""

import calendar
import re
from datetime import date, timedelta
from decimal import Decimal

from granola_like.text.quantities import Quantity, find_quantities

_BY = re.compile(
    r"\b(?:by|before|until|till|on|due|no later than|for|to|end of|до|к|в|во|на|не позднее)"
    r"(?:\s+(?:the|end of|close of|end of the|конца|концу))*\W*$",
    re.IGNORECASE,
)
_SINCE = re.compile(r"\b(?:since|from|starting|as of|с|со|начиная с)\s+(?:the\s+)?$", re.IGNORECASE)
"""What is so from a day on is not due on it."""
_END = re.compile(
    r"\b(?:the )?end of (?:the |this )?(?P<en>day|week|month|quarter|year)\b|"
    r"\b(?:до конца|к концу) (?P<ru>дня|недели|месяца|квартала|года)\b",
    re.IGNORECASE,
)
_PERIODS = {
    "дня": "day",
    "недели": "week",
    "месяца": "month",
    "квартала": "quarter",
    "года": "year",
}
_IN = re.compile(r"\b(?:in|within|через|в течение)\s+(?:the next\s+)?$", re.IGNORECASE)
_UNITS = {
    "day": 1, "days": 1, "week": 7, "weeks": 7, "день": 1, "дня": 1, "дней": 1,
    "неделю": 7, "недели": 7, "недель": 7,
}  # fmt: skip


def due_in(text: str, *, language: str = "en", meeting_date: date) -> date | None:
    """Find the day by which something is to be done, or None.

    A period means its last working day: "next week" is that week's Friday, "by the end of the
    month" the month's last day. A day before the meeting is never due.
    """
    quantities = find_quantities(text, language=language, meeting_date=meeting_date)
    days: list[tuple[int, date]] = []
    for one in quantities:
        day = _day_of(one, text, meeting_date)
        if day is not None and day >= meeting_date and not _SINCE.search(text[: one.start]):
            introduced = bool(_BY.search(text[: one.start]))
            days.append((0 if introduced else 1, day))
    if days:
        return min(days, key=lambda found: found[0])[1]
    if end := _END.search(text):
        period = (end["en"] or _PERIODS[end["ru"].casefold()]).casefold()
        return _end_of(period, meeting_date)
    return None


def _day_of(one: Quantity, text: str, meeting_date: date) -> date | None:
    if one.kind in {"date", "weekday"} and isinstance(one.value, date):
        return one.value
    if one.kind == "week" and isinstance(one.value, tuple):
        return date.fromisocalendar(one.value[0], one.value[1], 5)
    unit = re.match(r"\s*([^\W\d_]+)", text[one.end :])
    if one.kind == "number" and unit and _IN.search(text[: one.start]):
        each = _UNITS.get(unit[1].casefold())
        if each and isinstance(one.value, Decimal) and 0 < one.value < 1000:
            return meeting_date + timedelta(days=int(one.value * each))
    return None


def _end_of(period: str, today: date) -> date:
    if period == "day":
        return today
    if period == "week":
        return today + timedelta(days=(4 - today.weekday()) % 7)
    month = {"month": today.month, "quarter": (today.month + 2) // 3 * 3, "year": 12}[period]
    return date(today.year, month, calendar.monthrange(today.year, month)[1])
