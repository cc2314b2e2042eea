"""Opening the library: the schema brought up to date, errors turned into sentences."""

import errno
import logging
import sqlite3
from collections.abc import Iterator
from contextlib import closing, contextmanager
from pathlib import Path

from filelock import FileLock
from sqlite_utils import Database

from granola_like.errors import LibraryError, LibraryTooNew
from granola_like.library.migrations import history

logger = logging.getLogger(__name__)

VERSION = len(history.pending(Database(memory=True)))
"""Written into the file as `user_version`; a file with a higher one is refused."""


def open_database(file: Path | None) -> Database:
    """Open and upgrade the library; None opens one in memory. One connection a thread.

    A backup of the file is made before an upgrade. Raises LibraryTooNew for the file of a later
    version, which is left untouched, and LibraryError for what cannot be opened.
    """
    with sentences(file):
        if file is None:
            db = Database(sqlite3.connect(":memory:", check_same_thread=True))
            _upgrade(db)
            return _configured(db)
        file.parent.mkdir(parents=True, exist_ok=True)
        db = Database(sqlite3.connect(file, timeout=20))
        try:
            _refuse_newer(db, file)
            if _version(db) < VERSION:
                # Two programs may start at once on an old file.
                with FileLock(file.with_name(f".{file.name}.lock")):
                    if 0 < _version(db) < VERSION:
                        _back_up(db, file)
                    _upgrade(db)
            return _configured(db)
        except BaseException:
            db.close()
            raise


@contextmanager
def sentences(file: Path | None) -> Iterator[None]:
    """Turn what SQLite and the disk raise into a LibraryError that says what to do."""
    try:
        yield
    except sqlite3.DatabaseError as error:
        raise _as_sentence(error, file) from error
    except OSError as error:
        if error.errno == errno.ENOSPC:
            raise LibraryError("The disk is full.", hint=_FULL) from error
        raise LibraryError(
            f"The library {file} could not be reached: {error.strerror or error}.",
            hint="Check that the folder exists and may be written to.",
        ) from error


_FULL = "Free some space, then try again. Nothing was lost."

_SENTENCES = {
    sqlite3.SQLITE_FULL: ("The disk is full.", _FULL),
    sqlite3.SQLITE_READONLY: (
        "The library {file} is read-only.",
        "Allow writing to the file and its folder, then try again.",
    ),
    sqlite3.SQLITE_BUSY: (
        "Another program is using the library {file}.",
        "Wait until it has finished, then try again. Nothing was lost.",
    ),
    sqlite3.SQLITE_CANTOPEN: (
        "The library {file} could not be opened.",
        "Check that its folder exists and may be written to.",
    ),
    sqlite3.SQLITE_NOTADB: (
        "The file {file} is not a library.",
        "Move it away to start with an empty library, or put a backup in its place.",
    ),
    sqlite3.SQLITE_CORRUPT: (
        "The library {file} is damaged.",
        "Put a backup in its place; do not delete the damaged file, much of it can be read.",
    ),
    sqlite3.SQLITE_IOERR: (
        "The disk did not answer while the library {file} was used.",
        "Check the disk and its free space, then try again.",
    ),
}


def _as_sentence(error: sqlite3.DatabaseError, file: Path | None) -> LibraryError:
    code = getattr(error, "sqlite_errorcode", 0) & 0xFF
    message, hint = _SENTENCES.get(
        code, ("The library {file} could not be used.", f"SQLite says: {error}.")
    )
    return LibraryError(message.format(file=file or "in memory"), hint=hint)


def _version(db: Database) -> int:
    return int(db.execute("pragma user_version").fetchone()[0])


def _refuse_newer(db: Database, file: Path) -> None:
    if _version(db) > VERSION:
        raise LibraryTooNew(
            f"The library {file} was written by a later version of granola_like.",
            hint="Update granola_like. The library was not touched.",
        )


def _upgrade(db: Database) -> None:
    history.apply(db)
    db.execute(f"pragma user_version = {VERSION}")


def _configured(db: Database) -> Database:
    db.execute("pragma foreign_keys = on")
    db.execute("pragma synchronous = full")
    if not db.memory and db.execute("pragma journal_mode").fetchone()[0] != "wal":
        db.execute("pragma journal_mode = wal")
    return db


def _back_up(db: Database, file: Path) -> None:
    """Keep the file as it was before an upgrade, beside it."""
    kept = file.with_name(f"{file.stem}.before-version-{VERSION}{file.suffix}")
    draft = kept.with_suffix(".part")
    with closing(sqlite3.connect(draft)) as copy:
        db.conn.backup(copy)
    draft.replace(kept)
    logger.info("kept the library as it was before the upgrade to version %d", VERSION)
