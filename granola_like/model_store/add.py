"""`add`: a model that the person has comes into the folder of models, checked before and whole."""

import errno
import hashlib
import os
import time
from dataclasses import dataclass
from pathlib import Path

from granola_like.jobs import Job, Progress
from granola_like.model_store.checking import look_at, try_it
from granola_like.model_store.errors import ModelStoreError
from granola_like.model_store.manifest import FileRecord
from granola_like.model_store.pace import Pace
from granola_like.model_store.places import coming, is_plain_name, on_disk, own_target
from granola_like.model_store.shelf import alone, must_fit, put, take
from granola_like_models.catalogue import Kind, known

_CHUNK = 4 << 20


@dataclass(frozen=True, slots=True, kw_only=True)
class Added:
    """A model that came."""

    name: str
    kind: Kind
    path: Path
    tried: bool
    """It was loaded; False where the library that runs such models is not installed."""


def add(source: Path, *, models_dir: Path, name: str | None = None) -> Job[Added]:
    """Copy a GGUF file, or the folder of a CTranslate2 Whisper, into the folder of models.

    It is looked at and loaded before anything is copied. Raises ModelStoreError, also when the
    name is taken.
    """
    source = source.expanduser().absolute()
    candidate = look_at(source)
    chosen = name or (source.name if candidate.kind == "speech" else source.stem)
    _must_be_free(chosen, candidate.kind, models_dir)
    tried = yield from try_it(source, candidate.kind, chosen)
    with alone(chosen, models_dir):
        folder = coming(chosen, models_dir)
        if folder.exists():
            take(folder, models_dir)
        folder.mkdir()
        target = own_target(chosen, candidate.kind, models_dir)
        try:
            must_fit(candidate.bytes, chosen, folder)
            files = yield from _copied(candidate.files, folder, chosen, candidate.bytes)
            put(
                name=chosen,
                kind=candidate.kind,
                source=folder,
                files=files,
                target=target,
                models_dir=models_dir,
            )
        finally:
            if folder.exists():
                take(folder, models_dir)
    return Added(name=chosen, kind=candidate.kind, path=target, tried=tried)


def _must_be_free(name: str, kind: Kind, models_dir: Path) -> None:
    if not is_plain_name(name):
        raise ModelStoreError(
            f"A model cannot be called “{name}”.",
            hint="Give --name with letters, digits, dots and dashes.",
        )
    model = known(name)
    if model is not None and (model.bundled is not None or model.kind != kind):
        raise ModelStoreError(
            f"“{name}” is the name of another model.", hint="Give another one with --name."
        )
    target = own_target(name, kind, models_dir)
    taken = [one for one in on_disk(models_dir) if one.name == name or one.path == target]
    if taken:
        raise ModelStoreError(
            f"A model called “{name}” is here already.",
            hint=f"Give another name with --name, or `granola-like models remove {name}` first.",
        )


def _copied(
    files: tuple[Path, ...], folder: Path, name: str, total: int
) -> Job[tuple[FileRecord, ...]]:
    records: list[FileRecord] = []
    pace, done = Pace(total), 0
    for file in files:
        # The record of a single file is of the name that it gets, not of the one that it had.
        new_name = f"{name}{file.suffix}" if len(files) == 1 else file.name
        sha256, size = hashlib.sha256(), 0
        try:
            with file.open("rb") as source, (folder / new_name).open("wb") as copy:
                while chunk := source.read(_CHUNK):
                    copy.write(chunk)
                    sha256.update(chunk)
                    size += len(chunk)
                    done += len(chunk)
                    now = time.monotonic()
                    pace.note(done, now)
                    yield Progress(f"Copying {name}: {pace.in_words(now)}", pace.fraction)
                copy.flush()
                os.fsync(copy.fileno())
        except OSError as reason:
            raise _failed(reason, file) from reason
        records.append(FileRecord(name=new_name, bytes=size, sha256=sha256.hexdigest()))
    return tuple(records)


def _failed(reason: OSError, file: Path) -> ModelStoreError:
    if reason.errno in (errno.ENOSPC, errno.EDQUOT):
        return ModelStoreError("The disk is full.", hint="Make room on the disk of the models.")
    return ModelStoreError(
        f"“{file.name}” could not be copied ({type(reason).__name__}).",
        hint="Look at the rights of the file and of the folder of models.",
    )
