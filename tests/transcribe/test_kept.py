"""A pass that is stopped, by the person, a crash or kill -9, goes on where it was."""

import os
import signal
import subprocess
import sys
import time
from collections.abc import Iterator
from pathlib import Path

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from granola_like.domain.transcript import Word
from granola_like.engines.base import SAMPLE_RATE, Heard, Listening, Samples
from granola_like.engines.fake import FakeSpeechFinder, FakeTranscriber
from granola_like.jobs import run
from granola_like.transcribe import final_pass
from granola_like.transcribe.kept import Kept

OF = {"model": "fake", "tracks": ["me.flac"]}
FINDER = FakeSpeechFinder()


def noise(seconds: int) -> Samples:
    rng = np.random.default_rng(3)
    return rng.normal(0, 0.3, seconds * SAMPLE_RATE).astype(np.float32)


class Counting(FakeTranscriber):
    """Says a word a second, and notes from where on it was asked."""

    def __init__(self, seconds: int) -> None:
        super().__init__()
        self.seconds = seconds
        self.asked_from: list[int] = []

    def transcribe(self, sound: Samples, how: Listening) -> Iterator[Heard]:
        first = self.seconds - len(sound) // SAMPLE_RATE
        self.asked_from.append(first)
        for n in range(first, self.seconds):
            at = (n - first) * 1000
            yield Heard(start_ms=at, end_ms=at + 1000, text=f"w{n}")


def test_what_was_heard_is_not_heard_again(tmp_path: Path) -> None:
    file, engine = tmp_path / "heard.jsonl", Counting(20)
    with Kept(file, of=OF) as kept:
        job = final_pass({"me": noise(20)}, engine, FINDER, kept=kept)
        for progress in job:
            if progress.step == "Transcribing" and (progress.fraction or 0) > 0.5:
                job.close()
    with Kept(file, of=OF) as kept:
        assert kept.language == "en"
        said = run(final_pass({"me": noise(20)}, engine, FINDER, kept=kept))
        assert engine.asked_from[0] == 0
        assert engine.asked_from[1] > 9
        words = " ".join(one.text for one in said).split()
        assert words == [f"w{n}" for n in range(20)]
    with Kept(file, of=OF) as kept:
        again = run(final_pass({"me": noise(20)}, engine, FINDER, kept=kept))
        assert len(engine.asked_from) == 2  # all of it is there
        assert again == said
        kept.forget()
    assert not file.exists()


def test_another_model_begins_anew(tmp_path: Path) -> None:
    file, engine = tmp_path / "heard.jsonl", Counting(5)
    for of in (OF, {**OF, "model": "other"}):
        with Kept(file, of=of) as kept:
            run(final_pass({"me": noise(5)}, engine, FINDER, kept=kept))
    assert engine.asked_from == [0, 0]


@given(at=st.integers(0, 1000), wild=st.binary(max_size=6))
def test_a_file_that_breaks_off_is_taken_as_far_as_it_goes(
    tmp_path_factory: pytest.TempPathFactory, at: int, wild: bytes
) -> None:
    file = tmp_path_factory.mktemp("kept") / "heard.jsonl"
    words = [Word(f"ö{n}", n * 100, n * 100 + 90, 0.5) for n in range(8)]
    with Kept(file, of=OF) as kept:
        for n in range(0, 8, 2):
            kept.keep("me", 0, words=words[n : n + 2], to_ms=n * 100 + 200)
    whole = file.read_bytes()
    file.write_bytes(whole[: at % len(whole)] + wild)
    with Kept(file, of=OF) as kept:
        found = kept.so_far("me", 0).words
        assert found == words[: len(found)]
        kept.keep("me", 1, words=words, to_ms=900)
    with Kept(file, of=OF) as kept:
        assert kept.so_far("me", 0).words == found
        assert kept.so_far("me", 1).words == words


def test_a_place_that_cannot_be_written_costs_only_the_going_on(tmp_path: Path) -> None:
    with Kept(tmp_path / "no" / "folder" / "heard.jsonl", of=OF) as kept:
        said = run(final_pass({"me": noise(3)}, Counting(3), FINDER, kept=kept))
    assert len(said.utterances) == 1


STORED = """
from datetime import UTC, datetime
from granola_like.app import App
from granola_like.domain.bundle import Bundle
from granola_like.domain.meeting import Meeting
from granola_like.jobs import run
from granola_like_models.sample import sample_call

if __name__ == "__main__":
    app = App()
    if not app.library.meetings():
        about = Meeting(id="m1", title="Call", started_at=datetime(2026, 3, 3, tzinfo=UTC))
        run(app.store(Bundle(meeting=about), sound=sample_call().tracks))
    said = run(app.transcribe_stored("m1", language="en"))
    print(len(said.utterances), flush=True)
"""


def test_a_killed_pass_goes_on_where_it_was(tmp_path: Path) -> None:
    """kill -9 in the middle of the second channel: the first one's words are not heard again."""
    program = tmp_path / "stored.py"
    program.write_text(STORED, "utf-8")
    home = Path(os.environ["GRANOLA_LIKE_HOME"])

    def kept() -> list[Path]:
        return list(home.glob("**/m1/heard.jsonl"))

    process = subprocess.Popen([sys.executable, program], stdout=subprocess.PIPE, text=True)
    until = time.monotonic() + 60
    while not (kept() and kept()[0].read_text("utf-8").count('"words"') >= 3):
        assert process.poll() is None, "it ended before it could be killed"
        assert time.monotonic() < until
        time.sleep(0.002)
    process.send_signal(signal.SIGKILL)
    process.communicate()
    before = kept()[0].read_text("utf-8").splitlines()
    done = subprocess.run(
        [sys.executable, program], capture_output=True, text=True, timeout=120, check=True
    )
    assert int(done.stdout) >= 25
    assert len(before) > 3
    assert not kept()
