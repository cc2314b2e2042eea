import os
import shutil
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path

import pytest
from PySide6.QtCore import QPoint, Qt
from pytestqt.qtbot import QtBot

from granola_like.domain.times import clock
from granola_like_ui.tray.hotkey import WindowsHotkey
from granola_like_ui.tray.icon import TrayIcon
from granola_like_ui.tray.indicator import Indicator
from granola_like_ui.tray.single import SingleInstance
from granola_like_ui.tray.state import TrayState


def test_a_second_start_knocks_at_the_first(qtbot: QtBot, tmp_path: Path) -> None:
    first, second = SingleInstance(tmp_path), SingleInstance(tmp_path)
    assert first.is_first()
    first.listen()
    assert not second.is_first()
    with qtbot.waitSignal(first.knocked):
        second.knock()
    first.close()
    assert second.is_first()
    second.close()


def test_another_home_has_its_own_window(tmp_path: Path) -> None:
    one, other = SingleInstance(tmp_path / "a"), SingleInstance(tmp_path / "b")
    assert one.is_first()
    assert other.is_first()
    one.close()
    other.close()


def test_a_killed_window_leaves_room_for_the_next(tmp_path: Path) -> None:
    code = (
        "import os; from pathlib import Path; from PySide6.QtCore import QCoreApplication;"
        "from granola_like_ui.tray.single import SingleInstance;"
        f"QCoreApplication([]); one = SingleInstance(Path({str(tmp_path)!r}));"
        "assert one.is_first(); one.listen();"
        "os.kill(os.getpid(), 9)"
    )
    subprocess.run([sys.executable, "-c", code], check=False)
    next_one = SingleInstance(tmp_path)
    assert next_one.is_first()
    next_one.close()


def test_the_tray_offers_what_can_be_done(qtbot: QtBot) -> None:
    tray = TrayIcon()

    def offered() -> list[str]:
        return [a.text() for a in tray.menu.actions() if a.isVisible() and a.text()]

    assert offered() == ["Record now", "Open the window", "Quit"]
    tray.show_state(TrayState(doing="recording", title="Acme"))
    assert offered() == ["Pause", "Stop", "Open the window", "Quit"]
    assert tray.tooltip == "Recording: Acme"
    tray.show_state(TrayState(doing="paused", title="Acme"))
    assert offered()[0] == "Resume"
    with qtbot.waitSignal(tray.stop_asked):
        next(a for a in tray.menu.actions() if a.text() == "Stop").trigger()


def test_a_click_on_the_indicator_opens_the_window_and_a_drag_moves_it(qtbot: QtBot) -> None:
    indicator = Indicator()
    qtbot.addWidget(indicator)
    indicator.show_state(TrayState(doing="recording", elapsed_ms=61_000))
    indicator.show()
    with qtbot.waitSignal(indicator.open_asked):
        qtbot.mouseClick(indicator, Qt.MouseButton.LeftButton, pos=QPoint(20, 20))
    before = indicator.pos()
    with qtbot.assertNotEmitted(indicator.open_asked):
        qtbot.mousePress(indicator, Qt.MouseButton.LeftButton, pos=QPoint(20, 20))
        qtbot.mouseMove(indicator, QPoint(60, 50))
        qtbot.mouseRelease(indicator, Qt.MouseButton.LeftButton, pos=QPoint(60, 50))
    assert indicator.pos() != before


@pytest.mark.parametrize(
    ("milliseconds", "shown"), [(0, "0:00"), (61_999, "1:01"), (3_661_000, "1:01:01")]
)
def test_time_is_written_as_on_a_clock(milliseconds: int, shown: str) -> None:
    assert clock(milliseconds) == shown


@pytest.fixture
def x_server() -> Iterator[str]:
    if shutil.which("Xvfb") is None or shutil.which("xdotool") is None:
        pytest.skip("needs Xvfb and xdotool")
    read, write = os.pipe()
    server = subprocess.Popen(
        ["Xvfb", "-displayfd", str(write), "-screen", "0", "800x600x24", "-nolisten", "tcp"],
        pass_fds=[write],
        stderr=subprocess.DEVNULL,
    )
    os.close(write)
    with os.fdopen(read) as answer:
        yield f":{answer.readline().strip()}"
    server.terminate()
    server.wait()


def test_the_key_is_heard_while_another_program_is_in_front(x_server: str) -> None:
    code = """
import subprocess, sys
from PySide6.QtCore import QTimer
from PySide6.QtGui import QGuiApplication
from granola_like_ui.tray.hotkey import open_hotkey
app = QGuiApplication([])
hotkey = open_hotkey("Ctrl+Alt+R", lambda: (print("heard"), app.quit()))
print(hotkey is not None, open_hotkey("Ctrl+Alt+R", print), open_hotkey("R", print))
QTimer.singleShot(0, lambda: subprocess.Popen(["xdotool", "key", "ctrl+alt+r"]))
QTimer.singleShot(20_000, app.quit)
app.exec()
hotkey.close()
"""
    done = subprocess.run(
        [sys.executable, "-c", code],
        env={**os.environ, "DISPLAY": x_server, "QT_QPA_PLATFORM": "xcb"},
        capture_output=True,
        text=True,
        timeout=60,
        check=False,
    )
    # The second is refused, for the first has it; a letter alone is never taken.
    assert done.stdout.split("\n")[:2] == ["True None None", "heard"], done.stderr


class _User32:
    def __init__(self) -> None:
        self.taken: dict[int, tuple[int, int]] = {}

    def RegisterHotKey(self, _window: None, number: int, mask: int, code: int) -> int:  # noqa: N802
        if number in self.taken:
            return 0
        self.taken[number] = (mask, code)
        return 1

    def UnregisterHotKey(self, _window: None, number: int) -> int:  # noqa: N802
        del self.taken[number]
        return 1


def test_windows_is_asked_for_one_key_and_given_it_back(qtbot: QtBot) -> None:
    user32, held = _User32(), Qt.KeyboardModifier
    modifiers = held.ControlModifier | held.AltModifier
    hotkey = WindowsHotkey("R", modifiers, print, user32)
    assert list(user32.taken.values()) == [(0x4000 | 1 | 2, ord("R"))]
    with pytest.raises(OSError, match="another"):
        WindowsHotkey("R", modifiers, print, user32)
    hotkey.close()
    hotkey.close()
    assert not user32.taken
    WindowsHotkey("F9", held.NoModifier, print, user32).close()
