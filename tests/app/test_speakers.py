"""The other side of a call is split by voice where the models are here, and only there."""

from collections.abc import Iterator
from datetime import UTC, datetime
from pathlib import Path

import numpy as np
import pytest
import soundfile

from granola_like import paths
from granola_like.app import App, Call, wording
from granola_like.app.speakers import can_tell_apart, names_left
from granola_like.audio.decode import Source
from granola_like.domain.meeting import Person
from granola_like.engines.base import SAMPLE_RATE
from granola_like.jobs import run
from granola_like.settings import Settings
from granola_like_models.sample import sample_call
from tests.engines.onnx_models import write_voices
from tests.strategies import small_bundle


@pytest.fixture
def app() -> Iterator[App]:
    opened = App(Settings())
    yield opened
    opened.close()


@pytest.fixture
def two_voices(tmp_path: Path) -> Path:
    """The other side of the sample call, beside it a tone: first a low one, then a high one.

    The tiny models of the tests know high from low alone.
    """
    from granola_like.audio.decode import decode

    speech = run(decode(sample_call().tracks["them"]))[: 60 * SAMPLE_RATE]
    times = np.arange(len(speech)) / SAMPLE_RATE
    hertz = np.where(times < 30, 150, 5000)
    file = tmp_path / "them.wav"
    tones = 0.05 * np.sin(2 * np.pi * hertz * times)
    soundfile.write(file, 0.3 * speech + tones, SAMPLE_RATE)
    return file


def call(file: Path, *people: str) -> Call:
    return Call(
        tracks={"them": Source(file)},
        title="Two voices",
        started_at=datetime(2026, 3, 3, tzinfo=UTC),
        language="en",
        people=tuple(Person(name) for name in people),
    )


def speakers(app: App, meeting: str) -> list[str | None]:
    found = [said.speaker for said in app.library.load(meeting).transcript]
    return list(dict.fromkeys(found))


def test_without_models_there_is_one_them(app: App, two_voices: Path) -> None:
    assert not can_tell_apart()
    meeting = run(app.take_in(call(two_voices)))
    assert speakers(app, meeting) == ["Them"]


def test_voices_are_told_apart_named_once_and_known_again(app: App, two_voices: Path) -> None:
    write_voices(paths.models_dir() / "voices")
    assert can_tell_apart()
    meeting = run(app.take_in(call(two_voices)))
    assert speakers(app, meeting) == ["Speaker 1", "Speaker 2"]
    wording.rename_speaker(app, meeting, "Speaker 2", "Clara")
    assert speakers(app, meeting) == ["Speaker 1", "Clara"]
    run(app.transcribe_stored(meeting))
    assert speakers(app, meeting) == ["Speaker 1", "Clara"]


def test_one_other_person_needs_no_splitting(app: App, two_voices: Path) -> None:
    write_voices(paths.models_dir() / "voices")
    meeting = run(app.take_in(call(two_voices, "Nina")))
    assert speakers(app, meeting) == ["Nina"]


def test_damaged_models_cost_no_word(app: App, two_voices: Path) -> None:
    folder = write_voices(paths.models_dir() / "voices")
    (folder / "voice-prints.onnx").write_bytes(b"not a model")
    meeting = run(app.take_in(call(two_voices)))
    assert speakers(app, meeting) == ["Them"]
    assert app.library.load(meeting).transcript.utterances


def test_who_has_not_spoken_yet_may_be_a_voice() -> None:
    bundle = small_bundle(people=(Person("Anna"), Person("Clara"), Person("Boris"), Person("Dora")))
    assert names_left(bundle) == ("Clara", "Dora")
