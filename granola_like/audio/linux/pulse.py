"""The sound of a Linux machine, through the Pulse protocol. The only file that names pulsectl."""

import contextlib
import threading
import time
from collections.abc import Callable
from typing import Any, TypeVar

import pulsectl

from granola_like.audio.linux.pulse_capture import PulseCapture
from granola_like.audio.linux.pulse_facts import (
    NOTHING,
    Sink,
    Source,
    Stream,
    list_devices,
    list_microphone_users,
    place_of_call,
    programs_in_calls,
    still_playing,
)
from granola_like.audio.linux.pulse_play import play
from granola_like.audio.system import OURS, Capture, Device, Listener, MicrophoneUser, Watch
from granola_like.errors import SoundError

T = TypeVar("T")
_NAME = "granola_like"
_FIRST_WAIT_S, _LAST_WAIT_S = 0.3, 2.0
"""Between two tries to reach a server that is away; a machine without one is left in peace."""


class PulseSystem:
    """PulseAudio, or PipeWire's Pulse server. A lost connection is made anew at the next call."""

    def __init__(self) -> None:
        self._pulse: Any = None
        self._callers: frozenset[str] = frozenset()
        """Programs that are in a call, or were and still play."""
        self._speaker = ""
        """Where the others are heard, as it was last listed."""

    def devices(self) -> tuple[Device, ...]:
        """List microphones and what the speakers play.

        The default of a channel is the device that a call's program uses, where that is another
        one than the system's default: a headset for calls beside loudspeakers for the rest.
        """
        return self._ask(self._devices)

    def open(self, device: Device, listener: Listener) -> Capture:
        """Record from a device."""
        return PulseCapture(device, listener)

    def microphone_users(self) -> tuple[MicrophoneUser, ...]:
        """List who holds a microphone."""
        return self._ask(_microphone_users)

    def players(self) -> tuple[str, ...]:
        """Name the programs that play where the others were last heard, or at the default."""
        return self._ask(self._players)

    def play(self, sound: bytes) -> None:
        """Play a short sound and return when it is over."""
        play(sound)

    def watch(self, on_change: Callable[[], object]) -> Watch:
        """Call back on every change of devices, defaults and streams, and after a reconnection."""
        return _PulseWatch(on_change)

    def close(self) -> None:
        """Disconnect."""
        pulse, self._pulse = self._pulse, None
        if pulse is not None:
            with contextlib.suppress(pulsectl.PulseError):
                pulse.close()

    def _devices(self, pulse: Any) -> tuple[Device, ...]:
        server = pulse.server_info()
        sinks = [_sink(one) for one in pulse.sink_list()]
        sources = [_source(one) for one in pulse.source_list()]
        recording = [_stream(one, one.source) for one in pulse.source_output_list()]
        playing = [_stream(one, one.sink) for one in pulse.sink_input_list()]
        now = programs_in_calls(recording, sources)
        self._callers = now | still_playing(self._callers, playing)
        microphones = {one.index: one.name for one in sources if not one.is_monitor}
        speakers = {one.index: one.name for one in sinks}
        self._speaker = place_of_call(
            playing, self._callers, among=speakers, default=server.default_sink_name or ""
        )
        source = place_of_call(
            recording, self._callers, among=microphones, default=server.default_source_name or ""
        )
        return list_devices(sinks, sources, default_sink=self._speaker, default_source=source)

    def _players(self, pulse: Any) -> tuple[str, ...]:
        name = self._speaker or pulse.server_info().default_sink_name
        sinks = {one.index for one in pulse.sink_list() if one.name == name}
        streams = [_stream(one, one.sink) for one in pulse.sink_input_list()]
        heard = [s for s in streams if s.device in sinks and not s.is_corked and not s.is_ours]
        return tuple(dict.fromkeys(s.name or s.binary or s.media for s in heard))

    def _ask(self, question: Callable[[Any], T]) -> T:
        """Ask the server; once more on a new connection, for the server may have been restarted."""
        for last in (False, True):
            try:
                if self._pulse is None:
                    self._pulse = _connect(_NAME)
                return question(self._pulse)
            except (pulsectl.PulseError, pulsectl.PulseDisconnected, OSError) as error:
                self.close()
                if last:
                    raise SoundError(
                        "The sound server does not answer.",
                        hint="Is PulseAudio or PipeWire running? Recording goes on once it is.",
                    ) from error
        raise AssertionError("unreachable")


