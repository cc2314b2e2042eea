"""Quiet and distant speech, which a speech finder trained on near voices doubts.

Two means, both per channel. A channel as a whole too quiet is raised by what its own loud moments
lack. And where a frame is far louder than the channel's own room, a weak likelihood is enough: a
distant voice beside a near one is such. Steady noise is neither: it has no loud moments.
"""

import numpy as np
from numpy.typing import NDArray

from granola_like.engines.base import SAMPLE_RATE, SPEECH_FRAME, Likelihoods, Samples, SpeechStream

TARGET_DB = -52.0
"""The loud frames (95th percentile) are brought to this level; most calls are louder."""
MOST_DB = 30.0
STEADY_DB, LIVELY_DB = 6.0, 14.0
"""Loud moments so far above the quiet ones: nothing is raised up to the first, all from the second.
"""
WEAK = 0.08
"""So likely a frame must be speech, if it is loud for its room."""
LOUD_DB = 20.0
"""So far above the room's own noise (10th percentile)."""
BESIDE = 8
"""Frames so near to certain speech are its breath or its room: the span has room for them."""
LIFTED = 0.6
"""As likely as such a frame is taken to be."""
REMEMBERED_S = 60.0
"""How far back a channel's levels are told: people come and go, and move."""
_NEAR = 2
"""A frame is as loud as the loudest of so many on either side: consonants are quiet."""
_DIGITAL_SILENCE_DB = -100.0

Levels = NDArray[np.float64]


class KeenEars:
    """A speech stream that hears quiet and distant voices better than the one it is made of."""

    def __init__(self, stream: SpeechStream) -> None:
        self._stream = stream
        self._rest: Samples = np.zeros(0, np.float32)
        self._levels: Levels = np.zeros(0)

    def feed(self, sound: Samples) -> Likelihoods:
        """Say for each further whole frame how likely it is speech. Raises EngineError."""
        sound_and_rest = np.concatenate([self._rest, sound])
        levels = _levels(sound_and_rest)
        self._rest = sound_and_rest[len(levels) * SPEECH_FRAME :].copy()
        # Digital silence is no part of a room: it tells neither its noise nor its voices.
        told = levels[levels > _DIGITAL_SILENCE_DB]
        remembered = round(REMEMBERED_S * SAMPLE_RATE / SPEECH_FRAME)
        self._levels = np.concatenate([self._levels, told])[-max(remembered, len(told)) :]
        raised = sound * np.float32(10 ** (gain_db(self._levels) / 20))
        likelihoods = self._stream.feed(raised)
        if not len(self._levels) or not len(likelihoods):
            return likelihoods
        return lifted(likelihoods, levels, room_db=float(np.percentile(self._levels, 10)))


def gain_db(levels: Levels) -> float:
    """Say by how much a channel with these levels of frames (dB) is raised."""
    if not len(levels):
        return 0.0
    quiet, loud = np.percentile(levels, [10, 95])
    lively = float(np.clip((loud - quiet - STEADY_DB) / (LIVELY_DB - STEADY_DB), 0, 1))
    return lively * float(np.clip(TARGET_DB - loud, 0, MOST_DB))


def lifted(likelihoods: Likelihoods, levels: Levels, *, room_db: float) -> Likelihoods:
    """Take weak frames for speech that are much louder than the room."""
    padded = np.concatenate([np.full(_NEAR, -np.inf), levels, np.full(_NEAR, -np.inf)])
    loudest = np.lib.stride_tricks.sliding_window_view(padded, 2 * _NEAR + 1).max(axis=1)
    weak = (likelihoods >= WEAK) & (loudest >= room_db + LOUD_DB)
    apart = ~_around(likelihoods >= LIFTED, BESIDE)
    return np.where(weak & apart, np.maximum(likelihoods, np.float32(LIFTED)), likelihoods)


def _around(flags: NDArray[np.bool_], reach: int) -> NDArray[np.bool_]:
    """Flag what lies within `reach` of a flag, too."""
    return np.convolve(flags, np.ones(2 * reach + 1))[reach : reach + len(flags)] > 0.5


def _levels(sound: Samples) -> Levels:
    frames = sound[: len(sound) // SPEECH_FRAME * SPEECH_FRAME].reshape(-1, SPEECH_FRAME)
    levels: Levels = 10 * np.log10(np.square(frames, dtype=np.float64).mean(axis=1) + 1e-12)
    return levels
