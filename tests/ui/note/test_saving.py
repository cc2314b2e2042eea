"""Typed lines and a library that refuses them for a while: nothing is lost, nothing spins."""

import sqlite3
import time
from collections.abc import Callable, Iterator
from contextlib import closing
from datetime import UTC, date, datetime

import pytest
from pytestqt.qtbot import QtBot

from granola_like import paths
from granola_like.app import App
from granola_like.app.desk import Desk
from granola_like.domain.bundle import Bundle
from granola_like.domain.meeting import Meeting
from granola_like.domain.note import NoteLine
from granola_like.errors import GranolaError, NotFound
from granola_like.library import Library, shelves
from granola_like.settings import Settings
from granola_like_ui.bridge import Reader
from granola_like_ui.frame import Frame
from granola_like_ui.home.watch import Watch
from granola_like_ui.note.controller import MeetingController
from granola_like_ui.note.lines import Lines
from granola_like_ui.note.saving import AGAIN_MS, LinesKeeper

NOW = datetime(2026, 3, 3, 10, 0, tzinfo=UTC)
LATER_MS = 3 * AGAIN_MS + 2000


def lines(*texts: str) -> Lines:
    return tuple(NoteLine(id=f"n{at}", text=text) for at, text in enumerate(texts))


def refuse(library: bool = True) -> None:
    """Let the library refuse every typed line, or take them again."""
    sql = (
        "create trigger refuse before insert on notes begin select raise(abort, 'no'); end"
        if library
        else "drop trigger refuse"
    )
    with closing(sqlite3.connect(paths.library_file())) as db, db:
        db.execute(sql)


@pytest.fixture
def library() -> Iterator[Library]:
    with Library(paths.library_file()) as library:
        for id_ in ("m1", "m2"):
            meeting = Meeting(id=id_, title=f"Title {id_}", started_at=NOW)
            library.save(Bundle(meeting=meeting, notes=lines(f"stored {id_}")))
        yield library


@pytest.fixture
def reader(library: Library) -> Iterator[Reader]:
    reader = Reader(App)
    yield reader
    reader.close()


@pytest.fixture
def keeper(reader: Reader) -> LinesKeeper:
    keeper = LinesKeeper(reader)
    keeper.keep_in(meeting="m1")
    return keeper


@pytest.fixture
def told(keeper: LinesKeeper) -> list[GranolaError]:
    told: list[GranolaError] = []
    keeper.failed.connect(told.append)
    return told


def test_lines_of_a_left_meeting_are_tried_until_they_are_in(
    qtbot: QtBot, library: Library, keeper: LinesKeeper, told: list[GranolaError]
) -> None:
    refuse()
    keeper.keep(lines("typed in m1"))
    keeper.keep_in(meeting="m2")
    qtbot.waitUntil(lambda: len(told) == 1)
    keeper.keep(lines("typed in m2"))
    qtbot.wait(2 * AGAIN_MS + 300)
    assert len(told) == 1, "the sentence is said once, not each second"
    assert keeper.unsaved("m1") == lines("typed in m1")
    refuse(False)
    qtbot.waitUntil(lambda: not keeper.is_dirty and keeper.unsaved("m1") is None, timeout=LATER_MS)
    assert library.load("m1").notes == lines("typed in m1")
    assert library.load("m2").notes == lines("typed in m2")
    refuse()
    keeper.keep(lines("again"))
    qtbot.waitUntil(lambda: len(told) == 2)  # another trouble is told again


def test_newer_lines_take_the_place_of_those_that_were_refused(
    qtbot: QtBot, library: Library, keeper: LinesKeeper, told: list[GranolaError]
) -> None:
    refuse()
    keeper.keep(lines("old"))
    keeper.flush()
    keeper.keep(lines("old", "new"))
    keeper.flush()
    qtbot.waitUntil(lambda: len(told) == 1)
    refuse(False)
    qtbot.waitUntil(lambda: not keeper.is_dirty, timeout=LATER_MS)
    qtbot.wait(AGAIN_MS + 300)
    assert library.load("m1").notes == lines("old", "new")


