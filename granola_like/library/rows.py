"""Values to rows and back, one pair of functions a table. No transaction begins here."""

import json
from dataclasses import asdict
from datetime import UTC, date, datetime, timedelta
from typing import Any

from sqlite_utils import Database

from granola_like.domain.edit_records import edit_from, edit_record
from granola_like.domain.edits import Edit
from granola_like.domain.enhanced import Block, Detail, EnhancedNote, Evidence
from granola_like.domain.meeting import Meeting, Person
from granola_like.domain.note import NoteLine
from granola_like.domain.receipt import ChannelReceipt, Receipt
from granola_like.domain.recording import Gap, Recording, Track
from granola_like.domain.transcript import Transcript, Utterance, Word
from granola_like.domain.transcript_edit_records import word_record

Row = dict[str, Any]

_EPOCH = datetime(1970, 1, 1, tzinfo=UTC)


def write_meeting(db: Database, meeting: Meeting) -> None:
    """Add the meeting, or change what is known about it."""
    db.table("meetings").upsert(
        {
            "id": meeting.id,
            "title": meeting.title,
            "started_at": meeting.started_at.isoformat(),
            # Text with different time zones does not sort by time.
            "started_us": (meeting.started_at - _EPOCH) // timedelta(microseconds=1),
            "duration_ms": meeting.duration_ms,
            "language": meeting.language,
            "folder": meeting.folder,
            "series": meeting.series,
            "template": meeting.template,
            "glossary": json.dumps(meeting.glossary, ensure_ascii=False),
        },
        pk="id",
    )
    people = [{"name": person.name, "email": person.email} for person in meeting.people]
    _replace(db, "people", meeting.id, people)


def read_meeting(db: Database, row: Row) -> Meeting:
    """Make the value of a row of `meetings`."""
    people = tuple(Person(p["name"], p["email"]) for p in _owned(db, "people", row["id"]))
    return Meeting(
        id=row["id"],
        title=row["title"],
        started_at=datetime.fromisoformat(row["started_at"]),
        duration_ms=row["duration_ms"],
        language=row["language"],
        people=people,
        folder=row["folder"],
        series=row["series"],
        template=row["template"],
        glossary=tuple(json.loads(row["glossary"])),
    )


def write_recording(db: Database, meeting: str, recording: Recording) -> None:
    """Replace what is known about the sound."""
    _replace(db, "tracks", meeting, [asdict(track) for track in recording.tracks])
    _replace(db, "gaps", meeting, [asdict(gap) for gap in recording.gaps])


def read_recording(db: Database, meeting: str) -> Recording:
    """Read what is known about the sound."""
    return Recording(
        tuple(
            Track(row["channel"], row["file"], row["duration_ms"])
            for row in _owned(db, "tracks", meeting)
        ),
        tuple(
            Gap(row["channel"], row["start_ms"], row["end_ms"], row["reason"])
            for row in _owned(db, "gaps", meeting)
        ),
    )


def write_receipt(db: Database, meeting: str, receipt: Receipt | None) -> None:
    """Replace the recorder's account; its gaps are those of the recording."""
    db.table("receipts").delete_where("meeting = ?", [meeting])
    if receipt is not None:
        row = {
            "meeting": meeting,
            "started_at": receipt.started_at.isoformat(),
            "duration_ms": receipt.duration_ms,
            "ended": receipt.ended,
            "recovered": int(receipt.recovered),
            "channels": json.dumps([asdict(channel) for channel in receipt.channels]),
        }
        db.table("receipts").insert(row)


def read_receipt(db: Database, meeting: str, recording: Recording) -> Receipt | None:
    """Read the recorder's account, if there is one."""
    row = next(iter(db.table("receipts").rows_where("meeting = ?", [meeting])), None)
    if row is None:
        return None
    return Receipt(
        started_at=datetime.fromisoformat(row["started_at"]),
        duration_ms=row["duration_ms"],
        channels=tuple(ChannelReceipt(**channel) for channel in json.loads(row["channels"])),
        gaps=recording.gaps,
        ended=row["ended"],
        recovered=bool(row["recovered"]),
    )


def write_edits(db: Database, meeting: str, edits: tuple[Edit, ...]) -> None:
    """Replace the person's edits."""
    rows = [
        {"id": edit.id, "made_at": edit.made_at.isoformat(), "record": _json(edit_record(edit))}
        for edit in edits
    ]
    _replace(db, "edits", meeting, rows)


def read_edits(db: Database, meeting: str) -> tuple[Edit, ...]:
    """Read the person's edits in the order in which they were made."""
    return tuple(edit_from(json.loads(row["record"])) for row in _owned(db, "edits", meeting))


def write_notes(db: Database, meeting: str, notes: tuple[NoteLine, ...]) -> None:
    """Replace the typed lines."""
    _replace(db, "notes", meeting, [asdict(line) for line in notes])


