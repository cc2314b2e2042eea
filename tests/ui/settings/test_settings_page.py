from PySide6.QtCore import Qt
from PySide6.QtWidgets import QAbstractButton, QComboBox, QLineEdit, QPlainTextEdit, QWidget
from pytestqt.qtbot import QtBot

from granola_like_ui.settings.gallery import sample
from granola_like_ui.settings.page import SettingsPage
from granola_like_ui.settings.state import Working


def opened(qtbot: QtBot, section: str, **changes: object) -> SettingsPage:
    page = SettingsPage()
    qtbot.addWidget(page)
    page.resize(1000, 800)
    page.show_state(sample(**changes))
    page.go_to(section)
    with qtbot.waitExposed(page):
        page.show()
    return page


def called(page: QWidget, kind: type[QWidget], name: str) -> QWidget:
    found = [w for w in page.findChildren(kind) if w.accessibleName() == name]
    assert len(found) == 1, [w.accessibleName() for w in page.findChildren(kind)]
    return found[0]


def test_a_switch_is_told_at_once(qtbot: QtBot) -> None:
    page = opened(qtbot, "Sound")
    switch = called(page, QAbstractButton, "Keep a copy of imported sound")
    with qtbot.waitSignal(page.chosen) as told:
        qtbot.keyClick(switch, Qt.Key.Key_Space)
    assert told.args == ["keep_sound", False]


def test_a_choice_is_told_by_its_value(qtbot: QtBot) -> None:
    page = opened(qtbot, "Sound")
    box = called(page, QComboBox, "Microphone")
    assert isinstance(box, QComboBox)
    assert [box.itemText(i) for i in range(box.count())] == [
        "The system's choice",
        "Built-in Microphone",
        "Jabra Evolve2 65",
    ]
    with qtbot.waitSignal(page.chosen) as told:
        qtbot.keyClick(box, Qt.Key.Key_Down)
    assert told.args == ["microphone", "Built-in Microphone"]


def test_typed_text_is_told_after_a_moment_and_on_leaving(qtbot: QtBot) -> None:
    page = opened(qtbot, "Writing")
    field = called(page, QLineEdit, "Your name")
    assert isinstance(field, QLineEdit)
    field.setFocus()
    field.selectAll()
    with qtbot.waitSignal(page.chosen) as told:
        qtbot.keyClicks(field, "Anna")
    assert told.args == ["my_name", "Anna"]
    with qtbot.waitSignal(page.chosen, timeout=300) as told:
        qtbot.keyClicks(field, " B.")
        qtbot.keyClick(field, Qt.Key.Key_Return)
    assert told.args == ["my_name", "Anna B."]


def test_a_list_of_words_loses_empty_and_double_lines(qtbot: QtBot) -> None:
    page = opened(qtbot, "Glossary")
    field = called(page, QPlainTextEdit, "Names and terms")
    assert isinstance(field, QPlainTextEdit)
    field.setFocus()
    field.selectAll()
    with qtbot.waitSignal(page.chosen) as told:
        for line in ("Acme", "", " Globex ", "Acme"):
            qtbot.keyClicks(field, line)
            qtbot.keyClick(field, Qt.Key.Key_Return)
    assert told.args == ["glossary", ("Acme", "Globex")]


def test_the_state_does_not_overwrite_what_is_being_typed(qtbot: QtBot) -> None:
    page = opened(qtbot, "Writing")
    field = called(page, QLineEdit, "Your name")
    assert isinstance(field, QLineEdit)
    page.activateWindow()
    field.setFocus()
    qtbot.waitUntil(field.hasFocus)
    qtbot.keyClicks(field, "x")
    typed = field.text()
    page.show_state(sample())
    assert field.text() == typed


def test_models_can_be_fetched_stopped_and_removed(qtbot: QtBot) -> None:
    page = opened(qtbot, "Models")
    with qtbot.waitSignal(page.models.download_asked) as told:
        qtbot.mouseClick(
            called(page, QAbstractButton, "Download: small"), Qt.MouseButton.LeftButton
        )
    assert told.args == ["small"]
    with qtbot.waitSignal(page.models.remove_asked) as told:
        qtbot.mouseClick(called(page, QAbstractButton, "Remove: base"), Qt.MouseButton.LeftButton)
    page.show_state(sample(working=(Working(name="small", step="1 of 2 MB"),)))
    with qtbot.waitSignal(page.models.stop_asked) as told:
        qtbot.mouseClick(called(page, QAbstractButton, "Stop: small"), Qt.MouseButton.LeftButton)
    assert told.args == ["small"]


def test_the_key_of_a_server_is_not_shown(qtbot: QtBot) -> None:
    page = opened(qtbot, "Writing")
    key = called(page, QLineEdit, "Key")
    assert isinstance(key, QLineEdit)
    assert key.echoMode() == QLineEdit.EchoMode.Password


def test_every_control_has_a_name(qtbot: QtBot) -> None:
    page = opened(qtbot, "Sound")
    for kind in (QComboBox, QLineEdit, QPlainTextEdit, QAbstractButton):
        for control in page.findChildren(kind):
            if control.objectName().startswith("qt_"):
                continue
            name = control.accessibleName() or getattr(control, "text", lambda: "")()
            assert name, control
