"""What the list of meetings needs, read quickly: rows a page at a time, and what was written since.

Ten thousand meetings are no reason to wait: a page is found through an index and by its last row
("keyset paging"), never by counting rows from the beginning.
"""

import json
from collections.abc import Collection, Sequence
from datetime import UTC, datetime, timedelta

from sqlite_utils import Database

from granola_like.domain.changes import Changes, Touched
from granola_like.domain.edits import Edit
from granola_like.domain.enhanced import WRITTEN, EnhancedNote
from granola_like.domain.home import HomeRow
from granola_like.domain.meeting import Meeting
from granola_like.domain.recording import Recording
from granola_like.errors import NotFound
from granola_like.library import rows
from granola_like.library.store import Library

_EPOCH = datetime(1970, 1, 1, tzinfo=UTC)
_LINES = 3
"""So many lines make a snippet."""


def page(
    library: Library,
    *,
    before: HomeRow | None = None,
    limit: int = 50,
    folder: str | None = None,
    trash: bool = False,
) -> tuple[HomeRow, ...]:
    """Give the next rows, newest meeting first; `before` is the last row of the page above."""
    where = [f"deleted_at is {'not' if trash else ''} null"]
    values: list[object] = []
    if folder is not None:
        where.append("folder = ?")
        values.append(folder)
    if before is not None:
        at = (before.started_at - _EPOCH) // timedelta(microseconds=1)
        where.append("started_us <= ? and (started_us < ? or id > ?)")
        values += [at, at, before.meeting]
    with library.reading() as db:
        found = list(
            db.query(
                f"""
                select id, title, started_at, duration_ms, folder,
                    exists (select 1 from tracks where meeting = m.id) as sound,
                    exists (select 1 from edits where meeting = m.id) as edited,
                    (select max(id) from transcripts where meeting = m.id) as said,
                    (select max(id) from enhanced where meeting = m.id) as note
                from meetings m where {" and ".join(where)}
                order by started_us desc, id limit ?
                """,
                [*values, limit],
            )
        )
        people = _people(db, [row["id"] for row in found])
        return tuple(
            HomeRow(
                meeting=row["id"],
                title=row["title"],
                started_at=datetime.fromisoformat(row["started_at"]),
                duration_ms=row["duration_ms"],
                folder=row["folder"],
                snippet=_snippet(db, row),
                people=people.get(row["id"], ()),
                has_sound=bool(row["sound"]),
                is_heard=row["said"] is not None,
                is_written=row["note"] is not None,
                is_edited=bool(row["edited"]),
                is_deleted=trash,
            )
            for row in found
        )


def about(library: Library, meeting: str) -> Meeting:
    """Read what is known of one meeting, without what it owns. Raises NotFound."""
    with library.reading() as db:
        found = next(iter(db.query("select * from meetings where id = ?", [meeting])), None)
        if found is None:
            raise NotFound(f"There is no meeting “{meeting}”.")
        return rows.read_meeting(db, found)


def recording_of(library: Library, meeting: str) -> Recording:
    """Read what is known of one meeting's sound. Raises NotFound."""
    about(library, meeting)
    with library.reading() as db:
        return rows.read_recording(db, meeting)


def note_with_edits(library: Library, meeting: str) -> tuple[EnhancedNote | None, tuple[Edit, ...]]:
    """Read the newest note and the person's edits, without the words said."""
    with library.reading() as db:
        made = rows.newest(db, "enhanced", meeting)
        note = None if made is None else rows.read_enhanced(db, made)
        return note, rows.read_edits(db, meeting)


def count(library: Library, *, trash: bool = False) -> int:
    """Say how many meetings there are."""
    with library.reading() as db:
        there = f"deleted_at is {'not' if trash else ''} null"
        return int(db.execute(f"select count(*) from meetings where {there}").fetchone()[0])


def touched_since(library: Library, since: int) -> tuple[int, tuple[Changes, ...]]:
    """Say what was written since a moment, by any thread or program, and give the moment now.

    Moments are numbers that only grow; 0 is before everything. Costs microseconds.
    """
    with library.reading() as db:
        found = db.execute(
            "select meeting, what, seq from touched where seq > ? order by seq", [since]
        ).fetchall()
    by_meeting: dict[str, set[Touched]] = {}
    for meeting, what, _ in found:
        by_meeting.setdefault(meeting, set()).add(what)
    changes = tuple(Changes(meeting, frozenset(what)) for meeting, what in by_meeting.items())
    return max((row[2] for row in found), default=since), changes


def moment(library: Library) -> int:
    """Give the moment now, from which `touched_since` can go on."""
    with library.reading() as db:
        return int(db.execute("select coalesce(max(seq), 0) from touched").fetchone()[0])


def _people(db: Database, meetings: Sequence[str]) -> dict[str, tuple[str, ...]]:
    found = db.query(
        "select meeting, name from people where meeting in (select value from json_each(?))"
        " order by meeting, position",
        [json.dumps(meetings)],
    )
    people: dict[str, tuple[str, ...]] = {}
    for row in found:
        people[row["meeting"]] = (*people.get(row["meeting"], ()), row["name"])
    return people


def _snippet(db: Database, row: rows.Row) -> str:
    kinds = ", ".join(f"'{kind}'" for kind in sorted(WRITTEN))
    first = f"order by position limit {_LINES}"
    asked: list[tuple[str, object]] = [
        (f"select text from blocks where enhanced = ? and kind in ({kinds}) {first}", row["note"]),
        (f"select text from notes where meeting = ? and trim(text) != '' {first}", row["id"]),
        (f"select text from utterances where transcript = ? {first}", row["said"]),
    ]
    for sql, value in asked:
        lines = [found[0] for found in db.execute(sql, [value]).fetchall()]
        if lines:
            return as_snippet(lines)
    return ""


def as_snippet(lines: Collection[str]) -> str:
    """Join the first lines of a note into one."""
    return " · ".join(line.strip() for line in list(lines)[:_LINES])
