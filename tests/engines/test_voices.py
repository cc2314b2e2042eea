"""What everything that tells voices apart promises: the fake, the real library, in a child."""

import os
from collections.abc import Iterator
from contextlib import closing
from pathlib import Path

import numpy as np
import pytest

from granola_like.engines.base import SAMPLE_RATE, Samples, VoiceSplitter, VoiceTurn
from granola_like.engines.fake import FakeVoices
from granola_like.engines.host import HostedVoices, open_voices
from granola_like.engines.voices import open_voices as open_here
from granola_like.errors import EngineDied, EngineError, ModelMissing
from tests.engines.onnx_models import write_ctc, write_voices


def tone(hertz: int, seconds: float) -> Samples:
    times = np.arange(round(seconds * SAMPLE_RATE)) / SAMPLE_RATE
    return (0.3 * np.sin(2 * np.pi * hertz * times)).astype(np.float32)


QUIET = np.zeros(SAMPLE_RATE, np.float32)
LOW, HIGH = tone(200, 8), tone(2500, 8)
TALK: Samples = np.concatenate([LOW, QUIET, HIGH, QUIET, LOW])


@pytest.fixture(scope="module")
def models(tmp_path_factory: pytest.TempPathFactory) -> Path:
    folder = tmp_path_factory.mktemp("models")
    write_voices(folder / "voices")
    return folder


@pytest.fixture(scope="module")
def sherpa(models: Path) -> Iterator[VoiceSplitter]:
    turns, prints = (str(models / "voices" / f"voice-{part}.onnx") for part in ("turns", "prints"))
    with closing(open_here(turns, prints, threads=1)) as engine:
        yield engine


@pytest.fixture(scope="module")
def hosted(models: Path) -> Iterator[VoiceSplitter]:
    with closing(open_voices(models_dir=models)) as engine:
        yield engine


@pytest.fixture(params=["fake", "sherpa", "hosted"])
def engine(request: pytest.FixtureRequest) -> VoiceSplitter:
    if request.param == "fake":
        return FakeVoices()
    found: VoiceSplitter = request.getfixturevalue(request.param)
    return found


def turns_of(engine: VoiceSplitter, sound: Samples, voices: int | None = None) -> list[VoiceTurn]:
    return [turn for turn in engine.split(sound, voices) if turn is not None]


def test_two_voices_are_told_apart_and_known_again(engine: VoiceSplitter) -> None:
    assert engine.name.strip()
    turns = turns_of(engine, TALK)
    assert [turn.voice for turn in turns] == [0, 1, 0]
    for turn, start in zip(turns, (0, 9000, 18_000), strict=True):
        assert abs(turn.start_ms - start) < 400
        assert abs(turn.end_ms - start - 8000) < 400


def test_it_is_told_how_many_there_are_for_one_sound_only(engine: VoiceSplitter) -> None:
    assert {turn.voice for turn in turns_of(engine, TALK, 1)} == {0}
    assert {turn.voice for turn in turns_of(engine, TALK)} == {0, 1}


@pytest.mark.parametrize("seconds", [0, 0.01, 0.5, 3])
def test_silence_has_no_voice(engine: VoiceSplitter, seconds: float) -> None:
    assert turns_of(engine, np.zeros(int(seconds * SAMPLE_RATE), np.float32)) == []


def test_the_same_sound_gives_the_same_turns(engine: VoiceSplitter) -> None:
    assert turns_of(engine, TALK) == turns_of(engine, TALK)


def test_stopping_early_leaves_it_usable(models: Path) -> None:
    with closing(open_voices(models_dir=models)) as engine:
        hearing = engine.split(TALK)
        next(hearing)
        hearing.close()  # type: ignore[attr-defined]
        assert len(turns_of(engine, TALK)) == 3
        assert isinstance(engine, HostedVoices)
        assert engine.pid not in (None, os.getpid())


def test_models_that_are_not_here_are_named(tmp_path: Path) -> None:
    with pytest.raises(ModelMissing, match="voice-turns"):
        open_voices(models_dir=tmp_path)


@pytest.mark.parametrize("kind", ["damaged", "another"])
def test_a_model_that_is_none_costs_a_sentence(tmp_path: Path, kind: str) -> None:
    """On a model of another kind the library ends its process; that is the child's."""
    write_voices(tmp_path / "voices")
    wrong = tmp_path / "voices" / "voice-prints.onnx"
    if kind == "damaged":
        wrong.write_bytes(b"not a model")
    else:
        wrong.write_bytes((write_ctc(tmp_path / "ctc") / "model.onnx").read_bytes())
    with closing(open_voices(models_dir=tmp_path)) as engine, pytest.raises(EngineError) as told:
        turns_of(engine, TALK)
    assert isinstance(told.value, EngineDied) or "damaged" in str(told.value)
