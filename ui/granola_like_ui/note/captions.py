"""Words while they are spoken: a drawer over the lower third of the page."""

from PySide6.QtCore import QPointF, QRectF, Qt
from PySide6.QtGui import (
    QColor,
    QFont,
    QPainter,
    QPaintEvent,
    QTextCharFormat,
    QTextLayout,
    QTextOption,
)
from PySide6.QtWidgets import QWidget

from granola_like_ui.note.state import Caption, CaptionsState
from granola_like_ui.theme import Space, appearance, colors, font

_NAME_WIDTH = 64
_LINE = 22
_BETWEEN = 6
_TOP = 12


class CaptionsDrawer(QWidget):
    """Paints the last utterances, the newest at the bottom. Takes no focus and no clicks."""

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.state = CaptionsState()
        self.setAccessibleName(self.tr("Captions"))
        self.setFocusPolicy(Qt.FocusPolicy.NoFocus)
        self.setAttribute(Qt.WidgetAttribute.WA_TransparentForMouseEvents)
        appearance().changed.connect(self.update)

    def show_state(self, state: CaptionsState) -> None:
        """Show what was said up to now."""
        if state == self.state:
            return
        self.state = state
        newest = state.lines[-1] if state.lines else None
        if newest is not None:
            self.setAccessibleDescription(f"{self.name_of(newest)}: {newest.firm}")
        self.update()

    def name_of(self, caption: Caption) -> str:
        """Say who speaks."""
        if caption.channel == "me":
            return self.tr("You")
        return caption.speaker or self.tr("Them")

    def note(self) -> str:
        """Say how late the words are, or why there are none."""
        if self.state.trouble:
            return self.state.trouble
        if self.state.lag_s:
            return self.tr("%n s behind what is said", "", self.state.lag_s)
        if not self.state.lines:
            return self.tr("Listening: words appear here as they are said")
        return ""

    def paintEvent(self, _event: QPaintEvent) -> None:  # noqa: N802 - Qt's name
        """Paint from the bottom up, until there is no more room."""
        placed, top, note_top = self._placed()
        painter = QPainter(self)
        painter.fillRect(QRectF(0, top, self.width(), self.height() - top), QColor(colors().paper))
        painter.setPen(QColor(colors().hairline))
        painter.drawLine(QPointF(0, top), QPointF(self.width(), top))
        if note := self.note():
            painter.setFont(font("small"))
            painter.setPen(QColor(colors().amber if self.state.trouble else colors().faint))
            place = QRectF(0, note_top, self.width(), _LINE)
            metrics = painter.fontMetrics()
            shown = metrics.elidedText(note, Qt.TextElideMode.ElideRight, self.width())
            painter.drawText(place, Qt.AlignmentFlag.AlignVCenter, shown)
        for caption, layout, at in placed:
            self._paint(painter, caption, layout, at)
        painter.end()

    def _placed(self) -> tuple[list[tuple[Caption, QTextLayout, float]], float, float]:
        """Say where each utterance stands, where the paper begins, and where the note stands."""
        bottom = note_top = float(self.height() - Space.S)
        if self.note():
            bottom = note_top = bottom - _LINE
        placed: list[tuple[Caption, QTextLayout, float]] = []
        for caption in reversed(self.state.lines):
            layout, height = self._laid_out(caption)
            if bottom - height < _TOP and placed:
                break
            bottom -= height
            placed.append((caption, layout, bottom))
            bottom -= _BETWEEN
        return placed, max(0.0, bottom + _BETWEEN - _TOP), note_top

    def _laid_out(self, caption: Caption) -> tuple[QTextLayout, float]:
        firm, tentative = caption.firm, caption.tentative
        between = " " if firm and tentative else ""
        layout = QTextLayout(firm + between + tentative, _words_font())
        faint = QTextLayout.FormatRange()
        faint.start, faint.length = len(firm), len(between + tentative)
        faint.format = QTextCharFormat()
        faint.format.setForeground(QColor(colors().faint))
        layout.setFormats([faint])
        option = QTextOption()
        option.setWrapMode(QTextOption.WrapMode.WrapAtWordBoundaryOrAnywhere)
        layout.setTextOption(option)
        layout.beginLayout()
        height = 0.0
        while (line := layout.createLine()).isValid():
            line.setLineWidth(max(40, self.width() - _NAME_WIDTH - Space.M))
            line.setPosition(QPointF(0, height))
            height += _LINE
        layout.endLayout()
        return layout, max(height, _LINE)

    def _paint(self, painter: QPainter, caption: Caption, layout: QTextLayout, top: float) -> None:
        painter.setFont(font("small"))
        painter.setPen(QColor(colors().pencil))
        name = painter.fontMetrics().elidedText(
            self.name_of(caption), Qt.TextElideMode.ElideRight, _NAME_WIDTH
        )
        # The baselines of the name and of the first words are one.
        base = top + layout.lineAt(0).ascent() if layout.lineCount() else top + _LINE - 6
        painter.drawText(QPointF(0, base), name)
        painter.setPen(QColor(colors().ink))
        layout.draw(painter, QPointF(_NAME_WIDTH + Space.M, top))


def _words_font() -> QFont:
    made = font("body")
    made.setPixelSize(14)
    return made
