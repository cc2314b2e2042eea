"""A meeting as one JSON document: lossless, versioned, described by docs/bundle.schema.json.

Reading is generous where nothing is lost by it: unknown fields are passed over, people may be plain
names, and a bundle that a script made by hand needs no more than `format` and `utterances`.
"""

import json
import re
import sys
from collections.abc import Container
from dataclasses import asdict, replace
from datetime import UTC, datetime
from functools import lru_cache
from pathlib import Path
from typing import Annotated, Any, ClassVar, Literal

from pydantic import BaseModel, BeforeValidator, ConfigDict, Field, TypeAdapter, ValidationError

from granola_like.domain.bundle import Bundle
from granola_like.domain.edit_records import edit_from, edit_record
from granola_like.domain.edits import Edit
from granola_like.domain.enhanced import WRITTEN, Block, EnhancedNote
from granola_like.domain.meeting import Meeting, Person
from granola_like.domain.note import NoteLine
from granola_like.domain.receipt import Receipt
from granola_like.domain.recording import Recording
from granola_like.domain.transcript import Pass, Transcript, Utterance, in_order
from granola_like.domain.transcript_edit_records import (
    transcript_edit_from,
    transcript_edit_record,
)
from granola_like.domain.transcript_edits import TranscriptChange, TranscriptEdit
from granola_like.domain.transcript_rebase import machine_transcript, rework
from granola_like.errors import ExchangeError
from granola_like.exchange.cleaning import held, without_controls
from granola_like.exchange.files import is_plain, read_text, write_text, written_at

FORMAT = 1
SUFFIX = ".meeting.json"
UNTITLED = "Untitled meeting"

_PLAIN_ID = re.compile(r"[A-Za-z0-9][A-Za-z0-9_-]{0,63}")


def _named(person: object) -> object:
    return {"name": person} if isinstance(person, str) else person


class _Part(BaseModel):
    model_config: ClassVar[ConfigDict] = ConfigDict(extra="ignore", ser_json_inf_nan="strings")


class _Meeting(_Part):
    id: str = "meeting"
    title: str = UNTITLED
    started_at: datetime | None = None
    duration_ms: int = Field(default=0, ge=0)
    language: str = "en"
    people: tuple[Annotated[Person, BeforeValidator(_named)], ...] = ()
    folder: str | None = None
    series: str | None = None
    template: str | None = None
    glossary: tuple[str, ...] = ()


class _Pass(_Part):
    made_by: Pass = "imported"
    engine: str = ""
    language: str | None = None
    created_at: datetime | None = None


class _File(_Part):
    """A meeting of granola_like, format 1."""

    format: Literal[1]
    meeting: _Meeting = _Meeting()
    transcript: _Pass = _Pass()
    utterances: tuple[Utterance, ...] = ()
    heard: tuple[Utterance, ...] = ()
    """The machine's own of those utterances that the person's edits changed or left out."""
    transcript_edits: tuple[dict[str, Any], ...] = ()
    """The person's edits of what was said, each as `domain.transcript_edit_records` writes it."""
    notes: tuple[NoteLine, ...] = ()
    enhanced: EnhancedNote | None = None
    edits: tuple[dict[str, Any], ...] = ()
    """The person's edits of the enhanced note, each as `domain.edit_records` writes it."""
    recording: Recording = Recording()
    receipt: Receipt | None = None


def to_json(bundle: Bundle) -> str:
    """Write the bundle as JSON, indented, in UTF-8 characters."""
    meeting, said = bundle.meeting, bundle.transcript
    whole = _File(
        format=1,
        meeting=_Meeting(
            id=meeting.id,
            title=meeting.title,
            started_at=meeting.started_at,
            duration_ms=meeting.duration_ms,
            language=meeting.language,
            people=meeting.people,
            folder=meeting.folder,
            series=meeting.series,
            template=meeting.template,
            glossary=meeting.glossary,
        ),
        transcript=_Pass(
            made_by=said.made_by,
            engine=said.engine,
            language=said.language,
            created_at=said.created_at,
        ),
        utterances=said.utterances,
        heard=bundle.heard,
        transcript_edits=tuple(transcript_edit_record(edit) for edit in bundle.transcript_edits),
        notes=bundle.notes,
        enhanced=bundle.enhanced,
        edits=tuple(edit_record(edit) for edit in bundle.edits),
        recording=bundle.recording,
        receipt=bundle.receipt,
    )
    return whole.model_dump_json(indent=1)


