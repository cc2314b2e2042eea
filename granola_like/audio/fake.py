"""Shipped fakes of the machine: clocks and devices moved by hand."""

from collections.abc import Callable
from dataclasses import replace

import numpy as np

from granola_like.audio.clock import Instant
from granola_like.audio.system import Capture, Device, Listener, MicrophoneUser, Watch
from granola_like.errors import SoundError


class FakeClock:
    """Clocks that stand still until somebody moves them."""

    def __init__(self, boot_id: str = "fake", *, start: float = 1000.0) -> None:
        self.boot_id = boot_id
        self._now = Instant(start, start, 1_800_000_000.0)

    def now(self) -> Instant:
        """Read all three clocks."""
        return self._now

    def pass_time(self, seconds: float) -> None:
        """Let time go by, awake."""
        now = self._now
        self._now = Instant(now.mono + seconds, now.boot + seconds, now.wall + seconds)

    def sleep(self, seconds: float) -> None:
        """Let the computer sleep: the monotonic clock stands still."""
        now = self._now
        self._now = Instant(now.mono, now.boot + seconds, now.wall + seconds)


class FakeSoundSystem:
    """A machine with one microphone and one speaker, until somebody changes it."""

    def __init__(self) -> None:
        self.present: list[Device] = [
            Device(id="mic", name="Microphone", channel="me", is_default=True),
            Device(id="spk", name="Speaker", channel="them", is_default=True),
        ]
        self.captures: list[FakeCapture] = []
        self.users: tuple[MicrophoneUser, ...] = ()
        self.playing: tuple[str, ...] = ()
        self.played = b""
        self.looks = 0
        """How often somebody asked who holds a microphone."""
        self._watchers: list[Callable[[], object]] = []

    def devices(self) -> tuple[Device, ...]:
        """List what is present."""
        return tuple(self.present)

    def open(self, device: Device, listener: Listener) -> Capture:
        """Record a present device. Raises SoundError for another."""
        if device.id not in {one.id for one in self.present}:
            raise SoundError(f"{device.name} is not there.")
        capture = FakeCapture(self, device.id, listener)
        self.captures.append(capture)
        return capture

    def microphone_users(self) -> tuple[MicrophoneUser, ...]:
        """Give `users`."""
        self.looks += 1
        return self.users

    def players(self) -> tuple[str, ...]:
        """Give `playing`."""
        return self.playing

    def play(self, sound: bytes) -> None:
        """Keep the sound, and let it arrive at the default speaker's loopback."""
        self.played += sound
        for device in self.present:
            if device.channel == "them" and device.is_default:
                self.deliver(device.id, np.frombuffer(sound, "<i2"), arrived=0.0)

    def watch(self, on_change: Callable[[], object]) -> Watch:
        """Call back at every `change`."""
        self._watchers.append(on_change)
        on_change()
        return _FakeWatch()

    def close(self) -> None:
        """Close every capture."""
        for capture in list(self.captures):
            capture.close()

    def change(self) -> None:
        """Tell the watchers."""
        for watcher in self._watchers:
            watcher()

    def make_default(self, device_id: str) -> None:
        """Let another device of its channel be the default, and tell."""
        chosen = next(one for one in self.present if one.id == device_id)
        self.present = [
            replace(one, is_default=one.id == device_id) if one.channel == chosen.channel else one
            for one in self.present
        ]
        self.change()

    def deliver(self, device_id: str, sound: np.ndarray, *, arrived: float) -> None:
        """Let a device deliver a block of 16-bit mono sound."""
        pcm = sound.astype("<i2").tobytes()
        for capture in list(self.captures):
            if capture.device_id() == device_id:
                capture.listener.heard(pcm, arrived=arrived, blank=None)


class FakeCapture:
    """A capture of the fake machine."""

    def __init__(self, system: FakeSoundSystem, device_id: str, listener: Listener) -> None:
        self._system, self._id, self.listener = system, device_id, listener

    def device_id(self) -> str | None:
        """Where it listens."""
        return self._id if self in self._system.captures else None

    def move(self, device_id: str) -> None:
        """Listen elsewhere. Raises SoundError when closed, or when there is no such device."""
        if self not in self._system.captures:
            raise SoundError("This capture is closed.")
        if device_id not in {one.id for one in self._system.present}:
            raise SoundError("It is not there.")
        self._id = device_id
        self.listener.moved(device_id)

    def close(self) -> None:
        """Stop."""
        if self in self._system.captures:
            self._system.captures.remove(self)


class _FakeWatch:
    def close(self) -> None:
        """Nothing runs that could be stopped."""
