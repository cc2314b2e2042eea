"""A level meter: four bars that rise with the sound."""

from PySide6.QtCore import QRectF, QSize, Qt
from PySide6.QtGui import QColor, QPainter, QPaintEvent
from PySide6.QtWidgets import QWidget

from granola_like_ui.theme import Size, colors

_BARS = 4
_BAR, _BETWEEN = 3, 2
_LOWEST_DB = -60.0
_SHAPE = (0.55, 1.0, 0.8, 0.45)
"""How high each bar stands at full level: a meter that reads as sound, not as a scale."""


class Meter(QWidget):
    """Shows a level between -60 dB and full scale; amber once told that the channel is silent."""

    def __init__(self, name: str, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._level = 0.0
        self._is_silent = False
        self.setFixedSize(self.sizeHint())
        self.setAccessibleName(name)

    def sizeHint(self) -> QSize:  # noqa: N802 - Qt's name
        """Give the room of four bars."""
        return QSize(_BARS * _BAR + (_BARS - 1) * _BETWEEN, Size.METER)

    def show_level(self, level_db: float, *, is_silent: bool = False) -> None:
        """Show a level in dB below full scale."""
        level = min(1.0, max(0.0, 1 - level_db / _LOWEST_DB))
        if (round(level, 2), is_silent) == (round(self._level, 2), self._is_silent):
            return
        self._level, self._is_silent = level, is_silent
        self.update()

    def paintEvent(self, event: QPaintEvent) -> None:  # noqa: N802 - Qt's name
        """Draw the bars from the bottom."""
        del event
        painter = QPainter(self)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        painter.setPen(Qt.PenStyle.NoPen)
        painter.setBrush(QColor(colors().amber if self._is_silent else colors().accent))
        for number, share in enumerate(_SHAPE):
            high = max(_BAR, self._level * share * self.height())
            left = number * (_BAR + _BETWEEN)
            bar = QRectF(left, self.height() - high, _BAR, high)
            painter.drawRoundedRect(bar, _BAR / 2, _BAR / 2)
        painter.end()
