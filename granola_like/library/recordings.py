"""Recordings on their way into the library: the meeting first, its sound later, then its words."""

from collections.abc import Mapping
from dataclasses import replace
from pathlib import Path

from granola_like.domain.receipt import Receipt
from granola_like.domain.recording import Channel, Recording, Track
from granola_like.errors import NotFound
from granola_like.jobs import Job
from granola_like.library import rows
from granola_like.library.sound import Staging
from granola_like.library.store import Library


def add_sound(
    library: Library,
    meeting: str,
    *,
    recording: Recording,
    receipt: Receipt,
    sound: Mapping[Channel, Path],
    folder: Path,
) -> Job[None]:
    """Give a meeting that is in the library its sound and the recorder's account.

    Title, lines and words stay as they are, whatever was changed meanwhile. Raises LibraryError,
    and NotFound when the meeting is not there any more.
    """
    with Staging(folder, meeting) as staging:
        names = yield from staging.copy(sound)
        lengths = {track.channel: track.duration_ms for track in recording.tracks}
        tracks = tuple(
            Track(channel, name, lengths.get(channel, receipt.duration_ms))
            for channel, name in names.items()
        )
        with library.transaction() as db:
            found = next(iter(db.query("select * from meetings where id = ?", [meeting])), None)
            if found is None:
                raise NotFound(f"There is no meeting “{meeting}”.")
            about = rows.read_meeting(db, found)
            rows.write_meeting(db, replace(about, duration_ms=receipt.duration_ms))
            rows.write_recording(db, meeting, Recording(tracks, recording.gaps))
            rows.write_receipt(db, meeting, receipt)
        staging.place()


def unfinished(library: Library) -> tuple[str, ...]:
    """Name the recordings whose words or notes are still to be made, oldest first.

    Their sound was not heard in full; or there is no note; or the note was drafted during the
    call and the first full hearing came after it.
    """
    with library.reading() as db:
        found = db.execute(
            """
            select id from (
                select m.id, m.started_us,
                    exists (select 1 from tracks where meeting = m.id) as has_sound,
                    (select count(*) from transcripts where meeting = m.id and made_by = 'live')
                        as live,
                    (select count(*) from transcripts where meeting = m.id and made_by != 'live')
                        as heard,
                    (select max(t.created_at) from transcripts t where meeting = m.id
                        and made_by = 'final') as heard_at,
                    exists (
                        select 1 from notes where meeting = m.id
                        union all
                        select 1 from utterances u join transcripts t on t.id = u.transcript
                        where t.meeting = m.id
                    ) as has_words,
                    (select created_at from enhanced where meeting = m.id order by id desc limit 1)
                        as written_at
                from meetings m
                where deleted_at is null and exists (select 1 from receipts where meeting = m.id)
            )
            where (has_sound and not heard)
                or (has_words and heard and written_at is null)
                or (live and heard = 1 and written_at < heard_at)
            order by started_us
            """
        ).fetchall()
    return tuple(row[0] for row in found)


def heard_as(library: Library, ending: str) -> tuple[tuple[str, str], ...]:
    """Name the recordings' tracks (meeting, file) of that ending that have been heard in full.

    Imported sound is the person's own file and is not among them.
    """
    with library.reading() as db:
        found = db.execute(
            """
            select distinct t.meeting, t.file from tracks t
            where t.file like '%' || ?
            and exists (select 1 from receipts where meeting = t.meeting)
            and exists (select 1 from meetings where id = t.meeting and deleted_at is null)
            and exists (
                select 1 from transcripts where meeting = t.meeting and made_by = 'final'
            )
            order by t.meeting, t.file
            """,
            [ending],
        ).fetchall()
    return tuple((row[0], row[1]) for row in found)


def rename_track(library: Library, meeting: str, file: str, *, to: str) -> bool:
    """Note that a track's sound lies in another file; False when nothing names it any more."""
    with library.transaction() as db:
        query = "update tracks set file = ? where meeting = ? and file = ?"
        return bool(db.execute(query, [to, meeting, file]).rowcount)
