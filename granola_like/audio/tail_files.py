"""Reading files that somebody else is writing, packing or shortening at this moment.

No file stays open between two calls, for on Windows an open one cannot be renamed or removed.
"""

import json
from pathlib import Path
from typing import Any

import numpy as np
import soundfile
from numpy.typing import NDArray

from granola_like.audio.segments import RATE
from granola_like.audio.wave_file import FRAME_BYTES, HEADER_BYTES

_HEADER_RATE = slice(24, 28)


class GrowingLines:
    """The whole lines that were added to a file of JSON objects since the last look."""

    def __init__(self, file: Path) -> None:
        self._file = file
        self._offset = 0

    def read(self) -> list[dict[str, Any]]:
        """Give what is new; damaged lines are passed over, the last one only once it is whole."""
        try:
            with self._file.open("rb") as stream:
                stream.seek(self._offset)
                raw = stream.read()
        except OSError:
            return []
        whole = raw[: raw.rfind(b"\n") + 1]
        self._offset += len(whole)
        facts = []
        for line in whole.split(b"\n"):
            try:
                fact = json.loads(line)
            except ValueError:
                continue
            if isinstance(fact, dict) and isinstance(fact.get("e"), str):
                facts.append(fact)
        return facts


class SegmentReader:
    """Segments of a recording's folder, growing as WAV or packed as FLAC, by their names."""

    def __init__(self, folder: Path) -> None:
        self._folder = folder

    def frames(self, name: str) -> int | None:
        """How many whole frames are there now; None when the segment is gone."""
        try:
            length = (self._folder / f"{name}.wav").stat().st_size
        except OSError:
            facts = self._packed(name)
            return None if facts is None else int(facts.frames)
        return max(0, length - HEADER_BYTES) // FRAME_BYTES

    def rate(self, name: str) -> int:
        """Frames a second; the recorder's usual ones where that cannot be read."""
        try:
            with (self._folder / f"{name}.wav").open("rb") as stream:
                rate = int.from_bytes(stream.read(HEADER_BYTES)[_HEADER_RATE], "little")
        except OSError:
            facts = self._packed(name)
            rate = RATE if facts is None else int(facts.samplerate)
        return rate if 8_000 <= rate <= 192_000 else RATE

    def read(self, name: str, start: int, most: int) -> NDArray[np.int16]:
        """Read frames from `start` on; none when there is nothing there, or no more."""
        file = self._folder / f"{name}.wav"
        try:
            with file.open("rb") as stream:
                stream.seek(HEADER_BYTES + start * FRAME_BYTES)
                raw = stream.read(most * FRAME_BYTES)
            return np.frombuffer(raw[: len(raw) // FRAME_BYTES * FRAME_BYTES], dtype="<i2")
        except OSError:
            pass  # packed meanwhile, or taken off the record
        try:
            with soundfile.SoundFile(file.with_suffix(".flac")) as packed:
                if start < packed.frames:
                    packed.seek(start)
                    sound: NDArray[np.int16] = packed.read(most, dtype="int16")
                    return sound
        except (OSError, soundfile.LibsndfileError):
            pass
        return np.zeros(0, np.int16)

    def _packed(self, name: str) -> Any:
        try:
            return soundfile.info(self._folder / f"{name}.flac")
        except (OSError, soundfile.LibsndfileError):
            return None
