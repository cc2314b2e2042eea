"""A whole meeting through the window, with real sound, a real library and the bundled models."""

from collections.abc import Iterator
from pathlib import Path

import numpy as np
import pytest
import soundfile
import soxr
from PySide6.QtCore import QPoint, Qt
from PySide6.QtGui import QTextCursor
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QPushButton, QWidget
from pytestqt.qtbot import QtBot

from granola_like_models.sample import sample_call
from granola_like_ui.desktop import Desktop
from granola_like_ui.frame import Frame
from granola_like_ui.home.search_page import HitsModel
from granola_like_ui.memory import Memory
from granola_like_ui.shell import Shell, open_app
from tests.audio.servers import SoundServer, running

SPOKEN_S = 26
"""The sample's first fact, and the words around it."""
LONG = 90_000


@pytest.fixture
def pulseaudio(monkeypatch: pytest.MonkeyPatch) -> Iterator[SoundServer]:
    yield from running("pulseaudio", monkeypatch)


@pytest.fixture
def shell(pulseaudio: SoundServer, qtbot: QtBot) -> Iterator[Shell]:
    made = Shell(Frame(), open_app)
    qtbot.addWidget(made.frame)
    with qtbot.waitSignal(made.complete, timeout=LONG):
        made.frame.show()
        made.start()
    yield made
    made.close()


def desktop_of(shell: Shell) -> Desktop:
    assert shell.desktop is not None
    return shell.desktop


def press(qtbot: QtBot, over: QWidget, text: str) -> None:
    """Click on the visible button of that text."""

    def found() -> QPushButton | None:
        buttons = over.findChildren(QPushButton)
        return next((b for b in buttons if b.text() == text and b.isVisible()), None)

    qtbot.waitUntil(lambda: found() is not None, timeout=LONG)
    button = found()
    assert button is not None
    qtbot.mouseClick(button, Qt.MouseButton.LeftButton)


def type_line(qtbot: QtBot, into: QWidget, text: str) -> None:
    qtbot.keyClicks(into, text)
    qtbot.keyClick(into, Qt.Key.Key_Return)


def speak(server: SoundServer) -> None:
    """Let both sides of the sample call talk."""
    for channel, device in (("me", "micbus"), ("them", "spk")):
        sound, rate = soundfile.read(sample_call().tracks[channel], dtype="float32")
        loud = soxr.resample(sound[: SPOKEN_S * rate], rate, 48_000) * 32_000
        server.play(loud.astype(np.int16), device)


