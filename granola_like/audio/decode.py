"""Any file with sound becomes blocks of mono float32 at 16 kHz.

FFmpeg (by PyAV) reads the container and resamples in one stream, so that block edges leave no
click. Nothing is believed of a header that the data does not bear out: memory is bounded by the
block, and a file that breaks off gives what is there.
"""

import logging
import os
from collections.abc import Iterator
from contextlib import ExitStack
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING, Any, Literal, TypeAlias

import av
import numpy as np
from av.error import FFmpegError
from numpy.typing import NDArray

from granola_like.domain.recording import Channel
from granola_like.errors import SoundError
from granola_like.jobs import Job, Progress

if TYPE_CHECKING:
    from av.container import InputContainer

logger = logging.getLogger(__name__)

Side: TypeAlias = Literal["mix", "left", "right"]
"""Which of a file's channels: all of them averaged, the first, or the second."""

RATE = 16_000
"""Hz, of everything that leaves this module."""

BLOCK_SECONDS = 10

# FFmpeg follows playlists; without this list a text file could name an address to fetch.
_ONLY_FILES = {"protocol_whitelist": "file"}


@dataclass(frozen=True, slots=True)
class Source:
    """Where one channel's sound comes from."""

    path: Path
    side: Side = "mix"


@dataclass(frozen=True, slots=True)
class SoundFacts:
    """What a file's header says. It may be wrong: only decoding proves a duration."""

    duration_ms: int | None
    channels: int
    sample_rate: int


@dataclass(frozen=True, slots=True)
class Block:
    """The next stretch of sound: float32, shape (frames,), 16,000 Hz."""

    samples: NDArray[np.float32]
    fraction: float
    """How much of the file has been read so far (0 to 1), by bytes, which cannot lie."""


def probe(path: Path) -> SoundFacts:
    """Read the header. Raises SoundError when there is no sound to decode."""
    with ExitStack() as open_things:
        container, stream = _open(path, open_things)
        return SoundFacts(
            duration_ms=_claimed_ms(container, stream),
            channels=int(stream.codec_context.layout.nb_channels),
            sample_rate=int(stream.codec_context.sample_rate),
        )


def measure_ms(path: Path) -> int:
    """Say how long the sound that is really there lasts, by its packets, without decoding.

    Raises SoundError when there is no sound.
    """
    with ExitStack() as open_things:
        container, stream = _open(path, open_things)
        end = 0
        try:
            for packet in container.demux(stream):
                # WAV packets may last a millisecond too long; time stamps add up exactly.
                if packet.pts is not None and packet.size:
                    end = max(end, packet.pts + (packet.duration or 0))
        except (FFmpegError, OSError):
            logger.warning("a sound file breaks off while it is measured")
        start = stream.start_time or 0
        return max(0, round(float((end - start) * (stream.time_base or 0)) * 1000))


def split_stereo(path: Path) -> dict[Channel, Source]:
    """Take the left side as `me` and the right as `them`. Raises SoundError without two sides."""
    facts = probe(path)
    if facts.channels < 2:
        raise SoundError(
            f"“{path.name}” has one channel, so there are no two sides to tell apart.",
            hint="Leave the splitting out, or give one file for each side.",
        )
    return {"me": Source(path, "left"), "them": Source(path, "right")}


def decode(source: Source | Path) -> Job[NDArray[np.float32]]:
    """Decode a whole file into memory (64 kB a second). Raises SoundError."""
    parts = []
    for block in blocks(source):
        parts.append(block.samples)
        yield Progress("Reading the sound", block.fraction)
    return np.concatenate(parts)


def blocks(source: Source | Path) -> Iterator[Block]:
    """Yield the sound in blocks of at most some ten seconds.

    Raises SoundError when there is nothing to hear in the file. Sound that breaks off, or packets
    that make no sense, end or thin the sound and are noted in the log.
    """
    source = Source(source) if isinstance(source, Path) else source
    with ExitStack() as open_things:
        container, stream = _open(source.path, open_things)
        size = max(1, source.path.stat().st_size)
        reader = _Reader(container, stream, source.side)
        gathered: list[NDArray[np.float32]] = []
        frames = total = 0
        for samples in reader.pieces():
            gathered.append(samples)
            frames += len(samples)
            if frames >= BLOCK_SECONDS * RATE:
                total += frames
                yield Block(np.concatenate(gathered), min(1.0, reader.position / size))
                gathered, frames = [], 0
        total += frames
        if not total:
            raise _nothing_to_hear(source.path)
        _note_losses(total, _claimed_ms(container, stream), reader.damaged)
        if frames:
            yield Block(np.concatenate(gathered), 1.0)


