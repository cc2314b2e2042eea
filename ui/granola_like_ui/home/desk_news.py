"""The desk's account of a meeting, as the list of meetings tells it."""

from typing import TYPE_CHECKING

from PySide6.QtCore import QCoreApplication

from granola_like_ui.home.state import Work

if TYPE_CHECKING:
    from granola_like.app.desk_board import MeetingNews, Phase


def work_of(news: "MeetingNews") -> Work | None:
    """Say what is being done to a meeting; None when nothing is, or all is well done."""
    if news.state in ("done", "cancelled"):
        return None
    if news.state == "failed":
        return Work(step="", trouble=f"{news.error} {news.error.hint}" if news.error else "")
    if news.state == "waiting" or news.phase is None:
        return Work(step=QCoreApplication.translate("DeskNews", "Waiting for its turn"))
    left = None if news.seconds_left is None else round(news.seconds_left * 1000)
    return Work(step=phase_name(news.phase), fraction=news.fraction, left_ms=left)


def phase_name(phase: "Phase") -> str:
    """Say in a few words what is being done."""
    names: dict[Phase, str] = {
        "storing": QCoreApplication.translate("DeskNews", "Storing the sound"),
        "drafting": QCoreApplication.translate("DeskNews", "Drafting the note"),
        "joining": QCoreApplication.translate("DeskNews", "Storing the sound"),
        "hearing": QCoreApplication.translate("DeskNews", "Transcribing"),
        "writing": QCoreApplication.translate("DeskNews", "Writing the note"),
    }
    return names[phase]
