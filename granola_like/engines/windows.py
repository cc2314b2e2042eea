"""Cutting long speech into windows for an engine that hears at most half a minute at once.

Whisper's own way is to cut anywhere and to go on from the last time stamp it wrote; a cut in the
middle of a sentence then costs words on both sides. Cutting at known pauses, with one pass over
each window, is the way of WhisperX (Bain et al. 2023); what a pass left out is heard once more.
"""

from bisect import bisect_left, bisect_right
from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np

from granola_like.engines.base import SAMPLE_RATE, Samples

LONGEST_MS = 24_000
"""Kept below Whisper's 30 s: what is said in the last seconds of a full window is read worst."""

_FRAME = SAMPLE_RATE // 50
_LEAST_UNHEARD_MS = 600


@dataclass(frozen=True, slots=True)
class Window:
    """A stretch of the sound, in milliseconds."""

    start_ms: int
    end_ms: int


def plan(sound: Samples, pauses_ms: Sequence[int], *, longest_ms: int = LONGEST_MS) -> list[Window]:
    """Cut `sound` into windows that follow each other without gap, none longer than `longest_ms`.

    Windows end at pauses where there are any, else where the sound is quietest, and are about
    equally long, so that the last one is not a single word.
    """
    length = len(sound) * 1000 // SAMPLE_RATE
    windows: list[Window] = []
    start = 0
    while length - start > longest_ms:
        count = -(-(length - start) // longest_ms)
        wanted = start + (length - start) // count
        end = _pause_near(pauses_ms, start + longest_ms // 3, wanted, start + longest_ms)
        if end is None:
            end = _quietest(sound, start + longest_ms // 2, start + longest_ms)
        windows.append(Window(start, end))
        start = end
    if length > start:
        windows.append(Window(start, length))
    return windows


def unheard_from(window: Window, heard_to_ms: int, pauses_ms: Sequence[int]) -> int | None:
    """Say from where a window must be heard again, because the engine stopped before its end.

    That is the first pause after what was heard, if enough is left to hold a word.
    """
    at = bisect_left(pauses_ms, heard_to_ms - 200)
    if at == len(pauses_ms) or pauses_ms[at] <= window.start_ms:
        return None
    return pauses_ms[at] if window.end_ms - pauses_ms[at] >= _LEAST_UNHEARD_MS else None


def _pause_near(pauses: Sequence[int], low: int, wanted: int, high: int) -> int | None:
    """Find the pause in low..high that is nearest to `wanted`."""
    inside = pauses[bisect_left(pauses, low) : bisect_right(pauses, high)]
    return min(inside, key=lambda pause: abs(pause - wanted), default=None)


def _quietest(sound: Samples, low: int, high: int) -> int:
    """Find the middle of the quietest 20 ms in low..high."""
    first = low * SAMPLE_RATE // 1000
    part = sound[first : high * SAMPLE_RATE // 1000]
    frames = len(part) // _FRAME
    power = np.mean(part[: frames * _FRAME].reshape(frames, _FRAME) ** 2, axis=1)
    middle = first + int(np.argmin(power)) * _FRAME + _FRAME // 2
    return middle * 1000 // SAMPLE_RATE
