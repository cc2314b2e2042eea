"""What stands above the meetings: a call to record, the recording that goes on, news."""

from collections.abc import Iterable

from PySide6.QtCore import QRectF, Signal
from PySide6.QtGui import QColor, QPainter, QPaintEvent
from PySide6.QtWidgets import (
    QFrame,
    QGraphicsDropShadowEffect,
    QHBoxLayout,
    QLabel,
    QPushButton,
    QVBoxLayout,
    QWidget,
)

from granola_like_ui.home.state import Call, Notice, Running
from granola_like_ui.theme import Size, Space, colors, set_role
from granola_like_ui.widgets.layouts import empty

_DOT = 9


class Dot(QWidget):
    """The red dot of recording."""

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setFixedSize(_DOT + 2, _DOT + 2)

    def paintEvent(self, event: QPaintEvent) -> None:  # noqa: N802 - Qt's name
        """Paint it."""
        painter = QPainter(self)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        painter.setPen(QColor(colors().record))
        painter.setBrush(QColor(colors().record))
        painter.drawEllipse(QRectF(1, 1, _DOT, _DOT))


class Card(QFrame):
    """A title, a sentence, and one or two buttons, floating a little above the paper."""

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        set_role(self, "card")
        self._title = QLabel()
        set_role(self._title, "heading")
        self._sentence = QLabel(wordWrap=True)
        set_role(self._sentence, "pencil")
        words = QVBoxLayout()
        words.setSpacing(0)
        words.addWidget(self._title)
        words.addWidget(self._sentence)
        self._row = QHBoxLayout(self)
        self._row.setContentsMargins(Space.L + 2, Space.L, Space.L + 2, Space.L)
        self._row.setSpacing(Space.L)
        self._row.addWidget(Dot())
        self._row.addLayout(words, 1)
        shadow = QGraphicsDropShadowEffect(self)
        shadow.setBlurRadius(Size.SHADOW_BLUR)
        shadow.setOffset(0, Size.SHADOW_FALL)
        shadow.setColor(QColor(colors().shadow))
        self.setGraphicsEffect(shadow)

    def _say(self, title: str, sentence: str) -> None:
        self._title.setText(title)
        self._sentence.setText(sentence)
        self.setAccessibleName(f"{title}. {sentence}")

    def _offer(self, text: str, role: str, key: str = "") -> QPushButton:
        button = QPushButton(text)
        set_role(button, "primary" if role == "primary" else "quiet")
        self._row.addWidget(button)
        return button


class CallCard(Card):
    """A call has started: record it, or not now."""

    record_asked = Signal()
    put_off = Signal()

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        later = self._offer(self.tr("Not now"), "quiet")
        record = self._offer(self.tr("Record"), "primary")
        later.clicked.connect(self.put_off)
        record.clicked.connect(self.record_asked)

    def show_call(self, call: Call) -> None:
        """Name the program in which the call is."""
        self._say(
            self.tr("{program} started a call").format(program=call.program),
            self.tr("Nothing is recorded yet."),
        )


class RunningCard(Card):
    """A recording goes on: back to it."""

    open_asked = Signal()

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._offer(self.tr("Open"), "primary").clicked.connect(self.open_asked)

    def show_running(self, running: Running) -> None:
        """Name the meeting."""
        self._say(running.title, self.tr("It is being recorded."))


class Notices(QWidget):
    """Sentences about what happened, each with what can be done; each can be put away."""

    acted = Signal(str)
    put_away = Signal(str)

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._shown: tuple[Notice, ...] = ()
        self._column = QVBoxLayout(self)
        self._column.setContentsMargins(0, 0, 0, 0)
        self._column.setSpacing(Space.XS)

    def show_notices(self, notices: Iterable[Notice]) -> None:
        """Show these, and no others."""
        wanted = tuple(notices)
        if wanted == self._shown:
            return
        self._shown = wanted
        empty(self._column)
        for notice in wanted:
            self._column.addWidget(self._line(notice))
        self.setVisible(bool(wanted))

    def _line(self, notice: Notice) -> QWidget:
        line = QWidget()
        row = QHBoxLayout(line)
        row.setContentsMargins(0, 0, 0, 0)
        text = QLabel(notice.text, wordWrap=True)
        set_role(text, "pencil")
        row.addWidget(text, 1)
        if notice.button:
            act = QPushButton(notice.button)
            act.setObjectName(notice.id)
            act.clicked.connect(lambda: self.acted.emit(notice.id))
            row.addWidget(act)
        away = QPushButton(self.tr("Close"))
        set_role(away, "quiet")
        away.clicked.connect(lambda: self.put_away.emit(notice.id))
        row.addWidget(away)
        return line
