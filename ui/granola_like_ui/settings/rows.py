"""Rows of the settings: a name, a sentence, and the one control that changes it."""

from collections.abc import Sequence

from PySide6.QtCore import QPoint, Qt, QTimer, Signal
from PySide6.QtGui import QPainter, QPaintEvent, QWheelEvent
from PySide6.QtWidgets import (
    QComboBox,
    QHBoxLayout,
    QLineEdit,
    QPlainTextEdit,
    QVBoxLayout,
    QWidget,
)

from granola_like_ui.theme import Size, Space, colors, icon, set_role
from granola_like_ui.widgets.labels import words
from granola_like_ui.widgets.switch import Switch

_TYPED_AFTER_MS = 600
_CONTROL_WIDTH = 260


class Row(QWidget):
    """One setting. `chosen` carries its name and its new value."""

    chosen = Signal(str, object)

    def __init__(self, name: str, title: str, about: str, *, below: bool = False) -> None:
        super().__init__()
        self.name, self.title = name, title
        text = QVBoxLayout()
        text.setSpacing(2)
        text.addWidget(words(title, type_="body"))
        if about:
            text.addWidget(words(about, role="pencil", type_="small"))
        outer: QVBoxLayout | QHBoxLayout = QVBoxLayout(self) if below else QHBoxLayout(self)
        outer.setContentsMargins(0, Space.M, 0, Space.M)
        outer.setSpacing(Space.S if below else Space.XL)
        outer.addLayout(text, 0 if below else 1)
        self._outer, self._below = outer, below

    def put(self, control: QWidget) -> None:
        """Place the control and give it the row's name."""
        control.setAccessibleName(self.title)
        if self._below:
            self._outer.addWidget(control)
        else:
            self._outer.addWidget(control, 0, Qt.AlignmentFlag.AlignVCenter)


class ChoiceRow(Row):
    """One of several."""

    def __init__(self, name: str, title: str, about: str = "") -> None:
        super().__init__(name, title, about)
        self._box = _CalmComboBox()
        self._box.setFixedWidth(_CONTROL_WIDTH)
        self._box.activated.connect(lambda i: self.chosen.emit(self.name, self._box.itemData(i)))
        self.put(self._box)

    def show_value(self, value: str, choices: Sequence[tuple[str, str]]) -> None:
        """Offer (value, words) and show which holds; one that isn't offered is shown as it is."""
        self._box.clear()
        for each, said in choices:
            self._box.addItem(said, each)
        if (at := self._box.findData(value)) < 0:
            self._box.addItem(value, value)
            at = self._box.count() - 1
        self._box.setCurrentIndex(at)


class SwitchRow(Row):
    """On or off."""

    def __init__(self, name: str, title: str, about: str = "") -> None:
        super().__init__(name, title, about)
        self._box = Switch()
        self._box.clicked.connect(lambda on: self.chosen.emit(self.name, bool(on)))
        self.put(self._box)

    def show_value(self, value: bool) -> None:
        """Show whether it is on."""
        self._box.setChecked(value)


class TextRow(Row):
    """A line of text, taken over a moment after the last key."""

    def __init__(
        self, name: str, title: str, about: str = "", *, hint: str = "", is_secret: bool = False
    ) -> None:
        super().__init__(name, title, about)
        self._field = QLineEdit(placeholderText=hint)
        self._field.setFixedWidth(_CONTROL_WIDTH)
        if is_secret:
            self._field.setEchoMode(QLineEdit.EchoMode.Password)
        self._timer = QTimer(self, singleShot=True, interval=_TYPED_AFTER_MS)
        self._timer.timeout.connect(self._tell)
        self._field.textEdited.connect(lambda _: self._timer.start())
        self._field.editingFinished.connect(self._finish)
        self.put(self._field)

    def show_value(self, value: str) -> None:
        """Show the text, unless the person is typing another just now."""
        if not self._field.hasFocus():
            self._field.setText(value)

    def _finish(self) -> None:
        if self._timer.isActive():
            self._timer.stop()
            self._tell()

    def _tell(self) -> None:
        self.chosen.emit(self.name, self._field.text().strip())


class WordsRow(Row):
    """A list of words or names, one a line."""

    def __init__(self, name: str, title: str, about: str = "", *, hint: str = "") -> None:
        super().__init__(name, title, about, below=True)
        self._field = QPlainTextEdit(placeholderText=hint)
        self._field.setTabChangesFocus(True)
        self._field.setMinimumHeight(140)
        self._timer = QTimer(self, singleShot=True, interval=_TYPED_AFTER_MS)
        self._timer.timeout.connect(self._tell)
        self._field.textChanged.connect(self._changed)
        self._shown: tuple[str, ...] = ()
        self.put(self._field)

    def show_value(self, value: tuple[str, ...]) -> None:
        """Show the list, unless the person is typing in it just now."""
        self._shown = value
        if not self._field.hasFocus():
            self._field.setPlainText("\n".join(value))

    def _changed(self) -> None:
        if self._field.hasFocus():
            self._timer.start()

    def _tell(self) -> None:
        lines = (line.strip() for line in self._field.toPlainText().splitlines())
        found = tuple(dict.fromkeys(line for line in lines if line))
        if found != self._shown:
            self._shown = found
            self.chosen.emit(self.name, found)


class _CalmComboBox(QComboBox):
    """Scrolling the page over it changes nothing."""

    def __init__(self) -> None:
        super().__init__()
        self.setFocusPolicy(Qt.FocusPolicy.StrongFocus)
        set_role(self, "card")

    def paintEvent(self, event: QPaintEvent) -> None:  # noqa: N802 - Qt's name
        """Draw the small arrow that says there is more to choose."""
        super().paintEvent(event)
        size = Size.ICON - Space.XS
        at = QPoint(self.width() - size - Space.S, (self.height() - size) // 2)
        painter = QPainter(self)
        painter.drawPixmap(at, icon("chevron-down", colors().pencil, size=size).pixmap(size))

    def wheelEvent(self, event: QWheelEvent) -> None:  # noqa: N802 - Qt's name
        """Leave the wheel to the page."""
        event.ignore()
