"""Records one channel through libpulse."""

import contextlib
import ctypes
import logging
import time
from collections.abc import Callable, Iterator

import numpy as np

from granola_like.audio.clock import boot_seconds
from granola_like.audio.linux import libpulse as lib
from granola_like.audio.segments import RATE
from granola_like.audio.system import OURS, Device, Listener
from granola_like.errors import SoundError

logger = logging.getLogger(__name__)

FRAGMENT_MS = 100
"""Much shorter ones lose or repeat frames on PipeWire's Pulse server (measured at 10 ms)."""
OPEN_SECONDS = 5.0
_STEREO_FRAME = 4
_FRAGMENT_BYTES = RATE * FRAGMENT_MS // 1000 * _STEREO_FRAME
_APART_SECONDS = 2 * FRAGMENT_MS / 1000
"""Pieces that come further apart than this are not joined: there may be a hole between them."""
WRONG_SOURCE = {
    "them": "the speaker went away, and the system offered the microphone instead",
    "me": "the microphone went away, and the system offered the speaker's sound instead",
}


def may_be_heard(device: Device, source: str) -> bool:
    """Whether sound of that source belongs on the channel.

    PulseAudio moves a stream to whatever is left when its device goes, without an error: the
    others' channel must then not hear the microphone, nor mine the speaker.
    """
    if source == device.id:
        return True
    return source.endswith(".monitor") == (device.channel == "them")


def to_mono(stereo: bytes) -> bytes:
    """Average two interleaved 16-bit channels.

    We ask for stereo even of a microphone: PipeWire makes mono of a stereo monitor by adding,
    which clips (+3 dB for sound in the middle). Equal channels come out bit for bit.
    """
    pairs = np.frombuffer(stereo, dtype="<i2")
    left, right = pairs[0::2], pairs[1::2]
    # The sum halved, rounded down, without a wider type (Warren, Hacker's Delight, 2-5).
    mixed: bytes = ((left & right) + ((left ^ right) >> 1)).tobytes()
    return mixed


