"""The transcript as a person uses it: clicked, walked through by keys, heard along."""

from collections.abc import Mapping, Sequence

from PySide6.QtCore import QPoint, QPointF, Qt, Signal
from PySide6.QtGui import (
    QAccessible,
    QAccessibleEvent,
    QContextMenuEvent,
    QGuiApplication,
    QKeyEvent,
    QKeySequence,
    QMouseEvent,
    QWheelEvent,
)
from PySide6.QtWidgets import QWidget

from granola_like.domain.times import clock
from granola_like_ui.transcript.finding import Match
from granola_like_ui.transcript.keys import Keys
from granola_like_ui.transcript.layout import MARGIN, SIDE
from granola_like_ui.transcript.painting import told
from granola_like_ui.transcript.rows_view import RowsView
from granola_like_ui.transcript.state import Line, Row, SpokenWord, WordRange


class TranscriptView(RowsView):
    """Says what was clicked, and moves the current row by keys."""

    place_chosen = Signal(int)
    """Play from here, in ms."""
    edit_asked = Signal(str)
    """Let the words of an utterance be typed anew."""
    speaker_asked = Signal(list, QPoint)
    """Who said these utterances? Ask at this point of the screen."""
    menu_asked = Signal(list, int, QPoint)
    """Utterances, the number of the word that was clicked or -1, and where."""
    scrolled_away = Signal()
    """The person looks at another place than the one that is heard."""

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._anchor = -1
        self.setFocusPolicy(Qt.FocusPolicy.StrongFocus)
        self.viewport().setMouseTracking(True)
        self.setAccessibleName(self.tr("Transcript"))
        self.keys = Keys(self)
        self.verticalScrollBar().sliderMoved.connect(self.scrolled_away)

    def chosen(self) -> list[str]:
        """Give the utterances that are chosen, the current one at least."""
        rows = [self._state.rows[n] for n in self.marks.chosen if n < len(self._state.rows)]
        return [row.utterance for row in rows if isinstance(row, Line)]

    def word(self, utterance: str, number: int) -> SpokenWord | None:
        """Give a word of an utterance."""
        row = self._places.get(utterance)
        line = None if row is None else self._state.rows[row]
        if not isinstance(line, Line) or not 0 <= number < len(line.words):
            return None
        return line.words[number]

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

    def light(self, lit: Mapping[str, tuple[WordRange, ...]]) -> None:
        """Light what a line of the note rests on, and show the first of it."""
        self.marks.lit = lit
        rows = sorted(row for name in lit if (row := self._places.get(name)) is not None)
        if rows:
            self.choose(rows[0])
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

    def copy_chosen(self) -> None:
        """Put what is chosen on the clipboard, with who said it."""
        rows = [self._state.rows[n] for n in self.marks.chosen]
        words = [f"{r.name}: {r.text}" if isinstance(r, Line) else told(r) for r in rows]
        if words:
            QGuiApplication.clipboard().setText("\n".join(words))

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

    def _speak(self, row: Row) -> None:
        """Tell a screen reader what the current row says."""
        said = (
            f"{row.name}, {clock(row.start_ms)}: {row.text}" if isinstance(row, Line) else told(row)
        )
        self.setAccessibleDescription(said)
        QAccessible.updateAccessibility(
            QAccessibleEvent(self, QAccessible.Event.DescriptionChanged)
        )
