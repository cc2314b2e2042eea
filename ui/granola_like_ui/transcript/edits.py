"""What a person does to the words of a meeting: written, learned from, taken back."""

from collections.abc import Callable, Sequence
from typing import TYPE_CHECKING, Literal

from PySide6.QtCore import QObject, Signal

from granola_like.errors import GranolaError
from granola_like_ui.bridge import Reader
from granola_like_ui.messages import MessageBar
from granola_like_ui.transcript import work
from granola_like_ui.transcript.work import Learned, Made

if TYPE_CHECKING:
    from granola_like.app import App
    from granola_like.app.corrections import Place


class TranscriptEdits(QObject):
    """Does them through the reader; Ctrl+Z takes back the last, whatever it was."""

    done = Signal()
    learned = Signal(object)
    """A `Learned` with places in other meetings."""

    def __init__(self, reader: Reader, messages: MessageBar, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._reader, self._messages = reader, messages
        self._meeting = ""
        self._undo: list[Made] = []

    def take(self, meeting: str) -> None:
        """Edit this meeting from now on."""
        if meeting != self._meeting:
            self._meeting = meeting
            self._undo.clear()

    def reword(self, utterance: str, text: str) -> None:
        """Let an utterance say something else, and learn from it."""
        meeting = self._meeting

        def written(answer: tuple[Made, Learned]) -> None:
            made, learned = answer
            self._keep(made)
            self._tell_learned(learned)

        self._ask(lambda app: work.reword(app, meeting, utterance, text), written)

    def reword_lines(self, texts: dict[str, str]) -> None:
        """Let several utterances say something else."""
        meeting = self._meeting

        def written(made: Made) -> None:
            self._keep(made)
            said = self.tr("%n line(s) were changed.", "", len(made))
            self._messages.say(said, button=self.tr("Undo"), do=self.undo)

        self._ask(lambda app: work.reword_lines(app, meeting, texts), written)

    def put_back(self, utterance: str, word: int) -> None:
        """Let a corrected word say again what was heard."""
        meeting = self._meeting
        self._ask(lambda app: work.put_back(app, meeting, utterance, word), self._keep)

    def reassign(self, utterances: list[str], speaker: str | None) -> None:
        """Say who really said these utterances."""
        meeting = self._meeting
        self._ask(lambda app: work.reassign(app, meeting, utterances, speaker), self._keep)

    def rename(self, old: str | None, new: str, everywhere: bool) -> None:
        """Call a speaker by another name, here or in all meetings."""
        meeting = self._meeting

        def written(made: Made) -> None:
            self._keep(made)
            if len(made) > 1:
                said = self.tr("“{name}” is the name in %n meeting(s) now.", "", len(made))
                self._messages.say(said.format(name=new), button=self.tr("Undo"), do=self.undo)

        self._ask(
            lambda app: work.rename_speaker(app, meeting, old, new, everywhere=everywhere),
            written,
        )

    def correct(self, places: "Sequence[Place]") -> None:
        """Mend the same mistake in other meetings."""

        def written(made: Made) -> None:
            self._keep(made)
            said = self.tr("%n place(s) were corrected.", "", len(made))
            self._messages.say(said, button=self.tr("Undo"), do=self.undo)

        self._ask(lambda app: work.correct(app, places), written)

    def settle(self, edit: str, keep: str) -> None:
        """End a conflict with a newer transcript."""
        meeting = self._meeting
        side: Literal["mine", "theirs"] = "mine" if keep == "mine" else "theirs"
        self._ask(lambda app: work.settle(app, meeting, edit, side), lambda _: self.done.emit())

    def undo(self) -> None:
        """Take back what was done last."""
        if not self._undo:
            return
        made = self._undo.pop()
        self._ask(lambda app: work.undo(app, made), lambda _: self.done.emit())

    # -- inside --------------------------------------------------------------------------------

    def _keep(self, made: Made) -> None:
        if made:
            self._undo.append(made)
        self.done.emit()

    def _tell_learned(self, learned: Learned) -> None:
        if learned.is_taught:
            said = self.tr("From now on “{wrong}” is written “{right}”.").format(
                wrong=learned.wrong, right=learned.right
            )
            self._messages.say(
                said, button=self.tr("Not always"), do=lambda: self._forget(learned.wrong)
            )
        if learned.places:
            self.learned.emit(learned)

    def _forget(self, wrong: str) -> None:
        self._ask(lambda app: work.forget(app, wrong), lambda _: None)

    def _ask(self, act: "Callable[[App], object]", then: Callable[..., object]) -> None:
        self._reader.ask(act, then, failed=self._fail)

    def _fail(self, error: GranolaError) -> None:
        self._messages.trouble(error)
        self.done.emit()
