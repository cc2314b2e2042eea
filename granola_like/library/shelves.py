"""Folders, and what happens to meetings as a whole: moved, put into the trash, gone for good."""

import json
from collections.abc import Collection, Sequence
from datetime import UTC, datetime

from sqlite_utils import Database

from granola_like.domain.home import Folder
from granola_like.errors import LibraryError, NotFound
from granola_like.library.store import Library


def folders(library: Library) -> tuple[Folder, ...]:
    """List the folders in the person's order, with those that only meetings name at the end."""
    with library.reading() as db:
        return tuple(
            Folder(name, meetings)
            for name, meetings in db.execute(
                """
                select named.name, (
                    select count(*) from meetings m where m.folder = named.name
                    and m.deleted_at is null
                ) from (
                    select name, position from folders
                    union all
                    select distinct folder, 1e9 from meetings
                    where folder is not null and deleted_at is null
                    and folder not in (select name from folders)
                ) named order by named.position, named.name
                """
            ).fetchall()
        )


def create_folder(library: Library, name: str) -> str:
    """Make an empty folder at the end of the list, and give its name.

    Raises LibraryError when it has no name, or one that another folder has.
    """
    name = _plain(name)
    with library.transaction() as db:
        _must_be_new(db, name)
        db.execute(
            "insert into folders (name, position)"
            " select ?, coalesce(max(position) + 1, 0) from folders",
            [name],
        )
    return name


def rename_folder(library: Library, old: str, new: str) -> str:
    """Give a folder another name; its meetings stay in it. Raises LibraryError, NotFound."""
    new = _plain(new)
    with library.transaction() as db:
        _must_exist(db, old)
        if new != old:
            _must_be_new(db, new, but=old)
        db.execute("update folders set name = ? where name = ?", [new, old])
        db.execute("update meetings set folder = ? where folder = ?", [new, old])
    return new


def delete_folder(library: Library, name: str) -> tuple[str, ...]:
    """Remove a folder and give the ids of its meetings, which stay. Raises NotFound."""
    with library.transaction() as db:
        _must_exist(db, name)
        inside = db.execute("select id from meetings where folder = ?", [name]).fetchall()
        db.execute("delete from folders where name = ?", [name])
        db.execute("update meetings set folder = null where folder = ?", [name])
    return tuple(row[0] for row in inside)


def order_folders(library: Library, names: Sequence[str]) -> None:
    """Put the folders into this order; what is not named comes after it, as it was."""
    with library.transaction() as db:
        known = [row[0] for row in db.execute("select name from folders order by position, name")]
        wanted = [*dict.fromkeys(name for name in names if name in known)]
        wanted += [name for name in known if name not in wanted]
        for position, name in enumerate(wanted):
            db.execute("update folders set position = ? where name = ?", [position, name])


def move_meetings(library: Library, meetings: Collection[str], folder: str | None) -> None:
    """Put meetings into a folder, or with None out of theirs. Raises NotFound."""
    with library.transaction() as db:
        if folder is not None:
            _must_exist(db, folder)
        db.execute(
            f"update meetings set folder = ? where id in {_LISTED}", [folder, _list(meetings)]
        )


def trash(library: Library, meetings: Collection[str]) -> None:
    """Put meetings into the trash; those that lie there keep their time."""
    with library.transaction() as db:
        db.execute(
            f"update meetings set deleted_at = ? where deleted_at is null and id in {_LISTED}",
            [datetime.now(UTC).isoformat(), _list(meetings)],
        )


def take_out(library: Library, meetings: Collection[str]) -> None:
    """Take meetings out of the trash."""
    with library.transaction() as db:
        db.execute(
            f"update meetings set deleted_at = null where id in {_LISTED}", [_list(meetings)]
        )


def in_trash(library: Library, *, since_before: datetime | None = None) -> tuple[str, ...]:
    """Name the meetings in the trash; with a moment, those that were put there before it."""
    with library.reading() as db:
        found = db.execute("select id, deleted_at from meetings where deleted_at is not null")
        return tuple(
            row[0]
            for row in found.fetchall()
            if since_before is None or datetime.fromisoformat(row[1]) < since_before
        )


def remove(library: Library, meeting: str) -> None:
    """Take a meeting that is in the trash out of the library for good, with all it owns."""
    with library.transaction() as db:
        db.execute("delete from meetings where id = ? and deleted_at is not null", [meeting])


def with_old_sound(library: Library, *, before: datetime) -> tuple[str, ...]:
    """Name the meetings that ended their sound's time: begun before, and heard in full.

    What has not been transcribed from its sound yet keeps it.
    """
    with library.reading() as db:
        found = db.execute(
            """
            select id, started_at from meetings m
            where exists (select 1 from tracks where meeting = m.id)
            and (select made_by from transcripts where meeting = m.id order by id desc limit 1)
                = 'final'
            """
        ).fetchall()
    return tuple(row[0] for row in found if datetime.fromisoformat(row[1]) < before)


def forget_sound(library: Library, meeting: str) -> None:
    """Note that the meeting's sound is not kept any more; its holes stay known."""
    with library.transaction() as db:
        db.execute("delete from tracks where meeting = ?", [meeting])


_LISTED = "(select value from json_each(?))"


def _list(meetings: Collection[str]) -> str:
    return json.dumps(list(meetings))


def _plain(name: str) -> str:
    plain = " ".join(name.split())
    if not plain:
        raise LibraryError("A folder needs a name.", hint="Type one.")
    return plain


def _names(db: Database) -> set[str]:
    found = db.execute(
        "select name from folders union"
        " select distinct folder from meetings where folder is not null and deleted_at is null"
    )
    return {row[0] for row in found.fetchall()}


def _must_exist(db: Database, name: str) -> None:
    if name not in _names(db):
        raise NotFound(f"There is no folder “{name}”.", hint="It may have been renamed.")


def _must_be_new(db: Database, name: str, *, but: str | None = None) -> None:
    taken = {known.casefold() for known in _names(db) if known != but}
    if name.casefold() in taken:
        raise LibraryError(
            f"There is a folder “{name}” already.", hint="Choose another name for this one."
        )
