"""Which file is what: a meeting read from any of our formats, and written to any."""

from collections.abc import Callable
from pathlib import Path

from granola_like.domain.bundle import Bundle
from granola_like.domain.recording import Channel
from granola_like.exchange import captions, reading
from granola_like.exchange.archive import read_archive, write_archive
from granola_like.exchange.bundle import read_bundle, to_json
from granola_like.exchange.files import write_text

READ = (".json", ".zip", ".vtt", ".srt")
"""The endings of files that are a meeting already; all others are taken for sound."""


def is_meeting(file: Path) -> bool:
    """Tell a file that is a meeting already (a bundle, captions) from sound."""
    return file.suffix.lower() in READ


def read_meeting(file: Path, *, unpack_to: Path) -> tuple[Bundle, dict[Channel, Path]]:
    """Read a bundle, an archive or captions; say where the sound lies that came with it.

    Sound is unpacked into the folder `unpack_to`. Raises ExchangeError.
    """
    ending = file.suffix.lower()
    if ending == ".zip":
        bundle, files = read_archive(file, unpack_to=unpack_to)
        return bundle, {track.channel: files[track.file] for track in bundle.recording.tracks}
    return read_bundle(file) if ending == ".json" else captions.read_captions(file), {}


def meeting_as_text(bundle: Bundle, kind: str, *, transcript: bool = True) -> str:
    """Write a meeting in one of TEXT_FORMATS; `transcript` is for Markdown, which can do without.

    Raises KeyError for any other format.
    """
    if kind == "md":
        return reading.to_markdown(bundle, transcript=transcript)
    return _WRITERS[kind](bundle)


_WRITERS: dict[str, Callable[[Bundle], str]] = {
    "json": lambda bundle: to_json(bundle) + "\n",
    "vtt": lambda bundle: captions.to_captions(bundle, kind="vtt"),
    "srt": lambda bundle: captions.to_captions(bundle, kind="srt"),
    "txt": reading.to_text,
}

TEXT_FORMATS = ("md", *_WRITERS)


__all__ = [
    "READ",
    "TEXT_FORMATS",
    "is_meeting",
    "meeting_as_text",
    "read_meeting",
    "write_archive",
    "write_text",
]
