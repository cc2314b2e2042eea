"""What the transcript shows, as values."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import TypeAlias

from granola_like.domain.recording import Channel

DOUBT = 0.5
"""A word that the engine gave less than this is shown in pencil."""


@dataclass(frozen=True, slots=True)
class SpokenWord:
    """Where a word stands in its line's text, and when it was said."""

    start: int
    end: int
    start_ms: int
    end_ms: int
    is_doubtful: bool = False
    heard: str | None = None
    """What was heard, where it was corrected."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Line:
    """What one speaker said without a long pause."""

    utterance: str
    channel: Channel
    speaker: str | None
    """As it is stored; None where nobody knows."""
    name: str
    """As it is shown."""
    is_named: bool = True
    """Whether the name stands in the margin: not where the same speaker goes on."""
    start_ms: int
    end_ms: int
    text: str
    words: tuple[SpokenWord, ...] = ()


@dataclass(frozen=True, slots=True, kw_only=True)
class Hole:
    """Time that was not heard, and why."""

    start_ms: int
    end_ms: int
    reason: str


Row: TypeAlias = Line | Hole

WordRange: TypeAlias = tuple[int, int] | None
"""Words [from, to) of a line; None is the whole line."""


@dataclass(frozen=True, slots=True, kw_only=True)
class TranscriptState:
    """The transcript of a meeting, and what of it is lit."""

    rows: tuple[Row, ...] = ()
    lit: Mapping[str, tuple[WordRange, ...]] = field(default_factory=dict)
    """What a line of the note rests on, by utterance."""
    length_ms: int = 0
    has_sound: bool = False
    is_loading: bool = False


Speed: TypeAlias = float
SPEEDS: tuple[Speed, ...] = (1.0, 1.25, 1.5, 1.75, 2.0)


@dataclass(frozen=True, slots=True, kw_only=True)
class PlayState:
    """What is played."""

    position_ms: int = 0
    is_playing: bool = False
    speed: Speed = 1.0
    is_following: bool = True
    """Whether the transcript goes along; not after the person scrolled."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Clash:
    """A correction that a newer transcript speaks against."""

    edit: str
    mine: str
    heard: str
    """What was heard now; empty when nothing is said there any more."""
    start_ms: int | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class Change:
    """A text as it is and as it would be, for review."""

    title: str
    """Where it stands: a meeting's title, or who said it."""
    start_ms: int
    before: str
    after: str
    utterance: str = ""
