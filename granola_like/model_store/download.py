"""`download`: a model of the catalogue comes from the hub, whole or not at all.

The client works in a child process, so that cancelling stops it at once, whatever it waits for.
What came stays under `.downloads/NAME/`, and the next run goes on from there.
"""

import difflib
import os
import time
from collections.abc import Iterator
from contextlib import closing
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from granola_like.engines.found import find_model
from granola_like.engines.host import Host
from granola_like.errors import EngineDied, EngineError, ModelMissing
from granola_like.jobs import Job, Progress
from granola_like.model_store.errors import KEPT, ModelStoreError
from granola_like.model_store.manifest import FileRecord, read_manifest
from granola_like.model_store.news import News, Patience, Plan
from granola_like.model_store.places import Stored, came_so_far, coming, target_of
from granola_like.model_store.shelf import alone, must_fit, put
from granola_like.model_store.telling import Telling
from granola_like_models.catalogue import Model, catalogue, known

PATIENCE = Patience()

_TRUE = {"1", "ON", "YES", "TRUE"}


@dataclass(frozen=True, slots=True, kw_only=True)
class Downloaded:
    """How a download ended."""

    name: str
    path: Path
    bytes: int
    """How large the model is on this disk."""
    was_here: bool
    """It was here already, and nothing was fetched."""


def wanted(name: str) -> Model:
    """Find the model of the catalogue that somebody asks for. Raises ModelMissing."""
    if model := known(name):
        return model
    names = [known_as for model in catalogue() for known_as in (model.name, *model.aliases)]
    near = difflib.get_close_matches(name.casefold(), names, n=1, cutoff=0.5)
    raise ModelMissing(
        f"The catalogue has no model called “{name}”.",
        hint=f"Did you mean “{near[0]}”?"
        if near
        else "`granola-like models list` names all; `models add` takes one of your own.",
    )


def download(
    name: str, *, models_dir: Path, again: bool = False, patience: Patience | None = None
) -> Job[Downloaded]:
    """Fetch a model by its name in the catalogue. Closing the job keeps what came.

    One that is here is left alone, but for `again`, which replaces it once the new one is whole.
    Raises ModelMissing for an unknown name, ModelStoreError for the rest.
    """
    model = wanted(name)
    if model.repository is None:
        assert model.folder is not None
        return Downloaded(name=model.name, path=model.folder, bytes=0, was_here=True)
    _must_be_allowed()
    target = target_of(model, models_dir)
    with alone(model.name, models_dir):
        here = None if again else _whole_one(model, models_dir)
        if here is not None:
            return Downloaded(name=model.name, path=here.path, bytes=here.size(), was_here=True)
        yield Progress(f"Asking the hub for {model.name}")
        folder = coming(model.name, models_dir)
        chosen = _chosen_patience(patience)
        with closing(
            Host(
                "granola_like.model_store.online:open_hub",
                {"patience": chosen},
                name=f"download of {model.name}",
            )
        ) as hub:
            plan = yield from _plan(hub, model)
            folder.mkdir(parents=True, exist_ok=True)
            must_fit(plan.bytes - came_so_far(model.name, models_dir), model.name, folder)
            files = yield from _fetch(hub, plan, folder, model.name)
        put(
            name=model.name,
            kind=model.kind,
            source=folder,
            files=files,
            target=target,
            models_dir=models_dir,
            repository=plan.repository,
            revision=plan.revision,
        )
        return Downloaded(name=model.name, path=target, bytes=plan.bytes, was_here=False)


def _plan(hub: Host, model: Model) -> Job[Plan]:
    plan: Plan | None = None
    telling = Telling(f"Asking the hub for {model.name}")
    for news in _heard(hub, "plan", model.repository, model.files):
        if isinstance(news, Plan):
            plan = news
        yield telling.after(news, time.monotonic())
    assert plan is not None
    return plan


def _fetch(hub: Host, plan: Plan, folder: Path, name: str) -> Job[tuple[FileRecord, ...]]:
    records: list[FileRecord] = []
    telling = Telling(f"Downloading {name}", total=plan.bytes or None)
    for news in _heard(hub, "fetch", plan, folder):
        if isinstance(news, FileRecord):
            records.append(news)
        yield telling.after(news, time.monotonic())
    return tuple(records)


def _heard(hub: Host, method: str, *arguments: Any) -> Iterator[News | None]:
    """Pass on what the other process says; None at least ten times a second.

    Raises ModelStoreError.
    """
    try:
        yield from hub.stream(method, *arguments)
    except EngineDied as reason:
        raise ModelStoreError("The download stopped by itself.", hint=KEPT) from reason


def _whole_one(model: Model, models_dir: Path) -> Stored | None:
    """Give the model that is here, if at first sight, without reading it all, it is whole."""
    try:
        found = find_model(model.name, model.kind, models_dir)
    except EngineError:
        return None
    here = Stored(name=model.name, kind=model.kind, path=found.path)
    record = read_manifest(here.manifest)
    sizes = {path.name: path.stat().st_size for path in here.files()}
    whole = record is None or all(sizes.get(file.name) == file.bytes for file in record.files)
    return here if whole else None


def _must_be_allowed() -> None:
    for variable in ("HF_HUB_OFFLINE", "TRANSFORMERS_OFFLINE"):
        if os.environ.get(variable, "").upper() in _TRUE:
            raise ModelStoreError(
                f"{variable} is set, so nothing may be downloaded.",
                hint=f"Unset {variable}, or `granola-like models add` a model that you have.",
            )


def _chosen_patience(given: Patience | None) -> Patience:
    if given is not None:
        return given
    asked = os.environ.get("HF_HUB_DOWNLOAD_TIMEOUT", "")
    return Patience(stall_s=float(asked)) if asked.isdigit() and int(asked) else PATIENCE
