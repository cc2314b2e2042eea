from pathlib import Path

import pytest

from granola_like.engines.found import find_model, installed
from granola_like.errors import EngineError, ModelMissing
from granola_like_models.catalogue import BUNDLED_SPEECH, known


def speech_model(folder: Path) -> Path:
    folder.mkdir(parents=True)
    for name in ("model.bin", "config.json", "tokenizer.json", "vocabulary.txt"):
        (folder / name).write_bytes(b"x")
    return folder


def gguf(file: Path) -> Path:
    file.parent.mkdir(parents=True, exist_ok=True)
    file.write_bytes(b"GGUF\3\0\0\0")
    return file


def test_the_shipped_model_is_always_there(tmp_path: Path) -> None:
    found = find_model(BUNDLED_SPEECH, "speech", tmp_path)
    assert found.bundled
    assert [model.name for model in installed("speech", tmp_path)] == [BUNDLED_SPEECH]


def test_a_downloaded_model_is_found_by_its_names(tmp_path: Path) -> None:
    place = speech_model(tmp_path / "speech" / "large-v3-turbo")
    for name in ("large-v3-turbo", "turbo", "Large-V3-Turbo"):
        assert find_model(name, "speech", tmp_path).path == place
    assert "large-v3-turbo" in [model.name for model in installed("speech", tmp_path)]


def test_a_model_of_ones_own_is_found_by_name_and_path(tmp_path: Path) -> None:
    place = speech_model(tmp_path / "speech" / "our-own")
    assert find_model("our-own", "speech", tmp_path).path == place
    assert find_model(str(place), "speech", tmp_path / "elsewhere").path == place


def test_a_gguf_file_is_found_by_catalogue_name_file_name_and_path(tmp_path: Path) -> None:
    model = known("minilm")
    assert model is not None
    file = gguf(tmp_path / "embedding" / model.files[0])
    for name in ("minilm", "all-minilm-l6-v2", str(file)):
        assert find_model(name, "embedding", tmp_path).path == file
    own = gguf(tmp_path / "language" / "mine.gguf")
    assert find_model("mine", "language", tmp_path).path == own


def test_known_but_not_here_names_the_download(tmp_path: Path) -> None:
    with pytest.raises(ModelMissing, match="not on this machine") as caught:
        find_model("base", "speech", tmp_path)
    assert caught.value.hint == "`granola-like models download base` gets it."


def test_unknown_names_what_is_known(tmp_path: Path) -> None:
    with pytest.raises(ModelMissing, match="No speech model is called “bas”") as caught:
        find_model("bas", "speech", tmp_path)
    assert "small" in caught.value.hint


def test_a_path_to_nothing(tmp_path: Path) -> None:
    with pytest.raises(ModelMissing, match="There is no model at"):
        find_model(str(tmp_path / "nowhere"), "speech", tmp_path)


@pytest.mark.parametrize("lacking", ["model.bin", "config.json", "tokenizer.json", "vocabulary"])
def test_a_half_model_is_not_taken(tmp_path: Path, lacking: str) -> None:
    place = speech_model(tmp_path / "speech" / "half")
    for file in place.glob(f"{lacking}*"):
        file.unlink()
    with pytest.raises(EngineError, match=f"no {lacking}"):
        find_model("half", "speech", tmp_path)
    assert [model.name for model in installed("speech", tmp_path)] == [BUNDLED_SPEECH]
