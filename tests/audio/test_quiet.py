"""What is silence: in a humming room, and with a distant speaker."""

import json
from pathlib import Path

import numpy as np
import pytest
import soundfile

from granola_like.audio.quiet import QuietMeter


def levels(sound: np.ndarray, rate: int) -> list[float]:
    tenth = rate // 10
    power = np.square(sound[: len(sound) // tenth * tenth].reshape(-1, tenth)).mean(axis=1)
    return list(10 * np.log10(power + 1e-12))


def quiet_seconds(meter: QuietMeter, found: list[float]) -> float:
    longest = 0
    for level in found:
        meter.take(level)
        longest = max(longest, meter.quiet_blocks)
    return longest / 10


@pytest.mark.parametrize("hum_db", [-90, -60, -45, -30])
def test_a_steady_hum_is_silence_however_loud(hum_db: float) -> None:
    rng = np.random.default_rng(0)
    meter = QuietMeter()
    for level in hum_db + rng.normal(0, 1, 3000):
        meter.take(level)
    assert meter.quiet_blocks > 1000


def test_a_word_in_the_hum_is_heard_at_once() -> None:
    meter = QuietMeter()
    for _ in range(900):
        meter.take(-50)
    assert meter.take(-38)
    assert meter.quiet_blocks == 0


def test_digital_silence_is_silence() -> None:
    meter = QuietMeter()
    for _ in range(700):
        meter.take(-120)
    assert meter.quiet_blocks == 700


def test_real_meetings_are_never_quiet_for_long(material: Path) -> None:
    """Also the distant one: nobody's meeting ends because they sit far away."""
    folder = material / "audio" / "ami"
    for file in sorted(folder.glob("*.wav")):
        sound, rate = soundfile.read(file, dtype="float32")
        assert quiet_seconds(QuietMeter(), levels(sound, rate)) < 15, file.name
    assert json.loads((folder / "ami_clips.json").read_text("utf-8"))
