"""Putting models in place and taking them away by one rename, with room for them checked first."""

import shutil
import time
import uuid
from collections.abc import Iterator
from contextlib import contextmanager
from datetime import UTC, datetime
from pathlib import Path

from filelock import FileLock, Timeout

from granola_like.model_store.errors import KEPT, ModelStoreError
from granola_like.model_store.manifest import FileRecord, Manifest, write_manifest
from granola_like.model_store.pace import megabytes
from granola_like.model_store.places import LEFT_OVER, LOCK, downloads, manifest_of
from granola_like_models.catalogue import Kind

ROOM_TO_LEAVE = 100_000_000
"""Bytes that stay free on the disk: a recording may be running on it."""


@contextmanager
def alone(name: str, models_dir: Path) -> Iterator[None]:
    """Be the only one who changes a model. Raises ModelStoreError when somebody else does now."""
    folder = downloads(models_dir)
    try:
        folder.mkdir(parents=True, exist_ok=True)
        lock = FileLock(folder / f"{name}{LOCK}", thread_local=False)
        lock.acquire(timeout=0)
    except Timeout as reason:
        raise ModelStoreError(
            f"Another granola_like is busy with the model “{name}”.", hint="Wait until it is done."
        ) from reason
    except OSError as reason:
        raise _cannot_write(models_dir) from reason
    try:
        sweep(models_dir)
        yield
    finally:
        lock.release()


def must_fit(needed: int, name: str, folder: Path) -> None:
    """Raise ModelStoreError when the disk has no room for `needed` more bytes."""
    free = shutil.disk_usage(folder).free
    if needed + ROOM_TO_LEAVE <= free:
        return
    missing = needed + ROOM_TO_LEAVE - free
    raise ModelStoreError(
        f"There is no room for “{name}”: it needs {megabytes(needed)} MB more on the disk of the "
        f"models, and {megabytes(free)} MB are free.",
        hint=f"Make room for {megabytes(missing)} MB; some free space is left for recordings. "
        f"{KEPT}",
    )


def put(
    *,
    name: str,
    kind: Kind,
    source: Path,
    files: tuple[FileRecord, ...],
    target: Path,
    models_dir: Path,
    repository: str | None = None,
    revision: str | None = None,
) -> None:
    """Move the whole model from `source`, a folder under `.downloads/`, to its place.

    What was in its place goes. Raises ModelStoreError when the disk does not let us.
    """
    stored_at = datetime.now(UTC).isoformat(timespec="seconds")
    manifest = Manifest(
        name=name,
        kind=kind,
        files=files,
        stored_at=stored_at,
        repository=repository,
        revision=revision,
    )
    try:
        target.parent.mkdir(parents=True, exist_ok=True)
        if kind == "speech":
            write_manifest(manifest, source / manifest_of(target, kind).name)
            _clear(target, models_dir)
            _rename(source, target)
        else:
            # The record first: alone, it is nothing; a model without it could not be verified.
            write_manifest(manifest, manifest_of(target, kind))
            _rename(source / files[0].name, target)
            shutil.rmtree(source, ignore_errors=True)
    except OSError as reason:
        raise _cannot_write(models_dir) from reason
    sweep(models_dir)


def take(path: Path, models_dir: Path) -> None:
    """Make a file or folder of a model disappear at once. Raises ModelStoreError."""
    try:
        _clear(path, models_dir)
    except OSError as reason:
        raise _cannot_write(models_dir) from reason
    sweep(models_dir)


def sweep(models_dir: Path) -> None:
    """Delete what was taken away, also by a run that was killed in the middle."""
    folder = downloads(models_dir)
    for path in folder.iterdir() if folder.is_dir() else ():
        if path.name.startswith(LEFT_OVER):
            if path.is_dir():
                shutil.rmtree(path, ignore_errors=True)
            else:
                path.unlink(missing_ok=True)


def _clear(path: Path, models_dir: Path) -> None:
    if path.exists() or path.is_symlink():
        downloads(models_dir).mkdir(parents=True, exist_ok=True)
        _rename(path, downloads(models_dir) / f"{LEFT_OVER}{uuid.uuid4().hex}")


def _rename(source: Path, target: Path) -> None:
    # Virus scanners on Windows hold a new file open for a moment.
    for wait_s in (0.1, 0.5, 1.0):
        try:
            source.replace(target)
        except PermissionError:
            time.sleep(wait_s)
        else:
            return
    source.replace(target)


def _cannot_write(models_dir: Path) -> ModelStoreError:
    return ModelStoreError(
        f"The folder of models cannot be written: {models_dir}.",
        hint="Look at its rights and its disk, and close what uses the model; or choose another "
        "place with GRANOLA_LIKE_HOME.",
    )
