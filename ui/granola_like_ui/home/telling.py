"""How days, times and lengths are told, in the person's language and order."""

from datetime import date, datetime, timedelta

from PySide6.QtCore import QCoreApplication, QDate, QLocale, QTime

_MINUTE_MS = 60_000
_A_WEEK = 7


def local_day(moment: datetime) -> date:
    """Give the day on which it was where the person is."""
    return moment.astimezone().date()


def near_day(day: date, *, today: date, locale: QLocale) -> str:
    """Tell a day in a word: today, yesterday, a day of the week, and the month of what is older."""
    back = (today - day).days
    if back == 0:
        return QCoreApplication.translate("Times", "Today")
    if back == 1:
        return QCoreApplication.translate("Times", "Yesterday")
    if 1 < back < _A_WEEK:
        return _capital(locale.standaloneDayName(day.isoweekday()))
    if day > today:
        return QCoreApplication.translate("Times", "Later")
    month = _capital(locale.standaloneMonthName(day.month))
    return month if day.year == today.year else f"{month} {day.year}"


def full_day(day: date, *, today: date, locale: QLocale) -> str:
    """Tell a day in full: "Tuesday, 3 March", with its year when that is not this one."""
    form = (
        QCoreApplication.translate("Times", "dddd, d MMMM")
        if day.year == today.year
        else QCoreApplication.translate("Times", "dddd, d MMMM yyyy")
    )
    return _capital(locale.toString(QDate(day.year, day.month, day.day), form))


def near_time(moment: datetime, *, today: date, locale: QLocale) -> str:
    """Tell the time of what was in the last week, and the day of what is older."""
    if today - local_day(moment) < timedelta(days=_A_WEEK):
        return time_of_day(moment, locale=locale)
    day = local_day(moment)
    return locale.toString(
        QDate(day.year, day.month, day.day), QCoreApplication.translate("Times", "d MMM")
    )


def time_of_day(moment: datetime, *, locale: QLocale) -> str:
    """Tell hours and minutes as the person writes them."""
    at = moment.astimezone()
    return locale.toString(QTime(at.hour, at.minute), QLocale.FormatType.ShortFormat)


def length(ms: int) -> str:
    """Tell how long something was, to the minute."""
    if ms <= 0:
        return ""
    minutes = round(ms / _MINUTE_MS)
    if minutes < 1:
        return QCoreApplication.translate("Times", "1 min")
    hours, minutes = divmod(minutes, 60)
    if not hours:
        return QCoreApplication.translate("Times", "%n min", None, minutes)
    if not minutes:
        return QCoreApplication.translate("Times", "%n h", None, hours)
    return QCoreApplication.translate("Times", "{hours} h {minutes} min").format(
        hours=hours, minutes=minutes
    )


def time_left(ms: int) -> str:
    """Tell how long it may still take; never to the second, for nobody knows."""
    if ms < _MINUTE_MS:
        return QCoreApplication.translate("Times", "less than a minute left")
    return QCoreApplication.translate("Times", "{length} left").format(length=length(ms))


def _capital(text: str) -> str:
    return text[:1].upper() + text[1:]
