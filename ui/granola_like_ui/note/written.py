"""The finished note: the person's words in ink, the machine's in pencil, one text to edit."""

import uuid

from PySide6.QtCore import QMimeData, QTimer, Signal
from PySide6.QtGui import (
    QColor,
    QFocusEvent,
    QFont,
    QResizeEvent,
    QSyntaxHighlighter,
    QTextBlock,
    QTextBlockFormat,
    QTextCharFormat,
)
from PySide6.QtWidgets import QWidget

from granola_like.domain.note import NoteLine
from granola_like_ui.note import paper
from granola_like_ui.note.changes import LineChange, between
from granola_like_ui.note.copying import as_html, as_markdown
from granola_like_ui.note.findings import Findings
from granola_like_ui.note.lines import History, Lines, Row
from granola_like_ui.note.look import DOUBT_AIR, Look, look_of
from granola_like_ui.note.sheet import Sheet
from granola_like_ui.note.shown import OWN, ShownLine
from granola_like_ui.theme import colors

_SAVE_AFTER_MS = 700


class WrittenText(Sheet):
    """The text of a finished note, and what the person changes in it."""

    changed_lines = Signal(tuple)
    """Of LineChange, once a line is left or nothing was typed for a while."""

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setAccessibleName(self.tr("The note"))
        self.history = History(make_id=lambda: f"{OWN}{uuid.uuid4().hex[:12]}")
        self._shown: dict[str, ShownLine] = {}
        self._ever: dict[str, ShownLine] = {}
        """Every line of this note that was ever shown: one that comes back is known again."""
        self._known: Lines = ()
        self._line_before = -1
        self.findings = Findings(self.viewport())
        self.findings.resized.connect(self.fit)
        self._hands = _Hands(self)
        self.verticalScrollBar().valueChanged.connect(lambda _: self.place_findings())
        self._timer = QTimer(self, singleShot=True, interval=_SAVE_AFTER_MS)
        self._timer.timeout.connect(self.commit)
        self.cursorPositionChanged.connect(self._moved)

    # -- what it shows -------------------------------------------------------------------------

    def show_lines(self, lines: tuple[ShownLine, ...], *, anew: bool = False) -> None:
        """Show a note. What is being typed stays; `anew` says that it is another note."""
        if anew:
            self._timer.stop()
            self._known, self._ever = (), {}
        typed = {} if anew else {line.id: line for line in self._unsaved()}
        self._shown = {line.id: line for line in lines}
        self._ever |= self._shown
        self._known = tuple(
            NoteLine(id=line.id, text=line.text, indent=line.indent) for line in lines
        )
        wanted = tuple(typed.get(line.id, line) for line in self._known)
        self.findings.show_lines(self._shown)
        is_other = _with_words(self.history.lines) != _with_words(wanted)
        own = self._begun(typed)
        if is_other and not own:
            self.put(wanted, anew=anew)
        if anew:
            self.place_findings()
            return
        self.fit()
        for at, line in enumerate(self.history.lines):
            if self._hands.shown.get(line.id) != self.hand(at):
                self._hands.rehighlightBlock(self.document().findBlockByNumber(at))

    def line_at(self, number: int) -> ShownLine | None:
        """Give what stands in a line; None for one that the person has just begun."""
        lines = self.history.lines
        return self._shown.get(lines[number].id) if 0 <= number < len(lines) else None

    def line_here(self) -> ShownLine | None:
        """Give the line in which the caret is."""
        return self.line_at(self.caret_line())

    def shown(self) -> tuple[ShownLine, ...]:
        """Give the lines as they were last shown."""
        return tuple(self._shown.values())

    def is_ink(self, number: int) -> bool:
        """Say whether a line's words are the person's."""
        line, lines = self.line_at(number), self.history.lines
        if line is None or line.is_ink or line.kind == "heading":
            return True
        return lines[number].text != line.text

    def hand(self, number: int) -> tuple[bool, bool, bool]:
        """Say of a line whether it is ink, a heading, and done."""
        line = self.line_at(number)
        is_heading = line is not None and line.kind == "heading"
        return self.is_ink(number), is_heading, line is not None and line.is_done

    # -- what the person changed ---------------------------------------------------------------

    def commit(self) -> None:
        """Send what was typed since the last time."""
        self._timer.stop()
        changes = between(self._known, self.history.lines, self._ever)
        if changes:
            self._known = self.history.lines
            self.changed_lines.emit(changes)

    def _unsaved(self) -> Lines:
        known = {line.id: line.text for line in self._known}
        return tuple(
            line for line in self.history.lines if known.get(line.id, line.text) != line.text
        )

    def _begun(self, typed: dict[str, NoteLine]) -> bool:
        """Say whether lines were begun or dropped here that are not saved yet."""
        if not typed and not self._timer.isActive():
            return False
        here = {line.id for line in self.history.lines}
        return here != self._shown.keys()

    def changed(self, first: int, last: int) -> None:
        """Keep it in a moment; the machine's words that were touched are the person's now."""
        super().changed(first, last)
        for block in paper.blocks(self.document(), first, last):
            self._hands.rehighlightBlock(block)
        self._timer.start()

    def tell(self, first: int, last: int) -> None:
        """Put what stands under the lines where they are now."""
        super().tell(max(0, first - 1), min(self.document().blockCount(), last + 1))
        self.place_findings()

    def _moved(self) -> None:
        line = self.caret_line()
        if line != self._line_before:
            self._line_before = line
            if self._timer.isActive():
                self.commit()

    def focusOutEvent(self, event: QFocusEvent) -> None:  # noqa: N802 - Qt's name
        """Keep what was typed."""
        super().focusOutEvent(event)
        self.commit()

    # -- layout --------------------------------------------------------------------------------

    def format_of(self, at: int, row: Row) -> QTextBlockFormat:
        """Lay a line out as what it is."""
        return self.look(at, row.indent).format(row.indent)

    def look(self, at: int, indent: int) -> Look:
        """Say how a line is laid out."""
        line, before = self.line_at(at), self.line_at(at - 1) if at else None
        doubt = 0
        if line is not None and line.finding is not None:
            doubt = self.findings.height(line.id, self._box_width(indent))
        return look_of(line, before, indent=indent, after=self.line_at(at + 1), doubt=doubt)

    def fit(self) -> None:
        """Lay everything out anew."""
        count = self.document().blockCount()
        self.quietly(lambda: paper.lay_out(self.document(), 0, count, self.format_of))
        self.place_findings()
        self.viewport().update()

    def place_findings(self) -> None:
        """Put each doubt under its line."""
        scrolled, (left, _) = self.verticalScrollBar().value(), self.column()
        seen, is_wrong = self.viewport().height(), False
        for at, one in enumerate(self.history.lines):
            line = self._shown.get(one.id)
            if line is None or line.finding is None:
                continue
            block, is_made = self.document().findBlockByNumber(at), line.id in self.findings.boxes
            if not is_made and not -seen < self.bottom_of(block) - scrolled < 2 * seen:
                continue
            indent = paper.row_of(block).indent
            is_wrong |= self.findings.place(
                line.id,
                left=left + indent * 24,
                top=round(self.bottom_of(block)) + DOUBT_AIR // 2 - scrolled,
                width=self._box_width(indent),
            )
        if is_wrong:  # boxes that were guessed before they were made
            self.fit()

    def bottom_of(self, block: QTextBlock) -> float:
        """Say where the words of a line end, in the document."""
        layout = block.layout()
        last = layout.lineAt(layout.lineCount() - 1) if layout.lineCount() else None
        height = last.y() + last.height() if last else 0.0
        return layout.position().y() + height + paper.leading()

    def _box_width(self, indent: int) -> int:
        return self.column()[1] - indent * 24

    def resizeEvent(self, event: QResizeEvent) -> None:  # noqa: N802 - Qt's name
        """Doubts are higher where there is less room."""
        super().resizeEvent(event)
        if event.oldSize().width() != event.size().width():
            self.fit()

    def recolor(self) -> None:
        """Paint in other colours."""
        self._hands.rehighlight()
        super().recolor()

    # -- copying -------------------------------------------------------------------------------

    def selected_text(self) -> str:
        """Give what is selected as Markdown."""
        first, last = self.selected()
        cursor = self.textCursor()
        if first == last:
            return cursor.selectedText()
        start, end = cursor.selectionStart(), cursor.selectionEnd()
        rows = paper.rows_between(self.document(), start, end)
        return as_markdown(rows, [self.line_at(at) for at in range(first, last + 1)])

    def createMimeDataFromSelection(self) -> QMimeData:  # noqa: N802 - Qt's name
        """Copy as Markdown, and as rich text for who takes that."""
        data = super().createMimeDataFromSelection()
        first, last = self.selected()
        if first != last:
            cursor = self.textCursor()
            start, end = cursor.selectionStart(), cursor.selectionEnd()
            rows = paper.rows_between(self.document(), start, end)
            data.setHtml(as_html(rows, [self.line_at(at) for at in range(first, last + 1)]))
        return data


def _with_words(lines: Lines) -> list[tuple[str, str]]:
    return [(line.id, line.text) for line in lines if line.text.strip()]


class _Hands(QSyntaxHighlighter):
    """Shows whose words a line has. The text is not touched."""

    def __init__(self, sheet: WrittenText) -> None:
        super().__init__(sheet.document())
        self._sheet = sheet
        self.shown: dict[str, tuple[bool, bool, bool]] = {}
        """In which hand a line was painted last: see `WrittenText.hand`."""

    def highlightBlock(self, text: str) -> None:  # noqa: N802 - Qt's name
        number = self.currentBlock().blockNumber()
        lines, shown = self._sheet.history.lines, QTextCharFormat()
        is_ink, is_heading, is_done = hand = self._sheet.hand(number)
        if number < len(lines):
            self.shown[lines[number].id] = hand
        shown.setForeground(QColor(colors().ink if is_ink else colors().pencil))
        if is_heading:
            shown.setFontWeight(QFont.Weight.DemiBold)
        shown.setFontStrikeOut(is_done)
        self.setFormat(0, paper.units(text), shown)


__all__ = ["LineChange", "WrittenText"]
