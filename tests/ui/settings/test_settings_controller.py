from collections.abc import Iterator
from pathlib import Path

import pytest
from pytestqt.qtbot import QtBot

from granola_like import paths
from granola_like.app import App
from granola_like.domain.style import StyleRule
from granola_like.settings import Settings, load_settings
from granola_like_ui.bridge import Reader
from granola_like_ui.frame import Frame
from granola_like_ui.settings.controller import SettingsController
from granola_like_ui.watchdog import Watchdog


class _Place:
    def __init__(self, qtbot: QtBot) -> None:
        self.frame, self.opened = Frame(), list[str]()
        qtbot.addWidget(self.frame)
        self.reader = Reader(App)
        self.controller = SettingsController(
            self.frame,
            self.reader,
            load_settings(paths.settings_file()),
            open_folder=self.opened.append,
            may_measure=False,
        )
        self.page = self.controller.page
        self.frame.show()
        self.controller.open()
        qtbot.waitUntil(lambda: bool(self.controller.state.models))
        qtbot.waitUntil(lambda: bool(self.controller.state.templates))


@pytest.fixture
def place(qtbot: QtBot, own_home: Path) -> Iterator[_Place]:
    made = _Place(qtbot)
    yield made
    made.controller.close()
    made.reader.close()


def test_what_is_chosen_is_in_the_file_at_once(
    qtbot: QtBot, place: _Place, watchdog: Watchdog
) -> None:
    with qtbot.waitSignal(place.controller.changed) as told:
        place.page.chosen.emit("sound_days", "30")
    assert isinstance(told.args[0], Settings)
    assert load_settings(paths.settings_file()).sound_days == 30
    assert place.controller.state.settings.sound_days == 30


def test_what_cannot_be_is_a_sentence_and_changes_nothing(qtbot: QtBot, place: _Place) -> None:
    place.page.chosen.emit("theme", "pink")
    qtbot.waitUntil(lambda: "theme" in place.frame.messages.text)
    assert load_settings(paths.settings_file()).theme == "system"


def test_starting_with_the_computer_is_really_arranged(
    qtbot: QtBot, place: _Place, own_home: Path
) -> None:
    with qtbot.waitSignal(place.controller.changed):
        place.page.chosen.emit("launch_at_login", True)
    assert list(own_home.rglob("granola_like.desktop"))
    with qtbot.waitSignal(place.controller.changed):
        place.page.chosen.emit("launch_at_login", False)
    assert not list(own_home.rglob("granola_like.desktop"))


def test_a_rule_of_style_can_be_switched_off(qtbot: QtBot, place: _Place) -> None:
    rule = StyleRule(template="general", kind="owners", choice="first", sources=("e1", "e2"))
    place.reader.ask(lambda app: app.library.save_style_rules("general", (rule,)))
    place.controller.open()
    qtbot.waitUntil(lambda: len(place.controller.state.rules) == 1)
    assert place.controller.state.rules[0].seen == 2
    place.page.style_rules.rule_switched.emit(rule.id, False)
    qtbot.waitUntil(lambda: not place.controller.state.rules[0].is_on)
    kept: list[StyleRule] = []
    place.reader.ask(lambda app: app.library.style_rules("general"), kept.extend)
    qtbot.waitUntil(lambda: bool(kept))
    assert not kept[0].is_on


def test_a_download_that_fails_says_why_and_can_be_tried_again(
    qtbot: QtBot, place: _Place, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("HF_HUB_OFFLINE", "1")
    place.controller.download("base")
    qtbot.waitUntil(lambda: bool(place.frame.messages.text))
    assert not place.controller.state.working


def test_the_folder_of_templates_is_made_and_shown(place: _Place) -> None:
    place.page.templates.folder_asked.emit("templates")
    assert place.opened == [str(paths.templates_dir())]
    assert paths.templates_dir().is_dir()


def test_nobody_listens_once_the_page_is_left(qtbot: QtBot, place: _Place) -> None:
    listening = place.controller._listening
    assert listening.is_on
    place.page.hide()
    qtbot.waitUntil(lambda: not listening.is_on)
