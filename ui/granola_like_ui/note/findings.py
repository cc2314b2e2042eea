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
        """By the line's id, in the order of the lines."""

    def show_lines(self, lines: dict[str, ShownLine]) -> None:
        """Keep a box for each of these that is in doubt."""
        doubted = {name: line for name, line in lines.items() if line.finding is not None}
        for name in self.boxes.keys() - doubted.keys():
            box = self.boxes.pop(name)
            box.hide()
            box.deleteLater()
        old, self.boxes = self.boxes, {}
        for name, line in doubted.items():
            box = old.get(name) or self._make(line)
            if box.line != line:
                box.show_line(line)
            self.boxes[name] = box

    def height(self, name: str, width: int) -> int:
        """Say how high a line's box is at a width; 0 where there is none."""
        box = self.boxes.get(name)
        layout = box.layout() if box else None
        return 0 if layout is None else layout.totalHeightForWidth(max(width, 1))

    def place(self, name: str, *, left: int, top: int, width: int) -> None:
        """Put a line's box here."""
        box = self.boxes[name]
        box.setGeometry(left, top, width, self.height(name, width))
        box.show()

    def _make(self, line: ShownLine) -> FindingBox:
        box = FindingBox(line, self._over)
        box.play_asked.connect(self.play_asked)
        box.fix_asked.connect(self.fix_asked)
        box.keep_asked.connect(self.keep_asked)
        box.drop_asked.connect(self.drop_asked)
        box.compared.connect(lambda *_: self.resized.emit())
        return box
