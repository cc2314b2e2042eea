"""Three hours of speech as one page: painted, clicked, walked through by keys."""

from collections.abc import Mapping, Sequence

from PySide6.QtCore import QEvent, QPoint, QPointF, QRect, QRectF, Qt, QTimer, Signal
from PySide6.QtGui import (
    QAccessible,
    QAccessibleEvent,
    QContextMenuEvent,
    QGuiApplication,
    QKeyEvent,
    QKeySequence,
    QMouseEvent,
    QPainter,
    QPaintEvent,
    QResizeEvent,
    QWheelEvent,
)
from PySide6.QtWidgets import QAbstractScrollArea, QWidget

from granola_like_ui.home.telling import clock
from granola_like_ui.theme import Space, appearance
from granola_like_ui.transcript.finding import Match
from granola_like_ui.transcript.keys import Keys
from granola_like_ui.transcript.layout import MARGIN, SIDE, RowLayout
from granola_like_ui.transcript.painting import Marks, RowPainter, told
from granola_like_ui.transcript.playing import Timeline
from granola_like_ui.transcript.state import Line, Row, SpokenWord, TranscriptState

_AT_ONCE = 24
"""Rows laid out in one idle moment: a few milliseconds."""


class TranscriptView(QAbstractScrollArea):
    """Shows a `TranscriptState`; says what was clicked, and moves the current row by keys."""

    place_chosen = Signal(int)
    """Play from here, in ms."""
    edit_asked = Signal(str)
    """Let the words of an utterance be typed anew."""
    speaker_asked = Signal(list, QPoint)
    """Who said these utterances? Ask at this point of the screen."""
    menu_asked = Signal(list, int, QPoint)
    """Utterances, the number of the word that was clicked or -1, and where."""
    rows_moved = Signal()
    """The rows stand elsewhere now: whatever stands over one of them moves along."""
    scrolled_away = Signal()
    """The person looks at another place than the one that is heard."""

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._state = TranscriptState()
        self._layout = RowLayout((), 0)
        self._timeline = Timeline(())
        self._places: dict[str, int] = {}
        self.marks = Marks()
        self._anchor = -1
        self.setFrameShape(self.Shape.NoFrame)
        self.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self.setVerticalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOn)
        self.setFocusPolicy(Qt.FocusPolicy.StrongFocus)
        self.viewport().setMouseTracking(True)
        self.viewport().setAutoFillBackground(False)
        self.setAccessibleName(self.tr("Transcript"))
        self.keys = Keys(self)
        # It always takes its room, so that no row is laid out twice, and is seen when it can move.
        self.verticalScrollBar().setStyleSheet(
            "QScrollBar::handle:disabled { background: transparent; }"
        )
        self._idle = QTimer(self, interval=0)
        self._idle.timeout.connect(self._settle_some)
        self.verticalScrollBar().sliderMoved.connect(self.scrolled_away)
        appearance().changed.connect(self._recolor)

    # -- what is shown -------------------------------------------------------------------------

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

    def chosen(self) -> list[str]:
        """Give the utterances that are chosen, the current one at least."""
        rows = [self._state.rows[n] for n in self.marks.chosen if n < len(self._state.rows)]
        return [row.utterance for row in rows if isinstance(row, Line)]

    def show_playing(self, ms: int | None, *, follow: bool) -> None:
        """Underline the word that is heard; go along with it."""
        heard = None if ms is None else self._timeline.at(ms)
        if heard == self.marks.heard:
            return
        before, self.marks.heard = self.marks.heard, heard
        for one in (before, heard):
            if one is not None:
                self._update_row(one.row)
        if heard is not None and follow and (before is None or before.row != heard.row):
            self.reveal(heard.row)

    def show_found(self, found: Sequence[Match], now: Match | None) -> None:
        """Mark what was found."""
        by_row: dict[int, list[Match]] = {}
        for match in found:
            by_row.setdefault(match.row, []).append(match)
        self.marks.found, self.marks.found_now = by_row, now
        if now is not None:
            self.reveal(now.row)
        self.viewport().update()

    def choose(self, row: int, *, extend: bool = False) -> None:
        """Make a row the current one, and show it."""
        if not 0 <= row < len(self._state.rows):
            return
        self._anchor = self._anchor if extend and self._anchor >= 0 else row
        self.marks.current = row
        self.marks.chosen = range(min(self._anchor, row), max(self._anchor, row) + 1)
        self.reveal(row)
        self.viewport().update()
        self._speak(self._state.rows[row])

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

    def copy_chosen(self) -> None:
        """Put what is chosen on the clipboard, with who said it."""
        rows = [self._state.rows[n] for n in self.marks.chosen]
        words = [f"{r.name}: {r.text}" if isinstance(r, Line) else told(r) for r in rows]
        if words:
            QGuiApplication.clipboard().setText("\n".join(words))

    # -- where the person clicks ---------------------------------------------------------------

    def word_under(self, at: QPointF) -> tuple[int, int | None]:
        """Say which row and which of its words are at a point of the viewport; -1 for none."""
        if not self._state.rows:
            return -1, None
        point = QPointF(at.x(), at.y() + self.verticalScrollBar().value())
        if point.y() >= self._layout.height:
            return -1, None
        row = self._layout.row_at(point.y())
        line = self._state.rows[row]
        if not isinstance(line, Line):
            return row, None
        letter = self._layout.letter_at(row, point)
        if letter is None:
            return row, None
        return row, next((n for n, w in enumerate(line.words) if w.start <= letter < w.end), None)

    def mousePressEvent(self, event: QMouseEvent) -> None:  # noqa: N802 - Qt's name
        """Choose the row; with Shift, all up to it."""
        row, _ = self.word_under(event.position())
        if row >= 0 and event.button() == Qt.MouseButton.LeftButton:
            extend = bool(event.modifiers() & Qt.KeyboardModifier.ShiftModifier)
            self.choose(row, extend=extend)

    def mouseReleaseEvent(self, event: QMouseEvent) -> None:  # noqa: N802 - Qt's name
        """Play from the word that was clicked; ask who it was when the name was."""
        if event.button() != Qt.MouseButton.LeftButton or event.modifiers():
            return
        number, word = self.word_under(event.position())
        row = self._state.rows[number] if number >= 0 else None
        if not isinstance(row, Line):
            return
        if word is not None:
            if self._state.has_sound:
                self.place_chosen.emit(row.words[word].start_ms)
        elif SIDE <= event.position().x() <= SIDE + MARGIN:
            self.speaker_asked.emit([row.utterance], event.globalPosition().toPoint())

    def mouseDoubleClickEvent(self, event: QMouseEvent) -> None:  # noqa: N802 - Qt's name
        """Let the words be typed anew."""
        number, word = self.word_under(event.position())
        row = self._state.rows[number] if number >= 0 else None
        if isinstance(row, Line) and word is not None:
            self.edit_asked.emit(row.utterance)

    def mouseMoveEvent(self, event: QMouseEvent) -> None:  # noqa: N802 - Qt's name
        """Show what a click would do."""
        number, word = self.word_under(event.position())
        in_margin = SIDE <= event.position().x() <= SIDE + MARGIN
        row = self._state.rows[number] if number >= 0 else None
        pointed = number if in_margin and isinstance(row, Line) else -1
        if pointed != self.marks.pointed:
            for one in (self.marks.pointed, pointed):
                self._update_row(one)
            self.marks.pointed = pointed
        can_play = word is not None and self._state.has_sound
        hand = can_play or pointed >= 0
        shape = Qt.CursorShape.PointingHandCursor if hand else Qt.CursorShape.ArrowCursor
        self.viewport().setCursor(shape)

    def contextMenuEvent(self, event: QContextMenuEvent) -> None:  # noqa: N802 - Qt's name
        """Offer what can be done with the words here."""
        number, word = self.word_under(QPointF(event.pos()))
        if number < 0:
            return
        if number not in self.marks.chosen:
            self.choose(number)
        if chosen := self.chosen():
            self.menu_asked.emit(chosen, -1 if word is None else word, event.globalPos())

    def wheelEvent(self, event: QWheelEvent) -> None:  # noqa: N802 - Qt's name
        """Scroll, and stop following."""
        super().wheelEvent(event)
        self.scrolled_away.emit()

    def keyPressEvent(self, event: QKeyEvent) -> None:  # noqa: N802 - Qt's name
        """Walk through the rows, play, edit, ask who it was."""
        if event.matches(QKeySequence.StandardKey.Copy):
            self.copy_chosen()
        elif not self.keys.press(event):
            super().keyPressEvent(event)

    # -- painting ------------------------------------------------------------------------------

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

    def word(self, utterance: str, number: int) -> SpokenWord | None:
        """Give a word of an utterance."""
        row = self._places.get(utterance)
        line = None if row is None else self._state.rows[row]
        if not isinstance(line, Line) or not 0 <= number < len(line.words):
            return None
        return line.words[number]

    def _speak(self, row: Row) -> None:
        """Tell a screen reader what the current row says."""
        said = (
            f"{row.name}, {clock(row.start_ms)}: {row.text}" if isinstance(row, Line) else told(row)
        )
        self.setAccessibleDescription(said)
        QAccessible.updateAccessibility(
            QAccessibleEvent(self, QAccessible.Event.DescriptionChanged)
        )

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

    def light(self, lit: Mapping[str, tuple[tuple[int, int] | None, ...]]) -> None:
        """Light what a line of the note rests on, and show the first of it."""
        self.marks.lit = lit
        rows = sorted(row for name in lit if (row := self._places.get(name)) is not None)
        if rows:
            self.choose(rows[0])
        self.viewport().update()
