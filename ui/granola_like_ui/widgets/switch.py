"""A switch: on or off, at once."""

from PySide6.QtCore import QRectF, QSize, Qt
from PySide6.QtGui import QColor, QPainter, QPaintEvent, QPen
from PySide6.QtWidgets import QAbstractButton, QWidget

from granola_like_ui.theme import Size, colors

_WIDTH, _HEIGHT = 34, 20
_ROOM = Size.FOCUS + 1


class Switch(QAbstractButton):
    """Looks like a switch, is a check box for keys and for screen readers."""

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setCheckable(True)
        self.setCursor(Qt.CursorShape.PointingHandCursor)
        self.setFocusPolicy(Qt.FocusPolicy.StrongFocus)

    def sizeHint(self) -> QSize:  # noqa: N802 - Qt's name
        """Leave room for the ring that shows the focus."""
        return QSize(_WIDTH + 2 * _ROOM, _HEIGHT + 2 * _ROOM)

    def paintEvent(self, event: QPaintEvent) -> None:  # noqa: N802 - Qt's name
        """Draw the slot, the knob, and the focus."""
        del event
        c = colors()
        painter = QPainter(self)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        slot = QRectF((self.width() - _WIDTH) / 2, (self.height() - _HEIGHT) / 2, _WIDTH, _HEIGHT)
        on = self.isChecked()
        painter.setPen(QPen(QColor(c.accent if on else c.pencil), 1))
        painter.setBrush(QColor(c.accent if on else c.paper))
        painter.drawRoundedRect(slot, _HEIGHT / 2, _HEIGHT / 2)
        knob = _HEIGHT - 6
        left = slot.right() - knob - 3 if on else slot.left() + 3
        painter.setPen(Qt.PenStyle.NoPen)
        painter.setBrush(QColor(c.on_accent if on else c.pencil))
        painter.drawEllipse(QRectF(left, slot.top() + 3, knob, knob))
        if self.hasFocus():
            painter.setPen(QPen(QColor(c.accent), Size.FOCUS))
            painter.setBrush(Qt.BrushStyle.NoBrush)
            ring = slot.adjusted(-2, -2, 2, 2)
            painter.drawRoundedRect(ring, ring.height() / 2, ring.height() / 2)
        painter.end()
