"""Plays a short sound through the default output, with libpulse's simple interface."""

import ctypes

from granola_like.audio.linux.libpulse import FORMAT_S16LE, SampleSpec
from granola_like.audio.segments import RATE
from granola_like.audio.system import NoSoundSystem
from granola_like.errors import SoundError

_PLAYBACK = 1


def play(sound: bytes) -> None:
    """Play 16-bit mono sound at 48 kHz and return when it is over. Raises SoundError."""
    try:
        library = ctypes.CDLL("libpulse-simple.so.0")
    except OSError as error:
        raise NoSoundSystem("The library libpulse-simple is not installed.") from error
    library.pa_simple_new.restype = ctypes.c_void_p
    failed = ctypes.c_int()
    form = SampleSpec(FORMAT_S16LE, RATE, 1)
    stream = library.pa_simple_new(
        None, b"granola_like", _PLAYBACK, None, b"test sound", ctypes.byref(form), None, None,
        ctypes.byref(failed),
    )  # fmt: skip
    if not stream:
        raise SoundError("The test sound could not be played.", hint="Is a speaker connected?")
    handle = ctypes.c_void_p(stream)
    try:
        size = ctypes.c_size_t(len(sound))
        if library.pa_simple_write(handle, sound, size, ctypes.byref(failed)) < 0:
            raise SoundError("The test sound could not be played.")
        library.pa_simple_drain(handle, ctypes.byref(failed))
    finally:
        library.pa_simple_free(handle)
