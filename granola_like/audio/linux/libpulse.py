"""The part of libpulse that records, bound with ctypes.

libpulse.so.0 is wherever a browser is. Unlike PortAudio or `parec` it tells of holes, moves,
suspensions and overflows, and records bit for bit on PulseAudio and on PipeWire's Pulse server.
Names, flags and structures: https://freedesktop.org/software/pulseaudio/doxygen/.
"""

import ctypes
import functools
from ctypes import CFUNCTYPE, POINTER, c_char_p, c_int, c_size_t, c_uint8, c_uint32, c_void_p
from typing import Any

from granola_like.audio.system import NoSoundSystem

FORMAT_S16LE = 3
NO_AUTOSPAWN = 0x1
ADJUST_LATENCY = 0x2000
AUTO = 0xFFFFFFFF
CONTEXT_READY, CONTEXT_FAILED, CONTEXT_TERMINATED = 4, 5, 6
STREAM_READY, STREAM_FAILED, STREAM_TERMINATED = 2, 3, 4

StreamCallback = CFUNCTYPE(None, c_void_p, c_void_p)
ReadCallback = CFUNCTYPE(None, c_void_p, c_size_t, c_void_p)


class SampleSpec(ctypes.Structure):
    """pa_sample_spec."""

    _fields_ = (("format", c_int), ("rate", c_uint32), ("channels", c_uint8))


class BufferAttributes(ctypes.Structure):
    """pa_buffer_attr, in bytes."""

    _fields_ = tuple(
        (name, c_uint32) for name in ("maxlength", "tlength", "prebuf", "minreq", "fragsize")
    )


_P = c_void_p
_SIGNATURES: dict[str, tuple[Any, tuple[Any, ...]]] = {
    "threaded_mainloop_new": (_P, ()),
    "threaded_mainloop_start": (c_int, (_P,)),
    "threaded_mainloop_stop": (None, (_P,)),
    "threaded_mainloop_free": (None, (_P,)),
    "threaded_mainloop_lock": (None, (_P,)),
    "threaded_mainloop_unlock": (None, (_P,)),
    "threaded_mainloop_get_api": (_P, (_P,)),
    "proplist_new": (_P, ()),
    "proplist_sets": (c_int, (_P, c_char_p, c_char_p)),
    "proplist_free": (None, (_P,)),
    "context_new_with_proplist": (_P, (_P, c_char_p, _P)),
    "context_connect": (c_int, (_P, c_char_p, c_int, _P)),
    "context_get_state": (c_int, (_P,)),
    "context_disconnect": (None, (_P,)),
    "context_unref": (None, (_P,)),
    "context_move_source_output_by_name": (_P, (_P, c_uint32, c_char_p, _P, _P)),
    "operation_unref": (None, (_P,)),
    "stream_new_with_proplist": (_P, (_P, c_char_p, POINTER(SampleSpec), _P, _P)),
    "stream_connect_record": (c_int, (_P, c_char_p, POINTER(BufferAttributes), c_int)),
    "stream_disconnect": (c_int, (_P,)),
    "stream_unref": (None, (_P,)),
    "stream_get_state": (c_int, (_P,)),
    "stream_get_index": (c_uint32, (_P,)),
    "stream_get_device_name": (c_char_p, (_P,)),
    "stream_peek": (c_int, (_P, POINTER(c_void_p), POINTER(c_size_t))),
    "stream_drop": (c_int, (_P,)),
    "stream_set_read_callback": (None, (_P, ReadCallback, _P)),
    "stream_set_moved_callback": (None, (_P, StreamCallback, _P)),
    "stream_set_state_callback": (None, (_P, StreamCallback, _P)),
    "stream_set_overflow_callback": (None, (_P, StreamCallback, _P)),
    "stream_set_suspended_callback": (None, (_P, StreamCallback, _P)),
}


class LibPulse:
    """The functions above without their `pa_`, typed for ctypes."""

    def __init__(self) -> None:
        try:
            library = ctypes.CDLL("libpulse.so.0")
        except OSError as error:
            raise NoSoundSystem(
                "The library libpulse is not installed.",
                hint="Install it (Debian: libpulse0, Fedora: pulseaudio-libs), then try again.",
            ) from error
        for name, (result, arguments) in _SIGNATURES.items():
            function = getattr(library, f"pa_{name}")
            function.restype, function.argtypes = result, arguments
            setattr(self, name, function)

    def __getattr__(self, name: str) -> Any:
        # Only reached for a name missing above; it makes the rest typed as Any.
        raise AttributeError(name)


@functools.cache
def libpulse() -> LibPulse:
    """Load the library once. Raises NoSoundSystem where there is none."""
    return LibPulse()


def proplist(facts: dict[str, str]) -> int:
    """Make a pa_proplist; whoever asks frees it."""
    pulse = libpulse()
    made: int = pulse.proplist_new()
    for key, value in facts.items():
        pulse.proplist_sets(made, key.encode(), value.encode())
    return made
