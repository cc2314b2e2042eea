"""Models that the person has: added, verified, removed."""

import json
import shutil
from collections.abc import Callable
from contextlib import closing
from pathlib import Path

import numpy as np
import pytest

from granola_like.engines.found import installed
from granola_like.engines.host import open_voices
from granola_like.errors import ModelMissing
from granola_like.jobs import Cancelled, Progress, run
from granola_like.model_store.add import Added, add
from granola_like.model_store.errors import ModelStoreError
from granola_like.model_store.places import downloads, target_of
from granola_like.model_store.remove import remove
from granola_like.model_store.verify import Verified, verify
from granola_like_models.catalogue import known
from tests.engines.onnx_models import write_ctc, write_tdt, write_voices
from tests.model_store.conftest import whisper_folder


def bring(source: Path, models_dir: Path, name: str | None = None) -> Added:
    return run(add(source, models_dir=models_dir, name=name))


def checked(models_dir: Path, name: str | None = None) -> dict[str, Verified]:
    return {one.name: one for one in run(verify(name, models_dir=models_dir))}


def nothing_is_left(models_dir: Path) -> bool:
    folder = downloads(models_dir)
    left = [path for path in folder.iterdir() if path.suffix != ".lock"] if folder.exists() else []
    here = [one for one in installed("speech", models_dir) if not one.bundled]
    return not left and not here


@pytest.fixture
def mine(tmp_path: Path) -> Path:
    """A folder with a Whisper, and with things beside it that are not the model."""
    folder = tmp_path / "my whisper"
    shutil.copytree(whisper_folder(), folder)
    (folder / "secret.txt").write_text("not the model")
    return folder


@pytest.fixture
def stories(material: Path) -> Path:
    return material / "llm" / "stories260K.gguf"


@pytest.fixture
def minilm(material: Path) -> Path:
    return material / "embedding" / "all-minilm-l6-v2-q8_0.gguf"


def test_a_whisper_comes_in_is_verified_and_goes(mine: Path, models_dir: Path) -> None:
    done = bring(mine, models_dir, "my-whisper")
    assert (done.kind, done.tried) == ("speech", True)
    folder = models_dir / "speech" / "my-whisper"
    assert done.path == folder
    assert (folder / "model.bin").read_bytes() == (mine / "model.bin").read_bytes()
    assert not (folder / "secret.txt").exists()
    assert "my-whisper" in {one.name for one in installed("speech", models_dir)}
    record = json.loads((folder / "model.json").read_text("utf-8"))
    assert record["repository"] is None
    assert "my whisper" not in json.dumps(record)
    assert checked(models_dir, "my-whisper")["my-whisper"].verdict == "whole"
    gone = remove("my-whisper", models_dir=models_dir)
    assert gone.bytes > 5_000_000
    assert nothing_is_left(models_dir)
    with pytest.raises(ModelMissing):
        remove("my-whisper", models_dir=models_dir)


def test_gguf_files_land_by_what_they_say_they_are(
    stories: Path, minilm: Path, models_dir: Path
) -> None:
    assert bring(stories, models_dir).kind == "language"
    assert bring(minilm, models_dir, "mine").kind == "embedding"
    assert (models_dir / "language" / "stories260K.gguf").read_bytes() == stories.read_bytes()
    assert (models_dir / "embedding" / "mine.model.json").exists()
    assert checked(models_dir, "mine")["mine"].verdict in ("whole", "untried")
    remove("mine", models_dir=models_dir)
    assert list((models_dir / "embedding").iterdir()) == []


def test_a_taken_name_and_an_impossible_one_are_refused(
    mine: Path, stories: Path, models_dir: Path
) -> None:
    bring(mine, models_dir, "mine")
    for name, sentence in (
        ("mine", "here already"),
        ("tiny-synthetic", "name of another model"),
        ("../up", "cannot be called"),
        (".hidden", "cannot be called"),
        ("CON", "cannot be called"),
        ("gone-tomorrow", "cannot be called"),
        ("tiny.lock", "cannot be called"),
    ):
        with pytest.raises(ModelStoreError, match=sentence):
            bring(mine, models_dir, name)
    with pytest.raises(ModelStoreError, match="name of another model"):
        bring(stories, models_dir, "small")


def broken(mine: Path, how: str) -> None:
    weights = mine / "model.bin"
    match how:
        case "no weights":
            weights.unlink()
        case "other weights":
            weights.write_bytes(b"ggml" + bytes(1000))
        case "half weights":
            weights.write_bytes(weights.read_bytes()[:3_000_000])
        case "config":
            (mine / "config.json").write_text("{")
        case "tokenizer":
            (mine / "tokenizer.json").write_text('{"model": 1}')
        case "torch":
            weights.unlink()
            (mine / "model.safetensors").write_bytes(b"x")


@pytest.mark.parametrize(
    ("how", "sentence", "hint"),
    [
        ("no weights", "there is no model.bin", "Such a folder has"),
        ("other weights", "model.bin of “my whisper” is not a Whisper", "another program"),
        ("half weights", "does not run", "again"),
        ("config", "config.json of “my whisper” is damaged", "again"),
        ("tokenizer", "does not run", "again"),
        ("torch", "not a Whisper model in CTranslate2's format", "ct2-transformers-converter"),
    ],
)
def test_a_broken_one_is_refused_and_leaves_nothing(
    mine: Path, models_dir: Path, how: str, sentence: str, hint: str
) -> None:
    broken(mine, how)
    with pytest.raises(ModelStoreError, match=sentence) as error:
        bring(mine, models_dir, "mine")
    assert hint in error.value.hint
    assert nothing_is_left(models_dir)


