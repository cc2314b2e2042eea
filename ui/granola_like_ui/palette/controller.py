"""Fills the palette: every command with its key, the last meetings, and searching all of them."""

from collections.abc import Callable
from datetime import date

from PySide6.QtCore import QLocale, QObject, Signal

from granola_like.domain.home import HomeRow
from granola_like_ui.bridge import Asked, Reader
from granola_like_ui.commands import Command, shown_key
from granola_like_ui.frame import Frame
from granola_like_ui.home import work
from granola_like_ui.home.search_field import PALETTE_KEY
from granola_like_ui.home.telling import near_day
from granola_like_ui.palette.matching import Entry
from granola_like_ui.palette.palette import Palette
from granola_like_ui.palette.plain_keys import plain_keys

MEETINGS = 200
"""So many of the last meetings can be reached by their titles; search reaches all."""


class PaletteController(QObject):
    """Opens the palette and the list of keys."""

    meeting_asked = Signal(str)
    search_asked = Signal(str)
    """Search all meetings for this."""

    def __init__(
        self,
        frame: Frame,
        reader: Reader,
        *,
        today: Callable[[], date] = date.today,
    ) -> None:
        super().__init__(frame)
        self._frame, self._reader, self._today = frame, reader, today
        self._asked: Asked[tuple[HomeRow, ...]] | None = None
        self._is_palette = True
        self.palette = Palette(frame)
        self.palette.typed.connect(self._offer_search)
        frame.commands.add(
            Command(
                id="palette.show", text=self.tr("All commands"), run=self.open, key=PALETTE_KEY
            ),
            Command(id="palette.keys", text=self.tr("Keys"), run=self.open_keys, key="F1"),
            Command(id="palette.keys.also", text=self.tr("Keys"), run=self.open_keys, key="Ctrl+/"),
        )

    def open(self) -> None:
        """Offer all commands, and the last meetings as soon as they have been read."""
        self._is_palette = True
        self.palette.open(self._commands(), hint=self.tr("What do you want to do?"))
        if self._asked is not None:
            self._asked.forget()
        self._asked = self._reader.ask(
            lambda app: work.recent(app, limit=MEETINGS), self._add_meetings
        )

    def open_keys(self) -> None:
        """Offer what has a key, and tell the keys that hold in one place only."""
        self._is_palette = False
        with_key = [entry for entry in self._commands() if entry.aside]
        told = [
            Entry(id=f"key.{number}", text=text, aside=key)
            for number, (text, key) in enumerate(plain_keys())
        ]
        self.palette.open([*with_key, *told], hint=self.tr("Which key?"))

    # -- inside --------------------------------------------------------------------------------

    def _commands(self) -> list[Entry]:
        commands = self._frame.commands
        hidden = {"palette.show", "palette.keys.also"}
        return [
            Entry(
                id=command.id,
                text=command.text,
                aside=shown_key(command.key) if command.key else "",
                words=command.words,
                run=lambda name=command.id: commands.run(name),  # type: ignore[misc]
            )
            for command in commands.possible()
            if command.id not in hidden
        ]

    def _add_meetings(self, meetings: tuple[HomeRow, ...]) -> None:
        if self._is_palette:
            self.palette.add([self._entry(row) for row in meetings])

    def _entry(self, row: HomeRow) -> Entry:
        day = row.started_at.astimezone().date()
        return Entry(
            id=f"meeting.{row.meeting}",
            text=row.title,
            aside=near_day(day, today=self._today(), locale=QLocale()),
            words=" ".join(row.people),
            run=lambda: self.meeting_asked.emit(row.meeting),
        )

    def _offer_search(self, text: str) -> None:
        query = " ".join(text.split())
        if not query or not self._is_palette:
            self.palette.offer_last(None)
            return
        self.palette.offer_last(
            Entry(
                id="palette.search",
                text=self.tr("Search all meetings for “{query}”").format(query=query),
                run=lambda: self.search_asked.emit(query),
            )
        )
