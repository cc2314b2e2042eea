"""Finding words in the transcript, and replacing them with a preview."""

from collections.abc import Sequence

from PySide6.QtCore import Qt, Signal
from PySide6.QtGui import QKeyEvent
from PySide6.QtWidgets import (
    QCheckBox,
    QGridLayout,
    QHBoxLayout,
    QLabel,
    QLineEdit,
    QPushButton,
    QVBoxLayout,
    QWidget,
)

from granola_like_ui.theme import Space, font, set_role
from granola_like_ui.transcript.changes import ChangesList
from granola_like_ui.transcript.finding import Wanted
from granola_like_ui.transcript.state import Change

_LIST_HEIGHT = 220


class FindBar(QWidget):
    """Two fields, how often it is there, and what replacing would make of it."""

    wanted_changed = Signal(object)
    """A `Wanted`."""
    stepped = Signal(int)
    replace_asked = Signal(object, str, list)
    """A `Wanted`, what to put there, and the numbers of the changes that are taken."""
    preview_asked = Signal(object, str)
    left = Signal()

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._find, self._put = _Field(), _Field()
        self._find.setPlaceholderText(self.tr("Find in the transcript"))
        self._put.setPlaceholderText(self.tr("Replace by"))
        for field in (self._find, self._put):
            field.setFont(font("list"))
            field.setAccessibleName(field.placeholderText())
        self._count = QLabel()
        set_role(self._count, "faint")
        self._whole = QCheckBox(self.tr("Whole words"))
        self._case = QCheckBox(self.tr("Match case"))
        self._close = _quiet(self.tr("Close"))
        self._preview = _quiet(self.tr("Preview"))
        self._replace = QPushButton(self.tr("Replace all"))
        self._changes = ChangesList()
        self._changes.setFixedHeight(_LIST_HEIGHT)
        self._changes.hide()
        self._lay_out()
        self._connect()
        self.show_count(0, 0)

    @property
    def wanted(self) -> Wanted:
        """What is looked for now."""
        return Wanted(
            find=self._find.text(),
            whole_words=self._whole.isChecked(),
            match_case=self._case.isChecked(),
        )

    def begin(self, text: str = "") -> None:
        """Let the person type what to find."""
        if text:
            self._find.setText(text)
        self.show()
        self._find.setFocus()
        self._find.selectAll()
        self.wanted_changed.emit(self.wanted)

    def begin_replacing(self) -> None:
        """Let the person type what to put there instead."""
        self.begin()
        if self._find.text():
            self._put.setFocus()

    def set_put(self, text: str) -> None:
        """Fill the second field."""
        self._put.setText(text)

    def show_count(self, number: int, of: int) -> None:
        """Say which of how many places is shown."""
        if not self._find.text().strip():
            self._count.setText("")
        elif not of:
            self._count.setText(self.tr("not there"))
        else:
            self._count.setText(self.tr("{number} of {of}").format(number=number, of=of))
        for button in (self._preview, self._replace):
            button.setEnabled(bool(of))

    def show_changes(self, changes: Sequence[Change]) -> None:
        """Show what replacing would make of each line."""
        self._changes.changes.show(changes)
        self._changes.setVisible(bool(changes))
        rows = len(changes)
        self._changes.setFixedHeight(min(_LIST_HEIGHT, rows * 52 + Space.XS))

    def is_previewing(self) -> bool:
        """Say whether the changes are shown."""
        return self._changes.isVisible()

    # -- inside --------------------------------------------------------------------------------

    def _lay_out(self) -> None:
        grid = QGridLayout()
        grid.setSpacing(Space.S)
        grid.addWidget(self._find, 0, 0)
        grid.addWidget(self._close, 0, 1)
        grid.addWidget(self._put, 1, 0)
        grid.addWidget(self._replace, 1, 1)
        how = QHBoxLayout()
        how.setSpacing(Space.M)
        for box in (self._whole, self._case):
            box.setFont(font("small"))
            how.addWidget(box)
        how.addStretch(1)
        how.addWidget(self._count)
        how.addWidget(self._preview)
        layout = QVBoxLayout(self)
        layout.setContentsMargins(0, 0, 0, 0)
        layout.setSpacing(Space.S)
        layout.addLayout(grid)
        layout.addLayout(how)
        layout.addWidget(self._changes)

    def _connect(self) -> None:
        self._find.textChanged.connect(self._changed)
        self._put.textChanged.connect(self._put_changed)
        for box in (self._whole, self._case):
            box.toggled.connect(self._changed)
        for field in (self._find, self._put):
            field.stepped.connect(self.stepped)
            field.left.connect(self.left)
        self._find.entered.connect(lambda: self.stepped.emit(1))
        self._put.entered.connect(self._ask_preview)
        self._close.clicked.connect(self.left)
        self._preview.clicked.connect(self._turn_preview)
        self._replace.clicked.connect(self._ask_replace)
        self._changes.changes.taken_changed.connect(self._count_taken)

    def _changed(self) -> None:
        self.wanted_changed.emit(self.wanted)
        self._put_changed()

    def _put_changed(self) -> None:
        if self.is_previewing():
            self.preview_asked.emit(self.wanted, self._put.text())

    def _ask_preview(self) -> None:
        self.preview_asked.emit(self.wanted, self._put.text())

    def _turn_preview(self) -> None:
        if self.is_previewing():
            self.show_changes(())
            self._replace.setText(self.tr("Replace all"))
        else:
            self._ask_preview()

    def _ask_replace(self) -> None:
        if not self.is_previewing():
            self._ask_preview()  # nothing is written that was not seen
            return
        self.replace_asked.emit(self.wanted, self._put.text(), list(self._changes.changes.taken))

    def _count_taken(self) -> None:
        taken = len(self._changes.changes.taken)
        self._replace.setText(self.tr("Replace in %n line(s)", "", taken))
        self._replace.setEnabled(taken > 0)


class _Field(QLineEdit):
    """A field whose arrows walk through the places."""

    stepped = Signal(int)
    entered = Signal()
    left = Signal()

    def keyPressEvent(self, event: QKeyEvent) -> None:  # noqa: N802 - Qt's name
        """Walk by the arrows, leave by Escape."""
        match event.key():
            case Qt.Key.Key_Up:
                self.stepped.emit(-1)
            case Qt.Key.Key_Down:
                self.stepped.emit(1)
            case Qt.Key.Key_Return | Qt.Key.Key_Enter:
                back = event.modifiers() & Qt.KeyboardModifier.ShiftModifier
                self.stepped.emit(-1) if back else self.entered.emit()
            case Qt.Key.Key_Escape:
                self.left.emit()
            case _:
                super().keyPressEvent(event)


def _quiet(text: str) -> QPushButton:
    button = QPushButton(text)
    set_role(button, "quiet")
    return button
