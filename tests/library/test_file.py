"""The library as a file: upgrades, crashes, full disks, other versions, other programs."""

import os
import signal
import sqlite3
import subprocess
import sys
import time
from collections.abc import Iterator
from contextlib import closing
from pathlib import Path

import pytest
from sqlite_utils import Database

from granola_like.errors import LibraryError, LibraryTooNew
from granola_like.jobs import run
from granola_like.library import Library
from granola_like.library.database import VERSION, open_database
from granola_like.library.migrations import history
from granola_like.library.sound import Staging, sweep
from tests.strategies import small_bundle

STEPS = [step.name for step in history.pending(Database(memory=True))]


def _schema(db: Database) -> dict[str, str]:
    found = db.query("select name, sql from sqlite_master where sql is not null order by name")
    return {row["name"]: row["sql"] for row in found}


@pytest.mark.parametrize("until", STEPS[1:])
def test_every_older_library_becomes_a_new_one(tmp_path: Path, until: str) -> None:
    file = tmp_path / "library.sqlite"
    with closing(Database(sqlite3.connect(file))) as old:
        history.apply(old, stop_before=until)
        old.execute(f"pragma user_version = {STEPS.index(until)}")
        old.execute(
            "insert into meetings (id, title, started_at, started_us, duration_ms, language)"
            " values ('m1', 'Kept', '2026-01-01T00:00:00+00:00', 0, 1, 'en')"
        )
        old.conn.commit()
    with closing(open_database(file)) as upgraded, closing(open_database(None)) as new:
        assert _schema(upgraded) == _schema(new)
        assert upgraded.table("meetings").get("m1")["title"] == "Kept"
    backup = file.with_name(f"library.before-version-{VERSION}.sqlite")
    with closing(Database(sqlite3.connect(backup))) as kept:
        assert kept.table("meetings").get("m1")["title"] == "Kept"
        assert len(history.pending(kept)) == len(STEPS) - STEPS.index(until)


def test_a_later_library_is_refused_and_left_alone(tmp_path: Path) -> None:
    file = tmp_path / "library.sqlite"
    Library(file).close()
    with closing(sqlite3.connect(file)) as db:
        db.execute(f"pragma user_version = {VERSION + 1}")
    before = file.read_bytes()
    with pytest.raises(LibraryTooNew, match="later version"):
        Library(file)
    assert file.read_bytes() == before


@pytest.mark.parametrize(
    "content", [b"not a library at all, but long enough to look", b"\x00" * 8192]
)
def test_a_file_that_is_no_library_is_left_alone(tmp_path: Path, content: bytes) -> None:
    file = tmp_path / "library.sqlite"
    file.write_bytes(content)
    with pytest.raises(LibraryError):
        Library(file)
    assert file.read_bytes() == content


def test_a_damaged_library_is_named_by_check(tmp_path: Path) -> None:
    file = tmp_path / "library.sqlite"
    with Library(file) as library:
        for number in range(40):
            library.save(small_bundle(id=f"m{number}"))
        library.check()
    raw = bytearray(file.read_bytes())
    raw[3 * 4096 : 12 * 4096] = os.urandom(9 * 4096)
    file.write_bytes(raw)
    with pytest.raises(LibraryError, match="damaged"), Library(file) as library:
        library.check()


def test_a_place_that_cannot_be_written_gets_a_sentence(tmp_path: Path) -> None:
    (tmp_path / "file").write_text("in the way")
    with pytest.raises(LibraryError, match="could not be"):
        Library(tmp_path / "file" / "library.sqlite")


def test_two_programs_may_start_at_once(tmp_path: Path) -> None:
    code = (
        "import sys; from pathlib import Path; from granola_like.library import Library;"
        "Library(Path(sys.argv[1])).close()"
    )
    file = tmp_path / "library.sqlite"
    started = [subprocess.Popen([sys.executable, "-c", code, str(file)]) for _ in range(4)]
    assert [one.wait(60) for one in started] == [0] * 4


SAVING = """
import itertools, sys
from pathlib import Path
from granola_like.library import Library
from tests.strategies import small_bundle
with Library(Path(sys.argv[1])) as library:
    print("ready", flush=True)
    for number in itertools.count():
        library.save(small_bundle(id=f"m{number}"))
        print(number, flush=True)
"""


@pytest.mark.skipif(not hasattr(signal, "SIGKILL"), reason="kill -9 is of Unix")
@pytest.mark.parametrize("after", [0.02, 0.15, 0.4])
def test_killed_while_saving_nothing_is_half_written(tmp_path: Path, after: float) -> None:
    file = tmp_path / "library.sqlite"
    root = Path(__file__).parents[2]
    saving = subprocess.Popen(
        [sys.executable, "-c", SAVING, str(file)], stdout=subprocess.PIPE, text=True, cwd=root
    )
    assert saving.stdout is not None
    saving.stdout.readline()
    time.sleep(after)
    saving.kill()
    told = [int(line) for line in saving.communicate()[0].split()]
    with Library(file) as library:
        library.check()
        rows = library.meetings()
        assert len(rows) >= len(told)
        for row in rows:
            assert library.load(row.meeting.id) == small_bundle(id=row.meeting.id)
            assert row.transcripts == row.enhanced == 1
        library.save(small_bundle(id="after"))