class _PulseWatch:
    """A connection of its own that does nothing but listen."""

    def __init__(self, on_change: Callable[[], object]) -> None:
        self._on_change = on_change
        self._closed = threading.Event()
        self._thread = threading.Thread(target=self._run, name="sound events", daemon=True)
        self._thread.start()

    def close(self) -> None:
        """Stop listening, at once; the thread leaves half a second later."""
        self._closed.set()

    def _tell(self) -> None:
        if not self._closed.is_set():
            self._on_change()

    def _run(self) -> None:
        wait_s = _FIRST_WAIT_S
        while not self._closed.is_set():
            began = time.monotonic()
            try:
                self._listen()
            except (pulsectl.PulseError, pulsectl.PulseDisconnected, OSError):
                was_there = time.monotonic() - began > 1
                if was_there or wait_s == _FIRST_WAIT_S:
                    self._tell()  # once; when it is back, `_listen` tells
                self._closed.wait(wait_s)
                wait_s = _FIRST_WAIT_S if was_there else min(2 * wait_s, _LAST_WAIT_S)

    def _listen(self) -> None:
        pulse = _connect(f"{_NAME} events")
        try:
            pulse.event_mask_set("server", "sink", "source", "source_output", "sink_input")
            pulse.event_callback_set(lambda _: self._tell())
            self._tell()
            while not self._closed.is_set():
                pulse.event_listen(timeout=0.5)
        finally:
            with contextlib.suppress(pulsectl.PulseError, OSError):
                pulse.close()


def _microphone_users(pulse: Any) -> tuple[MicrophoneUser, ...]:
    return list_microphone_users(
        [_stream(one, one.source) for one in pulse.source_output_list()],
        [_stream(one, one.sink) for one in pulse.sink_input_list()],
        [_source(one) for one in pulse.source_list()],
    )


def _connect(name: str) -> Any:
    pulse = pulsectl.Pulse(name, connect=False)
    try:
        pulse.connect()  # with a timeout, pulsectl always waits for all of it
    except pulsectl.PulseError:
        pulse.close()
        raise
    return pulse


def _sink(one: Any) -> Sink:
    port = one.port_active.name if one.port_active else ""
    facts = one.proplist
    return Sink(
        name=one.name,
        description=one.description or one.name,
        monitor=one.monitor_source_name or "",
        index=one.index,
        volume=one.volume.value_flat,
        is_muted=bool(one.mute),
        flags=one.flags,
        form=f"{facts.get('device.form_factor', '')} {port}",
    )


def _source(one: Any) -> Source:
    port = one.port_active.name if one.port_active else ""
    return Source(
        index=one.index,
        name=one.name,
        description=one.description or one.name,
        is_monitor=one.monitor_of_sink != NOTHING or one.name.endswith(".monitor"),
        is_muted=bool(one.mute),
        volume=one.volume.value_flat,
        form=f"{one.proplist.get('device.form_factor', '')} {port}",
    )


def _stream(one: Any, device: int) -> Stream:
    facts = one.proplist
    pid = facts.get("application.process.id", "")
    return Stream(
        device=device,
        binary=facts.get("application.process.binary", ""),
        name=facts.get("application.name", ""),
        media=facts.get("media.name", ""),
        pid=int(pid) if pid.isdigit() else None,
        rate=one.sample_spec.rate,
        resampler=one.resample_method or "",
        is_corked=bool(one.corked),
        is_ours=facts.get(OURS) == "1",
    )
