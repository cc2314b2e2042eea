"""Fakes of the libraries below our adapters, down to the calls that reach the system."""

import struct
from collections.abc import Callable
from dataclasses import dataclass, field
from typing import Any

import numpy as np

BLOCK = 2400


class FakeSpeaker:
    """An output stream that is written to."""

    def __init__(self, owner: Any) -> None:
        self.owner = owner

    def __enter__(self) -> "FakeSpeaker":
        return self

    def __exit__(self, *_: object) -> None:
        pass

    def write(self, sound: bytes) -> None:
        self.owner.played += sound

    def stop_stream(self) -> None:
        pass

    def close(self) -> None:
        pass


class FakePyAudioStream:
    def __init__(self, owner: "FakePyAudioModule", options: dict[str, Any]) -> None:
        self.owner, self.options = owner, options
        self.running = True
        owner.streams.append(self)

    def is_active(self) -> bool:
        return self.running and self.options_name() in self.owner.names()

    def options_name(self) -> str:
        index = self.options.get("input_device_index", self.options.get("output_device_index"))
        return str(self.owner.listed[index]["name"])

    def stop_stream(self) -> None:
        if not self.is_active():
            raise OSError("the device is not there")
        self.running = False

    def close(self) -> None:
        self.running = False
        if self in self.owner.streams:
            self.owner.streams.remove(self)


class FakePyAudioModule:
    """PyAudioWPatch: PortAudio's list is frozen from its first to its last instance."""

    paWASAPI, paInt16, paContinue = 13, 8, 0  # noqa: N815 - the library's names

    def __init__(self) -> None:
        self.connected: list[dict[str, Any]] = []
        self.listed: list[dict[str, Any]] = []
        self.streams: list[FakePyAudioStream] = []
        self.instances = 0
        self.played = b""

    def names(self) -> set[str]:
        return {str(info["name"]) for info in self.connected}

    def connect(self, name: str, *, inputs: int = 0, outputs: int = 0, rate: int = 48_000) -> None:
        base = {"hostApi": 2, "defaultSampleRate": float(rate)}
        self.connected.append(
            {**base, "name": name, "maxInputChannels": inputs, "maxOutputChannels": outputs}
        )
        if outputs:
            loop = {"name": f"{name} [Loopback]", "maxInputChannels": outputs}
            self.connected.append({**base, **loop, "maxOutputChannels": 0})

    def disconnect(self, name: str) -> None:
        self.connected = [i for i in self.connected if not str(i["name"]).startswith(name)]

    def PyAudio(self) -> "FakePyAudioModule":  # noqa: N802 - the library's name
        if self.instances == 0:
            other = {"name": "Mapper", "hostApi": 0, "maxInputChannels": 2, "maxOutputChannels": 0}
            self.listed = [
                {**info, "index": number} for number, info in enumerate([other, *self.connected])
            ]
        self.instances += 1
        return self

    def terminate(self) -> None:
        assert not self.streams, "streams were still open"
        self.instances -= 1

    def get_host_api_info_by_type(self, kind: int) -> dict[str, Any]:
        assert kind == self.paWASAPI
        return {"index": 2}

    def get_device_count(self) -> int:
        return len(self.listed)

    def get_device_info_by_index(self, number: int) -> dict[str, Any]:
        return self.listed[number]

    def open(self, **options: Any) -> Any:
        if options.get("output") and "output_device_index" not in options:
            return FakeSpeaker(self)
        index = options.get("input_device_index", options.get("output_device_index"))
        info = self.listed[index]
        side = "maxInputChannels" if options.get("input") else "maxOutputChannels"
        if info["name"] not in self.names():
            raise OSError(-9985, "Device unavailable")
        if options["channels"] != info[side] or options["rate"] != info["defaultSampleRate"]:
            raise OSError(-9998, "Invalid number of channels")  # shared mode takes its own format
        return FakePyAudioStream(self, options)

    def deliver(self, name: str, sound: np.ndarray) -> None:
        """Let a device deliver a block; a loopback is silent while nothing plays into it."""
        for stream in list(self.streams):
            if not stream.options.get("input") or stream.options_name() != name:
                continue
            loop = name.removesuffix(" [Loopback]")
            fed = any(s.options.get("output") and s.options_name() == loop for s in self.streams)
            if not sound.any() and name != loop and not fed:
                continue
            stream.options["stream_callback"](sound.astype("<i2").tobytes(), len(sound), None, 0)


@dataclass
class FakeSession:
    pid: int
    state: int = 1

    def GetProcessId(self) -> int:  # noqa: N802
        return self.pid

    def GetState(self) -> int:  # noqa: N802
        return self.state


