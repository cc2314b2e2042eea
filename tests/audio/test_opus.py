"""Packing a track to Opus: the same length, the same sound, a quarter of the size."""

from contextlib import ExitStack
from pathlib import Path

import numpy as np
import pytest
import soundfile
from hypothesis import given, settings
from hypothesis import strategies as st

from granola_like.audio.decode import Source, blocks, measure_ms
from granola_like.audio.opus import pack_opus
from granola_like.audio.replay_sources import TrackReader
from granola_like.errors import SoundError
from granola_like.jobs import run

RATE = 48_000


def speech(seconds: float) -> np.ndarray:
    """Bursts of coloured noise with pauses of nothing between, as speech with holes is."""
    rng = np.random.default_rng(3)
    sound = np.convolve(rng.normal(0, 2500, round(seconds * RATE)), np.ones(8) / 3, mode="same")
    sound[(np.arange(len(sound)) // (RATE // 3)) % 3 == 0] = 0
    return sound.clip(-32768, 32767).astype(np.int16)


def flac(folder: Path, sound: np.ndarray, rate: int = RATE) -> Path:
    file = folder / "me.flac"
    soundfile.write(file, sound, rate, format="FLAC", subtype="PCM_16")
    return file


def test_it_is_smaller_and_as_long_and_everything_reads_it(tmp_path: Path) -> None:
    source = flac(tmp_path, speech(70))
    to = tmp_path / "me.opus"
    run(pack_opus(source, to))
    assert to.stat().st_size < source.stat().st_size / 4
    assert soundfile.info(to).frames == 70 * RATE
    assert measure_ms(to) == pytest.approx(70_000, abs=20)
    heard = [np.concatenate([b.samples for b in blocks(Source(f))]) for f in (source, to)]
    assert len(heard[0]) == len(heard[1])
    assert np.corrcoef(*heard)[0, 1] > 0.8
    assert source.exists()


def test_it_is_played_from_any_moment(tmp_path: Path) -> None:
    source = flac(tmp_path, speech(30))
    run(pack_opus(source, tmp_path / "me.opus"))
    for start_ms in (0, 7_333, 21_001):
        with ExitStack() as files:
            here, there = (
                TrackReader(file, start_ms, files).read(RATE)
                for file in (source, tmp_path / "me.opus")
            )
        assert len(here) == len(there) == RATE
        assert np.corrcoef(here, there)[0, 1] > 0.8


@settings(max_examples=8)
@given(frames=st.integers(1, 3 * RATE), rate=st.sampled_from([16_000, 48_000]))
def test_no_frame_is_lost_or_added(
    tmp_path_factory: pytest.TempPathFactory, frames: int, rate: int
) -> None:
    folder = tmp_path_factory.mktemp("opus")
    run(pack_opus(flac(folder, speech(3)[:frames], rate), folder / "me.opus"))
    assert soundfile.info(folder / "me.opus").frames == frames


def test_stopping_in_the_middle_leaves_nothing(tmp_path: Path) -> None:
    source = flac(tmp_path, speech(4))
    steps = sum(1 for _ in pack_opus(source, tmp_path / "me.opus"))
    (tmp_path / "me.opus").unlink()
    for stop in range(steps):
        job = pack_opus(source, tmp_path / "me.opus")
        for _ in range(stop):
            next(job)
        job.close()
        assert [file.name for file in tmp_path.iterdir()] == ["me.flac"]


def test_what_was_damaged_on_the_way_is_not_taken(tmp_path: Path) -> None:
    """A second of what was packed is not what the track holds."""
    source = flac(tmp_path, speech(10))
    damaged = speech(10)
    damaged[4 * RATE : 5 * RATE] = 0
    job = pack_opus(source, tmp_path / "me.opus")
    while next(job).fraction != 0.7:
        pass
    soundfile.write(source, damaged, RATE, format="FLAC", subtype="PCM_16")
    with pytest.raises(SoundError, match="reads back differently"):
        run(job)
    assert [file.name for file in tmp_path.iterdir()] == ["me.flac"]


def test_a_rate_that_opus_does_not_know_stays(tmp_path: Path) -> None:
    source = flac(tmp_path, speech(1), 44_100)
    with pytest.raises(SoundError, match="no rate of Opus"):
        run(pack_opus(source, tmp_path / "me.opus"))


def test_a_file_that_is_no_sound_is_refused(tmp_path: Path) -> None:
    (tmp_path / "me.flac").write_bytes(b"nothing")
    with pytest.raises(SoundError):
        run(pack_opus(tmp_path / "me.flac", tmp_path / "me.opus"))
