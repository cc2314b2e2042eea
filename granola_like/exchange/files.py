"""Writing a file whole or not at all, and reading one with its errors as sentences."""

import errno
import os
import tempfile
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from pathlib import Path

from granola_like.errors import ExchangeError

TEXT_LIMIT = 200_000_000
"""Bytes; no bundle or caption file of a meeting comes near it."""


@contextmanager
def whole_file(to: Path) -> Iterator[Path]:
    """Give a draft to write to; on success it takes the place of `to`, otherwise it goes.

    Raises ExchangeError for what the disk refuses.
    """
    draft: Path | None = None
    try:
        number, name = tempfile.mkstemp(prefix=f".{to.name}.", suffix=".part", dir=to.parent)
        os.close(number)
        draft = Path(name)
        yield draft
        with draft.open("rb") as written:
            os.fsync(written.fileno())
        draft.chmod(0o644 & ~_umask())
        draft.replace(to)
        draft = None
    except OSError as error:
        if error.errno == errno.ENOSPC:
            raise ExchangeError(
                f"The disk is full, {to} was not written.", hint="Free some space and try again."
            ) from error
        raise ExchangeError(
            f"{to} could not be written: {error.strerror or error}.",
            hint="Choose a folder that exists and may be written to.",
        ) from error
    finally:
        if draft is not None:
            with suppress(OSError):
                draft.unlink()


def write_text(to: Path, text: str) -> None:
    """Write UTF-8 with Unix line ends, whole or not at all."""
    with whole_file(to) as draft:
        draft.write_text(text, "utf-8", newline="\n")


def read_text(file: Path) -> str:
    """Read UTF-8, with or without a byte order mark. Raises ExchangeError."""
    try:
        if file.stat().st_size > TEXT_LIMIT:
            raise ExchangeError(
                f"{file} is too large to be a meeting.", hint="Choose another file."
            )
        return file.read_text("utf-8-sig")
    except UnicodeDecodeError as error:
        raise ExchangeError(
            f"{file} is not text in UTF-8.", hint="Save it as UTF-8 and import it again."
        ) from error
    except OSError as error:
        raise ExchangeError(
            f"{file} could not be read: {error.strerror or error}.",
            hint="Check the name and that you may read the file.",
        ) from error


def _umask() -> int:
    current = os.umask(0)
    os.umask(current)
    return current
