"""A linear filter that learns the way from speaker to microphone and subtracts what it explains.

Partitioned-block frequency-domain Kalman filter (Enzner, Vary: "Frequency-domain adaptive Kalman
filter for acoustic echo control in hands-free telephones", 2006; partitions: Kuech, Mabande,
Enzner 2014). It is linear, so the person's own voice comes through as it was, also while both
speak; a suppressor such as AEC3's takes parts of it away.
"""

import numpy as np
from numpy.typing import NDArray

from granola_like.audio.echo.sound import SAMPLE_RATE, Samples

BLOCK = 256
"""Samples (16 ms) that are filtered at once."""
TAIL = 0.3
"""Seconds of echo that it can explain."""
_FORGETTING = 0.9995
_PARTITIONS = -(-round(TAIL * SAMPLE_RATE) // BLOCK)

_Spectra = NDArray[np.complex128]


class EchoFilter:
    """Takes both signals block by block. What it has learned is kept between calls."""

    def __init__(self) -> None:
        bins = BLOCK + 1
        self._weights: _Spectra = np.zeros((_PARTITIONS, bins), complex)
        self._doubt = np.full((_PARTITIONS, bins), 0.1)
        self._noise = np.full(bins, 1e-6)
        self.forget_signal()

    def forget_signal(self) -> None:
        """Begin another stretch of sound, and keep what was learned of the room."""
        self._far: _Spectra = np.zeros((_PARTITIONS, BLOCK + 1), complex)
        self._last = np.zeros(BLOCK)

    def subtract(self, far: Samples, mic: Samples) -> Samples:
        """Give the microphone without the echo; as long as `mic`, a multiple of BLOCK."""
        out = np.empty(len(mic), np.float32)
        for at in range(0, len(mic), BLOCK):
            part = slice(at, at + BLOCK)
            out[part] = self._block(far[part].astype(float), mic[part].astype(float))
        return out

    def _block(self, far: NDArray[np.float64], mic: NDArray[np.float64]) -> NDArray[np.float64]:
        spectrum = np.fft.rfft(np.concatenate([self._last, far]))
        self._last = far
        self._far = np.roll(self._far, 1, axis=0)
        self._far[0] = spectrum
        grown = (1 - _FORGETTING**2) * np.abs(self._weights) ** 2
        self._doubt = _FORGETTING**2 * self._doubt + grown
        echo = np.fft.irfft((self._weights * self._far).sum(axis=0))[BLOCK:]
        error = mic - echo
        wrong = np.fft.rfft(np.concatenate([np.zeros(BLOCK), error]))
        self._noise = 0.9 * self._noise + 0.1 * np.abs(wrong) ** 2
        power = np.abs(self._far) ** 2
        gain = self._doubt / ((power * self._doubt).sum(axis=0) * 0.5 + self._noise + 1e-10)
        change = np.fft.irfft(gain * np.conj(self._far) * wrong, axis=1)
        change[:, BLOCK:] = 0  # only this half is linear convolution
        self._weights = self._weights + np.fft.rfft(change, axis=1)
        self._doubt = self._doubt * (1 - 0.5 * gain * power)
        return error
