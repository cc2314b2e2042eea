"""The keys that hold in one place only, and so are no commands of the window."""

from PySide6.QtCore import QCoreApplication
from PySide6.QtGui import QKeySequence

from granola_like_ui.commands import shown_key


def plain_keys() -> tuple[tuple[str, str], ...]:
    """Tell what each does and how it is written on this system."""
    told = (
        (_tr("In a list: open"), "Return"),
        (_tr("In a list: rename"), "F2"),
        (_tr("In a list: delete"), "Del"),
        (_tr("In a list: take back what was done last"), "Ctrl+Z"),
        (_tr("In the list of folders: move a folder up"), "Alt+Up"),
        (_tr("In the list of folders: move a folder down"), "Alt+Down"),
        (_tr("In the transcript: play or pause"), "Space"),
        (_tr("In the transcript: play the line"), "P"),
        (_tr("In the transcript: five seconds back"), "Left"),
        (_tr("In the transcript: five seconds on"), "Right"),
        (_tr("In the transcript: slower"), "<"),
        (_tr("In the transcript: faster"), ">"),
        (_tr("In the transcript: edit the line"), "Return"),
        (_tr("In the transcript: who said this"), "S"),
        (_tr("In the transcript: choose several lines"), "Shift+Down"),
        (_tr("In the transcript: copy the lines"), _standard(QKeySequence.StandardKey.Copy)),
        (_tr("In the transcript: take back the last correction"), "Ctrl+Z"),
        (_tr("Anywhere: leave"), "Esc"),
    )
    return tuple((text, shown_key(key)) for text, key in told)


def _standard(key: QKeySequence.StandardKey) -> str:
    return QKeySequence(key).toString(QKeySequence.SequenceFormat.PortableText)


def _tr(text: str) -> str:
    return QCoreApplication.translate("PlainKeys", text)
