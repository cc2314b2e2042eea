"""A whole call through the page: real sound, a real recorder, a real desk."""

from collections.abc import Iterator

import pytest
from PySide6.QtCore import Qt
from PySide6.QtWidgets import QPushButton
from pytestqt.qtbot import QtBot

from granola_like import paths
from granola_like.app import App
from granola_like.app.desk import Desk
from granola_like.app.now import MeetingNow, start_meeting
from granola_like.library import Library
from granola_like.settings import Settings
from granola_like_ui.bridge import Reader
from granola_like_ui.frame import Frame
from granola_like_ui.home.watch import Watch
from granola_like_ui.note.controller import MeetingController
from tests.audio.servers import SoundServer, running, wait_for

SETTINGS = Settings(language="en", speech_model="tiny-synthetic", live_captions=False)
LEFT = Qt.MouseButton.LeftButton


@pytest.fixture
def pulseaudio(monkeypatch: pytest.MonkeyPatch) -> Iterator[SoundServer]:
    yield from running("pulseaudio", monkeypatch)


@pytest.fixture
def now(pulseaudio: SoundServer) -> Iterator[MeetingNow]:
    meeting = start_meeting(SETTINGS, title="Budget")
    yield meeting
    if meeting.look().state != "ended":
        meeting.stop()
        wait_for(lambda: meeting.look().state == "ended", "the end")
    meeting.close()


@pytest.fixture
def controller(qtbot: QtBot, now: MeetingNow) -> Iterator[MeetingController]:
    frame, reader = Frame(), Reader(App)
    qtbot.addWidget(frame)
    watch, desk = Watch(reader), Desk(SETTINGS)
    desk.start(recover=False)
    made = MeetingController(frame, reader, watch, desk)
    made.call_ended.connect(desk.take)
    frame.show()
    made.follow(now)
    yield made
    made.close()
    reader.close()
    desk.close()


def click(qtbot: QtBot, controller: MeetingController, text: str) -> None:
    buttons = controller.page.bar.findChildren(QPushButton)
    (button,) = [one for one in buttons if one.text() == text and one.isVisible()]
    qtbot.mouseClick(button, LEFT)


def test_a_call_is_noted_steered_and_lands_in_the_library(
    qtbot: QtBot, controller: MeetingController, now: MeetingNow
) -> None:
    page, bar = controller.page, controller.page.bar
    pad = page.notepad
    assert bar.isVisible()
    qtbot.waitUntil(
        lambda: bar.state.step == "recording" and bar.state.elapsed_ms > 0, timeout=20_000
    )
    assert pad.hasFocus()
    qtbot.keyClicks(pad, "120k")
    qtbot.waitUntil(lambda: now.lines_kept > 0, timeout=5000)
    (line,) = now.lines
    assert line.text == "120k"
    assert line.typed_at_ms is not None
    assert 0 < line.typed_at_ms <= now.clock_ms()

    click(qtbot, controller, "Pause")
    qtbot.waitUntil(lambda: bar.state.step == "paused", timeout=10_000)
    assert "Paused" in bar.sentence
    click(qtbot, controller, "Resume")
    qtbot.waitUntil(lambda: bar.state.step == "recording", timeout=10_000)
    controller._frame.commands.run("note.off")
    qtbot.waitUntil(lambda: "deleted" in bar.sentence, timeout=5000)

    page.header.title.setFocus()
    page.header.title.selectAll()
    qtbot.keyClicks(page.header.title, "Budget talk")
    qtbot.keyClick(page.header.title, Qt.Key.Key_Return)
    assert pad.hasFocus()
    qtbot.waitUntil(lambda: now.look().title == "Budget talk")

    controller._frame.commands.run("note.captions")
    qtbot.waitUntil(lambda: page.has_captions)
    assert pad.hasFocus()
    assert page.captions.note() == "Captions are switched off in the settings."

    click(qtbot, controller, "Stop")
    qtbot.waitUntil(lambda: not bar.isVisible(), timeout=20_000)
    qtbot.keyClick(pad, Qt.Key.Key_Return)
    qtbot.keyClicks(pad, "typed after it")

    def is_stored() -> bool:
        with Library(paths.library_file()) as library:
            if now.folder_id not in library.ids():
                return False
            found = library.load(now.folder_id)
        lines = [line.text for line in found.notes]
        return lines == ["120k", "typed after it"] and found.meeting.title == "Budget talk"

    qtbot.waitUntil(is_stored, timeout=30_000)
    qtbot.waitUntil(page.strip.isHidden, timeout=60_000)
    qtbot.waitUntil(lambda: "heard" in page.header.receipt.text(), timeout=10_000)
    assert controller.follower.now is None
