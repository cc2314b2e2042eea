from collections.abc import Callable
from datetime import timedelta
from typing import Any

import pytest
from PySide6.QtCore import QMimeData, QModelIndex, QPointF, Qt, QUrl
from PySide6.QtGui import QDropEvent
from PySide6.QtWidgets import QApplication, QLineEdit, QPushButton, QWidget
from pytestqt.qtbot import QtBot

from granola_like.app import folders, home, home_actions
from granola_like.domain.home import Folder
from granola_like_ui.home.meetings import MIME
from granola_like_ui.home.state import Call, Notice, Running, Work
from granola_like_ui.watchdog import Watchdog
from tests.strategies import small_bundle
from tests.ui.home.conftest import TODAY


def button(of: QWidget, text: str) -> QPushButton:
    return next(b for b in of.findChildren(QPushButton) if text in b.text() and b.isVisible())


def type_into_editor(qtbot: QtBot, view: QWidget, text: str) -> None:
    field = view.findChildren(QLineEdit)[-1]
    field.selectAll()
    qtbot.keyClicks(field, text)
    qtbot.keyClick(field, Qt.Key.Key_Return)


def test_a_meeting_opens_by_a_click_and_by_return(
    qtbot: QtBot, place: Any, watchdog: Watchdog
) -> None:
    with qtbot.waitSignal(place.home.meeting_asked) as asked:
        place.click(place.page.meetings, 1)
    assert asked.args == ["m0"]
    place.page.meetings.choose("m1")
    with qtbot.waitSignal(place.home.meeting_asked) as asked:
        qtbot.keyClick(place.page.meetings, Qt.Key.Key_Return)
    assert asked.args == ["m1"]


def test_a_title_is_typed_in_its_place_and_taken_back(qtbot: QtBot, place: Any) -> None:
    view = place.side.meetings
    view.setFocus()
    view.choose("m1")
    qtbot.keyClick(view, Qt.Key.Key_F2)
    type_into_editor(qtbot, view, "Board prep")
    qtbot.waitUntil(lambda: place.side.model.meetings[1].title == "Board prep")
    qtbot.waitUntil(lambda: place.ask(lambda a: home.about(a.library, "m1").title) == "Board prep")
    qtbot.keyClick(view, Qt.Key.Key_Z, Qt.KeyboardModifier.ControlModifier)
    qtbot.waitUntil(lambda: place.ask(lambda a: home.about(a.library, "m1").title) == "Meeting 1")


def test_what_is_deleted_goes_at_once_and_comes_back(qtbot: QtBot, place: Any) -> None:
    place.page.meetings.setFocus()
    place.page.meetings.choose("m2")
    qtbot.keyClick(place.page.meetings, Qt.Key.Key_Delete)
    assert "m2" not in [row.meeting for row in place.page.model.meetings]
    assert "m2" not in [row.meeting for row in place.side.model.meetings]
    qtbot.waitUntil(lambda: place.ask(lambda a: home.count(a.library)) == 3)
    assert "Meeting 2" in place.frame.messages.text
    qtbot.mouseClick(button(place.frame.messages, "Undo"), Qt.MouseButton.LeftButton)
    qtbot.waitUntil(lambda: len(place.page.model.meetings) == 4)
    assert place.ask(lambda a: home.count(a.library)) == 4


def test_the_trash_gives_back_and_is_emptied_after_a_second_question(
    qtbot: QtBot, place: Any
) -> None:
    place.ask(lambda a: home_actions.delete(a.library, ["m1", "m3"]))
    qtbot.waitUntil(lambda: len(place.page.model.meetings) == 2)
    place.home.show_trash()
    qtbot.waitUntil(lambda: [r.meeting for r in place.page.model.meetings] == ["m1", "m3"])
    place.page.meetings.choose("m1")
    qtbot.keyClick(place.page.meetings, Qt.Key.Key_Delete)  # does nothing here
    place.frame.commands.run("home.restore")
    qtbot.waitUntil(lambda: [r.meeting for r in place.page.model.meetings] == ["m3"])
    qtbot.waitUntil(lambda: place.ask(lambda a: home.count(a.library, trash=True)) == 1)
    qtbot.mouseClick(button(place.page, "Empty the trash"), Qt.MouseButton.LeftButton)
    assert place.ask(lambda a: home.count(a.library, trash=True)) == 1
    qtbot.mouseClick(button(place.page, "for ever"), Qt.MouseButton.LeftButton)
    qtbot.waitUntil(lambda: not place.page.model.meetings)
    assert place.ask(lambda a: home.count(a.library, trash=True)) == 0


