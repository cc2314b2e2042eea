"""Notices what was written into the library, by whichever thread or program."""

from typing import TYPE_CHECKING

from PySide6.QtCore import QObject, QTimer, Signal

from granola_like_ui.bridge import Reader
from granola_like_ui.home import work

if TYPE_CHECKING:
    from granola_like.app.home import Changed

EVERY_MS = 1000


class Watch(QObject):
    """Asks once a second what has changed since; tells when something has."""

    changed = Signal(object)
    """A tuple of `domain.changes.Changes`."""

    def __init__(self, reader: Reader, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._reader = reader
        self._since: int | None = None
        self._is_asking = False
        self._timer = QTimer(self, interval=EVERY_MS)
        self._timer.timeout.connect(self.look)

    def start(self) -> None:
        """Tell what is written from now on."""
        self._timer.start()
        self.look()

    def stop(self) -> None:
        """Tell nothing more."""
        self._timer.stop()

    def look(self) -> None:
        """Look now: something was just done."""
        if self._is_asking:
            return
        self._is_asking = True
        since = self._since
        self._reader.ask(lambda app: work.changed(app, since), self._told, failed=self._failed)

    def _told(self, changed: "Changed") -> None:
        self._is_asking = False
        self._since = changed.moment
        if changed.changes:
            self.changed.emit(changed.changes)

    def _failed(self, error: object) -> None:
        # Whoever reads the library tells the person what is wrong with it.
        self._is_asking = False
