"""What recording costs, and whether a busy machine loses a sample.

    python -m benchmarks.recorder [--seconds 60] [--server pulseaudio|pipewire] [--no-load]

Starts a headless sound server of its own, plays noise into speaker and microphone, keeps every core
busy, records both channels, and compares every sample. Another program (`parec`) records the same
microphone: a break that it hears, too, was made by the server or the player, not by us. Goals: no
sample lost, at most 3 % of a core, flat memory.
"""

import argparse
import os
import shutil
import subprocess
import sys
import tempfile
import time
from dataclasses import dataclass
from datetime import UTC, datetime
from pathlib import Path

import numpy as np
import soundfile

from granola_like.jobs import run
from granola_like.record.finish import finish
from granola_like.record.session import RunningRecording, start_recording
from tests.audio.servers import SoundServer, noise

RATE = 48_000
_BUSY = "x = 0\nwhile True: x += 1"


@dataclass(frozen=True)
class Cost:
    """What the recorder's process has used so far."""

    processor_s: float
    memory_mb: float
    written_mb: float


def cost_of(pid: int) -> Cost:
    """Read it from /proc."""
    stat = Path(f"/proc/{pid}/stat").read_text("ascii").rpartition(")")[2].split()
    status = Path(f"/proc/{pid}/status").read_text("ascii")
    written = Path(f"/proc/{pid}/io").read_text("ascii").split("write_bytes:")[1].split()[0]
    return Cost(
        (int(stat[11]) + int(stat[12])) / os.sysconf("SC_CLK_TCK"),
        int(status.split("VmRSS:")[1].split()[0]) / 1024,
        int(written) / 1e6,
    )


def measure(server: SoundServer, folder: Path, *, seconds: float, load: bool) -> None:
    """Record under load and print the figures."""
    recording = start_recording(folder, title="bench", started_at=datetime.now(UTC))
    wait_ms(recording, 1500)
    sounds = {"me": noise(seconds, seed=1), "them": noise(seconds, seed=2)}
    witness = server.witness("virtmic")
    busy = [
        subprocess.Popen([sys.executable, "-c", _BUSY])
        for _ in range(os.cpu_count() or 1 if load else 0)
    ]
    try:
        server.play(sounds["me"], "micbus")
        server.play(np.repeat(sounds["them"][:, None], 2, axis=1), "spk")
        at, before = time.monotonic(), cost_of(recording.look().pid)
        wait_ms(recording, recording.look().elapsed_ms + round(seconds * 1000) + 4000)
        after, used = cost_of(recording.look().pid), time.monotonic() - at
    finally:
        for process in busy:
            process.kill()
            process.wait()
    overheard = witness.sound()
    recording.stop()
    recording.leave()
    done = run(finish(recording.folder))
    sound_mb = 2 * 2 * RATE * used / 1e6
    print(f"{server.kind}, {seconds:.0f} s, every core {'busy' if load else 'idle'}:")
    print(f"  processor {100 * (after.processor_s - before.processor_s) / used:.2f} % of one core")
    print(f"  memory {before.memory_mb:.1f} → {after.memory_mb:.1f} MB")
    written = after.written_mb - before.written_mb
    print(f"  written {written:.1f} MB for {sound_mb:.1f} MB of sound ({written / sound_mb:.2f}×)")
    for channel, sound in sounds.items():
        gaps = sum(gap.channel == channel for gap in done.recording.gaps)
        track = soundfile.read(done.folder.path / f"{channel}.flac", dtype="int16")[0]
        print(f"  {channel}: {lost(track, sound)}, {gaps} holes")
    print(f"  another program on the microphone: {lost(overheard, sounds['me'])}")


def wait_ms(recording: RunningRecording, ms: int) -> None:
    """Wait until the meeting clock says so, looking as a window does."""
    while recording.look().elapsed_ms < ms:
        time.sleep(0.1)


def lost(track: np.ndarray, sound: np.ndarray) -> str:
    """Say how many of the samples that were played are not in the track, and in how many places."""
    piece = 480
    found = places = at = 0
    shift: int | None = None
    for start in range(0, len(sound) - piece + 1, piece):
        wanted = sound[start : start + piece]
        if shift is None or not np.array_equal(
            track[start + shift : start + shift + piece], wanted
        ):
            at = _find(wanted, track, after=at)
            if at < 0:
                at = 0 if shift is None else max(0, start + shift)
                continue
            places += shift is not None and at - start != shift
            shift = at - start
        found += piece
    missing = len(sound) // piece * piece - found
    return f"{missing} of {len(sound)} samples lost, {places} breaks"


def _find(piece: np.ndarray, track: np.ndarray, *, after: int) -> int:
    """Where a piece lies in the two seconds from a place on; from anywhere at the beginning."""
    end = after + 2 * RATE if after else len(track)
    at = track[after:end].tobytes().find(piece.tobytes())
    return after + at // 2 if at >= 0 and at % 2 == 0 else -1


def main() -> None:
    """Run with what was asked for."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--seconds", type=float, default=60.0)
    parser.add_argument("--server", choices=("pulseaudio", "pipewire"), default="pulseaudio")
    parser.add_argument("--no-load", action="store_true")
    chosen = parser.parse_args()
    if shutil.which(chosen.server) is None or shutil.which("pacat") is None:
        sys.exit(f"This benchmark needs {chosen.server} and pulseaudio-utils.")
    server = SoundServer(chosen.server)
    with tempfile.TemporaryDirectory() as folder:
        try:
            server.start()
            os.environ.update(server.settings)
            measure(server, Path(folder), seconds=chosen.seconds, load=not chosen.no_load)
        finally:
            server.stop()


if __name__ == "__main__":
    main()