def enhanced_to_json(note: EnhancedNote) -> Any:
    """Give the `enhanced` part alone, as `enhance --json` prints it."""
    return json.loads(_Enhanced(enhanced=note).model_dump_json())["enhanced"]


def from_json(text: str, *, source: str = "the bundle", default_start: datetime) -> Bundle:
    """Read a bundle. `default_start` stands in where it does not say when the meeting was.

    Raises ExchangeError, naming the place in the document, for whatever is not a bundle.
    """
    try:
        raw = json.loads(text)
    except (ValueError, RecursionError) as error:
        raise ExchangeError(
            f"{source} is not JSON: {error}.", hint="Choose a file that ends in .meeting.json."
        ) from error
    _check_format(raw, source)
    try:
        file = _File.model_validate(held(raw))
        return _bundle(file, default_start)
    except ValidationError as error:
        first = error.errors()[0]
        place = ".".join(str(step) for step in first["loc"]) or "the document"
        raise ExchangeError(
            f"{source} is not a meeting: {place}: {first['msg']}.",
            hint="docs/bundle.schema.json describes the format.",
        ) from error
    except (ValueError, RecursionError) as error:
        raise ExchangeError(
            f"{source} is not a meeting: {error}.",
            hint="docs/bundle.schema.json describes the format.",
        ) from error


def read_bundle(file: Path) -> Bundle:
    """Read a bundle from a file. Raises ExchangeError."""
    text = read_text(file)
    return from_json(text, source=str(file), default_start=written_at(file))


def write_bundle(bundle: Bundle, *, to: Path) -> None:
    """Write a bundle to a file, whole or not at all. Raises ExchangeError."""
    write_text(to, to_json(bundle) + "\n")


def schema() -> dict[str, Any]:
    """Describe the format as a JSON schema, as it stands in docs/bundle.schema.json."""
    return {
        "$schema": "https://json-schema.org/draft/2020-12/schema",
        "title": "A meeting of granola_like, format 1",
        **{k: v for k, v in _File.model_json_schema(mode="validation").items() if k != "title"},
    }


class _Enhanced(_Part):
    enhanced: EnhancedNote


def _check_format(raw: object, source: str) -> None:
    found = raw.get("format") if isinstance(raw, dict) else None
    if isinstance(found, int) and not isinstance(found, bool) and found > FORMAT:
        raise ExchangeError(
            f"{source} was written by a later version of granola_like (format {found}).",
            hint="Update granola_like, then import it again.",
        )
    if found != FORMAT or isinstance(found, bool):
        raise ExchangeError(
            f"{source} is not a meeting bundle: it has no “format”: {FORMAT}.",
            hint="docs/bundle.schema.json describes the format.",
        )


def _bundle(file: _File, default_start: datetime) -> Bundle:
    about, made = file.meeting, file.transcript
    started = _in_its_zone(about.started_at or default_start)
    last = max((said.end_ms for said in file.utterances), default=0)
    meeting = Meeting(
        # An id names a folder of sound. The library gives an imported meeting one of its own.
        id=about.id if _PLAIN_ID.fullmatch(about.id) else "imported",
        title=without_controls(about.title),
        started_at=started,
        duration_ms=about.duration_ms or last,
        language=about.language,
        people=about.people,
        folder=about.folder,
        series=about.series,
        template=about.template,
        glossary=about.glossary,
    )
    for track in file.recording.tracks:
        if not is_plain(track.file):
            raise ValueError(f"a track names a file outside the meeting: {track.file!r}")
    transcript = Transcript(
        utterances=in_order(iter(file.utterances)),
        made_by=made.made_by,
        engine=made.engine,
        language=made.language or about.language,
        created_at=made.created_at,
    )
    _check_ids(file)
    edits = _edits(file.edits)
    wording = _transcript_edits(file.transcript_edits)
    # The edits are put on anew: a script may give the machine's words and the edits alone.
    words = rework(wording, machine_transcript(transcript, file.heard))
    transcript = words.transcript
    for moment in _moments(file, started, (*edits, *wording)):
        if not 2 <= moment.year <= 9998:
            raise ValueError(f"{moment.isoformat()} is no time of a meeting")
    return Bundle(
        meeting=meeting,
        transcript=transcript,
        heard=words.heard,
        transcript_edits=wording,
        notes=file.notes,
        enhanced=_borne_out(file.enhanced, transcript) if file.enhanced else None,
        edits=edits,
        recording=file.recording,
        receipt=file.receipt,
    )


