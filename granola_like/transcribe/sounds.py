"""What the final pass can listen to: a file, one side of a file, or samples."""

from collections.abc import Iterator
from pathlib import Path
from typing import TypeAlias

import numpy as np

from granola_like.audio.decode import BLOCK_SECONDS, Block, Source, blocks, probe
from granola_like.engines.base import SAMPLE_RATE, Samples

Sound: TypeAlias = Path | Source | Samples
"""A file, one side of a file, or samples (mono float32, 16 kHz)."""


def blocks_of(sound: Sound) -> Iterator[Block]:
    """Yield the sound in blocks of some ten seconds. Raises SoundError."""
    if not isinstance(sound, np.ndarray):
        yield from blocks(sound)
        return
    step = BLOCK_SECONDS * SAMPLE_RATE
    for at in range(0, len(sound), step):
        yield Block(sound[at : at + step], min(1.0, (at + step) / len(sound)))


def claimed_seconds(sound: Sound) -> float:
    """How long a sound says it is: enough for a progress bar. Raises SoundError."""
    if isinstance(sound, np.ndarray):
        return len(sound) / SAMPLE_RATE
    facts = probe(sound.path if isinstance(sound, Source) else sound)
    return max(1.0, (facts.duration_ms or 60_000) / 1000)