def test_folders_are_made_renamed_filled_and_deleted(qtbot: QtBot, place: Any) -> None:
    side = place.side
    place.frame.commands.run("home.folder")
    type_into_editor(qtbot, side.folders, "Sales")
    qtbot.waitUntil(lambda: side.folders.folders.names == ("Sales",))
    sales = side.folders.folders.index(0)
    dragged = QMimeData()
    dragged.setData(MIME, b"m0\nm2")
    side.folders.folders.dropMimeData(dragged, Qt.DropAction.MoveAction, -1, -1, sales)
    qtbot.waitUntil(
        lambda: place.ask(lambda a: folders.folders(a.library)) == (Folder("Sales", 2),)
    )
    qtbot.waitUntil(lambda: side.folders.folders.folder(sales) == Folder("Sales", 2))
    side.folders.setFocus()
    side.folders.choose("Sales")
    qtbot.keyClick(side.folders, Qt.Key.Key_F2)
    type_into_editor(qtbot, side.folders, "Deals")
    qtbot.waitUntil(lambda: side.folders.folders.names == ("Deals",))
    place.click(side.folders, 0)
    qtbot.waitUntil(lambda: [r.meeting for r in place.page.model.meetings] == ["m0", "m2"])
    qtbot.keyClick(side.folders, Qt.Key.Key_Delete)
    qtbot.waitUntil(lambda: len(place.page.model.meetings) == 4)  # home again, nothing lost
    qtbot.mouseClick(button(place.frame.messages, "Undo"), Qt.MouseButton.LeftButton)
    qtbot.waitUntil(
        lambda: place.ask(lambda a: folders.folders(a.library)) == (Folder("Deals", 2),)
    )


def test_a_folder_that_is_there_already_is_a_sentence(qtbot: QtBot, place: Any) -> None:
    place.ask(lambda a: folders.create(a.library, "Sales"))
    place.home.refresh()
    qtbot.waitUntil(lambda: place.side.folders.folders.names == ("Sales",))
    place.side.begin_folder()
    type_into_editor(qtbot, place.side.folders, "sales")
    qtbot.waitUntil(lambda: "already" in place.frame.messages.text)
    assert place.side.folders.folders.rowCount() == 1


def test_moving_by_keys_and_taking_it_back(qtbot: QtBot, place: Any) -> None:
    place.ask(lambda a: folders.create(a.library, "Sales"))
    place.home.refresh()
    qtbot.waitUntil(lambda: place.side.folders.folders.names == ("Sales",))
    place.page.meetings.setFocus()
    place.page.meetings.choose("m3")
    place.frame.commands.run("home.move")
    menu = QApplication.activePopupWidget()
    assert menu is not None
    qtbot.keyClick(menu, Qt.Key.Key_Return)
    qtbot.waitUntil(lambda: place.ask(lambda a: folders.folders(a.library)[0].meetings) == 1)
    qtbot.mouseClick(button(place.frame.messages, "Undo"), Qt.MouseButton.LeftButton)
    qtbot.waitUntil(lambda: place.ask(lambda a: folders.folders(a.library)[0].meetings) == 0)


