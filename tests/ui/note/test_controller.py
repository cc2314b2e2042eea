"""The meeting's page over a real library, a real desk and real clicks."""

import time
from collections.abc import Callable, Iterator
from datetime import UTC, date, datetime
from pathlib import Path

import pytest
from PySide6.QtCore import Qt
from PySide6.QtGui import QGuiApplication, QTextCursor
from PySide6.QtWidgets import QLineEdit, QPushButton, QWidget
from pytestqt.qtbot import QtBot

from granola_like import paths
from granola_like.app import App, page
from granola_like.app.desk import Desk
from granola_like.domain.bundle import Bundle
from granola_like.domain.enhanced import Block, Detail, EnhancedNote, Evidence
from granola_like.domain.meeting import Meeting, Person
from granola_like.domain.note import NoteLine
from granola_like.domain.recording import Gap, Recording
from granola_like.domain.transcript import Transcript, Utterance, Word
from granola_like.library import Library
from granola_like.settings import Settings
from granola_like_ui.bridge import Reader
from granola_like_ui.frame import Frame
from granola_like_ui.home.watch import Watch
from granola_like_ui.note.controller import MeetingController
from granola_like_ui.watchdog import Watchdog

NOW = datetime(2026, 3, 3, 10, 0, tzinfo=UTC)
LEFT = Qt.MouseButton.LeftButton
CTRL, SHIFT = Qt.KeyboardModifier.ControlModifier, Qt.KeyboardModifier.ShiftModifier
SAID = "If the pilot starts in April I would open one or two roles in the third quarter."
WORDS = tuple(
    Word(text, 1000 * at, 1000 * at + 900) for at, text in enumerate(SAID.split(), start=10)
)
TRANSCRIPT = Transcript(
    utterances=(
        Utterance(id="u1", speaker="Boris", start_ms=10_000, end_ms=26_900, text=SAID, words=WORDS),
        Utterance(id="u2", speaker="Anna", start_ms=30_000, end_ms=34_000, text="I send it."),
    )
)
NOTES = (
    NoteLine(id="n1", text="hire Q3?", typed_at_ms=20_000, edited_at_ms=21_000),
    NoteLine(id="n2", text="discount no", typed_at_ms=40_000, edited_at_ms=41_000),
)
BLOCKS = (
    Block(id="b0", kind="note", text="hire Q3?", note="n1"),
    Block(
        id="b1",
        kind="point",
        text="Boris opens two roles in the third quarter.",
        note="n1",
        indent=1,
        evidence=(Evidence("u1", 7, 13),),
        finding="changed",
        details=(Detail("number", "two", "one or two"),),
    ),
    Block(id="b2", kind="note", text="discount no", note="n2"),
    Block(id="s1", kind="heading", text="Action items"),
    Block(id="a1", kind="action", text="send the offer", owner="Anna", evidence=(Evidence("u2"),)),
)
NOTE = EnhancedNote(template="general", engine="extractive", created_at=NOW, blocks=BLOCKS)
MEETING = Meeting(
    id="m1",
    title="Acme — pricing call",
    started_at=NOW,
    duration_ms=60_000,
    people=(Person("Anna", "anna@acme.example"), Person("Boris")),
)
WRITTEN = Bundle(
    meeting=MEETING,
    transcript=TRANSCRIPT,
    notes=NOTES,
    enhanced=NOTE,
    recording=Recording(gaps=(Gap("them", 27_000, 29_000, "headset switched"),)),
)


class Watched(Library):
    """The library as the tests look into it: the time that takes is theirs, not the window's."""

    dog: Watchdog

    def load(self, meeting: str) -> Bundle:
        found = super().load(meeting)
        self.dog.forget()
        return found


@pytest.fixture
def library(watchdog: Watchdog) -> Iterator[Library]:
    with Watched(paths.library_file()) as library:
        library.dog = watchdog
        yield library


