"""One channel under test: what it delivers, and what to do when it delivers nothing."""

import math
import time
from collections import deque
from dataclasses import dataclass, replace
from typing import TYPE_CHECKING, Literal, TypeAlias

import numpy as np

from granola_like.domain.recording import Channel
from granola_like.errors import GranolaError, SoundError

if TYPE_CHECKING:
    from granola_like.audio.system import Capture, Device, SoundSystem

VOICE_DB = -45.0
"""A voice at an arm's length peaks well above it, the noise of a quiet room below."""
VOICE_TICKS = 4
DEAD_SECONDS = 4.0
"""Not one sample but zero for so long: that is no quiet room."""
_SILENCE_DB = -120.0
_KEPT_BLOCKS = 600

Found: TypeAlias = Literal["waiting", "heard", "silent", "muted", "missing"]


@dataclass(frozen=True, slots=True, kw_only=True)
class ChannelCheck:
    """How the test of one channel stands."""

    found: Found = "waiting"
    """`heard` stays, whatever comes after it, until another device is chosen."""
    device: str | None = None
    devices: tuple[str, ...] = ()
    """What could be chosen instead, by name."""
    level_db: float = _SILENCE_DB
    sentence: str = ""
    hint: str = ""


class Ear:
    """One channel: a capture on the device that would be recorded, and what it has heard."""

    def __init__(self, channel: Channel) -> None:
        self._channel = channel
        self._device: Device | None = None
        self._devices: tuple[str, ...] = ()
        self._capture: Capture | None = None
        self._blocks: deque[bytes] = deque(maxlen=_KEPT_BLOCKS)
        self._peak = 0
        self._loud_ticks = 0
        self._alive_at = time.monotonic()
        self._verdict: ChannelCheck | None = None

    # -- as a Listener

    def heard(self, pcm: bytes, *, arrived: float, blank: str | None) -> None:
        """Take a block."""
        del arrived
        if blank is None:
            self._blocks.append(pcm)
            sound = np.frombuffer(pcm, "<i2").astype(np.int32)
            self._peak = max(self._peak, int(np.abs(sound).max(initial=0)))

    def moved(self, device_id: str) -> None:
        """Ignore it: the devices are looked at anyway."""

    def lost(self, why: str) -> None:
        """Open it anew at the next look."""
        self._device = None

    # -- by the check

    def follow(
        self, system: "SoundSystem", devices: "tuple[Device, ...]", wanted: str | None
    ) -> None:
        """Listen to the device that a recording would take."""
        from granola_like.audio.system import chosen_device

        self._devices = tuple(one.name for one in devices if one.channel == self._channel)
        try:
            device = chosen_device(devices, self._channel, wanted)
        except SoundError as error:
            self.close()
            self._verdict = ChannelCheck(found="missing", sentence=str(error), hint=error.hint)
            return
        if self._device is None or device.id != self._device.id or self._capture is None:
            self.close()
            try:
                self._capture = system.open(device, self)
            except SoundError as error:
                self.fail(error)
        self._device = device

    def tick(self) -> ChannelCheck:
        """Say how it stands, ten times a second."""
        peak, self._peak = self._peak, 0
        level = 20 * math.log10(peak / 32768) if peak else _SILENCE_DB
        now = time.monotonic()
        self._alive_at = now if peak else self._alive_at
        self._loud_ticks += self._channel == "me" and level >= VOICE_DB
        told = replace(
            self._found(now - self._alive_at),
            device=self._device.name if self._device else None,
            devices=self._devices,
            level_db=round(level, 1),
        )
        if told.found == "heard":
            self._verdict = told
        return told

    def sound(self) -> np.ndarray:
        """Give what was heard since `forget`."""
        return np.frombuffer(b"".join(list(self._blocks)), "<i2")

    def forget(self) -> None:
        """Listen anew."""
        self._blocks.clear()

    def conclude(self, arrived: bool) -> None:
        """Keep what the chime showed."""
        name = self._device.name if self._device else "The speaker"
        if arrived:
            self._verdict = ChannelCheck(
                found="heard", sentence=f"{name}: the chime came back. Calls will be heard."
            )
            return
        self._verdict = ChannelCheck(
            found="silent",
            sentence=f"{name}: the chime was played but did not come back.",
            hint="Choose the device that you hear calls on as the system's output, then try again.",
        )

    def fail(self, error: GranolaError) -> None:
        """Keep why it cannot be heard."""
        self._verdict = ChannelCheck(found="missing", sentence=str(error), hint=error.hint)

    def close(self) -> None:
        """Stop listening, and forget what was found."""
        capture, self._capture = self._capture, None
        if capture is not None:
            capture.close()
        self._device, self._verdict, self._loud_ticks = None, None, 0
        self._alive_at = time.monotonic()
        self.forget()

    def _found(self, dead_s: float) -> ChannelCheck:
        name = self._device.name if self._device else "The device"
        if self._device is not None and self._device.is_muted:
            return ChannelCheck(
                found="muted",
                sentence=f"{name} is muted.",
                hint="Unmute it in the sound settings of the system.",
            )
        if self._verdict is not None and self._verdict.found != "silent":
            return self._verdict
        if self._channel == "them":
            return self._verdict or ChannelCheck(sentence="Play the chime to test this channel.")
        if self._loud_ticks >= VOICE_TICKS:
            return ChannelCheck(found="heard", sentence=f"{name} hears you.")
        if dead_s >= DEAD_SECONDS:
            return ChannelCheck(
                found="silent",
                sentence=f"{name} delivers nothing but silence.",
                hint="Is it switched off, or may this program not use it? Look at privacy.",
            )
        return ChannelCheck(sentence="Say something.")
