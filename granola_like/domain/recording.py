"""The sound of a meeting: one track a channel, on one clock, with its holes."""

from dataclasses import dataclass
from typing import Literal, TypeAlias

Channel: TypeAlias = Literal["me", "them"]
"""`me` is the microphone, `them` the computer's output."""


@dataclass(frozen=True, slots=True)
class Track:
    """The sound of one channel: a file inside the library's folder of sound."""

    channel: Channel
    file: str
    """The file's name within the meeting's folder."""
    duration_ms: int


@dataclass(frozen=True, slots=True)
class Gap:
    """A hole in one channel, and why."""

    channel: Channel
    start_ms: int
    end_ms: int
    reason: str


@dataclass(frozen=True, slots=True)
class Recording:
    """Everything that was kept of the sound. Empty when only a transcript was imported."""

    tracks: tuple[Track, ...] = ()
    gaps: tuple[Gap, ...] = ()
