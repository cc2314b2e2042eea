"""Who works on a meeting: one thread of one program at a time, from its recording on.

A lock of the operating system, so that it is gone with its program however that ends.
"""

import time
from collections.abc import Iterator
from contextlib import contextmanager, suppress

import filelock

from granola_like import paths
from granola_like.errors import LibraryError

_OLD_SECONDS = 86_400.0


class Claim:
    """The right to work on a meeting, held until it is given back."""

    def __init__(self, meeting: str) -> None:
        """Take it. Raises LibraryError when somebody else has it."""
        locks = paths.recordings_dir() / ".at-work"
        try:
            locks.mkdir(parents=True, exist_ok=True)
            self._lock = filelock.FileLock(locks / f"{meeting}.lock", thread_local=False)
            self._lock.acquire(timeout=0)
        except filelock.Timeout as error:
            raise LibraryError(
                "Another program is working on this meeting.",
                hint="Wait until it has finished, then try again.",
            ) from error
        except OSError as error:
            raise LibraryError(
                f"The folder of recordings cannot be written to: {error.strerror or error}.",
                hint="Make room on the disk, or allow writing to it.",
            ) from error

    def give_back(self) -> None:
        """Let others work on it. Harmless twice."""
        self._lock.release()


@contextmanager
def claimed(meeting: str) -> Iterator[None]:
    """Work on a meeting alone. Raises LibraryError when somebody else does."""
    claim = Claim(meeting)
    try:
        yield
    finally:
        claim.give_back()


def is_free(meeting: str) -> bool:
    """Whether nobody works on a meeting at this moment."""
    try:
        Claim(meeting).give_back()
    except LibraryError:
        return False
    return True


def sweep() -> None:
    """Remove the files of claims that were given back long ago."""
    for file in (paths.recordings_dir() / ".at-work").glob("*.lock"):
        with suppress(OSError):
            if time.time() - file.stat().st_mtime > _OLD_SECONDS and is_free(file.stem):
                file.unlink()
