"""A linear filter that learns the way from speaker to microphone and subtracts what it explains.

Partitioned-block frequency-domain Kalman filter (Enzner, Vary: "Frequency-domain adaptive Kalman
filter for acoustic echo control in hands-free telephones", 2006; partitions: Kuech, Mabande,
Enzner 2014). It is linear, so the person's own voice comes through as it was, also while both
speak; a suppressor such as AEC3's takes parts of it away.
"""

from typing import Any

import numpy as np
from numpy.typing import NDArray

from granola_like.audio.echo.sound import SAMPLE_RATE, Samples

BLOCK = 256
"""Samples (16 ms) that are filtered at once."""
TAIL = 0.3
"""Seconds of echo that it can explain."""
_FORGETTING = 0.9995
_NOTHING = 1e-6
"""Less power than this in every part of what it heard: below any sound card's own noise."""
_PARTITIONS = -(-round(TAIL * SAMPLE_RATE) // BLOCK)

_BINS = BLOCK + 1

_Spectra = NDArray[np.complex64]
_Numbers = NDArray[np.float32]


class EchoFilter:
    """Takes both signals block by block. What it has learned is kept between calls."""

    def __init__(self) -> None:
        self._weights: _Spectra = np.zeros((_PARTITIONS, _BINS), np.complex64)
        self._doubt: _Numbers = np.full((_PARTITIONS, _BINS), 0.1, np.float32)
        self._noise: _Numbers = np.full(_BINS, 1e-6, np.float32)
        self._far: _Spectra = np.zeros((_PARTITIONS, _BINS), np.complex64)
        self._power: _Numbers = np.zeros((_PARTITIONS, _BINS), np.float32)
        self._last: Samples = np.zeros(BLOCK, np.float32)

    def copy(self, *, as_heard_by: "EchoFilter | None" = None) -> "EchoFilter":
        """Give another that has learned the same, and last heard the same, or what that one did."""
        heard = as_heard_by or self
        other = EchoFilter()
        other._weights, other._doubt = self._weights.copy(), self._doubt.copy()
        other._noise = self._noise.copy()
        other._far, other._power = heard._far.copy(), heard._power.copy()
        other._last = heard._last
        return other

    def subtract(self, far: Samples, mic: Samples, *, learning: bool = True) -> Samples:
        """Give the microphone without the echo; as long as `mic`, a multiple of BLOCK."""
        out = np.empty(len(mic), np.float32)
        for at in range(0, len(mic), BLOCK):
            out[at : at + BLOCK] = self._block(far[at : at + BLOCK], mic[at : at + BLOCK], learning)
        return out

    def _block(self, far: Samples, mic: Samples, learning: bool) -> Samples:
        self._hear(np.fft.rfft(np.concatenate([self._last, far])).astype(np.complex64))
        self._last = far
        if self._power.max() < _NOTHING:
            return mic  # the others are silent: nothing to subtract, nothing to learn
        echo = np.fft.irfft((self._weights * self._far).sum(axis=0))[BLOCK:]
        error: Samples = (mic - echo).astype(np.float32)
        if learning:
            self._learn(error)
        return error

    def _learn(self, error: Samples) -> None:
        wrong = np.fft.rfft(np.concatenate([np.zeros(BLOCK, np.float32), error]))
        self._noise = 0.9 * self._noise + 0.1 * _power_of(wrong)
        self._doubt *= _FORGETTING**2
        self._doubt += (1 - _FORGETTING**2) * _power_of(self._weights)
        heard = (self._power * self._doubt).sum(axis=0)
        gain = self._doubt / (0.5 * heard + self._noise + 1e-10)
        change = np.fft.irfft(gain * (np.conj(self._far) * wrong), axis=1)
        change[:, BLOCK:] = 0  # only this half is linear convolution
        self._weights += np.fft.rfft(change, axis=1)
        self._doubt *= 1 - 0.5 * gain * self._power

    def _hear(self, spectrum: _Spectra) -> None:
        self._far[1:] = self._far[:-1]
        self._power[1:] = self._power[:-1]
        self._far[0], self._power[0] = spectrum, _power_of(spectrum)


def _power_of(spectra: NDArray[Any]) -> _Numbers:
    power: _Numbers = np.square(spectra.real) + np.square(spectra.imag)
    return power