def read_notes(db: Database, meeting: str) -> tuple[NoteLine, ...]:
    """Read the typed lines in their order."""
    fields = ("id", "text", "indent", "typed_at_ms", "edited_at_ms")
    return tuple(
        NoteLine(**{name: row[name] for name in fields}) for row in _owned(db, "notes", meeting)
    )


def add_transcript(db: Database, meeting: str, transcript: Transcript) -> int:
    """Add a version and return its number."""
    version = _added(
        db,
        "transcripts",
        {
            "meeting": meeting,
            "made_by": transcript.made_by,
            "engine": transcript.engine,
            "language": transcript.language,
            "created_at": _iso(transcript.created_at),
        },
    )
    db.table("utterances").insert_all(
        {
            "transcript": version,
            "position": position,
            "id": said.id,
            "channel": said.channel,
            "speaker": said.speaker,
            "start_ms": said.start_ms,
            "end_ms": said.end_ms,
            "text": said.text,
            "words": json.dumps([word_record(word) for word in said.words], ensure_ascii=False),
        }
        for position, said in enumerate(transcript.utterances)
    )
    return version


def read_transcript(db: Database, row: Row) -> Transcript:
    """Make the value of a row of `transcripts`."""
    said = db.table("utterances").rows_where("transcript = ?", [row["id"]], order_by="position")
    return Transcript(
        utterances=tuple(
            Utterance(
                id=one["id"],
                channel=one["channel"],
                speaker=one["speaker"],
                start_ms=one["start_ms"],
                end_ms=one["end_ms"],
                text=one["text"],
                words=tuple(Word(*word) for word in json.loads(one["words"])),
            )
            for one in said
        ),
        made_by=row["made_by"],
        engine=row["engine"],
        language=row["language"],
        created_at=moment(row["created_at"]),
    )


def add_enhanced(db: Database, meeting: str, transcript: int | None, note: EnhancedNote) -> int:
    """Add a version and return its number."""
    version = _added(
        db,
        "enhanced",
        {
            "meeting": meeting,
            "transcript": transcript,
            "template": note.template,
            "engine": note.engine,
            "created_at": note.created_at.isoformat(),
            "language": note.language,
        },
    )
    db.table("blocks").insert_all(
        {
            "enhanced": version,
            "position": position,
            "id": block.id,
            "kind": block.kind,
            "text": block.text,
            "note": block.note,
            "indent": block.indent,
            "evidence": json.dumps([[e.utterance, e.from_word, e.to_word] for e in block.evidence]),
            "finding": block.finding,
            "details": json.dumps(
                [[d.kind, d.in_point, d.in_source] for d in block.details], ensure_ascii=False
            ),
            "owner": block.owner,
            "due": None if block.due is None else block.due.isoformat(),
            "writer": block.writer,
        }
        for position, block in enumerate(note.blocks)
    )
    return version


def read_enhanced(db: Database, row: Row) -> EnhancedNote:
    """Make the value of a row of `enhanced`."""
    blocks = db.table("blocks").rows_where("enhanced = ?", [row["id"]], order_by="position")
    return EnhancedNote(
        template=row["template"],
        engine=row["engine"],
        created_at=datetime.fromisoformat(row["created_at"]),
        language=row["language"],
        blocks=tuple(
            Block(
                id=one["id"],
                kind=one["kind"],
                text=one["text"],
                note=one["note"],
                indent=one["indent"],
                evidence=tuple(Evidence(*e) for e in json.loads(one["evidence"])),
                finding=one["finding"],
                details=tuple(Detail(*d) for d in json.loads(one["details"])),
                owner=one["owner"],
                due=None if one["due"] is None else date.fromisoformat(one["due"]),
                writer=one["writer"],
            )
            for one in blocks
        ),
    )


def newest(db: Database, table: str, meeting: str) -> Row | None:
    """Give the row of the newest version, if there is one."""
    rows = db.table(table).rows_where("meeting = ?", [meeting], order_by="id desc", limit=1)
    return next(iter(rows), None)


def _added(db: Database, table: str, row: Row) -> int:
    return int(db.table(table).insert(row).last_rowid or 0)


def _replace(db: Database, table: str, meeting: str, rows: list[Row]) -> None:
    db.table(table).delete_where("meeting = ?", [meeting])
    db.table(table).insert_all(
        {"meeting": meeting, "position": position, **row} for position, row in enumerate(rows)
    )


def _owned(db: Database, table: str, meeting: str) -> list[Row]:
    return list(db.table(table).rows_where("meeting = ?", [meeting], order_by="position"))


def _json(value: Any) -> str:
    return json.dumps(value, ensure_ascii=False)


def _iso(moment: datetime | None) -> str | None:
    return None if moment is None else moment.isoformat()


def moment(written: str | None) -> datetime | None:
    """Read a moment as it is stored."""
    return None if written is None else datetime.fromisoformat(written)
