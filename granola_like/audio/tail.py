"""Follows one channel of a recording while its recorder writes: sound as it comes, on the clock.

Only reads, and holds no file open between two looks, so the recorder and the packer never wait for
it. Segments of one stretch go through one resampler, as one stream; a hole begins another.
"""

from dataclasses import dataclass, replace
from pathlib import Path
from typing import Any

import numpy as np
import soxr
from numpy.typing import NDArray

from granola_like.audio.channel_files import JournalFacts
from granola_like.audio.segments import RATE
from granola_like.audio.tail_files import GrowingLines, SegmentReader
from granola_like.audio.timeline import Anchor, Segment, stretches
from granola_like.domain.recording import Channel

HEARD_RATE = 16_000
"""Hz, of the sound that is given: what speech engines hear."""

_OFF_THE_RECORD = "off the record"
_AT_ONCE_SECONDS = 10.0


@dataclass(frozen=True, slots=True)
class TailBlock:
    """Sound as it came: mono float32 at 16 kHz."""

    start_ms: float
    """Where it begins on the meeting clock, by all that is known by now. Blocks that follow each
    other may differ from their lengths by a drift of millionths."""
    sound: NDArray[np.float32]
    follows: bool
    """Whether nothing is missing between the block before and this."""


@dataclass(frozen=True, slots=True)
class TakenBack:
    """The sound between these times was taken off the record: forget it, and what came of it."""

    start_ms: float
    end_ms: float


class ChannelTail:
    """Reads what was written since the last look. One thread owns it.

    Before the recorder has told where the meeting clock begins there is nothing to read.
    """

    def __init__(self, folder: Path, channel: Channel) -> None:
        self._lines = GrowingLines(folder / f"{channel}.jsonl")
        self._events = GrowingLines(folder / "events.jsonl")
        self._files = SegmentReader(folder)
        self._facts = JournalFacts()
        self._zero: dict[str, Any] | None = None
        self._drops = 0
        self._names: list[str] = []
        self._at, self._frame = 0, 0
        self._stream: _Stream | None = None
        self._is_placed = False
        self._end_ms = 0.0

    def read(self, most_seconds: float = _AT_ONCE_SECONDS) -> list[TailBlock | TakenBack]:
        """Give what is new, at most so many seconds of it; nothing new gives an empty list.

        A block is late by at most the resampler's 40 ms. What cannot be read becomes a hole.
        """
        self._learn()
        origin = self._origin()
        if origin is None:
            return []
        found: list[TailBlock | TakenBack] = list(self._taken_back(origin))
        room = most_seconds
        while room > 0 and (part := self._next(origin, room)) is not None:
            found += part
            room -= sum(len(block.sound) for block in part) / HEARD_RATE
        return found

    def behind_ms(self) -> int:
        """How much sound was on the disk and unread at the last look, without the holes."""
        frames = sum(self._files.frames(name) or 0 for name in self._names[self._at :])
        return max(0, frames - self._frame) * 1000 // RATE

    def skip(self, keep_ms: int) -> None:
        """Pass over all unread sound but the last `keep_ms`; to the reader it is a hole."""
        spare = (self.behind_ms() - keep_ms) * RATE // 1000
        while spare > 0 and self._at < len(self._names):
            left = (self._files.frames(self._names[self._at]) or 0) - self._frame
            self._stream, self._is_placed = None, False
            if left >= spare or self._at + 1 == len(self._names):
                self._frame += max(0, min(left, spare))
                return
            spare -= left
            self._at, self._frame = self._at + 1, 0

    def _learn(self) -> None:
        """Take what is new in the journals, before looking at files.

        A segment that has a successor in the journal is then complete on the disk.
        """
        for fact in self._lines.read():
            if fact["e"] == "open" and "file" in fact:
                name = str(fact["file"]).partition(".")[0]
                if name not in self._facts.after:
                    self._names.append(name)
            self._facts.take(fact)
        if self._zero is None:
            origins = [fact for fact in self._events.read() if fact["e"] == "origin"]
            self._zero = origins[0] if origins else None

    def _origin(self) -> float | None:
        """The meeting clock's zero on the boot clock of the channel's first run."""
        first, zero = self._facts.first, self._zero
        if first is None or zero is None:
            return None
        try:
            if zero.get("boot_id") == first.boot_id:
                return float(zero["boot"])
            return first.boot + float(zero["wall"]) - first.wall
        except (KeyError, TypeError, ValueError):
            self._zero = None  # damaged; a later one may be whole
            return None

    def _taken_back(self, origin: float) -> list[TakenBack]:
        new = self._facts.drops[self._drops :]
        self._drops += len(new)
        if new:
            self._stream, self._is_placed = None, False  # what it holds is off the record, too
        return [TakenBack((start - origin) * 1000, (end - origin) * 1000) for start, end in new]

    def _next(self, origin: float, room: float) -> list[TailBlock] | None:
        """Read on within one segment, or step to the next; None when there is nothing more yet."""
        if self._at >= len(self._names):
            return None
        name = self._names[self._at]
        is_complete = self._at + 1 < len(self._names)
        found: list[TailBlock] = []
        if not self._is_placed:
            if not self._facts.anchors.get(name) and not is_complete:
                return None  # its first anchor is written right after its first block
            found += self._place(name, origin)
        assert self._stream is not None
        sound = self._files.read(name, self._frame, round(room * self._stream.rate))
        if len(sound):
            self._frame += len(sound)
            return found + self._clocked(self._stream.resample(sound))
        if is_complete:
            if self._frame:
                self._stream.remember(self._segment(name, self._frame))
            self._at, self._frame, self._is_placed = self._at + 1, 0, False
            return found
        return found or None

    def _place(self, name: str, origin: float) -> list[TailBlock]:
        """Put the segment on the clock; at a hole, the resampler's last sound comes out first."""
        self._is_placed = True
        segment = self._segment(name, max(1, self._files.frames(name) or 0))
        stream, ended = self._stream, list[TailBlock]()
        if stream is not None and not stream.goes_on_with(segment):
            ended = self._clocked(stream.finish())
            stream = None
        if stream is None:
            stream = self._stream = _Stream(segment.rate)
        stretch = stretches([*stream.past, segment])[-1]
        frames = sum(known.frames for known in stream.past) + self._frame
        seconds = stretch.start - origin + frames / segment.rate / (1 + stretch.ppm * 1e-6)
        stream.clock = (stream.taken, seconds * 1000)
        return ended

    def _segment(self, name: str, frames: int) -> Segment:
        return Segment(
            name,
            self._files.rate(name),
            frames,
            tuple(self._facts.anchors.get(name, ())),
            self._facts.after.get(name, "full"),
        )

    def _clocked(self, part: tuple[float, NDArray[np.float32], bool]) -> list[TailBlock]:
        start, sound, follows = part
        if not len(sound):
            return []
        start = max(start, self._end_ms if not follows else 0.0)
        self._end_ms = start + len(sound) * 1000 / HEARD_RATE
        return [TailBlock(start, sound, follows)]


