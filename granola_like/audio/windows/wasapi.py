"""The sound of a Windows machine. The only file that names PyAudioWPatch.

Endpoint loopback, not process loopback: Teams is digital silence through the latter. Loopback
delivers nothing while nothing plays, so silence is played into the same endpoint. PortAudio's list
of devices is made once, so when a device is not in it all streams are closed and it is made anew.
This file has been tested against a fake of the library only.
"""

import contextlib
import threading
from collections.abc import Callable
from typing import Any

from granola_like.audio.polling import PollingWatch
from granola_like.audio.portaudio import Format, PortAudioCapture, Stopping
from granola_like.audio.segments import RATE
from granola_like.audio.system import (
    Capture,
    Device,
    Listener,
    MicrophoneUser,
    NoSoundSystem,
    Watch,
)
from granola_like.audio.windows.sessions import Endpoint, Sessions
from granola_like.domain.recording import Channel
from granola_like.errors import SoundError

_BLOCK_MS = 50
_LOOPBACK = " [Loopback]"


class WasapiSystem:
    """WASAPI through PyAudioWPatch, with pycaw for devices, volumes and sessions."""

    def __init__(self, *, library: Any = None, sessions: Sessions | None = None) -> None:
        self._library = library if library is not None else _import_library()
        self._sessions = sessions if sessions is not None else _machine_sessions()
        self._audio: Any = None
        self._open: list[PortAudioCapture] = []
        self._lock = threading.RLock()

    def devices(self) -> tuple[Device, ...]:
        """List endpoints; a device's id is its name, for PortAudio's numbers change."""
        return tuple(_device(one) for one in self._sessions.endpoints())

    def open(self, device: Device, listener: Listener) -> Capture:
        """Record an endpoint: the microphone's own, or the loopback of a speaker's."""
        with self._lock:
            if self._find(device.id, device.channel) is None:
                self._start_over()
            capture = PortAudioCapture(
                device, listener, lambda name, heard: self._stream(name, device.channel, heard)
            )
            self._open = [one for one in self._open if one.is_open()]
            self._open.append(capture)
        return capture

    def microphone_users(self) -> tuple[MicrophoneUser, ...]:
        """List the active sessions of all microphones, ours left out."""
        return self._sessions.microphone_users()

    def players(self) -> tuple[str, ...]:
        """Name the programs with an active session on the default speaker, ours left out."""
        return self._sessions.players()

    def play(self, sound: bytes) -> None:
        """Play a short sound on the default speaker and return when it is over."""
        with self._lock:
            if self._audio is None:
                self._audio = self._library.PyAudio()
            try:
                # DirectSound and MME convert the rate; WASAPI in shared mode would refuse ours.
                stream = self._audio.open(
                    format=self._library.paInt16, channels=1, rate=RATE, output=True
                )
            except OSError as error:
                raise SoundError("The test sound could not be played.") from error
        try:
            stream.write(sound)
            stream.stop_stream()
        finally:
            stream.close()

    def watch(self, on_change: Callable[[], object]) -> Watch:
        """Look every second: cheap, and nothing can be missed."""
        return PollingWatch(lambda: (self.devices(), self.microphone_users()), on_change)

    def close(self) -> None:
        """Close all streams and PortAudio."""
        with self._lock:
            for capture in self._open:
                capture.close()
            self._open = []
            audio, self._audio = self._audio, None
            if audio is not None:
                audio.terminate()

    def _start_over(self) -> None:
        for capture in self._open:
            capture.end("the list of devices was made anew")
        self._open = []
        audio, self._audio = self._audio, None
        if audio is not None:
            audio.terminate()

    def _find(self, name: str, channel: Channel) -> dict[str, Any] | None:
        """PortAudio's description of an endpoint, from its list as it was made."""
        if self._audio is None:
            self._audio = self._library.PyAudio()
        try:
            api = self._audio.get_host_api_info_by_type(self._library.paWASAPI)["index"]
        except OSError as error:
            raise NoSoundSystem("This Windows has no WASAPI sound.") from error
        wanted = name + _LOOPBACK if channel == "them" else name
        for number in range(self._audio.get_device_count()):
            info: dict[str, Any] = self._audio.get_device_info_by_index(number)
            if info["hostApi"] == api and info["name"] == wanted and info["maxInputChannels"] > 0:
                return info
        return None

    def _stream(
        self, name: str, channel: Channel, heard: Callable[[bytes], None]
    ) -> tuple[Stopping, Format]:
        info = self._find(name, channel)
        if info is None:
            raise SoundError(f"{name} is not there.", hint="Connect it, or choose another device.")
        # The endpoint's own format: WASAPI refuses any other in shared mode.
        form = Format(rate=int(info["defaultSampleRate"]), channels=int(info["maxInputChannels"]))

        def on_block(data: bytes, _frames: int, _time: object, _status: int) -> tuple[None, int]:
            heard(data)
            return None, self._library.paContinue

        try:
            silence = self._play_silence(name, form) if channel == "them" else None
            stream = self._audio.open(
                format=self._library.paInt16,
                channels=form.channels,
                rate=form.rate,
                input=True,
                input_device_index=info["index"],
                frames_per_buffer=form.rate * _BLOCK_MS // 1000,
                stream_callback=on_block,
            )
        except OSError as error:
            raise SoundError(
                f"{name} could not be opened.",
                hint="Allow microphone access in Settings → Privacy, and close programs that use "
                "the device alone.",
            ) from error
        return _Streams([stream, silence] if silence is not None else [stream]), form

    def _play_silence(self, name: str, form: Format) -> Any:
        infos = map(self._audio.get_device_info_by_index, range(self._audio.get_device_count()))
        found = next((i for i in infos if i["name"] == name and i["maxOutputChannels"] > 0), None)
        if found is None:
            return None
        channels = int(found["maxOutputChannels"])

        def on_need(_in: object, frames: int, _time: object, _status: int) -> tuple[bytes, int]:
            return bytes(frames * 2 * channels), self._library.paContinue

        return self._audio.open(
            format=self._library.paInt16,
            channels=channels,
            rate=form.rate,
            output=True,
            output_device_index=found["index"],
            stream_callback=on_need,
        )


class _Streams:
    """A record stream, and the silence that keeps its endpoint running."""

    def __init__(self, streams: list[Any]) -> None:
        self._streams = streams

    def is_alive(self) -> bool:
        """Whether PortAudio still runs the record stream."""
        return bool(self._streams) and bool(self._streams[0].is_active())

    def close(self) -> None:
        """Stop both; a stream whose device has gone cannot even be stopped."""
        streams, self._streams = self._streams, []
        for stream in streams:
            with contextlib.suppress(OSError):
                stream.stop_stream()
            with contextlib.suppress(OSError):
                stream.close()


def _device(endpoint: Endpoint) -> Device:
    return Device(
        id=endpoint.name,
        name=endpoint.name,
        channel="me" if endpoint.is_microphone else "them",
        is_default=endpoint.is_default,
        is_headset=endpoint.is_headset,
        # Loopback is taken before the endpoint's volume and mute, so only a microphone's counts.
        is_muted=endpoint.is_muted and endpoint.is_microphone,
    )


def _import_library() -> Any:
    try:
        import pyaudiowpatch  # noqa: PLC0415 - only on Windows
    except ImportError as error:
        raise NoSoundSystem(
            "The library PyAudioWPatch is not installed.", hint="`pip install PyAudioWPatch`"
        ) from error
    return pyaudiowpatch


def _machine_sessions() -> Sessions:
    from granola_like.audio.windows.sessions import PycawSessions  # noqa: PLC0415 - only on Windows

    return PycawSessions()
