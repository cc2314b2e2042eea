"""Sentences at the bottom of the window, each with a button that helps. Nothing is modal."""

from collections import deque
from collections.abc import Callable
from dataclasses import dataclass

from PySide6.QtCore import QEvent, QObject, Qt, QTimer
from PySide6.QtWidgets import QFrame, QHBoxLayout, QLabel, QPushButton, QSizePolicy, QWidget

from granola_like.errors import GranolaError
from granola_like_ui.theme import Size, Space, set_role

_STAYS_MS = 8000


@dataclass(frozen=True, slots=True)
class Message:
    """A sentence, and what the person can do about it."""

    text: str
    button: str = ""
    do: Callable[[], object] | None = None
    is_trouble: bool = False
    """Trouble stays until it is closed; the rest goes by itself after eight seconds."""


class MessageBar(QFrame):
    """Floats over the bottom of its parent; shows one message at a time, newest first."""

    def __init__(self, parent: QWidget) -> None:
        super().__init__(parent)
        self._over = parent
        self._waiting: deque[Message] = deque()
        self._shown: Message | None = None
        self._text = QLabel(wordWrap=True)
        self._text.setTextFormat(Qt.TextFormat.PlainText)
        self._text.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Preferred)
        self._button = QPushButton()
        self._close = QPushButton(self.tr("Close"))
        set_role(self, "card")
        set_role(self._close, "quiet")
        layout = QHBoxLayout(self)
        layout.setContentsMargins(Space.L, Space.S, Space.S, Space.S)
        for widget in (self._text, self._button, self._close):
            layout.addWidget(widget)
        self._button.clicked.connect(self._act)
        self._close.clicked.connect(self._next)
        self._timer = QTimer(self, singleShot=True, interval=_STAYS_MS)
        self._timer.timeout.connect(self._next)
        parent.installEventFilter(self)
        self.hide()

    def say(
        self,
        text: str,
        *,
        button: str = "",
        do: Callable[[], object] | None = None,
        is_trouble: bool = False,
    ) -> None:
        """Show a sentence now; the one that was there comes back afterwards if it was trouble."""
        message = Message(text, button, do, is_trouble)
        if self._shown is not None and self._shown.is_trouble and self._shown != message:
            self._waiting.appendleft(self._shown)
        self._show(message)

    def trouble(
        self, error: GranolaError, *, button: str = "", do: Callable[[], object] | None = None
    ) -> None:
        """Show an error: its sentence and its way out."""
        self.say(f"{error} {error.hint}", button=button, do=do, is_trouble=True)

    @property
    def text(self) -> str:
        """What is shown now; empty when nothing is."""
        return self._shown.text if self._shown else ""

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:  # noqa: N802 - Qt's name
        """Stay at the bottom when the parent changes its size."""
        if event.type() == QEvent.Type.Resize:
            self._place()
        return super().eventFilter(watched, event)

    def _show(self, message: Message) -> None:
        self._shown = message
        self._text.setText(message.text)
        self._text.setAccessibleName(message.text)
        self._button.setVisible(bool(message.button))
        self._button.setText(message.button)
        self._timer.stop() if message.is_trouble else self._timer.start()
        self._place()
        self.show()
        self.raise_()

    def _place(self) -> None:
        parent = self._over
        width = min(Size.TEXT_COLUMN, parent.width() - 2 * Space.L)
        self.setFixedWidth(width)
        self.adjustSize()
        self.move((parent.width() - width) // 2, parent.height() - self.height() - Space.L)

    def _act(self) -> None:
        done, self._shown = self._shown, None
        self._next()
        if done is not None and done.do is not None:
            done.do()

    def _next(self) -> None:
        self._timer.stop()
        if self._waiting:
            self._show(self._waiting.popleft())
        else:
            self._shown = None
            self.hide()
