"""Starting the window."""

import signal
import sys
from collections.abc import Callable

from PySide6.QtCore import QSettings, QTimer
from PySide6.QtWidgets import QApplication

from granola_like import paths
from granola_like_ui.frame import Frame
from granola_like_ui.memory import Memory
from granola_like_ui.shell import Shell, open_app, places_file
from granola_like_ui.theme import appearance
from granola_like_ui.tray.icon import app_icon
from granola_like_ui.tray.single import SingleInstance

HIDDEN = "--hidden"
"""Starts in the tray, as at the start of the computer."""
_SIGNALS_EVERY_MS = 500
_SWITCH_S = 0.001
"""A thread that computes lets the window have its turn after a millisecond, not after five."""


def main(*, on_ready: Callable[[Shell], object] | None = None) -> int:
    """Open the window, and stay until it is closed. `on_ready` is for measuring.

    A second start brings the first one to the front and ends.
    """
    sys.setswitchinterval(_SWITCH_S)
    app = QApplication(sys.argv)
    app.setApplicationName("granola_like")
    app.setApplicationDisplayName("granola_like")
    app.setDesktopFileName("granola_like")
    app.setQuitOnLastWindowClosed(False)
    single = SingleInstance(paths.data_dir())
    if not single.is_first():
        single.knock()
        return 0
    places = QSettings(str(places_file()), QSettings.Format.IniFormat)
    appearance()
    Memory(places).put_on(app)
    frame = Frame(places)
    shell = Shell(frame, open_app)
    shell.gone.connect(single.close)
    shell.gone.connect(app.quit)
    app.lastWindowClosed.connect(shell.close_if_alone)
    if HIDDEN not in sys.argv:
        frame.show()
    if on_ready is not None:
        shell.ready.connect(lambda: on_ready(shell))
    shell.ready.connect(lambda: _after(app, shell, single))
    shell.start()
    _heed_signals(app, shell)
    return app.exec()


def _after(app: QApplication, shell: Shell, single: SingleInstance) -> None:
    """Do what can wait until the list is on screen."""
    from granola_like.cli.log import open_log  # noqa: PLC0415 - not before the list

    app.setWindowIcon(app_icon())
    open_log()
    single.knocked.connect(shell.show_window)
    single.listen()


def _heed_signals(app: QApplication, shell: Shell) -> None:
    """End in good order on Ctrl-C and at the end of the session."""
    for number in (signal.SIGINT, signal.SIGTERM):
        signal.signal(number, lambda *_: QTimer.singleShot(0, shell.close))
    # Python hears signals between two of its own steps only; while nothing happens, there are none.
    awake = QTimer(app, interval=_SIGNALS_EVERY_MS)
    awake.timeout.connect(lambda: None)
    awake.start()
    app.commitDataRequest.connect(lambda _: shell.close())
