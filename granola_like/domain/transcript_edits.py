"""What the person changed in a transcript, apart from the machine's words.

A transcript comes in versions, made by one pass after the other. An edit keeps the utterance it was
made on as it stood then, so that it can be put onto any version, and so that a version that says
something else there is noticed: `domain.transcript_rebase` does both.
"""

from dataclasses import dataclass
from datetime import datetime
from typing import Literal, TypeAlias

from granola_like.domain.transcript import Transcript, Utterance


@dataclass(frozen=True, slots=True)
class Reword:
    """The utterance says this instead; an empty text leaves it out, for nobody said it.

    Only the words that differ from the utterance's are the edit: the others are the machine's.
    """

    text: str


@dataclass(frozen=True, slots=True)
class Reassign:
    """Somebody else, or nobody known, said it."""

    speaker: str | None


@dataclass(frozen=True, slots=True)
class Rename:
    """Whoever is called `old` in this meeting is called `new`, whatever a later pass hears."""

    old: str | None
    new: str


TranscriptChange: TypeAlias = Reword | Reassign | Rename


@dataclass(frozen=True, slots=True, kw_only=True)
class TranscriptEdit:
    """One thing the person did to a transcript."""

    id: str
    made_at: datetime
    change: TranscriptChange
    on: Utterance | None = None
    """The utterance as the person saw it when the edit was made; None for a new name."""

    def __post_init__(self) -> None:
        if isinstance(self.change, Rename) != (self.on is None):
            raise ValueError("a new name is given to no utterance, every other edit is made on one")


TranscriptClash: TypeAlias = Literal["gone", "changed"]
"""Nothing is said there any more, or nobody has that name; something else is said there now."""


@dataclass(frozen=True, slots=True)
class TranscriptConflict:
    """An edit that does not fit a version in whole, with both sides for the person to choose."""

    edit: TranscriptEdit
    clash: TranscriptClash
    now: Utterance | None = None
    """The utterance of the version that the edit seems to mean."""
    mine: str = ""
    """What `now` would say with all of the person's words; what it says now is `now.text`."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Reworked:
    """A version of the transcript with the person's edits on it."""

    transcript: Transcript
    heard: tuple[Utterance, ...] = ()
    """The machine's own of the utterances that are changed or left out, in order of time."""
    applied: tuple[TranscriptEdit, ...] = ()
    conflicts: tuple[TranscriptConflict, ...] = ()