def test_a_meeting_from_the_call_to_the_file(
    qtbot: QtBot, shell: Shell, pulseaudio: SoundServer, tmp_path: Path
) -> None:
    desktop = desktop_of(shell)
    press(qtbot, desktop.welcome.page, "Start")

    # A program starts a call: it is offered, and nothing is recorded yet.
    zoom = pulseaudio.hold_microphone("zoom")
    press(qtbot, shell.home.page, "Record")
    page, notes = desktop.meeting.page, desktop.meeting.page.notepad
    qtbot.waitUntil(
        lambda: (
            desktop.recording.now is not None
            and desktop.recording.now.look().state == "recording"
            and desktop.recording.now.clock_ms() > 0
        ),
        timeout=LONG,
    )
    assert shell.frame.page is page
    assert page.header.title.toPlainText().lower().startswith("zoom")

    # What is said is on screen while it is said; the person types a few words.
    page.open_captions()
    heard = []
    desktop.meeting.follower.heard.connect(heard.append)
    speak(pulseaudio)
    qtbot.wait(1000 * (SPOKEN_S - 5))
    type_line(qtbot, notes, "pipeline 92%")
    qtbot.waitUntil(
        lambda: any("pipeline" in "".join(c.firm for c in now.lines) for now in heard),
        timeout=LONG,
    )

    # The call is over: the words of the person get their meaning.
    pulseaudio.end(zoom)
    press(qtbot, page, "Stop")
    meeting = desktop.meeting.meeting
    qtbot.waitUntil(
        lambda: (news := desktop.desk.of(meeting)) is not None and news.state == "done",
        timeout=LONG,
    )
    qtbot.waitUntil(lambda: page.note.toPlainText().count("92%") > 1, timeout=LONG)
    lines = page.note.shown()
    typed = next(n for n, line in enumerate(lines) if line.text == "pipeline 92%")
    number = next(n for n, line in enumerate(lines) if n > typed and "92%" in line.text)
    assert lines[number].evidence

    # A click on the machine's line plays the very seconds that it rests on.
    witness = pulseaudio.witness("spk.monitor")
    block = page.note.document().findBlockByNumber(number)
    at = page.note.cursorRect(_cursor(page.note, block.position() + 2)).center()
    qtbot.mouseClick(page.note.viewport(), Qt.MouseButton.LeftButton, pos=QPoint(at.x(), at.y()))
    playback = desktop.transcript.playback
    qtbot.waitUntil(lambda: playback.state.is_playing, timeout=LONG)
    assert desktop.transcript.is_shown
    qtbot.waitUntil(lambda: not playback.state.is_playing, timeout=LONG)
    assert np.abs(witness.sound()).max() > 1000

    # It is found by a word that was said, and goes out as a file.
    hits = shell.home.search_page.findChildren(HitsModel)[0]
    said = max((word for word in lines[number].text.split() if word.isalpha()), key=len)
    qtbot.mouseClick(shell.home.sidebar.search, Qt.MouseButton.LeftButton)
    qtbot.keyClicks(shell.home.sidebar.search, said)
    qtbot.waitUntil(lambda: hits.rowCount() > 1, timeout=LONG)
    with qtbot.waitSignal(shell.home.place_asked):
        qtbot.keyClick(shell.home.sidebar.search, Qt.Key.Key_Return)
    qtbot.waitUntil(lambda: shell.frame.page is page)
    file = tmp_path / "note.md"
    desktop.meeting.exports.ask("md")
    dialog = desktop.meeting.exports.dialog
    assert dialog is not None
    dialog.selectFile(str(file))
    with qtbot.waitSignal(desktop.meeting.exports.saved, timeout=LONG):
        dialog.accept()
    assert "pipeline 92%" in file.read_text("utf-8")


def _cursor(sheet: QWidget, position: int) -> QTextCursor:
    cursor = QTextCursor(sheet.document())  # type: ignore[attr-defined]
    cursor.setPosition(position)
    return cursor


def test_a_killed_window_loses_no_word_and_no_sound(
    qtbot: QtBot, shell: Shell, pulseaudio: SoundServer
) -> None:
    """The next window takes up the recording, with every typed line in it."""
    desktop = desktop_of(shell)
    desktop.record()
    now = desktop.recording.now
    assert now is not None
    qtbot.waitUntil(lambda: now.clock_ms() > 500, timeout=LONG)
    type_line(qtbot, desktop.meeting.page.notepad, "hire Q3?")
    qtbot.waitUntil(lambda: any(line.text == "hire Q3?" for line in now.lines))
    QTest.qWait(400)
    desktop.recording.leave()

    again = Shell(Frame(), open_app)
    qtbot.addWidget(again.frame)
    with qtbot.waitSignal(again.complete, timeout=LONG):
        again.start()
    joined = desktop_of(again).recording
    qtbot.waitUntil(lambda: joined.now is not None, timeout=LONG)
    assert joined.now is not None
    assert [line.text for line in joined.now.lines if line.text] == ["hire Q3?"]
    clock = now.clock_ms()
    qtbot.waitUntil(lambda: joined.now is not None and joined.now.clock_ms() > clock, timeout=LONG)
    joined.stop()
    qtbot.waitUntil(lambda: joined.now is None, timeout=LONG)
    again.close()


def test_the_window_remembers_that_it_was_welcomed(qtbot: QtBot, shell: Shell) -> None:
    qtbot.waitUntil(lambda: shell.frame.page is desktop_of(shell).welcome.page, timeout=LONG)
    assert not Memory.of(shell.frame).was_welcomed
