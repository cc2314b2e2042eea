"""Title and people: of a meeting that goes on, or of one in the library."""

from collections.abc import Callable
from dataclasses import replace

from PySide6.QtCore import QObject

from granola_like.app import App, home_actions
from granola_like.app.now import MeetingNow
from granola_like.domain.meeting import Person
from granola_like_ui.bridge import Reader
from granola_like_ui.note.header import Header


class Naming(QObject):
    """Writes what is changed in the header."""

    def __init__(
        self,
        header: Header,
        reader: Reader,
        parent: QObject,
        *,
        meeting: Callable[[], str],
        now: Callable[[], MeetingNow | None],
    ) -> None:
        super().__init__(parent)
        self._reader, self._meeting, self._now = reader, meeting, now
        header.renamed.connect(self._rename)
        header.people_changed.connect(self._change_people)

    def _rename(self, title: str) -> None:
        now, meeting = self._now(), self._meeting()
        if now is not None:
            now.rename(title)
        elif meeting:
            self._reader.ask(lambda app: home_actions.rename(app.library, meeting, title))

    def _change_people(self, names: tuple[str, ...]) -> None:
        now, meeting = self._now(), self._meeting()
        if now is not None:
            now.describe(replace(now.about, people=_people(names, now.about.people)))
        elif meeting:
            self._reader.ask(lambda app: _change_stored(app, meeting, names))


def _change_stored(app: App, meeting: str, names: tuple[str, ...]) -> None:
    known = app.library.load(meeting).meeting.people
    home_actions.change_people(app.library, meeting, _people(names, known))


def _people(names: tuple[str, ...], known: tuple[Person, ...]) -> tuple[Person, ...]:
    """Whoever was known keeps the address."""
    found = {person.name: person for person in known}
    return tuple(found.get(name, Person(name)) for name in names)
