"""A window over a real library with a few meetings."""

from collections.abc import Callable, Iterator
from datetime import UTC, date, datetime, timedelta
from pathlib import Path
from typing import TypeVar

import pytest
from PySide6.QtCore import QRect, Qt
from PySide6.QtWidgets import QAbstractItemView
from pytestqt.qtbot import QtBot

from granola_like.app import App
from granola_like_ui.bridge import Reader
from granola_like_ui.frame import Frame
from granola_like_ui.home.controller import HomeController
from granola_like_ui.home.watch import Watch
from tests.strategies import small_bundle

TODAY = date(2026, 3, 3)
T = TypeVar("T")


class Place:
    """The window's frame, the home page, and what the library really says."""

    def __init__(self, qtbot: QtBot, meetings: int) -> None:
        self.qtbot = qtbot
        with_app = App()
        for number in range(meetings):
            started = datetime(2026, 3, 3, 10, tzinfo=UTC) - timedelta(hours=9 * number)
            about = {"id": f"m{number}", "title": f"Meeting {number}", "started_at": started}
            with_app.library.save(small_bundle(**about))
        with_app.close()
        self.frame, self.reader = Frame(), Reader(App)
        qtbot.addWidget(self.frame)
        self.watch = Watch(self.reader, self.frame)
        self.home = HomeController(self.frame, self.reader, self.watch, today=lambda: TODAY)
        self.side, self.page = self.home.sidebar, self.home.page
        self.frame.show()
        self.watch.start()
        self.home.start()
        qtbot.waitUntil(lambda: len(self.page.model.meetings) == min(meetings, 100))
        qtbot.waitUntil(lambda: len(self.side.model.meetings) == min(meetings, 100))

    def close(self) -> None:
        self.watch.stop()
        self.reader.close()

    def ask(self, question: Callable[[App], T]) -> T:
        """Ask the library itself, behind the window's back."""
        app = App()
        try:
            return question(app)
        finally:
            app.close()

    def box(self, view: QAbstractItemView, row: int) -> QRect:
        return view.visualRect(view.model().index(row, 0))

    def click(self, view: QAbstractItemView, row: int) -> None:
        self.qtbot.mouseClick(
            view.viewport(), Qt.MouseButton.LeftButton, pos=self.box(view, row).center()
        )


@pytest.fixture
def make_place(qtbot: QtBot, own_home: Path) -> Iterator[Callable[[int], Place]]:
    made: list[Place] = []

    def make(meetings: int) -> Place:
        made.append(Place(qtbot, meetings))
        return made[-1]

    yield make
    for place in made:
        place.close()


@pytest.fixture
def place(make_place: Callable[[int], Place]) -> Place:
    return make_place(4)


@pytest.fixture
def many(make_place: Callable[[int], Place]) -> Place:
    return make_place(230)