@pytest.fixture
def make(
    qtbot: QtBot, library: Library, watchdog: Watchdog
) -> Iterator[Callable[[Bundle], MeetingController]]:
    opened: list[tuple[MeetingController, Reader, Desk, Watch]] = []

    def make(bundle: Bundle) -> MeetingController:
        library.save(bundle)
        frame, reader = Frame(), Reader(App)
        qtbot.addWidget(frame)
        watch, desk = Watch(reader), Desk(Settings(language="en"))
        desk.start(recover=False)
        controller = MeetingController(frame, reader, watch, desk, today=NOW.date)
        opened.append((controller, reader, desk, watch))
        frame.show()
        qtbot.waitExposed(frame)
        import sys

        sys.setswitchinterval(0.0005)
        watchdog.blocked_ms.clear()  # the first picture of a window takes its time
        watchdog.forget()
        controller.open(bundle.meeting.id)
        qtbot.waitUntil(lambda: controller.page.header.title.toPlainText() != "")
        return controller

    yield make
    for controller, reader, desk, watch in opened:
        watch.stop()
        controller.close()
        reader.close()
        desk.close()


@pytest.fixture
def open_(make: Callable[[Bundle], MeetingController], qtbot: QtBot) -> MeetingController:
    controller = make(WRITTEN)
    qtbot.waitUntil(lambda: controller.page.shows_note and bool(controller.page.note.shown()))
    return controller


def texts(library: Library) -> dict[str, str]:
    note = page.read(library, "m1").note
    assert note is not None
    return {block.id: block.text for block in note.blocks}


def caret(controller: MeetingController, line: str) -> None:
    controller.page.note.go_to(line)
    controller.page.note.moveCursor(QTextCursor.MoveOperation.EndOfBlock)
    controller.page.note.setFocus()


def click(qtbot: QtBot, controller: MeetingController, text: str) -> None:
    box = controller.page.note.findings.boxes["b1"]
    (button,) = [one for one in box.findChildren(QPushButton) if one.text() == text]
    qtbot.mouseClick(button, LEFT)


def test_a_stored_meeting_is_shown_whole(open_: MeetingController) -> None:
    shown = open_.page
    assert shown.note.toPlainText().startswith("hire Q3?\nBoris opens two roles")
    assert shown.header.title.toPlainText() == "Acme — pricing call"
    assert shown.header.people.text() == "Anna, Boris"
    assert "1 gap of 2 s" in shown.header.receipt.text()
    line = shown.note.line_at(1)
    assert line is not None
    assert (line.start_ms, line.end_ms) == (17_000, 22_900)
    assert [gap.reason for gap in line.gaps] == ["headset switched"]
    assert "Boris said" in shown.note.findings.boxes["b1"].accessibleName()


def test_what_is_typed_into_the_note_is_in_the_library(
    qtbot: QtBot, open_: MeetingController, library: Library
) -> None:
    caret(open_, "b1")
    qtbot.keyClicks(open_.page.note, " So he says.")
    qtbot.keyClick(open_.page.note, Qt.Key.Key_Return)
    qtbot.keyClicks(open_.page.note, "ask him again")
    open_.page.note.commit()
    qtbot.waitUntil(lambda: "ask him again" in texts(library).values())
    assert texts(library)["b1"] == "Boris opens two roles in the third quarter. So he says."
    qtbot.waitUntil(lambda: "b1" not in open_.page.note.findings.boxes)
    assert open_.page.note.textCursor().block().text() == "ask him again"
    caret(open_, "b2")
    qtbot.keyClicks(open_.page.note, "!")
    open_.page.note.commit()
    qtbot.waitUntil(lambda: page.read(library, "m1").bundle.notes[1].text == "discount no!")
    assert page.read(library, "m1").bundle.notes[1].typed_at_ms == 40_000


