"""A newer transcript speaks against a correction: the person says which of the two is right."""

from collections.abc import Sequence

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QGridLayout, QHBoxLayout, QLabel, QPushButton, QVBoxLayout, QWidget

from granola_like.domain.times import clock
from granola_like_ui.theme import Space, font, set_role
from granola_like_ui.transcript.state import Clash


class ClashCard(QWidget):
    """Shows the first of them with both sides."""

    settled = Signal(str, str)
    """The edit's id, and "mine" or "theirs"."""
    place_asked = Signal(int)

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._shown: Clash | None = None
        self._title, self._mine, self._heard = _words(), _words(), _words()
        set_role(self._heard, "pencil")
        labels = (self.tr("You"), self.tr("Heard now"))
        keep, take = QPushButton(self.tr("Keep mine")), QPushButton(self.tr("Take new"))
        self._listen = QPushButton(self.tr("Listen"))
        set_role(self._listen, "quiet")
        grid = QGridLayout()
        grid.setSpacing(Space.XS)
        grid.setHorizontalSpacing(Space.M)
        grid.setColumnStretch(1, 1)
        for row, (label, words) in enumerate(zip(labels, (self._mine, self._heard), strict=True)):
            name = QLabel(label)
            set_role(name, "faint")
            grid.addWidget(name, row, 0, Qt.AlignmentFlag.AlignTop)
            grid.addWidget(words, row, 1)
        row_of_buttons = QHBoxLayout()
        row_of_buttons.setSpacing(Space.S)
        for button in (keep, take, self._listen):
            row_of_buttons.addWidget(button)
        row_of_buttons.addStretch(1)
        layout = QVBoxLayout(self)
        layout.setContentsMargins(0, 0, 0, 0)
        layout.setSpacing(Space.S)
        layout.addWidget(self._title)
        layout.addLayout(grid)
        layout.addLayout(row_of_buttons)
        keep.clicked.connect(lambda: self._settle("mine"))
        take.clicked.connect(lambda: self._settle("theirs"))
        self._listen.clicked.connect(self._ask_place)
        self.hide()

    def show_clashes(self, clashes: Sequence[Clash]) -> None:
        """Show the first one, and how many there are; nothing when there are none."""
        self._shown = clashes[0] if clashes else None
        self.setVisible(self._shown is not None)
        if self._shown is None:
            return
        self._title.setText(
            self.tr("The new transcript speaks against %n of your corrections.", "", len(clashes))
        )
        self._mine.setText(self._shown.mine or "—")
        self._heard.setText(self._shown.heard or self.tr("Nothing is said there any more."))
        start = self._shown.start_ms
        self._listen.setVisible(start is not None)
        self._listen.setText(self.tr("Listen {time}").format(time=clock(start or 0)))

    def _settle(self, keep: str) -> None:
        if self._shown is not None:
            self.settled.emit(self._shown.edit, keep)

    def _ask_place(self) -> None:
        if self._shown is not None and self._shown.start_ms is not None:
            self.place_asked.emit(self._shown.start_ms)


def _words() -> QLabel:
    label = QLabel(wordWrap=True)
    label.setTextFormat(Qt.TextFormat.PlainText)
    label.setFont(font("list"))
    return label
