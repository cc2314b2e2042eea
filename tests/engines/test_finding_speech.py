"""Silero and its fake: the same promises."""

import subprocess
import sys

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from granola_like.engines.base import SAMPLE_RATE, SPEECH_FRAME, Samples, SpeechFinder
from granola_like.engines.fake import FakeSpeechFinder
from granola_like.engines.silero import open_speech_finder


@pytest.fixture(params=["silero", "fake"])
def finder(request: pytest.FixtureRequest) -> SpeechFinder:
    return open_speech_finder() if request.param == "silero" else FakeSpeechFinder()


def test_one_number_a_frame(finder: SpeechFinder, speech: Samples) -> None:
    found = finder.listen().feed(speech)
    assert len(found) == len(speech) // SPEECH_FRAME
    assert found.dtype == np.float32
    assert 0 <= found.min() <= found.max() <= 1


def test_speech_is_likely_and_silence_is_not(
    finder: SpeechFinder, speech: Samples, silence: Samples
) -> None:
    assert finder.listen().feed(speech).max() > 0.9
    assert finder.listen().feed(silence).max(initial=0) < 0.1


@settings(max_examples=15, deadline=None)
@given(cuts=st.lists(st.integers(1, 4_000), min_size=1, max_size=12))
def test_however_it_is_cut_the_numbers_are_the_same(cuts: list[int], speech: Samples) -> None:
    for finder in (open_speech_finder(), FakeSpeechFinder()):
        sound = speech[: 3 * SAMPLE_RATE]
        whole = finder.listen().feed(sound)
        stream, at, parts = finder.listen(), 0, []
        for cut in [*cuts, len(sound)]:
            parts.append(stream.feed(sound[at : at + cut]))
            at += cut
        assert np.allclose(np.concatenate(parts), whole[: sum(map(len, parts))], atol=1e-4)


@pytest.mark.parametrize("kind", ["white noise", "hum", "clicks"])
def test_silero_takes_no_noise_for_speech(kind: str) -> None:
    time = np.arange(10 * SAMPLE_RATE) / SAMPLE_RATE
    rng = np.random.default_rng(7)
    sound = {
        "white noise": rng.normal(0, 0.05, len(time)),
        "hum": 0.1 * np.sin(2 * np.pi * 50 * time) + 0.05 * np.sin(2 * np.pi * 150 * time),
        "clicks": np.where(rng.random(len(time)) < 3e-4, 0.8, 0.0),
    }[kind].astype(np.float32)
    found = open_speech_finder().listen().feed(sound)
    assert float(np.mean(found > 0.5)) < 0.02


def test_finding_speech_does_not_load_the_speech_engine() -> None:
    code = (
        "import sys; from granola_like.engines.silero import open_speech_finder;"
        "open_speech_finder(); print('ctranslate2' in sys.modules, 'faster_whisper' in sys.modules)"
    )
    done = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True)
    assert done.stdout.split() == ["False", "False"]
