"""Every screen in every state, for the tests of looks and for a designer's eye.

`python -m granola_like_ui.gallery FOLDER [PART OF A NAME…] [FONT FILE…]` draws them in both themes.
"""

import importlib
import sys
from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path

from PySide6.QtCore import QEvent
from PySide6.QtGui import QFont, QFontDatabase
from PySide6.QtWidgets import QApplication, QWidget

from granola_like_ui.theme import Scheme, Size, appearance

AREAS = ("home", "note", "palette", "settings", "transcript", "tray", "welcome", "whole")
"""Each has a `gallery.py` with STATES: a name for each Shot."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Shot:
    """A screen in a state. `make` is called with an application there, and touches nothing else."""

    make: Callable[[], QWidget]
    size: tuple[int, int] = Size.WINDOW


def shots() -> dict[str, Shot]:
    """Collect the states of every area, named `area-state`."""
    found: dict[str, Shot] = {}
    for area in AREAS:
        try:
            states: dict[str, Shot] = importlib.import_module(
                f"{__package__}.{area}.gallery"
            ).STATES
        except ModuleNotFoundError as missing:
            if missing.name is None or not missing.name.startswith(f"{__package__}.{area}"):
                raise
            continue
        found |= {f"{area}-{name}": shot for name, shot in states.items()}
    return found


def draw(shot: Shot, *, scheme: Scheme, to: Path) -> None:
    """Draw one state into a PNG file."""
    appearance().choose(scheme)
    widget = shot.make()
    widget.resize(*shot.size)
    widget.show()
    for _ in range(3):  # layouts settle, then what waits for them
        QApplication.processEvents()
    picture = widget.grab()
    to.parent.mkdir(parents=True, exist_ok=True)
    picture.save(str(to))
    widget.close()
    widget.deleteLater()
    # Outside a running event loop nothing else deletes it, and a style sheet would go on to it.
    QApplication.sendPostedEvents(None, QEvent.Type.DeferredDelete)


def main(arguments: list[str]) -> int:
    """Draw what is asked for."""
    app = QApplication(arguments[:1])
    fonts = [one for one in arguments[1:] if one.endswith((".otf", ".ttf"))]
    for file in fonts:
        added = QFontDatabase.addApplicationFont(file)
        app.setFont(QFont(QFontDatabase.applicationFontFamilies(added)[0]))
    folder, *wanted = [one for one in arguments[1:] if one not in fonts]
    for name, shot in shots().items():
        if not wanted or any(part in name for part in wanted):
            schemes: tuple[Scheme, ...] = ("light", "dark")
            for scheme in schemes:
                draw(shot, scheme=scheme, to=Path(folder) / f"{name}-{scheme}.png")
    return 0


if __name__ == "__main__":
    sys.exit(main(sys.argv))
