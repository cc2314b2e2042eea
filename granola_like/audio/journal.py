"""The side file of a channel: one JSON object a line, only ever appended to.

`run`    a recorder process began: which boot of the computer, and all clocks at that moment
`open`   a segment was made; `after` says why the one before ended
`anchor` so many frames of the segment had arrived at that time of the boot clock
`blank`  the last so many frames were written as silence, and why
`close`  the segment is complete
`drop`   sound was taken off the disk on purpose: the segments' new lengths, and the time it covered
"""

import errno
import json
import os
from pathlib import Path
from typing import Any


class Journal:
    """Appends facts; each line is one unbuffered write, so a crash cuts at most the last.

    A line that a full disk cut is closed by the next, which is whole once there is room again.
    """

    def __init__(self, file: Path) -> None:
        self._fd = os.open(file, os.O_CREAT | os.O_RDWR | os.O_APPEND, 0o600)
        size = os.fstat(self._fd).st_size
        # What a crash cut must not swallow our first line.
        self._is_torn = size > 0 and _last_byte(self._fd, size) != b"\n"

    def write(self, event: str, **facts: Any) -> None:
        """Append one fact. Raises OSError when the disk is full."""
        line = b"\n" * self._is_torn + json.dumps({"e": event, **facts}).encode() + b"\n"
        self._is_torn = True
        if os.write(self._fd, line) < len(line):
            raise OSError(errno.ENOSPC, os.strerror(errno.ENOSPC))
        self._is_torn = False

    def sync(self) -> None:
        """Return when the disk has it."""
        sync_data(self._fd)

    def close(self) -> None:
        """Close the file. Closing twice is harmless."""
        if self._fd >= 0:
            os.close(self._fd)
            self._fd = -1


def read_journal(file: Path) -> list[dict[str, Any]]:
    """Read every whole line; what a crash or a bad disk made unreadable is left out."""
    if not file.exists():
        return []
    facts = []
    for line in file.read_bytes().split(b"\n"):
        try:
            fact = json.loads(line)
        except ValueError:
            continue
        if isinstance(fact, dict) and isinstance(fact.get("e"), str):
            facts.append(fact)
    return facts


def sync_data(fd: int) -> None:
    """Flush a file's contents to the disk, as cheaply as the system can."""
    getattr(os, "fdatasync", os.fsync)(fd)


def sync_folder(folder: Path) -> None:
    """Make the names of new or renamed files survive a power cut, where the system can."""
    if os.name == "nt":
        return
    fd = os.open(folder, os.O_RDONLY)
    try:
        os.fsync(fd)
    finally:
        os.close(fd)


def _last_byte(fd: int, size: int) -> bytes:
    os.lseek(fd, size - 1, os.SEEK_SET)
    return os.read(fd, 1)
