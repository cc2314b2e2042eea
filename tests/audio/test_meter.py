"""What a level meter shows."""

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from granola_like.audio.fake import FakeSoundSystem
from granola_like.audio.meter import SILENCE_DB, LevelMeter, Loudness, peak_of
from granola_like.audio.system import Device


def test_the_loudest_since_the_last_look_is_shown() -> None:
    loudness = Loudness()
    for at, peak in enumerate((16_384, 32_768, 8192)):
        loudness.take(peak, now=at / 10)
    assert loudness.level_db(now=0.25) == 0.0


def test_looking_more_often_than_blocks_come_shows_no_silence() -> None:
    loudness = Loudness()
    loudness.take(32_768, now=0.0)
    loudness.take(16_384, now=0.1)
    assert loudness.level_db(now=0.11) == 0.0
    for now in (0.12, 0.2, 0.3):
        assert loudness.level_db(now=now) == pytest.approx(-6.02, abs=0.01)


def test_a_device_that_stands_still_is_silent() -> None:
    loudness = Loudness()
    assert loudness.level_db(now=0.0) == SILENCE_DB
    loudness.take(32_768, now=0.0)
    assert loudness.level_db(now=0.1) == 0.0
    assert loudness.level_db(now=0.7) == SILENCE_DB


def test_a_silent_block_is_silence_at_once() -> None:
    loudness = Loudness()
    loudness.take(32_768, now=0.0)
    loudness.level_db(now=0.05)
    loudness.take(0, now=0.1)
    assert loudness.level_db(now=0.1) == SILENCE_DB


@given(st.lists(st.integers(-32_768, 32_767)))
def test_the_peak_is_the_sample_furthest_from_zero(samples: list[int]) -> None:
    assert peak_of(np.array(samples, "<i2")) == max((abs(one) for one in samples), default=0)


def test_a_meter_hears_its_device_until_it_is_closed() -> None:
    system = FakeSoundSystem()
    meter = LevelMeter(system, system.devices()[0])
    system.deliver("mic", np.array([0, -16_384]), arrived=0.0)
    assert meter.level_db() == pytest.approx(-6.02, abs=0.01)
    meter.close()
    system.deliver("mic", np.array([32_767]), arrived=0.0)
    assert meter.blocks == 1


def test_a_device_that_cannot_be_opened_is_silent() -> None:
    meter = LevelMeter(FakeSoundSystem(), Device(id="gone", name="gone", channel="me"))
    assert meter.level_db() == SILENCE_DB
    meter.close()