def thinned(anchors: tuple[Anchor, ...], *, rate: int, most: int = 600) -> tuple[Anchor, ...]:
    """Keep the less delayed of two neighbours each, once there are more than `most`.

    Only the lower edge of the delays counts (see `timeline`), so little is lost.
    """
    if len(anchors) <= most:
        return anchors
    pairs = [anchors[at : at + 2] for at in range(0, len(anchors), 2)]
    return tuple(min(pair, key=lambda a: a.time - a.frames / rate) for pair in pairs)


class _Stream:
    """One stretch on its way to 16 kHz."""

    def __init__(self, rate: int) -> None:
        self.rate = rate
        self.past: tuple[Segment, ...] = ()
        """What was read to its end, as one segment, so that hours cost no more than minutes."""
        self.taken = 0
        """Frames that went in."""
        self.clock = (0, 0.0)
        """So many frames had gone in at that time (ms) of the meeting clock."""
        self._given = 0
        self._resampler = soxr.ResampleStream(rate, HEARD_RATE, 1, dtype="float32", quality="HQ")

    def goes_on_with(self, segment: Segment) -> bool:
        """Whether nothing is missing between what went in and this segment."""
        if segment.after == _OFF_THE_RECORD or segment.rate != self.rate:
            return False
        return not self.past or len(stretches([*self.past, segment])) == 1

    def remember(self, segment: Segment) -> None:
        """Take a segment that was read to its end."""
        if not self.past:
            self.past = (segment,)
            return
        (past,) = self.past
        moved = (Anchor(past.frames + a.frames, a.time) for a in segment.anchors)
        anchors = thinned((*past.anchors, *moved), rate=self.rate)
        self.past = (replace(past, frames=past.frames + segment.frames, anchors=anchors),)

    def resample(self, sound: NDArray[np.int16]) -> tuple[float, NDArray[np.float32], bool]:
        """Put sound in and give what comes out: where it begins (ms), and whether it follows."""
        self.taken += len(sound)
        return self._out(self._resampler.resample_chunk(sound.astype(np.float32) / 32768))

    def finish(self) -> tuple[float, NDArray[np.float32], bool]:
        """Give what is still in there."""
        if not self.taken:
            return 0.0, np.zeros(0, np.float32), False
        return self._out(self._resampler.resample_chunk(np.zeros(0, np.float32), last=True))

    def _out(self, sound: NDArray[np.float32]) -> tuple[float, NDArray[np.float32], bool]:
        frames, ms = self.clock
        start = ms + self._given * 1000 / HEARD_RATE - frames * 1000 / self.rate
        follows = self._given > 0
        self._given += len(sound)
        return start, sound, follows
