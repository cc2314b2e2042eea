"""The finished note as the person meets it: what is beside the lines, and what hands do to it."""

from PySide6.QtCore import QMimeData, QPoint, QPointF, QRectF, Qt, Signal
from PySide6.QtGui import (
    QColor,
    QFontMetricsF,
    QKeyEvent,
    QKeySequence,
    QMouseEvent,
    QPainter,
    QPen,
    QTextBlock,
)
from PySide6.QtWidgets import QWidget

from granola_like.domain.times import clock
from granola_like_ui.note import paper
from granola_like_ui.note.boxes import paint_box, paint_play
from granola_like_ui.note.look import DOUBT_AIR, GAP_HEIGHT, owner_before
from granola_like_ui.note.shown import ShownLine
from granola_like_ui.note.words import day, gap_line
from granola_like_ui.note.written import WrittenText
from granola_like_ui.theme import Size, Space, colors, font

_BOX = 15.0
_CLICK = 4
"""Pixels that a hand moves while it clicks."""


class NoteSheet(WrittenText):
    """Paints sources, boxes, owners and gaps; knows clicks and keys."""

    source_asked = Signal(object)
    """A ShownLine: light its words up, and play them."""
    stop_asked = Signal()
    """Space, while the source is played."""
    ticked = Signal(str, bool)
    details_asked = Signal(object, QPoint)
    """A ShownLine whose owner or day shall be changed, and where on the screen it was asked."""

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.is_playing = False
        """Whether Space stops the sound; the page says so."""
        self._pressed: QPoint | None = None
        self._over: str | None = None
        self.setMouseTracking(True)
        self.viewport().setMouseTracking(True)
        self.setTabChangesFocus(True)

    # -- painting ------------------------------------------------------------------------------

    def paint_line(self, painter: QPainter, block: QTextBlock, rect: QRectF) -> None:
        """Paint what stands beside and under a line."""
        line = self.line_at(block.blockNumber())
        if line is None or not block.layout().lineCount():
            return
        baseline = self._baseline(block)
        if line.quotes:
            self._paint_source(painter, line, baseline)
        if line.kind == "action":
            paint_box(painter, self._box(block), is_done=line.is_done)
            self._paint_owner(painter, line, block, baseline)
        for at, gap in enumerate(line.gaps):
            below = self.bottom_of(block) + self._doubt(line) + GAP_HEIGHT * at
            self._paint_gap(painter, gap_line(gap), below)

    def _paint_source(self, painter: QPainter, line: ShownLine, baseline: float) -> None:
        left, width = self.column()
        color = colors().accent if line.id == self._over else colors().faint
        painter.setFont(font("small"))
        painter.setPen(QColor(color))
        text = clock(max(1000, line.said_ms))
        start = left + width - painter.fontMetrics().horizontalAdvance(text)
        painter.drawText(QPointF(start, baseline), text)
        paint_play(painter, QPointF(start - 10, baseline - 4.5), color)

    def _paint_owner(
        self, painter: QPainter, line: ShownLine, block: QTextBlock, baseline: float
    ) -> None:
        painter.setPen(QColor(colors().pencil))
        if owner := owner_before(line):
            painter.setFont(self.font())
            painter.drawText(QPointF(self._left(block), baseline), owner)
        if line.due is not None:
            painter.setFont(font("small"))
            text, (left, width) = day(line.due), self.column()
            start = left + width - 64 - painter.fontMetrics().horizontalAdvance(text)
            painter.drawText(QPointF(start, baseline), text)

    def _paint_gap(self, painter: QPainter, text: str, top: float) -> None:
        left, width = self.column()
        middle = top + GAP_HEIGHT / 2
        painter.setFont(font("small"))
        painter.setPen(QColor(colors().pencil))
        painter.drawText(QPointF(left, middle + 4), text)
        start = left + painter.fontMetrics().horizontalAdvance(text) + Space.M
        painter.setPen(QPen(QColor(colors().hairline), 1, Qt.PenStyle.DashLine))
        painter.drawLine(QPointF(start, middle), QPointF(left + width, middle))

    # -- where things are, in coordinates of the document --------------------------------------

    def _baseline(self, block: QTextBlock) -> float:
        first = block.layout().lineAt(0)
        return block.layout().position().y() + first.y() + first.ascent()

    def _left(self, block: QTextBlock) -> float:
        return self.column()[0] + self.look(block.blockNumber(), paper.row_of(block).indent).left

    def _box(self, block: QTextBlock) -> QRectF:
        x = self.column()[0] + paper.row_of(block).indent * Size.INDENT
        return QRectF(x, self._baseline(block) - 12, _BOX, _BOX)

    def _doubt(self, line: ShownLine) -> int:
        box = self.findings.boxes.get(line.id)
        return box.height() + DOUBT_AIR if box is not None else 0

    def _spot(self, at: QPointF) -> tuple[str, ShownLine, QTextBlock] | None:
        """Say what is at a place of the viewport: `source`, `box`, `owner`, `due` or `words`."""
        block = self.cursorForPosition(at.toPoint()).block()
        line = self.line_at(block.blockNumber())
        if line is None or not block.layout().lineCount():
            return None
        where = at + QPointF(0, self.verticalScrollBar().value())
        top = block.layout().position().y()
        if not top - paper.PAD <= where.y() <= self.bottom_of(block) + paper.PAD:
            return None
        return (self._part(line, block, where, top), line, block)

    def _part(self, line: ShownLine, block: QTextBlock, where: QPointF, top: float) -> str:
        left, width = self.column()
        first_row = where.y() <= top + paper.LINE
        right = left + width
        if not first_row:
            return "words"
        if line.quotes and right - 60 <= where.x() <= right + 4:
            return "source"
        if line.kind == "action":
            owner = self._left(block)
            named = QFontMetricsF(self.font()).horizontalAdvance(owner_before(line))
            if self._box(block).adjusted(-3, -4, 3, 4).contains(where):
                return "box"
            if owner <= where.x() < owner + named:
                return "owner"
            if line.due is not None and right - 150 <= where.x() < right - 60:
                return "due"
        return "words"

    # -- hands ---------------------------------------------------------------------------------

    def mousePressEvent(self, event: QMouseEvent) -> None:  # noqa: N802 - Qt's name
        """Know boxes, owners and days from words."""
        spot = self._spot(event.position())
        self._pressed = event.position().toPoint()
        if event.button() != Qt.MouseButton.LeftButton or spot is None or spot[0] == "words":
            super().mousePressEvent(event)
            return
        kind, line, block = spot
        if self.isReadOnly() and kind != "source":
            super().mousePressEvent(event)
            return
        if kind == "box":
            self.ticked.emit(line.id, not line.is_done)
        elif kind == "source":
            self.go_to(line.id)
            self.source_asked.emit(line)
        else:
            self.details_asked.emit(line, event.globalPosition().toPoint())
        del block
        self._pressed = None

    def mouseReleaseEvent(self, event: QMouseEvent) -> None:  # noqa: N802 - Qt's name
        """A click on pencil asks for its source; the caret goes there all the same."""
        super().mouseReleaseEvent(event)
        pressed, self._pressed = self._pressed, None
        spot = self._spot(event.position())
        if pressed is None or spot is None or self.textCursor().hasSelection():
            return
        near = (event.position().toPoint() - pressed).manhattanLength() <= _CLICK
        kind, line, block = spot
        if near and kind == "words" and line.quotes and not self.is_ink(block.blockNumber()):
            self.source_asked.emit(line)

    def mouseMoveEvent(self, event: QMouseEvent) -> None:  # noqa: N802 - Qt's name
        """Show what a click would do."""
        super().mouseMoveEvent(event)
        spot = self._spot(event.position())
        over = spot[1].id if spot is not None and spot[1].quotes else None
        if over != self._over:
            self._over = over
            self.viewport().update()
        is_hand = spot is not None and spot[0] != "words"
        shape = Qt.CursorShape.PointingHandCursor if is_hand else Qt.CursorShape.IBeamCursor
        self.viewport().setCursor(shape)

    def keyPressEvent(self, event: QKeyEvent) -> None:  # noqa: N802 - Qt's name
        """Type into any line but a heading; Space stops what is played."""
        key = event.key()
        if key == Qt.Key.Key_Space and self.is_playing and not event.modifiers():
            self.stop_asked.emit()
        elif key in (Qt.Key.Key_Tab, Qt.Key.Key_Backtab):
            self.focusNextPrevChild(key == Qt.Key.Key_Tab)
        elif self._is_forbidden(event) or (event.modifiers() == _ALT and key in _UP_DOWN):
            event.accept()
        elif key in _ENTER and not event.modifiers() & Qt.KeyboardModifier.ControlModifier:
            if not self.isReadOnly():
                self._enter()
        else:
            if event.text().strip():
                self.is_playing = False  # whoever types wants blanks from Space
            super().keyPressEvent(event)

    def insertFromMimeData(self, source: QMimeData) -> None:  # noqa: N802 - Qt's name
        """Paste, but not into headings."""
        if not self._touches_heading():
            super().insertFromMimeData(source)

    def _enter(self) -> None:
        cursor = self.textCursor()
        line = self.line_at(cursor.blockNumber())
        if line is not None and line.kind == "heading":
            cursor.movePosition(cursor.MoveOperation.EndOfBlock)
        elif line is not None and not line.text and cursor.atBlockStart():
            return
        cursor.insertBlock()
        self.setTextCursor(cursor)
        self.ensureCursorVisible()

    def _is_forbidden(self, event: QKeyEvent) -> bool:
        """Say whether a key would change a heading, or join one with another line."""
        cursor, key = self.textCursor(), event.key()
        if event.matches(QKeySequence.StandardKey.Cut):
            return self._touches_heading()
        if key in _ENTER:
            return cursor.hasSelection() and self._touches_heading()
        if key == Qt.Key.Key_Backspace and not cursor.hasSelection() and cursor.atBlockStart():
            before = self.line_at(cursor.blockNumber() - 1)
            return bool(cursor.block().text()) and before is not None and before.kind == "heading"
        if key == Qt.Key.Key_Delete and not cursor.hasSelection() and cursor.atBlockEnd():
            after = self.line_at(cursor.blockNumber() + 1)
            return self._touches_heading() or (after is not None and after.kind == "heading")
        if key in (Qt.Key.Key_Backspace, Qt.Key.Key_Delete):
            return self._touches_heading()
        is_typed = bool(event.text()) and event.text().isprintable()
        is_command = bool(event.modifiers() & Qt.KeyboardModifier.ControlModifier)
        return is_typed and not is_command and self._touches_heading()

    def _touches_heading(self) -> bool:
        first, last = self.selected()
        lines = [self.line_at(at) for at in range(first, last + 1)]
        return any(line is not None and line.kind == "heading" for line in lines)


_ENTER = (Qt.Key.Key_Return, Qt.Key.Key_Enter)
_UP_DOWN = (Qt.Key.Key_Up, Qt.Key.Key_Down)
_ALT = Qt.KeyboardModifier.AltModifier
