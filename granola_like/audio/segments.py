"""Writes one channel's sound so that no crash can take it back.

Segments of some 20 s, each an ordinary WAV file, written without a buffer and flushed to the disk
every second; beside them a journal with clock anchors. One thread owns a writer.
"""

import errno
import os
from dataclasses import dataclass
from pathlib import Path

from granola_like.audio.clock import Clock
from granola_like.audio.journal import Journal, read_journal, sync_data, sync_folder
from granola_like.audio.wave_file import FRAME_BYTES, HEADER_BYTES, wave_facts, wave_header
from granola_like.domain.recording import Channel
from granola_like.errors import SoundError

RATE = 48_000
SEGMENT_SECONDS = 20.0
SYNC_SECONDS = 1.0
LATE_SECONDS = 0.25
"""A block later than its neighbours by this much may follow a hole: it opens a new segment, and
whether there was a hole is worked out afterwards, from the anchors of both."""
SLEPT = "the computer slept"
OFF_THE_RECORD = "off the record"
_LOOK_BACK = 2.0
_AWAKE_SECONDS = 5.0


class DiskFull(SoundError):  # noqa: N818 - it names a state, as FileNotFound does
    """The disk took no more sound. Everything written until then is valid."""

    hint = "Free some space, then record again. What was recorded until now is kept."


@dataclass(frozen=True, slots=True)
class _Past:
    """A segment that is complete, and when its last sound arrived on the boot clock."""

    file: Path
    frames: int
    arrived: float


@dataclass(slots=True)
class _Open:
    """The segment that is being written."""

    file: Path
    fd: int
    frames: int = 0
    arrived: float = 0.0
    best: tuple[float, int, float] | None = None
    """The least delayed block since the last anchor: its delay, its end in frames, its arrival."""
    anchored: float = float("-inf")


