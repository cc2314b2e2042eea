"""The list of meetings: pages, snippets, what changed; folders; the trash; how long sound stays."""

import subprocess
import sys
import time
from collections.abc import Iterator
from dataclasses import replace
from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from granola_like import paths
from granola_like.app import editing, folders, home, home_actions
from granola_like.domain.edits import Reword
from granola_like.domain.meeting import Person
from granola_like.domain.recording import Recording, Track
from granola_like.errors import LibraryError, NotFound
from granola_like.library import Library
from granola_like.settings import Settings
from tests.strategies import small_bundle

START = datetime(2026, 1, 1, tzinfo=UTC)


@pytest.fixture
def library() -> Iterator[Library]:
    with Library(paths.library_file()) as opened:
        yield opened


def add(library: Library, *ids: str, **facts: object) -> None:
    for number, meeting in enumerate(ids):
        library.save(
            small_bundle(**{"id": meeting, "started_at": START + timedelta(hours=number), **facts})
        )


def test_pages_follow_each_other_and_leave_nothing_out(library: Library) -> None:
    """Meetings that began in the same moment are told apart by their id."""
    for number in range(11):
        add(library, f"m{number:02}", started_at=START + timedelta(hours=number // 4))
    everything = [row.meeting for row in home.recent(library, limit=99)]
    assert everything[0] == "m08"
    found: list[str] = []
    last = None
    while rows := home.recent(library, last, limit=3):
        found += [row.meeting for row in rows]
        last = rows[-1]
    assert found == everything
    assert len(set(found)) == 11


def test_a_row_shows_the_first_points_then_lines_then_words(library: Library) -> None:
    bundle = small_bundle()
    library.save(bundle)
    (row,) = home.recent(library)
    assert row.snippet == "The pilot's budget is $120,000. · Boris will send the signed contracts."
    assert (row.title, row.people) == ("Acme – pricing call", ("Anna", "Boris"))
    assert (row.is_heard, row.is_written, row.has_sound) == (True, True, False)
    library.save(replace(bundle, enhanced=None, meeting=replace(bundle.meeting, id="typed")))
    library.save(
        replace(bundle, enhanced=None, notes=(), meeting=replace(bundle.meeting, id="heard"))
    )
    snippets = {row.meeting: row.snippet for row in home.recent(library)}
    assert snippets["typed"] == "120k"
    assert snippets["heard"].startswith("The budget for the pilot is $120,000. · I will")


def test_a_changed_note_shows_the_persons_words(library: Library) -> None:
    library.save(small_bundle())
    editing.edit(library, "acme", Reword("The budget is agreed."), block="b2")
    (row,) = home.recent(library)
    assert row.is_edited
    assert row.snippet.startswith("The budget is agreed. · ")


@given(st.text(max_size=400), st.integers(10, 200))
def test_a_snippet_is_short_and_ends_between_words(text: str, longest: int) -> None:
    short = home.shortened(text, longest=longest)
    assert len(short) <= longest + 1
    whole = " ".join(text.split())
    assert short == whole or whole.startswith(short.removesuffix("…"))


# Every meeting with its own note and words, as copies of the first; a thousandth in one folder.
_NUMBERS = "with recursive n(i) as (select 1 union all select i + 1 from n where i < 9999)"
MANY = (
    f"""{_NUMBERS} insert into meetings (id, title, started_at, started_us, duration_ms, language,
        folder)
    select 'm' || i, title || i, strftime('%Y-%m-%dT%H:%M:%S+00:00', started_us / 1000000 + i * 60,
        'unixepoch'), started_us + i * 60000000, duration_ms, language,
        case when i % 1000 = 7 then 'Rare' when i % 2 then 'Usual' end from n, meetings""",
    f"""{_NUMBERS} insert into enhanced (id, meeting, template, engine, created_at)
    select i + 1, 'm' || i, template, engine, created_at from n, enhanced""",
    f"""{_NUMBERS} insert into blocks select i + 1, position, id, kind, text, note, indent,
        evidence, finding, details, owner, due, writer from n, blocks""",
    f"""{_NUMBERS} insert into people select 'm' || i, position, name, email from n, people""",
)


def test_ten_thousand_meetings_are_listed_within_30_ms(library: Library) -> None:
    """The first page, one in the middle, and one folder's; the best of five, machines are busy."""
    library.save(small_bundle(id="m0"))
    with library.transaction() as db:
        for statement in MANY:
            db.execute(statement)
    middle = home.recent(library, limit=5000)[-1]
    for before, folder in ((None, None), (middle, None), (None, "Rare"), (middle, "Usual")):
        took = []
        for _ in range(5):
            began = time.perf_counter()
            rows = home.recent(library, before, 50, folder=folder)
            took.append(time.perf_counter() - began)
        assert len(rows) == (10 if folder == "Rare" else 50)
        assert min(took) < 0.030
    began = time.perf_counter()
    assert [(one.name, one.meetings) for one in folders.folders(library)] == [
        ("Rare", 10), ("Usual", 4990)
    ]  # fmt: skip
    assert time.perf_counter() - began < 0.1


def test_what_another_program_writes_is_heard_of(library: Library) -> None:
    add(library, "m1", "m2")
    now = home.moment(library)
    assert home.changed_since(library, now).changes == ()
    code = (
        "from granola_like import paths; from granola_like.library import Library\n"
        "from granola_like.app import home_actions\n"
        "with Library(paths.library_file()) as library:\n"
        "    home_actions.rename(library, 'm1', 'Renamed')\n"
    )
    subprocess.run([sys.executable, "-c", code], check=True)
    changed = home.changed_since(library, now)
    assert [(one.meeting, one.touched) for one in changed.changes] == [("m1", {"meeting"})]
    assert home.changed_since(library, changed.moment).changes == ()


def test_every_kind_of_write_is_named(library: Library) -> None:
    library.save(small_bundle())
    bundle = library.load("acme")
    assert bundle.enhanced is not None

    def touched(since: int) -> set[str]:
        (only,) = home.changed_since(library, since).changes
        return set(only.touched)

    at = home.moment(library)
    library.save_notes("acme", ())
    assert touched(at) == {"notes"}
    at = home.moment(library)
    library.add_transcript("acme", bundle.transcript)
    assert touched(at) == {"transcript"}
    at = home.moment(library)
    library.add_enhanced("acme", bundle.enhanced)
    assert touched(at) == {"enhanced"}
    at = home.moment(library)
    folders.create(library, "Clients")
    (only,) = home.changed_since(library, at).changes
    assert (only.meeting, only.touched) == ("", {"folders"})


# -- folders


def named(library: Library) -> list[tuple[str, int]]:
    return [(one.name, one.meetings) for one in folders.folders(library)]


def test_folders_exist_while_empty_and_keep_the_persons_order(library: Library) -> None:
    for name in ("Clients", "  Own   work ", "Hiring"):
        folders.create(library, name)
    assert named(library) == [("Clients", 0), ("Own work", 0), ("Hiring", 0)]
    folders.reorder(library, ["Hiring", "Clients", "there is no such folder"])
    assert [name for name, _ in named(library)] == ["Hiring", "Clients", "Own work"]


def test_meetings_move_into_folders_and_stay_when_one_goes(library: Library) -> None:
    add(library, "m1", "m2", "m3")
    folders.create(library, "Clients")
    folders.move(library, ["m1", "m2"], "Clients")
    home_actions.delete(library, ["m2"])
    assert named(library) == [("Clients", 1)]
    assert [row.meeting for row in home.recent(library, folder="Clients")] == ["m1"]
    assert folders.rename(library, "Clients", "clients") == "clients"
    inside = folders.delete(library, "clients")
    assert set(inside) == {"m1", "m2"}
    assert named(library) == []
    assert library.load("m1").meeting.folder is None
    folders.put_back(library, "clients", inside)
    assert named(library) == [("clients", 1)]


def test_a_folders_name_is_its_own(library: Library) -> None:
    folders.create(library, "Clients")
    for name in ("clients", " CLIENTS"):
        with pytest.raises(LibraryError, match="already"):
            folders.create(library, name)
    with pytest.raises(LibraryError, match="needs a name"):
        folders.create(library, "  ")
    with pytest.raises(NotFound):
        folders.move(library, [], "Nowhere")
    with pytest.raises(NotFound):
        folders.rename(library, "Nowhere", "There")


def test_a_folder_that_only_an_imported_meeting_names_is_listed(library: Library) -> None:
    add(library, "m1", folder="From elsewhere")
    folders.create(library, "Own")
    assert named(library) == [("Own", 0), ("From elsewhere", 1)]


# -- what is done to meetings


def test_title_people_and_date_are_changed(library: Library) -> None:
    add(library, "m1")
    home_actions.rename(library, "m1", "  Budget   talk ")
    home_actions.change_people(library, "m1", (Person("Clara"),))
    home_actions.change_date(library, "m1", datetime(2025, 5, 5, 12, 30))
    (row,) = home.recent(library)
    assert (row.title, row.people) == ("Budget talk", ("Clara",))
    assert row.started_at.replace(tzinfo=None) == datetime(2025, 5, 5, 12, 30)
    assert library.search("budget talk")[0].meeting == "m1"
    with pytest.raises(LibraryError, match="title"):
        home_actions.rename(library, "m1", " ")


def sound(meeting: str) -> Path:
    folder = paths.sound_dir() / meeting
    folder.mkdir(parents=True)
    (folder / "me.flac").write_bytes(b"sound")
    return folder


def test_the_trash_gives_back_and_once_emptied_nothing(library: Library) -> None:
    add(library, "m1", "m2", "m3")
    kept, gone = sound("m1"), sound("m2")
    home_actions.delete(library, ["m1", "m2"])
    assert [row.meeting for row in home.recent(library)] == ["m3"]
    assert {row.meeting for row in home.recent(library, trash=True)} == {"m1", "m2"}
    home_actions.restore(library, ["m1"])
    assert home_actions.empty_trash(library) == 1
    assert {row.meeting for row in home.recent(library)} == {"m1", "m3"}
    assert home.count(library, trash=True) == 0
    assert "m2" not in {hit.meeting for hit in library.search("budget")}
    assert kept.exists()
    assert not gone.exists()


def test_sound_goes_when_its_time_is_over_and_only_then(library: Library) -> None:
    now = START + timedelta(days=100)
    track = Recording((Track("me", "me.flac", 1000),))
    for meeting, age in (("old", 31), ("young", 29), ("unheard", 31)):
        bundle = small_bundle(id=meeting, started_at=now - timedelta(days=age))
        if meeting == "unheard":
            live = replace(bundle.transcript, made_by="live")
            bundle = replace(bundle, transcript=live)
        library.save(replace(bundle, recording=track))
        sound(meeting)
    assert home_actions.keep_the_promise(library, Settings(), now=now) == 0
    assert home_actions.keep_the_promise(library, Settings(sound_days=30), now=now) == 1
    assert {path.name for path in paths.sound_dir().iterdir()} == {"young", "unheard"}
    old = library.load("old")
    assert old.recording.tracks == ()
    assert old.transcript.utterances
    assert home_actions.keep_the_promise(library, Settings(sound_days=30), now=now) == 0


def test_the_trash_is_emptied_after_its_days(library: Library) -> None:
    add(library, "m1")
    home_actions.delete(library, ["m1"])
    later = datetime.now(UTC) + timedelta(days=8)
    assert home_actions.keep_the_promise(library, Settings(trash_days=9), now=later) == 0
    assert home_actions.keep_the_promise(library, Settings(trash_days=7), now=later) == 1
    assert library.ids() == frozenset()
