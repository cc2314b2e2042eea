"""Where each row of a long transcript stands, known before most of them have been laid out.

Heights are guessed from the number of letters until a row is seen or an idle moment comes; then
they are exact. So three hours of speech open at once, and the scroll bar hardly moves.
"""

from bisect import bisect_right
from collections import OrderedDict
from collections.abc import Sequence
from itertools import accumulate
from math import ceil

from PySide6.QtCore import QPointF, QRectF
from PySide6.QtGui import QColor, QFontMetricsF, QTextCharFormat, QTextLayout, QTextOption

from granola_like_ui.theme import Space, Type, colors, font
from granola_like_ui.transcript.state import Hole, Line, Row

MARGIN = 64
"""Of names and times."""
PADDING = 3
HOLE = 44
SIDE = 22
_KEPT = 300
"""So many rows stay laid out: some screens."""


class RowLayout:
    """The rows at one width."""

    def __init__(self, rows: Sequence[Row], width: int) -> None:
        """`width` is that of the whole view, in device-independent pixels."""
        self._rows = rows
        self.width = width
        self.text_width = max(80, width - 2 * SIDE - MARGIN - Space.M)
        self._font = font("list")
        self._line = round(self._font.pixelSize() * Type.LINE_HEIGHT)
        letters = QFontMetricsF(self._font)
        self._letter = letters.averageCharWidth() * 1.08
        self._leading = (self._line - letters.height()) / 2
        self._least = 2 * round(font("small").pixelSize() * Type.LINE_HEIGHT)
        self._heights = [self._guess(row) for row in rows]
        self._exact = bytearray(len(rows))
        self._tops: list[float] | None = None
        self._laid: OrderedDict[int, QTextLayout] = OrderedDict()
        self._next = 0

    # -- where things are ----------------------------------------------------------------------

    @property
    def height(self) -> int:
        """The height of all rows."""
        return ceil(self._all_tops()[-1])

    def top(self, row: int) -> float:
        """Say where a row begins."""
        return self._all_tops()[row]

    def row_at(self, y: float) -> int:
        """Say which row is at a height; the nearest one outside."""
        return min(max(bisect_right(self._all_tops(), y) - 1, 0), len(self._rows) - 1)

    def row_height(self, row: int) -> float:
        """Say how high a row is, as far as that is known."""
        return self._heights[row]

    def text_box(self, row: int) -> QRectF:
        """Say where the words of a row stand."""
        left = SIDE + MARGIN + Space.M
        return QRectF(
            left, self.top(row) + PADDING, self.text_width, self._heights[row] - 2 * PADDING
        )

    # -- laying out ----------------------------------------------------------------------------

    def settle(self, row: int) -> float:
        """Lay a row out if that was not done; say by how much it grew."""
        if self._exact[row]:
            return 0.0
        self._exact[row] = True
        line = self._rows[row]
        if isinstance(line, Hole):
            return 0.0
        lines = self.laid_out(row).lineCount()
        height = self._height(line, lines)
        grown = height - self._heights[row]
        if grown:
            self._heights[row] = height
            self._tops = None
        return grown

    def settle_some(self, rows: int) -> bool:
        """Lay out some more rows in an idle moment; say whether there are others left.

        The rows themselves are thrown away again: only their heights are kept.
        """
        until = min(self._next + rows, len(self._rows))
        for row in range(self._next, until):
            was_kept = row in self._laid
            self.settle(row)
            if not was_kept:
                self._laid.pop(row, None)
        self._next = until
        return until < len(self._rows)

    def laid_out(self, row: int) -> QTextLayout:
        """Give a row's words laid out in lines."""
        kept = self._laid.get(row)
        if kept is not None:
            self._laid.move_to_end(row)
            return kept
        line = self._rows[row]
        assert isinstance(line, Line)
        made = self._lay(line)
        self._laid[row] = made
        if len(self._laid) > _KEPT:
            self._laid.popitem(last=False)
        return made

    def repaint(self) -> None:
        """Forget the colours of what was laid out."""
        self._laid.clear()

    # -- letters -------------------------------------------------------------------------------

    def letter_at(self, row: int, point: QPointF) -> int | None:
        """Say which letter of a row is at a point of the whole; None beside the words."""
        box = self.text_box(row)
        laid = self.laid_out(row)
        y = point.y() - box.top()
        at = int(y // self._line)
        if not 0 <= at < laid.lineCount() or not box.left() <= point.x() <= box.right():
            return None
        line = laid.lineAt(at)
        x = point.x() - box.left()
        if x > line.naturalTextWidth() + Space.XS:
            return None
        unit = int(line.xToCursor(x, line.CursorPosition.CursorOnCharacter))
        return _letters(self._text(row), unit)

    def boxes(self, row: int, start: int, end: int) -> list[QRectF]:
        """Say where letters [start, end) of a row stand: a box a line, in the whole."""
        box, laid, found = self.text_box(row), self.laid_out(row), []
        text = self._text(row)
        start, end = _units(text, start), _units(text, end)
        for number in range(laid.lineCount()):
            line = laid.lineAt(number)
            first = max(start, line.textStart())
            last = min(end, line.textStart() + line.textLength())
            if first >= last:
                continue
            left, right = _x(line.cursorToX(first)), _x(line.cursorToX(last))
            top = box.top() + number * self._line
            found.append(QRectF(box.left() + left, top, right - left, self._line))
        return found

    # -- inside --------------------------------------------------------------------------------

    def _all_tops(self) -> list[float]:
        if self._tops is None:
            self._tops = [0.0, *accumulate(self._heights)]
        return self._tops

    def _guess(self, row: Row) -> float:
        if isinstance(row, Hole):
            return HOLE
        return self._height(row, max(1, ceil(len(row.text) * self._letter / self.text_width)))

    def _height(self, line: Line, lines: int) -> float:
        least = self._least if line.is_named else self._least / 2
        return max(lines * self._line, least) + 2 * PADDING

    def _lay(self, line: Line) -> QTextLayout:
        laid = QTextLayout(line.text, self._font)
        laid.setCacheEnabled(True)
        option = QTextOption()
        option.setWrapMode(QTextOption.WrapMode.WrapAtWordBoundaryOrAnywhere)
        laid.setTextOption(option)
        pencil = QTextCharFormat()
        pencil.setForeground(QColor(colors().pencil))
        doubtful = []
        for word in line.words:
            if word.is_doubtful:
                of = QTextLayout.FormatRange()
                of.start = _units(line.text, word.start)
                of.length = _units(line.text, word.end) - of.start
                of.format = pencil
                doubtful.append(of)
        laid.setFormats(doubtful)
        laid.beginLayout()
        y = self._leading
        while (one := laid.createLine()).isValid():
            one.setLineWidth(self.text_width)
            one.setPosition(QPointF(0, y))
            y += self._line
        laid.endLayout()
        return laid

    def _text(self, row: int) -> str:
        line = self._rows[row]
        return line.text if isinstance(line, Line) else ""


def _x(found: object) -> float:
    """Take the x of what PySide makes of `cursorToX`: a number, or a pair with the cursor."""
    return float(found[0] if isinstance(found, tuple) else found)  # type: ignore[arg-type]


def _units(text: str, letter: int) -> int:
    """Turn a place in a Python text into one in Qt's, which counts in UTF-16."""
    return letter if text.isascii() else letter + sum(one > "\uffff" for one in text[:letter])


def _letters(text: str, unit: int) -> int:
    """Turn a place in Qt's text into one in Python's."""
    if text.isascii():
        return unit
    at = 0
    for letter, one in enumerate(text):
        if at >= unit:
            return letter
        at += 2 if one > "\uffff" else 1
    return len(text)
