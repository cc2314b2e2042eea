"""One record stream of PortAudio, in the shape that the recorder asks for.

For both libraries over PortAudio: PyAudioWPatch on Windows, sounddevice on macOS. Their streams
differ in how they are opened, so that is passed in.
"""

from collections.abc import Callable
from dataclasses import dataclass
from typing import Protocol

from granola_like.audio.clock import boot_seconds
from granola_like.audio.mixdown import MonoStream
from granola_like.audio.system import Device, Listener
from granola_like.errors import SoundError


class Stopping(Protocol):
    """A running stream; closing it twice is harmless."""

    def close(self) -> None:
        """Stop: no block comes after it returns."""
        ...

    def is_alive(self) -> bool:
        """Whether the device is still there."""
        ...


@dataclass(frozen=True, slots=True, kw_only=True)
class Format:
    """What a device delivers."""

    rate: int
    channels: int


Opener = Callable[[str, Callable[[bytes], None]], tuple[Stopping, Format]]
"""Opens the device of that id and calls back with interleaved 16-bit blocks. Raises SoundError."""


class PortAudioCapture:
    """A stream on one device. Moving is closing and opening: PortAudio cannot do more."""

    def __init__(self, device: Device, listener: Listener, opener: Opener) -> None:
        self._listener, self._opener = listener, opener
        self._id: str | None = None
        self._stream: Stopping | None = None
        self._mixdown: MonoStream | None = None
        self._start(device.id)

    def device_id(self) -> str | None:
        """Where the sound comes from; a device that went away is told here, once."""
        stream = self._stream
        if stream is None:
            return None
        if not stream.is_alive():
            self.end("the device went away")
            return None
        return self._id

    def end(self, why: str) -> None:
        """Stop, and tell the listener that it must be opened anew. Harmless when closed."""
        if self._stream is not None:
            self.close()
            self._listener.lost(why)

    def is_open(self) -> bool:
        """Whether it has not been closed."""
        return self._stream is not None

    def move(self, device_id: str) -> None:
        """Open the other device instead. Raises SoundError, and then hears nothing."""
        if self._id is None:
            raise SoundError("This capture is closed.")
        self.close()
        self._start(device_id)
        self._listener.moved(device_id)

    def close(self) -> None:
        """Stop. Closing twice is harmless."""
        stream, self._stream, self._id = self._stream, None, None
        if stream is not None:
            stream.close()

    def _start(self, device_id: str) -> None:
        self._mixdown = None
        self._stream, form = self._opener(device_id, self._heard)
        self._mixdown = MonoStream(rate=form.rate, channels=form.channels)
        self._id = device_id

    def _heard(self, block: bytes) -> None:
        arrived = boot_seconds()
        mixdown = self._mixdown
        if mixdown is None or self._id is None:
            return  # the stream speaks before its format is known: some ms at the very start
        mono = mixdown.mono(block)
        if mono:
            self._listener.heard(mono, arrived=arrived, blank=None)
