"""Makes one file out of a channel's segments: its position in time is the meeting clock.

Holes become silence of the right length. Sound is copied bit for bit unless the device's clock
drifted audibly; then it is stretched by millionths, in one stream a stretch (resampling block by
block would lose some samples in each).
"""

import math
import os
import zlib
from collections.abc import Generator, Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path

import numpy as np
import soundfile
import soxr
from numpy.typing import NDArray

from granola_like.audio.channel_files import read_segment
from granola_like.audio.journal import sync_folder
from granola_like.audio.segments import RATE
from granola_like.audio.timeline import Stretch
from granola_like.errors import SoundError
from granola_like.jobs import Progress

DRIFT_MS = 2.0
"""Drift that moves the end of a stretch by less than this is left alone."""
HEARD_DB = -60.0
"""Tenths of a second louder than this (root mean square, dB below full scale) count as heard."""
_TENTH = RATE // 10


@dataclass(frozen=True, slots=True)
class Assembled:
    """A finished track, and what is in it (frames at 48 kHz)."""

    file: Path
    frames: int
    recorded: int
    heard_ms: int


def assemble(
    folder: Path, parts: Sequence[Stretch], *, to: Path, origin: float
) -> Generator[Progress, None, Assembled]:
    """Write the stretches as 48 kHz mono FLAC, check it against what was written, and keep it.

    `origin` is the time of the meeting clock's zero, in seconds. Raises SoundError, and leaves
    nothing but the segments, when the disk is full or what was written reads back differently.
    """
    draft = to.with_suffix(".part")
    total = sum(part.frames for part in parts) or 1
    tally = _Tally()
    try:
        with soundfile.SoundFile(
            draft, "w", RATE, 1, format="FLAC", subtype="PCM_16"
        ) as out:  # the level of compression is libsndfile's own: more costs time and wins 1 %
            done = 0
            for part in parts:
                for block in _lead_in(part, origin, tally.frames):
                    out.write(block)
                    tally.add(block, recorded=False)
                for block in _stretch_sound(folder, part):
                    out.write(block)
                    tally.add(block)
                    yield Progress("Saving the sound", (done + tally.within) / total / 2)
                done += part.frames
                tally.within = 0
        yield from _check(draft, tally)
        with draft.open("rb+") as stream:
            os.fsync(stream.fileno())
        draft.replace(to)
        sync_folder(folder)
    except (OSError, soundfile.LibsndfileError) as error:
        raise SoundError(
            "The recording could not be saved as one file.",
            hint="Free some space; its pieces are kept and are tried again at the next start.",
        ) from error
    finally:
        draft.unlink(missing_ok=True)
    return Assembled(to, tally.frames, tally.recorded, tally.heard * 100)


class _Tally:
    """Counts what is written, and sums it up so that reading back can be compared."""

    def __init__(self) -> None:
        self.frames = self.recorded = self.heard = self.within = self.sum = 0
        self._rest = np.zeros(0, np.int16)

    def add(self, block: NDArray[np.int16], *, recorded: bool = True) -> None:
        self.frames += len(block)
        self.sum = zlib.crc32(block.tobytes(), self.sum)
        if not recorded:
            return
        self.recorded += len(block)
        self.within += len(block)
        self._rest = np.concatenate([self._rest, block])
        whole = len(self._rest) // _TENTH * _TENTH
        tenths = self._rest[:whole].reshape(-1, _TENTH).astype(np.float32) / 32768
        self._rest = self._rest[whole:]
        self.heard += int((np.square(tenths).mean(axis=1) > 10 ** (HEARD_DB / 10)).sum())


def _lead_in(part: Stretch, origin: float, written: int) -> Iterator[NDArray[np.int16]]:
    missing = round((part.start - origin) * RATE) - written
    while missing > 0:
        yield np.zeros(min(missing, RATE), np.int16)
        missing -= RATE


def _stretch_sound(folder: Path, part: Stretch) -> Iterator[NDArray[np.int16]]:
    raw = (b for s in part.segments for b in read_segment(folder, s.file))
    rate = part.segments[0].rate
    drifted = abs(part.ppm) * 1e-3 * part.seconds > DRIFT_MS
    if rate == RATE and not drifted:
        return raw
    return _resampled(raw, rate * (1 + part.ppm * 1e-6) if drifted else float(rate))


def _resampled(raw: Iterator[NDArray[np.int16]], true_rate: float) -> Iterator[NDArray[np.int16]]:
    stream = soxr.ResampleStream(true_rate, RATE, 1, dtype="int16", quality="HQ")
    for block in raw:
        yield stream.resample_chunk(np.ascontiguousarray(block))
    yield stream.resample_chunk(np.zeros(0, np.int16), last=True)


def _check(file: Path, tally: _Tally) -> Generator[Progress, None, None]:
    """Read the file back. Raises OSError when it is not what was written."""
    found = frames = 0
    with soundfile.SoundFile(file) as packed:
        for block in packed.blocks(1 << 16, dtype="int16"):
            found = zlib.crc32(block.tobytes(), found)
            frames += len(block)
            yield Progress("Checking the sound", 0.5 + frames / max(tally.frames, 1) / 2)
    if (found, frames) != (tally.sum, tally.frames):
        raise OSError("the file reads back differently")


def to_ms(seconds: float) -> int:
    """Round seconds to milliseconds, halves up."""
    return math.floor(seconds * 1000 + 0.5)
