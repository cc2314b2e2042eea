"""A mistake was corrected here: where else does it stand? To be looked at, then mended at once."""

from collections.abc import Sequence

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QHBoxLayout, QLabel, QPushButton, QVBoxLayout, QWidget

from granola_like_ui.theme import Space, font, set_role
from granola_like_ui.transcript.changes import ChangesList
from granola_like_ui.transcript.state import Change

_ROW = 52
_SHOWN = 5


class Review(QWidget):
    """One sentence; asked for, the list of places with a box each."""

    accepted = Signal(list)
    """The numbers of the changes that are taken."""
    put_off = Signal()

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._meetings = 0
        self._sentence = QLabel(wordWrap=True)
        self._sentence.setFont(font("list"))
        self._look = QPushButton(self.tr("Review"))
        self._accept = QPushButton()
        set_role(self._accept, "primary")
        self._later = QPushButton(self.tr("Not now"))
        set_role(self._later, "quiet")
        self._list = ChangesList()
        layout = QVBoxLayout(self)
        layout.setContentsMargins(0, 0, 0, 0)
        layout.setSpacing(Space.S)
        layout.addWidget(self._sentence)
        layout.addWidget(self._list)
        row = QHBoxLayout()
        row.setSpacing(Space.S)
        for button in (self._look, self._accept, self._later):
            row.addWidget(button)
        row.addStretch(1)
        layout.addLayout(row)
        self._look.clicked.connect(self.look)
        self._later.clicked.connect(self._put_off)
        self._accept.clicked.connect(self._take)
        self._list.changes.taken_changed.connect(self._count)
        self.hide()

    def offer(self, changes: Sequence[Change], *, meetings: int) -> None:
        """Say that the same mistake stands in other meetings."""
        self._meetings = meetings
        self._list.changes.show(changes)
        self._list.setFixedHeight(min(len(changes), _SHOWN) * _ROW)
        self._list.hide()
        self._accept.hide()
        self._look.show()
        self._sentence.setText(self.tr("The same mistake is in %n past meeting(s).", "", meetings))
        self.show()

    def look(self) -> None:
        """Show every place."""
        self._list.show()
        self._accept.show()
        self._look.hide()
        self._list.setFocus()
        self._list.setCurrentIndex(self._list.changes.index(0))

    def _take(self) -> None:
        taken = list(self._list.changes.taken)
        self.hide()
        self.accepted.emit(taken)

    def _put_off(self) -> None:
        self.hide()
        self.put_off.emit()

    def _count(self) -> None:
        taken = len(self._list.changes.taken)
        self._accept.setText(self.tr("Correct %n place(s)", "", taken))
        self._accept.setEnabled(taken > 0)
