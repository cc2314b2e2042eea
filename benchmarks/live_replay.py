"""Writes known sound into a recording's folder as a recorder does, at the speed it is spoken."""

import threading
import time
from collections.abc import Mapping
from pathlib import Path

import numpy as np
import soxr

from granola_like.audio.clock import MachineClock, boot_seconds
from granola_like.audio.journal import Journal
from granola_like.audio.segments import RATE, SegmentWriter
from granola_like.domain.recording import Channel
from granola_like.engines.base import SAMPLE_RATE, Samples

BLOCK_SECONDS = 0.02


class Replay:
    """Channels that are recorded now, `speed` times as fast as they were spoken.

    They are repeated until `seconds` of sound are recorded; None records them once.
    """

    def __init__(
        self,
        folder: Path,
        tracks: Mapping[Channel, Samples],
        *,
        seconds: float | None = None,
        speed: float = 1.0,
    ) -> None:
        clock = MachineClock()
        self._speed = speed
        self._tracks = {channel: _as_recorded(sound) for channel, sound in tracks.items()}
        self._writers = {channel: SegmentWriter(folder, channel, clock=clock) for channel in tracks}
        longest = max(len(pcm) for pcm in self._tracks.values())
        self._frames = longest if seconds is None else round(seconds * RATE)
        self._repeats = seconds is not None
        self._stop = threading.Event()
        self.began = boot_seconds()
        events = Journal(folder / "events.jsonl")
        now = clock.now()
        events.write("origin", boot_id=clock.boot_id, boot=self.began, wall=now.wall)
        events.close()
        self._thread = threading.Thread(target=self._run, name="replay")

    def start(self) -> None:
        """Begin to write."""
        self._thread.start()

    def now_ms(self) -> float:
        """The meeting clock."""
        return (boot_seconds() - self.began) * 1000 * self._speed

    def join(self) -> None:
        """Return when all is written."""
        self._thread.join()

    def stop(self) -> None:
        """End early."""
        self._stop.set()
        self._thread.join()

    def _run(self) -> None:
        block = round(BLOCK_SECONDS * RATE)
        for at in range(0, self._frames, block):
            due = self.began + (at + block) / RATE / self._speed
            while (wait := due - boot_seconds()) > 0:
                time.sleep(wait)
            if self._stop.is_set():
                break
            for channel, pcm in self._tracks.items():
                place = at % (len(pcm) // block * block) if self._repeats else at
                part = pcm[place : place + block]
                if len(part):
                    # Faster than real time, blocks arrive as if the clock ran faster, too.
                    arrived = self.began + (at + len(part)) / RATE
                    self._writers[channel].append(part.tobytes(), arrived=arrived)
        for writer in self._writers.values():
            writer.close()


def _as_recorded(sound: Samples) -> np.ndarray:
    wide = soxr.resample(sound, SAMPLE_RATE, RATE, quality="HQ")
    return (np.clip(wide, -1, 1) * 32767).astype(np.int16)
