"""Which models are on this machine, and where.

A model is named as the catalogue names it, as faster-whisper names it, or by the path of a folder
(speech) or a GGUF file (language, embedding). The network is never asked.
"""

import json
from collections.abc import Iterator
from dataclasses import dataclass
from importlib.util import find_spec
from pathlib import Path

from granola_like.errors import EngineError, ModelMissing
from granola_like_models.catalogue import SPEECH_FOR_PEOPLE, Kind, catalogue, known

SPEECH_FILES = ("model.bin", "config.json", "tokenizer.json")
"""What a folder must hold to be a speech model; and one of VOCABULARIES."""

VOCABULARIES = ("vocabulary.json", "vocabulary.txt")

ONNX_SPEECH_TYPES = (
    "nemo-conformer-ctc",
    "nemo-conformer-rnnt",
    "nemo-conformer-tdt",
    "nemo-conformer-aed",
)
"""What a folder's config.json may call its model, for a speech model that is not a Whisper."""

ONNX_SPEECH_FILES = ("config.json", "vocab.txt")
"""What such a folder must hold; and a model in `*.onnx`."""


VOICE_TURNS, VOICE_PRINTS = "voice-turns", "voice-prints"
"""The two models that tell voices apart: where one speaks alone, and what each sounds like."""


@dataclass(frozen=True, slots=True)
class FoundModel:
    """A model that is on this machine: a folder (speech) or a file (GGUF)."""

    name: str
    kind: Kind
    path: Path
    bundled: bool = False


def find_model(name: str, kind: Kind, models_dir: Path) -> FoundModel:
    """Find a model by name or path.

    Raises ModelMissing when it is known and not here, or unknown; EngineError when a path leads to
    something that is not such a model.
    """
    if _is_a_path(name):
        return _at(Path(name).expanduser(), kind)
    for model in _candidates(name, kind, models_dir):
        if model.path.exists():
            _check(model)
            return model
    raise _missing(name, kind)


def installed(kind: Kind, models_dir: Path) -> tuple[FoundModel, ...]:
    """List the whole models of a kind that are here: shipped ones first, then by name."""
    shipped = [
        FoundModel(model.name, kind, model.folder, bundled=True)
        for model in catalogue()
        if model.kind == kind and model.folder is not None
    ]
    place = models_dir / kind
    there = sorted(place.iterdir()) if place.is_dir() else []
    downloaded = [
        FoundModel(common_name(path, kind), kind, path)
        for path in there
        if (path.is_dir() if kind == "speech" else path.suffix == suffix_of(kind))
    ]
    return tuple(model for model in (*shipped, *downloaded) if not _lacking(model))


def _is_a_path(name: str) -> bool:
    return "/" in name or "\\" in name or name.startswith("~") or name.endswith((".gguf", ".onnx"))


def _at(path: Path, kind: Kind) -> FoundModel:
    if not path.exists():
        raise ModelMissing(f"There is no model at “{path}”.")
    model = FoundModel(path.stem if kind != "speech" else path.name, kind, path.absolute())
    _check(model)
    return model


def _candidates(name: str, kind: Kind, models_dir: Path) -> Iterator[FoundModel]:
    place = models_dir / kind
    if model := known(name, kind):
        if model.folder is not None:
            yield FoundModel(model.name, kind, model.folder, bundled=True)
        for known_as in (model.name, *model.aliases):
            yield FoundModel(model.name, kind, place / known_as)
        for file in model.files:
            if suffix_of(kind) == ".gguf":
                yield FoundModel(model.name, kind, place / file)
    yield FoundModel(name, kind, place / f"{name}{suffix_of(kind)}")


def _check(model: FoundModel) -> None:
    if lacking := _lacking(model):
        raise EngineError(
            f"The model at “{model.path}” is not complete: {lacking}.",
            hint="Remove it and get it again; `granola-like models list` shows what there is.",
        )


def _lacking(model: FoundModel) -> str:
    """Say what is wrong with a model's files; empty when nothing is."""
    if model.kind != "speech":
        fits = _is_there(model.path) if model.kind == "voices" else _is_gguf(model.path)
        return "" if fits else f"this is not a {suffix_of(model.kind)[1:].upper()} file"
    if not model.path.is_dir():
        return "a speech model is a folder"
    if is_onnx_speech(model.path):
        return _lacking_onnx(model.path)
    for name in SPEECH_FILES:
        if not _is_there(model.path / name):
            return f"there is no {name}"
    if not any(_is_there(model.path / name) for name in VOCABULARIES):
        return "there is no vocabulary"
    return ""


def is_onnx_speech(folder: Path) -> bool:
    """Say whether a speech model's folder is for onnx-asr rather than for CTranslate2."""
    return any(folder.glob("*.onnx")) and not (folder / "model.bin").exists()


def _lacking_onnx(folder: Path) -> str:
    for name in ONNX_SPEECH_FILES:
        if not _is_there(folder / name):
            return f"there is no {name}"
    try:
        about = json.loads((folder / "config.json").read_text("utf-8"))
    except (OSError, ValueError):
        return "its config.json cannot be read"
    kind = about.get("model_type") if isinstance(about, dict) else None
    if kind not in ONNX_SPEECH_TYPES:
        return "its config.json names no kind of model that we know"
    wanted = ("model",) if kind == "nemo-conformer-ctc" else ("encoder-model", "decoder*-model")
    for name in wanted:
        if not any(_is_there(file) for file in folder.glob(f"{name}*.onnx")):
            return f"there is no {name}.onnx"
    return ""


def _is_there(path: Path) -> bool:
    return path.is_file() and path.stat().st_size > 0


def _is_gguf(path: Path) -> bool:
    if not path.is_file():
        return False
    with path.open("rb") as file:
        return file.read(4) == b"GGUF"


def common_name(path: Path, kind: Kind) -> str:
    """Name what lies at `path` as the catalogue does, or by the name of its folder or file."""
    for model in catalogue():
        if model.kind != kind:
            continue
        own = (f"{model.name}.onnx",) if kind == "voices" else model.files
        if path.name in (model.name, *model.aliases, *own):
            return model.name
    return path.name if kind == "speech" else path.stem


def _missing(name: str, kind: Kind) -> ModelMissing:
    model = known(name, kind)
    if model is not None:
        size = f"{model.megabytes:,} MB"
        return ModelMissing(
            f"The model “{model.name}” is not on this machine ({size} to download).",
            hint=f"`granola-like models download {model.name}` gets it.",
        )
    names = ", ".join(model.name for model in catalogue() if model.kind == kind)
    way_out = f"Known {kind} models: {names}; or give the path of a model of your own."
    if kind == "speech":
        way_out += f" For people's voices start with {SPEECH_FOR_PEOPLE}."
    return ModelMissing(f"No {kind} model is called “{name}”.", hint=way_out)


def suffix_of(kind: Kind) -> str:
    """Say how the file of such a model ends; empty for a folder."""
    return {"speech": "", "voices": ".onnx"}.get(kind, ".gguf")


def can_run(kind: Kind, path: Path | None = None) -> bool:
    """Tell whether the library that runs such models, or the model at `path`, is installed."""
    if kind == "voices":
        return find_spec("sherpa_onnx") is not None
    if kind != "speech":
        return find_spec("llama_cpp") is not None
    is_onnx = path is not None and is_onnx_speech(path)
    return find_spec("onnx_asr" if is_onnx else "faster_whisper") is not None
