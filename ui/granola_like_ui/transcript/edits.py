"""What a person does to the words of a meeting: written, learned from, taken back."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass

from PySide6.QtCore import QObject, Signal

from granola_like.app import App, corrections, wording
from granola_like.app.corrections import Place
from granola_like.domain.transcript_edits import TranscriptEdit
from granola_like.errors import GranolaError
from granola_like_ui.bridge import Reader
from granola_like_ui.messages import MessageBar

Made = tuple[tuple[str, TranscriptEdit], ...]
"""Meetings, each with an edit that was made in it."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Learned:
    """What one correction teaches."""

    wrong: str = ""
    right: str = ""
    is_taught: bool = False
    """Whether later transcripts get it."""
    places: tuple[Place, ...] = ()
    """Where the same mistake stands in other meetings."""


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

        def work(app: App) -> tuple[Made, Learned]:
            edit = wording.reword(app, meeting, utterance, text)
            if edit is None:
                return (), Learned()
            return ((meeting, edit),), learn(app, meeting, edit)

        def written(answer: tuple[Made, Learned]) -> None:
            made, learned = answer
            self._keep(made)
            self._tell_learned(learned)

        self._ask(work, written)

    def reword_lines(self, texts: dict[str, str]) -> None:
        """Let several utterances say something else."""
        meeting = self._meeting

        def work(app: App) -> Made:
            made = wording.reword_lines(app, meeting, texts)
            return tuple((meeting, edit) for edit in made)

        def written(made: Made) -> None:
            self._keep(made)
            said = self.tr("%n line(s) were changed.", "", len(made))
            self._messages.say(said, button=self.tr("Undo"), do=self.undo)

        self._ask(work, written)

    def put_back(self, utterance: str, word: int) -> None:
        """Let a corrected word say again what was heard."""
        meeting = self._meeting

        def work(app: App) -> Made:
            edit = wording.put_back(app, meeting, utterance, word)
            return () if edit is None else ((meeting, edit),)

        self._ask(work, self._keep)

    def reassign(self, utterances: list[str], speaker: str | None) -> None:
        """Say who really said these utterances."""
        meeting = self._meeting

        def work(app: App) -> Made:
            made = wording.reassign(app, meeting, utterances, speaker)
            return tuple((meeting, edit) for edit in made)

        self._ask(work, self._keep)

    def rename(self, old: str | None, new: str, everywhere: bool) -> None:
        """Call a speaker by another name, here or in all meetings."""
        meeting = self._meeting

        def written(made: Made) -> None:
            self._keep(made)
            if len(made) > 1:
                said = self.tr("“{name}” is the name in %n meeting(s) now.", "", len(made))
                self._messages.say(said.format(name=new), button=self.tr("Undo"), do=self.undo)

        self._ask(
            lambda app: wording.rename_speaker(app, meeting, old, new, everywhere=everywhere),
            written,
        )

    def correct(self, places: Sequence[Place]) -> None:
        """Mend the same mistake in other meetings."""

        def written(made: Made) -> None:
            self._keep(made)
            said = self.tr("%n place(s) were corrected.", "", len(made))
            self._messages.say(said, button=self.tr("Undo"), do=self.undo)

        self._ask(lambda app: corrections.correct(app, places), written)

    def settle(self, edit: str, keep: str) -> None:
        """End a conflict with a newer transcript."""
        meeting = self._meeting
        side = "mine" if keep == "mine" else "theirs"
        self._ask(
            lambda app: wording.settle(app, meeting, edit, "mine" if side == "mine" else "theirs"),
            lambda _: self.done.emit(),
        )

    def undo(self) -> None:
        """Take back what was done last."""
        if not self._undo:
            return
        made = self._undo.pop()

        def work(app: App) -> None:
            for meeting, edit in reversed(made):
                wording.undo(app, meeting, edit.id)

        self._ask(work, lambda _: self.done.emit())

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
        self._ask(lambda app: corrections.forget(app, wrong), lambda _: None)

    def _ask(self, work: Callable[[App], object], then: Callable[..., object]) -> None:
        self._reader.ask(work, then, failed=self._fail)

    def _fail(self, error: GranolaError) -> None:
        self._messages.trouble(error)
        self.done.emit()


def learn(app: App, meeting: str, edit: TranscriptEdit) -> Learned:
    """Learn a name that was put right, and find where else the mistake stands."""
    fix = corrections.taught_by(edit)
    if fix is None:
        return Learned()
    known = {one.wrong.casefold() for one in corrections.learned(app)}
    taught = corrections.teach(app, fix.wrong, fix.right)
    return Learned(
        wrong=fix.wrong,
        right=fix.right,
        is_taught=taught and fix.wrong.casefold() not in known,
        places=corrections.same_mistake(app, fix.wrong, fix.right, besides=meeting),
    )
