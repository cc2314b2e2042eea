"""The notepad: the person's own lines, before, during and after a call."""

from collections.abc import Callable

from PySide6.QtCore import QPointF, QRectF, Qt
from PySide6.QtGui import (
    QColor,
    QFont,
    QFontMetricsF,
    QKeyEvent,
    QMouseEvent,
    QPainter,
    QSyntaxHighlighter,
    QTextBlock,
    QTextBlockFormat,
    QTextCharFormat,
    QTextCursor,
)
from PySide6.QtWidgets import QWidget

from granola_like_ui.note import paper
from granola_like_ui.note.boxes import paint_box
from granola_like_ui.note.lines import Lines, Row, follow
from granola_like_ui.note.markdown import bold, next_marker, shape, ticked
from granola_like_ui.note.sheet import Sheet
from granola_like_ui.theme import colors


class Notepad(Sheet):
    """A plain text that shows what its marks mean."""

    def __init__(
        self, parent: QWidget | None = None, *, clock: Callable[[], int | None] = lambda: None
    ) -> None:
        super().__init__(parent, clock=clock)
        self.setAccessibleName(self.tr("Your notes"))
        self._marks = _Marks(self.document())
        self._metrics = QFontMetricsF(self.font())
        self.set_lines(())

    def set_lines(self, lines: Lines) -> None:
        """Show another note."""
        self.put(lines or follow((), [Row("")]), anew=True)
        self.moveCursor(QTextCursor.MoveOperation.End)

    def lines(self) -> Lines:
        """Give the lines as they are now, without the empty ones at the end."""
        lines = self.history.lines
        last = max((at for at, line in enumerate(lines, 1) if line.text.strip()), default=0)
        return lines[:last]

    def format_of(self, at: int, row: Row) -> QTextBlockFormat:
        """Let the words of a list's item stand under each other."""
        del at
        found = shape(row.text)
        hang = 0.0
        if found.marker and found.kind != "heading":
            hang = self._metrics.horizontalAdvance(row.text[: found.marker])
        return paper.line_format(
            row.indent, hang=hang, top=14 if found.kind == "heading" else paper.PAD
        )

    def recolor(self) -> None:
        """Paint in other colours."""
        self._marks.rehighlight()
        super().recolor()

    def make_bold(self) -> None:
        """Put ** around the selected words, or take them away."""
        cursor = self.textCursor()
        text = cursor.selectedText()
        if not text or "\u2029" in text:
            return
        is_bold = text.startswith("**") and text.endswith("**") and len(text) > 4
        cursor.insertText(text[2:-2] if is_bold else f"**{text}**")

    def keyPressEvent(self, event: QKeyEvent) -> None:  # noqa: N802 - Qt's name
        """Go on with a list on Enter; take an indent back on Backspace."""
        cursor = self.textCursor()
        if self.isReadOnly():
            super().keyPressEvent(event)
        elif event.key() in (Qt.Key.Key_Return, Qt.Key.Key_Enter):
            if event.modifiers() & Qt.KeyboardModifier.ControlModifier:
                event.ignore()
                return
            self._enter()
        elif (
            event.key() == Qt.Key.Key_Backspace
            and cursor.atBlockStart()
            and not cursor.hasSelection()
            and paper.row_of(cursor.block()).indent
        ):
            self.indent(-1)
        elif event.key() == Qt.Key.Key_B and event.modifiers() == _CTRL:
            self.make_bold()
        else:
            super().keyPressEvent(event)

    def mousePressEvent(self, event: QMouseEvent) -> None:  # noqa: N802 - Qt's name
        """Tick a box that was clicked."""
        block = self.cursorForPosition(event.position().toPoint()).block()
        where = self._box(block)
        at = event.position() + QPointF(0, self.verticalScrollBar().value())
        if where is not None and where.adjusted(-3, -3, 3, 3).contains(at):
            self.tick(block.blockNumber())
            return
        super().mousePressEvent(event)

    def tick(self, number: int) -> None:
        """Tick a line's box off, or on again."""
        block = self.document().findBlockByNumber(number)
        found = shape(block.text())
        if found.box is None or self.isReadOnly():
            return
        start, end = found.box
        cursor = QTextCursor(block)
        cursor.setPosition(block.position() + start)
        cursor.setPosition(block.position() + end, QTextCursor.MoveMode.KeepAnchor)
        new_end = len(ticked(block.text())) - (len(block.text()) - end)
        cursor.insertText(ticked(block.text())[start:new_end])

    def paint_line(self, painter: QPainter, block: QTextBlock, rect: QRectF) -> None:
        """Paint a box where [ ] stands."""
        where = self._box(block)
        if where is not None:
            paint_box(painter, where, is_done=shape(block.text()).is_done)
        if not block.text() and self.document().blockCount() == 1:
            painter.setPen(QColor(colors().faint))
            painter.setFont(self.font())
            left, width = self.column()
            place = QRectF(left + 2, rect.top() + paper.PAD, width, paper.LINE)
            painter.drawText(place, Qt.AlignmentFlag.AlignVCenter, self.tr("Write notes…"))

    def _box(self, block: QTextBlock) -> QRectF | None:
        found = shape(block.text())
        if found.box is None or block.layout().lineCount() == 0:
            return None
        line = block.layout().lineAt(0)
        left, right = (line.cursorToX(at)[0] for at in found.box)  # type: ignore[index]
        at = block.layout().position()
        middle = at.y() + line.y() + line.height() / 2
        return QRectF(at.x() + left, middle - _BOX / 2, min(_BOX, right - left), _BOX)

    def _enter(self) -> None:
        cursor = self.textCursor()
        row = paper.row_of(cursor.block())
        marker = next_marker(row.text)
        if cursor.hasSelection() or cursor.positionInBlock() < shape(row.text).marker:
            marker = None
        cursor.beginEditBlock()
        if marker == "" and row.indent:
            cursor.setBlockFormat(self.format_of(0, Row(row.text, row.indent - 1)))
        elif marker == "":
            cursor.movePosition(QTextCursor.MoveOperation.StartOfBlock)
            keep = QTextCursor.MoveMode.KeepAnchor
            cursor.movePosition(QTextCursor.MoveOperation.EndOfBlock, keep)
            cursor.removeSelectedText()
        else:
            cursor.insertBlock()
            cursor.insertText(marker or "")
        cursor.endEditBlock()
        self.setTextCursor(cursor)
        self.ensureCursorVisible()


