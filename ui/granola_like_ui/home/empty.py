"""What stands where there is nothing yet: what to do first."""

from html import escape

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QHBoxLayout, QLabel, QPushButton, QVBoxLayout, QWidget

from granola_like_ui.theme import Size, Space, Type, set_role


class Empty(QWidget):
    """A sentence, and one that helps."""

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._title = QLabel(wordWrap=True)
        self._help = QLabel(wordWrap=True)
        set_role(self._title, "heading")
        set_role(self._help, "pencil")
        self._inside = QWidget()
        self._inside.setMaximumWidth(Size.TEXT_COLUMN)
        self._column = QVBoxLayout(self._inside)
        self._column.setContentsMargins(0, 0, 0, 0)
        self._column.setSpacing(Space.S)
        self._column.addWidget(self._title)
        self._column.addWidget(self._help)
        self._sides = layout = QHBoxLayout(self)
        layout.setContentsMargins(Space.XL, Space.XL, Space.XL, 0)
        layout.addStretch(1)
        layout.addWidget(self._inside, 1000, Qt.AlignmentFlag.AlignTop)
        layout.addStretch(1)

    def say(self, title: str, help_: str) -> None:
        """Say what is not there, and what can be done."""
        self._title.setText(title)
        self._help.setText(paragraph(help_))
        self._help.setVisible(bool(help_))


def paragraph(text: str) -> str:
    """Write a text of several lines with the height of lines that reading wants."""
    return f'<p style="line-height:{Type.LINE_HEIGHT * 100:.0f}%">{escape(text)}</p>'


class FirstSteps(Empty):
    """No meeting has been recorded yet."""

    record_asked = Signal()
    sample_asked = Signal()
    import_asked = Signal()

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        set_role(self._title, "title")
        self._sides.setContentsMargins(Space.XL, Space.XXL + Space.L, Space.XL, 0)
        self.say(
            self.tr("Your meetings will be here"),
            self.tr(
                "Start a call in any program and you are asked whether to record it. Type a few"
                " words while you listen; afterwards they are filled in with what was said."
                " Everything stays on this computer."
            ),
        )
        self._record = QPushButton(self.tr("Record now"))
        set_role(self._record, "primary")
        sample = QPushButton(self.tr("Try the sample call"))
        bring = QPushButton(self.tr("Bring in a recording…"))
        set_role(bring, "quiet")
        row = QHBoxLayout()
        row.setSpacing(Space.S)
        row.setContentsMargins(0, Space.S, 0, 0)
        for button in (self._record, sample, bring):
            row.addWidget(button)
        row.addStretch(1)
        self._column.addLayout(row)
        self._record.clicked.connect(self.record_asked)
        sample.clicked.connect(self.sample_asked)
        bring.clicked.connect(self.import_asked)

    def offer_record(self, *, offered: bool) -> None:
        """Offer to record here, unless that is offered elsewhere on the page."""
        self._record.setVisible(offered)
