"""The sample call that is shipped: two channels of sound, the exact words, terse notes.

Spoken by synthetic voices; `models/training/sample_call` makes it.
"""

import json
from dataclasses import dataclass
from functools import cache
from importlib import resources
from pathlib import Path
from typing import Any, Literal, TypeAlias

Side: TypeAlias = Literal["me", "them"]


@dataclass(frozen=True, slots=True, kw_only=True)
class SampleUtterance:
    """What was really said, to the millisecond."""

    id: str
    speaker: str
    channel: Side
    start_ms: int
    end_ms: int
    text: str


@dataclass(frozen=True, slots=True, kw_only=True)
class SampleNote:
    """One line as the person typed it."""

    id: str
    text: str
    indent: int
    typed_at_ms: int
    edited_at_ms: int


@dataclass(frozen=True, slots=True, kw_only=True)
class SampleCall:
    """Everything about the sample call."""

    title: str
    started_at: str
    """ISO 8601, with its time zone."""
    duration_ms: int
    language: str
    people: dict[Side, str]
    """Who speaks on which channel."""
    glossary: tuple[str, ...]
    tracks: dict[Side, Path]
    utterances: tuple[SampleUtterance, ...]
    notes: tuple[SampleNote, ...]

    @property
    def words(self) -> str:
        """All that was said, in the order of time: the reference for word error rates."""
        return " ".join(said.text for said in self.utterances)

    def words_of(self, channel: Side) -> str:
        """All that was said on one channel."""
        return " ".join(said.text for said in self.utterances if said.channel == channel)


@cache
def sample_call() -> SampleCall:
    """Read the sample call from the package."""
    script: dict[str, Any] = json.loads(_file("script.json").read_text("utf-8"))
    notes: list[dict[str, Any]] = json.loads(_file("notes.json").read_text("utf-8"))
    about = script["meeting"]
    return SampleCall(
        title=about["title"],
        started_at=about["started_at"],
        duration_ms=about["duration_ms"],
        language=about["language"],
        people={person["channel"]: person["name"] for person in about["people"]},
        glossary=tuple(about["glossary"]),
        tracks={"me": _file("me.opus"), "them": _file("them.opus")},
        utterances=tuple(SampleUtterance(**said) for said in script["utterances"]),
        notes=tuple(SampleNote(**note) for note in notes),
    )


def _file(name: str) -> Path:
    return Path(str(resources.files(__package__) / "sample_call" / name))
