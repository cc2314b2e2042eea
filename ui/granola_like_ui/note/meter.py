"""A level as it came: the newest bar at the right."""

from PySide6.QtWidgets import QWidget

from granola_like_ui.theme import colors
from granola_like_ui.widgets.meter import Bars


class LevelMeter(Bars):
    """Shows levels as they come; amber when nothing comes for too long."""

    def __init__(self, name: str, parent: QWidget | None = None) -> None:
        super().__init__(name, parent)
        self._is_silent = self._is_still = False

    def show_level(self, level: float, *, is_silent: bool, is_still: bool = False) -> None:
        """Take the next level (0 to 1). `is_still`: nothing is being recorded."""
        levels = (*self.levels[1:], 0.0 if is_still else level)
        if (levels, is_silent, is_still) == (self.levels, self._is_silent, self._is_still):
            return
        self.levels, self._is_silent, self._is_still = levels, is_silent, is_still
        self.update()

    def color(self) -> str:
        """Paint what is not recorded faint, what is silent amber."""
        if self._is_still:
            return colors().faint
        return colors().amber if self._is_silent else super().color()
