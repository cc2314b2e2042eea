from PySide6.QtCore import Qt
from PySide6.QtWidgets import QPushButton, QWidget
from pytestqt.qtbot import QtBot

from granola_like_ui.welcome.gallery import QUALITIES
from granola_like_ui.welcome.page import WelcomePage
from granola_like_ui.welcome.state import Card, WelcomeState


def opened(qtbot: QtBot, state: WelcomeState) -> WelcomePage:
    page = WelcomePage()
    qtbot.addWidget(page)
    page.resize(1000, 800)
    page.show_state(state)
    with qtbot.waitExposed(page):
        page.show()
    return page


def button(page: QWidget, text: str) -> QPushButton:
    return next(b for b in page.findChildren(QPushButton) if b.text() == text)


def test_each_card_can_be_tried_and_all_left_out(qtbot: QtBot) -> None:
    page = opened(qtbot, WelcomeState(qualities=QUALITIES))
    for signal, text in (
        (page.listen_asked, "Listen to me"),
        (page.chime_asked, "Play the sound"),
        (page.finished, "Start"),
    ):
        with qtbot.waitSignal(signal):
            qtbot.mouseClick(button(page, text), Qt.MouseButton.LeftButton)


def test_a_quality_is_chosen_by_key_and_by_click(qtbot: QtBot) -> None:
    page = opened(qtbot, WelcomeState(qualities=QUALITIES))
    rows = [w for w in page.findChildren(QWidget) if w.accessibleName().startswith("Good,")]
    with qtbot.waitSignal(page.quality_chosen) as told:
        qtbot.keyClick(rows[0], Qt.Key.Key_Space)
    assert told.args == ["small"]
    with qtbot.waitSignal(page.quality_chosen):
        qtbot.mouseClick(rows[0], Qt.MouseButton.LeftButton)


def test_a_failed_proof_says_the_way_out_and_can_be_tried_again(qtbot: QtBot) -> None:
    page = opened(qtbot, WelcomeState(them=Card(proof="failed", told="Nothing came. Unmute it.")))
    with qtbot.waitSignal(page.chime_asked):
        qtbot.mouseClick(button(page, "Try again"), Qt.MouseButton.LeftButton)
