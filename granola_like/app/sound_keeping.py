"""Kept recordings become smaller where the person chose Opus: in the background, one by one.

Only what was heard in full is packed, for the first hearing gets every sample. Killed anywhere, the
meeting names a file that is there and whole; the next time goes on.
"""

import logging
from contextlib import suppress
from pathlib import Path
from typing import TYPE_CHECKING

from granola_like import paths
from granola_like.app.desk_claims import claimed
from granola_like.errors import LibraryError, SoundError
from granola_like.jobs import Job
from granola_like.library import recordings

if TYPE_CHECKING:
    from granola_like.app.product import App

logger = logging.getLogger(__name__)

_FLAC, _OPUS = ".flac", ".opus"


def pack_sound(app: "App") -> Job[int]:
    """Pack every recording that can be, if the person wants it; give how many tracks it were.

    A track that cannot be packed stays as it is, and the next time tries again. Closing the job
    stops it. Raises LibraryError when the library cannot be read.
    """
    if app.settings.sound_format != "opus":
        return 0
    _tidy(app)
    packed = 0
    for meeting, name in recordings.heard_as(app.library, _FLAC):
        file = paths.sound_dir() / meeting / name
        try:
            with claimed(meeting):
                packed += yield from _pack(app, meeting, file)
        except (SoundError, LibraryError) as error:  # the latter: another program works on it
            logger.warning("a recording could not be packed: %s", error)
    return packed


def _pack(app: "App", meeting: str, file: Path) -> Job[bool]:
    from granola_like.audio.opus import pack_opus

    if not file.exists():
        return False  # on a disk that is not connected, or removed by hand
    to = file.with_suffix(_OPUS)
    yield from pack_opus(file, to)
    known = recordings.rename_track(app.library, meeting, file.name, to=to.name)
    _remove(file if known else to)
    logger.info("packed a track")
    return known


def _tidy(app: "App") -> None:
    """Remove what a kill between two steps left: the FLAC beside an Opus file that counts."""
    for meeting, name in recordings.heard_as(app.library, _OPUS):
        _remove((paths.sound_dir() / meeting / name).with_suffix(_FLAC))


def _remove(file: Path) -> None:
    with suppress(OSError):  # on Windows a player may have it open; the next time removes it
        file.unlink(missing_ok=True)
