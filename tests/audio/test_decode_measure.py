"""How long a sound really lasts, whatever its header says."""

import struct
from pathlib import Path

import numpy as np
import pytest
import soundfile

from granola_like.audio.decode import measure_ms, probe
from granola_like.errors import SoundError


def test_a_header_that_claims_eight_hours_is_not_believed(tmp_path: Path) -> None:
    file = tmp_path / "call.flac"
    soundfile.write(file, np.zeros(16_000 * 3, "int16"), 16_000)
    raw = bytearray(file.read_bytes())
    # The last 36 of STREAMINFO's bits before its MD5 are the number of samples.
    raw[22:26] = struct.pack(">I", 8 * 3600 * 16_000)
    file.write_bytes(raw)
    assert (probe(file).duration_ms or 0) > 10_000
    assert abs(measure_ms(file) - 3000) <= 10


@pytest.mark.parametrize("kind", ["wav", "flac", "ogg"])
def test_a_sound_is_measured(tmp_path: Path, kind: str) -> None:
    file = tmp_path / f"call.{kind}"
    soundfile.write(file, np.zeros(48_000 * 2, "float32"), 48_000)
    assert abs(measure_ms(file) - 2000) <= 10


def test_what_is_no_sound_cannot_be_measured(tmp_path: Path) -> None:
    file = tmp_path / "call.wav"
    file.write_bytes(b"words")
    with pytest.raises(SoundError):
        measure_ms(file)
