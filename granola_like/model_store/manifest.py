"""What was stored: sizes and hashes, written once when a model comes, read when it is verified."""

import hashlib
import json
from collections.abc import Generator
from dataclasses import asdict, dataclass
from pathlib import Path
from typing import Any

from granola_like.model_store.errors import ModelStoreError
from granola_like_models.catalogue import Kind

FORMAT = 1
_CHUNK = 1 << 20


@dataclass(frozen=True, slots=True, kw_only=True)
class FileRecord:
    """One file as it was when it was stored."""

    name: str
    bytes: int
    sha256: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Manifest:
    """One model as it was when it was stored."""

    name: str
    kind: Kind
    files: tuple[FileRecord, ...]
    stored_at: str
    """ISO 8601, with its time zone."""
    repository: str | None = None
    """Where it came from on the hub; None for a model of the person's own."""
    revision: str | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class Digest:
    """A file's hashes, in hexadecimal: its own, and the one git gives it as a blob."""

    sha256: str
    git_blob: str


def write_manifest(manifest: Manifest, to: Path) -> None:
    """Write it whole or not at all."""
    draft = to.with_name(f".{to.name}.new")
    draft.write_text(json.dumps({"format": FORMAT, **asdict(manifest)}, indent=2), "utf-8")
    draft.replace(to)


def read_manifest(file: Path) -> Manifest | None:
    """Read it; None where there is none. Raises ModelStoreError when it is no such record."""
    if not file.is_file():
        return None
    try:
        given: dict[str, Any] = json.loads(file.read_text("utf-8"))
        given.pop("format")
        files = tuple(FileRecord(**record) for record in given.pop("files"))
        return Manifest(files=files, **given)
    except (OSError, ValueError, TypeError, KeyError, AttributeError) as reason:
        raise ModelStoreError(
            f"The record of the model's files at “{file}” cannot be read.",
            hint="Delete that one file; then the model is checked without it.",
        ) from reason


def digest(file: Path) -> Generator[int, None, Digest]:
    """Read a file once and hash it, yielding after each megabyte how many bytes were read."""
    sha256 = hashlib.sha256()
    # Git hashes a file with its size in front; nobody's safety rests on SHA-1 here, large files
    # have their SHA-256 at the hub.
    git_blob = hashlib.sha1(b"blob %d\0" % file.stat().st_size, usedforsecurity=False)
    done = 0
    with file.open("rb") as source:
        while chunk := source.read(_CHUNK):
            sha256.update(chunk)
            git_blob.update(chunk)
            done += len(chunk)
            yield done
    return Digest(sha256=sha256.hexdigest(), git_blob=git_blob.hexdigest())