def test_what_was_read_before_the_last_change_is_not_shown(
    qtbot: QtBot, open_: MeetingController, library: Library
) -> None:
    open_._reader.ask(lambda _: time.sleep(0.2))
    open_._ask()
    caret(open_, "b1")
    qtbot.keyClicks(open_.page.note, " More")
    seen: list[bool] = []
    note = open_.page.note
    note.document().contentsChanged.connect(lambda: seen.append("More" in note.toPlainText()))
    note.commit()
    qtbot.waitUntil(lambda: texts(library)["b1"].endswith(" More"))
    qtbot.waitUntil(lambda: open_._asked is None)
    assert all(seen)
    assert note.toPlainText().count(" More") == 1


def test_nothing_is_kept_before_the_stored_lines_are_there(
    qtbot: QtBot, make: Callable[[Bundle], MeetingController], library: Library
) -> None:
    controller = make(UNWRITTEN)
    other = Bundle(
        meeting=Meeting(id="m2", title="Other", started_at=NOW),
        notes=(NoteLine(id="x1", text="long before"),),
    )
    library.save(other)
    controller._reader.ask(lambda _: time.sleep(0.2))
    controller.open("m2")
    qtbot.keyClicks(controller.page.notepad, "too early")
    qtbot.waitUntil(lambda: controller.page.notepad.toPlainText() == "long before")
    qtbot.keyClicks(controller.page.notepad, "!")
    controller.leave()
    qtbot.waitUntil(lambda: library.load("m2").notes[0].text == "long before!")
    assert library.load("m1").notes == NOTES


def test_a_doubt_is_fixed(qtbot: QtBot, open_: MeetingController, library: Library) -> None:
    click(qtbot, open_, "Fix")
    wanted = "Boris opens one or two roles in the third quarter."
    qtbot.waitUntil(lambda: texts(library)["b1"] == wanted)
    qtbot.waitUntil(lambda: not open_.page.note.findings.boxes)
    assert wanted in open_.page.note.toPlainText()
    assert open_.page.note.is_ink(1)


def test_a_fix_is_undone_like_typing(
    qtbot: QtBot, open_: MeetingController, library: Library
) -> None:
    caret(open_, "b1")
    qtbot.keyClick(open_.page.note, Qt.Key.Key_Period, CTRL)
    qtbot.waitUntil(lambda: not open_.page.note.findings.boxes)
    qtbot.keyClick(open_.page.note, Qt.Key.Key_Z, CTRL)
    open_.page.note.commit()
    qtbot.waitUntil(lambda: not page.read(library, "m1").bundle.edits)
    qtbot.waitUntil(lambda: "b1" in open_.page.note.findings.boxes)


def test_a_doubt_is_kept_by_key_and_given_back(
    qtbot: QtBot, open_: MeetingController, library: Library
) -> None:
    commands = open_._frame.commands
    open_.page.note.go_to("b0")
    commands.run("note.next")
    line = open_.page.note.line_here()
    assert line is not None
    assert line.id == "b1"
    qtbot.keyClick(open_.page.note, Qt.Key.Key_Return, CTRL)
    qtbot.waitUntil(lambda: page.read(library, "m1").accepted == {"b1"})
    qtbot.waitUntil(lambda: not open_.page.note.findings.boxes)
    qtbot.keyClick(open_.page.note, Qt.Key.Key_R, CTRL | SHIFT)
    qtbot.waitUntil(lambda: "b1" in open_.page.note.findings.boxes)


def test_a_line_is_dropped_and_undone(
    qtbot: QtBot, open_: MeetingController, library: Library
) -> None:
    note = open_.page.note
    caret(open_, "b1")
    note.moveCursor(QTextCursor.MoveOperation.StartOfBlock, QTextCursor.MoveMode.KeepAnchor)
    qtbot.keyClick(note, Qt.Key.Key_Delete)
    qtbot.keyClick(note, Qt.Key.Key_Backspace)
    note.commit()
    qtbot.waitUntil(lambda: "b1" not in texts(library))
    qtbot.waitUntil(lambda: open_._asked is None)
    qtbot.keyClick(note, Qt.Key.Key_Z, CTRL)
    qtbot.keyClick(note, Qt.Key.Key_Z, CTRL)
    note.commit()
    qtbot.waitUntil(lambda: texts(library).get("b1") == BLOCKS[1].text)


