"""The microphone without what the loudspeaker gave back, a block at a time."""

from collections.abc import Iterator, Sequence
from dataclasses import replace

import numpy as np

from granola_like.audio.decode import Block
from granola_like.audio.echo.clean import EchoCleaner
from granola_like.audio.echo.delay import EchoPath, EchoSearch
from granola_like.engines.base import Samples
from granola_like.jobs import Job, Progress
from granola_like.transcribe.packing import Batch
from granola_like.transcribe.sounds import Sound, blocks_of

LISTENING = "Listening for echo"
MARGIN_MS = 100
LEAST_APART_MS = 700
""""Echo only" shorter than this stays with the words around it."""


def listen_for_echo(me: Sound, them: Sound) -> Job[tuple[EchoPath, ...]]:
    """Find by which ways the others come back into the microphone; none with a headset.

    Reads both tracks once, in memory that does not grow with their length. Raises SoundError.
    """
    search = EchoSearch()
    theirs = _InStep(blocks_of(them))
    for block in blocks_of(me):
        search.feed(theirs.take(len(block.samples)), block.samples)
        yield Progress(LISTENING, block.fraction)
    return search.paths()


class Mine:
    """The blocks of the microphone, cleaned; afterwards it knows what was only echo."""

    def __init__(self, me: Sound, them: Sound, paths: Sequence[EchoPath]) -> None:
        self._me, self._them = me, them
        self._cleaner = EchoCleaner(paths)

    def blocks(self) -> Iterator[Block]:
        """Yield the cleaned sound, as long as the microphone's own; ask once."""
        theirs = _InStep(blocks_of(self._them))
        for block in blocks_of(self._me):
            cleaned = self._cleaner.feed(block.samples, theirs.take(len(block.samples)))
            yield Block(cleaned, block.fraction)
        yield Block(self._cleaner.finish(), 1.0)

    def echo_only(self) -> tuple[tuple[int, int], ...]:
        """Say in which stretches, in ms, of what was read only the others are heard."""
        return self._cleaner.echo_only()

    def parted(self, found: Iterator[Batch | float]) -> Iterator[Batch | float]:
        """Part each batch into the person's speech and what sounds like echo only.

        What is left of an echo would spoil the reading of the words beside it, so it is read apart.
        """
        done = 0.0
        for one in found:
            if not isinstance(one, Batch):
                yield one
                continue
            for part in one.parted(_inner(self.echo_only())):
                if part.pieces:
                    done += (one.fraction - done) * part.seconds / one.seconds
                    yield replace(part, fraction=done)
            done = one.fraction


def _inner(spans: Sequence[tuple[int, int]]) -> list[tuple[int, int]]:
    """Leave a margin at both ends, where a word of the person may begin or end."""
    inner = [(start + MARGIN_MS, end - MARGIN_MS) for start, end in spans]
    return [(start, end) for start, end in inner if end - start >= LEAST_APART_MS]


class _InStep:
    """Gives as many samples of one track as the other has given; silence after its end."""

    def __init__(self, blocks: Iterator[Block]) -> None:
        self._blocks = blocks
        self._rest: Samples = np.zeros(0, np.float32)

    def take(self, count: int) -> Samples:
        parts, have = [self._rest], len(self._rest)
        while have < count and (block := next(self._blocks, None)) is not None:
            parts.append(block.samples)
            have += len(block.samples)
        whole = np.concatenate([*parts, np.zeros(max(0, count - have), np.float32)])
        self._rest = whole[count:].copy()
        return whole[:count]
