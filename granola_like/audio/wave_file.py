"""16-bit mono WAV that is readable at every moment of its life.

While a file grows its sizes are 0xFFFFFFFF, which soundfile, FFmpeg and the standard library read
to the end of the file; closing writes the true sizes. A killed writer thus loses nothing (measured
against nine other formats: RF64 and plain MP4 lose everything).
"""

import os
import struct
from dataclasses import dataclass
from pathlib import Path

HEADER_BYTES = 44
FRAME_BYTES = 2
_OPEN = 0xFFFFFFFF


@dataclass(frozen=True, slots=True)
class WaveFacts:
    """What a file holds, by its header and its true length."""

    rate: int
    frames: int
    """Whole frames that are in the file, whatever the header claims."""


def wave_header(rate: int, *, frames: int | None = None) -> bytes:
    """Make the 44 bytes before the sound; `frames` None means that the file still grows."""
    data = _OPEN if frames is None else min(frames * FRAME_BYTES, _OPEN)
    riff = _OPEN if frames is None else min(data + HEADER_BYTES - 8, _OPEN)
    return (
        b"RIFF" + struct.pack("<I", riff) + b"WAVEfmt "
        + struct.pack("<IHHIIHH", 16, 1, 1, rate, rate * FRAME_BYTES, FRAME_BYTES, 16)
        + b"data" + struct.pack("<I", data)
    )  # fmt: skip


def wave_facts(file: Path) -> WaveFacts | None:
    """Read what is there; None when not even the header survived."""
    with file.open("rb") as stream:
        head = stream.read(HEADER_BYTES)
        length = os.fstat(stream.fileno()).st_size
    if len(head) < HEADER_BYTES or head[:4] != b"RIFF" or head[36:40] != b"data":
        return None
    (rate,) = struct.unpack("<I", head[24:28])
    if not 1000 <= rate <= 768_000 or head[22:24] != b"\x01\x00" or head[34:36] != b"\x10\x00":
        return None
    return WaveFacts(rate, (length - HEADER_BYTES) // FRAME_BYTES)


def mend_wave(file: Path) -> WaveFacts | None:
    """Write the true sizes into a file whose writer was killed, and cut half a frame off.

    Returns None, and leaves the file alone, when it has no header.
    """
    facts = wave_facts(file)
    if facts is None:
        return None
    with file.open("r+b") as stream:
        stream.write(wave_header(facts.rate, frames=facts.frames))
        stream.truncate(HEADER_BYTES + facts.frames * FRAME_BYTES)
        stream.flush()
        os.fsync(stream.fileno())
    return facts
