"""How long the speaker's sound takes to the microphone, and whether it arrives at all.

Delay by GCC-PHAT (Knapp, Carter: "The generalized correlation method for estimation of time
delay", 1976) in windows of four seconds; drift by the slope through them (Theil–Sen: the median of
all slopes, so that windows with only the person's voice don't count). Another loudspeaker in the
middle of a call is another path: where several windows agree on another delay, a new one begins.
"""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from granola_like.audio.echo.sound import SAMPLE_RATE, Samples

WINDOW = 4 * SAMPLE_RATE
STEP = WINDOW // 2
EARLIEST = -SAMPLE_RATE // 10
"""The tracks are aligned to a few ms, so the echo is late; a tenth of a second is for strangers'
files."""
LATEST = SAMPLE_RATE * 6 // 10
SHARP = 9.0
"""A peak so many times above the correlation's own spread is an echo; noise makes 4 to 6."""
LEAST_WINDOWS = 2
LEAST_SHARE = 0.1
"""At least so many of the windows in which the others speak must show the echo."""
ELSEWHERE = SAMPLE_RATE // 100
"""A delay so far from the path's is another path's, or chance."""
AGREEING = 3
"""So many windows in a row that agree on another delay are another path, not chance."""
_AUDIBLE = 10 ** (-55 / 20)
_BAND = (250.0, 5000.0)
_MOST_PPM = 500.0
_ON_THE_LINE = 8.0


@dataclass(frozen=True, slots=True)
class EchoPath:
    """Where the echo lies: `delay` samples late at sample 0, more by `ppm` millionths."""

    delay: float
    ppm: float
    share: float
    """In how many of the windows in which the others spoke an echo was heard (0 to 1)."""
    start: int = 0
    """The sample of the microphone from which on it holds, up to the next path's."""


class EchoSearch:
    """Hears both tracks in step, portion by portion, and says afterwards where the echo lies."""

    def __init__(self) -> None:
        self._far = self._mic = np.zeros(0, np.float32)
        self._at = 0
        self._spoken = 0
        self._found: list[tuple[int, float]] = []

    def feed(self, far: Samples, mic: Samples) -> None:
        """Take the next portion of both, equally long."""
        self._far = np.concatenate([self._far, far])
        self._mic = np.concatenate([self._mic, mic])
        taken = 0
        while len(self._far) - taken >= WINDOW:
            part = slice(taken, taken + WINDOW)
            self._look(self._far[part], self._mic[part])
            taken += STEP
            self._at += STEP
        self._far, self._mic = self._far[taken:].copy(), self._mic[taken:].copy()

    def paths(self) -> tuple[EchoPath, ...]:
        """Give the paths in their order; none when there is no echo, as with a headset."""
        found = self._found
        if len(found) < LEAST_WINDOWS or len(found) < LEAST_SHARE * self._spoken:
            return ()
        groups = [one for one in _groups(found) if len(one) >= LEAST_WINDOWS]
        share = sum(len(group) for group in groups) / self._spoken
        return tuple(
            EchoPath(*_line(group), share, group[0][0] + WINDOW // 2 if number else 0)
            for number, group in enumerate(groups)
        )

    def _look(self, far: Samples, mic: Samples) -> None:
        if np.sqrt(np.square(far).mean()) < _AUDIBLE:
            return
        self._spoken += 1
        lag, sharpness = _correlate(far, mic)
        if sharpness >= SHARP:
            self._found.append((self._at, lag))


def find_echo(far: Samples, mic: Samples) -> EchoPath | None:
    """Find the first echo of `far` in `mic`; None when there is none, as with a headset."""
    search = EchoSearch()
    count = min(len(far), len(mic))
    search.feed(far[:count], mic[:count])
    return next(iter(search.paths()), None)


def aligned(
    far: Samples, path: EchoPath, *, lead: int, start: int, count: int, first: int = 0
) -> Samples:
    """Give `count` samples of the far end as they are heard from `start` on, `lead` earlier.

    `first` is the place of `far[0]` in its track; what lies outside of `far` is silent. Between
    samples it is interpolated linearly: the filter behind it learns the rest.
    """
    at = np.arange(start, start + count, dtype=np.float64)
    at -= path.delay + at * path.ppm * 1e-6 - lead + first
    whole = np.floor(at).astype(np.int64)
    share = (at - whole).astype(np.float32)
    inside = (whole >= 0) & (whole < len(far) - 1)
    if not inside.any():
        return np.zeros(count, np.float32)
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


def _groups(found: Sequence[tuple[int, float]]) -> list[list[tuple[int, float]]]:
    """Part the windows where the delay jumps and stays; single windows elsewhere are chance."""
    groups: list[list[tuple[int, float]]] = [[]]
    other: list[tuple[int, float]] = []
    for at, lag in found:
        here = groups[-1]
        if not here or abs(lag - _recent(here)) <= ELSEWHERE:
            here.append((at, lag))
            other = []
        elif other and abs(lag - _recent(other)) <= ELSEWHERE:
            other.append((at, lag))
            if len(other) == AGREEING:
                groups.append(other)
                other = []
        else:
            other = [(at, lag)]
    return groups


def _recent(group: Sequence[tuple[int, float]]) -> float:
    return float(np.median([lag for _, lag in group[-5:]]))


def _line(found: Sequence[tuple[int, float]]) -> tuple[float, float]:
    """Fit the delay at sample 0 and the drift in millionths.

    Drift counts only where it brings more windows to the line than none does: a room that changes
    moves the delay by a step, and the median of all slopes would take the step for a slope.
    """
    starts, lags = (np.array(column, dtype=np.float64) for column in zip(*found, strict=True))
    middle = starts + WINDOW / 2
    slopes = np.array(list(_slopes(middle, lags)))
    lines = []
    for slope in (0.0, float(np.median(slopes)) if len(slopes) else 0.0):
        delay = float(np.median(lags - slope * middle))
        near = int((np.abs(lags - slope * middle - delay) <= _ON_THE_LINE).sum())
        lines.append((near, delay, slope * 1e6))
    return max(lines, key=lambda line: line[0])[1:]


def _slopes(at: NDArray[np.float64], lags: NDArray[np.float64]) -> Iterator[float]:
    """All slopes over at least twenty seconds that a clock can have."""
    step = max(1, len(at) // 500)  # two hours have 3,600 windows, and 6 million pairs
    at, lags = at[::step], lags[::step]
    for i in range(len(at)):
        far_enough = at[i:] - at[i] >= 20 * SAMPLE_RATE
        slopes = (lags[i:][far_enough] - lags[i]) / (at[i:][far_enough] - at[i])
        yield from slopes[np.abs(slopes) <= _MOST_PPM * 1e-6]
