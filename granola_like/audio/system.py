"""What the recorder may ask of a platform's sound, and nothing more.

One adapter a platform (`audio.linux`, `audio.windows`, `audio.macos`), a shipped fake
(`audio.fake`), and one contract test that runs on all of them.
"""

import platform
from collections.abc import Callable
from dataclasses import dataclass
from typing import Protocol

from granola_like.domain.recording import Channel
from granola_like.errors import SoundError

OURS = "granola_like.ours"
"""A property that marks our own streams, so that detection passes over them."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Device:
    """Something that one channel can be recorded from: a microphone, or what a speaker plays."""

    id: str
    name: str
    """As the system's own settings call it."""
    channel: Channel
    is_default: bool = False
    is_headset: bool = False
    is_muted: bool = False
    volume: float = 1.0
    """0 to 1; below 1 where the system lowers the very sound that we record."""


@dataclass(frozen=True, slots=True, kw_only=True)
class MicrophoneUser:
    """A program that holds a microphone open: not us, not a level meter, not asleep."""

    binary: str
    """The program's file name in lower case, without folder and `.exe`; empty when unknown."""
    name: str
    """What the program calls itself."""
    pid: int | None = None
    plays: bool = False
    """Whether the same program also plays sound."""


class Listener(Protocol):
    """Hears one channel. Called from the system's own thread: return at once."""

    def heard(self, pcm: bytes, *, arrived: float, blank: str | None) -> None:
        """Take a block: 16-bit mono at 48 kHz, and when it arrived on the boot clock.

        `blank` is the reason when the adapter put silence for sound of the wrong source.
        """
        ...

    def moved(self, device_id: str) -> None:
        """Hear that the system now takes the sound from another device."""
        ...

    def lost(self, why: str) -> None:
        """Hear that this capture is over and must be opened anew."""
        ...


class Capture(Protocol):
    """One channel being recorded."""

    def device_id(self) -> str | None:
        """Where the sound comes from at this moment; None when the system doesn't tell."""
        ...

    def move(self, device_id: str) -> None:
        """Take the sound from there from now on. Raises SoundError."""
        ...

    def close(self) -> None:
        """Stop. No block is heard after it returns. Closing twice is harmless."""
        ...


class Watch(Protocol):
    """Something that can be told to stop watching."""

    def close(self) -> None:
        """Stop. Closing twice is harmless."""
        ...


class SoundSystem(Protocol):
    """A platform's sound. Every method may raise SoundError; all are for one thread at a time."""

    def devices(self) -> tuple[Device, ...]:
        """List what can be recorded, for both channels. At most one default a channel."""
        ...

    def open(self, device: Device, listener: Listener) -> Capture:
        """Record from a device. Its channel decides what may never be heard on it."""
        ...

    def microphone_users(self) -> tuple[MicrophoneUser, ...]:
        """List who holds a microphone."""
        ...

    def players(self) -> tuple[str, ...]:
        """Name the programs that play sound through the default output at this moment."""
        ...

    def play(self, sound: bytes) -> None:
        """Play 16-bit mono sound at 48 kHz through the default output; return when it is over."""
        ...

    def watch(self, on_change: Callable[[], object]) -> Watch:
        """Call back, from another thread, whenever anything of the above may have changed."""
        ...

    def close(self) -> None:
        """Let go of everything. Closing twice is harmless."""
        ...


class NoSoundSystem(SoundError):  # noqa: N818 - it names a state
    """The machine's sound cannot be reached."""

    hint = "See docs/recording.md for what each system needs."


def default_device(devices: tuple[Device, ...], channel: Channel) -> Device:
    """Choose what a channel is recorded from when nobody chose. Raises SoundError."""
    ours = [device for device in devices if device.channel == channel]
    for device in ours:
        if device.is_default:
            return device
    if ours:
        return ours[0]
    what = "microphone" if channel == "me" else "speaker or headphones"
    raise SoundError(
        f"There is no {what} to record.", hint="Connect one; the recording takes it up by itself."
    )


def chosen_device(devices: tuple[Device, ...], channel: Channel, wanted: str | None) -> Device:
    """Find the device that the person named by a part of its name or id; None is the default.

    A named device that is not there stands back for the default one. Raises SoundError when there
    is no device at all.
    """
    if wanted is not None:
        ours = [device for device in devices if device.channel == channel]
        for device in ours:
            if device.id == wanted:
                return device
        for device in ours:
            if wanted.casefold() in f"{device.name} {device.id}".casefold():
                return device
    return default_device(devices, channel)


def this_system() -> SoundSystem:
    """Reach the sound of the machine that we run on. Raises NoSoundSystem."""
    here: str = platform.system()  # not sys.platform: the type checker would drop two of the three
    if here == "Linux":
        from granola_like.audio.linux.pulse import PulseSystem  # noqa: PLC0415 - only there

        return PulseSystem()
    if here == "Windows":
        from granola_like.audio.windows.wasapi import WasapiSystem  # noqa: PLC0415

        return WasapiSystem()
    if here == "Darwin":
        from granola_like.audio.macos.mac import MacSystem  # noqa: PLC0415

        return MacSystem()
    raise NoSoundSystem("Recording is not possible on this system.")
