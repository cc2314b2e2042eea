"""Edits of a transcript as plain data for a file or a database, and back, without loss."""

from datetime import datetime

from granola_like.domain.edit_records import Record
from granola_like.domain.transcript import Utterance, Word
from granola_like.domain.transcript_edits import (
    Reassign,
    Rename,
    Reword,
    TranscriptChange,
    TranscriptEdit,
)


def transcript_edit_record(edit: TranscriptEdit) -> Record:
    """Write an edit down."""
    return {
        "id": edit.id,
        "made_at": edit.made_at.isoformat(),
        "on": None if edit.on is None else _utterance_record(edit.on),
        **_change_record(edit.change),
    }


def transcript_edit_from(record: Record) -> TranscriptEdit:
    """Read an edit. Raises ValueError, TypeError or KeyError for what was never written so."""
    on = record["on"]
    return TranscriptEdit(
        id=record["id"],
        made_at=datetime.fromisoformat(record["made_at"]),
        change=_change_from(record),
        on=None if on is None else _utterance_from(on),
    )


def word_record(word: Word) -> list[str | int | float]:
    """Write a word down: text, start, end, probability, and what was heard where that differs."""
    heard = [] if word.heard is None else [word.heard]
    return [word.text, word.start_ms, word.end_ms, word.probability, *heard]


def _change_record(change: TranscriptChange) -> Record:
    match change:
        case Reword(text):
            return {"do": "reword", "text": text}
        case Reassign(speaker):
            return {"do": "reassign", "speaker": speaker}
        case Rename(old, new):
            return {"do": "rename", "old": old, "new": new}


def _change_from(record: Record) -> TranscriptChange:
    match record["do"]:
        case "reword":
            return Reword(record["text"])
        case "reassign":
            return Reassign(record["speaker"])
        case "rename":
            return Rename(record["old"], record["new"])
        case other:
            raise ValueError(f"there is no edit of the kind {other!r}")


def _utterance_record(said: Utterance) -> Record:
    return {
        "id": said.id,
        "channel": said.channel,
        "speaker": said.speaker,
        "start_ms": said.start_ms,
        "end_ms": said.end_ms,
        "text": said.text,
        "words": [word_record(word) for word in said.words],
    }


def _utterance_from(record: Record) -> Utterance:
    return Utterance(**{**record, "words": tuple(Word(*word) for word in record["words"])})
