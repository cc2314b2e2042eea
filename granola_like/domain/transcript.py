"""What was said, by whom, and when."""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import datetime
from typing import Literal, TypeAlias

from granola_like.domain.recording import Channel

Pass: TypeAlias = Literal["live", "final", "imported"]
"""Which reading of the sound a transcript is."""


@dataclass(frozen=True, slots=True)
class Word:
    """One spoken word. `probability` (0 to 1) is the engine's own doubt."""

    text: str
    start_ms: int
    end_ms: int
    probability: float = 1.0
    heard: str | None = None
    """What the engine heard, where it was corrected; empty for a word that it did not hear."""

    def __post_init__(self) -> None:
        _must_run_forwards("a word", self.start_ms, self.end_ms)


@dataclass(frozen=True, slots=True, kw_only=True)
class Utterance:
    """What one speaker said without a long pause. Notes point at its id, so the id is stable."""

    id: str
    channel: Channel = "them"
    speaker: str | None = None
    start_ms: int
    end_ms: int
    text: str
    words: tuple[Word, ...] = ()

    def __post_init__(self) -> None:
        _must_run_forwards("an utterance", self.start_ms, self.end_ms)


@dataclass(frozen=True, slots=True, kw_only=True)
class Transcript:
    """The utterances of one pass, in the order of their start."""

    utterances: tuple[Utterance, ...] = ()
    made_by: Pass = "final"
    engine: str = ""
    """The model's name, for the person to read."""
    language: str = "en"
    created_at: datetime | None = None

    def __post_init__(self) -> None:
        starts = [said.start_ms for said in self.utterances]
        if starts != sorted(starts):
            raise ValueError("a transcript is in the order of time")
        if len({said.id for said in self.utterances}) != len(self.utterances):
            raise ValueError("two utterances cannot have one id")

    def __iter__(self) -> Iterator[Utterance]:
        return iter(self.utterances)

    def by_id(self) -> dict[str, Utterance]:
        """Find utterances by what points at them."""
        return {said.id: said for said in self.utterances}

    @property
    def end_ms(self) -> int:
        """When the last word ended; 0 where nothing was said."""
        return max((said.end_ms for said in self.utterances), default=0)


def in_order(utterances: Iterator[Utterance]) -> tuple[Utterance, ...]:
    """Sort by time, ties by end and id, so that every machine gives the same order."""
    return tuple(sorted(utterances, key=lambda said: (said.start_ms, said.end_ms, said.id)))


def _must_run_forwards(what: str, start_ms: int, end_ms: int) -> None:
    if not 0 <= start_ms <= end_ms:
        raise ValueError(f"{what} must run forwards, not {start_ms}..{end_ms}")
