"""`verify`: whether models are still what was stored, and whether they load."""

import time
from dataclasses import dataclass
from pathlib import Path
from typing import Literal, TypeAlias

from granola_like.engines.found import installed
from granola_like.errors import EngineError
from granola_like.jobs import Job, Progress
from granola_like.model_store.checking import look_at, try_it
from granola_like.model_store.errors import ModelStoreError
from granola_like.model_store.manifest import Manifest, digest, read_manifest
from granola_like.model_store.pace import Pace
from granola_like.model_store.places import KINDS, Stored, on_disk
from granola_like_models.catalogue import Kind, known

Verdict: TypeAlias = Literal["whole", "unrecorded", "untried", "damaged"]
"""`unrecorded`: it loads, but was put there by hand, so there are no hashes to compare with.
`untried`: its bytes are right, but what runs such models is not installed here."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Verified:
    """What was found about one model."""

    name: str
    kind: Kind
    verdict: Verdict
    problem: str = ""
    """A sentence, where it is damaged."""
    hint: str = ""
    """What to do about it."""


def verify(name: str | None = None, *, models_dir: Path) -> Job[tuple[Verified, ...]]:
    """Check one model, or all that are here, the shipped ones too.

    Raises ModelStoreError when no model of that name is here.
    """
    found: list[Verified] = []
    for model in _wanted(name, models_dir):
        verified = yield from _verify(model)
        found.append(verified)
    return tuple(found)


def find_stored(name: str, models_dir: Path) -> tuple[Stored, ...]:
    """Find what is called so under the folder of models, whole or damaged."""
    about = known(name)
    names = {name} if about is None else {name, about.name}
    return tuple(model for model in on_disk(models_dir) if model.name in names)


def _wanted(name: str | None, models_dir: Path) -> tuple[Stored, ...]:
    shipped = tuple(
        Stored(name=found.name, kind=kind, path=found.path)
        for kind in KINDS
        for found in installed(kind, models_dir)
        if found.bundled
    )
    if name is None:
        return (*shipped, *on_disk(models_dir))
    about = known(name)
    wanted = about.name if about is not None else name
    models = (*(one for one in shipped if one.name == wanted), *find_stored(name, models_dir))
    if not models:
        raise ModelStoreError(f"There is no model called “{name}” on this machine.")
    return models


def _verify(model: Stored) -> Job[Verified]:
    try:
        look_at(model.path)
        record = read_manifest(model.manifest)
        if record is not None:
            yield from _compare(model, record)
        tried = yield from try_it(model.path, model.kind, model.name)
    except (EngineError, OSError) as error:
        unreadable = f"“{model.name}” cannot be read ({type(error).__name__})."
        return Verified(
            name=model.name,
            kind=model.kind,
            verdict="damaged",
            problem=unreadable if isinstance(error, OSError) else str(error),
            hint=_way_out(model),
        )
    verdict: Verdict = "untried" if not tried else "whole" if record else "unrecorded"
    shipped = (about := known(model.name)) is not None and about.bundled is not None
    return Verified(
        name=model.name,
        kind=model.kind,
        verdict="whole" if shipped and verdict == "unrecorded" else verdict,
    )


def _compare(model: Stored, record: Manifest) -> Job[None]:
    files = {path.name: path for path in model.files()}
    if model.kind != "speech":
        files = {file.name: model.path for file in record.files}  # it may have been renamed
    total = sum(file.bytes for file in record.files)
    pace, before = Pace(total), 0
    for file in record.files:
        path = files.get(file.name)
        if path is None:
            raise ModelStoreError(f"“{model.name}” lacks its file {file.name}.")
        size = path.stat().st_size
        if size != file.bytes:
            raise ModelStoreError(
                f"{file.name} of “{model.name}” has {size:,} bytes; it came with {file.bytes:,}."
            )
        reading = digest(path)
        while True:
            try:
                done = next(reading)
            except StopIteration as end:
                found = end.value
                break
            now = time.monotonic()
            pace.note(before + done, now)
            yield Progress(f"Reading {model.name}: {pace.in_words(now)}", pace.fraction)
        before += size
        if found.sha256 != file.sha256:
            raise ModelStoreError(
                f"{file.name} of “{model.name}” has changed since it came: its hash differs."
            )


def _way_out(model: Stored) -> str:
    about = known(model.name)
    if about is not None and about.repository is not None:
        return f"`granola-like models download {about.name} --again` gets it anew."
    if about is not None:
        return "Install granola_like again: this model is part of it."
    return f"`granola-like models remove {model.name}`, then add it again from where you have it."
