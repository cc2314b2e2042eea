"""Quiet and distant speech is found; steady noise is not made into speech."""

from pathlib import Path

import numpy as np
import pytest
import soundfile
from hypothesis import given
from hypothesis import strategies as st

from granola_like.audio.decode import Block
from granola_like.engines.base import SAMPLE_RATE, SPEECH_FRAME, Samples
from granola_like.engines.fake import FakeSpeechFinder
from granola_like.engines.silero import open_speech_finder
from granola_like.transcribe.level import LIFTED, KeenEars, gain_db, lifted
from granola_like.transcribe.packing import Batch, batches

LEVELS = st.lists(st.floats(-95, 0), min_size=1, max_size=200).map(np.array)


@given(LEVELS)
def test_nothing_is_ever_lowered_or_raised_without_end(levels: np.ndarray) -> None:
    assert 0 <= gain_db(levels) <= 30


@given(st.floats(-95, -10), st.integers(1, 300))
def test_steady_noise_is_not_raised(level: float, frames: int) -> None:
    assert gain_db(np.full(frames, level)) == 0


def test_a_quiet_channel_with_loud_moments_is_raised() -> None:
    assert gain_db(np.array([-95.0] * 80 + [-70.0] * 20)) == pytest.approx(18)
    assert gain_db(np.array([-75.0] * 80 + [-40.0] * 20)) == 0


@given(st.lists(st.tuples(st.floats(0, 1), st.floats(-90, 0)), min_size=1, max_size=60))
def test_only_loud_frames_are_lifted_and_none_is_lowered(
    frames: list[tuple[float, float]],
) -> None:
    likely = np.array([one for one, _ in frames], np.float32)
    levels = np.array([level for _, level in frames])
    found = lifted(likely, levels, room_db=-60.0)
    assert (found >= likely).all()
    assert set(found[found != likely]) <= {np.float32(LIFTED)}
    if levels.max() < -40:
        assert np.array_equal(found, likely)


def test_the_breath_after_certain_speech_is_not_lifted() -> None:
    likely = np.array([0.9] * 4 + [0.2] * 20, np.float32)
    found = lifted(likely, np.full(24, -20.0), room_db=-60.0)
    assert np.array_equal(found[:12], likely[:12])
    assert (found[12:] == np.float32(LIFTED)).all()


@given(st.lists(st.integers(1, 40_000), min_size=1, max_size=8))
def test_there_is_a_number_for_each_whole_frame(lengths: list[int]) -> None:
    ears = KeenEars(FakeSpeechFinder().listen())
    rng = np.random.default_rng(1)
    parts = [rng.normal(0, 0.1, length).astype(np.float32) for length in lengths]
    assert sum(len(ears.feed(part)) for part in parts) == sum(lengths) // SPEECH_FRAME


def share_found(sound: Samples, spans: list[tuple[float, float]], *, keen: bool) -> float:
    flags = np.zeros(len(sound), bool)
    step = 10 * SAMPLE_RATE
    parts = [Block(sound[at : at + step], 0.0) for at in range(0, len(sound), step)]
    for one in batches(parts, open_speech_finder().listen(), keen=keen):
        if isinstance(one, Batch):
            for piece in one.pieces:
                flags[piece.start : piece.start + len(piece.sound)] = True
    truth = np.zeros(len(sound), bool)
    for start, end in spans:
        truth[round(start * SAMPLE_RATE) : round(end * SAMPLE_RATE)] = True
    return float((flags & truth).sum() / truth.sum())


def test_a_distant_speaker_is_found(material: Path) -> None:
    """faster-whisper's own filter misses 72 % of what people marked in this clip."""
    folder = material / "audio" / "ami"
    sound, _ = soundfile.read(folder / "trn07.wav", dtype="float32")
    spans = []
    for line in (folder / "debug.train.rttm").read_text("utf-8").splitlines():
        fields = line.split()
        if fields[1] == "trn07":
            spans.append((float(fields[3]), float(fields[3]) + float(fields[4])))
    assert share_found(sound, spans, keen=True) >= 0.64
    assert share_found(sound, spans, keen=False) < 0.4