def test_an_action_item_is_ticked_and_given_to_somebody_else(
    qtbot: QtBot, open_: MeetingController, library: Library
) -> None:
    caret(open_, "a1")
    qtbot.keyClick(open_.page.note, Qt.Key.Key_D, CTRL)
    qtbot.waitUntil(lambda: page.read(library, "m1").done == {"a1"})
    open_._frame.commands.run("note.details")
    card = open_.lines.card
    assert isinstance(card.owner, QLineEdit)
    card.owner.setText("Boris")
    card.day.setDate(card.day.date().addDays(3))
    qtbot.keyClick(card.owner, Qt.Key.Key_Return)
    qtbot.waitUntil(
        lambda: (
            [
                (one.owner, one.due)
                for one in (page.read(library, "m1").note or NOTE).blocks
                if one.id == "a1"
            ]
            == [("Boris", date(2026, 3, 6))]
        )
    )


def test_a_line_asks_for_its_source(qtbot: QtBot, open_: MeetingController) -> None:
    with qtbot.waitSignal(open_.source_asked) as asked:
        click(qtbot, open_, "Play")
    assert asked.args[0].evidence == (Evidence("u1", 7, 13),)
    caret(open_, "a1")
    with qtbot.waitSignal(open_.source_asked) as asked:
        open_._frame.commands.run("note.source")
    assert asked.args[0].id == "a1"
    open_.show_playing(is_playing=True)
    with qtbot.waitSignal(open_.silence_asked):
        qtbot.keyClick(open_.page.note, Qt.Key.Key_Space)


def test_title_and_people_are_changed(
    qtbot: QtBot, open_: MeetingController, library: Library
) -> None:
    title, people = open_.page.header.title, open_.page.header.people
    title.setFocus()
    title.selectAll()
    qtbot.keyClicks(title, "Acme, second round")
    qtbot.keyClick(title, Qt.Key.Key_Return)
    people.setFocus()
    qtbot.keyClicks(people, ", Nina ,")
    qtbot.keyClick(people, Qt.Key.Key_Return)
    wanted = (Person("Anna", "anna@acme.example"), Person("Boris"), Person("Nina"))
    qtbot.waitUntil(lambda: library.load("m1").meeting.people == wanted)
    assert library.load("m1").meeting.title == "Acme, second round"


def test_versions_are_compared_and_the_older_one_comes_back(
    qtbot: QtBot, open_: MeetingController, library: Library
) -> None:
    shorter = EnhancedNote(
        template="general", engine="small", created_at=NOW, blocks=(*BLOCKS[:1], *BLOCKS[2:])
    )
    library.add_enhanced("m1", shorter)
    open_._ask()
    qtbot.waitUntil(lambda: "Boris" not in open_.page.note.toPlainText())
    open_._frame.commands.run("note.versions")
    qtbot.waitUntil(lambda: open_.page.shows_versions and bool(open_.page.versions.diff))
    assert [line.what for line in open_.page.versions.diff] == [
        "same",
        "removed",
        "same",
        "same",
        "same",
    ]
    (restore,) = [
        one
        for one in open_.page.versions.row.findChildren(QPushButton)
        if one.text() == "Use the older one"
    ]
    qtbot.mouseClick(restore, LEFT)
    qtbot.waitUntil(lambda: "Boris" in open_.page.note.toPlainText())
    assert open_.page.shows_note


