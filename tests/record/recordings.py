"""What the tests of the recorder's process do with a recording."""

import time
from collections.abc import Callable
from datetime import UTC, datetime
from typing import Any

import numpy as np
import soundfile

from granola_like.jobs import run
from granola_like.record.finish import FinishedRecording, finish
from granola_like.record.session import Look, RunningRecording
from tests.audio.servers import SoundServer, noise, wait_for

RATE = 48_000
START = datetime(2026, 3, 3, 10, tzinfo=UTC)
Record = Callable[..., RunningRecording]
"""Starts a recording with the devices that are named."""


def both(sound: np.ndarray) -> np.ndarray:
    return np.repeat(sound[:, None], 2, axis=1)


def looks_until(
    recording: RunningRecording, condition: Callable[[Look], Any], what: str, seconds: float = 30
) -> Look:
    def look() -> Look | None:
        seen = recording.look()
        return seen if condition(seen) else None

    found: Look = wait_for(look, what, seconds=seconds)
    return found


def recorded(recording: RunningRecording, ms: int) -> Look:
    """Wait until both channels hold that much sound."""
    return looks_until(
        recording,
        lambda look: all(c.recorded_ms >= ms for c in look.channels.values()),
        f"{ms} ms of sound",
    )


def stopped(recording: RunningRecording) -> FinishedRecording:
    recording.stop()
    recording.leave()
    return run(finish(recording.folder))


def track(done: FinishedRecording, channel: str) -> np.ndarray:
    return soundfile.read(done.folder.path / f"{channel}.flac", dtype="int16")[0]


def recorder_pid(recording: RunningRecording) -> int:
    return recording.look().pid


def level_while_playing(server: SoundServer, recording: RunningRecording, sink: str) -> float:
    player = server.play(both(noise(2)), sink)
    until = time.monotonic() + 1.5
    best = -120.0
    while time.monotonic() < until and best < -40:
        best = max(best, recording.look().channels["them"].level_db)
        time.sleep(0.05)
    server.end(player)
    return best
