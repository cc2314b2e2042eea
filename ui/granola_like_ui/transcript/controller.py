"""Joins the transcript with the library, the player and what the person corrects."""

from collections.abc import Callable, Sequence
from dataclasses import replace
from typing import TYPE_CHECKING

from PySide6.QtCore import QObject, Signal

from granola_like.domain.changes import Changes
from granola_like.domain.enhanced import Evidence
from granola_like.errors import GranolaError
from granola_like_ui.bridge import Asked, Reader
from granola_like_ui.commands import Command
from granola_like_ui.frame import Frame
from granola_like_ui.home.watch import Watch
from granola_like_ui.transcript.edits import TranscriptEdits
from granola_like_ui.transcript.panel import TranscriptPanel
from granola_like_ui.transcript.playback import Playback
from granola_like_ui.transcript.source import lit_by, row_at, span_of
from granola_like_ui.transcript.state import PlayState, TranscriptState
from granola_like_ui.transcript.work import Learned, Read, change_of, open_player, read

if TYPE_CHECKING:
    from granola_like.app import App
    from granola_like.app.corrections import Place
    from granola_like.app.player import Player


class TranscriptController(QObject):
    """Owns the panel at the side. Says when it opens and closes, and what is heard."""

    shown = Signal(bool)
    played = Signal(object)
    """A `PlayState`: the note may show which seconds are heard."""

    def __init__(
        self,
        frame: Frame,
        reader: Reader,
        watch: Watch,
        *,
        open_: "Callable[[App, str], Player]" = open_player,
    ) -> None:
        super().__init__(frame)
        self._frame, self._reader = frame, reader
        self.panel = TranscriptPanel()
        frame.set_panel(self.panel)
        self.playback = Playback(reader, open_=open_, parent=self)
        self.edits = TranscriptEdits(reader, frame.messages, self)
        self._meeting = ""
        self._state = TranscriptState()
        self._asked: Asked[Read] | None = None
        self._places: tuple[Place, ...] = ()
        self._then: Callable[[], object] | None = None
        self._connect(watch)

    # -- what the shell says -------------------------------------------------------------------

    @property
    def meeting(self) -> str:
        """Whose transcript is shown."""
        return self._meeting

    @property
    def is_shown(self) -> bool:
        """Whether the panel is open."""
        return not self.panel.isHidden()

    def take(self, meeting: str) -> None:
        """Be about this meeting from now on; it is read when the panel opens."""
        if meeting == self._meeting:
            return
        self._meeting, self._then = meeting, None
        self.playback.take(meeting)
        self.edits.take(meeting)
        self.panel.review.hide()
        self.panel.clashes.show_clashes(())
        self._state = TranscriptState(is_loading=bool(meeting))
        self.panel.show_state(self._state)
        if self.is_shown:
            self._read()

    def open(self, *, then: Callable[[], object] | None = None) -> None:
        """Open the panel; `then` is done when the words are there."""
        self._then = then
        if not self.is_shown:
            self._frame.show_panel(shown=True)
            self._add_commands()
            self.shown.emit(True)
            self._read()
        elif self._state.rows and then is not None:
            self._then = None
            then()
        self.panel.view.setFocus()

    def close(self) -> None:
        """Close the panel, and fall silent."""
        self.playback.pause()
        if self.is_shown:
            self._frame.show_panel(shown=False)
            self._frame.commands.remove(*_COMMANDS)
            self.shown.emit(False)

    def turn(self) -> None:
        """Open the panel, or close it."""
        self.close() if self.is_shown else self.open()

    def show_source(self, evidence: Sequence[Evidence], *, play: bool = True) -> None:
        """Light up what a line of the note rests on, and play those seconds."""

        def show() -> None:
            lit = lit_by(evidence)
            self._state = replace(self._state, lit=lit)
            self.panel.show_state(self._state)
            self.panel.view.light(lit)
            span = span_of(self._state.rows, lit)
            if play and span is not None and self._state.has_sound:
                self.playback.play(*span)

        self.open(then=show)

    def show_place(self, utterance: str | None, start_ms: int | None) -> None:
        """Show an utterance, or what is said at a time; nothing is played."""

        def show() -> None:
            row = self.panel.view.row_of(utterance or "")
            if row is None and start_ms is not None:
                row = row_at(self._state.rows, start_ms)
            if row is not None:
                self.panel.view.choose(row)

        self.open(then=show)

    def stop(self) -> None:
        """Fall silent for good: the window is closed."""
        self.playback.close()

    # -- reading -------------------------------------------------------------------------------

    def _read(self) -> None:
        if not self._meeting:
            return
        meeting = self._meeting
        if self._asked is not None:
            self._asked.forget()
        self._asked = self._reader.ask(
            lambda app: read(app, meeting), self._show, failed=self._fail
        )

    def _show(self, answer: Read) -> None:
        self._state = replace(
            self._state,
            rows=answer.rows,
            length_ms=answer.length_ms,
            has_sound=answer.has_sound,
            is_loading=False,
        )
        self.panel.show_state(self._state)
        self.panel.show_playing(self.playback.state)
        self.panel.clashes.show_clashes(answer.clashes)
        then, self._then = self._then, None
        if then is not None:
            then()

    def _read_changes(self, changes: tuple[Changes, ...]) -> None:
        mine = (one for one in changes if one.meeting == self._meeting)
        if self.is_shown and any({"transcript", "recording"} & one.touched for one in mine):
            self._read()

    def _fail(self, error: GranolaError) -> None:
        self._state = replace(self._state, is_loading=False)
        self.panel.show_state(self._state)
        self._frame.messages.trouble(error)

    # -- correcting ----------------------------------------------------------------------------

    def _offer(self, learned: Learned) -> None:
        self._places = learned.places
        meetings = len({place.meeting for place in learned.places})
        self.panel.review.offer([change_of(place) for place in learned.places], meetings=meetings)

    def _correct(self, taken: list[int]) -> None:
        self.edits.correct([self._places[number] for number in taken])

    # -- joining -------------------------------------------------------------------------------

    def _connect(self, watch: Watch) -> None:
        panel, playback, edits = self.panel, self.playback, self.edits
        watch.changed.connect(self._read_changes)
        panel.closed.connect(self.close)
        panel.place_chosen.connect(playback.play)
        panel.play_asked.connect(playback.turn)
        panel.player.sought.connect(playback.seek)
        panel.player.jumped.connect(playback.jump)
        panel.player.speed_chosen.connect(playback.choose_speed)
        panel.player.follow_asked.connect(lambda: playback.follow(follow=True))
        panel.view.keys.jumped.connect(playback.jump)
        panel.view.keys.faster.connect(playback.faster)
        panel.view.keys.undo_asked.connect(edits.undo)
        panel.view.scrolled_away.connect(lambda: playback.follow(follow=False))
        panel.reworded.connect(edits.reword)
        panel.reassigned.connect(edits.reassign)
        panel.renamed.connect(edits.rename)
        panel.put_back.connect(edits.put_back)
        panel.replaced.connect(edits.reword_lines)
        panel.review.accepted.connect(self._correct)
        panel.clashes.settled.connect(edits.settle)
        panel.clashes.place_asked.connect(playback.play)
        playback.changed.connect(self._show_playing)
        playback.failed.connect(self._frame.messages.trouble)
        edits.done.connect(self._read)
        edits.done.connect(watch.look)
        edits.learned.connect(self._offer)

    def _show_playing(self, state: PlayState) -> None:
        self.panel.show_playing(state)
        self.played.emit(state)

    def _add_commands(self) -> None:
        panel = self.panel
        self._frame.commands.add(
            Command(
                id="transcript.find",
                text=self.tr("Find in the transcript"),
                run=panel.begin_finding,
                key="Ctrl+F",
            ),
            Command(
                id="transcript.replace",
                text=self.tr("Find and replace in the transcript"),
                run=panel.begin_replacing,
                key="Ctrl+H",
            ),
            Command(
                id="transcript.play",
                text=self.tr("Play or pause the sound"),
                run=self.playback.turn,
                key="Ctrl+Space",
            ),
            Command(
                id="transcript.slower",
                text=self.tr("Play slower"),
                run=lambda: self.playback.faster(-1),
                key="Ctrl+Shift+,",
            ),
            Command(
                id="transcript.faster",
                text=self.tr("Play faster"),
                run=lambda: self.playback.faster(1),
                key="Ctrl+Shift+.",
            ),
            Command(
                id="transcript.undo",
                text=self.tr("Undo the last correction of the transcript"),
                run=self.edits.undo,
            ),
        )


_COMMANDS = (
    "transcript.find",
    "transcript.replace",
    "transcript.play",
    "transcript.slower",
    "transcript.faster",
    "transcript.undo",
)
