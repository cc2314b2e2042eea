"""The window is tested without a screen; a warning from Qt and a blocked window are failures."""

import gc
import os
from collections.abc import Iterator
from pathlib import Path

import pytest

os.environ.setdefault("QT_QPA_PLATFORM", "offscreen")
os.environ.setdefault("QT_QPA_FONTDIR", str(Path(__file__).parent / "fonts"))

from PySide6.QtGui import QFont, QFontDatabase
from PySide6.QtWidgets import QApplication

from granola_like_ui.theme import appearance
from granola_like_ui.watchdog import Watchdog

FONTS = Path(__file__).parent / "fonts"


def pytest_collection_modifyitems(items: list[pytest.Item]) -> None:
    for item in items:
        if item.path.is_relative_to(Path(__file__).parent):
            item.add_marker(pytest.mark.qt_log_level_fail("WARNING"))


@pytest.fixture(scope="session")
def qapp(qapp: QApplication) -> QApplication:
    """One application with the bundled font, so that pictures are the same everywhere."""
    for file in sorted(FONTS.glob("*.otf")):
        QFontDatabase.addApplicationFont(str(file))
    QApplication.setFont(QFont("Inter"))
    gc.freeze()  # what is imported need not be looked through after each test
    return qapp


@pytest.fixture(autouse=True)
def light(qapp: QApplication) -> None:
    """Every test starts in the light theme."""
    appearance().choose("light")


@pytest.fixture(autouse=True)
def collect_here() -> Iterator[None]:
    """Take circles of widgets apart in this thread, as the window does (`garbage`)."""
    gc.disable()
    yield
    gc.collect()
    gc.enable()


@pytest.fixture
def watchdog(qapp: QApplication) -> Iterator[Watchdog]:
    """Fails the test when the window did not answer for more than 50 ms."""
    dog = Watchdog()
    yield dog
    assert not dog.blocked_ms, f"the window was blocked for {dog.blocked_ms} ms"