_CTRL = Qt.KeyboardModifier.ControlModifier
_BOX = 14.0


class _Marks(QSyntaxHighlighter):
    """Shows what the marks mean; the text is not touched."""

    def highlightBlock(self, text: str) -> None:  # noqa: N802 - Qt's name
        found, faint, pencil = shape(text), colors().faint, colors().pencil
        if found.kind == "heading":
            self._show(text, 0, len(text), _format(colors().ink, is_bold=True))
            self._show(text, 0, found.marker, _format(faint, is_bold=True))
        elif found.kind in ("bullet", "number"):
            self._show(text, 0, found.marker, _format(pencil))
        elif found.box is not None:
            self._show(text, *found.box, _format("#00000000"))
            if found.is_done:
                self._show(text, found.marker, len(text), _format(pencil, is_struck=True))
        for start, end in bold(text):
            self._show(text, start, start + 2, _format(faint))
            self._show(text, start + 2, end - 2, _format(colors().ink, is_bold=True))
            self._show(text, end - 2, end, _format(faint))

    def _show(self, text: str, start: int, end: int, shown: QTextCharFormat) -> None:
        first = paper.units(text[:start])
        self.setFormat(first, paper.units(text[start:end]), shown)


def _format(color: str, *, is_bold: bool = False, is_struck: bool = False) -> QTextCharFormat:
    made = QTextCharFormat()
    made.setForeground(QColor(color))
    made.setFontStrikeOut(is_struck)
    if is_bold:
        made.setFontWeight(QFont.Weight.DemiBold)
    return made