def test_searching_while_typing_jumps_to_the_place(
    qtbot: QtBot, place: Any, watchdog: Watchdog
) -> None:
    place.ask(lambda a: home_actions.delete(a.library, ["m1", "m2", "m3"]))
    place.frame.commands.run("home.search")
    field = place.side.search
    assert field.hasFocus()
    qtbot.keyClicks(field, "contr")
    page = place.home.search_page
    qtbot.waitUntil(lambda: page._model.rowCount() > 0)
    assert place.frame.page is page
    found = [page._model.at(page._model.index(n)) for n in range(page._model.rowCount())]
    assert found[0].title == "Meeting 0"
    qtbot.keyClick(field, Qt.Key.Key_Down)
    with qtbot.waitSignal(place.home.place_asked) as asked:
        qtbot.keyClick(field, Qt.Key.Key_Return)
    hit = found[1]
    assert asked.args == ["m0", hit.kind, hit.id, hit.start_ms]
    qtbot.keyClick(field, Qt.Key.Key_Escape)
    assert place.frame.page is place.page


def test_an_answer_to_an_older_question_is_not_shown(qtbot: QtBot, place: Any) -> None:
    states = []
    place.home._searching.found.connect(states.append)
    place.home._searching.look_for("pilot")
    place.home._searching._ask()
    place.home._searching.look_for("nowhere")
    qtbot.waitUntil(lambda: bool(states))
    qtbot.wait(60)
    assert [state.query for state in states] == ["nowhere"]
    assert states[0].groups == ()
    assert states[0].is_answered


def test_what_others_write_is_seen(qtbot: QtBot, place: Any) -> None:
    place.ask(lambda a: a.library.save(small_bundle(id="new", title="From elsewhere")))
    qtbot.waitUntil(lambda: "From elsewhere" in [r.title for r in place.side.model.meetings])
    assert "From elsewhere" in [row.title for row in place.page.model.meetings]


def test_many_meetings_come_a_page_at_a_time(qtbot: QtBot, many: Any, watchdog: Watchdog) -> None:
    place = many
    model = place.page.model
    assert len(model.meetings) == 100
    view = place.page.meetings
    for wanted in (200, 230):
        view.scrollToBottom()
        qtbot.waitUntil(lambda n=wanted: len(model.meetings) == n)
    assert not model.canFetchMore(QModelIndex())
    view.choose("m229")
    place.home.refresh()
    qtbot.waitUntil(lambda: len(model.meetings) == 230)
    assert view.chosen() == ["m229"]


def test_the_card_of_a_call_offers_once(qtbot: QtBot, place: Any) -> None:
    place.home.show_call(Call(program="Zoom"))
    with qtbot.waitSignal(place.home.record_asked):
        qtbot.mouseClick(button(place.page, "Record"), Qt.MouseButton.LeftButton)
    with qtbot.waitSignal(place.home.call_put_off):
        qtbot.mouseClick(button(place.page, "Not now"), Qt.MouseButton.LeftButton)
    started = place.page.model.meetings[0].started_at
    place.home.show_running(Running(meeting="now", title="Acme", started_at=started))
    with pytest.raises(StopIteration):
        button(place.page, "Not now")
    with qtbot.waitSignal(place.home.running_asked):
        place.click(place.side.meetings, 1)


def test_a_notice_is_put_away(qtbot: QtBot, place: Any) -> None:
    place.home.show_notices([Notice(id="n", text="Recovered.", button="Open")])
    qtbot.waitUntil(lambda: any(b.isVisible() for b in place.page.findChildren(QPushButton, "n")))
    with qtbot.waitSignal(place.home.notice_acted) as acted:
        qtbot.mouseClick(button(place.page, "Open"), Qt.MouseButton.LeftButton)
    assert acted.args == ["n"]
    qtbot.mouseClick(button(place.page, "Close"), Qt.MouseButton.LeftButton)
    with pytest.raises(StopIteration):
        button(place.page, "Open")
    place.home.show_notices([Notice(id="n", text="Recovered."), Notice(id="o", text="Another.")])
    assert [one.id for one in place.home._home.notices] == ["o"]


def test_an_empty_library_says_what_to_do_first(
    qtbot: QtBot, make_place: Callable[[int], Any]
) -> None:
    place = make_place(0)
    qtbot.waitUntil(lambda: place.page._state.meetings == 0)
    with qtbot.waitSignal(place.home.sample_asked):
        qtbot.mouseClick(button(place.page, "sample call"), Qt.MouseButton.LeftButton)
    with qtbot.waitSignal(place.home.import_asked):
        qtbot.mouseClick(button(place.page, "Bring in"), Qt.MouseButton.LeftButton)


