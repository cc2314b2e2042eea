"""The microphone without the others' voices, for everything that listens to it."""

from dataclasses import dataclass

import numpy as np

from granola_like.audio.echo.delay import EchoPath, aligned, find_echo
from granola_like.audio.echo.filter import BLOCK, EchoFilter
from granola_like.audio.echo.gate import echo_only
from granola_like.audio.echo.sound import SAMPLE_RATE, Samples
from granola_like.jobs import Job, Progress

CHUNK = 30 * SAMPLE_RATE // BLOCK * BLOCK
LEAD = SAMPLE_RATE // 100
"""The filter hears the far end so much early: its own answer must begin after zero."""


@dataclass(frozen=True, slots=True)
class Cleaned:
    """What came out of cleaning a microphone."""

    samples: Samples
    """As long as the microphone was; the microphone itself where there was no echo."""
    echo_only: tuple[tuple[int, int], ...] = ()
    """Stretches in ms in which only the others are heard: nothing the person said."""
    path: EchoPath | None = None
    """None where there was no echo: a headset, or a silent far end."""


def remove_echo(mic: Samples, far: Samples) -> Job[Cleaned]:
    """Subtract the echo of `far` from `mic`; both float32 at 16 kHz on one clock.

    Takes about 0.01 s a second of sound, and memory for one more copy of the microphone. The first
    half minute is heard twice, so that the filter knows the room from the first word.
    """
    yield Progress("Listening for echo")
    path = find_echo(far, mic)
    if path is None:
        return Cleaned(mic)
    learned = EchoFilter()
    first = min(len(mic) // BLOCK * BLOCK, CHUNK)
    learned.subtract(aligned(far, path, lead=LEAD, start=0, count=first), mic[:first])
    learned.forget_signal()
    out = np.empty(len(mic), np.float32)
    for start in range(0, len(mic), CHUNK):
        part = mic[start : start + CHUNK]
        whole = -(-len(part) // BLOCK) * BLOCK
        padded = np.concatenate([part, np.zeros(whole - len(part), np.float32)])
        heard = aligned(far, path, lead=LEAD, start=start, count=whole)
        out[start : start + len(part)] = learned.subtract(heard, padded)[: len(part)]
        yield Progress("Removing echo", (start + len(part)) / len(mic))
    return Cleaned(out, echo_only(mic, out), path)
