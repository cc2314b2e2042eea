"""What a person does to meetings in the list: rename, correct, delete, take back, delete for good.

Every function takes the library of the caller's own thread (`App.library`).
"""

import shutil
from collections.abc import Collection
from dataclasses import replace
from datetime import UTC, datetime, timedelta
from typing import Any

from granola_like import paths
from granola_like.domain.meeting import Person
from granola_like.errors import LibraryError
from granola_like.library import Library, glance, shelves
from granola_like.settings import Settings


def rename(library: Library, meeting: str, title: str) -> None:
    """Give a meeting another title. Raises NotFound, and LibraryError when there is none."""
    title = " ".join(title.split())
    if not title:
        raise LibraryError("A meeting needs a title.", hint="Type one.")
    _change(library, meeting, title=title)


def change_people(library: Library, meeting: str, people: tuple[Person, ...]) -> None:
    """Say who was there. Raises NotFound."""
    _change(library, meeting, people=people)


def change_date(library: Library, meeting: str, started_at: datetime) -> None:
    """Say when it began; without a time zone it is this machine's. Raises NotFound."""
    moment = started_at if started_at.tzinfo else started_at.astimezone()
    _change(library, meeting, started_at=moment)


def delete(library: Library, meetings: Collection[str]) -> None:
    """Put meetings into the trash; `restore` is the undo."""
    shelves.trash(library, meetings)


def restore(library: Library, meetings: Collection[str]) -> None:
    """Take meetings out of the trash, as they were."""
    shelves.take_out(library, meetings)


def empty_trash(library: Library, *, before: datetime | None = None) -> int:
    """Delete for good what lies in the trash, sound first; give how many meetings that were.

    With `before`, only what was put there before that moment. Nothing brings it back. Raises
    LibraryError when a meeting's sound cannot be removed; that meeting stays in the trash.
    """
    gone = shelves.in_trash(library, since_before=before)
    for meeting in gone:
        _remove_sound(meeting)
        shelves.remove(library, meeting)
    return len(gone)


def keep_the_promise(library: Library, settings: Settings, *, now: datetime | None = None) -> int:
    """Remove the sound, and empty the trash, of which the time that the person set is over.

    Gives how many meetings that touched. Sound that has not been transcribed yet is kept. Without
    these settings nothing is ever removed. Raises LibraryError.
    """
    now = now or datetime.now(UTC)
    touched = 0
    if settings.trash_days:
        touched += empty_trash(library, before=now - timedelta(days=settings.trash_days))
    if settings.sound_days:
        for meeting in shelves.with_old_sound(
            library, before=now - timedelta(days=settings.sound_days)
        ):
            _remove_sound(meeting)
            shelves.forget_sound(library, meeting)
            touched += 1
    return touched


def _change(library: Library, meeting: str, **facts: Any) -> None:
    with library.transaction():  # what another thread writes meanwhile is not written over
        library.save_meeting(replace(glance.about(library, meeting), **facts))


def _remove_sound(meeting: str) -> None:
    folder = paths.sound_dir() / meeting
    try:
        if folder.exists():
            shutil.rmtree(folder)
    except OSError as error:
        raise LibraryError(
            f"The sound in {folder} could not be deleted: {error.strerror or error}.",
            hint="Close what plays it, then try again.",
        ) from error
