"""What every writer promises: a line and its evidence in, one to three drafted points out."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from typing import Protocol, runtime_checkable

from granola_like.domain.enhanced import BlockKind, Detail, Evidence
from granola_like.domain.transcript import Utterance
from granola_like.jobs import Job, Progress


@dataclass(frozen=True, slots=True, kw_only=True)
class Draft:
    """One written line before it has a place in the note."""

    kind: BlockKind = "point"
    """One of WRITTEN."""
    text: str
    evidence: tuple[Evidence, ...]
    owner: str | None = None
    due: date | None = None
    writer: str | None = None
    """Who wrote it, where that may be another than the note's writer."""


@dataclass(frozen=True, slots=True)
class Rejected:
    """A draft that the guard sent back, and what it found."""

    draft: Draft
    details: tuple[Detail, ...]


@dataclass(frozen=True, slots=True)
class Said:
    """One utterance that a line may rest on. `weight` (0 to 1) is how likely that is."""

    utterance: Utterance
    weight: float = 1.0


@dataclass(frozen=True, slots=True, kw_only=True)
class Brief:
    """Everything a writer may know about one line."""

    line: str
    """What the person typed."""
    evidence: tuple[Said, ...]
    """In the order of time. A writer may use nothing else for facts."""
    people: tuple[str, ...] = ()
    glossary: tuple[str, ...] = ()
    meeting_date: date
    language: str = "en"
    """Which was spoken."""
    note_language: str | None = None
    """In which to write; None is the spoken one. Only a model can write in another."""
    style: tuple[str, ...] = ()
    """How the person likes notes, a sentence each; for a writer that understands sentences."""
    focus: str = ""
    """What counts in a meeting of this kind, by its template; likewise."""
    rejected: tuple[Rejected, ...] = ()
    """Drafts of an earlier round that must not come again."""
    taken: frozenset[tuple[Evidence, ...]] = frozenset()
    """What stands under the lines above already; it is repeated only if nothing else is there."""

    @property
    def written_in(self) -> str:
        """Give the language to write in."""
        return self.note_language or self.language

    @property
    def known_names(self) -> tuple[str, ...]:
        """Give the names that may be spoken of: people, glossary, and who speaks."""
        speakers = {one.utterance.speaker for one in self.evidence if one.utterance.speaker}
        return (*self.people, *self.glossary, *sorted(speakers))


class Writer(Protocol):
    """Turns a brief into points, each citing what it rests on."""

    @property
    def name(self) -> str:
        """Who writes: `extractive`, or a model's name."""
        ...

    def write(self, brief: Brief) -> tuple[Draft, ...]:
        """Give up to three drafts, none when the evidence says nothing. Raises EngineError."""
        ...


@dataclass(frozen=True, slots=True)
class TakenOver(Progress):
    """A model failed on a line, which another writer takes; for the person to hear of."""

    reason: str = ""
    """A sentence."""


@runtime_checkable
class SlowWriter(Writer, Protocol):
    """A writer that takes its time: it tells how far it is, and may be stopped in the middle."""

    def together(self, briefs: Sequence[Brief]) -> int:
        """Say how many of `briefs`, from the first on, to write in one go; one at least."""
        ...

    def steps(self, briefs: Sequence[Brief]) -> Job[tuple[tuple[Draft, ...], ...]]:
        """Write these briefs, giving the drafts of each in order. Raises EngineError.

        It yields several times a second; closing it stops the model within 200 ms.
        """
        ...
