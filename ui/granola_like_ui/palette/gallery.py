"""The palette over the home page, in every state."""

from collections.abc import Callable

from PySide6.QtWidgets import QWidget

from granola_like_ui.gallery import Shot
from granola_like_ui.home.gallery import MEETINGS, window
from granola_like_ui.palette.matching import Entry
from granola_like_ui.palette.palette import Palette
from granola_like_ui.palette.plain_keys import plain_keys

_SIZE = (960, 640)
ENTRIES = (
    Entry(id="1", text="Record now", aside="Ctrl+R", words="start recording"),
    Entry(id="2", text="Home", aside="Ctrl+Shift+H"),
    Entry(id="3", text="Search all meetings", aside="Ctrl+Shift+F"),
    Entry(id="4", text="New folder", aside="Ctrl+Shift+N"),
    Entry(id="5", text="Rename the chosen meeting or folder", aside="F2"),
    Entry(id="6", text="Move the chosen meetings to a folder", aside="Ctrl+Shift+M"),
    Entry(id="7", text="Trash"),
    Entry(id="8", text="Keys", aside="F1"),
    *(Entry(id=row.meeting, text=row.title, aside="Yesterday") for row in MEETINGS),
)


def _palette(typed: str, *, keys: bool = False) -> Callable[[], QWidget]:
    def make() -> QWidget:
        frame, _, _ = window(MEETINGS)
        frame.resize(*_SIZE)
        frame.show()
        palette = Palette(frame)
        if keys:
            told = [Entry(id=text, text=text, aside=key) for text, key in plain_keys()]
            palette.open([*ENTRIES[:6], *told], hint="Which key?")
        else:
            palette.open(ENTRIES, hint="What do you want to do?")
        if typed:
            palette.type(typed)
            search = f"Search all meetings for “{typed}”"
            palette.offer_last(Entry(id="search", text=search))
        return frame

    return make


STATES: dict[str, Shot] = {
    "all": Shot(make=_palette(""), size=_SIZE),
    "typed": Shot(make=_palette("fold"), size=_SIZE),
    "nothing": Shot(make=_palette("zebra"), size=_SIZE),
    "keys": Shot(make=_palette("", keys=True), size=_SIZE),
    "small": Shot(make=_palette("re"), size=(900, 600)),
}
