"""A list of meetings read a page at a time, and read again when something was written."""

from collections.abc import Callable
from datetime import date

from PySide6.QtCore import QObject, Signal

from granola_like.domain.home import HomeRow
from granola_like_ui.bridge import Asked, Reader
from granola_like_ui.home import work
from granola_like_ui.home.meetings import MeetingsModel

PAGE = 100


class Pages(QObject):
    """Joins a model of meetings with the library; the newest question counts."""

    loaded = Signal()

    def __init__(
        self,
        model: MeetingsModel,
        reader: Reader,
        *,
        today: Callable[[], date] = date.today,
        parent: QObject | None = None,
    ) -> None:
        super().__init__(parent)
        self._model, self._reader, self._today = model, reader, today
        self._folder: str | None = None
        self._is_trash = False
        self._asked: Asked[tuple[HomeRow, ...]] | None = None
        model.more_asked.connect(self._more)

    def open(self, *, folder: str | None = None, is_trash: bool = False) -> None:
        """Read the first page of a place."""
        self._folder, self._is_trash = folder, is_trash
        self._read((), wanted=PAGE)

    def refresh(self) -> None:
        """Read again what has been read."""
        self._read((), wanted=max(PAGE, len(self._model.meetings)))

    def _read(self, before: tuple[HomeRow, ...], *, wanted: int) -> None:
        def arrived(rows: tuple[HomeRow, ...]) -> None:
            read, has_more = before + rows, len(rows) == PAGE
            if has_more and len(read) < wanted:
                self._read(read, wanted=wanted)
                return
            self._model.show(read, has_more=has_more, today=self._today())
            self.loaded.emit()

        self._ask(before[-1] if before else None, arrived)

    def _more(self) -> None:
        def arrived(rows: tuple[HomeRow, ...]) -> None:
            self._model.add(rows, has_more=len(rows) == PAGE)

        meetings = self._model.meetings
        self._ask(meetings[-1] if meetings else None, arrived)

    def _ask(self, before: HomeRow | None, arrived: Callable[[tuple[HomeRow, ...]], None]) -> None:
        folder, trash = self._folder, self._is_trash
        if self._asked is not None:
            self._asked.forget()
        self._asked = self._reader.ask(
            lambda app: work.recent(app, before, limit=PAGE, folder=folder, trash=trash), arrived
        )