@pytest.fixture
def small_disk(tmp_path: Path) -> Iterator[Path]:
    """A disk of one megabyte."""
    place = tmp_path / "disk"
    place.mkdir()
    mount = ["mount", "-t", "tmpfs", "-o", "size=1m", "tmpfs", str(place)]
    if (
        os.name != "posix"
        or subprocess.run(mount, check=False, capture_output=True).returncode != 0
    ):
        pytest.skip("needs to mount a small tmpfs, which this user may not")
    yield place
    subprocess.run(["umount", "-l", str(place)], check=True)


def _fill(library: Library, saved: list[str]) -> None:
    for number in range(2000):
        library.save(small_bundle(id=f"m{number}"))
        saved.append(f"m{number}")


def test_a_full_disk_is_a_sentence_and_loses_nothing(small_disk: Path) -> None:
    saved: list[str] = []
    with Library(small_disk / "library.sqlite") as library:
        with pytest.raises(LibraryError, match="disk"):
            _fill(library, saved)
        assert saved
    with Library(small_disk / "library.sqlite") as library:
        assert library.ids() >= set(saved)
        assert library.load(saved[-1]) == small_bundle(id=saved[-1])


def test_sound_that_does_not_fit_is_not_kept_half(small_disk: Path, tmp_path: Path) -> None:
    big = tmp_path / "big.wav"
    big.write_bytes(b"\x00" * 3_000_000)
    folder = small_disk / "sound"
    with pytest.raises(LibraryError, match="disk is full"), Staging(folder, "m1") as staging:
        run(staging.copy({"me": big}))
    assert list(folder.iterdir()) == []


def test_sound_is_taken_in_whole(tmp_path: Path) -> None:
    me, them = tmp_path / "a.WAV", tmp_path / "b.ogg"
    me.write_bytes(b"me")
    them.write_bytes(b"them")
    folder = tmp_path / "sound"
    with Staging(folder, "m1") as staging:
        names = run(staging.copy({"me": me, "them": them}))
        assert not (folder / "m1").exists()
        staging.place()
    assert names == {"me": "me.wav", "them": "them.ogg"}
    assert {file.name: file.read_bytes() for file in (folder / "m1").iterdir()} == {
        "me.wav": b"me",
        "them.ogg": b"them",
    }


def test_what_a_crash_left_is_finished_or_removed(tmp_path: Path) -> None:
    for meeting in ("saved", "unsaved", "half"):
        staging = tmp_path / f".staging-{meeting}"
        staging.mkdir(parents=True)
        (staging / "me.wav").write_bytes(b"new sound")
        if meeting != "half":
            (staging / ".complete").touch()
    (tmp_path / "half").mkdir()
    (tmp_path / "half" / "me.wav").write_bytes(b"old sound")
    sweep(tmp_path, known=frozenset({"saved", "half"}))
    assert sorted(path.name for path in tmp_path.iterdir()) == ["half", "saved"]
    assert (tmp_path / "saved" / "me.wav").read_bytes() == b"new sound"
    assert (tmp_path / "half" / "me.wav").read_bytes() == b"old sound"


def test_a_second_attempt_never_replaces_sound(tmp_path: Path) -> None:
    first, second = tmp_path / "a.wav", tmp_path / "b.wav"
    first.write_bytes(b"first")
    second.write_bytes(b"second")
    folder = tmp_path / "sound"
    names = []
    for file in (first, second, first):
        with Staging(folder, "m1") as staging:
            names += run(staging.copy({"me": file})).values()
            staging.place()
    assert names == ["me.wav", "me-2.wav", "me.wav"]
    assert (folder / "m1" / "me.wav").read_bytes() == b"first"
    assert (folder / "m1" / "me-2.wav").read_bytes() == b"second"
    assert sorted(path.name for path in (folder / "m1").iterdir()) == ["me-2.wav", "me.wav"]


def test_sound_on_its_way_is_not_swept(tmp_path: Path) -> None:
    file = tmp_path / "a.wav"
    file.write_bytes(b"sound")
    folder = tmp_path / "sound"
    code = (
        "import sys; from pathlib import Path; from granola_like.library.sound import sweep;"
        "sweep(Path(sys.argv[1]), known=frozenset())"
    )
    with Staging(folder, "m1") as staging:
        run(staging.copy({"me": file}))
        subprocess.run([sys.executable, "-c", code, str(folder)], check=True)
        staging.place()
    assert (folder / "m1" / "me.wav").exists()
