"""Headless sound servers that tests start for themselves, with a made speaker and microphone."""

import os
import shutil
import signal
import subprocess
import tempfile
import time
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

import numpy as np
import pytest

_PULSE_TOOLS = ("pactl", "pacat", "parec")
_NEEDS = {
    "pulseaudio": ("pulseaudio", *_PULSE_TOOLS),
    "pipewire": ("pipewire", "wireplumber", "pipewire-pulse", "dbus-daemon", *_PULSE_TOOLS),
}
KINDS = tuple(_NEEDS)


def wait_for(condition: Callable[[], Any], what: str, *, seconds: float = 30.0) -> Any:
    """Give what the condition gives as soon as it is true."""
    until = time.monotonic() + seconds
    while time.monotonic() < until:
        found = condition()
        if found:
            return found
        time.sleep(0.02)
    raise AssertionError(f"waited {seconds:.0f} s for {what}")


class Witness:
    """Another program that records the same source: what it hears, the server has delivered."""

    def __init__(self, process: subprocess.Popen[bytes], file: Path) -> None:
        self._process, self._file = process, file

    def sound(self) -> np.ndarray:
        """Stop it, and give all that it heard, 48 kHz mono."""
        self._process.send_signal(signal.SIGINT)
        self._process.wait()
        heard = self._file.read_bytes()
        return np.frombuffer(heard[: len(heard) // 2 * 2], "<i2")


class SoundServer:
    """PulseAudio or PipeWire in a folder of its own: `spk`, `headset`, and `virtmic` ← `micbus`."""

    def __init__(self, kind: str) -> None:
        missing = [tool for tool in _NEEDS[kind] if shutil.which(tool) is None]
        if missing:
            pytest.skip(f"needs {', '.join(missing)}")
        self.kind = kind
        self.folder = Path(tempfile.mkdtemp(prefix="glsound-"))
        pulse = self.folder / "pulse"
        for path in (pulse, self.folder / "state", self.folder / "conf"):
            path.mkdir(mode=0o700)
        self.settings = {
            "XDG_RUNTIME_DIR": str(self.folder),
            "PULSE_RUNTIME_PATH": str(pulse),
            "PULSE_SERVER": f"unix:{pulse}/native",
            "PULSE_STATE_PATH": str(self.folder / "state"),
            "PULSE_COOKIE": str(self.folder / "cookie"),
            "DBUS_SESSION_BUS_ADDRESS": f"unix:path={self.folder}/bus",
            "XDG_CONFIG_HOME": str(self.folder / "conf"),
            "XDG_STATE_HOME": str(self.folder / "state"),
        }
        self._processes: list[subprocess.Popen[bytes]] = []
        self._server: subprocess.Popen[bytes] | None = None

    def start(self) -> None:
        if self.kind == "pulseaudio":
            self._start_pulseaudio()
        else:
            if not self._processes:
                bus = self.settings["DBUS_SESSION_BUS_ADDRESS"]
                options = ("--nofork", "--nopidfile")
                self._run("dbus-daemon", "--session", f"--address={bus}", *options)
                wait_for((self.folder / "bus").exists, "the bus")
                self._run("pipewire")
                wait_for((self.folder / "pipewire-0").exists, "pipewire")
                self._run("wireplumber")
            self._server = self._run("pipewire-pulse")
            wait_for(self._answers, "pipewire-pulse")
            if "spk" not in self.pactl("list", "short", "sinks"):
                self._make_devices()
        wait_for(lambda: "virtmic" in self.pactl("list", "short", "sources"), "the microphone")
        self.pactl("set-default-sink", "spk")
        self.pactl("set-default-source", "virtmic")

    def _start_pulseaudio(self) -> None:
        (self.folder / "pulse" / "native").unlink(missing_ok=True)
        null = "module-null-sink norewinds=1"
        modules = [
            f"module-native-protocol-unix auth-anonymous=1 socket={self.folder}/pulse/native",
            f"{null} sink_name=spk rate=48000 channels=2 sink_properties=device.description=Loud",
            f"{null} sink_name=headset rate=44100 channels=2",
            f"{null} sink_name=micbus rate=48000 channels=1",
            "module-remap-source source_name=virtmic master=micbus.monitor",
            "module-rescue-streams",
        ]
        loads = [part for module in modules for part in ("-L", module)]
        fixed = ("-n", "--daemonize=no", "--exit-idle-time=-1", "--use-pid-file=no")
        self._server = self._run("pulseaudio", *fixed, *loads)
        wait_for(self._answers, "pulseaudio")

    def _make_devices(self) -> None:
        null = ("load-module", "module-null-sink")
        self.pactl(*null, "sink_name=spk", "rate=48000", "channels=2")
        self.pactl(*null, "sink_name=headset", "rate=44100", "channels=2")
        mono = ("channels=1", "channel_map=mono")
        self.pactl(*null, "sink_name=micbus", "rate=48000", *mono)
        remap = ("source_name=virtmic", "master=micbus.monitor", "master_channel_map=mono")
        self.pactl("load-module", "module-remap-source", *remap, *mono)

    def pactl(self, *words: str) -> str:
        done = subprocess.run(
            ["pactl", *words], env=self.environment(), capture_output=True, text=True, check=False,
            timeout=30,
        )  # fmt: skip
        return done.stdout.strip()

    def environment(self) -> dict[str, str]:
        return {**os.environ, **self.settings}

    def play(
        self, sound: np.ndarray, device: str, *, name: str = "", ahead_ms: int = 200
    ) -> subprocess.Popen[bytes]:
        """Play 16-bit sound at 48 kHz; one dimension is mono, two are interleaved channels.

        A player that keeps little ahead begins at once, but stumbles on a busy machine.
        """
        file = tempfile.NamedTemporaryFile(dir=self.folder, delete=False)  # noqa: SIM115
        file.write(sound.astype("<i2").tobytes())
        file.close()
        channels = 1 if sound.ndim == 1 else sound.shape[1]
        named = (f"--client-name={name}", f"--property=application.process.binary={name}")
        return self._run(
            "pacat", "--playback", "--raw", "--format=s16le", "--rate=48000",
            f"--channels={channels}", f"--device={device}", f"--latency-msec={ahead_ms}",
            *(named if name else ()), file.name,
        )  # fmt: skip

    def hold_microphone(self, binary: str, *options: str) -> subprocess.Popen[bytes]:
        """Record into nothing, as a program of that name does."""
        return self._run(
            "parec", "--raw", f"--client-name={binary}",
            f"--property=application.process.binary={binary}", *options, stdout=subprocess.DEVNULL,
        )  # fmt: skip

    def witness(self, device: str) -> Witness:
        """Let `parec` record a device until it is asked for the sound."""
        file = self.folder / f"witness-{device}.raw"
        process = self._run(
            "parec", "--raw", "--format=s16le", "--rate=48000", "--channels=1",
            f"--device={device}", str(file),
        )  # fmt: skip
        wait_for(lambda: file.exists() and file.stat().st_size, "the witness")
        return Witness(process, file)

    def freeze(self) -> None:
        assert self._server is not None
        self._server.send_signal(signal.SIGSTOP)

    def thaw(self) -> None:
        assert self._server is not None
        self._server.send_signal(signal.SIGCONT)

    def kill(self) -> None:
        assert self._server is not None
        self._server.kill()
        self._server.wait()

    def stop(self) -> None:
        for process in reversed(self._processes):
            if process.poll() is None:
                process.send_signal(signal.SIGCONT)
                process.kill()
            process.wait()
        shutil.rmtree(self.folder, ignore_errors=True)

    def end(self, process: subprocess.Popen[bytes]) -> None:
        process.kill()
        process.wait()

    def _answers(self) -> bool:
        return "Server Name" in self.pactl("info")

    def _run(self, *words: str, stdout: int | None = None) -> subprocess.Popen[bytes]:
        with (self.folder / f"{words[0]}.log").open("ab") as log:
            process = subprocess.Popen(
                words, env=self.environment(), stdout=stdout or log, stderr=log,
                stdin=subprocess.DEVNULL,
            )  # fmt: skip
        self._processes.append(process)
        return process


def running(kind: str, monkeypatch: pytest.MonkeyPatch) -> Iterator[SoundServer]:
    """Run a server for one test; this process talks to it."""
    server = SoundServer(kind)
    try:
        server.start()
        for name, value in server.settings.items():
            monkeypatch.setenv(name, value)
        yield server
    finally:
        server.stop()


def noise(seconds: float, *, seed: int = 0) -> np.ndarray:
    """White noise, 16 bit, mono."""
    frames = round(seconds * 48_000)
    return np.random.default_rng(seed).integers(-8000, 8000, frames, dtype=np.int16)


def find(piece: np.ndarray, inside: np.ndarray) -> int:
    """Where a piece lies bit for bit in a longer sound; -1 when nowhere."""
    at = inside.astype("<i2").tobytes().find(piece.astype("<i2").tobytes())
    return at // 2 if at >= 0 and at % 2 == 0 else -1
