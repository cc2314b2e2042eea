from pathlib import Path

import pytest

from granola_like_models.catalogue import (
    BUNDLED_SPEECH,
    SPEECH_FOR_PEOPLE,
    Model,
    catalogue,
    known,
)


@pytest.mark.parametrize("model", catalogue(), ids=lambda model: model.name)
def test_a_model_is_fully_described(model: Model) -> None:
    assert model.kind in ("speech", "language", "embedding", "voices")
    assert model.purpose.endswith(".")
    assert model.files
    assert model.megabytes > 0
    assert model.languages
    assert (model.repository is None) == (model.bundled is not None)


def test_names_are_unique() -> None:
    names = [name for model in catalogue() for name in (model.name, *model.aliases)]
    assert len(names) == len(set(names))


def test_repositories_are_those_of_faster_whisper() -> None:
    from faster_whisper.utils import _MODELS

    for model in catalogue():
        if model.kind == "speech" and model.repository and "model.bin" in model.files:
            assert _MODELS[model.name] == model.repository


def test_repositories_of_the_others_are_those_of_onnx_asr() -> None:
    from onnx_asr.resolver import model_repos

    others = [m for m in catalogue() if m.kind == "speech" and "vocab.txt" in m.files]
    assert len(others) == 2
    for model in others:
        assert model_repos[f"nemo-{model.name}"] == model.repository
        assert not model.takes_hints


def test_the_shipped_model_is_whole_and_says_what_it_is() -> None:
    model = known(BUNDLED_SPEECH)
    assert model is not None
    assert isinstance(model.folder, Path)
    assert {path.name for path in model.folder.iterdir()} >= set(model.files)
    assert "synthetic" in model.purpose
    assert f"“{SPEECH_FOR_PEOPLE}”" in model.purpose
    assert known(SPEECH_FOR_PEOPLE) is not None


def test_models_are_known_by_other_names_in_any_case() -> None:
    turbo = known("Turbo")
    assert turbo is not None
    assert turbo.name == "large-v3-turbo"
    assert known("turbo", "language") is None
    assert known("no such model") is None
