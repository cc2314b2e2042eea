"""The window where something it starts with is broken."""

import threading
from pathlib import Path

from pytestqt.qtbot import QtBot

from granola_like import paths
from granola_like_ui.frame import Frame
from granola_like_ui.shell import Shell, open_app


def test_settings_that_cannot_be_read_are_told_and_read_once_they_can(qtbot: QtBot) -> None:
    settings = paths.settings_file()
    settings.parent.mkdir(parents=True, exist_ok=True)
    settings.write_text("this is = = no TOML", "utf-8")
    frame = Frame()
    qtbot.addWidget(frame)
    shell = Shell(frame, open_app)
    begun: list[None] = []
    shell.ready.connect(lambda: begun.append(None))
    shell.start()
    qtbot.waitUntil(lambda: frame.isVisible() and frame.messages.isVisible())
    assert begun == []
    settings.unlink()
    shell._once_more()
    qtbot.waitUntil(lambda: bool(begun))
    shell.close()


def test_a_window_closed_before_the_rest_is_there_ends_the_program(qtbot: QtBot) -> None:
    frame = Frame()
    qtbot.addWidget(frame)
    shell = Shell(frame, open_app)
    with qtbot.waitSignal(shell.gone):
        shell.close_if_alone()


def test_files_of_one_name_from_two_folders_both_come_in(qtbot: QtBot, tmp_path: Path) -> None:
    files = [tmp_path / folder / "call.vtt" for folder in ("monday", "tuesday")]
    for file in files:
        file.parent.mkdir()
        file.write_text("WEBVTT\n\n00:00.000 --> 00:02.000\nHello there.\n", "utf-8")
    shell = Shell(Frame(), open_app)
    came: list[str] = []
    shell.home.meeting_asked.connect(came.append)
    shell.take_in_files([str(file) for file in files])
    at_work = [one for one in threading.enumerate() if one.name == "job"]
    assert len(at_work) <= 1  # one after the other
    qtbot.waitUntil(lambda: len(came) == 2, timeout=15_000)
    assert len(set(came)) == 2
    shell.close()
