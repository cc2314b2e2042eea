"""Who has something to do, and until when: a small card at the line."""

from datetime import date

from PySide6.QtCore import QDate, QPoint, Qt, Signal
from PySide6.QtGui import QKeyEvent
from PySide6.QtWidgets import (
    QCompleter,
    QDateEdit,
    QFrame,
    QGridLayout,
    QLabel,
    QLineEdit,
    QPushButton,
    QWidget,
)

from granola_like_ui.note.shown import ShownLine
from granola_like_ui.theme import Space, font, set_role


class DetailsCard(QFrame):
    """Stays until something else is clicked; Enter takes what it says, Escape does not."""

    owner_chosen = Signal(str, object)
    """The line's id, and a name or None."""
    day_chosen = Signal(str, object)
    """The line's id, and a date or None."""

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent, Qt.WindowType.Popup)
        set_role(self, "card")
        self.setAttribute(Qt.WidgetAttribute.WA_StyledBackground)
        self._line: ShownLine | None = None
        self.owner = QLineEdit(placeholderText=self.tr("Nobody"))
        self.owner.setAccessibleName(self.tr("Who has it to do"))
        self.day = QDateEdit()
        self.day.setCalendarPopup(True)
        self.day.setAccessibleName(self.tr("Until when"))
        self.no_day = QPushButton(self.tr("No day"))
        done = QPushButton(self.tr("Done"))
        grid = QGridLayout(self)
        grid.setContentsMargins(Space.M, Space.M, Space.M, Space.M)
        grid.setSpacing(Space.S)
        for row, (name, field) in enumerate(
            ((self.tr("Who"), self.owner), (self.tr("Until"), self.day))
        ):
            label = QLabel(name)
            for widget in (label, field):
                widget.setFont(font("list"))
            set_role(label, "pencil")
            grid.addWidget(label, row, 0)
            grid.addWidget(field, row, 1)
        for column, button in enumerate((self.no_day, done)):
            button.setFont(font("list"))
            grid.addWidget(button, 2, column)
        set_role(self.no_day, "quiet")
        self.no_day.clicked.connect(self._without_day)
        done.clicked.connect(self.take)

    def open(self, line: ShownLine, at: QPoint, *, people: tuple[str, ...], today: date) -> None:
        """Ask about a line; `at` is a place on the screen."""
        self._line = line
        self.owner.setText(line.owner or "")
        completer = QCompleter(list(people), self.owner)
        completer.setCaseSensitivity(Qt.CaseSensitivity.CaseInsensitive)
        self.owner.setCompleter(completer)
        due = line.due or today
        self._first_day = QDate(due.year, due.month, due.day)
        self.day.setDate(self._first_day)
        self.no_day.setEnabled(line.due is not None)
        self.adjustSize()
        self.move(at)
        self.show()
        self.owner.setFocus()
        self.owner.selectAll()

    def take(self) -> None:
        """Send what was changed, and go."""
        line = self._line
        self.hide()
        if line is None:
            return
        owner = self.owner.text().strip() or None
        if owner != line.owner:
            self.owner_chosen.emit(line.id, owner)
        shown = self.day.date()
        if shown != self._first_day:
            self.day_chosen.emit(line.id, date(shown.year(), shown.month(), shown.day()))

    def keyPressEvent(self, event: QKeyEvent) -> None:  # noqa: N802 - Qt's name
        """Enter takes it."""
        if event.key() in (Qt.Key.Key_Return, Qt.Key.Key_Enter):
            self.take()
        else:
            super().keyPressEvent(event)

    def _without_day(self) -> None:
        line = self._line
        self.hide()
        if line is not None:
            self.day_chosen.emit(line.id, None)
