"""Thousands of rows as one page: laid out when seen, and kept in place while heights change."""

from collections.abc import Sequence

from PySide6.QtCore import QEvent, QRect, QRectF, Qt, QTimer, Signal
from PySide6.QtGui import QPainter, QPaintEvent, QResizeEvent
from PySide6.QtWidgets import QAbstractScrollArea, QWidget

from granola_like_ui.theme import Space, appearance
from granola_like_ui.transcript.layout import RowLayout
from granola_like_ui.transcript.painting import Marks, RowPainter
from granola_like_ui.transcript.playing import Timeline
from granola_like_ui.transcript.state import Line, Row, TranscriptState

_AT_ONCE = 24
"""Rows laid out in one idle moment: a few milliseconds."""


class RowsView(QAbstractScrollArea):
    """Shows the rows of a `TranscriptState` and what is marked in them."""

    rows_moved = Signal()
    """The rows stand elsewhere now: whatever stands over one of them moves along."""

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._state = TranscriptState()
        self._layout = RowLayout((), 0)
        self._timeline = Timeline(())
        self._places: dict[str, int] = {}
        self.marks = Marks()
        self.setFrameShape(self.Shape.NoFrame)
        self.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self.setVerticalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOn)
        self.viewport().setAutoFillBackground(False)
        # It always takes its room, so that no row is laid out twice, and is seen when it can move.
        self.verticalScrollBar().setStyleSheet(
            "QScrollBar::handle:disabled { background: transparent; }"
        )
        self._idle = QTimer(self, interval=0)
        self._idle.timeout.connect(self._settle_some)
        appearance().changed.connect(self._recolor)

    @property
    def rows(self) -> Sequence[Row]:
        """The rows that are shown."""
        return self._state.rows

    def show_state(self, state: TranscriptState) -> None:
        """Show these rows; the row that was on top stays there where it is still said."""
        same = state.rows == self._state.rows
        if not same:
            top = self._row_on_top()
            self._state = state
            self._timeline = Timeline(state.rows)
            self._places = {
                row.utterance: n for n, row in enumerate(state.rows) if isinstance(row, Line)
            }
            self._lay_out()
            if top is not None and top[0] in self._places:
                self._scroll_to(self._layout.top(self._places[top[0]]) - top[1])
            self._forget_places(len(state.rows))
        self._state = state
        self.marks.lit = state.lit
        self.viewport().update()

    def row_of(self, utterance: str) -> int | None:
        """Say in which row an utterance stands."""
        return self._places.get(utterance)

    def reveal(self, row: int) -> None:
        """Bring a row into sight; one far away comes to the upper third."""
        if not 0 <= row < len(self._state.rows):
            return
        self._layout.settle(row)
        top, height = self._layout.top(row), self._layout.row_height(row)
        room, now = self.viewport().height(), self.verticalScrollBar().value()
        if now <= top and top + height <= now + room:
            return
        self._fit_bar()
        self._scroll_to(top - room / 3)

    def text_rect(self, row: int) -> QRect:
        """Say where a row's words stand in the viewport."""
        self._layout.settle(row)
        box = self._layout.text_box(row)
        return box.translated(0, -self.verticalScrollBar().value()).toAlignedRect()

    def paintEvent(self, event: QPaintEvent) -> None:  # noqa: N802 - Qt's name
        """Paint the rows that are seen."""
        if not self._state.rows:
            return
        self._settle_seen()
        top = self.verticalScrollBar().value()
        self.marks.has_focus = self.hasFocus()
        painter = QPainter(self.viewport())
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        painter.translate(0, -top)
        rows = RowPainter(painter, self._layout, self.marks)
        seen = event.rect()
        number = self._layout.row_at(top + seen.top())
        while number < len(self._state.rows) and self._layout.top(number) < top + seen.bottom() + 1:
            rows.paint(number, self._state.rows[number])
            number += 1

    def resizeEvent(self, event: QResizeEvent) -> None:  # noqa: N802 - Qt's name
        """Lay the rows out anew; the row on top stays there."""
        super().resizeEvent(event)
        if self.viewport().width() == self._layout.width:
            self._fit_bar()
            return
        top = self._row_on_top()
        self._lay_out()
        if top is not None:
            self._scroll_to(self._layout.top(self._places[top[0]]) - top[1])

    def changeEvent(self, event: QEvent) -> None:  # noqa: N802 - Qt's name
        """Lay out anew when the letters change."""
        if event.type() == QEvent.Type.FontChange:
            self._lay_out()
        super().changeEvent(event)

    # -- inside --------------------------------------------------------------------------------

    def _forget_places(self, rows: int) -> None:
        """Other rows are there now: what is heard and found is somewhere else, or nowhere."""
        self.marks.heard, self.marks.found, self.marks.found_now = None, {}, None
        self.marks.pointed = -1
        if max(self.marks.current, self.marks.chosen.stop - 1) >= rows:
            self.marks.current, self.marks.chosen = -1, range(0)

    def _lay_out(self) -> None:
        self._layout = RowLayout(self._state.rows, self.viewport().width())
        self._fit_bar()
        self._idle.start()

    def _fit_bar(self) -> None:
        bar = self.verticalScrollBar()
        room = self.viewport().height()
        bar.setPageStep(room)
        bar.setSingleStep(Space.XXL)
        bar.setRange(0, max(0, self._layout.height + Space.XL - room) if self._state.rows else 0)
        bar.setEnabled(bar.maximum() > 0)
        self.rows_moved.emit()

    def _settle_seen(self) -> None:
        """Lay out what is seen; what is seen stays where it is when rows above turn out higher."""
        bar, room, grown = self.verticalScrollBar(), self.viewport().height(), 0.0
        number = self._layout.row_at(bar.value())
        while number < len(self._state.rows):
            top = self._layout.top(number)
            if top > bar.value() + room:
                break
            by = self._layout.settle(number)
            grown += abs(by)
            if by and top < bar.value():
                self._fit_bar()
                self._move_bar(bar.value() + round(by))
            number += 1
        if grown:
            self._fit_bar()

    def _settle_some(self) -> None:
        if not self._state.rows:
            self._idle.stop()
            return
        top = self._row_on_top()
        if not self._layout.settle_some(_AT_ONCE):
            self._idle.stop()
        self._fit_bar()
        if top is not None:
            self._move_bar(round(self._layout.top(self._places[top[0]]) - top[1]))

    def _row_on_top(self) -> tuple[str, float] | None:
        """Say which utterance is on top, and how far its beginning is below the edge."""
        if not self._state.rows:
            return None
        value = self.verticalScrollBar().value()
        number = self._layout.row_at(value)
        for at in range(number, min(number + 3, len(self._state.rows))):
            row = self._state.rows[at]
            if isinstance(row, Line):
                return row.utterance, self._layout.top(at) - value
        return None

    def _scroll_to(self, y: float) -> None:
        self.verticalScrollBar().setValue(round(y))

    def _move_bar(self, value: int) -> None:
        """Move the bar with what is seen, which stays."""
        bar = self.verticalScrollBar()
        if value != bar.value():
            bar.blockSignals(True)
            bar.setValue(value)
            bar.blockSignals(False)

    def _update_row(self, row: int) -> None:
        if 0 <= row < len(self._state.rows):
            top = self._layout.top(row) - self.verticalScrollBar().value()
            box = QRectF(0, top, self.viewport().width(), self._layout.row_height(row))
            self.viewport().update(box.toAlignedRect())

    def _recolor(self) -> None:
        self._layout.repaint()
        self.viewport().update()
