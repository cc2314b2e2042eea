"""Which stretches of the microphone are echo and nothing else.

It errs to one side: what might be the person is the person.
"""

from collections.abc import Sequence

import numpy as np
from numpy.typing import NDArray

from granola_like.audio.echo.sound import SAMPLE_RATE, Samples

HOP = SAMPLE_RATE // 2
"""Half a second is judged at a time."""
HOP_MS = HOP * 1000 // SAMPLE_RATE
EXPLAINED_DB = 10.0
"""The filter must take so much away before a stretch can be echo only."""
ROOM_DB = 8.0
"""And what it leaves must be as quiet as the room, but for so much."""
USUAL_DB = 7.0
"""Or it takes nearly as much away as it usually does, but for so much: what a loudspeaker distorts
stays in every stretch, while a voice of the person spoils only its own."""
BETWEEN_DB = 12.0
"""Half a second between two that are echo only is too, from this reduction on."""
_SILENT_DB = -75.0
_FRAME = SAMPLE_RATE // 50

Levels = NDArray[np.float64]


class Gate:
    """Takes the microphone and what the filter left of it, in step, and judges both at the end.

    It keeps two numbers a half second and one for each 20 ms, not the sound.
    """

    def __init__(self) -> None:
        self._mic = self._cleaned = np.zeros(0, np.float32)
        self._before: list[Levels] = []
        self._after: list[Levels] = []
        self._frames: list[NDArray[np.float32]] = []

    def feed(self, mic: Samples, cleaned: Samples) -> None:
        """Take the next portion of both, equally long."""
        mic = np.concatenate([self._mic, mic])
        cleaned = np.concatenate([self._cleaned, cleaned])
        whole = len(mic) // HOP * HOP
        self._before.append(_loudest(mic[:whole]))
        self._after.append(_loudest(cleaned[:whole]))
        self._frames.append(_frame_levels(cleaned[:whole]))
        self._mic, self._cleaned = mic[whole:].copy(), cleaned[whole:].copy()

    def echo_only(self) -> tuple[tuple[int, int], ...]:
        """Give the stretches, in ms, that hold echo and no voice of the person."""
        before, after = (
            np.concatenate([*levels, np.zeros(0)]) for levels in (self._before, self._after)
        )
        if not len(before):
            return ()
        floor = float(np.percentile(np.concatenate(self._frames), 10))
        reduction = before - after
        audible = before > max(floor + ROOM_DB, _SILENT_DB)
        explained = audible & (reduction > EXPLAINED_DB)
        usual = float(np.median(reduction[explained])) if explained.any() else np.inf
        only = explained & ((after < floor + ROOM_DB) | (reduction > usual - USUAL_DB))
        between = np.concatenate([[False], only[:-1]]) & np.concatenate([only[1:], [False]])
        return _spans(only | (between & audible & (reduction > BETWEEN_DB)))


def echo_only(mic: Samples, cleaned: Samples) -> tuple[tuple[int, int], ...]:
    """Give the stretches, in ms, of a microphone that hold echo and no voice of the person.

    `cleaned` is what the filter left of `mic`.
    """
    gate = Gate()
    gate.feed(mic, cleaned)
    return gate.echo_only()


def _loudest(sound: Samples) -> Levels:
    """The level of the loud frames (90th percentile) in each hop, in dB: a short word counts."""
    frames = sound.reshape(-1, HOP // _FRAME, _FRAME).astype(np.float64)
    power = np.percentile(np.square(frames).mean(axis=2), 90, axis=1)
    level: Levels = 10 * np.log10(power + 1e-12)
    return level


def _frame_levels(sound: Samples) -> NDArray[np.float32]:
    """The level of each frame in dB; a tenth of them are the room's own noise."""
    frames = sound.reshape(-1, _FRAME).astype(np.float64)
    level: NDArray[np.float32] = 10 * np.log10(np.square(frames).mean(axis=1) + 1e-12)
    return level.astype(np.float32)


def _spans(flags: Sequence[bool] | np.ndarray) -> tuple[tuple[int, int], ...]:
    spans: list[tuple[int, int]] = []
    for number, flag in enumerate(flags):
        if not flag:
            continue
        start, end = number * HOP_MS, (number + 1) * HOP_MS
        if spans and spans[-1][1] == start:
            spans[-1] = (spans[-1][0], end)
        else:
            spans.append((start, end))
    return tuple(spans)
