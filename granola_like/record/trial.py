"""Proves both channels: plays a test sound and listens, and says what to do when one is silent."""

import time
from collections.abc import Callable
from dataclasses import dataclass

import numpy as np

from granola_like.audio.segments import RATE
from granola_like.audio.system import Device, SoundSystem, default_device
from granola_like.domain.recording import Channel
from granola_like.errors import SoundError

TONE_HERTZ = (880.0, 1320.0)
TONE_SECONDS = 0.8
_LISTEN_SECONDS = 2.5
_OPEN_SECONDS = 5.0
_CLEAR = 20.0
"""The tone must stand so far above everything else of the spectrum around it (a ratio)."""


@dataclass(frozen=True, slots=True)
class Trial:
    """How one channel was tried."""

    channel: Channel
    ok: bool
    fact: str
    hint: str = ""


def try_channels(system: SoundSystem) -> tuple[Trial, ...]:
    """Try both channels, about four seconds each. Never raises SoundError: that is a finding."""
    return tuple(_tried(channel, system) for channel in _TRIALS)


def tone() -> bytes:
    """The test sound: two soft tones, one after the other, 48 kHz mono."""
    at = np.arange(round(TONE_SECONDS * RATE / 2)) / RATE
    shape = np.minimum(1, np.minimum(at, at[-1] - at) / 0.02)
    parts = [np.sin(2 * np.pi * hertz * at) * shape * 6000 for hertz in TONE_HERTZ]
    sound: bytes = np.concatenate(parts).astype("<i2").tobytes()
    return sound


def hears_tone(sound: np.ndarray) -> bool:
    """Whether both tones are in the sound, whatever its level."""
    if len(sound) < RATE // 4 or not sound.any():
        return False
    power = np.abs(np.fft.rfft(sound * np.hanning(len(sound)))) ** 2
    hertz = np.fft.rfftfreq(len(sound), 1 / RATE)
    for wanted in TONE_HERTZ:
        inside = np.abs(hertz - wanted) < 15
        around = (np.abs(hertz - wanted) < 200) & ~inside
        if power[inside].max() < _CLEAR * (power[around].mean() + 1e-9):
            return False
    return True


def _tried(channel: Channel, system: SoundSystem) -> Trial:
    try:
        return _TRIALS[channel](system)
    except SoundError as error:
        return Trial(channel, False, str(error), error.hint)


def _try_microphone(system: SoundSystem) -> Trial:
    device = default_device(system.devices(), "me")
    if device.is_muted:
        return Trial("me", False, f"{device.name} is muted.", "Unmute it in the sound settings.")
    sound = _listen(system, device, lambda: None)
    if not len(sound):
        return Trial("me", False, f"{device.name} delivers nothing.", "Choose another microphone.")
    if not sound.any():
        return Trial(
            "me",
            False,
            f"{device.name} delivers digital silence.",
            "Is it switched off, or may this program not use it? Look at the privacy settings.",
        )
    return Trial("me", True, f"{device.name} is heard.")


def _try_speaker(system: SoundSystem) -> Trial:
    device = default_device(system.devices(), "them")
    if device.is_muted:
        return Trial("them", False, f"{device.name} is muted.", "Unmute it: muted is not recorded.")
    sound = _listen(system, device, lambda: system.play(tone()))
    if hears_tone(sound):
        return Trial("them", True, f"{device.name}: the test sound arrived.")
    return Trial(
        "them",
        False,
        f"{device.name}: the test sound was played but did not arrive.",
        "Choose the device that you hear calls on as the system's output, then try again.",
    )


def _listen(system: SoundSystem, device: Device, work: Callable[[], None]) -> np.ndarray:
    heard = _Ear()
    capture = system.open(device, heard)
    try:
        _wait(lambda: bool(heard.blocks), _OPEN_SECONDS)
        heard.blocks.clear()
        work()
        _wait(lambda: sum(map(len, heard.blocks)) >= 2 * RATE * _LISTEN_SECONDS, _OPEN_SECONDS)
    finally:
        capture.close()
    return np.frombuffer(b"".join(heard.blocks), dtype="<i2")


def _wait(condition: Callable[[], bool], seconds: float) -> None:
    until = time.monotonic() + seconds
    while not condition() and time.monotonic() < until:
        time.sleep(0.02)


class _Ear:
    """Keeps what a short trial hears."""

    def __init__(self) -> None:
        self.blocks: list[bytes] = []

    def heard(self, pcm: bytes, *, arrived: float, blank: str | None) -> None:
        del arrived
        if blank is None:
            self.blocks.append(pcm)

    def moved(self, device_id: str) -> None:
        pass

    def lost(self, why: str) -> None:
        pass


_TRIALS: dict[Channel, Callable[[SoundSystem], Trial]] = {
    "me": _try_microphone,
    "them": _try_speaker,
}
