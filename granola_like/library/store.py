"""The library as the product sees it: meetings in, meetings out, each call one transaction."""

import json
import secrets
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from datetime import UTC, datetime
from pathlib import Path
from types import TracebackType
from typing import Literal, Self

from sqlite_utils import Database

from granola_like.domain.bundle import Bundle
from granola_like.domain.changes import Changes, Touched
from granola_like.domain.edit_records import edit_from, rule_from, rule_record
from granola_like.domain.edits import Edit
from granola_like.domain.enhanced import EnhancedNote
from granola_like.domain.meeting import Meeting
from granola_like.domain.note import NoteLine
from granola_like.domain.search import Hit, HitKind
from granola_like.domain.style import StyleRule
from granola_like.domain.transcript import Transcript
from granola_like.domain.transcript_citations import as_read
from granola_like.errors import LibraryError, NotFound
from granola_like.library import rows, rows_wording, search
from granola_like.library.database import open_database, sentences


@dataclass(frozen=True, slots=True)
class MeetingRow:
    """A meeting as a list shows it."""

    meeting: Meeting
    has_sound: bool
    recorded: bool
    """Whether the sound was recorded here; otherwise it was imported."""
    notes: int
    transcripts: int
    """How many versions there are; the same for `enhanced`."""
    enhanced: int
    deleted: bool = False


@dataclass(frozen=True, slots=True)
class Version:
    """One kept version of a transcript or an enhanced note."""

    number: int
    engine: str
    created_at: datetime | None


def new_id() -> str:
    """Make a meeting's id: short enough to type, 48 random bits."""
    return secrets.token_hex(6)


