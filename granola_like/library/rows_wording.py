"""Edits of transcripts and learned corrections to rows and back. No transaction begins here."""

import json
from datetime import datetime

from sqlite_utils import Database

from granola_like.domain.correction import Correction
from granola_like.domain.enhanced import EnhancedNote
from granola_like.domain.transcript import Transcript
from granola_like.domain.transcript_citations import as_heard
from granola_like.domain.transcript_edit_records import (
    transcript_edit_from,
    transcript_edit_record,
)
from granola_like.domain.transcript_edits import Reworked, TranscriptEdit
from granola_like.domain.transcript_rebase import rework
from granola_like.library import rows


def write_transcript_edits(db: Database, meeting: str, edits: tuple[TranscriptEdit, ...]) -> None:
    """Replace what the person changed in a transcript."""
    table = db.table("transcript_edits")
    table.delete_where("meeting = ?", [meeting])
    table.insert_all(
        {
            "meeting": meeting,
            "position": position,
            "id": edit.id,
            "made_at": edit.made_at.isoformat(),
            "record": json.dumps(transcript_edit_record(edit), ensure_ascii=False),
        }
        for position, edit in enumerate(edits)
    )


def read_transcript_edits(db: Database, meeting: str) -> tuple[TranscriptEdit, ...]:
    """Read the edits in the order in which they were stored."""
    found = db.table("transcript_edits").rows_where("meeting = ?", [meeting], order_by="position")
    return tuple(transcript_edit_from(json.loads(row["record"])) for row in found)


def read_words(db: Database, meeting: str, edits: tuple[TranscriptEdit, ...]) -> Reworked:
    """Read the newest transcript with the edits on it."""
    said = rows.newest(db, "transcripts", meeting)
    return rework(edits, Transcript() if said is None else rows.read_transcript(db, said))


def as_stored(db: Database, meeting: str, note: EnhancedNote) -> EnhancedNote:
    """Let a note cite the newest transcript's words as they were heard, without the edits."""
    edits = read_transcript_edits(db, meeting)
    return as_heard(note, read_words(db, meeting, edits)) if edits else note


def write_corrections(db: Database, corrections: tuple[Correction, ...]) -> None:
    """Replace the list of corrections."""
    table = db.table("corrections")
    table.delete_where()
    table.insert_all(
        {
            "position": position,
            "wrong": one.wrong,
            "correct": one.right,
            "made_at": one.made_at.isoformat(),
            "is_on": int(one.is_on),
        }
        for position, one in enumerate(corrections)
    )


def read_corrections(db: Database) -> tuple[Correction, ...]:
    """Read the list of corrections in its order."""
    return tuple(
        Correction(
            wrong=row["wrong"],
            right=row["correct"],
            made_at=datetime.fromisoformat(row["made_at"]),
            is_on=bool(row["is_on"]),
        )
        for row in db.table("corrections").rows_where(order_by="position")
    )
