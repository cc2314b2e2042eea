"""Where sound goes when the person listens: the default output, a little at a time.

On Linux through libpulse's simple interface (PulseAudio and PipeWire's Pulse server), elsewhere
through PortAudio, by the libraries that record there. Only Linux has been run on real servers.
"""

import contextlib
import ctypes
import platform
from typing import Any, Protocol

from granola_like.audio.linux.libpulse import FORMAT_S16LE, BufferAttributes, SampleSpec
from granola_like.audio.segments import RATE
from granola_like.audio.system import NoSoundSystem
from granola_like.errors import SoundError

AHEAD_MS = 150
"""So much is written before it is heard: enough for a busy machine, little to wait for."""
_UNKNOWN = 0xFFFFFFFF
_PLAYBACK = 1
_NO_SPEAKER = "Connect a speaker or headphones, then play it again."


class SoundOutput(Protocol):
    """A stream to the default output: 16 bit, mono, 48 kHz. For one thread."""

    def write(self, pcm: bytes) -> None:
        """Play this next; waits while enough is waiting to be heard. Raises SoundError."""
        ...

    def waiting_ms(self) -> int:
        """How much of what was written has not been heard yet."""
        ...

    def close(self, *, at_once: bool = True) -> None:
        """Stop; what is waiting is forgotten, or without `at_once` heard to its end."""
        ...


class PulseOutput:
    """A stream to a Pulse server."""

    def __init__(self) -> None:
        """Connect. Raises SoundError."""
        self._library = _pulse_simple()
        self._failed = ctypes.c_int()
        form = SampleSpec(FORMAT_S16LE, RATE, 1)
        target = RATE * 2 * AHEAD_MS // 1000
        buffer = BufferAttributes(_UNKNOWN, target, _UNKNOWN, _UNKNOWN, _UNKNOWN)
        made = self._library.pa_simple_new(
            None, b"granola_like", _PLAYBACK, None, b"meeting", ctypes.byref(form), None,
            ctypes.byref(buffer), ctypes.byref(self._failed),
        )  # fmt: skip
        if not made:
            raise SoundError("The sound cannot be played.", hint=_NO_SPEAKER)
        self._stream: ctypes.c_void_p | None = ctypes.c_void_p(made)

    def write(self, pcm: bytes) -> None:
        """Play this next; waits while enough is waiting. Raises SoundError."""
        size = ctypes.c_size_t(len(pcm))
        failed = ctypes.byref(self._failed)
        if self._library.pa_simple_write(self._stream, pcm, size, failed) < 0:
            raise SoundError("The speaker has gone away.", hint=_NO_SPEAKER)

    def waiting_ms(self) -> int:
        """How much of what was written has not been heard yet."""
        latency: int = self._library.pa_simple_get_latency(self._stream, ctypes.byref(self._failed))
        return 0 if self._failed.value and latency > 1 << 60 else latency // 1000

    def close(self, *, at_once: bool = True) -> None:
        """Stop. Closing twice is harmless."""
        stream, self._stream = self._stream, None
        if stream is not None:
            wanted = "flush" if at_once else "drain"
            getattr(self._library, f"pa_simple_{wanted}")(stream, ctypes.byref(self._failed))
            self._library.pa_simple_free(stream)


class PortAudioOutput:
    """A stream of PortAudio; `opened` is a started stream with `write`, `stop` and `close`."""

    def __init__(
        self, opened: Any, *, latency_ms: int, errors: tuple[type[Exception], ...]
    ) -> None:
        self._stream, self._latency_ms, self._errors = opened, latency_ms, errors

    def write(self, pcm: bytes) -> None:
        """Play this next; waits while enough is waiting. Raises SoundError."""
        try:
            self._stream.write(pcm)
        except self._errors as error:
            raise SoundError("The speaker has gone away.", hint=_NO_SPEAKER) from error

    def waiting_ms(self) -> int:
        """How much is on its way, as PortAudio promised when the stream was opened."""
        return self._latency_ms

    def close(self, *, at_once: bool = True) -> None:
        """Stop. PortAudio has some milliseconds waiting, which are heard."""
        del at_once
        stream, self._stream = self._stream, None
        if stream is not None:
            with contextlib.suppress(*self._errors):
                stream.close()


def open_output() -> SoundOutput:
    """Open the default output of the machine that we run on. Raises SoundError."""
    here: str = platform.system()  # not sys.platform: the type checker would drop two of the three
    if here == "Linux":
        return PulseOutput()
    if here == "Darwin":
        return _sounddevice()
    if here == "Windows":
        return _pyaudio()
    raise NoSoundSystem("Sound cannot be played on this system.")


def _pulse_simple() -> Any:
    try:
        library = ctypes.CDLL("libpulse-simple.so.0")
    except OSError as error:
        raise NoSoundSystem("The library libpulse-simple is not installed.") from error
    library.pa_simple_new.restype = ctypes.c_void_p
    library.pa_simple_get_latency.restype = ctypes.c_uint64
    return library


def _sounddevice(library: Any = None) -> SoundOutput:
    library = library or _imported("sounddevice")
    try:
        stream = library.RawOutputStream(
            samplerate=RATE, channels=1, dtype="int16", latency=AHEAD_MS / 1000
        )
        stream.start()
    except library.PortAudioError as error:
        raise SoundError("The sound cannot be played.", hint=_NO_SPEAKER) from error
    return PortAudioOutput(
        stream, latency_ms=round(stream.latency * 1000), errors=(library.PortAudioError,)
    )


def _pyaudio(library: Any = None) -> SoundOutput:
    library = library or _imported("pyaudiowpatch")
    frames = RATE * AHEAD_MS // 2000
    try:
        stream = library.PyAudio().open(
            format=library.paInt16, channels=1, rate=RATE, output=True, frames_per_buffer=frames
        )
    except OSError as error:
        raise SoundError("The sound cannot be played.", hint=_NO_SPEAKER) from error
    return PortAudioOutput(stream, latency_ms=AHEAD_MS, errors=(OSError,))


def _imported(name: str) -> Any:
    try:
        return __import__(name)
    except (ImportError, OSError) as error:
        raise NoSoundSystem(f"The library {name} is not installed.") from error
