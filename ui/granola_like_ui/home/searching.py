"""Searching while the person types: the newest words count, older questions are forgotten."""

from collections.abc import Callable
from datetime import date

from PySide6.QtCore import QLocale, QObject, QTimer, Signal

from granola_like_ui.bridge import Asked, Reader
from granola_like_ui.home import work
from granola_like_ui.home.state import Group, SearchState

WAIT_MS = 30
"""So long after the last key; people type a letter in 80 to 200 ms."""


class Searching(QObject):
    """Turns what is typed into states of the search page."""

    found = Signal(object)
    """A `SearchState`."""

    def __init__(
        self,
        reader: Reader,
        *,
        today: Callable[[], date] = date.today,
        parent: QObject | None = None,
    ) -> None:
        super().__init__(parent)
        self._reader, self._today = reader, today
        self._query = ""
        self._asked: Asked[tuple[Group, ...]] | None = None
        self._timer = QTimer(self, singleShot=True, interval=WAIT_MS)
        self._timer.timeout.connect(self._ask)

    def look_for(self, query: str) -> None:
        """Search for this from now on."""
        self._query = " ".join(query.split())
        if self._asked is not None:
            self._asked.forget()
        self._timer.stop()
        if self._query:
            self._timer.start()

    def _ask(self) -> None:
        query, today, locale = self._query, self._today(), QLocale()
        self._asked = self._reader.ask(
            lambda app: work.search(app, query, today=today, locale=locale),
            lambda groups: self.found.emit(
                SearchState(query=query, groups=groups, is_answered=True)
            ),
        )
