"""The indicator in its states."""

from PySide6.QtWidgets import QWidget

from granola_like_ui.gallery import Shot
from granola_like_ui.tray.indicator import Indicator
from granola_like_ui.tray.state import TrayState


def _shown(state: TrayState, width: int) -> Shot:
    def make() -> QWidget:
        indicator = Indicator()
        indicator.show_state(state)
        return indicator

    return Shot(make=make, size=(width, 48))


STATES: dict[str, Shot] = {
    "recording": _shown(TrayState(doing="recording", elapsed_ms=761_000), 160),
    "paused": _shown(TrayState(doing="paused", elapsed_ms=3_761_000), 230),
    "silent": _shown(
        TrayState(doing="recording", elapsed_ms=761_000, trouble="No sound from the call for 20 s"),
        360,
    ),
}
