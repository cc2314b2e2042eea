"""Which stretches of the microphone are echo and nothing else. Pure.

It errs to one side: what might be the person is the person.
"""

from collections.abc import Sequence

import numpy as np

from granola_like.audio.echo.sound import SAMPLE_RATE, Samples

HOP = SAMPLE_RATE // 2
"""Half a second is judged at a time."""
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


def echo_only(mic: Samples, cleaned: Samples) -> tuple[tuple[int, int], ...]:
    """Give the stretches, in ms, of a microphone that hold echo and no voice of the person.

    `cleaned` is what the filter left of `mic`.
    """
    before, after = _loudest(mic), _loudest(cleaned)
    floor = _floor_db(cleaned)
    reduction = before - after
    audible = before > max(floor + ROOM_DB, _SILENT_DB)
    explained = audible & (reduction > EXPLAINED_DB)
    usual = float(np.median(reduction[explained])) if explained.any() else np.inf
    only = explained & ((after < floor + ROOM_DB) | (reduction > usual - USUAL_DB))
    between = np.concatenate([[False], only[:-1]]) & np.concatenate([only[1:], [False]])
    return _spans(only | (between & audible & (reduction > BETWEEN_DB)))


def _loudest(sound: Samples) -> "np.ndarray[tuple[int], np.dtype[np.float64]]":
    """The level of the loud frames (90th percentile) in each hop, in dB: a short word counts."""
    hops = len(sound) // HOP
    frames = sound[: hops * HOP].reshape(hops, -1, _FRAME).astype(np.float64)
    power = np.percentile(np.square(frames).mean(axis=2), 90, axis=1)
    level: np.ndarray[tuple[int], np.dtype[np.float64]] = 10 * np.log10(power + 1e-12)
    return level


def _floor_db(sound: Samples) -> float:
    """The room's noise: the level that a tenth of the frames stay below."""
    frames = sound[: len(sound) // _FRAME * _FRAME].reshape(-1, _FRAME).astype(np.float64)
    return float(np.percentile(10 * np.log10(np.square(frames).mean(axis=1) + 1e-12), 10))


def _spans(flags: Sequence[bool] | np.ndarray) -> tuple[tuple[int, int], ...]:
    spans: list[tuple[int, int]] = []
    milliseconds = HOP * 1000 // SAMPLE_RATE
    for number, flag in enumerate(flags):
        if not flag:
            continue
        start, end = number * milliseconds, (number + 1) * milliseconds
        if spans and spans[-1][1] == start:
            spans[-1] = (spans[-1][0], end)
        else:
            spans.append((start, end))
    return tuple(spans)
