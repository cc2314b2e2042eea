"""A sheet of paper with lines on it: one text, in a column, under a header that scrolls with it."""

import time
from collections.abc import Callable, Sequence

from PySide6.QtCore import QMimeData, QRectF, Qt, Signal
from PySide6.QtGui import (
    QContextMenuEvent,
    QKeyEvent,
    QKeySequence,
    QPainter,
    QPaintEvent,
    QResizeEvent,
    QTextBlock,
    QTextBlockFormat,
    QTextCursor,
)
from PySide6.QtWidgets import QMenu, QTextEdit, QWidget

from granola_like_ui.note import paper
from granola_like_ui.note.lines import History, Lines, Row
from granola_like_ui.note.markdown import DEEPEST, rows_of, shallowest, text_of
from granola_like_ui.theme import Size, Space, appearance, font, set_role

Key = QKeySequence.StandardKey


class Sheet(QTextEdit):
    """Lines that keep who they are (see `lines`). What they look like is said by subclasses."""

    lines_changed = Signal()
    """The person changed something."""

    def __init__(
        self, parent: QWidget | None = None, *, clock: Callable[[], int | None] = lambda: None
    ) -> None:
        """`clock` is the meeting clock in milliseconds; None where there is no meeting now."""
        super().__init__(parent)
        self.clock = clock
        self.history = History()
        self._is_mute = False
        self._dirty: tuple[int, int] | None = None
        self._header: QWidget | None = None
        self._header_height = 0
        self._room = Space.XXL
        self.setFont(font("body"))
        set_role(self, "bare")
        self.setAcceptRichText(False)
        self.setUndoRedoEnabled(False)
        self.setCursorWidth(2)
        self.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self.setLineWrapMode(QTextEdit.LineWrapMode.FixedPixelWidth)
        self.document().setDocumentMargin(0)
        self.document().contentsChange.connect(self._mark)
        self.document().contentsChanged.connect(self._follow)
        appearance().changed.connect(self.recolor)

    # -- what stands on it ---------------------------------------------------------------------

    def set_header(self, header: QWidget | None, *, height: int = 0) -> None:
        """Put this over the text; it scrolls away with it. `height` is in pixels."""
        self._header, self._header_height = header, height
        if header is not None:
            header.setParent(self.viewport())
            header.show()
        self.place_column()

    def set_room(self, pixels: int) -> None:
        """Keep this much free under the last line, for what floats there."""
        if pixels != self._room:
            self._room = pixels
            self.place_column()

    def column(self) -> tuple[int, int]:
        """Say where the column of text begins, and how wide it is."""
        return column_in(self.width())

    def place_column(self) -> None:
        """Put text and header into the middle."""
        left, width = self.column()
        # The document is as wide as it is whether a scroll bar is there or not.
        if self.lineWrapColumnOrWidth() != left + width:
            self.setLineWrapColumnOrWidth(left + width)
        frame = self.document().rootFrame()
        wanted = frame.frameFormat()
        here = (wanted.leftMargin(), wanted.topMargin(), wanted.bottomMargin())
        if here != (left, self._header_height, self._room):
            wanted.setLeftMargin(left)
            wanted.setTopMargin(self._header_height)
            wanted.setBottomMargin(self._room)
            self.quietly(lambda: frame.setFrameFormat(wanted))
        if self._header is not None:
            top = -self.verticalScrollBar().value()
            self._header.setGeometry(left, top, width, self._header_height)

    def put(self, lines: Lines, *, anew: bool = False) -> None:
        """Show these lines. `anew`: it is another note, and there is nothing to undo."""
        if not anew:
            self.history.put(lines)
            self._write()
            return
        self.history.start(lines)
        self._write()
        self.moveCursor(QTextCursor.MoveOperation.Start)

    def recolor(self) -> None:
        """Paint everything again, in other colours."""
        self.viewport().update()

    # -- for subclasses ------------------------------------------------------------------------

    def format_of(self, at: int, row: Row) -> QTextBlockFormat:
        """Say how line `at` is laid out."""
        del at
        return paper.line_format(row.indent)

    def changed(self, first: int, last: int) -> None:
        """Hear that the person changed lines [first, last)."""

    def paint_line(self, painter: QPainter, block: QTextBlock, rect: QRectF) -> None:
        """Paint what belongs to a line; in coordinates of the document."""

    def quietly(self, act: Callable[[], object]) -> None:
        """Change the document without taking that for the person's doing."""
        was, self._is_mute = self._is_mute, True
        try:
            act()
        finally:
            self._is_mute = was

    # -- what the person does ------------------------------------------------------------------

    def selected(self) -> tuple[int, int]:
        """Give the first and the last line that the selection touches."""
        cursor, find = self.textCursor(), self.document().findBlock
        first = find(cursor.selectionStart()).blockNumber()
        return first, find(cursor.selectionEnd()).blockNumber()

    def indent(self, by: int) -> None:
        """Move the selected lines to the right or to the left."""
        first, last = self.selected()
        cursor = QTextCursor(self.document())
        cursor.beginEditBlock()
        for block in list(paper.blocks(self.document(), first, last + 1)):
            row = paper.row_of(block)
            deeper = Row(row.text, max(0, min(row.indent + by, DEEPEST)))
            cursor.setPosition(block.position())
            cursor.setBlockFormat(self.format_of(block.blockNumber(), deeper))
        cursor.endEditBlock()

    def move_lines(self, by: int) -> None:
        """Move the selected lines up or down by one."""
        first, last = self.selected()
        lines = list(self.history.lines)
        if not (first + by >= 0 and last + by < len(lines)):
            return
        cursor, find = self.textCursor(), self.document().findBlock
        ends = [(find(at).blockNumber() + by, at - find(at).position()) for at in _ends(cursor)]
        if by < 0:
            lines.insert(last, lines.pop(first - 1))
        else:
            lines.insert(first, lines.pop(last + 1))
        paper.write(self.document(), [Row(one.text, one.indent) for one in lines], self.format_of)
        number = self.document().findBlockByNumber
        cursor.setPosition(number(ends[0][0]).position() + ends[0][1])
        keep = QTextCursor.MoveMode.KeepAnchor
        cursor.setPosition(number(ends[1][0]).position() + ends[1][1], keep)
        self.setTextCursor(cursor)

    def paste_rows(self, rows: Sequence[Row]) -> None:
        """Put lines where the caret is."""
        cursor = self.textCursor()
        cursor.beginEditBlock()
        cursor.removeSelectedText()
        base = paper.row_of(cursor.block()).indent
        for at, row in enumerate(rows):
            if at:
                here = Row(row.text, min(DEEPEST, base + row.indent))
                cursor.insertBlock(self.format_of(cursor.blockNumber() + 1, here))
            cursor.insertText(row.text)
        cursor.endEditBlock()
        self.setTextCursor(cursor)
        self.ensureCursorVisible()

    def undo_step(self) -> None:
        """Go one step back."""
        if self.history.undo(now_ms=self.clock()):
            self._went()

    def redo_step(self) -> None:
        """Do again what was undone."""
        if self.history.redo(now_ms=self.clock()):
            self._went()

    def selected_text(self) -> str:
        """Give what is selected as plain text."""
        cursor = self.textCursor()
        rows = paper.rows_between(self.document(), cursor.selectionStart(), cursor.selectionEnd())
        return text_of(shallowest(rows))

    def go_to(self, name: str) -> bool:
        """Put the caret into the line with this id, and show it; say whether it is there."""
        for at, line in enumerate(self.history.lines):
            if line.id == name:
                cursor = self.textCursor()
                cursor.setPosition(self.document().findBlockByNumber(at).position())
                self.setTextCursor(cursor)
                self.ensureCursorVisible()
                return True
        return False

    def caret_line(self) -> int:
        """Say in which line the caret is."""
        return self.textCursor().blockNumber()

    # -- Qt ------------------------------------------------------------------------------------

    def resizeEvent(self, event: QResizeEvent) -> None:  # noqa: N802 - Qt's name
        """Keep the column in the middle."""
        super().resizeEvent(event)
        self.place_column()

    def keyPressEvent(self, event: QKeyEvent) -> None:  # noqa: N802 - Qt's name
        """Know undo and redo, indents, and moving of lines; the rest is Qt's."""
        key, alt = event.key(), event.modifiers() == Qt.KeyboardModifier.AltModifier
        if self.isReadOnly():
            super().keyPressEvent(event)
        elif event.matches(Key.Undo):
            self.undo_step()
        elif event.matches(Key.Redo):
            self.redo_step()
        elif key in (Qt.Key.Key_Tab, Qt.Key.Key_Backtab):
            self.indent(1 if key == Qt.Key.Key_Tab else -1)
        elif alt and key in (Qt.Key.Key_Up, Qt.Key.Key_Down):
            self.move_lines(-1 if key == Qt.Key.Key_Up else 1)
        else:
            super().keyPressEvent(event)

    def insertFromMimeData(self, source: QMimeData) -> None:  # noqa: N802 - Qt's name
        """Paste text; each of its lines becomes a line."""
        if source.hasText() and not self.isReadOnly():
            self.paste_rows(rows_of(source.text()))

    def createMimeDataFromSelection(self) -> QMimeData:  # noqa: N802 - Qt's name
        """Copy as Markdown."""
        data = QMimeData()
        data.setText(self.selected_text())
        return data

    def contextMenuEvent(self, event: QContextMenuEvent) -> None:  # noqa: N802 - Qt's name
        """Offer what can be done with text."""
        menu = self.menu()
        menu.exec(event.globalPos())
        menu.deleteLater()

    def menu(self) -> QMenu:
        """Make the menu of the text."""
        menu, has_words = QMenu(self), self.textCursor().hasSelection()
        may = not self.isReadOnly()
        for text, key, act, can in (
            (self.tr("Undo"), Key.Undo, self.undo_step, may and self.history.can_undo),
            (self.tr("Redo"), Key.Redo, self.redo_step, may and self.history.can_redo),
            (self.tr("Cut"), Key.Cut, self.cut, may and has_words),
            (self.tr("Copy"), Key.Copy, self.copy, has_words),
            (self.tr("Paste"), Key.Paste, self.paste, self.canPaste()),
            (self.tr("Select everything"), Key.SelectAll, self.selectAll, True),
        ):
            action = menu.addAction(text, act)
            action.setShortcut(QKeySequence(key))
            action.setEnabled(can)
        return menu

    def paintEvent(self, event: QPaintEvent) -> None:  # noqa: N802 - Qt's name
        """Paint the text, and beside it what belongs to its lines."""
        super().paintEvent(event)
        scrolled = self.verticalScrollBar().value()
        painter = QPainter(self.viewport())
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        painter.translate(0, -scrolled)
        block = self.cursorForPosition(event.rect().topLeft()).block()
        if block.previous().isValid():
            block = block.previous()
        while block.isValid():
            rect = self.rect_of(block)
            if rect.top() > event.rect().bottom() + scrolled:
                break
            self.paint_line(painter, block, rect)
            block = block.next()
        painter.end()

    def rect_of(self, block: QTextBlock) -> QRectF:
        """Say where a line stands in the document, its margins included."""
        return self.document().documentLayout().blockBoundingRect(block)

    # -- inside --------------------------------------------------------------------------------

    def _mark(self, position: int, _removed: int, added: int) -> None:
        if self._is_mute:
            return
        document = self.document()
        first = document.findBlock(position).blockNumber()
        end = document.findBlock(position + added)
        last = end.blockNumber() if end.isValid() else document.blockCount() - 1
        behind = document.blockCount() - 1 - last
        if self._dirty is not None:
            first, behind = min(first, self._dirty[0]), min(behind, self._dirty[1])
        self._dirty = (max(0, first), max(0, behind))

    def _follow(self) -> None:
        if self._is_mute or self._dirty is None:
            return
        (first, behind), self._dirty = self._dirty, None
        count, known = self.document().blockCount(), len(self.history.lines)
        first = min(first, known, count - 1)
        behind = max(0, min(behind, known - first, count - 1 - first))
        is_new = self.history.take(
            [paper.row_of(one) for one in paper.blocks(self.document(), first, count - behind)],
            at=first,
            gone=known - behind - first,
            now_ms=self.clock(),
            moment_s=time.monotonic(),
        )
        if is_new:
            self.tell(first, count - behind)

    def tell(self, first: int, last: int) -> None:
        """Lay lines [first, last) out anew, and say that the person changed them."""
        self.changed(first, last)
        self.quietly(lambda: paper.lay_out(self.document(), first, last, self.format_of))
        self.lines_changed.emit()

    def _went(self) -> None:
        touched = self._write()
        cursor = self.textCursor()
        block = self.document().findBlockByNumber(touched)
        cursor.setPosition(block.position() + block.length() - 1)
        self.setTextCursor(cursor)
        self.tell(0, self.document().blockCount())

    def _write(self) -> int:
        wanted = [Row(one.text, one.indent) for one in self.history.lines] or [Row("")]
        touched: list[int] = []
        self.quietly(lambda: touched.append(paper.write(self.document(), wanted, self.format_of)))
        return touched[0]


def column_in(whole: int) -> tuple[int, int]:
    """Say where in so many pixels the column of text begins, and how wide it is.

    It does not move when a scroll bar comes.
    """
    width = max(1, min(Size.TEXT_COLUMN, whole - 2 * Space.XXL))
    return (whole - width) // 2, width


def _ends(cursor: QTextCursor) -> tuple[int, int]:
    return cursor.anchor(), cursor.position()
