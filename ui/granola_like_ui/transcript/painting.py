"""How the rows of a transcript are painted."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field

from PySide6.QtCore import QPointF, QRectF, Qt
from PySide6.QtGui import QColor, QFont, QPainter, QPen
from PySide6.QtWidgets import QApplication

from granola_like.domain.times import clock
from granola_like_ui.theme import Size, Space, Type, colors, font
from granola_like_ui.transcript.finding import Match
from granola_like_ui.transcript.layout import MARGIN, PADDING, SIDE, RowLayout
from granola_like_ui.transcript.playing import Heard
from granola_like_ui.transcript.state import Hole, Line, Row, WordRange

_UNDERLINE = 2
_ROUND = 3


@dataclass(slots=True)
class Marks:
    """What stands out in the transcript at the moment."""

    lit: Mapping[str, tuple[WordRange, ...]] = field(default_factory=dict)
    heard: Heard | None = None
    found: Mapping[int, Sequence[Match]] = field(default_factory=dict)
    found_now: Match | None = None
    chosen: range = range(0)
    current: int = -1
    has_focus: bool = False
    pointed: int = -1


class RowPainter:
    """Paints rows of one layout; made once a paint, so that colours are looked up once."""

    def __init__(self, painter: QPainter, layout: RowLayout, marks: Marks) -> None:
        self._painter, self._layout, self._marks = painter, layout, marks
        self._tints = colors()
        self._small = font("small")
        self._small.setFeature(QFont.Tag.fromString("tnum"), 1)
        self._small_line = round(self._small.pixelSize() * Type.LINE_HEIGHT)

    def paint(self, number: int, row: Row) -> None:
        """Paint one row."""
        if isinstance(row, Hole):
            self._paint_hole(number, row)
            return
        self._paint_ground(number)
        self._paint_margin(number, row)
        self._paint_lit(number, row)
        self._paint_found(number)
        box = self._layout.text_box(number)
        self._painter.setPen(QColor(self._tints.ink))
        self._layout.laid_out(number).draw(self._painter, box.topLeft())
        self._paint_heard(number, row)

    def _paint_ground(self, number: int) -> None:
        marks, tints = self._marks, self._tints
        is_current = number == marks.current and marks.has_focus
        if number not in marks.chosen and not is_current:
            return
        box = QRectF(
            SIDE - Space.S,
            self._layout.top(number),
            self._layout.width - 2 * (SIDE - Space.S),
            self._layout.row_height(number),
        )
        self._painter.setPen(
            QPen(QColor(tints.accent), Size.FOCUS) if is_current else Qt.PenStyle.NoPen
        )
        in_many = number in marks.chosen and len(marks.chosen) > 1
        self._painter.setBrush(QColor(tints.desk) if in_many else Qt.BrushStyle.NoBrush)
        inset = Size.FOCUS / 2
        self._painter.drawRoundedRect(
            box.adjusted(inset, inset, -inset, -inset), Size.CORNER - 2, Size.CORNER - 2
        )

    def _paint_margin(self, number: int, row: Line) -> None:
        top = self._layout.top(number) + PADDING
        box = QRectF(SIDE, top, MARGIN, self._small_line)
        self._painter.setFont(self._small)
        at = Qt.AlignmentFlag.AlignLeft | Qt.AlignmentFlag.AlignVCenter
        if row.is_named:
            pointed = number == self._marks.pointed
            self._painter.setPen(QColor(self._tints.ink if pointed else self._tints.pencil))
            metrics = self._painter.fontMetrics()
            name = metrics.elidedText(row.name, Qt.TextElideMode.ElideRight, MARGIN)
            self._painter.drawText(box, at, name)
            box.translate(0, self._small_line)
        self._painter.setPen(QColor(self._tints.faint))
        self._painter.drawText(box, at, clock(row.start_ms))

    def _paint_lit(self, number: int, row: Line) -> None:
        for part in self._marks.lit.get(row.utterance, ()):
            self._lay_ground(number, *_letters(row, part))

    def _paint_found(self, number: int) -> None:
        for match in self._marks.found.get(number, ()):
            self._lay_ground(number, match.start, match.end)
            if match == self._marks.found_now:
                self._painter.setPen(QPen(QColor(self._tints.amber), 1))
                self._painter.setBrush(Qt.BrushStyle.NoBrush)
                for box in self._layout.boxes(number, match.start, match.end):
                    self._painter.drawRoundedRect(box.adjusted(-2, 1, 2, -1), _ROUND, _ROUND)

    def _lay_ground(self, number: int, start: int, end: int) -> None:
        self._painter.setPen(Qt.PenStyle.NoPen)
        self._painter.setBrush(QColor(self._tints.amber_ground))
        for box in self._layout.boxes(number, start, end):
            self._painter.drawRoundedRect(box.adjusted(-2, 0, 2, 0), _ROUND, _ROUND)

    def _paint_heard(self, number: int, row: Line) -> None:
        heard = self._marks.heard
        if heard is None or heard.row != number or heard.word is None:
            return
        word = row.words[heard.word]
        for box in self._layout.boxes(number, word.start, word.end):
            line = QRectF(box.left(), box.bottom() - _UNDERLINE - 1, box.width(), _UNDERLINE)
            self._painter.fillRect(line, QColor(self._tints.accent))

    def _paint_hole(self, number: int, row: Hole) -> None:
        top = self._layout.top(number) + Space.M
        pen = QPen(QColor(self._tints.hairline), 1, Qt.PenStyle.DashLine)
        self._painter.setPen(pen)
        right = self._layout.width - SIDE
        self._painter.drawLine(QPointF(SIDE, top), QPointF(right, top))
        self._painter.setFont(self._small)
        self._painter.setPen(QColor(self._tints.pencil))
        box = QRectF(SIDE, top + Space.XS, right - SIDE, self._small_line)
        text = self._painter.fontMetrics().elidedText(
            told(row), Qt.TextElideMode.ElideRight, round(box.width())
        )
        at = Qt.AlignmentFlag.AlignLeft | Qt.AlignmentFlag.AlignVCenter
        self._painter.drawText(box, at, text)


def told(hole: Hole) -> str:
    """Tell a hole in words: "28 s not heard: headset switched, 21:40"."""
    lasting = max(0, hole.end_ms - hole.start_ms)
    seconds = max(1, round(lasting / 1000))
    length = clock(lasting) if seconds >= 60 else f"{seconds} s"
    pattern = QApplication.translate("Transcript", "{length} not heard: {reason}, {time}")
    return pattern.format(length=length, reason=hole.reason, time=clock(hole.start_ms))


def _letters(row: Line, part: WordRange) -> tuple[int, int]:
    if part is None or not row.words:
        return 0, len(row.text)
    first = min(max(part[0], 0), len(row.words) - 1)
    last = min(max(part[1] - 1, first), len(row.words) - 1)
    return row.words[first].start, row.words[last].end
