"""One track, read on from any moment at 48 kHz mono: by libsndfile, or by PyAV for what it lacks.

libsndfile finds any sample of a FLAC without a table of places, which FFmpeg does not.
"""

import contextlib
from collections.abc import Iterator
from contextlib import ExitStack
from fractions import Fraction
from pathlib import Path

import av
import numpy as np
import soundfile
import soxr
from av.error import FFmpegError
from numpy.typing import NDArray

from granola_like.audio.segments import RATE
from granola_like.errors import SoundError

Floats = NDArray[np.float32]

_ONLY_FILES = {"protocol_whitelist": "file"}
_BLOCK = 9600


class TrackReader:
    """Gives a track's sound from `start_ms` on, a little at a time."""

    def __init__(self, path: Path, start_ms: int, files: ExitStack) -> None:
        """Open the file until `files` is closed. Raises SoundError."""
        self._frames = _opened(path, start_ms, files)
        self._rest: Floats = np.zeros(0, np.float32)

    def read(self, frames: int) -> Floats:
        """Give the next frames, fewer at the end. Raises SoundError when nothing can be read."""
        while len(self._rest) < frames:
            more = next(self._frames, None)
            if more is None:
                break
            self._rest = np.concatenate([self._rest, more])
        taken, self._rest = self._rest[:frames], self._rest[frames:]
        return taken


def _opened(path: Path, start_ms: int, files: ExitStack) -> Iterator[Floats]:
    try:
        opened = files.enter_context(soundfile.SoundFile(path))
    except (soundfile.LibsndfileError, OSError):
        return _by_container(path, start_ms, files)
    return _by_samples(opened, start_ms)


def _by_samples(file: soundfile.SoundFile, start_ms: int) -> Iterator[Floats]:
    rate = file.samplerate
    first = start_ms * rate // 1000
    if first >= file.frames:
        return
    resampler = None if rate == RATE else soxr.ResampleStream(rate, RATE, 1, dtype="float32")
    with contextlib.suppress(soundfile.LibsndfileError):  # what breaks off is played so far
        file.seek(first)
        while len(block := file.read(_BLOCK, dtype="float32", always_2d=True)):
            mono = block.mean(axis=1, dtype=np.float32)
            yield mono if resampler is None else resampler.resample_chunk(mono)
    if resampler is not None:
        yield resampler.resample_chunk(np.zeros(0, np.float32), last=True)


def _by_container(path: Path, start_ms: int, files: ExitStack) -> Iterator[Floats]:
    try:
        container = files.enter_context(av.open(f"file:{path}", options=_ONLY_FILES))
        stream = container.streams.audio[0]
    except (FFmpegError, OSError, IndexError) as error:
        raise unreadable(path) from error
    base, begins = stream.time_base or Fraction(1, RATE), stream.start_time or 0
    if start_ms:
        with contextlib.suppress(FFmpegError):  # then it is read from its beginning
            container.seek(
                int(Fraction(start_ms, 1000) / base) + begins, stream=stream, backward=True
            )
    return _decoded(path, container, stream, start_ms=start_ms, offset=begins * base)


def _decoded(
    path: Path,
    container: "av.container.InputContainer",
    stream: "av.AudioStream",
    *,
    start_ms: int,
    offset: Fraction,
) -> Iterator[Floats]:
    """Decode from the wanted moment on; a seek lands somewhere before it."""
    resampler = av.AudioResampler(format="flt", layout="mono", rate=RATE)
    skip: int | None = None
    try:
        for frame in container.decode(stream):
            if skip is None:
                at = Fraction(frame.pts or 0) * (frame.time_base or Fraction(1, RATE)) - offset
                skip = max(0, round((Fraction(start_ms, 1000) - at) * RATE))
            frame.pts = None
            for made in resampler.resample(frame):
                sound = made.to_ndarray()[0]
                dropped = min(skip, len(sound))
                skip -= dropped
                if dropped < len(sound):
                    yield sound[dropped:]
    except (FFmpegError, OSError) as error:
        if skip is None and not start_ms:
            raise unreadable(path) from error
        return  # a file that breaks off is played as far as it goes
    if skip is None and not start_ms:
        raise unreadable(path)


def unreadable(path: Path) -> SoundError:
    """Say that a file cannot be played."""
    return SoundError(
        f"The sound in “{path.name}” cannot be played.",
        hint="Was the file moved or damaged? The transcript and the note are still there.",
    )