@dataclass
class FakeEndpoint:
    FriendlyName: str
    id: str
    sessions: list[FakeSession] = field(default_factory=list)
    muted: bool = False

    @property
    def EndpointVolume(self) -> "FakeEndpoint":  # noqa: N802
        return self

    @property
    def AudioSessionManager(self) -> "FakeEndpoint":  # noqa: N802
        return self

    def GetMute(self) -> int:  # noqa: N802
        return int(self.muted)

    def GetSessionEnumerator(self) -> "FakeEndpoint":  # noqa: N802
        return self

    def GetCount(self) -> int:  # noqa: N802
        return len(self.sessions)

    def GetSession(self, number: int) -> FakeSession:  # noqa: N802
        return self.sessions[number]


class FakePycaw:
    """pycaw's endpoints: 0 renders, 1 captures; defaults by (flow, role)."""

    errors = (OSError,)

    def __init__(self) -> None:
        self.flows: dict[int, list[FakeEndpoint]] = {0: [], 1: []}
        self.defaults: dict[tuple[int, int], str] = {}
        self.dead = False

    def CoInitialize(self) -> None:  # noqa: N802
        pass

    def GetAllDevices(self, flow: int, state: int) -> list[FakeEndpoint]:  # noqa: N802
        if self.dead:
            raise OSError("the audio service has stopped")
        assert state == 1
        return self.flows[flow]

    def default_endpoint_id(self, flow: int, role: int) -> str:
        return self.defaults.get((flow, role), "")

    def session_control(self, session: FakeSession) -> FakeSession:
        return session


class FakePortAudioError(Exception):
    pass


class FakeSoundDeviceStream:
    def __init__(self, owner: "FakeSoundDevice", options: dict[str, Any]) -> None:
        self.owner, self.options, self.running = owner, options, False
        self.name = owner.listed[options["device"]]["name"]

    @property
    def active(self) -> bool:
        return self.running and self.name in {i["name"] for i in self.owner.connected}

    def start(self) -> None:
        self.running = True
        self.owner.streams.append(self)

    def close(self) -> None:
        if not self.active:
            raise FakePortAudioError("the device is not there")
        self.running = False
        self.owner.streams.remove(self)


class FakeSoundDevice:
    """sounddevice: a list that is made at the first import, and streams with callbacks."""

    PortAudioError = FakePortAudioError

    def __init__(self) -> None:
        self.connected: list[dict[str, Any]] = []
        self.listed: list[dict[str, Any]] = []
        self.streams: list[FakeSoundDeviceStream] = []
        self.default = ""
        self.played = b""

    def RawOutputStream(self, **options: Any) -> FakeSpeaker:  # noqa: N802
        assert (options["samplerate"], options["channels"], options["dtype"]) == (
            48_000,
            1,
            "int16",
        )
        return FakeSpeaker(self)

    def connect(self, name: str, *, inputs: int, rate: int = 48_000) -> None:
        self.connected.append(
            {"name": name, "max_input_channels": inputs, "default_samplerate": float(rate)}
        )

    def _initialize(self) -> None:
        self.listed = [{**info, "index": n} for n, info in enumerate(self.connected)]

    def _terminate(self) -> None:
        self.streams = [s for s in self.streams if s.active]
        assert not self.streams, "streams were still open"

    def query_devices(self, kind: str | None = None) -> Any:
        if kind == "input":
            return next(i for i in self.listed if i["name"] == self.default)
        return self.listed

    def RawInputStream(self, **options: Any) -> FakeSoundDeviceStream:  # noqa: N802
        if self.listed[options["device"]]["name"] not in {i["name"] for i in self.connected}:
            raise FakePortAudioError("Invalid device")
        return FakeSoundDeviceStream(self, options)

    def deliver(self, name: str, sound: np.ndarray) -> None:
        for stream in list(self.streams):
            if stream.name == name and stream.active:
                stream.options["callback"](sound.astype("<i2").tobytes(), len(sound), None, None)


@dataclass
class FakeCoreAudio:
    """Core Audio's process objects: pid, path, input, output."""

    processes: dict[int, tuple[int, str, bool, bool]] = field(default_factory=dict)
    is_old: bool = False
    defaults: dict[str, str] = field(default_factory=dict)
    """By code: "dIn " and "dOut"."""

    def read(self, item: int, code: str) -> bytes:
        if self.is_old:
            return b""
        if code in {"dIn ", "dOut"}:
            return struct.pack("=I", 900 + (code == "dOut")) if code in self.defaults else b""
        if item >= 900:
            assert code == "name"
            return self.defaults["dOut" if item == 901 else "dIn "].encode() + bytes(8)
        if item == 1:
            assert code == "prs#"
            return struct.pack(f"={len(self.processes)}I", *self.processes)
        pid, _, uses_input, uses_output = self.processes[item]
        answers = {"ppid": pid, "piri": int(uses_input), "piro": int(uses_output)}
        return struct.pack("=I", answers[code])

    def path_of(self, pid: int) -> str:
        return next(path for number, path, _, _ in self.processes.values() if number == pid)


Deliver = Callable[[str, np.ndarray], None]
