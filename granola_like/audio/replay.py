"""A meeting's tracks as one stream for the ear: mixed, from any moment, at any speed.

FFmpeg's `atempo` filter (by PyAV) changes the speed and leaves the pitch, by overlapping short
pieces of the wave (WSOLA).
"""

from collections.abc import Callable, Iterator, Mapping
from contextlib import ExitStack
from fractions import Fraction
from pathlib import Path
from typing import Any

import av
import av.filter
import numpy as np

from granola_like.audio.replay_sources import Floats, TrackReader
from granola_like.audio.segments import RATE
from granola_like.domain.recording import Channel

PIECE_FRAMES = RATE // 25
"""40 ms: a change of volume, a pause or a jump is heard so soon."""
SLOWEST, FASTEST = 0.5, 3.0


def replay(
    tracks: Mapping[Channel, Path],
    *,
    start_ms: int = 0,
    end_ms: int | None = None,
    speed: float = 1.0,
    volumes: Callable[[Channel], float] = lambda _: 1.0,
) -> Iterator[bytes]:
    """Yield 16-bit mono sound at 48 kHz, in pieces of some 40 ms, from `start_ms` to `end_ms`.

    `volumes` (0 to 2) is asked piece by piece. A track that is shorter is silent after its end.
    Raises SoundError when a track cannot be read.
    """
    with ExitStack() as files:
        sources = {c: TrackReader(path, start_ms, files) for c, path in tracks.items()}
        pieces = _mixed(sources, end_ms=end_ms, start_ms=start_ms, volumes=volumes)
        for piece in pieces if speed == 1 else _at_speed(pieces, speed):
            yield (np.clip(piece, -1, 1) * 32767).astype("<i2").tobytes()


def duration_ms(tracks: Mapping[Channel, Path]) -> int:
    """Say how long the longest track is. Raises SoundError."""
    from granola_like.audio.decode import measure_ms  # noqa: PLC0415 - only asked once

    return max((measure_ms(path) for path in set(tracks.values())), default=0)


def _mixed(
    sources: Mapping[Channel, TrackReader],
    *,
    start_ms: int,
    end_ms: int | None,
    volumes: Callable[[Channel], float],
) -> Iterator[Floats]:
    left = None if end_ms is None else max(0, end_ms - start_ms) * RATE // 1000
    while left is None or left > 0:
        wanted = PIECE_FRAMES if left is None else min(PIECE_FRAMES, left)
        heard = {channel: source.read(wanted) for channel, source in sources.items()}
        longest = max((len(one) for one in heard.values()), default=0)
        if not longest:
            return
        piece = np.zeros(longest, np.float32)
        for channel, sound in heard.items():
            piece[: len(sound)] += sound * np.float32(volumes(channel))
        yield piece
        left = None if left is None else left - wanted


def _at_speed(pieces: Iterator[Floats], speed: float) -> Iterator[Floats]:
    graph = av.filter.Graph()
    source = graph.add_abuffer(
        format="flt", sample_rate=RATE, layout="mono", time_base=Fraction(1, RATE)
    )
    tempo = graph.add("atempo", str(min(max(speed, SLOWEST), FASTEST)))
    sink = graph.add("abuffersink")
    source.link_to(tempo)
    tempo.link_to(sink)
    graph.configure()
    at = 0
    for piece in pieces:
        frame = av.AudioFrame.from_ndarray(piece[None, :], format="flt", layout="mono")
        frame.sample_rate, frame.pts, frame.time_base = RATE, at, Fraction(1, RATE)
        at += len(piece)
        source.push(frame)
        yield from _pulled(sink)
    source.push(None)
    yield from _pulled(sink)


def _pulled(sink: Any) -> Iterator[Floats]:
    while True:
        try:
            frame = sink.pull()
        except (BlockingIOError, EOFError):
            return
        yield frame.to_ndarray()[0]
