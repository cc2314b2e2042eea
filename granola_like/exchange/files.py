"""Writing a file whole or not at all, and reading one with its errors as sentences."""

import errno
import os
import stat
import tempfile
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from datetime import UTC, datetime
from pathlib import Path
from typing import BinaryIO

from granola_like.errors import ExchangeError

TEXT_LIMIT = 200_000_000
"""Bytes; no bundle or caption file of a meeting comes near it."""


@contextmanager
def whole_file(to: Path) -> Iterator[BinaryIO]:
    """Give a draft to write to; on success it takes the place of `to`, otherwise it goes.

    A file that was there keeps its mode, a new one is the person's alone: it holds what was said.
    What is not a regular file (a pipe, a terminal, /dev/null) is written to as it stands.
    Raises ExchangeError for what the disk refuses, and for a file that the body could not read.
    """
    try:
        with to.open("wb") if _is_special(to) else _drafted(to.resolve()) as out:
            try:
                yield out
            except OSError as error:
                # Writing names no file: this is one that the body opened.
                if isinstance(error.filename, str):
                    raise _unreadable(error, Path(error.filename)) from error
                raise
    except OSError as error:
        if error.errno == errno.ENOSPC:
            raise disk_full(to) from error
        raise ExchangeError(
            f"{to} could not be written: {error.strerror or error}.",
            hint="Choose a folder that exists and may be written to.",
        ) from error


def write_text(to: Path, text: str) -> None:
    """Write UTF-8 with Unix line ends, whole or not at all."""
    with whole_file(to) as out:
        # A name from the command line may hold half a character.
        out.write(text.encode("utf-8", "replace"))


def read_text(file: Path) -> str:
    """Read UTF-8, with or without a byte order mark; all line ends become Unix ones.

    Raises ExchangeError.
    """
    check_regular(file)
    try:
        with file.open("rb") as opened:
            content = opened.read(TEXT_LIMIT + 1)
    except OSError as error:
        raise _unreadable(error, file) from error
    if len(content) > TEXT_LIMIT:
        raise ExchangeError(f"{file} is too large to be a meeting.", hint="Choose another file.")
    try:
        # UTF-16 without a mark passes for UTF-8 where the words are English, but for its NULs.
        if b"\x00" in content:
            raise ValueError("there is a NUL in it")
        text = content.decode("utf-8-sig")
    except ValueError as error:
        raise ExchangeError(
            f"{file} is not text in UTF-8.", hint="Save it as UTF-8 and import it again."
        ) from error
    return text.replace("\r\n", "\n").replace("\r", "\n")


def check_regular(file: Path) -> None:
    """Raise ExchangeError for what is no file with an end: a folder, a pipe, a device."""
    try:
        mode = file.stat().st_mode
    except (OSError, ValueError) as error:
        raise _unreadable(error, file) from error
    if not stat.S_ISREG(mode):
        raise ExchangeError(
            f"{file} could not be read: it is not a regular file.", hint="Choose a file."
        )


def is_plain(name: str) -> bool:
    """Tell a file's bare name from one that leads into another folder, on any system."""
    return name not in {"", ".", ".."} and name.isprintable() and not set(name) & set("/\\:")


def written_at(file: Path) -> datetime:
    """Say when a file was last written; now, where its date is none that can be."""
    try:
        return datetime.fromtimestamp(file.stat().st_mtime, UTC)
    except (OverflowError, ValueError, OSError):
        return datetime.now(UTC)


def disk_full(to: Path) -> ExchangeError:
    """Make the sentence for a full disk."""
    return ExchangeError(
        f"The disk is full, {to} was not written.", hint="Free some space and try again."
    )


def _is_special(to: Path) -> bool:
    # /dev/stdout leads to whatever the shell opened: a file there is the shell's, not ours.
    if to.is_relative_to("/dev") or to.is_relative_to("/proc"):
        return True
    try:
        return not stat.S_ISREG(to.stat().st_mode)
    except OSError:
        return False


@contextmanager
def _drafted(to: Path) -> Iterator[BinaryIO]:
    number, name = tempfile.mkstemp(prefix=f".{to.name}.", suffix=".part", dir=to.parent)
    draft = Path(name)
    try:
        with os.fdopen(number, "wb") as out:
            yield out
            out.flush()
            os.fsync(out.fileno())
        # A draft is made for its owner alone; some file systems know no other mode.
        with suppress(OSError):
            draft.chmod(stat.S_IMODE(to.stat().st_mode))
        draft.replace(to)
    except BaseException:
        with suppress(OSError):
            draft.unlink()
        raise


def _unreadable(error: Exception, file: Path) -> ExchangeError:
    told = error.strerror if isinstance(error, OSError) and error.strerror else str(error)
    return ExchangeError(
        f"{file} could not be read: {told}.",
        hint="Check the name and that you may read the file.",
    )
