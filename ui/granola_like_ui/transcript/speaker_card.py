"""Typing a speaker's name: for whoever is called so, here or everywhere, or for a few words."""

from PySide6.QtCore import Qt, Signal
from PySide6.QtGui import QKeyEvent
from PySide6.QtWidgets import (
    QCheckBox,
    QFrame,
    QHBoxLayout,
    QLabel,
    QLineEdit,
    QPushButton,
    QVBoxLayout,
    QWidget,
)

from granola_like_ui.theme import Space, font, set_role


class SpeakerCard(QFrame):
    """Floats beside the name; Enter saves, Escape leaves."""

    renamed = Signal(object, str, bool)
    """The old name as stored (None where nobody knew), the new one, and whether everywhere."""
    reassigned = Signal(list, object)
    """Ids of utterances, and whose they are."""
    left = Signal()

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        set_role(self, "card")
        self._old: str | None = None
        self._utterances: list[str] = []
        self._title = QLabel(wordWrap=True)
        self._title.setFont(font("small"))
        set_role(self._title, "pencil")
        self._field = QLineEdit()
        self._field.setFont(font("list"))
        self._field.setAccessibleName(self.tr("Name"))
        self._everywhere = QCheckBox(self.tr("In all meetings"))
        self._everywhere.setFont(font("small"))
        save = QPushButton(self.tr("Save"))
        set_role(save, "primary")
        layout = QVBoxLayout(self)
        layout.setContentsMargins(Space.M, Space.M, Space.M, Space.M)
        layout.setSpacing(Space.S)
        layout.addWidget(self._title)
        layout.addWidget(self._field)
        row = QHBoxLayout()
        row.addWidget(self._everywhere)
        row.addStretch(1)
        row.addWidget(save)
        layout.addLayout(row)
        save.clicked.connect(self._save)
        self._field.returnPressed.connect(self._save)
        self.hide()

    def begin_renaming(self, old: str | None, shown: str) -> None:
        """Ask what whoever is called so is called really."""
        self._old, self._utterances = old, []
        self._title.setText(self.tr("“{name}” is called").format(name=shown))
        self._everywhere.setVisible(old is not None)
        self._everywhere.setChecked(False)
        self._begin(old or "")

    def begin_reassigning(self, utterances: list[str]) -> None:
        """Ask who really said this."""
        self._utterances = utterances
        self._title.setText(self.tr("Who said this?"))
        self._everywhere.hide()
        self._begin("")

    def keyPressEvent(self, event: QKeyEvent) -> None:  # noqa: N802 - Qt's name
        """Leave by Escape."""
        if event.key() == Qt.Key.Key_Escape:
            self._end()
        else:
            super().keyPressEvent(event)

    def _begin(self, text: str) -> None:
        self._field.setText(text)
        self._field.selectAll()
        self.adjustSize()
        self.show()
        self.raise_()
        self._field.setFocus()

    def _save(self) -> None:
        name = " ".join(self._field.text().split())
        if not name:
            return
        everywhere = self._everywhere.isVisible() and self._everywhere.isChecked()
        utterances, old = self._utterances, self._old
        self._end()
        if utterances:
            self.reassigned.emit(utterances, name)
        elif name != old:
            self.renamed.emit(old, name, everywhere)

    def _end(self) -> None:
        self.hide()
        self.left.emit()
