"""One channel of a running recording: a queue, and a thread that writes it to the disk."""

import logging
import math
import queue
import threading
from collections.abc import Callable
from pathlib import Path

import numpy as np

from granola_like.audio.clock import Clock
from granola_like.audio.meter import SILENCE_DB, Loudness, peak_of
from granola_like.audio.quiet import QuietMeter
from granola_like.audio.segments import RATE, SegmentWriter
from granola_like.domain.recording import Channel
from granola_like.errors import SoundError

logger = logging.getLogger(__name__)

DROP_SECONDS = 30.0
STILL_SECONDS = 1.0
"""A device that delivers nothing for so long counts as quiet."""
_IDLE_SECONDS = 0.5
_TENTH = RATE // 10


class ChannelRecorder:
    """Takes blocks from the system's thread and appends them; nothing else ever waits for it.

    The queue has no limit: a disk that hangs costs memory, not sound.
    """

    def __init__(self, folder: Path, channel: Channel, *, clock: Clock) -> None:
        self.channel = channel
        self.failure: SoundError | None = None
        """Why it can write no more, once it cannot."""
        self.first_sample: float | None = None
        """When its first sample was heard, on the boot clock."""
        self.frames = 0
        self._clock = clock
        now = clock.now().mono
        self.last_block = self.last_sound = now
        self._paused = False
        self._loudness, self._quiet, self._tenth = Loudness(), QuietMeter(), b""
        self._writer = SegmentWriter(folder, channel, clock=clock)
        self._queue: queue.SimpleQueue[Callable[[], object] | None] = queue.SimpleQueue()
        self._thread = threading.Thread(target=self._run, name=f"writer of {channel}", daemon=True)
        self._thread.start()

    def heard(self, pcm: bytes, *, arrived: float, blank: str | None = None) -> None:
        """Take a block; returns at once."""
        now = self._clock.now().mono
        if now - self.last_block > STILL_SECONDS:
            self._quiet.pass_over(round((now - self.last_block) * RATE / _TENTH))
        self.last_block = now
        peak = peak_of(np.frombuffer(pcm, dtype="<i2"))
        if peak:
            self.last_sound = now
        self._loudness.take(peak, now=now)
        self._judge(pcm)
        if self._paused:
            return
        if self.first_sample is None:
            self.first_sample = arrived - len(pcm) / 2 / RATE
        self._queue.put(lambda: self._append(pcm, arrived, blank))

    def cut(self, why: str) -> None:
        """Say that sound may be missing before the next block, and why."""
        self._queue.put(lambda: self._writer.cut(why))

    def pause(self, paused: bool) -> None:
        """Stop keeping blocks, or keep them again; the device stays open."""
        if paused != self._paused:
            self._paused = paused
            if paused:
                self.cut("paused")

    def drop(self, seconds: float) -> None:
        """Take the last seconds off the disk. Returns when they are gone; raises SoundError."""
        if self.failure is not None:
            raise self.failure
        done: queue.SimpleQueue[SoundError | OSError | None] = queue.SimpleQueue()

        def work() -> None:
            try:
                self._writer.drop(seconds)
            except (SoundError, OSError) as error:
                done.put(error)
                raise
            done.put(None)

        self._queue.put(work)
        try:
            error = done.get(timeout=DROP_SECONDS)
        except queue.Empty:
            raise SoundError(
                "The last minute is still on the disk, for the disk does not answer.",
                hint="It is taken off as soon as the disk answers. Look at the recording again.",
            ) from None
        if error is not None:
            raise self._failure_of(error)

    def take_level(self) -> float:
        """The loudest sample since last asked, in dB below full scale."""
        return self._loudness.level_db(now=self._clock.now().mono)

    def close(self, why: str) -> None:
        """Write all that was heard, complete the segment, and stop. Closing twice is harmless."""
        self._queue.put(lambda: self._writer.close(why))
        self._queue.put(None)
        self._thread.join()

    def quiet_seconds(self) -> float:
        """How long nobody has been heard on it; a device that delivers nothing is quiet."""
        still = self._clock.now().mono - self.last_block
        quiet = self._quiet.quiet_blocks * _TENTH / RATE
        return quiet + (still if still > STILL_SECONDS else 0.0)

    def _judge(self, pcm: bytes) -> None:
        self._tenth += pcm
        while len(self._tenth) >= _TENTH * 2:
            tenth, self._tenth = self._tenth[: _TENTH * 2], self._tenth[_TENTH * 2 :]
            sound = np.frombuffer(tenth, dtype="<i2").astype(np.float32)
            power = float(np.dot(sound, sound)) / _TENTH / 32768**2
            self._quiet.take(10 * math.log10(power) if power else SILENCE_DB)

    def _append(self, pcm: bytes, arrived: float, blank: str | None) -> None:
        self._writer.append(pcm, arrived=arrived, blank=blank)
        self.frames += len(pcm) // 2

    def _run(self) -> None:
        while True:
            try:
                work = self._queue.get(timeout=_IDLE_SECONDS)
            except queue.Empty:
                work = self._writer.sync_if_due
            if work is None:
                return
            if self.failure is not None:
                continue
            try:
                work()
            except (SoundError, OSError) as error:
                logger.warning("the writer of %s stopped: %s", self.channel, error)
                self.failure = self._failure_of(error)
            except Exception:
                # Sound that nobody writes must not look like a recording that goes on.
                logger.exception("the writer of %s broke", self.channel)
                self.failure = SoundError("The recorder could not go on; what it wrote is kept.")

    @staticmethod
    def _failure_of(error: SoundError | OSError) -> SoundError:
        if isinstance(error, SoundError):
            return error
        return SoundError(f"The disk failed: {error.strerror or error}.")
