"""A bundle with its sound, in one .zip: `meeting.json` and `sound/…`."""

import errno
import lzma
import shutil
import zipfile
import zlib
from pathlib import Path

from granola_like.domain.bundle import Bundle
from granola_like.errors import ExchangeError
from granola_like.exchange.bundle import from_json, to_json
from granola_like.exchange.files import (
    TEXT_LIMIT,
    check_regular,
    disk_full,
    is_plain,
    whole_file,
    written_at,
)

_DOCUMENT = "meeting.json"
_DAMAGE = (
    zipfile.BadZipFile,
    zlib.error,
    lzma.LZMAError,
    KeyError,
    ValueError,
    EOFError,
    RuntimeError,  # a password, or a way of packing that nobody here knows
)


def write_archive(bundle: Bundle, *, sound: Path, to: Path) -> None:
    """Write the bundle and its tracks, which lie in the folder `sound`. Raises ExchangeError."""
    names = _names(bundle)
    for name in names:
        if not is_plain(name):
            raise ExchangeError(f"The meeting names sound that is not its own: {name}.")
        if not (sound / name).is_file():
            raise ExchangeError(
                f"The sound of this meeting is not there: {name}.",
                hint="Export it without sound, with --format json.",
            )
    with whole_file(to) as draft, zipfile.ZipFile(draft, "w", zipfile.ZIP_DEFLATED) as archive:
        archive.writestr(_DOCUMENT, to_json(bundle))
        for name in names:
            archive.write(sound / name, f"sound/{name}", zipfile.ZIP_STORED)


def read_archive(file: Path, *, unpack_to: Path) -> tuple[Bundle, dict[str, Path]]:
    """Read the bundle, unpack its sound, and say where each track's file lies.

    Only the files that the bundle names are unpacked, under plain names, and only where the disk
    has room for the sizes that the archive states. Raises ExchangeError.
    """
    check_regular(file)
    try:
        with zipfile.ZipFile(file) as archive:
            document = archive.getinfo(_DOCUMENT)
            if document.file_size > TEXT_LIMIT:
                raise ExchangeError(f"{file} is too large to be a meeting.")
            text = archive.read(document).decode("utf-8")
            bundle = from_json(text, source=str(file), default_start=written_at(file))
            packed = {name: archive.getinfo(f"sound/{name}") for name in _names(bundle)}
            _check_room(sum(one.file_size for one in packed.values()), unpack_to)
            tracks = {
                name: _unpacked(archive, one, unpack_to / name) for name, one in packed.items()
            }
    except _DAMAGE as error:
        raise ExchangeError(
            f"{file} is not an exported meeting, or it is damaged: {error}.",
            hint="Export the meeting again.",
        ) from error
    except OSError as error:
        if error.errno == errno.ENOSPC:
            raise disk_full(unpack_to) from error
        raise ExchangeError(f"{file} could not be read: {error.strerror or error}.") from error
    return bundle, tracks


def _names(bundle: Bundle) -> list[str]:
    return sorted({track.file for track in bundle.recording.tracks})


def _check_room(needed: int, folder: Path) -> None:
    free = shutil.disk_usage(folder).free
    if needed > free:
        raise ExchangeError(
            f"The sound of this meeting needs {needed // 1_000_000} MB of disk, and "
            f"{free // 1_000_000} MB are free in {folder}.",
            hint="Free some space and try again.",
        )


def _unpacked(archive: zipfile.ZipFile, packed: zipfile.ZipInfo, target: Path) -> Path:
    # Reading stops by itself at the size that was stated and checked.
    with archive.open(packed) as sound, target.open("wb") as out:
        shutil.copyfileobj(sound, out, 1 << 20)
    return target
