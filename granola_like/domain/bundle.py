"""A meeting as one value: what is stored, exported, and handed to benchmarks."""

from dataclasses import dataclass

from granola_like.domain.edits import Edit
from granola_like.domain.enhanced import EnhancedNote
from granola_like.domain.meeting import Meeting
from granola_like.domain.note import NoteLine
from granola_like.domain.receipt import Receipt
from granola_like.domain.recording import Recording
from granola_like.domain.transcript import Transcript, Utterance
from granola_like.domain.transcript_edits import TranscriptEdit
from granola_like.domain.transcript_rebase import machine_transcript


@dataclass(frozen=True, slots=True, kw_only=True)
class Bundle:
    """One meeting with everything it owns, in its current versions."""

    meeting: Meeting
    transcript: Transcript = Transcript()
    """As it reads: with the person's edits on it."""
    heard: tuple[Utterance, ...] = ()
    """The machine's own of those utterances that the person's edits changed or left out."""
    transcript_edits: tuple[TranscriptEdit, ...] = ()
    """What the person changed in the transcript, whichever version it was."""
    notes: tuple[NoteLine, ...] = ()
    enhanced: EnhancedNote | None = None
    edits: tuple[Edit, ...] = ()
    """What the person changed in the enhanced note, whichever version it was."""
    recording: Recording = Recording()
    receipt: Receipt | None = None
    """The recorder's account; None where the sound was not recorded here."""

    @property
    def machine_transcript(self) -> Transcript:
        """What was said without the person's edits."""
        return machine_transcript(self.transcript, self.heard)
