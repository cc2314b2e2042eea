"""A level meter on one device, without a recording."""

import math

import numpy as np

from granola_like.audio.system import Capture, Device, SoundSystem
from granola_like.errors import SoundError

SILENCE_DB = -120.0


class LevelMeter:
    """Listens until closed. A device that cannot be opened is silent."""

    def __init__(self, system: SoundSystem, device: Device) -> None:
        self.blocks = 0
        """How many blocks it has heard."""
        self._peak = 0
        self._capture: Capture | None
        try:
            self._capture = system.open(device, self)
        except SoundError:
            self._capture = None

    def level_db(self) -> float:
        """Give the loudest sample since last asked, in dB below full scale."""
        peak, self._peak = self._peak, 0
        return 20 * math.log10(peak / 32768) if peak else SILENCE_DB

    def heard(self, pcm: bytes, *, arrived: float, blank: str | None) -> None:
        """Take a block."""
        del arrived, blank
        sound = np.frombuffer(pcm, dtype="<i2").astype(np.int32)
        self.blocks += 1
        if len(sound):
            self._peak = max(self._peak, int(np.abs(sound).max()))

    def moved(self, device_id: str) -> None:
        """Ignore it: a meter shows what comes."""

    def lost(self, why: str) -> None:
        """Ignore it: the meter stands still."""

    def close(self) -> None:
        """Stop listening."""
        if self._capture is not None:
            self._capture.close()
