"""The microphone without the others' voices, for everything that listens to it."""

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np

from granola_like.audio.echo.delay import EARLIEST, LATEST, EchoPath, EchoSearch, aligned
from granola_like.audio.echo.filter import BLOCK, EchoFilter
from granola_like.audio.echo.gate import Gate
from granola_like.audio.echo.sound import SAMPLE_RATE, Samples
from granola_like.jobs import Job, Progress

CHUNK = 30 * SAMPLE_RATE // BLOCK * BLOCK
"""So much is heard before it is cleaned: what is learned at its end serves its beginning."""
LEAD = SAMPLE_RATE // 64
"""The filter hears the far end so much early: the loudest way, which tells the delay, may be later
than the shortest by the walls of a room."""
_BEHIND = LATEST + SAMPLE_RATE
_AHEAD = LEAD - EARLIEST + SAMPLE_RATE // 10
"""Samples of the far end around a chunk that its echo may come from, drift and all."""
_CHOICE = 16
"""Blocks (a quarter of a second) over which the better of two filters is told."""


@dataclass(frozen=True, slots=True)
class Cleaned:
    """What came out of cleaning a microphone."""

    samples: Samples
    """As long as the microphone was; the microphone itself where there was no echo."""
    echo_only: tuple[tuple[int, int], ...] = ()
    """Stretches in ms in which only the others are heard: nothing the person said."""
    path: EchoPath | None = None
    """None where there was no echo: a headset, or a silent far end."""


class EchoCleaner:
    """Takes both tracks in step and gives the microphone without echo, half a minute behind.

    Each chunk is filtered twice: by a filter that learns as it goes, and by what that one knows at
    the chunk's end. Per quarter second the one that leaves less counts, so that a room that has
    just changed, or is still unknown, is known all the same. Both are linear: the person's voice is
    in both.
    """

    def __init__(self, paths: Sequence[EchoPath]) -> None:
        """Begin; `paths` are those that `EchoSearch` gave, at least one. Raises ValueError."""
        if not paths:
            raise ValueError("without an echo there is nothing to clean")
        self._paths = tuple(paths)
        self._filter = EchoFilter()
        self._gate = Gate()
        self._mic = self._far = np.zeros(0, np.float32)
        self._at = self._far_at = 0

    def feed(self, mic: Samples, far: Samples) -> Samples:
        """Take the next portion of both, equally long; give what is clean by now."""
        self._mic = np.concatenate([self._mic, mic])
        self._far = np.concatenate([self._far, far])
        parts = [np.zeros(0, np.float32)]
        while len(self._mic) >= CHUNK + _AHEAD:
            parts.append(self._chunk(CHUNK))
        return np.concatenate(parts)

    def finish(self) -> Samples:
        """Give the rest."""
        parts = [np.zeros(0, np.float32)]
        while len(self._mic):
            parts.append(self._chunk(min(CHUNK, len(self._mic))))
        return np.concatenate(parts)

    def echo_only(self) -> tuple[tuple[int, int], ...]:
        """Say in which stretches, in ms, of what was given only the others are heard."""
        return self._gate.echo_only()

    def _chunk(self, count: int) -> Samples:
        mic = self._mic[:count]
        whole = -(-count // BLOCK) * BLOCK
        padded = np.concatenate([mic, np.zeros(whole - count, np.float32)])
        far = self._heard(whole)
        before = self._filter.copy()
        first = self._filter.subtract(far, padded)
        second = self._filter.copy(as_heard_by=before).subtract(far, padded, learning=False)
        out = _better(first, second)[:count]
        self._gate.feed(mic, out)
        self._mic = self._mic[count:].copy()
        self._at += count
        gone = max(0, self._at - _BEHIND - self._far_at)
        self._far = self._far[gone:].copy()
        self._far_at += gone
        return out

    def _heard(self, count: int) -> Samples:
        """Give the far end as the room gives it back, each stretch by its own path."""
        start, end = self._at, self._at + count
        edges = [path.start for path in self._paths[1:] if start < path.start < end]
        parts = []
        for begin, until in zip([start, *edges], [*edges, end], strict=True):
            path = [one for one in self._paths if one.start <= begin or one is self._paths[0]][-1]
            parts.append(
                aligned(
                    self._far,
                    path,
                    lead=LEAD,
                    start=begin,
                    count=until - begin,
                    first=self._far_at,
                )
            )
        return np.concatenate(parts)


def remove_echo(mic: Samples, far: Samples) -> Job[Cleaned]:
    """Subtract the echo of `far` from `mic`; both float32 at 16 kHz on one clock.

    Takes about 0.02 s a second of sound, and memory for one more copy of the microphone.
    """
    yield Progress("Listening for echo")
    search = EchoSearch()
    both = min(len(mic), len(far))
    search.feed(far[:both], mic[:both])
    paths = search.paths()
    if not paths:
        return Cleaned(mic)
    cleaner = EchoCleaner(paths)
    parts = []
    for start in range(0, len(mic), CHUNK):
        part = mic[start : start + CHUNK]
        theirs = far[start : start + CHUNK][: len(part)]
        silence = np.zeros(len(part) - len(theirs), np.float32)
        parts.append(cleaner.feed(part, np.concatenate([theirs, silence])))
        yield Progress("Removing echo", (start + len(part)) / len(mic))
    parts.append(cleaner.finish())
    return Cleaned(np.concatenate(parts), cleaner.echo_only(), paths[0])


def _better(first: Samples, second: Samples) -> Samples:
    """Mix the two, each quarter second by how much less it leaves; the change is gradual."""
    power = [
        np.convolve(np.square(one).reshape(-1, BLOCK).mean(axis=1), np.ones(_CHOICE), "same")
        for one in (first, second)
    ]
    share = (power[1] < power[0]).astype(np.float64)
    middles = (np.arange(len(share)) + 0.5) * BLOCK
    weight = np.interp(np.arange(len(first)), middles, share).astype(np.float32)
    mixed: Samples = (1 - weight) * first + weight * second
    return mixed
