"""A meeting as one value: what is stored, exported, and handed to benchmarks."""

from dataclasses import dataclass

from granola_like.domain.edits import Edit
from granola_like.domain.enhanced import EnhancedNote
from granola_like.domain.meeting import Meeting
from granola_like.domain.note import NoteLine
from granola_like.domain.receipt import Receipt
from granola_like.domain.recording import Recording
from granola_like.domain.transcript import Transcript


@dataclass(frozen=True, slots=True, kw_only=True)
class Bundle:
    """One meeting with everything it owns, in its current versions."""

    meeting: Meeting
    transcript: Transcript = Transcript()
    notes: tuple[NoteLine, ...] = ()
    enhanced: EnhancedNote | None = None
    edits: tuple[Edit, ...] = ()
    """What the person changed in the enhanced note, whichever version it was."""
    recording: Recording = Recording()
    receipt: Receipt | None = None
    """The recorder's account; None where the sound was not recorded here."""
