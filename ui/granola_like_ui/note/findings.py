"""The boxes of doubts on a sheet: made, measured, and put under their lines."""

from PySide6.QtCore import QObject, Signal
from PySide6.QtWidgets import QWidget

from granola_like_ui.note.finding import FindingBox
from granola_like_ui.note.shown import ShownLine


class Findings(QObject):
    """One box for each line with an open finding."""

    play_asked = Signal(str)
    fix_asked = Signal(str)
    keep_asked = Signal(str)
    drop_asked = Signal(str)
    resized = Signal()

    def __init__(self, over: QWidget) -> None:
        super().__init__(over)
        self._over = over
        self.boxes: dict[str, FindingBox] = {}
        """By the line's id: those that are near what is seen. The others wait."""
        self._doubted: dict[str, ShownLine] = {}
        self._usual = 0

    def show_lines(self, lines: dict[str, ShownLine]) -> None:
        """Keep a box for each of these that is in doubt."""
        self._doubted = {name: one for name, one in lines.items() if one.finding is not None}
        for name in self.boxes.keys() - self._doubted.keys():
            box = self.boxes.pop(name)
            box.hide()
            box.deleteLater()
        for name, box in self.boxes.items():
            if box.line != self._doubted[name]:
                box.show_line(self._doubted[name])

    def height(self, name: str, width: int) -> int:
        """Say how high a line's box is at a width; of one that waits, how high they mostly are."""
        layout = self.boxes[name].layout() if name in self.boxes else None
        if layout is None:
            return self._usual or self._measure(width)
        return layout.totalHeightForWidth(max(width, 1))

    def place(self, name: str, *, left: int, top: int, width: int) -> bool:
        """Put a line's box here; say whether it is of another height than was thought."""
        before = self.height(name, width)
        if name not in self.boxes:
            self.boxes[name] = self._make(self._doubted[name])
        box = self.boxes[name]
        height = self.height(name, width)
        box.setGeometry(left, top, width, height)
        box.show()
        return height != before

    def _measure(self, width: int) -> int:
        for name, line in self._doubted.items():
            self.boxes[name] = self._make(line)
            self._usual = self.height(name, width)
            break
        return self._usual

    def _make(self, line: ShownLine) -> FindingBox:
        box = FindingBox(line, self._over)
        box.play_asked.connect(self.play_asked)
        box.fix_asked.connect(self.fix_asked)
        box.keep_asked.connect(self.keep_asked)
        box.drop_asked.connect(self.drop_asked)
        box.compared.connect(lambda *_: self.resized.emit())
        return box
