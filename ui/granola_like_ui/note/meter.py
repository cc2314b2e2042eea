"""A level, as four bars: the newest at the right."""

import math

from PySide6.QtCore import QRectF, QSize, Qt
from PySide6.QtGui import QColor, QPainter, QPaintEvent
from PySide6.QtWidgets import QWidget

from granola_like_ui.theme import Size, appearance, colors

BARS = 4
_WIDTH, _GAP = 3, 2
_QUIETEST_DB = -60.0


def level_of(db: float) -> float:
    """Turn decibels below full scale into a share of the meter's height, as loudness is felt."""
    if not math.isfinite(db):
        return 0.0
    return max(0.0, min(1.0, 1 - db / _QUIETEST_DB))


class LevelMeter(QWidget):
    """Shows levels as they come; amber when nothing comes for too long."""

    def __init__(self, name: str, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setAccessibleName(name)
        self.setFixedSize(self.sizeHint())
        self.levels: tuple[float, ...] = (0.0,) * BARS
        self._is_silent = self._is_still = False
        appearance().changed.connect(self.update)

    def sizeHint(self) -> QSize:  # noqa: N802 - Qt's name
        """Four bars and the gaps between them."""
        return QSize(BARS * (_WIDTH + _GAP) - _GAP, Size.METER)

    def show_level(self, level: float, *, is_silent: bool, is_still: bool = False) -> None:
        """Take the next level (0 to 1). `is_still`: nothing is being recorded."""
        levels = (*self.levels[1:], 0.0 if is_still else level)
        if (levels, is_silent, is_still) == (self.levels, self._is_silent, self._is_still):
            return
        self.levels, self._is_silent, self._is_still = levels, is_silent, is_still
        self.update()

    def paintEvent(self, _event: QPaintEvent) -> None:  # noqa: N802 - Qt's name
        """Paint the bars."""
        color = colors().amber if self._is_silent else colors().accent
        if self._is_still:
            color = colors().faint
        painter = QPainter(self)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        painter.setPen(Qt.PenStyle.NoPen)
        painter.setBrush(QColor(color))
        for at, level in enumerate(self.levels):
            height = max(_WIDTH, level * self.height())
            bar = QRectF(at * (_WIDTH + _GAP), self.height() - height, _WIDTH, height)
            painter.drawRoundedRect(bar, 1.5, 1.5)
        painter.end()
