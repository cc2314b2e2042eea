"""What is told of a meeting that goes on, and what it leaves."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from datetime import datetime
from typing import TYPE_CHECKING, Literal, TypeAlias

from granola_like.app.choose import AUTO
from granola_like.app.now_about import About
from granola_like.domain.meeting import Meeting
from granola_like.domain.note import NoteLine
from granola_like.domain.recording import Channel
from granola_like.domain.transcript import Transcript
from granola_like.errors import GranolaError
from granola_like.settings import Settings

if TYPE_CHECKING:
    from granola_like.app.now_ahead import DraftsAhead
    from granola_like.record.ending import Countdown
    from granola_like.record.folder import RecordingFolder
    from granola_like.record.session import ChannelLook

State: TypeAlias = Literal["starting", "recording", "paused", "stopping", "ended"]


@dataclass(frozen=True, slots=True, kw_only=True)
class Now:
    """The meeting at this moment."""

    state: State
    title: str
    started_at: datetime
    elapsed_ms: int = 0
    """The meeting clock."""
    channels: "Mapping[Channel, ChannelLook]" = field(default_factory=dict)
    """Level, silence, device, and a warning as a sentence; empty until the recorder answers."""
    countdown: "Countdown | None" = None
    """It is about to end by itself; `keep_recording` says no."""
    trouble: GranolaError | None = None
    """What the person must know now; gone when it is over."""
    captions_trouble: str | None = None
    """Why there are no captions, or why they lag."""
    drafted: int = 0
    """How many lines have their points ready."""
    minutes_of_disk: int = 0
    ended: str | None = None
    """Why it has ended, once it has."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Handover:
    """A meeting whose recording has ended, for the desk."""

    recording: "RecordingFolder"
    about: About
    lines: tuple[NoteLine, ...]
    live: Transcript
    """What the captions heard; empty where there were none."""
    late: Callable[[], tuple[NoteLine, ...]] | None = None
    """Gives the lines with what is typed meanwhile; None where only the disk knows them."""
    drafts: "DraftsAhead | None" = None
    """What was drafted during the call; whoever takes it closes it."""


def meeting_of(
    meeting: str, started_at: datetime, about: About, said: Transcript, settings: Settings
) -> Meeting:
    """Make the meeting's value while it is written: with the person's glossary in it."""
    language = said.language if said.utterances or about.language in (None, AUTO) else None
    return Meeting(
        id=meeting,
        title=about.title,
        started_at=started_at,
        language=language or str(about.language),
        people=about.people,
        folder=about.folder,
        template=about.template,
        glossary=settings.glossary,
    )
