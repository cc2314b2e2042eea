from collections.abc import Iterator
from datetime import UTC, date, datetime
from pathlib import Path

import pytest
from PySide6.QtCore import Qt
from PySide6.QtWidgets import QLineEdit
from pytestqt.qtbot import QtBot

from granola_like.app import App
from granola_like_ui.bridge import Reader
from granola_like_ui.commands import Command
from granola_like_ui.frame import Frame
from granola_like_ui.palette.controller import PaletteController
from granola_like_ui.watchdog import Watchdog
from tests.strategies import small_bundle


class _Place:
    def __init__(self, qtbot: QtBot) -> None:
        app = App()
        app.library.save(small_bundle(started_at=datetime(2026, 3, 2, 10, tzinfo=UTC)))
        app.close()
        self.frame, self.reader = Frame(), Reader(App)
        qtbot.addWidget(self.frame)
        self.page = QLineEdit()
        self.frame.show_page(self.page)
        self.done: list[str] = []
        self.controller = PaletteController(self.frame, self.reader, today=lambda: date(2026, 3, 3))
        for name, key in (("Write the note", "Ctrl+E"), ("Delete it", "")):
            run = lambda what=name: self.done.append(what)  # noqa: E731
            self.frame.commands.add(Command(id=f"test.{name}", text=name, run=run, key=key))
        self.palette = self.controller.palette
        self.frame.show()
        qtbot.waitExposed(self.frame)
        self.page.setFocus()

    @property
    def shown(self) -> list[tuple[str, str]]:
        model = self.palette._model
        entries = [model.at(model.index(row)) for row in range(model.rowCount())]
        return [(entry.text, entry.aside) for entry in entries]

    @property
    def field(self) -> QLineEdit:
        return self.palette._field


@pytest.fixture
def place(qtbot: QtBot, own_home: Path) -> Iterator[_Place]:
    made = _Place(qtbot)
    yield made
    made.reader.close()


def control(qtbot: QtBot, place: _Place, key: Qt.Key) -> None:
    qtbot.keyClick(place.page, key, Qt.KeyboardModifier.ControlModifier)


def test_a_command_is_found_by_letters_and_done_by_return(
    qtbot: QtBot, place: _Place, watchdog: Watchdog
) -> None:
    control(qtbot, place, Qt.Key.Key_K)
    assert place.palette.isVisible()
    assert place.field.hasFocus()
    qtbot.keyClicks(place.field, "wri")
    assert place.shown[0] == ("Write the note", "Ctrl+E")
    qtbot.keyClick(place.field, Qt.Key.Key_Return)
    assert place.done == ["Write the note"]
    assert not place.palette.isVisible()
    assert place.page.hasFocus()


def test_arrows_walk_round_and_a_click_does_it(qtbot: QtBot, place: _Place) -> None:
    control(qtbot, place, Qt.Key.Key_K)
    qtbot.keyClicks(place.field, "it")
    list_ = place.palette._list
    rows = place.palette._model.rowCount()
    qtbot.keyClick(place.field, Qt.Key.Key_Up)
    assert list_.currentIndex().row() == rows - 1
    qtbot.keyClick(place.field, Qt.Key.Key_Down)
    assert list_.currentIndex().row() == 0
    at = [text for text, _ in place.shown].index("Delete it")
    box = list_.visualRect(place.palette._model.index(at))
    qtbot.mouseClick(list_.viewport(), Qt.MouseButton.LeftButton, pos=box.center())
    assert place.done == ["Delete it"]


def test_meetings_come_as_soon_as_they_are_read(qtbot: QtBot, place: _Place) -> None:
    control(qtbot, place, Qt.Key.Key_K)
    qtbot.keyClicks(place.field, "acme")
    qtbot.waitUntil(lambda: place.shown[0] == ("Acme – pricing call", "Yesterday"))
    with qtbot.waitSignal(place.controller.meeting_asked) as asked:
        qtbot.keyClick(place.field, Qt.Key.Key_Return)
    assert asked.args == ["acme"]


def test_what_is_called_nothing_can_be_searched_for(qtbot: QtBot, place: _Place) -> None:
    control(qtbot, place, Qt.Key.Key_K)
    qtbot.keyClicks(place.field, "zebra crossing")
    assert place.shown == [("Search all meetings for “zebra crossing”", "")]
    with qtbot.waitSignal(place.controller.search_asked) as asked:
        qtbot.keyClick(place.field, Qt.Key.Key_Return)
    assert asked.args == ["zebra crossing"]


def test_escape_and_looking_elsewhere_close_it(qtbot: QtBot, place: _Place) -> None:
    control(qtbot, place, Qt.Key.Key_K)
    qtbot.keyClick(place.field, Qt.Key.Key_Escape)
    assert not place.palette.isVisible()
    assert place.page.hasFocus()
    control(qtbot, place, Qt.Key.Key_K)
    place.page.setFocus()
    assert not place.palette.isVisible()


def test_what_cannot_be_done_now_is_not_offered(qtbot: QtBot, place: _Place) -> None:
    place.frame.commands.enable("test.Delete it", enabled=False)
    control(qtbot, place, Qt.Key.Key_K)
    assert "Delete it" not in [text for text, _ in place.shown]


def test_the_list_of_keys_has_every_key_and_can_be_searched(qtbot: QtBot, place: _Place) -> None:
    qtbot.keyClick(place.page, Qt.Key.Key_F1)
    assert ("Write the note", "Ctrl+E") in place.shown
    assert ("In the transcript: play or pause", "Space") in place.shown
    assert all(key for _, key in place.shown)
    qtbot.keyClicks(place.field, "transcript play")
    assert place.shown[0][0].startswith("In the transcript: play")
    qtbot.keyClick(place.field, Qt.Key.Key_Escape)
    control(qtbot, place, Qt.Key.Key_Slash)
    assert place.palette.isVisible()
