"""How long the speaker's sound takes to the microphone, and whether it arrives at all. Pure.

Delay by GCC-PHAT (Knapp, Carter: "The generalized correlation method for estimation of time
delay", 1976) in windows of four seconds; drift by the slope through them (Theil–Sen: the median of
all slopes, so that windows with only the person's voice don't count).
"""

from collections.abc import Iterator
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from granola_like.audio.echo.sound import SAMPLE_RATE, Samples

WINDOW = 4 * SAMPLE_RATE
EARLIEST = -SAMPLE_RATE // 10
"""The tracks are aligned to a few ms, so the echo is late; a tenth of a second is for strangers'
files."""
LATEST = SAMPLE_RATE * 6 // 10
SHARP = 9.0
"""A peak so many times above the correlation's own spread is an echo; noise makes 4 to 6."""
LEAST_WINDOWS = 2
LEAST_SHARE = 0.1
"""At least so many of the windows in which the others speak must show the echo."""
_AUDIBLE = 10 ** (-55 / 20)
_BAND = (250.0, 5000.0)
_MOST_PPM = 500.0


@dataclass(frozen=True, slots=True)
class EchoPath:
    """Where the echo lies: `delay` samples late at the beginning, more by `ppm` millionths."""

    delay: float
    ppm: float
    share: float
    """In how many of the windows in which the others spoke it was heard (0 to 1)."""

    def delay_at(self, sample: int) -> float:
        """How late it is there, in samples."""
        return self.delay + sample * self.ppm * 1e-6


def find_echo(far: Samples, mic: Samples) -> EchoPath | None:
    """Find the echo of `far` in `mic`; None when there is none, as with a headset."""
    spoken = 0
    found: list[tuple[int, float]] = []
    for start in range(0, min(len(far), len(mic)) - WINDOW + 1, WINDOW // 2):
        theirs = far[start : start + WINDOW]
        if np.sqrt(np.square(theirs).mean()) < _AUDIBLE:
            continue
        spoken += 1
        lag, sharpness = _correlate(theirs, mic[start : start + WINDOW])
        if sharpness >= SHARP:
            found.append((start, lag))
    if len(found) < LEAST_WINDOWS or len(found) < LEAST_SHARE * spoken:
        return None
    delay, slope = _line(found)
    return EchoPath(delay, slope * 1e6, len(found) / spoken)


def aligned(far: Samples, path: EchoPath, *, lead: int, start: int, count: int) -> Samples:
    """Give `count` samples of the far end as they are heard from `start` on, `lead` earlier.

    Between samples it is interpolated linearly: the filter behind it learns the rest.
    """
    at = np.arange(start, start + count, dtype=np.float64)
    at -= path.delay + at * path.ppm * 1e-6 - lead
    whole = np.floor(at).astype(np.int64)
    share = (at - whole).astype(np.float32)
    inside = (whole >= 0) & (whole < len(far) - 1)
    whole = np.clip(whole, 0, max(len(far) - 2, 0))
    heard: Samples = ((1 - share) * far[whole] + share * far[whole + 1]).astype(np.float32)
    return np.where(inside, heard, np.float32(0))


def _correlate(far: Samples, mic: Samples) -> tuple[float, float]:
    """Give the lag of the sharpest peak, in samples, and how sharp it is."""
    size = 2 * WINDOW
    window = np.hanning(WINDOW).astype(np.float32)
    cross = np.fft.rfft(mic * window, size) * np.conj(np.fft.rfft(far * window, size))
    hertz = np.fft.rfftfreq(size, 1 / SAMPLE_RATE)
    weight = np.where((hertz > _BAND[0]) & (hertz < _BAND[1]), 1 / (np.abs(cross) + 1e-9), 0)
    correlation = np.fft.irfft(cross * weight, size)
    near = np.concatenate([correlation[EARLIEST:], correlation[:LATEST]])
    peak = int(np.argmax(np.abs(near)))
    spread = float(np.sqrt(np.square(near).mean())) + 1e-12
    return float(peak + EARLIEST), float(np.abs(near[peak])) / spread


def _line(found: list[tuple[int, float]]) -> tuple[float, float]:
    starts, lags = (np.array(column, dtype=np.float64) for column in zip(*found, strict=True))
    middle = starts + WINDOW / 2
    slopes = np.array(list(_slopes(middle, lags)))
    slope = float(np.median(slopes)) if len(slopes) else 0.0
    return float(np.median(lags - slope * middle)), slope


def _slopes(at: NDArray[np.float64], lags: NDArray[np.float64]) -> Iterator[float]:
    """All slopes over at least twenty seconds that a clock can have."""
    for i in range(len(at)):
        far_enough = at[i:] - at[i] >= 20 * SAMPLE_RATE
        slopes = (lags[i:][far_enough] - lags[i]) / (at[i:][far_enough] - at[i])
        yield from slopes[np.abs(slopes) <= _MOST_PPM * 1e-6]
