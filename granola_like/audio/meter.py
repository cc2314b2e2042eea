"""How loud a channel is, for people to see; and a meter on one device, without a recording."""

import math
import time

import numpy as np
from numpy.typing import NDArray

from granola_like.audio.system import Capture, Device, SoundSystem
from granola_like.errors import SoundError

SILENCE_DB = -120.0
STILL_SECONDS = 0.5
"""A device that delivers nothing for so long is shown as silent."""


def peak_of(sound: NDArray[np.int16]) -> int:
    """Give the loudest sample's distance from zero, 0 to 32768."""
    return max(int(sound.max()), -int(sound.min())) if len(sound) else 0


class Loudness:
    """The loudest sample since somebody last looked.

    Who looks more often than blocks come is shown the last block again, not silence.
    """

    def __init__(self) -> None:
        self._last = self._loudest = 0
        self._at = float("-inf")

    def take(self, peak: int, *, now: float) -> None:
        """Take a block's loudest sample, in seconds of any clock that only goes on."""
        self._last, self._at = peak, now
        self._loudest = max(self._loudest, peak)

    def level_db(self, *, now: float) -> float:
        """Give it in dB below full scale; -120 is silence. Begins anew."""
        if now - self._at > STILL_SECONDS:
            self._last = 0
        loudest, self._loudest = self._loudest or self._last, 0
        return 20 * math.log10(loudest / 32768) if loudest else SILENCE_DB


class LevelMeter:
    """Listens until closed. A device that cannot be opened is silent."""

    def __init__(self, system: SoundSystem, device: Device) -> None:
        self.blocks = 0
        """How many blocks it has heard."""
        self._loudness = Loudness()
        self._capture: Capture | None
        try:
            self._capture = system.open(device, self)
        except SoundError:
            self._capture = None

    def level_db(self) -> float:
        """Give the loudest sample since last asked, in dB below full scale."""
        return self._loudness.level_db(now=time.monotonic())

    def heard(self, pcm: bytes, *, arrived: float, blank: str | None) -> None:
        """Take a block."""
        del arrived, blank
        self.blocks += 1
        self._loudness.take(peak_of(np.frombuffer(pcm, dtype="<i2")), now=time.monotonic())

    def moved(self, device_id: str) -> None:
        """Ignore it: a meter shows what comes."""

    def lost(self, why: str) -> None:
        """Ignore it: the meter stands still."""

    def close(self) -> None:
        """Stop listening."""
        if self._capture is not None:
            self._capture.close()
