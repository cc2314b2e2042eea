"""What a person is told after a recording: what was heard, what is missing, and why."""

from dataclasses import dataclass
from datetime import datetime

from granola_like.domain.recording import Channel, Gap


@dataclass(frozen=True, slots=True, kw_only=True)
class ChannelReceipt:
    """One channel's account. Times are lengths in milliseconds."""

    channel: Channel
    recorded_ms: int
    """Sound that is on disk, holes left out."""
    heard_ms: int
    """How much of it was louder than silence."""
    drift_ppm: float = 0.0
    """How fast the device's clock ran beside the computer's, taken out of the finished track."""
    headset: bool = False
    """Whether it was a headset all the time: then nothing of theirs can come back to the other."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Receipt:
    """The account of one recording."""

    started_at: datetime
    duration_ms: int
    channels: tuple[ChannelReceipt, ...]
    gaps: tuple[Gap, ...] = ()
    ended: str = "stopped"
    """Why it ended, in the words shown to the person."""
    recovered: bool = False
    """Whether a crash had left it and it was finished at a later start."""
