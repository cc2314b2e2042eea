"""What the person changed in transcripts, and the corrections that were learned from it.

Every function is one transaction. Raises LibraryError, and NotFound where there is no such meeting.
"""

import re
from collections.abc import Iterable
from dataclasses import dataclass

from granola_like.domain.changes import Changes
from granola_like.domain.correction import Correction
from granola_like.domain.transcript import Transcript
from granola_like.domain.transcript_edits import TranscriptEdit
from granola_like.library import rows, rows_wording
from granola_like.library.store import Library


@dataclass(frozen=True, slots=True)
class Spot:
    """An utterance whose words hold what was searched for."""

    meeting: str
    title: str
    utterance: str
    text: str
    start_ms: int


def machine_words(library: Library, meeting: str) -> Transcript:
    """Read the newest transcript as the machine made it, without the person's edits."""
    with library.reading() as db:
        said = rows.newest(db, "transcripts", meeting)
        return Transcript() if said is None else rows.read_transcript(db, said)


def transcript_edits(library: Library, meeting: str) -> tuple[TranscriptEdit, ...]:
    """Read what the person changed in the transcript, in the order in which it was stored."""
    with library.reading() as db:
        library._must_exist(db, meeting)
        return rows_wording.read_transcript_edits(db, meeting)


def save_transcript_edits(
    library: Library, edits: Iterable[tuple[str, tuple[TranscriptEdit, ...]]]
) -> tuple[Changes, ...]:
    """Replace what the person changed in the transcripts of these meetings, for all versions.

    All of them or, when something goes wrong, none.
    """
    touched = []
    with library.transaction() as db:
        for meeting, its in edits:
            library._must_exist(db, meeting)
            rows_wording.write_transcript_edits(db, meeting, its)
            library._index(db, meeting, "utterance", "point")
            touched.append(Changes(meeting, frozenset({"transcript"})))
    return tuple(touched)


def corrections(library: Library) -> tuple[Correction, ...]:
    """Read what was learned, in the order in which it was."""
    with library.reading() as db:
        return rows_wording.read_corrections(db)


def save_corrections(library: Library, learned: tuple[Correction, ...]) -> None:
    """Replace what was learned."""
    with library.transaction() as db:
        rows_wording.write_corrections(db, learned)


def utterances_with(library: Library, phrase: str, *, besides: str = "") -> tuple[Spot, ...]:
    """Find every utterance, as it reads now, with these words in a row, newest meetings first.

    Case, accents and punctuation do not count. Meetings in the trash are left out, and so is the
    meeting `besides`.
    """
    words = re.findall(r"[^\W_]+", phrase)
    if not words:
        return ()
    with library.reading() as db:
        found = db.query(
            """
            select p.meeting, m.title, p.ref, p.text, p.start_ms
            from passages_fts
            join passages p on p.id = passages_fts.rowid
            join meetings m on m.id = p.meeting
            where passages_fts match ? and p.kind = 'utterance' and m.deleted_at is null
                and p.meeting != ?
            order by m.started_us desc, p.id
            """,
            [f'text : "{" ".join(words)}"', besides],
        )
        return tuple(
            Spot(row["meeting"], row["title"], row["ref"], row["text"], row["start_ms"])
            for row in found
        )


def meetings_with_speaker(library: Library, speaker: str) -> tuple[str, ...]:
    """Name the meetings in which somebody is called so, newest first; not those in the trash."""
    with library.reading() as db:
        found = db.query(
            """
            select m.id from meetings m where m.deleted_at is null and exists (
                select 1 from passages p
                where p.meeting = m.id and p.kind = 'utterance' and p.speaker = ?
            ) order by m.started_us desc
            """,
            [speaker],
        )
        return tuple(row["id"] for row in found)