class _Reader:
    """One pass over a file's packets, through one resampler."""

    def __init__(self, container: "InputContainer", stream: Any, side: Side) -> None:
        self._container = container
        self._stream = stream
        self._side = side
        self._shape: tuple[Any, ...] | None = None
        self._resampler: av.AudioResampler | None = None
        self.position = 0
        self.damaged = 0

    def pieces(self) -> Iterator[NDArray[np.float32]]:
        for frame in self._frames():
            shape = (frame.format.name, frame.layout.name, frame.sample_rate)
            if shape != self._shape:
                # Some recorders change rate or channels in the middle of a file.
                yield from self._rest()
                self._resampler = self._new_resampler(frame.layout.nb_channels)
                self._shape = shape
            frame.pts = None  # the resampler would count holes in the time stamps as errors
            assert self._resampler is not None
            yield from self._samples(self._resampler.resample(frame))
        yield from self._rest()

    def _frames(self) -> Iterator[av.AudioFrame]:
        packets = self._container.demux(self._stream)
        while True:
            try:
                packet = next(packets)
            except StopIteration:
                return
            except (FFmpegError, OSError):
                self.damaged += 1
                return
            if packet.pos is not None:
                self.position = max(self.position, packet.pos + packet.size)
            try:
                yield from packet.decode()
            except (FFmpegError, OSError):
                self.damaged += 1

    def _rest(self) -> Iterator[NDArray[np.float32]]:
        if self._resampler is not None:
            yield from self._samples(self._resampler.resample(None))

    def _samples(self, frames: list[av.AudioFrame]) -> Iterator[NDArray[np.float32]]:
        for frame in frames:
            planes = frame.to_ndarray()
            samples = planes[1 if self._side == "right" and len(planes) > 1 else 0]
            # A float file may hold anything; one NaN would silence a whole transcript.
            yield np.nan_to_num(samples, nan=0.0, posinf=1.0, neginf=-1.0)

    def _new_resampler(self, channels: int) -> av.AudioResampler:
        layout = "mono" if self._side == "mix" or channels < 2 else "stereo"
        return av.AudioResampler(format="fltp", layout=layout, rate=RATE)


def _open(path: Path, open_things: ExitStack) -> tuple["InputContainer", Any]:
    _must_be_readable(path)
    try:
        container = open_things.enter_context(
            av.open(
                f"file:{path}",
                mode="r",
                metadata_errors="ignore",
                options=_ONLY_FILES,
            )
        )
    except (FFmpegError, OSError, ValueError) as reason:
        if isinstance(reason, PermissionError):
            raise _forbidden(path) from reason
        raise SoundError(
            f"“{path.name}” is not a sound or video file that can be read, or it is damaged."
        ) from reason
    streams = container.streams.audio
    if not streams:
        raise SoundError(f"“{path.name}” has no sound in it.")
    stream = container.streams.best("audio") or streams[0]
    if stream.codec_context is None:
        raise SoundError(f"“{path.name}” keeps its sound in a form that cannot be read here.")
    return container, stream


def _must_be_readable(path: Path) -> None:
    if path.is_dir():
        raise SoundError(f"“{path.name}” is a folder, not a sound file.")
    try:
        size = path.stat().st_size
    except PermissionError as reason:
        raise _forbidden(path) from reason
    except OSError as reason:
        raise SoundError(f"There is no file “{path}”.") from reason
    if not os.access(path, os.R_OK):
        raise _forbidden(path)
    if size == 0 and path.is_file():
        raise SoundError(f"“{path.name}” is empty (0 bytes).")
    if not path.is_file():
        raise SoundError(f"“{path.name}” is a device or a pipe, not a sound file.")


def _forbidden(path: Path) -> SoundError:
    return SoundError(
        f"“{path.name}” may not be read by this user.",
        hint="Give yourself the right to read it, or copy it to your own folder.",
    )


def _nothing_to_hear(path: Path) -> SoundError:
    return SoundError(
        f"“{path.name}” has no sound in it: it lasts 0 seconds, or it breaks off before the sound."
    )


def _claimed_ms(container: "InputContainer", stream: Any) -> int | None:
    if stream.duration is not None and stream.time_base is not None:
        return max(0, round(float(stream.duration * stream.time_base) * 1000))
    if container.duration is not None:
        return max(0, round(container.duration * 1000 / av.time_base))
    return None


def _note_losses(frames: int, claimed_ms: int | None, damaged: int) -> None:
    heard_ms = frames * 1000 // RATE
    if damaged:
        logger.warning("%d packets of a sound file were damaged and left out", damaged)
    if claimed_ms is not None and heard_ms + 500 < claimed_ms * 0.98:
        logger.warning("a sound file promised %d ms and held %d ms", claimed_ms, heard_ms)
