"""The sound beside the library: one folder a meeting, taken in whole or not at all.

Files are copied into a staging folder and marked complete; the meeting is saved; the folder is put
in its place. A crash before the mark leaves a staging folder that the next `sweep` removes; after
it, one that `sweep` puts in its place if the meeting was saved. No file ever replaces another.
"""

import errno
import filecmp
import os
import shutil
import time
from collections.abc import Iterator, Mapping
from contextlib import contextmanager, suppress
from dataclasses import replace
from itertools import count
from pathlib import Path
from tempfile import TemporaryDirectory

from filelock import FileLock, Timeout

from granola_like.domain.bundle import Bundle
from granola_like.domain.recording import Channel, Recording, Track
from granola_like.errors import LibraryError
from granola_like.jobs import Job, Progress
from granola_like.library.store import Library

_STAGING = ".staging-"
_COMPLETE = ".complete"
_UNPACKING = ".unpacking-"
_HOUR = 3600
_BLOCK = 4 << 20


class Staging:
    """Sound on its way into the library; leaving the `with` without `place` drops it."""

    def __init__(self, folder: Path, meeting: str) -> None:
        self._place = folder / meeting
        self._staging = folder / f"{_STAGING}{meeting}"
        self._lock = FileLock(folder / f"{_STAGING}{meeting}.lock", timeout=0)

    def __enter__(self) -> "Staging":
        try:
            self._place.parent.mkdir(parents=True, exist_ok=True)
            self._lock.acquire()
            shutil.rmtree(self._staging, ignore_errors=True)
            self._staging.mkdir()
        except Timeout as error:
            raise LibraryError("Another program is taking in this meeting's sound.") from error
        except OSError as error:
            raise _sentence(error, self._staging) from error
        return self

    def __exit__(self, *_: object) -> None:
        shutil.rmtree(self._staging, ignore_errors=True)
        self._lock.release()
        with suppress(OSError):
            Path(self._lock.lock_file).unlink()

    def copy(self, files: Mapping[Channel, Path]) -> Job[dict[Channel, str]]:
        """Copy one file a channel, and return the names they have here. Raises LibraryError.

        Channels that share one file (a stereo recording) share the copy. A file that the meeting
        has already is not copied again; another one of the same name gets a name of its own.
        """
        names: dict[Path, str] = {}
        try:
            for channel, file in files.items():
                if file in names:
                    continue
                names[file] = self._name(f"{channel}{file.suffix.lower()}", file)
                if not (self._place / names[file]).exists():
                    yield from _copied(file, self._staging / names[file])
            (self._staging / _COMPLETE).touch()
            _flush_folder(self._staging)
        except OSError as error:
            raise _sentence(error, self._place) from error
        return {channel: names[file] for channel, file in files.items()}

    def _name(self, wanted: str, file: Path) -> str:
        stem, ending = Path(wanted).stem, Path(wanted).suffix
        for number in count(1):
            name = wanted if number == 1 else f"{stem}-{number}{ending}"
            here = self._place / name
            taken = (self._staging / name).exists()
            if not taken and (not here.exists() or filecmp.cmp(file, here, shallow=False)):
                return name
        raise AssertionError("counting has no end")

    def place(self) -> None:
        """Put the folder where the meeting looks for it; call this after the meeting is saved."""
        _move(self._staging, self._place)


def keep(
    library: Library, bundle: Bundle, *, sound: Mapping[Channel, Path], folder: Path
) -> Job[str]:
    """Save a meeting together with its files of sound, and return its id. Raises LibraryError.

    Without files, a meeting that is in the library already keeps the sound it has.
    """
    meeting = bundle.meeting.id
    if not sound:
        if meeting in library.ids():
            here = library.load(meeting)
            library.save(replace(bundle, recording=here.recording, receipt=here.receipt))
        else:
            library.save(replace(bundle, recording=Recording((), bundle.recording.gaps)))
        return meeting
    with Staging(folder, meeting) as staging:
        names = yield from staging.copy(sound)
        lengths = {track.channel: track.duration_ms for track in bundle.recording.tracks}
        whole = bundle.meeting.duration_ms
        tracks = tuple(Track(c, name, lengths.get(c, whole)) for c, name in names.items())
        recording = Recording(tracks, bundle.recording.gaps)
        library.save(replace(bundle, recording=recording))
        staging.place()
    return meeting


@contextmanager
def unpacking(folder: Path) -> Iterator[Path]:
    """Give a folder for what comes out of an archive; a crash leaves it for `sweep`."""
    try:
        folder.mkdir(parents=True, exist_ok=True)
        place = TemporaryDirectory(prefix=_UNPACKING, dir=folder, ignore_cleanup_errors=True)
    except OSError as error:
        raise _sentence(error, folder) from error
    with place as name:
        yield Path(name)


def sweep(folder: Path, *, known: frozenset[str]) -> None:
    """Finish or remove what a crash left behind; `known` are the meetings of the library."""
    for left in folder.glob(f"{_UNPACKING}*"):
        if time.time() - left.stat().st_mtime > _HOUR:
            shutil.rmtree(left, ignore_errors=True)
    for staging in folder.glob(f"{_STAGING}*"):
        if not staging.is_dir():
            continue
        meeting = staging.name.removeprefix(_STAGING)
        lock = FileLock(folder / f"{staging.name}.lock", timeout=0)
        with suppress(Timeout, OSError), lock:
            if meeting in known and (staging / _COMPLETE).exists():
                _move(staging, folder / meeting)
            else:
                shutil.rmtree(staging, ignore_errors=True)
            Path(lock.lock_file).unlink(missing_ok=True)


def _move(staging: Path, place: Path) -> None:
    place.mkdir(exist_ok=True)
    for file in staging.iterdir():
        if file.name != _COMPLETE:
            file.replace(place / file.name)
    _flush_folder(place)
    shutil.rmtree(staging, ignore_errors=True)


def _copied(file: Path, to: Path) -> Job[None]:
    total = max(1, file.stat().st_size)
    done = 0
    with file.open("rb") as source, to.open("wb") as copy:
        while block := source.read(_BLOCK):
            copy.write(block)
            done += len(block)
            yield Progress("Keeping the sound", min(1.0, done / total))
        # Whoever recorded it may delete its own file once the meeting is saved.
        copy.flush()
        os.fsync(copy.fileno())


def _flush_folder(folder: Path) -> None:
    """Make the names in a folder survive a power cut, where the system can."""
    if hasattr(os, "O_DIRECTORY"):
        opened = os.open(folder, os.O_RDONLY | os.O_DIRECTORY)
        try:
            os.fsync(opened)
        finally:
            os.close(opened)


def _sentence(error: OSError, place: Path) -> LibraryError:
    if error.errno == errno.ENOSPC:
        return LibraryError(
            "The disk is full, the sound was not kept.", hint="Free some space, then try again."
        )
    return LibraryError(
        f"The sound could not be kept in {place}: {error.strerror or error}.",
        hint="Check that the folder may be written to.",
    )
