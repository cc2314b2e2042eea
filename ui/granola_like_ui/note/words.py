"""Numbers and times in words. Everything that is shown in more than one place of the page."""

from datetime import date, datetime

from PySide6.QtCore import QCoreApplication, QDate, QLocale, QTime

from granola_like.domain.receipt import Receipt
from granola_like.domain.recording import Gap
from granola_like.domain.times import clock


def day(of: date) -> str:
    """Write a day without its year: Fri 6 Mar."""
    locale = QLocale()
    is_us = locale.territory() == QLocale.Country.UnitedStates
    shown = QDate(of.year, of.month, of.day)
    return locale.toString(shown, "ddd, MMM d" if is_us else "ddd d MMM")


def moment(of: datetime, duration_ms: int = 0) -> str:
    """Write when a meeting was: Tue 3 Mar, 10:00–10:42."""
    locale = QLocale()
    hours = locale.timeFormat(QLocale.FormatType.ShortFormat)

    def time(minutes: int) -> str:
        minutes %= 24 * 60
        return locale.toString(QTime(minutes // 60, minutes % 60), hours)

    start = of.hour * 60 + of.minute
    until = f"–{time(start + round(duration_ms / 60000))}" if duration_ms >= 60_000 else ""
    return f"{day(of.date())}, {time(start)}{until}"


def length(ms: int) -> str:
    """Write how long something took: 28 s, 42 min, 1 h 5 min."""
    seconds = round(ms / 1000)
    if seconds < 60:
        return QCoreApplication.translate("NoteWords", "%n s", "", seconds)
    minutes = round(ms / 60_000)
    if minutes < 60:
        return QCoreApplication.translate("NoteWords", "%n min", "", minutes)
    hours = QCoreApplication.translate("NoteWords", "%n h", "", minutes // 60)
    return (
        f"{hours} {QCoreApplication.translate('NoteWords', '%n min', '', minutes % 60)}"
        if minutes % 60
        else hours
    )


def about_left(seconds: float) -> str:
    """Write how long something will take still, as roughly as anybody can know."""
    if seconds < 10:
        return QCoreApplication.translate("NoteWords", "a few seconds left")
    if seconds < 90:
        return QCoreApplication.translate(
            "NoteWords", "about %n s left", "", round(seconds / 10) * 10
        )
    return QCoreApplication.translate(
        "NoteWords", "about %n min left", "", max(2, round(seconds / 60))
    )


def receipt_line(duration_ms: int, receipt: Receipt | None, gaps: tuple[Gap, ...]) -> str:
    """Say in one line how long it was, who was heard, and what is missing."""
    parts = [length(duration_ms)] if duration_ms else []
    if receipt is not None:
        heard = {one.channel for one in receipt.channels if one.heard_ms > 0}
        if heard == {"me", "them"}:
            parts.append(QCoreApplication.translate("NoteWords", "both sides heard"))
        elif heard == {"me"}:
            parts.append(QCoreApplication.translate("NoteWords", "only you were heard"))
        elif heard == {"them"}:
            parts.append(QCoreApplication.translate("NoteWords", "only the others were heard"))
        else:
            parts.append(QCoreApplication.translate("NoteWords", "nothing was heard"))
    missing = length(sum(gap.end_ms - gap.start_ms for gap in gaps))
    if len(gaps) == 1:
        parts.append(QCoreApplication.translate("NoteWords", "1 gap of %1").replace("%1", missing))
    elif gaps:
        parts.append(
            QCoreApplication.translate("NoteWords", "%n gaps of %1 in all", "", len(gaps)).replace(
                "%1", missing
            )
        )
    return ", ".join(parts)


def receipt_details(receipt: Receipt) -> tuple[str, ...]:
    """Say all that is known of a recording, a line each."""
    names = {
        "me": QCoreApplication.translate("NoteWords", "You"),
        "them": QCoreApplication.translate("NoteWords", "The others"),
    }
    lines = [
        QCoreApplication.translate("NoteWords", "%1: %2 recorded, speech in %3 of it")
        .replace("%1", names[one.channel])
        .replace("%2", length(one.recorded_ms))
        .replace("%3", length(one.heard_ms))
        for one in receipt.channels
    ]
    lines += [gap_line(gap) for gap in receipt.gaps]
    lines.append(
        QCoreApplication.translate("NoteWords", "It ended: %1").replace("%1", receipt.ended)
    )
    if receipt.recovered:
        lines.append(
            QCoreApplication.translate(
                "NoteWords", "A crash had left it; it was finished when the program started again."
            )
        )
    return tuple(lines)


def gap_line(gap: Gap) -> str:
    """Say what is missing: 28 s not heard: headset switched, 21:40."""
    side = (
        QCoreApplication.translate("NoteWords", "%1 of you not heard")
        if gap.channel == "me"
        else QCoreApplication.translate("NoteWords", "%1 of the others not heard")
    )
    return (
        QCoreApplication.translate("NoteWords", "%1: %2, %3")
        .replace("%1", side.replace("%1", length(max(1000, gap.end_ms - gap.start_ms))))
        .replace("%2", gap.reason)
        .replace("%3", clock(gap.start_ms))
    )
