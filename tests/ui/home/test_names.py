"""A screen reader has a name for everything, and the keys reach everything."""

import pytest
from PySide6.QtCore import Qt
from PySide6.QtGui import QAccessible
from PySide6.QtWidgets import (
    QAbstractButton,
    QAbstractItemView,
    QApplication,
    QLineEdit,
    QPlainTextEdit,
    QSlider,
    QWidget,
)
from pytestqt.qtbot import QtBot

from granola_like_ui.gallery import shots
from granola_like_ui.home.gallery import MEETINGS, window

KINDS = (QAbstractButton, QAbstractItemView, QLineEdit, QPlainTextEdit, QSlider)
OF_MINE = sorted(n for n in shots() if n.split("-")[0] in ("home", "transcript", "palette"))


def spoken(widget: QWidget) -> str:
    interface = QAccessible.queryAccessibleInterface(widget)
    return str(interface.text(QAccessible.Text.Name)) if interface else ""


@pytest.mark.parametrize("name", OF_MINE)
def test_everything_has_a_name(qtbot: QtBot, name: str) -> None:
    shot = shots()[name]
    widget = shot.make()
    qtbot.addWidget(widget)
    widget.resize(*shot.size)
    widget.show()
    QApplication.processEvents()
    nameless = [
        one
        for one in widget.findChildren(QWidget)
        if isinstance(one, KINDS)
        and one.isVisible()
        and one.focusPolicy() != Qt.FocusPolicy.NoFocus
        and not spoken(one)
    ]
    assert not nameless


def test_tab_reaches_search_lists_folders_and_the_page(qtbot: QtBot) -> None:
    frame, sidebar, page = window(MEETINGS)
    qtbot.addWidget(frame)
    frame.show()
    with qtbot.waitActive(frame):
        frame.activateWindow()
    sidebar.search.setFocus()
    reached = set()
    for _ in range(30):
        focused = frame.focusWidget()
        assert focused is not None
        reached.add(focused)
        qtbot.keyClick(focused, Qt.Key.Key_Tab)
    assert {sidebar.search, sidebar.meetings, sidebar.folders, page.meetings} <= reached
    assert any(isinstance(one, QAbstractButton) and "Record" in one.text() for one in reached)


def test_a_row_is_told_in_full(qtbot: QtBot) -> None:
    frame, _, page = window(MEETINGS)
    qtbot.addWidget(frame)
    frame.show()
    interface = QAccessible.queryAccessibleInterface(page.meetings)
    assert interface is not None
    told = [
        interface.child(row).text(QAccessible.Text.Name) for row in range(page.model.rowCount())
    ]
    assert told[0] == "Tuesday, 3 March"
    assert told[1].startswith("Acme — pricing call, Tuesday, 3 March, 10:00, 42 min, 120k")


def test_the_page_leaves_room_for_what_is_beside_it(qtbot: QtBot) -> None:
    frame, _, page = window(MEETINGS)
    qtbot.addWidget(frame)
    frame.resize(1600, 900)
    frame.show()
    QApplication.processEvents()
    assert page.width() > 1000
    frame.resize(720, 480)
    QApplication.processEvents()
    assert frame.width() == 720
    assert page.minimumSizeHint().width() <= 300
    assert page.meetings.viewport().width() <= page.width()