class PulseCapture:
    """A record stream with a connection and a thread of its own; one thread may own it.

    Nothing it does on the server outlives it, and a server that dies ends only this: the listener
    hears `lost`.
    """

    def __init__(self, device: Device, listener: Listener) -> None:
        self._pulse = lib.libpulse()
        self._device, self._listener = device, listener
        self._allowed = True
        self._closed = False
        self._loop = self._pulse.threaded_mainloop_new()
        self._context = self._stream = 0
        self._callbacks: list[object] = []
        self._pieces: list[bytes] = []
        self._gathered, self._arrived = 0, 0.0
        self._blank: str | None = None
        self._pulse.threaded_mainloop_start(self._loop)
        try:
            self._connect()
        except SoundError:
            self.close()
            raise

    def device_id(self) -> str | None:
        """Where the server takes the sound from now."""
        if self._closed:
            return None
        with self._locked():
            if self._pulse.stream_get_state(self._stream) != lib.STREAM_READY:
                return None
            name = self._pulse.stream_get_device_name(self._stream)
        return name.decode() if name else None

    def index(self) -> int:
        """The stream's number on the server."""
        with self._locked():
            return int(self._pulse.stream_get_index(self._stream))

    def move(self, device_id: str) -> None:
        """Ask the server to move the stream; rates are converted there, and nothing is reopened."""
        if self._closed:
            raise SoundError("This capture is closed.")
        with self._locked():
            number = self._pulse.stream_get_index(self._stream)
            operation = self._pulse.context_move_source_output_by_name(
                self._context, number, device_id.encode(), None, None
            )
            if not operation:
                raise SoundError("The sound server refused to change the device.")
            self._pulse.operation_unref(operation)

    def close(self) -> None:
        """Stop and free everything; no block is heard afterwards."""
        if self._closed:
            return
        pulse = self._pulse
        with self._locked():
            self._hand_over()
            self._closed = True
            if self._stream:
                pulse.stream_disconnect(self._stream)
                pulse.stream_unref(self._stream)
            if self._context:
                pulse.context_disconnect(self._context)
                pulse.context_unref(self._context)
        pulse.threaded_mainloop_stop(self._loop)
        pulse.threaded_mainloop_free(self._loop)

    @contextlib.contextmanager
    def _locked(self) -> Iterator[None]:
        self._pulse.threaded_mainloop_lock(self._loop)
        try:
            yield
        finally:
            self._pulse.threaded_mainloop_unlock(self._loop)

    def _connect(self) -> None:
        pulse = self._pulse
        us = {"application.name": "granola_like", OURS: "1"}
        with self._locked():
            facts = lib.proplist(us)
            api = pulse.threaded_mainloop_get_api(self._loop)
            self._context = pulse.context_new_with_proplist(api, b"granola_like", facts)
            pulse.proplist_free(facts)
            if pulse.context_connect(self._context, None, lib.NO_AUTOSPAWN, None) < 0:
                raise SoundError("The sound server does not answer.", hint=_SERVER_HINT)
        self._wait(lambda: pulse.context_get_state(self._context), ready=lib.CONTEXT_READY)
        with self._locked():
            # No media.role: WirePlumber links streams of the role Communication to the microphone.
            facts = lib.proplist({**us, "media.name": f"recording: {self._device.channel}"})
            spec = lib.SampleSpec(lib.FORMAT_S16LE, RATE, 2)
            self._stream = pulse.stream_new_with_proplist(
                self._context, b"granola_like", ctypes.byref(spec), None, facts
            )
            pulse.proplist_free(facts)
            self._set_callbacks()
            buffer = lib.BufferAttributes(*[lib.AUTO] * 4, _FRAGMENT_BYTES)
            started = pulse.stream_connect_record(
                self._stream, self._device.id.encode(), ctypes.byref(buffer), lib.ADJUST_LATENCY
            )
            if started < 0:
                raise SoundError(f"{self._device.name} could not be opened.", hint=_SERVER_HINT)
        self._wait(lambda: pulse.stream_get_state(self._stream), ready=lib.STREAM_READY)

    def _set_callbacks(self) -> None:
        read = lib.ReadCallback(self._on_read)
        moved = lib.StreamCallback(self._on_moved)
        state = lib.StreamCallback(self._on_state)
        self._callbacks = [read, moved, state]  # ctypes keeps no reference of its own
        self._pulse.stream_set_read_callback(self._stream, read, None)
        self._pulse.stream_set_moved_callback(self._stream, moved, None)
        self._pulse.stream_set_state_callback(self._stream, state, None)

    def _wait(self, state: Callable[[], int], *, ready: int) -> None:
        until = time.monotonic() + OPEN_SECONDS
        while time.monotonic() < until:
            with self._locked():
                now = state()
            if now == ready:
                return
            if now > ready:  # failed or terminated, for contexts and for streams
                break
            time.sleep(0.005)
        raise SoundError(f"{self._device.name} could not be opened.", hint=_SERVER_HINT)

    def _on_read(self, stream: int, ready: int, _data: object) -> None:
        data, size = ctypes.c_void_p(), ctypes.c_size_t()
        pulse, arrived = self._pulse, boot_seconds()
        while ready > 0 and not self._closed:
            if pulse.stream_peek(stream, ctypes.byref(data), ctypes.byref(size)) < 0:
                return
            if size.value == 0:
                return
            ready -= size.value
            # A hole in the server's buffer has a length but no data: it stays in the timeline.
            hole = data.value is None
            raw = bytes(size.value) if hole else ctypes.string_at(data, size.value)
            pulse.stream_drop(stream)
            blank = "the sound server skipped" if hole else None
            if not self._allowed:
                raw, blank = bytes(len(raw)), WRONG_SOURCE[self._device.channel]
            self._gather(raw, arrived, blank)

    def _gather(self, raw: bytes, arrived: float, blank: str | None) -> None:
        """Join pieces of the same kind to blocks: PulseAudio cuts a fragment in two and more.

        Everything behind this costs by the block, not by the sample.
        """
        if blank != self._blank or arrived - self._arrived > _APART_SECONDS:
            self._hand_over()
        self._pieces.append(raw)
        self._gathered += len(raw)
        self._arrived, self._blank = arrived, blank
        if self._gathered >= _FRAGMENT_BYTES:
            self._hand_over()

    def _hand_over(self) -> None:
        pieces, self._pieces, self._gathered = self._pieces, [], 0
        if pieces:
            mono = to_mono(b"".join(pieces))
            self._listener.heard(mono, arrived=self._arrived, blank=self._blank)

    def _on_moved(self, stream: int, _data: object) -> None:
        name = self._pulse.stream_get_device_name(stream)
        source = name.decode() if name else ""
        self._hand_over()
        # Sound from the new source comes after this call, so none of it slips through.
        self._allowed = may_be_heard(self._device, source)
        self._listener.moved(source)

    def _on_state(self, stream: int, _data: object) -> None:
        state = self._pulse.stream_get_state(stream)
        if state in {lib.STREAM_FAILED, lib.STREAM_TERMINATED} and not self._closed:
            self._hand_over()
            self._listener.lost("the sound server ended the recording of this device")


_SERVER_HINT = "Is PulseAudio or PipeWire running? `granola-like devices` shows what there is."
