"""Packs a finished track to Opus: a quarter of FLAC's size, for keeping what has been transcribed.

Lossy, so what is read back is compared by its length, to the frame, and by its loudness, tenth of a
second by tenth; the track that it was made from is the caller's to remove.
"""

import os
from collections.abc import Generator, Iterator
from pathlib import Path

import numpy as np
import soundfile
from numpy.typing import NDArray

from granola_like.audio.journal import sync_folder
from granola_like.errors import SoundError
from granola_like.jobs import Progress

BITS_A_SECOND = 48_000
"""For one channel: speech is clear from 24,000 on, and a second hearing loses no word (RFC 6716
names 28,000 to 40,000 for mono speech at full bandwidth)."""
_MOST, _LEAST = 256_000, 6_000  # libsndfile's scale of "compression levels" for one channel
_BLOCK = 1 << 16
_MINUTE = 600
_APART_DB = 6.0
"""A tenth of a second that is further from its original than this was damaged."""
_QUIET_DB = -60.0
"""Below this a codec may do as it likes."""
RATES = (8_000, 12_000, 16_000, 24_000, 48_000)
"""Hz that Opus knows."""


def pack_opus(source: Path, to: Path) -> Generator[Progress, None, None]:
    """Write `source` as Ogg Opus, check it, and let `to` appear whole or not at all.

    Raises SoundError, and leaves nothing new, when the disk is full, the rate is none of Opus's,
    or what was written reads back differently. May be closed at any time.
    """
    draft = to.with_name(f"{to.name}.part")
    try:
        yield from _write(source, draft)
        yield from _check(source, draft)
        with draft.open("rb+") as stream:
            os.fsync(stream.fileno())
        draft.replace(to)
        sync_folder(to.parent)
    except (OSError, soundfile.LibsndfileError) as error:
        raise SoundError(
            f"The sound could not be packed: {_reason(error)}.",
            hint="It stays as it is. Free some space, or choose flac as the sound's format.",
        ) from error
    finally:
        draft.unlink(missing_ok=True)


def _write(source: Path, draft: Path) -> Generator[Progress, None, None]:
    with soundfile.SoundFile(source) as track:
        if track.samplerate not in RATES:
            raise OSError(f"{track.samplerate} Hz is no rate of Opus")
        level = (_MOST - BITS_A_SECOND) / (_MOST - _LEAST)
        with soundfile.SoundFile(
            draft, "w", track.samplerate, track.channels, format="OGG", subtype="OPUS",
            compression_level=level,
        ) as out:  # fmt: skip
            done = 0
            for block in track.blocks(_BLOCK, dtype="float32"):
                out.write(block)
                done += len(block)
                yield Progress("Packing the sound", 0.7 * done / max(track.frames, 1))


def _check(source: Path, draft: Path) -> Generator[Progress, None, None]:
    """Compare both files. Raises OSError when they are not the same sound."""
    with soundfile.SoundFile(source) as track, soundfile.SoundFile(draft) as packed:
        if (track.frames, track.channels) != (packed.frames, packed.channels):
            raise OSError("it is not as long as it was")
        one, other = [], []
        for before, after in zip(_tenths(track), _tenths(packed), strict=True):
            one.append(before)
            other.append(after)
            done = len(one) * _MINUTE * track.samplerate / 10 / max(track.frames, 1)
            yield Progress("Checking the sound", min(1.0, 0.7 + 0.3 * done))
    if one and not _sound_alike(np.concatenate(one), np.concatenate(other)):
        raise OSError("it reads back differently")


def _sound_alike(one: NDArray[np.float64], other: NDArray[np.float64]) -> bool:
    """Whether no tenth is louder than the other's around it: a codec smears over its frame."""
    return _is_within(one, other) and _is_within(other, one)


def _is_within(one: NDArray[np.float64], other: NDArray[np.float64]) -> bool:
    edges = np.pad(other, 1, constant_values=_QUIET_DB)
    around = np.maximum(np.maximum(edges[:-2], edges[1:-1]), edges[2:])
    return bool((np.maximum(one, _QUIET_DB) <= np.maximum(around, _QUIET_DB) + _APART_DB).all())


def _tenths(track: soundfile.SoundFile) -> Iterator[NDArray[np.float64]]:
    """The loudness of each tenth of a second, in dB below full scale, in blocks of a minute."""
    tenth = track.samplerate // 10
    for block in track.blocks(_MINUTE * tenth, dtype="float32", always_2d=True):
        whole = len(block) // tenth * tenth
        power = np.square(block[:whole]).mean(axis=1).reshape(-1, tenth).mean(axis=1)
        yield 10 * np.log10(power.astype(np.float64) + 1e-12)


def _reason(error: OSError | soundfile.LibsndfileError) -> str:
    if isinstance(error, OSError):
        return (error.strerror or str(error)).rstrip(".")
    return str(error.error_string).rstrip(".")
