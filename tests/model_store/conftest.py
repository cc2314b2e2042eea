"""A hub on this machine, and a folder of models."""

import os
import subprocess
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest

from granola_like.engines.found import installed
from granola_like.jobs import run
from granola_like.model_store.download import Downloaded, download
from granola_like.model_store.news import Patience
from granola_like_models.catalogue import BUNDLED_SPEECH, known
from tests.model_store.loopback_hub import Hub, open_hub

REPO = "Systran/faster-whisper-tiny"
"""Where the catalogue says that `tiny` is."""

QUICK = Patience(stall_s=0.5, tries=3, first_wait_s=0.05, longest_wait_s=0.1, longest_asked_s=1.5)


def whisper_folder() -> Path:
    model = known(BUNDLED_SPEECH)
    assert model is not None
    assert model.folder is not None
    return model.folder


def fetch(models_dir: Path, name: str = "tiny", **how: object) -> Downloaded:
    return run(download(name, models_dir=models_dir, patience=QUICK, **how))  # type: ignore[arg-type]


def names(models_dir: Path) -> list[str]:
    return [found.name for found in installed("speech", models_dir) if not found.bundled]


def is_whole(models_dir: Path) -> bool:
    folder = models_dir / "speech" / "tiny"
    return names(models_dir) == ["tiny"] and all(
        (folder / name).read_bytes() == (whisper_folder() / name).read_bytes()
        for name in ("config.json", "model.bin", "tokenizer.json", "vocabulary.json")
    )


@pytest.fixture(autouse=True)
def no_proxy(monkeypatch: pytest.MonkeyPatch) -> None:
    for name in ("HTTP_PROXY", "HTTPS_PROXY", "ALL_PROXY", "NO_PROXY", "TRANSFORMERS_OFFLINE"):
        monkeypatch.delenv(name, raising=False)
        monkeypatch.delenv(name.lower(), raising=False)
    for name in ("SSL_CERT_FILE", "SSL_CERT_DIR"):
        monkeypatch.delenv(name, raising=False)


@pytest.fixture
def hub(monkeypatch: pytest.MonkeyPatch) -> Iterator[Hub]:
    """A hub that has `tiny`: really the shipped model, so that it can be loaded."""
    with open_hub() as hub:
        monkeypatch.setenv("HF_ENDPOINT", hub.url)
        hub.serve_folder(
            REPO, whisper_folder(), "config.json", "model.bin", "tokenizer.json", "vocabulary.json"
        )
        hub.repos[REPO]["README.md"] = b"not wanted"
        yield hub


@pytest.fixture
def models_dir(tmp_path: Path) -> Path:
    return tmp_path / "models"


@pytest.fixture
def small_disk(tmp_path: Path) -> Iterator[Callable[[int], Path]]:
    """A disk of so many megabytes."""
    places: list[Path] = []

    def mount(megabytes: int) -> Path:
        place = tmp_path / f"disk{len(places)}"
        place.mkdir()
        size = f"size={megabytes * 1_000_000}"
        command = ["mount", "-t", "tmpfs", "-o", size, "tmpfs", str(place)]
        if (
            os.name != "posix"
            or subprocess.run(command, check=False, capture_output=True).returncode != 0
        ):
            pytest.skip("needs to mount a small tmpfs, which this user may not")
        places.append(place)
        return place

    yield mount
    for place in places:
        subprocess.run(["umount", "-l", str(place)], check=True)
