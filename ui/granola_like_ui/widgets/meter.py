"""Level meters: bars that rise with the sound."""

import math

from PySide6.QtCore import QRectF, QSize, Qt
from PySide6.QtGui import QColor, QPainter, QPaintEvent
from PySide6.QtWidgets import QWidget

from granola_like_ui.theme import Size, appearance, colors

BARS = 4
_BAR, _BETWEEN = 3, 2
_QUIETEST_DB = -60.0
_SHAPE = (0.55, 1.0, 0.8, 0.45)
"""How high each bar stands at full level: a meter that reads as sound, not as a scale."""


def level_of(db: float) -> float:
    """Turn decibels below full scale into a share of the meter's height, as loudness is felt."""
    if not math.isfinite(db):
        return 0.0
    return max(0.0, min(1.0, 1 - db / _QUIETEST_DB))


class Bars(QWidget):
    """Four bars, each as high as it is told."""

    def __init__(self, name: str, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.levels: tuple[float, ...] = (0.0,) * BARS
        self.setFixedSize(self.sizeHint())
        self.setAccessibleName(name)
        appearance().changed.connect(self.update)

    def sizeHint(self) -> QSize:  # noqa: N802 - Qt's name
        """Give the room of the bars and the gaps between them."""
        return QSize(BARS * (_BAR + _BETWEEN) - _BETWEEN, Size.METER)

    def color(self) -> str:
        """Say what to paint the bars with now."""
        return colors().accent

    def paintEvent(self, event: QPaintEvent) -> None:  # noqa: N802 - Qt's name
        """Paint the bars from the bottom."""
        del event
        painter = QPainter(self)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        painter.setPen(Qt.PenStyle.NoPen)
        painter.setBrush(QColor(self.color()))
        for number, level in enumerate(self.levels):
            high = max(_BAR, level * self.height())
            bar = QRectF(number * (_BAR + _BETWEEN), self.height() - high, _BAR, high)
            painter.drawRoundedRect(bar, _BAR / 2, _BAR / 2)
        painter.end()


class Meter(Bars):
    """Shows one level, between -60 dB and full scale."""

    def show_level(self, level_db: float) -> None:
        """Show a level in dB below full scale."""
        level = level_of(level_db)
        levels = tuple(level * share for share in _SHAPE)
        if levels != self.levels:
            self.levels = levels
            self.update()