def test_what_is_no_model_is_refused(tmp_path: Path, models_dir: Path) -> None:
    (tmp_path / "notes.txt").write_text("hello")
    for path, sentence in (
        (tmp_path / "notes.txt", "not a GGUF file"),
        (tmp_path / "nowhere", "There is nothing at"),
        (tmp_path, "not a Whisper model"),
    ):
        with pytest.raises(ModelStoreError, match=sentence):
            bring(path, models_dir)


def test_a_cancelled_copy_leaves_nothing(mine: Path, models_dir: Path) -> None:
    copying: list[Progress] = []

    def note(news: Progress) -> None:
        if news.step.startswith("Copying"):
            copying.append(news)

    job = add(mine, models_dir=models_dir, name="mine")
    with pytest.raises(Cancelled):
        run(job, on_progress=note, is_cancelled=lambda: bool(copying))
    assert nothing_is_left(models_dir)


def test_a_copy_that_does_not_fit_says_so(mine: Path, small_disk: Callable[[int], Path]) -> None:
    place = small_disk(101)
    with pytest.raises(ModelStoreError, match="There is no room for “mine”"):
        bring(mine, place, "mine")
    assert nothing_is_left(place)


def test_damage_is_found_and_named(mine: Path, models_dir: Path) -> None:
    bring(mine, models_dir, "mine")
    weights = models_dir / "speech" / "mine" / "model.bin"
    data = bytearray(weights.read_bytes())
    data[-100] ^= 1
    weights.write_bytes(data)
    found = checked(models_dir)  # all that are here
    assert found["mine"].verdict == "damaged"
    assert "its hash differs" in found["mine"].problem
    assert "models remove mine" in found["mine"].hint
    assert found["tiny-synthetic"].verdict == "whole"
    weights.write_bytes(data[:-1])
    assert "bytes; it came with" in checked(models_dir, "mine")["mine"].problem
    weights.unlink()
    assert "there is no model.bin" in checked(models_dir, "mine")["mine"].problem
    assert remove("mine", models_dir=models_dir).name == "mine"


def test_one_put_there_by_hand_can_only_be_tried(mine: Path, models_dir: Path) -> None:
    shutil.copytree(mine, models_dir / "speech" / "small")
    assert checked(models_dir, "small")["small"].verdict == "unrecorded"
    (models_dir / "speech" / "small" / "tokenizer.json").unlink()
    damaged = checked(models_dir, "small")["small"]
    assert damaged.verdict == "damaged"
    assert "models download small --again" in damaged.hint


def test_the_shipped_one_stays(models_dir: Path) -> None:
    with pytest.raises(ModelStoreError, match="comes with the product"):
        remove("tiny-synthetic", models_dir=models_dir)
    with pytest.raises(ModelMissing):
        remove("small", models_dir=models_dir)
    with pytest.raises(ModelStoreError, match="no model called “small” on this machine"):
        checked(models_dir, "small")


def test_what_a_killed_removal_left_is_swept(mine: Path, models_dir: Path) -> None:
    left = downloads(models_dir) / "gone-1234"
    left.mkdir(parents=True)
    (left / "model.bin").write_bytes(b"x")
    bring(mine, models_dir, "mine")
    assert not left.exists()


def test_a_model_that_is_no_whisper_comes_in_and_is_verified(
    tmp_path: Path, models_dir: Path
) -> None:
    folder = write_tdt(tmp_path / "parakeet mine")
    (folder / "secret.txt").write_text("not the model")
    done = bring(folder, models_dir, "parakeet-mine")
    assert (done.kind, done.tried) == ("speech", True)
    here = {path.name for path in (models_dir / "speech" / "parakeet-mine").iterdir()}
    assert here == {path.name for path in folder.iterdir()} - {"secret.txt"} | {"model.json"}
    assert checked(models_dir, "parakeet-mine")["parakeet-mine"].verdict == "whole"
    (models_dir / "speech" / "parakeet-mine" / "encoder-model.int8.onnx").write_bytes(b"x")
    assert checked(models_dir, "parakeet-mine")["parakeet-mine"].verdict == "damaged"


def test_models_that_tell_voices_apart_come_in_and_are_verified(
    tmp_path: Path, models_dir: Path
) -> None:
    write_voices(tmp_path)
    for name in ("voice-turns", "voice-prints"):
        source = tmp_path / f"{name}.onnx"
        theirs = source.rename(tmp_path / f"their-{name}.onnx")
        done = bring(theirs, models_dir, name)
        assert (done.kind, done.tried) == ("voices", True)
        assert done.path == models_dir / "voices" / f"{name}.onnx"
        assert checked(models_dir, name)[name].verdict == "whole"
    with closing(open_voices(models_dir=models_dir)) as engine:
        assert not [turn for turn in engine.split(np.zeros(32_000, np.float32)) if turn]
    other = write_ctc(tmp_path / "ctc") / "model.onnx"
    with pytest.raises(ModelStoreError, match="does not run"):
        bring(other, models_dir, "mine")
    remove("voice-turns", models_dir=models_dir)
    assert not (models_dir / "voices" / "voice-turns.onnx").exists()


def test_a_downloaded_model_of_voices_is_called_by_its_name(models_dir: Path) -> None:
    model = known("voice-turns")
    assert model is not None
    assert target_of(model, models_dir) == models_dir / "voices" / "voice-turns.onnx"
