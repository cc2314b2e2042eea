"""Which language: a vote of several stretches; kept for the meeting; refused where not known."""

import json
import os
import subprocess
import sys
from collections.abc import Iterator, Sequence
from datetime import UTC, datetime

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from granola_like.app import App
from granola_like.domain.bundle import Bundle
from granola_like.domain.meeting import Meeting
from granola_like.engines.base import SAMPLE_RATE, Samples, Transcriber
from granola_like.engines.fake import FakeSpeechFinder, FakeTranscriber
from granola_like.engines.host import open_transcriber
from granola_like.errors import EngineError
from granola_like.jobs import run
from granola_like.transcribe import final_pass
from granola_like.transcribe.language import WINDOW_SECONDS, find_language, speech_windows
from granola_like.transcribe.packing import Batch, Piece
from granola_like_models.sample import sample_call


class Hears(FakeTranscriber):
    """Takes each stretch for the next language of a list."""

    def __init__(self, answers: Sequence[tuple[str, float]]) -> None:
        super().__init__()
        self.answers = list(answers)
        self.asked = 0

    def detect_language(self, sound: Samples) -> tuple[str, float]:
        self.asked += 1
        return self.answers[self.asked - 1]


def speech(seconds: int, *, pieces: int = 4) -> Batch:
    each = np.ones(seconds * SAMPLE_RATE // pieces, np.float32)
    return Batch(tuple(Piece(n * 2 * len(each), each) for n in range(pieces)), 1.0)


@pytest.mark.parametrize(
    ("answers", "language", "asked"),
    [
        ([("ru", 0.9)] * 5, "ru", 3),
        ([("en", 0.9), ("de", 0.9), ("de", 0.9), ("de", 0.9), ("de", 0.9)], "de", 4),
        ([("en", 0.3), ("de", 0.9), ("en", 0.3), ("de", 0.8), ("en", 0.3)], "de", 4),
    ],
)
def test_several_stretches_vote(
    answers: list[tuple[str, float]], language: str, asked: int
) -> None:
    engine = Hears(answers)
    assert run(find_language(engine, [speech(200), speech(100)])) == language
    assert engine.asked == asked


def test_where_nobody_speaks_nothing_is_asked() -> None:
    engine = Hears([])
    assert run(find_language(engine, [])) is None


@given(st.lists(st.integers(1, 400), min_size=1, max_size=2), st.integers(1, 9))
def test_stretches_are_speech_and_not_longer_than_a_window(lengths: list[int], pieces: int) -> None:
    windows = speech_windows([speech(seconds, pieces=pieces) for seconds in lengths])
    assert 1 <= len(windows) <= 5
    assert all(0 < len(one) <= WINDOW_SECONDS * SAMPLE_RATE for one in windows)
    assert len({id(one) for one in windows}) == len(windows)


@pytest.fixture(scope="module")
def english(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Transcriber]:
    engine = open_transcriber("tiny-synthetic", models_dir=tmp_path_factory.mktemp("models"))
    yield engine
    engine.close()


def test_a_model_of_english_alone_says_so(english: Transcriber) -> None:
    sound = np.random.default_rng(1).normal(0, 0.3, 3 * SAMPLE_RATE).astype(np.float32)
    with pytest.raises(EngineError, match="knows English only"):
        run(final_pass({"me": sound}, english, FakeSpeechFinder(), language="ru"))
    said = run(final_pass({"me": sound}, english, FakeSpeechFinder()))
    assert said.language == "en"


def test_a_stored_meeting_is_heard_again_by_its_name() -> None:
    app = App()
    about = Meeting(
        id="m1", title="Budget", started_at=datetime(2026, 3, 3, tzinfo=UTC), language="ru"
    )
    run(app.store(Bundle(meeting=about), sound={"me": sample_call().tracks["me"]}))
    app.close()
    command = [sys.executable, "-m", "granola_like", "transcribe", "Budget", "--json"]
    done = subprocess.run(
        [*command, "--language", "en"],
        capture_output=True, text=True, timeout=120, check=False, env=dict(os.environ),
    )  # fmt: skip
    assert done.returncode == 0, done.stderr
    told = json.loads(done.stdout)
    assert told["meeting"]["id"] == "m1"
    assert told["meeting"]["language"] == "en"
    assert len(told["utterances"]) > 10
    refused = subprocess.run(
        [*command, "--title", "x"], capture_output=True, text=True, timeout=60, check=False
    )
    assert (refused.returncode, "--title is for files" in refused.stderr) == (2, True)
