"""What a screen reader hears: everything that takes the focus has a name."""

import os
import subprocess
import sys
from pathlib import Path

import pytest
from PySide6.QtCore import QEvent, Qt
from PySide6.QtGui import QAccessible
from PySide6.QtWidgets import QApplication, QScrollArea, QSplitterHandle, QWidget

from granola_like_ui.gallery import shots

FONTS = Path(__file__).parent / "fonts"


def focusable(over: QWidget) -> list[QWidget]:
    """Everything visible that the Tab key can reach."""
    found = [over, *over.findChildren(QWidget)]
    return [
        widget
        for widget in found
        if widget.isVisible()
        and widget.isEnabled()
        and widget.focusPolicy() & Qt.FocusPolicy.TabFocus
        and not isinstance(widget, QScrollArea | QSplitterHandle)
    ]


@pytest.mark.parametrize("name", sorted(shots()))
def test_whatever_takes_the_focus_has_a_name(qapp: QApplication, name: str) -> None:
    shot = shots()[name]
    widget = shot.make()
    widget.resize(*shot.size)
    widget.show()
    QApplication.processEvents()
    nameless = []
    for one in focusable(widget):
        heard = QAccessible.queryAccessibleInterface(one)
        assert heard is not None
        if not heard.text(QAccessible.Text.Name).strip():
            nameless.append(f"{type(one).__name__} {one.objectName()}")
    widget.close()
    widget.deleteLater()
    QApplication.sendPostedEvents(None, QEvent.Type.DeferredDelete)
    assert not nameless


def test_everything_can_be_drawn_twice_as_large(tmp_path: Path) -> None:
    """At 200 % nothing is cut off sharply enough for Qt to complain, and pictures are whole."""
    fonts = [str(file) for file in sorted(FONTS.glob("*.otf"))]
    subprocess.run(
        [sys.executable, "-m", "granola_like_ui.gallery", str(tmp_path), "whole", *fonts],
        env={**os.environ, "QT_QPA_PLATFORM": "offscreen", "QT_SCALE_FACTOR": "2"},
        check=True,
        timeout=120,
        capture_output=True,
    )
    from PySide6.QtGui import QImage

    drawn = {file.name: QImage(str(file)).size() for file in tmp_path.glob("*.png")}
    assert len(drawn) == 6
    assert {(size.width(), size.height()) for size in drawn.values()} == {(2560, 1640)}
