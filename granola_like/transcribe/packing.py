"""Speech without the silence between: what an engine is given, and the way back to the clock."""

from bisect import bisect_right
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass

import numpy as np

from granola_like.audio.decode import Block
from granola_like.engines.base import SAMPLE_RATE, SPEECH_FRAME, Samples, SpeechStream
from granola_like.transcribe.level import KeenEars
from granola_like.transcribe.speech import Cutting, SpeechCutter

BATCH_SECONDS = 600
"""Speech given to the engine at once: enough to waste little of its 30 s windows, 38 MB."""


@dataclass(frozen=True, slots=True)
class Piece:
    """A stretch of speech and where it begins on the meeting clock, in samples."""

    start: int
    sound: Samples

    def part(self, first: int, end: int) -> "Piece":
        """Take what lies between two places on the meeting clock, in samples."""
        return Piece(first, self.sound[first - self.start : max(first, end) - self.start])


@dataclass(frozen=True, slots=True)
class Batch:
    """Pieces of one channel, in order; `fraction` of its sound has been read to their end."""

    pieces: tuple[Piece, ...]
    fraction: float

    @property
    def seconds(self) -> float:
        """How much speech this is."""
        return sum(len(piece.sound) for piece in self.pieces) / SAMPLE_RATE

    def parted(self, spans_ms: Sequence[tuple[int, int]]) -> "tuple[Batch, Batch]":
        """Part it into what lies outside of the spans (on the meeting clock), and within them."""
        outside, inside = [], []
        for piece in self.pieces:
            at, end = piece.start, piece.start + len(piece.sound)
            for start_ms, end_ms in spans_ms:
                first = max(at, start_ms * SAMPLE_RATE // 1000)
                last = min(end, end_ms * SAMPLE_RATE // 1000)
                if first < last:
                    outside.append(piece.part(at, first))
                    inside.append(piece.part(first, last))
                    at = last
            outside.append(piece.part(at, end))
        kept, apart = (tuple(one for one in side if len(one.sound)) for side in (outside, inside))
        return Batch(kept, self.fraction), Batch(apart, self.fraction)

    def packed(self) -> Samples:
        """The speech without what lies between."""
        return np.concatenate([piece.sound for piece in self.pieces])

    def pauses_ms(self) -> tuple[int, ...]:
        """Where one piece ends and the next begins, in the packed sound."""
        ends = np.cumsum([len(piece.sound) for piece in self.pieces[:-1]])
        return tuple(int(end) * 1000 // SAMPLE_RATE for end in ends)

    def clock(self) -> "PackedClock":
        """The way back from the packed sound to the meeting clock."""
        return PackedClock(self.pieces)


class PackedClock:
    """Turns times in packed sound into times on the meeting clock."""

    def __init__(self, pieces: Iterable[Piece]) -> None:
        self._packed_starts: list[int] = []
        self._starts: list[int] = []
        self._ends: list[int] = []
        at = 0
        for piece in pieces:
            self._packed_starts.append(at)
            self._starts.append(piece.start)
            self._ends.append(piece.start + len(piece.sound))
            at += len(piece.sound)

    def piece_at(self, packed_ms: float) -> int:
        """Which piece is heard at this time of the packed sound."""
        sample = packed_ms * SAMPLE_RATE / 1000
        return max(0, bisect_right(self._packed_starts, sample) - 1)

    def span(self, start_ms: int, end_ms: int) -> tuple[int, int]:
        """Where a word is on the meeting clock: within the one piece that holds its middle."""
        piece = self.piece_at((start_ms + end_ms) / 2)
        shift = self._starts[piece] - self._packed_starts[piece]
        first, last = (_ms(edge[piece]) for edge in (self._starts, self._ends))
        start, end = (
            min(last, max(first, ms + round(shift * 1000 / SAMPLE_RATE)))
            for ms in (start_ms, end_ms)
        )
        return start, end


def batches(
    blocks: Iterable[Block],
    stream: SpeechStream,
    *,
    cutting: Cutting | None = None,
    keen: bool = True,
) -> Iterator[Batch | float]:
    """Find the speech of one channel; yield it in batches, and between them how much was read.

    `keen` hears quiet and distant voices, too: not wanted where what is left of an echo is such a
    voice. Raises SoundError and EngineError from what it is given.
    """
    cutter = SpeechCutter(cutting or Cutting())
    if keen:
        stream = KeenEars(stream)
    kept = _Kept()
    waiting: list[Piece] = []
    fraction = 0.0
    for block in blocks:
        kept.add(block.samples)
        waiting += [kept.piece(*span) for span in cutter.feed(stream.feed(block.samples))]
        kept.forget_before(cutter.needed_from * SPEECH_FRAME)
        fraction = block.fraction
        if sum(len(piece.sound) for piece in waiting) >= BATCH_SECONDS * SAMPLE_RATE:
            yield Batch(tuple(waiting), fraction)
            waiting = []
        yield fraction
    # The last frame may be short; a word may end in it.
    waiting += [kept.piece(*span) for span in cutter.feed(stream.feed(_to_fill_a_frame(kept.end)))]
    waiting += [kept.piece(*span) for span in cutter.finish()]
    if waiting:
        yield Batch(tuple(waiting), 1.0)


class _Kept:
    """The sound that a span may still want."""

    def __init__(self) -> None:
        self._sound: Samples = np.zeros(0, np.float32)
        self._start = 0

    @property
    def end(self) -> int:
        return self._start + len(self._sound)

    def add(self, samples: Samples) -> None:
        self._sound = np.concatenate([self._sound, samples])

    def piece(self, first_frame: int, end_frame: int) -> Piece:
        start, end = first_frame * SPEECH_FRAME, min(self.end, end_frame * SPEECH_FRAME)
        return Piece(start, self._sound[start - self._start : end - self._start].copy())

    def forget_before(self, sample: int) -> None:
        if sample > self._start:
            self._sound = self._sound[sample - self._start :].copy()
            self._start = sample


def _to_fill_a_frame(samples: int) -> Samples:
    return np.zeros(-samples % SPEECH_FRAME, np.float32)


def _ms(sample: int) -> int:
    return round(sample * 1000 / SAMPLE_RATE)