class Library:
    """An open library. Use it in the thread that opened it.

    Every method raises LibraryError with a sentence for what the disk or SQLite refuse, and
    NotFound for a meeting that is not there.
    """

    def __init__(self, file: Path | None) -> None:
        """Open `file`, upgrading it first; None opens an empty library in memory."""
        self._file = file
        self._db = open_database(file)

    def __enter__(self) -> Self:
        return self

    def __exit__(
        self,
        kind: type[BaseException] | None,
        error: BaseException | None,
        trace: TracebackType | None,
    ) -> None:
        self.close()

    def close(self) -> None:
        """Let go of the file."""
        self._db.close()

    # -- writing -------------------------------------------------------------------------------

    def save(self, bundle: Bundle) -> Changes:
        """Add a meeting with all it owns.

        For a meeting that is there already this adds a version of its transcript and of its
        enhanced note where they differ from the newest, and replaces the typed lines.
        """
        meeting = bundle.meeting.id
        with self.transaction() as db:
            before = self._bundle(db, meeting) if self._row(db, meeting) else None
            rows.write_meeting(db, bundle.meeting)
            db.execute("update meetings set deleted_at = null where id = ?", [meeting])
            rows.write_recording(db, meeting, bundle.recording)
            rows.write_receipt(db, meeting, bundle.receipt)
            rows.write_notes(db, meeting, bundle.notes)
            rows.write_edits(db, meeting, bundle.edits)
            rows_wording.write_transcript_edits(db, meeting, bundle.transcript_edits)
            said, made = bundle.machine_transcript, bundle.enhanced
            if said != Transcript() and (before is None or before.machine_transcript != said):
                rows.add_transcript(db, meeting, said)
            if made is not None and (before is None or before.enhanced != made):
                self._add_enhanced(db, meeting, made)
            self._index(db, meeting, *search.ALL_KINDS)
        return _touched(meeting, "meeting", "recording", "transcript", "notes", "enhanced")

    def save_meeting(self, meeting: Meeting) -> Changes:
        """Change a meeting's title, time, people and so on."""
        with self.transaction() as db:
            self._must_exist(db, meeting.id)
            rows.write_meeting(db, meeting)
            self._index(db, meeting.id, "title")
        return _touched(meeting.id, "meeting")

    def save_notes(self, meeting: str, notes: tuple[NoteLine, ...]) -> Changes:
        """Replace the typed lines."""
        with self.transaction() as db:
            self._must_exist(db, meeting)
            rows.write_notes(db, meeting, notes)
            self._index(db, meeting, "note")
        return _touched(meeting, "notes")

    def add_transcript(self, meeting: str, transcript: Transcript) -> Changes:
        """Add a version of what was said; the older ones stay."""
        with self.transaction() as db:
            self._must_exist(db, meeting)
            rows.add_transcript(db, meeting, transcript)
            self._index(db, meeting, "utterance", "point")
        return _touched(meeting, "transcript")

    def add_enhanced(
        self, meeting: str, note: EnhancedNote, *, transcript: int | None = None
    ) -> Changes:
        """Add a version of the enhanced note; the older ones stay.

        `transcript` is the version that it was made from; None is the newest one.
        """
        with self.transaction() as db:
            self._must_exist(db, meeting)
            self._add_enhanced(db, meeting, note, transcript)
            self._index(db, meeting, "point")
        return _touched(meeting, "enhanced")

    def save_edits(self, meeting: str, edits: tuple[Edit, ...]) -> Changes:
        """Replace what the person changed in the enhanced note, for all its versions."""
        with self.transaction() as db:
            self._must_exist(db, meeting)
            rows.write_edits(db, meeting, edits)
        return _touched(meeting, "enhanced")

    def edits_on(self, template: str) -> tuple[Edit, ...]:
        """Read the edits of every meeting whose newest note has this template."""
        with self._transaction() as db:
            found = db.query(
                """
                select e.record from edits e join enhanced n on n.meeting = e.meeting
                where n.template = ? and n.id = (
                    select max(id) from enhanced where meeting = e.meeting
                ) order by e.made_at, e.meeting, e.position
                """,
                [template],
            )
            return tuple(edit_from(json.loads(row["record"])) for row in found)

    def save_style_rules(self, template: str, rules: tuple[StyleRule, ...]) -> None:
        """Replace the rules of style of a template."""
        with self.transaction() as db:
            db.table("style_rules").delete_where("template = ?", [template])
            db.table("style_rules").insert_all(
                {
                    "template": template,
                    "position": position,
                    "record": json.dumps(rule, ensure_ascii=False),
                }
                for position, rule in enumerate(rule_record(rule) for rule in rules)
            )

    def style_rules(self, template: str) -> tuple[StyleRule, ...]:
        """Read the rules of style of a template."""
        with self._transaction() as db:
            found = db.table("style_rules").rows_where(
                "template = ?", [template], order_by="position"
            )
            return tuple(rule_from(json.loads(row["record"])) for row in found)

    def delete(self, meeting: str) -> Changes:
        """Put the meeting into the trash; `restore` takes it out again."""
        return self._trash(meeting, datetime.now(UTC).isoformat())

    def restore(self, meeting: str) -> Changes:
        """Take the meeting out of the trash."""
        return self._trash(meeting, None)

    # -- reading -------------------------------------------------------------------------------

    def load(self, meeting: str) -> Bundle:
        """Read a meeting with the newest version of all it owns."""
        with self._transaction() as db:
            self._must_exist(db, meeting)
            return self._bundle(db, meeting)

    def ids(self) -> frozenset[str]:
        """Every meeting's id, those in the trash too."""
        with self._transaction() as db:
            return frozenset(_column(db, "select id from meetings", []))

    def check(self) -> None:
        """Raise LibraryError when SQLite finds the file damaged."""
        with self._transaction() as db:
            told = db.execute("pragma quick_check(1)").fetchone()[0]
        if told != "ok":
            raise LibraryError(
                f"The library {self._file} is damaged: {told}.",
                hint="Put a backup in its place; much of the damaged file can still be read.",
            )

    def find(self, name: str, *, trash: bool = False) -> str:
        """Give the id of the one meeting that `name` means; with `trash`, of those deleted.

        It is the whole id, or the beginning of the id or of the title (in any case of letters).
        Raises NotFound when there is no such meeting, or more than one.
        """
        wanted = name.strip().casefold()
        with self._transaction() as db:
            there = f"deleted_at is {'not' if trash else ''} null"
            known = db.execute(
                f"select id, title from meetings where {there} order by started_us desc"
            ).fetchall()
        exact = [id_ for id_, title in known if name == id_ or wanted == title.casefold()]
        ids = exact or [
            id_
            for id_, title in known
            if wanted and (id_.startswith(name) or title.casefold().startswith(wanted))
        ]
        if len(ids) == 1:
            return str(ids[0])
        if ids:
            raise NotFound(
                f"“{name}” stands for more than one meeting: {', '.join(ids[:9])}.",
                hint="Give more of the id.",
            )
        raise NotFound(f"There is no meeting “{name}”{' in the trash' if trash else ''}.")

    def meetings(self, *, trash: bool = False, limit: int = -1) -> tuple[MeetingRow, ...]:
        """List the meetings, newest first; with `trash`, those that were deleted."""
        with self._transaction() as db:
            found = db.query(
                f"""
                select m.*,
                    (select count(*) from tracks where meeting = m.id) as tracks,
                    (select count(*) from receipts where meeting = m.id) as receipts,
                    (select count(*) from notes where meeting = m.id) as notes,
                    (select count(*) from transcripts where meeting = m.id) as transcripts,
                    (select count(*) from enhanced where meeting = m.id) as enhanced
                from meetings m where deleted_at is {"not" if trash else ""} null
                order by started_us desc, id limit ?
                """,
                [limit],
            )
            return tuple(
                MeetingRow(
                    rows.read_meeting(db, row),
                    has_sound=row["tracks"] > 0,
                    recorded=row["receipts"] > 0,
                    notes=row["notes"],
                    transcripts=row["transcripts"],
                    enhanced=row["enhanced"],
                    deleted=trash,
                )
                for row in list(found)
            )

    def versions(self, meeting: str, of: Literal["transcripts", "enhanced"]) -> tuple[Version, ...]:
        """List the kept versions, newest first."""
        with self._transaction() as db:
            self._must_exist(db, meeting)
            found = db.table(of).rows_where("meeting = ?", [meeting], order_by="id desc")
            return tuple(
                Version(row["id"], row["engine"], rows.moment(row["created_at"])) for row in found
            )

    def enhanced_version(self, meeting: str, number: int) -> EnhancedNote:
        """Read one kept version of the enhanced note."""
        with self._transaction() as db:
            return rows.read_enhanced(db, self._version(db, "enhanced", meeting, number))

    def transcript_version(self, meeting: str, number: int) -> Transcript:
        """Read one kept version of the transcript, as the machine made it."""
        with self._transaction() as db:
            return rows.read_transcript(db, self._version(db, "transcripts", meeting, number))

    def transcript_of(self, meeting: str) -> int | None:
        """Say from which version of the transcript the newest note was made."""
        with self._transaction() as db:
            made = rows.newest(db, "enhanced", meeting)
            return None if made is None else made["transcript"]

    def search(
        self, query: str, *, kinds: frozenset[HitKind] = search.ALL_KINDS, limit: int = 20
    ) -> tuple[Hit, ...]:
        """Find passages by their words, best first; the last word may be unfinished."""
        with self._transaction() as db:
            return search.find(db, query, kinds=kinds, limit=limit)

    # -- inside --------------------------------------------------------------------------------

    @contextmanager
    def reading(self) -> Iterator[Database]:
        """Begin a transaction that reads. For the modules of this package alone."""
        with self._transaction() as db:
            yield db

    @contextmanager
    def transaction(self) -> Iterator[Database]:
        """Begin a transaction that writes. For the modules of this package alone.

        It waits its turn at the start: one that read first and then wanted to write would be
        refused at once if another thread or program wrote in between.
        """
        with sentences(self._file):
            if self._db.conn.in_transaction:
                with self._db.atomic():
                    yield self._db
                return
            self._db.execute("begin immediate")
            try:
                yield self._db
            except BaseException:
                self._db.conn.rollback()
                raise
            self._db.conn.commit()

    @contextmanager
    def _transaction(self) -> Iterator[Database]:
        with sentences(self._file), self._db.atomic():
            yield self._db

    def _row(self, db: Database, meeting: str) -> rows.Row | None:
        return next(iter(db.query("select * from meetings where id = ?", [meeting])), None)

    def _must_exist(self, db: Database, meeting: str) -> rows.Row:
        row = self._row(db, meeting)
        if row is None:
            raise NotFound(f"There is no meeting “{meeting}”.")
        return row

    def _version(self, db: Database, table: str, meeting: str, number: int) -> rows.Row:
        found = db.table(table).rows_where("meeting = ? and id = ?", [meeting, number])
        row = next(iter(found), None)
        if row is None:
            raise NotFound(f"The meeting “{meeting}” has no version {number}.")
        return row

    def _bundle(self, db: Database, meeting: str) -> Bundle:
        made = rows.newest(db, "enhanced", meeting)
        recording = rows.read_recording(db, meeting)
        edits = rows_wording.read_transcript_edits(db, meeting)
        words = rows_wording.read_words(db, meeting, edits)
        return Bundle(
            meeting=rows.read_meeting(db, self._must_exist(db, meeting)),
            transcript=words.transcript,
            heard=words.heard,
            transcript_edits=edits,
            notes=rows.read_notes(db, meeting),
            enhanced=None if made is None else as_read(rows.read_enhanced(db, made), words),
            edits=rows.read_edits(db, meeting),
            recording=recording,
            receipt=rows.read_receipt(db, meeting, recording),
        )

    def _add_enhanced(
        self, db: Database, meeting: str, note: EnhancedNote, transcript: int | None = None
    ) -> None:
        if transcript is None and (said := rows.newest(db, "transcripts", meeting)):
            transcript = said["id"]
        rows.add_enhanced(db, meeting, transcript, rows_wording.as_stored(db, meeting, note))

    def _index(self, db: Database, meeting: str, *kinds: HitKind) -> None:
        search.index(db, self._bundle(db, meeting), kinds=kinds)

    def _trash(self, meeting: str, moment: str | None) -> Changes:
        with self.transaction() as db:
            self._must_exist(db, meeting)
            db.execute("update meetings set deleted_at = ? where id = ?", [moment, meeting])
        return _touched(meeting, "meeting")


def _touched(meeting: str, *what: Touched) -> Changes:
    return Changes(meeting, frozenset(what))


def _column(db: Database, sql: str, values: list[object]) -> list[str]:
    return [row[0] for row in db.execute(sql, values).fetchall()]
