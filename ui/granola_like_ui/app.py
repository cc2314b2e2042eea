"""Starting the window."""

import sys

from PySide6.QtCore import QSettings
from PySide6.QtWidgets import QApplication

from granola_like import paths
from granola_like_ui.frame import Frame
from granola_like_ui.garbage import Garbage
from granola_like_ui.theme import appearance


def main() -> int:
    """Open the window, and stay until it is closed."""
    app = QApplication(sys.argv)
    app.setApplicationName("granola_like")
    app.setDesktopFileName("granola_like")
    appearance()
    Garbage(app)
    places = QSettings(str(paths.config_dir() / "window.ini"), QSettings.Format.IniFormat)
    frame = Frame(places)
    frame.show()
    return app.exec()
