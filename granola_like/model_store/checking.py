"""Whether this is a model that will run here: by its files, then by loading it."""

import json
import struct
from contextlib import closing
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import numpy as np

from granola_like.engines import host
from granola_like.engines.base import SAMPLE_RATE, Listening, Request
from granola_like.engines.found import (
    ONNX_SPEECH_FILES,
    SPEECH_FILES,
    VOCABULARIES,
    can_run,
    find_model,
    is_onnx_speech,
)
from granola_like.errors import EngineError
from granola_like.jobs import Job, Progress
from granola_like.model_store.errors import ModelStoreError
from granola_like.model_store.gguf import read_gguf
from granola_like_models.catalogue import Kind

PREPROCESSOR = "preprocessor_config.json"
"""Says how many bands the newer Whispers hear; without it they would hear wrongly."""

_VOICES = "granola_like.engines.voices:open_part"

_OTHER_FORMATS = ("model.safetensors", "pytorch_model.bin", "ggml-model.bin", "model.onnx")
_LARGEST_JSON = 100_000_000


@dataclass(frozen=True, slots=True, kw_only=True)
class Candidate:
    """What somebody wants to add: which kind of model it is, and which files make it."""

    kind: Kind
    files: tuple[Path, ...]

    @property
    def bytes(self) -> int:
        """How much there is to copy."""
        return sum(path.stat().st_size for path in self.files)


def look_at(path: Path) -> Candidate:
    """Say what kind of model lies at `path`, by its files alone. Raises ModelStoreError."""
    if path.is_dir():
        return Candidate(kind="speech", files=_speech_files(path))
    if not path.exists():
        raise ModelStoreError(f"There is nothing at “{path}”.", hint="Check the path.")
    if path.suffix == ".onnx":
        return Candidate(kind="voices", files=(path,))
    with path.open("rb") as file:
        magic = file.read(4)
    if magic != b"GGUF":
        raise ModelStoreError(
            f"“{path.name}” is not a GGUF file.",
            hint="Give a .gguf file (language, embedding), an .onnx file (voices), or the folder "
            "of a Whisper model in CTranslate2's format (speech).",
        )
    return Candidate(kind=read_gguf(path).kind, files=(path,))


def try_it(path: Path, kind: Kind, name: str) -> Job[bool]:
    """Load a model in a child process and ask it one small thing.

    Returns False where the library that runs such models is not installed, so nobody can know.
    Raises ModelStoreError when it does not load or does not answer.
    """
    if not can_run(kind, path):
        return False
    yield Progress(f"Loading {name}")
    try:
        yield from _asked(path, kind, name)
    except EngineError as reason:
        raise ModelStoreError(
            f"“{name}” looks like a model, but does not run: {reason}",
            hint="Get its files again, or take another model.",
        ) from reason
    return True


def _asked(path: Path, kind: Kind, name: str) -> Job[None]:
    waiting = Progress(f"Loading {name}")
    # The path stands for the name: a folder of models is not needed to find it.
    if kind == "speech":
        silence = np.zeros(SAMPLE_RATE, dtype=np.float32)
        with closing(host.open_transcriber(str(path), models_dir=path.parent)) as whisper:
            for _ in whisper.transcribe(silence, Listening(language="en", beam_size=1)):
                yield waiting
    elif kind == "voices":
        with closing(host.Host(_VOICES, {"file": str(path)}, name=name)) as loading:
            loading.fact("name")
            yield waiting
    elif kind == "embedding":
        with closing(host.open_embedder(str(path), models_dir=path.parent)) as embedder:
            if not np.isfinite(embedder.embed(["a word"])).all():
                raise EngineError("it gives numbers that are none.")
    else:
        request = Request(system="", user="Say yes.", max_tokens=1)
        with closing(host.open_language_model(str(path), models_dir=path.parent)) as model:
            for _ in model.write(request):
                yield waiting


def _speech_files(folder: Path) -> tuple[Path, ...]:
    try:
        find_model(str(folder.absolute()), "speech", folder.parent)
    except EngineError as reason:
        other = next((name for name in _OTHER_FORMATS if (folder / name).exists()), None)
        raise ModelStoreError(
            f"“{folder.name}” is not a Whisper model in CTranslate2's format: {_lack(reason)}",
            hint=f"It has {other}: convert it with ct2-transformers-converter, or get the same "
            "model from the list."
            if other
            else "Such a folder has " + ", ".join((*SPEECH_FILES, "vocabulary.json")) + ".",
        ) from reason
    if is_onnx_speech(folder):
        return tuple(
            file
            for pattern in (*ONNX_SPEECH_FILES, "*.onnx", "*.onnx.data")
            for file in sorted(folder.glob(pattern))
            if file.is_file()
        )
    for name in ("config.json", "tokenizer.json", *VOCABULARIES, PREPROCESSOR):
        if name.endswith(".json") and (folder / name).exists():
            _parsed(folder / name)
    _must_be_whisper(folder / "model.bin")
    names = (*SPEECH_FILES, *VOCABULARIES, PREPROCESSOR)
    return tuple(folder / name for name in names if (folder / name).is_file())


def _lack(reason: EngineError) -> str:
    return str(reason).rpartition(": ")[2]


def _parsed(file: Path) -> Any:
    try:
        if file.stat().st_size > _LARGEST_JSON:
            raise ValueError
        return json.loads(file.read_text("utf-8"))
    except (ValueError, OSError, RecursionError) as reason:
        raise ModelStoreError(
            f"{file.name} of “{file.parent.name}” is damaged.", hint="Get the model's files again."
        ) from reason


def _must_be_whisper(weights: Path) -> None:
    """Check the head of CTranslate2's format: a version, then the name of the architecture."""
    with weights.open("rb") as file:
        head = file.read(64)
    try:
        version, length = struct.unpack_from("<IH", head)
        name = head[6 : 6 + length].rstrip(b"\0").decode("ascii")
    except (struct.error, UnicodeDecodeError):
        version, name = 0, ""
    if name != "WhisperSpec" or not 1 <= version <= 100:
        raise ModelStoreError(
            f"model.bin of “{weights.parent.name}” is not a Whisper in CTranslate2's format.",
            hint="It may be damaged, or made for another program. Get the model's files again.",
        )
