"""`remove`: a model goes, at once and whole, with what came of an unfinished download of it."""

from dataclasses import dataclass
from pathlib import Path

from granola_like.errors import ModelMissing
from granola_like.model_store.errors import ModelStoreError
from granola_like.model_store.places import came_so_far, coming, is_plain_name
from granola_like.model_store.shelf import alone, take
from granola_like.model_store.verify import find_stored
from granola_like_models.catalogue import known


@dataclass(frozen=True, slots=True, kw_only=True)
class Removable:
    """What would go, and how much room that makes."""

    name: str
    paths: tuple[Path, ...]
    bytes: int


def removable(name: str, *, models_dir: Path) -> Removable:
    """Say what `remove` would take away.

    Raises ModelStoreError for a shipped model, ModelMissing when there is nothing of that name.
    """
    about = known(name)
    called = about.name if about is not None else name
    models = find_stored(name, models_dir)
    unfinished = coming(called, models_dir)
    paths = [path for model in models for path in (model.path, model.manifest)]
    size = sum(model.size() for model in models)
    if is_plain_name(called) and unfinished.is_dir():
        paths.append(unfinished)
        size += came_so_far(called, models_dir)
    if paths:
        return Removable(name=called, paths=tuple(paths), bytes=size)
    if about is not None and about.bundled is not None:
        raise ModelStoreError(
            f"“{called}” comes with the product and stays.",
            hint="It takes a few MB, and the demo needs it.",
        )
    raise ModelMissing(f"There is no model called “{name}” on this machine.")


def remove(name: str, *, models_dir: Path) -> Removable:
    """Take a model away and say what went. Raises ModelStoreError, ModelMissing."""
    going = removable(name, models_dir=models_dir)
    with alone(going.name, models_dir):
        for path in going.paths:
            take(path, models_dir)
    return going
