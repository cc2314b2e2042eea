"""The sound of a Mac. The only file that names sounddevice.

The others are recorded by a process tap where there is one (see `tap`), else from a virtual device
that the output also goes to, such as BlackHole. Tested against fakes of the library and of the
tap's helper only.
"""

import contextlib
import os
import sys
from collections.abc import Callable
from pathlib import Path, PurePosixPath
from typing import Any

from granola_like.audio.macos import tap
from granola_like.audio.macos.core_audio import (
    DEFAULT_INPUT,
    DEFAULT_OUTPUT,
    CoreAudio,
    Properties,
    default_device,
    microphone_users,
    players,
    sound_processes,
)
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
from granola_like.errors import SoundError

VIRTUAL = ("blackhole", "loopback", "soundflower", "vb-cable", "background music")
"""Inputs that carry what the computer plays, not a microphone."""
TAP_ID = "process-tap"
_HEADSETS = ("airpods", "headset", "headphone", "buds", "beats")
_BLOCK_MS = 50


class MacSystem:
    """PortAudio through sounddevice, and Core Audio's list of processes."""

    def __init__(
        self,
        *,
        library: Any = None,
        properties: Properties | None = None,
        helper: Path | None = None,
    ) -> None:
        """Reach the machine's own library, Core Audio and tap's helper, or those given."""
        self._helper = helper if library is not None else tap.find_helper()
        self._tap: tap.TapStream | None = None
        self._tap_failed = False
        self._with_output = False
        self._library = library if library is not None else _import_library()
        self._properties = properties if properties is not None else CoreAudio()
        self._ours = PurePosixPath(sys.executable).name
        self._captures: list[PortAudioCapture] = []

    def devices(self) -> tuple[Device, ...]:
        """List inputs, and the tap; virtual inputs carry the others, too.

        A tap that could not be opened is left out as long as a virtual input can stand for it.
        """
        names = [str(info["name"]) for info in self._inputs()]
        default = default_device(self._properties, DEFAULT_INPUT)
        if default and default not in names:
            names.append(default)  # it came later; PortAudio learns of it when it is opened
        if names and not default:
            default = str(self._library.query_devices(kind="input")["name"])
        found = []
        for name in names:
            is_virtual = any(word in name.casefold() for word in VIRTUAL)
            found.append(
                Device(
                    id=name,
                    name=name,
                    channel="them" if is_virtual else "me",
                    is_default=name == default and not is_virtual,
                    is_headset=any(word in name.casefold() for word in _HEADSETS),
                )
            )
        has_virtual = any(device.channel == "them" for device in found)
        if self._helper is not None and not (self._tap_failed and has_virtual):
            name = "What this Mac plays"
            found.append(
                Device(
                    id=TAP_ID,
                    name=name,
                    channel="them",
                    is_default=True,
                    is_headset=self._plays_to_headset(),
                )
            )
        return tuple(found)

    def open(self, device: Device, listener: Listener) -> Capture:
        """Record an input, or what the Mac plays."""
        self._captures = [one for one in self._captures if one.is_open()]

        def opener(name: str, heard: Callable[[bytes], None]) -> tuple[Stopping, Format]:
            if name == TAP_ID:
                return self._tapped(heard, lambda: listener.moved(TAP_ID)), tap.FORMAT
            if name not in {str(info["name"]) for info in self._inputs()}:
                self._start_over()
            return self._stream(name, heard)

        capture = PortAudioCapture(device, listener, opener)
        self._captures.append(capture)
        return capture

    def microphone_users(self) -> tuple[MicrophoneUser, ...]:
        """List who holds a microphone; nobody before macOS 14.2."""
        return microphone_users(sound_processes(self._properties), ours=self._ours)

    def players(self) -> tuple[str, ...]:
        """Name the programs that play sound."""
        return players(sound_processes(self._properties), ours=self._ours)

    def play(self, sound: bytes) -> None:
        """Play a short sound on the default output and return when it is over."""
        try:
            with self._library.RawOutputStream(
                samplerate=RATE, channels=1, dtype="int16"
            ) as stream:
                stream.write(sound)
        except self._library.PortAudioError as error:
            raise SoundError("The test sound could not be played.") from error

    def watch(self, on_change: Callable[[], object]) -> Watch:
        """Look every second."""
        return PollingWatch(lambda: (self.devices(), self.microphone_users()), on_change)

    def close(self) -> None:
        """Close all streams."""
        for capture in self._captures:
            capture.close()
        self._captures = []

    def _tapped(self, heard: Callable[[bytes], None], moved: Callable[[], None]) -> tap.TapStream:
        if self._helper is None:
            raise SoundError("This Mac has no process tap.", hint="It needs macOS 14.4 or later.")
        if self._tap is not None and self._tap.bytes and not self._tap.has_sounded:
            # Some Macs give silence without the output in the tap's device, others with it.
            self._with_output = not self._with_output
        us = (word for pid in (os.getpid(), os.getppid()) for word in ("--exclude", str(pid)))
        shape = ("--with-output",) if self._with_output else ()
        try:
            self._tap = tap.TapStream((self._helper, *us, *shape), heard=heard, moved=moved)
        except SoundError:
            self._tap_failed = True
            raise
        return self._tap

    def _plays_to_headset(self) -> bool:
        name = default_device(self._properties, DEFAULT_OUTPUT).casefold()
        return any(word in name for word in _HEADSETS)

    def _inputs(self) -> list[dict[str, Any]]:
        try:
            listed = list(self._library.query_devices())
        except self._library.PortAudioError as error:
            raise SoundError("The Mac's sound does not answer.") from error
        return [info for info in listed if info["max_input_channels"] > 0]

    def _start_over(self) -> None:
        """Let PortAudio list the devices anew; that is only possible with no stream open."""
        kept = []
        for capture in self._captures:
            if capture.device_id() == TAP_ID:
                kept.append(capture)  # it is none of PortAudio's
            else:
                capture.end("the list of devices was made anew")
        self._captures = kept
        # PortAudio has no other way, and sounddevice gives these two no public name.
        self._library._terminate()
        self._library._initialize()

    def _stream(self, name: str, heard: Callable[[bytes], None]) -> tuple[Stopping, Format]:
        info = next((i for i in self._inputs() if i["name"] == name), None)
        if info is None:
            raise SoundError(f"{name} is not there.", hint="Connect it, or choose another device.")
        form = Format(
            rate=int(info["default_samplerate"]), channels=min(2, int(info["max_input_channels"]))
        )

        def on_block(data: Any, _frames: int, _time: object, _status: object) -> None:
            heard(bytes(data))

        try:
            stream = self._library.RawInputStream(
                device=info["index"],
                samplerate=form.rate,
                channels=form.channels,
                dtype="int16",
                blocksize=form.rate * _BLOCK_MS // 1000,
                callback=on_block,
            )
            stream.start()
        except self._library.PortAudioError as error:
            raise SoundError(
                f"{name} could not be opened.",
                hint="Allow the microphone in System Settings → Privacy & Security.",
            ) from error
        return _Stream(stream, self._library.PortAudioError), form


class _Stream:
    """One stream of sounddevice."""

    def __init__(self, stream: Any, error: type[Exception]) -> None:
        self._stream, self._error = stream, error

    def is_alive(self) -> bool:
        """Whether PortAudio still runs it."""
        return self._stream is not None and bool(self._stream.active)

    def close(self) -> None:
        """Stop it; one whose device has gone cannot even be stopped."""
        stream, self._stream = self._stream, None
        if stream is not None:
            with contextlib.suppress(self._error):
                stream.close()


def _import_library() -> Any:
    try:
        import sounddevice  # noqa: PLC0415 - only on macOS
    except (ImportError, OSError) as error:
        raise NoSoundSystem(
            "The library sounddevice is not installed.", hint="`pip install sounddevice`"
        ) from error
    return sounddevice