def test_a_conflict_is_chosen(qtbot: QtBot, open_: MeetingController, library: Library) -> None:
    caret(open_, "b1")
    qtbot.keyClicks(open_.page.note, " Mine.")
    open_.page.note.commit()
    qtbot.waitUntil(lambda: texts(library)["b1"].endswith("Mine."))
    other = Block(id="b1", kind="point", text="Quite another sentence.", note="n1", indent=1)
    note = EnhancedNote(
        template="general", engine="small", created_at=NOW, blocks=(BLOCKS[0], other)
    )
    library.add_enhanced("m1", note)
    open_._ask()
    qtbot.waitUntil(lambda: not open_.page.conflicts.isHidden())
    (mine,) = [
        one for one in open_.page.conflicts.findChildren(QPushButton) if one.text() == "Use mine"
    ]
    qtbot.mouseClick(mine, LEFT)
    qtbot.waitUntil(lambda: texts(library)["b1"].endswith("Mine."))
    qtbot.waitUntil(open_.page.conflicts.isHidden)


def test_the_note_is_exported_and_copied(
    qtbot: QtBot, open_: MeetingController, tmp_path: Path
) -> None:
    open_.page.buttons.export_asked.emit("md")
    dialog = open_.exports.dialog
    assert dialog is not None
    with qtbot.waitSignal(open_.exports.saved):
        dialog.fileSelected.emit(str(tmp_path / "acme.md"))
    dialog.reject()
    assert "Boris opens two roles" in (tmp_path / "acme.md").read_text("utf-8")
    assert "acme.md" in open_._frame.messages.text
    with qtbot.waitSignal(open_.exports.copied):
        open_._frame.commands.run("note.copy")
    assert "Boris opens two roles" in QGuiApplication.clipboard().text()
    with qtbot.waitSignal(open_.exports.copied):
        open_.page.buttons.copy_asked.emit("rich")
    assert "<h3>Action items</h3>" in QGuiApplication.clipboard().mimeData().html()


UNWRITTEN = Bundle(meeting=MEETING, transcript=TRANSCRIPT, notes=NOTES)


def test_lines_typed_after_the_call_are_kept(
    qtbot: QtBot, make: Callable[[Bundle], MeetingController], library: Library
) -> None:
    controller = make(UNWRITTEN)
    pad = controller.page.notepad
    qtbot.waitUntil(lambda: len(pad.lines()) == 2)
    assert not controller.page.shows_note
    pad.setFocus()
    qtbot.keyClick(pad, Qt.Key.Key_Return)
    qtbot.keyClicks(pad, "ask legal")
    assert len(library.load("m1").notes) == 2
    qtbot.waitUntil(lambda: len(library.load("m1").notes) == 3)
    assert [line.id for line in library.load("m1").notes[:2]] == ["n1", "n2"]
    qtbot.keyClicks(pad, " soon")
    controller.leave()
    qtbot.waitUntil(lambda: library.load("m1").notes[-1].text == "ask legal soon")
    assert pad.toPlainText().endswith("ask legal soon")


def test_the_note_streams_in_when_it_is_asked_for(
    qtbot: QtBot, make: Callable[[Bundle], MeetingController], library: Library
) -> None:
    controller = make(UNWRITTEN)
    qtbot.waitUntil(lambda: not controller.page.buttons.write.isHidden())
    seen: list[str] = []
    show = controller.page.strip.show_state
    controller.page.strip.show_state = lambda writing: (  # type: ignore[method-assign]
        seen.append(writing.step) if writing else None,
        show(writing),
    )[1]
    controller.page.buttons.write_asked.emit("general")
    qtbot.waitUntil(lambda: library.load("m1").enhanced is not None, timeout=20_000)
    qtbot.waitUntil(lambda: controller.page.shows_note, timeout=5000)
    qtbot.waitUntil(controller.page.strip.isHidden, timeout=5000)
    assert seen
    assert "hire Q3?" in controller.page.note.toPlainText()
    assert not controller._desk_timer.isActive()


def test_commands_go_with_the_page(open_: MeetingController) -> None:
    ids = {one.id for one in open_._frame.commands.possible()}
    assert {"note.accept", "note.export"} <= ids
    assert "note.pause" not in ids
    open_._frame.show_page(QWidget())
    assert not [one for one in open_._frame.commands.possible() if one.id.startswith("note.")]
