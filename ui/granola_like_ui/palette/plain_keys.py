"""The keys that hold in one place only, and so are no commands of the window."""

from PySide6.QtCore import QCoreApplication
from PySide6.QtGui import QKeySequence

from granola_like_ui.commands import shown_key


def plain_keys() -> tuple[tuple[str, str], ...]:
    """Tell what each does and how it is written on this system."""
    told = (
        (QCoreApplication.translate("PlainKeys", "In a list: open"), "Return"),
        (QCoreApplication.translate("PlainKeys", "In a list: rename"), "F2"),
        (QCoreApplication.translate("PlainKeys", "In a list: delete"), "Del"),
        (
            QCoreApplication.translate("PlainKeys", "In a list: take back what was done last"),
            "Ctrl+Z",
        ),
        (
            QCoreApplication.translate("PlainKeys", "In the list of folders: move a folder up"),
            "Alt+Up",
        ),
        (
            QCoreApplication.translate("PlainKeys", "In the list of folders: move a folder down"),
            "Alt+Down",
        ),
        (QCoreApplication.translate("PlainKeys", "In the transcript: play or pause"), "Space"),
        (QCoreApplication.translate("PlainKeys", "In the transcript: play the line"), "P"),
        (QCoreApplication.translate("PlainKeys", "In the transcript: five seconds back"), "Left"),
        (QCoreApplication.translate("PlainKeys", "In the transcript: five seconds on"), "Right"),
        (QCoreApplication.translate("PlainKeys", "In the transcript: slower"), "<"),
        (QCoreApplication.translate("PlainKeys", "In the transcript: faster"), ">"),
        (QCoreApplication.translate("PlainKeys", "In the transcript: edit the line"), "Return"),
        (QCoreApplication.translate("PlainKeys", "In the transcript: who said this"), "S"),
        (
            QCoreApplication.translate("PlainKeys", "In the transcript: choose several lines"),
            "Shift+Down",
        ),
        (
            QCoreApplication.translate("PlainKeys", "In the transcript: copy the lines"),
            _standard(QKeySequence.StandardKey.Copy),
        ),
        (
            QCoreApplication.translate(
                "PlainKeys", "In the transcript: take back the last correction"
            ),
            "Ctrl+Z",
        ),
        (QCoreApplication.translate("PlainKeys", "Anywhere: leave"), "Esc"),
    )
    return tuple((text, shown_key(key)) for text, key in told)


def _standard(key: QKeySequence.StandardKey) -> str:
    return QKeySequence(key).toString(QKeySequence.SequenceFormat.PortableText)
