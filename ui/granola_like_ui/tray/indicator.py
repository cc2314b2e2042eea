"""A small window that floats above all others while a recording goes on and ours is away."""

from PySide6.QtCore import QPoint, Qt, Signal
from PySide6.QtGui import QColor, QGuiApplication, QMouseEvent, QPainter, QPaintEvent, QPen
from PySide6.QtWidgets import QHBoxLayout, QPushButton, QWidget

from granola_like.domain.times import clock
from granola_like_ui.theme import Size, Space, colors, set_role
from granola_like_ui.tray.state import TrayState
from granola_like_ui.widgets.labels import words


class Indicator(QWidget):
    """Red dot, time, and the one button that matters. It can be dragged; it never takes focus."""

    open_asked = Signal()
    stop_asked = Signal()

    def __init__(self) -> None:
        flags = Qt.WindowType
        super().__init__(
            None,
            flags.Tool
            | flags.FramelessWindowHint
            | flags.WindowStaysOnTopHint
            | flags.WindowDoesNotAcceptFocus,
        )
        self.setAttribute(Qt.WidgetAttribute.WA_ShowWithoutActivating)
        self.setAttribute(Qt.WidgetAttribute.WA_TranslucentBackground)
        self.setCursor(Qt.CursorShape.PointingHandCursor)
        self._pressed: QPoint | None = None
        self._was_moved = False
        self._is_amber = False
        self._time = words(wrap=False, type_="number")
        self._told = words(wrap=False, role="pencil", type_="small")
        self._stop = QPushButton(self.tr("Stop"))
        set_role(self._stop, "danger")
        self._stop.setFocusPolicy(Qt.FocusPolicy.NoFocus)
        self._stop.clicked.connect(self.stop_asked)
        layout = QHBoxLayout(self)
        layout.setContentsMargins(Space.XL + Space.S, Space.S, Space.S, Space.S)
        layout.setSpacing(Space.M)
        for part in (self._time, self._told, self._stop):
            layout.addWidget(part)

    def show_state(self, state: TrayState) -> None:
        """Show the time and what is wrong, if anything is."""
        self._time.setText(clock(state.elapsed_ms))
        self._is_amber = bool(state.trouble) or state.doing == "paused"
        told = state.trouble or (self.tr("Paused") if state.doing == "paused" else "")
        self._told.setText(told)
        self._told.setVisible(bool(told))
        self.setAccessibleName(self.tr("Recording, {0}").format(clock(state.elapsed_ms)))
        self.adjustSize()
        self.update()

    def place(self) -> None:
        """Stand at the right edge of the screen, below its middle, where calls show no faces."""
        room = QGuiApplication.primaryScreen().availableGeometry()
        self.adjustSize()
        self.move(room.right() - self.width() - Space.XL, room.center().y() + room.height() // 4)

    def paintEvent(self, event: QPaintEvent) -> None:  # noqa: N802 - Qt's name
        """Draw the card and the dot."""
        del event
        c = colors()
        painter = QPainter(self)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        painter.setPen(QPen(QColor(c.hairline), 1))
        painter.setBrush(QColor(c.paper))
        painter.drawRoundedRect(
            self.rect().adjusted(0, 0, -1, -1), Size.CARD_CORNER, Size.CARD_CORNER
        )
        painter.setPen(Qt.PenStyle.NoPen)
        painter.setBrush(QColor(c.amber if self._is_amber else c.record))
        painter.drawEllipse(QPoint(Space.L, self.height() // 2), 5, 5)
        painter.end()

    def mousePressEvent(self, event: QMouseEvent) -> None:  # noqa: N802 - Qt's name
        """Begin to drag, or to click."""
        self._pressed = event.globalPosition().toPoint() - self.pos()
        self._was_moved = False

    def mouseMoveEvent(self, event: QMouseEvent) -> None:  # noqa: N802 - Qt's name
        """Follow the pointer."""
        if self._pressed is not None:
            self._was_moved = True
            self.move(event.globalPosition().toPoint() - self._pressed)

    def mouseReleaseEvent(self, event: QMouseEvent) -> None:  # noqa: N802 - Qt's name
        """A click opens the window."""
        del event
        if self._pressed is not None and not self._was_moved:
            self.open_asked.emit()
        self._pressed = None