def _in_its_zone(moment: datetime) -> datetime:
    if moment.tzinfo is not None:
        return moment
    try:
        return moment.astimezone()
    except (OverflowError, OSError, ValueError):
        return moment.replace(tzinfo=UTC)


def _moments(
    file: _File, started: datetime, edits: tuple[Edit | TranscriptEdit, ...]
) -> list[datetime]:
    """Give every time in the file, for the years at both ends know no time zones."""
    optional = (
        file.transcript.created_at,
        file.enhanced and file.enhanced.created_at,
        file.receipt and file.receipt.started_at,
    )
    return [started, *(one for one in optional if one), *(edit.made_at for edit in edits)]


def _borne_out(note: EnhancedNote, transcript: Transcript) -> EnhancedNote:
    """Drop evidence that is not there: a note may be older than its transcript."""
    said = transcript.by_id()
    return replace(note, blocks=tuple(_with_evidence_in(said, block) for block in note.blocks))


def _with_evidence_in(said: Container[str], block: Block) -> Block:
    found = tuple(one for one in block.evidence if one.utterance in said)
    if len(found) == len(block.evidence):
        return block
    alone = block.kind in WRITTEN and not found
    return replace(block, evidence=found, finding="unsupported" if alone else block.finding)


def _edits(records: tuple[dict[str, Any], ...]) -> tuple[Edit, ...]:
    try:
        return tuple(_checked(edit_from(record)) for record in records)
    except (KeyError, TypeError, AttributeError, OverflowError) as error:
        raise ValueError(f"an edit cannot be read: {error}") from error


def _checked(edit: Edit) -> Edit:
    """Look inside the parts: `edit_from` takes what it is given."""
    kind: Any = type(edit.change)
    return Edit(
        id=_checker(str).validate_python(edit.id),
        made_at=_in_its_zone(edit.made_at),
        change=_checker(kind).validate_python(asdict(edit.change)),
        on=_checker(Block).validate_python(asdict(edit.on)) if edit.on else None,
    )


def _transcript_edits(records: tuple[dict[str, Any], ...]) -> tuple[TranscriptEdit, ...]:
    try:
        edits = tuple(transcript_edit_from(record) for record in records)
    except (KeyError, TypeError, AttributeError, OverflowError) as error:
        raise ValueError(f"an edit of the transcript cannot be read: {error}") from error
    if len({edit.id for edit in edits}) != len(edits):
        raise ValueError("two edits of the transcript have one id")
    return tuple(
        TranscriptEdit(
            id=_checker(str).validate_python(edit.id),
            made_at=_in_its_zone(edit.made_at),
            change=_checked_change(edit.change),
            on=_checker(Utterance).validate_python(asdict(edit.on)) if edit.on else None,
        )
        for edit in edits
    )


def _checked_change(change: TranscriptChange) -> TranscriptChange:
    kind: Any = type(change)
    checked: TranscriptChange = _checker(kind).validate_python(asdict(change))
    return checked


@lru_cache
def _checker(kind: type) -> TypeAdapter[Any]:
    return TypeAdapter(kind)


def _check_ids(file: _File) -> None:
    notes = [line.id for line in file.notes]
    if len(set(notes)) != len(notes):
        raise ValueError("two typed lines have one id")
    blocks = file.enhanced.blocks if file.enhanced else ()
    if len({block.id for block in blocks}) != len(blocks):
        raise ValueError("two blocks of the enhanced note have one id")


if __name__ == "__main__":
    sys.stdout.write(json.dumps(schema(), indent=1, ensure_ascii=False) + "\n")