class SegmentWriter:
    """Appends blocks; cuts, blanks and drops what it is told to, and writes it all down."""

    def __init__(
        self, folder: Path, channel: Channel, *, clock: Clock, seconds: float = SEGMENT_SECONDS
    ) -> None:
        self._folder, self._channel, self._clock = folder, channel, clock
        self._limit = round(seconds * RATE)
        self._open: _Open | None = None
        self._past = _past_segments(folder, channel, boot_id=clock.boot_id)
        self._number = next_number(folder, channel)
        self._after = "start"
        self._delays: list[tuple[float, float]] = []
        self._stretch = 0
        self._synced = clock.now().mono
        self._journal = Journal(folder / f"{channel}.jsonl")
        now = clock.now()
        self._asleep, self._woke = now.boot - now.mono, float("-inf")
        self._journal.write(
            "run", boot_id=clock.boot_id, boot=now.boot, wall=now.wall, mono=now.mono, rate=RATE
        )

    def append(self, pcm: bytes, *, arrived: float, blank: str | None = None) -> None:
        """Write a block of 16-bit mono sound that arrived at that time of the boot clock.

        `blank` gives the reason when the block is silence standing for sound that must not be
        kept. Raises DiskFull; the segment is closed and valid then.
        """
        slept = self._has_slept()
        if self._open is not None and self._is_late(len(pcm) // FRAME_BYTES, arrived):
            self.cut(SLEPT if slept else "late")
        segment = self._open or self._start()
        try:
            written = self._write(segment, pcm)
            self._remember(segment, written, arrived)
            if blank is not None:
                self._journal.write(
                    "blank", file=segment.file.name, end=segment.frames, frames=written, why=blank
                )
            self.sync_if_due()
        except OSError as error:
            raise self._stopped(error) from error
        if segment.frames >= self._limit:
            self._finish_segment("full")

    def cut(self, why: str) -> None:
        """Let the next block open a new segment: there may be a hole before it.

        Of several reasons for one hole the first is told; "off the record" always is.
        """
        is_new = self._open is not None or self._after in {"full", "start"}
        self._finish_segment(why)
        if is_new or why == OFF_THE_RECORD:
            self._after = why
        self._delays, self._stretch = [], 0

    def drop(self, seconds: float) -> None:
        """Take the sound of the last `seconds` off the disk, and leave a mark that says so."""
        self.cut(OFF_THE_RECORD)
        now = self._clock.now().boot
        lengths: dict[str, int] = {}
        kept = []
        for past in self._past:
            late = past.arrived - (now - seconds)
            if late <= 0:
                kept.append(past)
                continue
            frames = max(0, past.frames - round(late * RATE))
            lengths[past.file.name] = frames
            if frames:
                _shorten(past.file, frames)
                kept.append(_Past(past.file, frames, now - seconds))
            else:
                past.file.unlink(missing_ok=True)
        self._past = kept
        self._journal.write("drop", lengths=lengths, start=now - seconds, end=now)
        self._journal.sync()
        sync_folder(self._folder)

    def sync_if_due(self) -> None:
        """Flush to the disk when a second has passed; call it while no block comes, too."""
        now = self._clock.now().mono
        if now - self._synced < SYNC_SECONDS:
            return
        self._synced = now
        if self._open is not None:
            self._anchor(self._open)
            sync_data(self._open.fd)
        self._journal.sync()

    def close(self, why: str = "stopped") -> None:
        """Complete the open segment. Closing twice is harmless."""
        self._finish_segment(why)
        self._journal.close()

    def _start(self) -> _Open:
        file = self._folder / f"{self._channel}-{self._number:05d}.wav"
        fd = -1
        try:
            fd = os.open(
                file, os.O_CREAT | os.O_EXCL | os.O_RDWR | getattr(os, "O_BINARY", 0), 0o600
            )
            os.write(fd, wave_header(RATE))
            self._journal.write("open", file=file.name, after=self._after)
            sync_folder(self._folder)
        except OSError as error:
            if fd >= 0:
                os.close(fd)
            raise self._stopped(error) from error
        self._number += 1
        self._after = "full"
        self._open = _Open(file, fd)
        return self._open

    def _write(self, segment: _Open, pcm: bytes) -> int:
        """Write the block and return its frames; what a full disk took counts too."""
        left = memoryview(pcm)
        try:
            while left:
                left = left[os.write(segment.fd, left) :]
        except OSError:
            segment.frames += (len(pcm) - len(left)) // FRAME_BYTES
            raise
        return len(pcm) // FRAME_BYTES

    def _remember(self, segment: _Open, frames: int, arrived: float) -> None:
        segment.frames += frames
        self._stretch += frames
        delay = arrived - self._stretch / RATE
        self._delays.append((arrived, delay))
        while self._delays[0][0] < arrived - _LOOK_BACK:
            self._delays.pop(0)
        if segment.best is None or delay < segment.best[0]:
            segment.best = (delay, segment.frames, arrived)
        segment.arrived = arrived
        if segment.anchored == float("-inf"):
            self._anchor(segment)

    def _is_late(self, frames: int, arrived: float) -> bool:
        delay = arrived - (self._stretch + frames) / RATE
        return bool(self._delays) and delay > min(d for _, d in self._delays) + LATE_SECONDS

    def _has_slept(self) -> bool:
        """Whether the computer slept just now: its monotonic clock stood still.

        Blocks from before the sleep may be written after it, so it counts for some seconds.
        """
        now = self._clock.now()
        asleep, self._asleep = now.boot - now.mono - self._asleep, now.boot - now.mono
        if asleep > LATE_SECONDS:
            self._woke = now.mono
        return now.mono - self._woke < _AWAKE_SECONDS

    def _anchor(self, segment: _Open) -> None:
        if segment.best is not None:
            _, frames, arrived = segment.best
            self._journal.write("anchor", file=segment.file.name, frames=frames, boot=arrived)
            segment.anchored, segment.best = arrived, None

    def _finish_segment(self, why: str) -> None:
        segment, self._open = self._open, None
        if segment is None:
            return
        try:
            os.lseek(segment.fd, 0, os.SEEK_SET)
            os.write(segment.fd, wave_header(RATE, frames=segment.frames))
            os.ftruncate(segment.fd, HEADER_BYTES + segment.frames * FRAME_BYTES)
            sync_data(segment.fd)
            self._anchor(segment)
            self._journal.write("close", file=segment.file.name, frames=segment.frames, why=why)
            self._journal.sync()
        except OSError as error:
            raise self._stopped(error) from error
        finally:
            os.close(segment.fd)
            self._past.append(_Past(segment.file, segment.frames, segment.arrived))

    def _stopped(self, error: OSError) -> SoundError:
        segment, self._open = self._open, None
        if segment is not None:
            # Headers and cutting need no space, so this works on a full disk too.
            os.lseek(segment.fd, 0, os.SEEK_SET)
            os.write(segment.fd, wave_header(RATE, frames=segment.frames))
            os.ftruncate(segment.fd, HEADER_BYTES + segment.frames * FRAME_BYTES)
            os.close(segment.fd)
        if error.errno in {errno.ENOSPC, errno.EDQUOT, errno.EFBIG}:
            return DiskFull("The disk is full, so the recording stopped.")
        return SoundError(
            f"The sound could not be written to the disk ({error.strerror}).",
            hint="Check the disk. What was recorded until now is kept.",
        )


def next_number(folder: Path, channel: Channel) -> int:
    """The number of the next segment, after all that the folder has ever held of the channel."""
    named = [f.name for f in folder.glob(f"{channel}-*.*")]
    named += [str(f.get("file", "")) for f in read_journal(folder / f"{channel}.jsonl")]
    numbers = [n.partition("-")[2][:5] for n in named if n.startswith(f"{channel}-")]
    return max((int(n) + 1 for n in numbers if n.isdigit()), default=0)


def _past_segments(folder: Path, channel: Channel, *, boot_id: str) -> list[_Past]:
    """What an earlier process of the same recording wrote, as far as it may have to be dropped.

    What was written before the computer was started again has no time on this boot clock: never.
    """
    anchors: dict[str, tuple[int, float]] = {}
    run = None
    for fact in read_journal(folder / f"{channel}.jsonl"):
        if fact["e"] == "run":
            run = fact.get("boot_id")
        elif fact["e"] == "anchor" and run == boot_id:
            anchors[fact["file"]] = fact["frames"], fact["boot"]
    past = []
    for file in sorted(folder.glob(f"{channel}-*.wav")):
        facts = wave_facts(file)
        if facts is not None:
            frames, arrived = anchors.get(file.name, (0, float("-inf")))
            # A killed process leaves up to a second behind its last anchor.
            past.append(_Past(file, facts.frames, arrived + (facts.frames - frames) / RATE))
    return past


def _shorten(file: Path, frames: int) -> None:
    with file.open("r+b") as stream:
        stream.truncate(HEADER_BYTES + frames * FRAME_BYTES)
        stream.write(wave_header(RATE, frames=frames))
        stream.flush()
        os.fsync(stream.fileno())
