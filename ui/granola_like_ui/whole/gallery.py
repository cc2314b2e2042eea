"""The whole window, as a person sees it: what the drawings in `docs/` show."""

from PySide6.QtWidgets import QWidget

from granola_like_ui.gallery import Shot
from granola_like_ui.home.gallery import FOLDERS, MEETINGS, window
from granola_like_ui.home.state import SidebarState
from granola_like_ui.note import gallery as note
from granola_like_ui.transcript import gallery as transcript
from granola_like_ui.transcript.panel import TranscriptPanel
from granola_like_ui.transcript.rows import rows_of
from granola_like_ui.transcript.state import PlayState, TranscriptState

_SIDE = SidebarState(folders=FOLDERS, place="meeting", meeting=MEETINGS[0].meeting)


def _with(page: str) -> QWidget:
    frame, sidebar, _ = window(MEETINGS, side=_SIDE, page=note.STATES[page].make())
    sidebar.show_state(_SIDE)
    return frame


def _source() -> QWidget:
    frame, sidebar, _ = window(MEETINGS, side=_SIDE, page=note.STATES["written"].make())
    sidebar.show_state(_SIDE)
    panel = TranscriptPanel()
    rows = rows_of(transcript.bundle())
    panel.show_state(
        TranscriptState(rows=rows, lit=transcript.LIT, has_sound=True, length_ms=2_520_000)
    )
    panel.show_playing(PlayState(position_ms=1_275_100, is_playing=True))
    frame.set_panel(panel)
    frame.show_panel(shown=True)
    return frame


STATES: dict[str, Shot] = {
    "call": Shot(make=lambda: _with("captions")),
    "after": Shot(make=lambda: _with("written")),
    "source": Shot(make=_source),
}
