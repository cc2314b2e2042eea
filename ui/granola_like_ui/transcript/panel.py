"""The transcript at the side of the note, with all that can be done to it."""

from PySide6.QtCore import QPoint, Qt, Signal
from PySide6.QtWidgets import (
    QHBoxLayout,
    QLabel,
    QMenu,
    QStackedWidget,
    QToolButton,
    QVBoxLayout,
    QWidget,
)

from granola_like_ui.theme import Space, appearance, colors, icon, set_role
from granola_like_ui.transcript.clash_card import ClashCard
from granola_like_ui.transcript.find_bar import FindBar
from granola_like_ui.transcript.finding import Match, Wanted, changes, matches
from granola_like_ui.transcript.layout import SIDE
from granola_like_ui.transcript.line_editor import LineEditor
from granola_like_ui.transcript.player_bar import PlayerBar
from granola_like_ui.transcript.review import Review
from granola_like_ui.transcript.speaker_card import SpeakerCard
from granola_like_ui.transcript.state import Line, PlayState, TranscriptState
from granola_like_ui.transcript.view import TranscriptView


class TranscriptPanel(QWidget):
    """Shows a `TranscriptState` and a `PlayState`; tells what the person wants."""

    closed = Signal()
    place_chosen = Signal(int)
    play_asked = Signal()
    reworded = Signal(str, str)
    """An utterance's id, and what was really said."""
    reassigned = Signal(list, object)
    """Ids of utterances, and the name of who said them; None where nobody knows."""
    renamed = Signal(object, str, bool)
    put_back = Signal(str, int)
    """An utterance's id, and the number of a corrected word."""
    replaced = Signal(dict)
    """What some utterances shall say, by their ids."""

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._state = TranscriptState()
        self._found: tuple[Match, ...] = ()
        self._at = 0
        self.view = TranscriptView()
        self.player = PlayerBar()
        self.finder = FindBar()
        self.review = Review()
        self.clashes = ClashCard()
        self._title = QLabel(self.tr("Transcript"))
        set_role(self._title, "heading")
        self._seek = _tool(self.tr("Find and replace"))
        self._close = _tool(self.tr("Close the transcript"))
        self._nothing = QLabel(wordWrap=True)
        self._nothing.setContentsMargins(SIDE, Space.M, SIDE, 0)
        self._nothing.setAlignment(Qt.AlignmentFlag.AlignTop)
        set_role(self._nothing, "pencil")
        self._bodies = QStackedWidget()
        self._bodies.addWidget(self.view)
        self._bodies.addWidget(self._nothing)
        self.editor = LineEditor(self.view.viewport())
        self.speakers = SpeakerCard(self)
        self._lay_out()
        self._connect()
        self._paint_icons()
        self.show_state(self._state)

    def show_state(self, state: TranscriptState) -> None:
        """Show these rows, and the parts that hold for them."""
        self._state = state
        self.view.show_state(state)
        self.player.setVisible(state.has_sound)
        self._seek.setEnabled(bool(state.rows))
        self._nothing.setText(
            self.tr("Reading the transcript…")
            if state.is_loading
            else self.tr("There is no transcript yet. It is made when the call has ended.")
        )
        self._bodies.setCurrentWidget(self.view if state.rows else self._nothing)
        if self.finder.isVisible():
            self._look_for(self.finder.wanted)
        if self.editor.utterance and self.view.row_of(self.editor.utterance) is None:
            self.editor.end()

    def show_playing(self, state: PlayState) -> None:
        """Show what is played."""
        self.player.show_state(state, length_ms=self._state.length_ms)
        heard = state.position_ms if state.is_playing or state.position_ms else None
        self.view.show_playing(heard, follow=state.is_following and state.is_playing)

    def begin_finding(self) -> None:
        """Let the person type what to find."""
        self.finder.begin()

    def begin_replacing(self) -> None:
        """Let the person type what to find and what to put there."""
        self.finder.begin_replacing()

    def edit(self, utterance: str) -> None:
        """Let the words of an utterance be typed anew."""
        row = self.view.row_of(utterance)
        line = None if row is None else self.view.rows[row]
        if row is not None and isinstance(line, Line):
            self.view.reveal(row)
            self.editor.begin(utterance, line.text, self.view.text_rect(row))

    # -- speakers ------------------------------------------------------------------------------

    def ask_speaker(self, utterances: list[str], at: QPoint) -> None:
        """Offer everybody who speaks here, somebody else, and another name."""
        self.speaker_menu(utterances).popup(at)

    def speaker_menu(self, utterances: list[str]) -> QMenu:
        """Make the menu of who said these utterances."""
        menu = QMenu(self)
        menu.aboutToHide.connect(menu.deleteLater)
        first = self._line(utterances[0])
        for shown, speaker in self._speakers().items():
            entry = menu.addAction(shown.replace("&", "&&"))
            entry.setCheckable(True)
            entry.setChecked(first is not None and first.speaker == speaker)
            entry.triggered.connect(
                lambda _=False, who=speaker: self.reassigned.emit(utterances, who)
            )
        menu.addSeparator()
        menu.addAction(self.tr("Somebody else…"), lambda: self._begin_reassigning(utterances))
        if first is not None:
            text = self.tr("Rename “{name}”…").format(name=first.name)
            menu.addAction(text.replace("&", "&&"), lambda: self._begin_renaming(first))
        return menu

    def _begin_renaming(self, line: Line) -> None:
        self.speakers.begin_renaming(line.speaker, line.name)
        self._place_card(line.utterance)

    def _begin_reassigning(self, utterances: list[str]) -> None:
        self.speakers.begin_reassigning(utterances)
        self._place_card(utterances[0])

    def _place_card(self, utterance: str) -> None:
        row = self.view.row_of(utterance)
        if row is None:
            return
        below = self.view.viewport().mapTo(self, self.view.text_rect(row).bottomLeft())
        width = self.width() - 2 * SIDE
        self.speakers.setFixedWidth(width)
        self.speakers.adjustSize()
        top = min(below.y() + Space.S, self.height() - self.speakers.height() - Space.M)
        self.speakers.move(SIDE, max(Space.M, top))

    def _speakers(self) -> dict[str, str | None]:
        named = [row for row in self._state.rows if isinstance(row, Line)]
        return {row.name: row.speaker for row in named}

    def _line(self, utterance: str) -> Line | None:
        row = self.view.row_of(utterance)
        line = None if row is None else self.view.rows[row]
        return line if isinstance(line, Line) else None

    # -- what can be done to a line ------------------------------------------------------------

    def ask_menu(self, utterances: list[str], word: int, at: QPoint) -> None:
        """Offer what can be done with some words."""
        menu = self.speaker_menu(utterances)
        first, line = menu.actions()[0], self._line(utterances[0])
        if line is not None:
            spoken = self.view.word(utterances[0], max(word, 0))
            start = spoken.start_ms if spoken else line.start_ms
            acts = []
            if self._state.has_sound:
                acts.append((self.tr("Play from here"), lambda: self.place_chosen.emit(start)))
            acts.append((self.tr("Edit"), lambda: self.edit(utterances[0])))
            acts.append((self.tr("Copy"), self.view.copy_chosen))
            if word >= 0 and spoken is not None and spoken.heard:
                text = self.tr("Put back what was heard: “{heard}”").format(heard=spoken.heard)
                acts.append((text, lambda: self.put_back.emit(utterances[0], word)))
            for text, do in acts:
                entry = menu.addAction(text)
                entry.triggered.connect(do)
                menu.insertAction(first, entry)
            menu.insertSeparator(first)
        menu.popup(at)

    # -- finding -------------------------------------------------------------------------------

    def _look_for(self, wanted: Wanted) -> None:
        here = self._found[self._at] if self._found else None
        self._found = matches(self._state.rows, wanted)
        rows = [match.row for match in self._found]
        since = here.row if here else 0
        self._at = next((n for n, row in enumerate(rows) if row >= since), 0)
        self._show_found()

    def _step(self, by: int) -> None:
        if self._found:
            self._at = (self._at + by) % len(self._found)
            self._show_found()

    def _show_found(self) -> None:
        now = self._found[self._at] if self._found else None
        self.finder.show_count(self._at + 1, len(self._found))
        self.view.show_found(self._found, now)

    def _preview(self, wanted: Wanted, put: str) -> None:
        self.finder.show_changes(changes(self._state.rows, wanted, put))

    def _replace(self, wanted: Wanted, put: str, taken: list[int]) -> None:
        made = changes(self._state.rows, wanted, put)
        self.replaced.emit({made[n].utterance: made[n].after for n in taken if n < len(made)})
        self.finder.show_changes(())

    def _leave_finding(self) -> None:
        self.finder.hide()
        self._found = ()
        self.view.show_found((), None)
        self.view.setFocus()

    # -- joining -------------------------------------------------------------------------------

    def _lay_out(self) -> None:
        top = QHBoxLayout()
        top.setContentsMargins(SIDE, Space.L, Space.M, 0)
        top.addWidget(self._title, 1)
        top.addWidget(self._seek)
        top.addWidget(self._close)
        layout = QVBoxLayout(self)
        layout.setContentsMargins(0, 0, 0, Space.M)
        layout.setSpacing(Space.M)
        layout.addLayout(top)
        for part in (self.finder, self.review, self.clashes):
            layout.addLayout(_inset(part))
            part.hide()
        layout.addWidget(self._bodies, 1)
        layout.addLayout(_inset(self.player))

    def _connect(self) -> None:
        view, find = self.view, self.finder
        self._close.clicked.connect(self.closed)
        self._seek.clicked.connect(self.begin_finding)
        view.place_chosen.connect(self.place_chosen)
        view.edit_asked.connect(self.edit)
        view.speaker_asked.connect(self.ask_speaker)
        view.menu_asked.connect(self.ask_menu)
        view.keys.left.connect(self.closed)
        view.keys.play_asked.connect(self.play_asked)
        view.verticalScrollBar().valueChanged.connect(self._move_editor)
        view.rows_moved.connect(self._move_editor)
        self.player.play_asked.connect(self.play_asked)
        self.editor.saved.connect(self.reworded)
        self.editor.left.connect(view.setFocus)
        self.speakers.renamed.connect(self.renamed)
        self.speakers.reassigned.connect(self.reassigned)
        self.speakers.left.connect(view.setFocus)
        find.wanted_changed.connect(self._look_for)
        find.stepped.connect(self._step)
        find.preview_asked.connect(self._preview)
        find.replace_asked.connect(self._replace)
        find.left.connect(self._leave_finding)
        appearance().changed.connect(self._paint_icons)

    def _move_editor(self) -> None:
        row = self.view.row_of(self.editor.utterance)
        if row is not None:
            self.editor.place(self.view.text_rect(row))

    def _paint_icons(self) -> None:
        self._seek.setIcon(icon("search", colors().pencil))
        self._close.setIcon(icon("close", colors().pencil))


def _tool(name: str) -> QToolButton:
    button = QToolButton()
    set_role(button, "quiet")
    button.setAccessibleName(name)
    button.setToolTip(name)
    return button


def _inset(widget: QWidget) -> QHBoxLayout:
    row = QHBoxLayout()
    row.setContentsMargins(SIDE, 0, SIDE, 0)
    row.addWidget(widget)
    return row
