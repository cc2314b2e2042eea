"""What the desk tells of its work: one frozen account a meeting, the latest wins."""

import threading
import time
from collections.abc import Mapping
from dataclasses import dataclass, field, replace
from types import MappingProxyType
from typing import Literal, TypeAlias

from granola_like.domain.enhanced import Block
from granola_like.domain.receipt import Receipt
from granola_like.errors import GranolaError
from granola_like.jobs import Progress

WorkState: TypeAlias = Literal["waiting", "working", "done", "failed", "cancelled"]
Phase: TypeAlias = Literal["storing", "drafting", "joining", "hearing", "writing"]

_SURE = 0.03
"""Less of a phase says nothing about how long the rest takes."""
_NONE: Mapping[str, tuple[Block, ...]] = MappingProxyType({})


@dataclass(frozen=True, slots=True)
class PhaseBegan(Progress):
    """Another kind of work begins on the meeting."""

    phase: Phase = "storing"


@dataclass(frozen=True, slots=True)
class Stored(Progress):
    """The meeting is in the library: with its lines, and later with its sound."""

    receipt: Receipt | None = None


@dataclass(frozen=True, slots=True)
class NoteStored(Progress):
    """A version of the note is in the library."""


@dataclass(frozen=True, slots=True)
class Told(Progress):
    """Something that the person should know, and that stops nothing."""

    sentence: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class MeetingNews:
    """How the work on one meeting goes."""

    meeting: str
    title: str
    state: WorkState = "waiting"
    phase: Phase | None = None
    step: str = ""
    """What is being done, for the person to read."""
    fraction: float | None = None
    """Of the phase, 0 to 1; None while nobody can know."""
    seconds_left: float | None = None
    """Of the phase."""
    is_stored: bool = False
    """Whether it is in the library, with its typed lines."""
    notes: int = 0
    """How many versions of its note were stored since the work began."""
    written: Mapping[str, tuple[Block, ...]] = field(default_factory=lambda: _NONE)
    """The note that is being written: a typed line's id and the blocks under it."""
    told: tuple[str, ...] = ()
    """Sentences: a writer stood in for another, the recording was recovered, …"""
    receipt: Receipt | None = None
    error: GranolaError | None = None
    """Why it failed; the meeting is as stored as `is_stored` says, and can be tried again."""


@dataclass(frozen=True, slots=True, kw_only=True)
class DeskNews:
    """What has changed since somebody last asked."""

    version: int = 0
    """Pass it to the next call."""
    changed: tuple[MeetingNews, ...] = ()


class Board:
    """Written by the desk's thread, read by any."""

    def __init__(self) -> None:
        self._lock = threading.Lock()
        self._version = 0
        self._news: dict[str, tuple[int, MeetingNews]] = {}
        self._began: dict[str, float] = {}

    def news(self, since: int = 0) -> DeskNews:
        """Give the meetings whose account changed since version `since`, longest ago first."""
        with self._lock:
            changed = sorted(
                (one for one in self._news.values() if one[0] > since), key=lambda one: one[0]
            )
            return DeskNews(version=self._version, changed=tuple(news for _, news in changed))

    def of(self, meeting: str) -> MeetingNews | None:
        """Give the account of one meeting, if there was work on it."""
        with self._lock:
            found = self._news.get(meeting)
            return found[1] if found else None

    def put(self, news: MeetingNews) -> None:
        """Replace a meeting's account."""
        with self._lock:
            self._version += 1
            self._news[news.meeting] = (self._version, news)

    def change(self, meeting: str, **facts: object) -> None:
        """Change a meeting's account."""
        if (known := self.of(meeting)) is not None:
            self.put(replace(known, **facts))  # type: ignore[arg-type]

    def progress(self, meeting: str, progress: Progress) -> None:
        """Take in what a job tells."""
        known = self.of(meeting)
        if known is not None:
            if isinstance(progress, PhaseBegan):
                self._began[meeting] = time.monotonic()
            began = self._began.get(meeting, time.monotonic())
            self.put(told(known, progress, seconds=time.monotonic() - began))


def told(news: MeetingNews, progress: Progress, *, seconds: float) -> MeetingNews:
    """Add to a meeting's account what a job tells, `seconds` after its phase began. Pure."""
    match progress:
        case Told(sentence=sentence):
            return replace(news, told=(*news.told, sentence))
        case NoteStored():
            return replace(news, notes=news.notes + 1)
        case Stored(receipt=receipt):
            return replace(news, is_stored=True, receipt=receipt or news.receipt)
    fraction, left = progress.fraction, progress.seconds_left
    if left is None and fraction is not None and fraction >= _SURE:
        left = seconds / fraction * (1 - fraction)
    return _written(
        replace(news, step=progress.step, fraction=fraction, seconds_left=left), progress
    )


def _written(news: MeetingNews, progress: Progress) -> MeetingNews:
    """Take in what a writer tells."""
    from granola_like.enhance.job import LineWritten
    from granola_like.enhance.writer import TakenOver

    match progress:
        case PhaseBegan(phase=phase):
            return replace(news, phase=phase, written=_NONE)
        case LineWritten(note=note, blocks=blocks):
            return replace(news, written=MappingProxyType({**news.written, note: blocks}))
        case TakenOver(reason=reason) if reason and reason not in news.told:
            return replace(news, told=(*news.told, reason))
    return news
