"""A bundle with its sound, in one .zip: `meeting.json` and `sound/…`."""

import zipfile
from datetime import UTC, datetime
from pathlib import Path, PurePosixPath

from granola_like.domain.bundle import Bundle
from granola_like.errors import ExchangeError
from granola_like.exchange.bundle import from_json, to_json
from granola_like.exchange.files import TEXT_LIMIT, whole_file

_DOCUMENT = "meeting.json"


def write_archive(bundle: Bundle, *, sound: Path, to: Path) -> None:
    """Write the bundle and its tracks, which lie in the folder `sound`. Raises ExchangeError."""
    with whole_file(to) as draft, zipfile.ZipFile(draft, "w", zipfile.ZIP_DEFLATED) as archive:
        archive.writestr(_DOCUMENT, to_json(bundle))
        for name in sorted({track.file for track in bundle.recording.tracks}):
            archive.write(sound / name, f"sound/{name}", zipfile.ZIP_STORED)


def read_archive(file: Path, *, unpack_to: Path) -> tuple[Bundle, dict[str, Path]]:
    """Read the bundle, unpack its sound, and say where each track's file lies.

    Only the files that the bundle names are unpacked, under plain names. Raises ExchangeError.
    """
    try:
        with zipfile.ZipFile(file) as archive:
            document = archive.getinfo(_DOCUMENT)
            if document.file_size > TEXT_LIMIT:
                raise ExchangeError(f"{file} is too large to be a meeting.")
            text = archive.read(document).decode("utf-8")
            bundle = from_json(text, source=str(file), default_start=_written(file))
            tracks = {
                name: _unpacked(archive, name, unpack_to)
                for name in sorted({track.file for track in bundle.recording.tracks})
            }
    except (zipfile.BadZipFile, KeyError, UnicodeDecodeError, EOFError, RuntimeError) as error:
        raise ExchangeError(
            f"{file} is not an exported meeting, or it is damaged: {error}.",
            hint="Export the meeting again.",
        ) from error
    except OSError as error:
        raise ExchangeError(f"{file} could not be read: {error.strerror or error}.") from error
    return bundle, tracks


def _unpacked(archive: zipfile.ZipFile, name: str, folder: Path) -> Path:
    if PurePosixPath(name).name != name or name in {"", ".", ".."} or "\\" in name:
        raise ExchangeError(f"The archive names a file outside itself: {name}.")
    target = folder / name
    with archive.open(f"sound/{name}") as packed, target.open("wb") as out:
        while block := packed.read(1 << 20):
            out.write(block)
    return target


def _written(file: Path) -> datetime:
    return datetime.fromtimestamp(file.stat().st_mtime, UTC)