def test_the_closing_window_waits_for_the_library(
    qtbot: QtBot, library: Library, reader: Reader, keeper: LinesKeeper, told: list[GranolaError]
) -> None:
    refuse()
    keeper.keep(lines("last words"))
    keeper.keep_in(meeting="m2")
    qtbot.waitUntil(lambda: len(told) == 1)
    keeper.close()
    time.sleep(0.3)  # the window tells nothing any more; the reader goes on trying
    refuse(False)
    reader.close()
    assert library.load("m1").notes == lines("last words")


def test_closing_writes_nothing_twice(
    library: Library, reader: Reader, keeper: LinesKeeper
) -> None:
    keeper.keep(lines("typed"))
    keeper.flush()
    # What came behind that write, before the window knew that it was done, stays.
    reader.ask(lambda app: app.library.save_notes("m1", lines("changed later")))
    keeper.close()
    reader.close()
    assert library.load("m1").notes == lines("changed later")


def test_a_meeting_that_is_gone_ends_the_trying(
    qtbot: QtBot, library: Library, keeper: LinesKeeper, told: list[GranolaError]
) -> None:
    refuse()
    keeper.keep(lines("typed"))
    qtbot.waitUntil(lambda: len(told) == 1)
    library.delete("m1")
    shelves.remove(library, "m1")
    qtbot.waitUntil(lambda: len(told) == 2, timeout=LATER_MS)
    assert isinstance(told[1], NotFound)
    assert "could not be kept" in str(told[1])
    assert not keeper.is_dirty
    qtbot.wait(AGAIN_MS + 300)
    assert len(told) == 2


@pytest.fixture
def controller(qtbot: QtBot, reader: Reader) -> Iterator[MeetingController]:
    frame = Frame()
    qtbot.addWidget(frame)
    watch, desk = Watch(reader), Desk(Settings(language="en"))
    desk.start(recover=False)
    controller = MeetingController(frame, reader, watch, desk, today=lambda: date(2026, 3, 3))
    frame.show()
    qtbot.waitExposed(frame)
    controller.open("m1")
    qtbot.waitUntil(lambda: controller.page.notepad.toPlainText() == "stored m1")
    yield controller
    watch.stop()
    controller.close()
    desk.close()


def test_a_meeting_is_read_seldom_while_its_lines_are_refused(
    qtbot: QtBot, controller: MeetingController, monkeypatch: pytest.MonkeyPatch
) -> None:
    refuse()
    qtbot.keyClicks(controller.page.notepad, "!")
    reads: list[str] = []
    load: Callable[..., Bundle] = Library.load

    def counted(self: Library, meeting: str) -> Bundle:
        reads.append(meeting)
        return load(self, meeting)

    monkeypatch.setattr(Library, "load", counted)
    controller._ask()
    qtbot.wait(1500)
    assert 2 <= len(reads) <= 7
    refuse(False)
    qtbot.waitUntil(lambda: not controller.keeper.is_dirty, timeout=LATER_MS)
    qtbot.wait(400)
    qtbot.waitUntil(lambda: controller._read is not None and controller._asked is None)
    before = len(reads)
    qtbot.wait(700)
    assert len(reads) == before


def test_refused_lines_are_there_when_the_person_comes_back(
    qtbot: QtBot, controller: MeetingController, library: Library
) -> None:
    refuse()
    pad = controller.page.notepad
    qtbot.keyClicks(pad, " and more")
    controller.open("m2")
    qtbot.waitUntil(lambda: pad.toPlainText() == "stored m2")
    controller.open("m1")
    assert pad.toPlainText() == "stored m1 and more"
    qtbot.waitUntil(lambda: controller.page.header.title.toPlainText() == "Title m1")
    qtbot.keyClicks(pad, "!")
    refuse(False)
    qtbot.waitUntil(
        lambda: library.load("m1").notes[0].text == "stored m1 and more!", timeout=LATER_MS
    )
    assert pad.toPlainText() == "stored m1 and more!"
    assert library.load("m2").notes == lines("stored m2")
