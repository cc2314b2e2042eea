"""Two versions of a note, and what is different."""

from dataclasses import dataclass
from typing import Literal

from PySide6.QtCore import QRectF, Signal
from PySide6.QtGui import (
    QColor,
    QFont,
    QPainter,
    QSyntaxHighlighter,
    QTextBlock,
    QTextBlockFormat,
    QTextCharFormat,
)
from PySide6.QtWidgets import QComboBox, QHBoxLayout, QLabel, QPushButton, QWidget

from granola_like.domain.note import NoteLine
from granola_like_ui.note import paper
from granola_like_ui.note.lines import Row
from granola_like_ui.note.sheet import Sheet
from granola_like_ui.note.state import VersionChoice
from granola_like_ui.theme import Space, colors, font, set_role

Change = Literal["same", "added", "removed"]


@dataclass(frozen=True, slots=True, kw_only=True)
class DiffLine:
    """A line of either version."""

    what: Change
    text: str
    indent: int = 0
    is_heading: bool = False
    is_ink: bool = False
    words: tuple[tuple[int, int], ...] = ()
    """Which characters are otherwise in the other version, [from, to)."""


class VersionsView(Sheet):
    """Lines that went, struck through; lines that came, with a plus. Nothing can be typed."""

    chosen = Signal(int, int)
    """The older and the newer version's numbers."""
    restore_asked = Signal(int)
    closed = Signal()

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setAccessibleName(self.tr("What is different between two versions"))
        self.setReadOnly(True)
        self.setTabChangesFocus(True)
        self.diff: tuple[DiffLine, ...] = ()
        self._hands = _Hands(self)
        self.row = QWidget()
        self.old, self.new = QComboBox(), QComboBox()
        self.old.setAccessibleName(self.tr("Older version"))
        self.new.setAccessibleName(self.tr("Newer version"))
        arrow = QLabel("→")
        set_role(arrow, "pencil")
        restore, close = QPushButton(self.tr("Use the older one")), QPushButton(self.tr("Close"))
        layout = QHBoxLayout(self.row)
        layout.setContentsMargins(0, Space.M, 0, 0)
        for part in (self.old, arrow, self.new):
            part.setFont(font("list"))
            layout.addWidget(part)
        layout.addStretch(1)
        for button in (restore, close):
            button.setFont(font("list"))
            layout.addWidget(button)
        set_role(close, "quiet")
        self.row.hide()
        self.old.activated.connect(self._choose)
        self.new.activated.connect(self._choose)
        restore.clicked.connect(lambda: self.restore_asked.emit(self.old.currentData()))
        close.clicked.connect(self.closed)

    def show_versions(self, versions: tuple[VersionChoice, ...], old: int, new: int) -> None:
        """Offer these versions, of which two are compared."""
        for box, number in ((self.old, old), (self.new, new)):
            box.clear()
            for version in versions:
                box.addItem(version.name, version.number)
            box.setCurrentIndex(box.findData(number))

    def show_diff(self, diff: tuple[DiffLine, ...]) -> None:
        """Show what is different."""
        self.diff = diff
        self.put(
            tuple(
                NoteLine(id=str(at), text=line.text, indent=line.indent)
                for at, line in enumerate(diff)
            ),
            anew=True,
        )
        count = self.document().blockCount()
        self.quietly(lambda: paper.lay_out(self.document(), 0, count, self.format_of))
        self._hands.rehighlight()

    def diff_at(self, number: int) -> DiffLine | None:
        """Give what stands in a line."""
        return self.diff[number] if number < len(self.diff) else None

    def format_of(self, at: int, row: Row) -> QTextBlockFormat:
        """Leave room at the left for the marks."""
        line = self.diff_at(at)
        top = 22 if line is not None and line.is_heading and at else paper.PAD
        return paper.line_format(row.indent, left=20 + row.indent * 24, top=top)

    def paint_line(self, painter: QPainter, block: QTextBlock, rect: QRectF) -> None:
        """Paint the mark of a line that came or went."""
        line = self.diff_at(block.blockNumber())
        if line is None or line.what == "same" or not block.layout().lineCount():
            return
        first = block.layout().lineAt(0)
        baseline = block.layout().position().y() + first.y() + first.ascent()
        color = colors().accent if line.what == "added" else colors().record
        painter.setPen(QColor(color))
        painter.setFont(font("strong"))
        painter.drawText(self.column()[0], round(baseline), "+" if line.what == "added" else "−")

    def recolor(self) -> None:
        """Paint in other colours."""
        self._hands.rehighlight()
        super().recolor()

    def _choose(self, _: int) -> None:
        self.chosen.emit(self.old.currentData(), self.new.currentData())


class _Hands(QSyntaxHighlighter):
    def __init__(self, sheet: VersionsView) -> None:
        super().__init__(sheet.document())
        self._sheet = sheet

    def highlightBlock(self, text: str) -> None:  # noqa: N802 - Qt's name
        line = self._sheet.diff_at(self.currentBlock().blockNumber())
        if line is None:
            return
        shown = QTextCharFormat()
        shown.setForeground(QColor(colors().ink if line.is_ink else colors().pencil))
        if line.is_heading:
            shown.setFontWeight(QFont.Weight.DemiBold)
        if line.what == "removed":
            shown.setFontStrikeOut(True)
            shown.setForeground(QColor(colors().faint))
        self.setFormat(0, paper.units(text), shown)
        for start, end in line.words:
            mark = QTextCharFormat(shown)
            mark.setForeground(QColor(colors().record if line.what == "removed" else colors().ink))
            mark.setFontWeight(QFont.Weight.DemiBold)
            self.setFormat(paper.units(text[:start]), paper.units(text[start:end]), mark)