def test_files_are_dropped_on_the_list(qtbot: QtBot, place: Any) -> None:
    dragged = QMimeData()
    dragged.setUrls([QUrl.fromLocalFile("/there/call.wav"), QUrl("https://example.org/x.wav")])
    drop = QDropEvent(
        QPointF(50, 50),
        Qt.DropAction.CopyAction,
        dragged,
        Qt.MouseButton.LeftButton,
        Qt.KeyboardModifier.NoModifier,
    )
    with qtbot.waitSignal(place.home.files_dropped) as dropped:
        place.page.dropEvent(drop)
    assert dropped.args == [["/there/call.wav"]]


def test_what_is_in_the_trash_opens_only_when_taken_out(qtbot: QtBot, place: Any) -> None:
    place.ask(lambda a: home_actions.delete(a.library, ["m1"]))
    place.home.show_trash()
    qtbot.waitUntil(lambda: [r.meeting for r in place.page.model.meetings] == ["m1"])
    opened = []
    place.home.meeting_asked.connect(opened.append)
    place.click(place.page.meetings, 1)
    assert "trash" in place.frame.messages.text
    qtbot.mouseClick(button(place.frame.messages, "Take it out"), Qt.MouseButton.LeftButton)
    qtbot.waitUntil(lambda: place.ask(lambda a: home.count(a.library)) == 4)
    assert opened == []
    place.page.meetings.setFocus()
    qtbot.keyClick(place.page.meetings, Qt.Key.Key_Escape)
    qtbot.waitUntil(lambda: len(place.page.model.meetings) == 4)


def test_a_new_day_moves_the_headings(qtbot: QtBot, place: Any) -> None:
    assert place.side.model.data(place.side.model.index(0)) == "Today"
    for pages in (place.home._side_pages, place.home._page_pages):
        pages._today = lambda: TODAY + timedelta(days=1)
    place.home._today = lambda: TODAY + timedelta(days=1)
    place.home._refresh_on_a_new_day()
    qtbot.waitUntil(lambda: place.side.model.data(place.side.model.index(0)) == "Yesterday")


def test_going_home_forgets_what_was_searched(qtbot: QtBot, place: Any) -> None:
    qtbot.keyClicks(place.side.search, "pilot")
    qtbot.waitUntil(lambda: place.frame.page is place.home.search_page)
    place.home.show_home()
    assert place.side.search.text() == ""
    assert place.frame.page is place.page


def test_work_is_stopped_or_tried_again_from_its_row(qtbot: QtBot, place: Any) -> None:
    going, broken = Work(step="Transcribing"), Work(step="", trouble="The model stopped.")
    place.home.show_work({"m1": going, "m2": broken})
    view = place.page.meetings
    for meeting, text, signal in (
        ("m1", "Stop", place.home.cancel_asked),
        ("m2", "Try again", place.home.try_again_asked),
    ):
        view.choose(meeting)
        menu = view.make_menu()
        entry = next(entry for entry in menu.actions() if text in entry.text())
        with qtbot.waitSignal(signal) as asked:
            entry.trigger()
        assert asked.args == [meeting]
        menu.deleteLater()


def test_a_name_that_is_being_typed_outlasts_what_others_write(qtbot: QtBot, place: Any) -> None:
    side = place.side
    side.begin_folder()
    field = side.folders.findChildren(QLineEdit)[-1]
    qtbot.keyClicks(field, "Sal")
    place.ask(lambda a: folders.create(a.library, "Board"))
    place.home.refresh()
    qtbot.waitUntil(lambda: side.folders.folders._pending is not None)
    qtbot.keyClicks(field, "es")
    qtbot.keyClick(field, Qt.Key.Key_Return)
    qtbot.waitUntil(lambda: side.folders.folders.names == ("Board", "Sales"))
