from PySide6.QtWidgets import QWidget
from pytestqt.qtbot import QtBot

from granola_like_ui.frame import Frame
from granola_like_ui.theme import Size


def test_the_panel_takes_its_room_from_the_page_alone(qtbot: QtBot) -> None:
    frame = Frame()
    qtbot.addWidget(frame)
    side, page, panel = QWidget(), QWidget(), QWidget()
    frame.set_sidebar(side)
    frame.set_panel(panel)
    frame.show_page(page)
    frame.show()
    qtbot.waitExposed(frame)
    wide = side.width()
    frame.show_panel(shown=True)
    assert abs(panel.width() - Size.SIDE_PANEL) <= 2
    assert side.width() == wide
    frame._split.setSizes([wide, 600, frame.width() - wide - 602])
    chosen = panel.width()
    frame.show_panel(shown=False)
    frame.show_panel(shown=True)
    assert abs(panel.width() - chosen) <= 2
    assert side.width() == wide
