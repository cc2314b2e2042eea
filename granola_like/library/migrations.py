"""The history of the schema. Append; never edit what has been released, never call living code."""

from sqlite_utils import Database, Migrations

history = Migrations("granola_like")


@history()
def m001_meetings(db: Database) -> None:
    """Keep meetings, their sound, what was said, what was typed, and what was made of it."""
    for statement in _M001:
        db.execute(statement)


@history()
def m002_search(db: Database) -> None:
    """Find passages by their words.

    `stems` holds word stems and normalised numbers; `text` serves prefixes while one types.
    """
    for statement in _M002:
        db.execute(statement)


@history()
def m003_language_of_notes(db: Database) -> None:
    """Keep in which language a note is written; NULL is the spoken one."""
    db.execute("alter table enhanced add column language text")


@history()
def m004_home(db: Database) -> None:
    """Keep folders while they are empty, and what was written last, for whoever shows it."""
    for statement in _M004:
        db.execute(statement)
    for table, owner, what in _TOUCHED_BY:
        _tell_of(db, table, owner, what)


@history()
def m005_wording(db: Database) -> None:
    """Keep what the person changed in transcripts, and the corrections learned from it."""
    for statement in _M005:
        db.execute(statement)
    _tell_of(db, "transcript_edits", "meeting", "transcript")


def _tell_of(db: Database, table: str, owner: str, what: str) -> None:
    """Note each write to a table; `owner` is its column with the meeting's id, if it has one."""
    for event, row in (("insert", "new"), ("update", "new"), ("delete", "old")):
        meeting = f"{row}.{owner}" if owner else "''"
        db.execute(
            f"create trigger touched_by_{event}_of_{table} after {event} on {table} begin"
            " insert into touched (meeting, what, seq)"
            f" values ({meeting}, '{what}', (select coalesce(max(seq), 0) + 1 from touched))"
            " on conflict (meeting, what) do update set seq = excluded.seq; end"
        )


_M001 = (
    """
    create table meetings (
        id text primary key, title text not null, started_at text not null,
        started_us integer not null,
        duration_ms integer not null, language text not null, folder text, series text,
        template text, glossary text not null default '[]', deleted_at text
    ) strict
    """,
    "create index meetings_by_time on meetings (started_us desc)",
    """
    create table people (
        meeting text not null references meetings on delete cascade,
        position integer not null, name text not null, email text,
        primary key (meeting, position)
    ) strict
    """,
    """
    create table tracks (
        meeting text not null references meetings on delete cascade,
        position integer not null, channel text not null, file text not null,
        duration_ms integer not null, primary key (meeting, position)
    ) strict
    """,
    """
    create table gaps (
        meeting text not null references meetings on delete cascade,
        position integer not null, channel text not null, start_ms integer not null,
        end_ms integer not null, reason text not null, primary key (meeting, position)
    ) strict
    """,
    """
    create table receipts (
        meeting text primary key references meetings on delete cascade,
        started_at text not null, duration_ms integer not null, ended text not null,
        recovered integer not null, channels text not null
    ) strict
    """,
    """
    create table transcripts (
        id integer primary key, meeting text not null references meetings on delete cascade,
        made_by text not null, engine text not null, language text not null, created_at text
    ) strict
    """,
    """
    create table edits (
        meeting text not null references meetings on delete cascade,
        position integer not null, id text not null, made_at text not null, record text not null,
        primary key (meeting, position), unique (meeting, id)
    ) strict
    """,
    """
    create table style_rules (
        template text not null, position integer not null, record text not null,
        primary key (template, position)
    ) strict
    """,
    "create index transcripts_of_meeting on transcripts (meeting)",
    """
    create table utterances (
        transcript integer not null references transcripts on delete cascade,
        position integer not null, id text not null, channel text not null, speaker text,
        start_ms integer not null, end_ms integer not null, text text not null,
        words text not null, primary key (transcript, position), unique (transcript, id)
    ) strict
    """,
    """
    create table notes (
        meeting text not null references meetings on delete cascade,
        position integer not null, id text not null, text text not null,
        indent integer not null, typed_at_ms integer, edited_at_ms integer,
        primary key (meeting, position), unique (meeting, id)
    ) strict
    """,
    """
    create table enhanced (
        id integer primary key, meeting text not null references meetings on delete cascade,
        transcript integer references transcripts on delete set null,
        template text not null, engine text not null, created_at text not null
    ) strict
    """,
    "create index enhanced_of_meeting on enhanced (meeting)",
    "create index enhanced_of_transcript on enhanced (transcript)",
    """
    create table blocks (
        enhanced integer not null references enhanced on delete cascade,
        position integer not null, id text not null, kind text not null, text text not null,
        note text, indent integer not null, evidence text not null, finding text,
        details text not null, owner text, due text, writer text,
        primary key (enhanced, position), unique (enhanced, id)
    ) strict
    """,
)

_M002 = (
    """
    create table passages (
        id integer primary key, meeting text not null references meetings on delete cascade,
        kind text not null, ref text not null, speaker text, text text not null,
        stems text not null, start_ms integer
    ) strict
    """,
    "create index passages_of_meeting on passages (meeting, kind)",
    """
    create virtual table passages_fts using fts5 (
        text, stems, content='passages', content_rowid='id',
        tokenize='unicode61 remove_diacritics 2', prefix='2 3'
    )
    """,
    "create virtual table passages_words using fts5vocab (passages_fts, col)",
    """
    create trigger passages_added after insert on passages begin
        insert into passages_fts (rowid, text, stems) values (new.id, new.text, new.stems);
    end
    """,
    """
    create trigger passages_removed after delete on passages begin
        insert into passages_fts (passages_fts, rowid, text, stems)
        values ('delete', old.id, old.text, old.stems);
    end
    """,
    """
    create trigger passages_changed after update on passages begin
        insert into passages_fts (passages_fts, rowid, text, stems)
        values ('delete', old.id, old.text, old.stems);
        insert into passages_fts (rowid, text, stems) values (new.id, new.text, new.stems);
    end
    """,
)

_M004 = (
    "create table folders (name text primary key, position integer not null) strict",
    """
    insert into folders (name, position)
    select name, row_number() over (order by name) from (
        select distinct folder as name from meetings where folder is not null
    )
    """,
    "create index meetings_by_folder on meetings (folder, started_us desc)",
    """
    create table touched (
        meeting text not null, what text not null, seq integer not null,
        primary key (meeting, what)
    ) strict
    """,
    "create index touched_in_order on touched (seq)",
)

_TOUCHED_BY = (
    ("meetings", "id", "meeting"),
    ("tracks", "meeting", "recording"),
    ("receipts", "meeting", "recording"),
    ("transcripts", "meeting", "transcript"),
    ("notes", "meeting", "notes"),
    ("enhanced", "meeting", "enhanced"),
    ("edits", "meeting", "enhanced"),
    ("folders", "", "folders"),
)
"""Tables, their column with the meeting's id, and what a write to them touches."""

_M005 = (
    """
    create table transcript_edits (
        meeting text not null references meetings on delete cascade,
        position integer not null, id text not null, made_at text not null, record text not null,
        primary key (meeting, position), unique (meeting, id)
    ) strict
    """,
    """
    create table corrections (
        position integer primary key, wrong text not null, correct text not null,
        made_at text not null, is_on integer not null
    ) strict
    """,
)
