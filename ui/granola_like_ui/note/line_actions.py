"""What the person does to single lines of a note, written into the library."""

from collections.abc import Callable
from datetime import date

from PySide6.QtCore import QObject, QPoint, Signal

from granola_like.app import App, page_changes
from granola_like_ui.bridge import Reader
from granola_like_ui.note.changes import LineChange
from granola_like_ui.note.details import DetailsCard
from granola_like_ui.note.page import MeetingPage
from granola_like_ui.note.shown import ShownLine, fixed

Change = Callable[[App, str], object]
"""What is done with a meeting, on the reader's thread."""


class LineActions(QObject):
    """Edits, doubts, boxes, owners. Each is a write of its own, in the order of the hands."""

    source_asked = Signal(object)
    """A ShownLine."""
    changed = Signal()
    """Something was written: read the meeting again."""

    def __init__(
        self,
        page: MeetingPage,
        reader: Reader,
        parent: QObject,
        *,
        meeting: Callable[[], str],
        today: Callable[[], date],
    ) -> None:
        super().__init__(parent)
        self._page, self._reader, self._today = page, reader, today
        self.meeting = meeting
        self.writes = 0
        """How many changes were made: what was read before the last of them is old."""
        self._later = ""
        self.card = DetailsCard(page)
        note, doubts = page.note, page.note.findings
        note.changed_lines.connect(self._edit)
        note.source_asked.connect(self.source_asked)
        note.ticked.connect(self._tick)
        note.details_asked.connect(self._ask_details)
        doubts.play_asked.connect(self._play)
        doubts.fix_asked.connect(self._fix)
        doubts.keep_asked.connect(self._accept)
        doubts.drop_asked.connect(self._drop)
        self.card.owner_chosen.connect(self._reassign)
        self.card.day_chosen.connect(self._reschedule)
        page.conflicts.chosen.connect(self._choose)

    def acts(self) -> dict[str, Callable[[], object]]:
        """Give what can be done with the line in which the caret is, for keys."""
        return {
            "source": lambda: self._on_line(self._play),
            "next": lambda: self._go(1),
            "previous": lambda: self._go(-1),
            "accept": lambda: self._on_line(self._accept),
            "fix": lambda: self._on_line(self._fix),
            "drop": lambda: self._on_line(self._drop),
            "compare": lambda: self._on_line(self._compare),
            "tick": self._tick_here,
            "details": self._details_here,
            "give_back": lambda: self._on_line(self._give_back),
        }

    def go_to_later(self, line: str) -> None:
        """Put the caret into a line when it is there."""
        self._later = line
        self.arrived()

    def arrived(self) -> None:
        """The lines are there."""
        found = [
            line.id
            for line in self._page.note.shown()
            if line.id == self._later or (line.kind == "note" and line.note == self._later)
        ]
        if self._later and found and self._page.shows_note:
            self._page.note.go_to(found[0])
            self._page.note.setFocus()
            self._later = ""
        elif self._later and not self._page.shows_note and self._page.notepad.go_to(self._later):
            self._page.notepad.setFocus()
            self._later = ""

    # -- writing -------------------------------------------------------------------------------

    def write(self, change: Change) -> None:
        """Make a change, and have the meeting read again."""
        meeting = self.meeting()
        self.writes += 1
        self._reader.ask(lambda app: change(app, meeting), lambda _: self.changed.emit())

    def _edit(self, changes: tuple[LineChange, ...]) -> None:
        def change(app: App, meeting: str) -> None:
            for one in changes:
                make(app, meeting, one)

        self.write(change)

    def _accept(self, line: str) -> None:
        self.write(lambda app, meeting: page_changes.accept(app.library, meeting, line))

    def _drop(self, line: str) -> None:
        self.write(lambda app, meeting: page_changes.drop(app.library, meeting, line))

    def _give_back(self, line: str) -> None:
        self._page.note.commit()
        self.write(lambda app, meeting: page_changes.give_back(app.library, meeting, line))

    def _fix(self, name: str) -> None:
        line = self._line(name)
        text = fixed(line) if line is not None else None
        if line is None:
            return
        if text is not None:
            self.write(lambda app, meeting: page_changes.reword(app.library, meeting, name, text))
            return
        owners = [one for one in line.details if one.kind == "owner" and one.in_source]
        if owners and owners[0].in_point == line.owner:
            self._reassign(name, owners[0].in_source)
            return
        # What it should say is not known: the person does it, with both sides in sight.
        self._page.note.go_to(name)
        self._page.note.setFocus()
        if name in self._page.note.findings.boxes:
            self._page.note.findings.boxes[name].compare(shown=True)

    def _tick(self, line: str, is_done: bool) -> None:
        self.write(
            lambda app, meeting: page_changes.tick(app.library, meeting, line, is_done=is_done)
        )

    def _reassign(self, line: str, owner: str | None) -> None:
        self.write(lambda app, meeting: page_changes.reassign(app.library, meeting, line, owner))

    def _reschedule(self, line: str, due: date | None) -> None:
        self.write(lambda app, meeting: page_changes.reschedule(app.library, meeting, line, due))

    def _choose(self, edit: str, side: str) -> None:
        keep = "mine" if side == "mine" else "theirs"
        self.write(
            lambda app, meeting: page_changes.choose(app.library, meeting, edit, keep)  # type: ignore[arg-type]
        )

    # -- looking -------------------------------------------------------------------------------

    def _play(self, name: str) -> None:
        line = self._line(name)
        if line is not None and line.quotes:
            self.source_asked.emit(line)

    def _compare(self, name: str) -> None:
        box = self._page.note.findings.boxes.get(name)
        if box is not None:
            box.compare(shown=not box.is_compared)

    def _go(self, step: int) -> None:
        """Go to the next line that is in doubt, around the end."""
        note = self._page.note
        lines = [line.id for line in note.history.lines]
        doubted = [at for at, name in enumerate(lines) if self._is_doubted(name)]
        here = note.caret_line()
        if not doubted:
            return
        ahead = [at for at in doubted if (at > here if step > 0 else at < here)]
        ends = (doubted[0], doubted[-1])
        target = (ahead[0] if step > 0 else ahead[-1]) if ahead else ends[0 if step > 0 else 1]
        note.go_to(lines[target])
        note.setFocus()

    def _is_doubted(self, name: str) -> bool:
        line = self._line(name)
        return line is not None and line.finding is not None

    def _tick_here(self) -> None:
        line = self._page.note.line_here()
        if line is not None and line.kind == "action":
            self._tick(line.id, not line.is_done)

    def _details_here(self) -> None:
        note = self._page.note
        line = note.line_here()
        if line is not None and line.kind == "action":
            place = note.viewport().mapToGlobal(note.cursorRect().bottomLeft())
            self._ask_details(line, place)

    def _ask_details(self, line: ShownLine, at: QPoint) -> None:
        people = self._page.header.people.names()
        self.card.open(line, at, people=people, today=self._today())

    def _on_line(self, act: Callable[[str], object]) -> None:
        line = self._page.note.line_here()
        if line is not None and line.kind != "heading":
            act(line.id)

    def _line(self, name: str) -> ShownLine | None:
        return next((line for line in self._page.note.shown() if line.id == name), None)


def make(app: App, meeting: str, change: LineChange) -> None:
    """Write one change of a line."""
    library, line, text = app.library, change.line, change.text
    match change.what:
        case "reworded":
            page_changes.reword(library, meeting, line, text)
        case "dropped":
            page_changes.drop(library, meeting, line)
        case "returned":
            page_changes.bring_back(
                library, meeting, line, text, after=change.after, indent=change.indent
            )
        case "inserted":
            page_changes.insert(
                library,
                meeting,
                line,
                text,
                after=change.after,
                indent=change.indent,
                kind=change.kind,
            )
