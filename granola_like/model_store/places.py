"""Where models lie, whole or not.

`speech/NAME/`, `language/FILE.gguf`, `embedding/FILE.gguf`, `voices/NAME.onnx`. Whatever is being
fetched, copied or removed lies under `.downloads/` on the same disk, so that a model comes and goes
by one rename and is never seen half.
"""

import re
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import get_args

from granola_like.engines.found import common_name, find_model, suffix_of
from granola_like.errors import EngineError
from granola_like_models.catalogue import Kind, Model

KINDS: tuple[Kind, ...] = get_args(Kind)

MANIFEST = "model.json"
"""The record of a model's files: in a speech model's folder, or beside a GGUF file."""

LEFT_OVER = "gone-"
"""What was taken away and is not deleted yet is called so, under `.downloads/`."""

LOCK = ".lock"
"""Ends the name of the file there by which a model is changed by one program at a time."""

_PLAIN_NAME = re.compile(r"[A-Za-z0-9][A-Za-z0-9._-]{0,99}")
_RESERVED = re.compile(r"(?i)(con|prn|aux|nul|com\d|lpt\d)(\..*)?")


@dataclass(frozen=True, slots=True, kw_only=True)
class Stored:
    """A model under the folder of models, whole or damaged."""

    name: str
    kind: Kind
    path: Path

    @property
    def manifest(self) -> Path:
        """Where the record of its files lies, if there is one."""
        return manifest_of(self.path, self.kind)

    def files(self) -> tuple[Path, ...]:
        """Everything that it is made of, but not its record."""
        if self.kind != "speech" or not self.path.is_dir():
            return (self.path,)
        return tuple(
            path for path in sorted(self.path.iterdir()) if path.is_file() and path.name != MANIFEST
        )

    def size(self) -> int:
        """How many bytes it takes."""
        return sum(path.stat().st_size for path in self.files())

    def damage(self) -> str:
        """Say what its files lack at first sight, in a sentence; empty when nothing."""
        try:
            find_model(str(self.path), self.kind, self.path.parent)
        except EngineError as error:
            return str(error)
        return ""


def on_disk(models_dir: Path) -> Iterator[Stored]:
    """Yield all that looks like a model, also what is damaged; by kind and name."""
    for kind in KINDS:
        place = models_dir / kind
        for path in sorted(place.iterdir()) if place.is_dir() else ():
            if path.name.startswith("."):
                continue
            if path.is_dir() if kind == "speech" else path.suffix == suffix_of(kind):
                yield Stored(name=common_name(path, kind), kind=kind, path=path)


def target_of(model: Model, models_dir: Path) -> Path:
    """Say where a model of the catalogue belongs."""
    is_gguf = suffix_of(model.kind) == ".gguf"
    return (
        models_dir / model.kind / model.files[0]
        if is_gguf
        else own_target(model.name, model.kind, models_dir)
    )


def own_target(name: str, kind: Kind, models_dir: Path) -> Path:
    """Say where a model of the person's own belongs."""
    return models_dir / kind / f"{name}{suffix_of(kind)}"


def manifest_of(target: Path, kind: Kind) -> Path:
    """Say where the record of a model's files belongs."""
    return target / MANIFEST if kind == "speech" else target.with_name(f"{target.stem}.{MANIFEST}")


def downloads(models_dir: Path) -> Path:
    """Where everything lies that is not yet, or no longer, a model."""
    return models_dir / ".downloads"


def coming(name: str, models_dir: Path) -> Path:
    """Where what came of a model so far lies."""
    return downloads(models_dir) / name


def came_so_far(name: str, models_dir: Path) -> int:
    """How many bytes of an unfinished download are here."""
    folder = coming(name, models_dir)
    if not folder.is_dir():
        return 0
    return sum(path.stat().st_size for path in folder.iterdir() if path.is_file())


def is_plain_name(name: str) -> bool:
    """Tell whether every system takes it as the name of a file, and a person can type it."""
    return bool(_PLAIN_NAME.fullmatch(name)) and not (
        _RESERVED.fullmatch(name)
        or name.endswith((".", ".gguf", ".onnx", LOCK))
        or name.startswith(LEFT_OVER)
    )
