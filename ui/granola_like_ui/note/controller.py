"""Joins the meeting's page with the meeting: one that goes on, or one in the library."""

import time
from collections.abc import Callable
from datetime import date

from PySide6.QtCore import QLocale, QObject, QTimer, Signal

from granola_like.app.desk import Desk, MeetingNews
from granola_like.app.now import MeetingNow
from granola_like.app.product import Writing as How
from granola_like.domain.changes import Changes
from granola_like_ui.bridge import Asked, Reader
from granola_like_ui.frame import Frame
from granola_like_ui.home.watch import Watch
from granola_like_ui.note import keys, reading
from granola_like_ui.note.call import CallFollower
from granola_like_ui.note.call_actions import CallActions
from granola_like_ui.note.exporting import Exports
from granola_like_ui.note.line_actions import LineActions
from granola_like_ui.note.naming import Naming
from granola_like_ui.note.page import MeetingPage
from granola_like_ui.note.reading import Read
from granola_like_ui.note.saving import LinesKeeper
from granola_like_ui.note.version_choice import VersionsOf

_DESK_EVERY_MS = 150
_WAIT_FOR_HANDS_MS = 2500


class MeetingController(QObject):
    """Owns the page. The shell says which meeting; the rest comes from here."""

    source_asked = Signal(object)
    """A ShownLine: its `evidence` shall light up in the transcript, and be played."""
    silence_asked = Signal()
    """What is played shall stop."""
    call_ended = Signal(object)
    """The MeetingNow whose recording has ended: the desk shall take it."""
    help_asked = Signal(str)
    """A page that helps: `models`."""

    def __init__(
        self,
        frame: Frame,
        reader: Reader,
        watch: Watch,
        desk: Desk,
        *,
        today: Callable[[], date] = date.today,
    ) -> None:
        super().__init__(frame)
        self._frame, self._reader, self._desk = frame, reader, desk
        self.follower = CallFollower(self)
        self.page = MeetingPage(clock=self.follower.clock_ms)
        self.keeper = LinesKeeper(reader, self)
        self.exports = Exports(
            self.page, reader, frame.messages, self, meeting=lambda: self._meeting
        )
        self.call = CallActions(self.page, self.follower, self)
        self.naming = Naming(
            self.page.header,
            reader,
            self,
            meeting=lambda: self._meeting,
            now=lambda: self.follower.now or self._pending,
        )
        self.lines = LineActions(
            self.page, reader, self, meeting=lambda: self._meeting, today=today
        )
        self.compared = VersionsOf(self.page, reader, self)
        self._meeting = ""
        self._read: Read | None = None
        self._asked: Asked[Read] | None = None
        self._versions = 0
        """How many versions the shown note had when it was read."""
        self._pending: MeetingNow | None = None
        """A meeting whose recording has ended, until it is in the library."""
        self._is_as_typed = False
        self._offered = ""
        """Which commands are offered now: those of a `call`, of a `note`, or none."""
        self._typed_at = -1e9
        """When something was last typed into the notepad, by the clock of the process."""
        self._streamed: object = None
        """What of a note that is being written is on the page."""
        self._desk_timer = QTimer(self, interval=_DESK_EVERY_MS)
        self._desk_timer.timeout.connect(self._look_at_desk)
        self._connect(watch)

    # -- what the shell says -------------------------------------------------------------------

    @property
    def meeting(self) -> str:
        """The id of the meeting that is shown."""
        return self._meeting

    @property
    def is_shown(self) -> bool:
        """Whether the page is what the window shows."""
        return self._frame.page is self.page

    def open(self, meeting: str) -> None:
        """Show a meeting of the library, or one on its way there."""
        if meeting != self._meeting:
            self._leave()
            self._meeting = meeting
            self.keeper.keep_in(meeting=meeting)
            unsaved = self.keeper.unsaved(meeting)
            self.page.notepad.set_lines(unsaved or ())
            self.page.note.show_lines((), anew=True)
            # Until the stored lines are there, nothing may be kept in their place.
            self.page.notepad.setReadOnly(unsaved is None)
            if unsaved:
                self.page.show_notepad()
        self._show()
        self._ask()
        self._watch_desk()

    def follow(self, now: MeetingNow) -> None:
        """Show a meeting that goes on; the caret is in the notes."""
        if self.follower.now is not now:
            self._leave()
            self._meeting = now.folder_id
            self.keeper.keep_in(meeting=now.folder_id, now=now)
            self.page.notepad.set_lines(now.lines)
            self.page.notepad.setReadOnly(False)
            self.page.buttons.show_for(has_note=False, can_write=False, versions=0)
            self.page.show_notepad()
            self._show_about_now(now)
            self.follower.follow(now)
        self._show()
        self.page.go_to_text()

    def go_to(self, line: str) -> None:
        """Put the caret into a line of the note, once it is there."""
        self.lines.go_to_later(line)

    def leave(self) -> None:
        """Keep what was typed, and take the commands away; done when another page is shown."""
        self.page.note.commit()
        self.keeper.flush()
        self._frame.commands.remove(*keys.IDS)
        self._offered = ""

    def show_playing(self, *, is_playing: bool) -> None:
        """Say whether something is played: then Space stops it."""
        self.page.note.is_playing = is_playing

    def close(self) -> None:
        """Keep everything: the window is closed. A recording goes on."""
        self._leave()
        self.keeper.close()

    # -- which meeting -------------------------------------------------------------------------

    def _leave(self) -> None:
        self.page.note.commit()
        self.page.header.title.give()
        self.page.header.people.give()
        self.keeper.flush()
        self.follower.let_go()
        self.page.show_call(None)
        self.page.show_writing(None)
        self.page.show_trouble(None)
        self.page.conflicts.show_conflicts(())
        self._read, self._pending, self._is_as_typed = None, None, False
        self._typed_at = -1e9
        self.page.buttons.is_as_typed, self._streamed = False, None
        self._desk_timer.stop()
        if self._asked is not None:
            self._asked.forget()
            self._asked = None

    def _show(self) -> None:
        self._frame.show_page(self.page)
        self._add_commands()

    # -- a stored meeting ----------------------------------------------------------------------

    def _ask(self) -> None:
        if not self._meeting or self.follower.now is not None:
            return
        meeting, writes = self._meeting, self.lines.writes
        language = QLocale().name().split("_")[0]

        def take(found: Read) -> None:
            self._asked = None
            if writes != self.lines.writes:
                self._ask()  # it was read before the person's last change was written
            elif self.keeper.is_dirty:
                self.page.show_about(reading.about_of(found.stored.bundle))
                self.keeper.wait()  # it may take long where the library refuses the lines
            elif meeting == self._meeting:
                self._take(found)

        if self._asked is not None:
            self._asked.forget()
        self._asked = self._reader.ask(
            lambda app: reading.read(app, meeting, language=language), take, failed=self._failed
        )

    def _take(self, found: Read) -> None:
        page, bundle = self.page, found.stored.bundle
        is_other = self._read is None or len(found.stored.versions) != self._versions
        self._read, self._versions = found, len(found.stored.versions)
        page.show_about(reading.about_of(bundle))
        page.buttons.templates = reading.templates_of(found)
        has_words = bool(bundle.transcript.utterances)
        page.buttons.show_for(
            has_note=found.has_note,
            can_write=has_words or bool(bundle.recording.tracks),
            versions=len(found.stored.versions),
        )
        page.conflicts.show_conflicts(reading.conflicts_of(found))
        self._show_text(found, is_other=is_other)
        self._add_commands()

    def _show_text(self, found: Read, *, is_other: bool) -> None:
        page, notes = self.page, found.stored.bundle.notes
        page.notepad.setReadOnly(False)
        if found.has_note and not self._is_as_typed:
            if self._is_typing():
                QTimer.singleShot(_WAIT_FOR_HANDS_MS, self._ask)
                return
            here = page.note.line_here()
            page.note.setReadOnly(False)
            if not self.compared.is_shown:
                page.show_note(found.lines, anew=is_other)
            if is_other and here is not None:
                page.note.go_to(here.id)
            self.lines.arrived()
            return
        if page.notepad.lines() != notes and not self.keeper.is_dirty:
            page.notepad.set_lines(notes)
        self.lines.arrived()
        news = self._desk.of(self._meeting)
        if not (news is not None and news.state == "working" and news.written):
            page.show_notepad()

    def _failed(self, error: object) -> None:
        # A meeting that the desk is still taking in is in the library a moment later.
        if self._desk.of(self._meeting) is None:
            self._reader.failed.emit(error)

    # -- the desk, a call -----------------------------------------------------------------------

    def _watch_desk(self) -> None:
        self._desk_timer.start()
        self._look_at_desk()

    def _look_at_desk(self) -> None:
        news = self._desk.of(self._meeting)
        if news is None:
            if self._pending is None:
                self._desk_timer.stop()
            return
        if news.is_stored and self._pending is not None:
            self._is_stored()
        elif news.is_stored and self._read is None and self._asked is None:
            self._ask()
        writing = reading.writing_of(news)
        self.page.show_writing(writing)
        if writing is None:
            self._desk_timer.stop()
            failed = news.error if news.state == "failed" else None
            self.page.show_trouble(reading.trouble_of(failed))
            self._ask()
            return
        self.page.show_trouble(None)
        self._stream(news)

    def _stream(self, news: MeetingNews) -> None:
        """Show the first note line by line; a note that is there stays until the new one is."""
        if self._read is None or self._read.has_note:
            self.page.note.setReadOnly(False)
            if self._read is not None and news.notes and self._versions < news.notes:
                self._ask()
            return
        if self._is_typing():
            return
        if news.written and news.written is not self._streamed and not self.keeper.is_dirty:
            self._streamed = news.written
            self.page.show_note(reading.streaming(self._read, news))
            self.page.note.setReadOnly(True)

    def _is_typing(self) -> bool:
        """Say whether hands are on the notepad: the page is not turned under them."""
        is_recent = time.monotonic() - self._typed_at < _WAIT_FOR_HANDS_MS / 1000
        return not self.page.shows_note and is_recent

    def _typed(self) -> None:
        self._typed_at = time.monotonic()
        self.keeper.keep(self.page.notepad.lines())

    def _is_stored(self) -> None:
        """The meeting is in the library: what was typed since its end goes there, too."""
        self._pending = None
        lines = self.page.notepad.lines()
        self.keeper.keep_in(meeting=self._meeting)
        self.keeper.keep(lines)
        self.keeper.flush()
        self._ask()

    def _write(self, template: str = "", writer: str = "") -> None:
        if (found := self._read) is None:
            return
        self.page.note.commit()
        if not found.stored.bundle.transcript.utterances:
            self._desk.try_again(self._meeting)
        else:
            how = How(writer=writer) if writer else None  # type: ignore[arg-type]
            self._desk.write_again(self._meeting, template=template or None, writing=how)
        self._is_as_typed = self.page.buttons.is_as_typed = False
        self.page.show_trouble(None)
        self._watch_desk()

    def _show_about_now(self, now: MeetingNow) -> None:
        people = tuple(person.name for person in now.about.people)
        self.page.show_about(reading.about_now(now.look(), people, now.about.folder))

    def _ended(self, now: MeetingNow) -> None:
        """The recording has ended: lines still go into it until the library has the meeting."""
        self._pending = now
        self.page.show_call(None)
        self._add_commands()
        self.call_ended.emit(now)
        self._watch_desk()

    # -- inside --------------------------------------------------------------------------------

    def _heard_of(self, changes: tuple[Changes, ...]) -> None:
        if any(one.meeting == self._meeting for one in changes):
            self._ask()

    def _connect(self, watch: Watch) -> None:
        page, buttons = self.page, self.page.buttons
        watch.changed.connect(self._heard_of)
        page.shown.connect(self._add_commands)
        page.hidden.connect(self.leave)
        page.notepad.lines_changed.connect(self._typed)
        self.keeper.failed.connect(self._reader.failed)
        self.keeper.waited.connect(self._ask)
        self.follower.looked.connect(page.show_call)
        self.follower.heard.connect(page.show_captions)
        self.follower.ended.connect(self._ended)
        self.lines.source_asked.connect(self.source_asked)
        self.lines.changed.connect(self._ask)
        page.note.stop_asked.connect(self.silence_asked)
        page.strip.cancel_asked.connect(lambda: self._desk.cancel(self._meeting))
        page.trouble.action_asked.connect(self._help)
        buttons.write_asked.connect(self._write)
        buttons.writer_asked.connect(lambda name: self._write(writer=name))
        buttons.as_typed_asked.connect(self._show_as_typed)
        buttons.versions_asked.connect(self._compare)
        buttons.writers = reading.writers()
        self.compared.closed.connect(self._ask)

    def _help(self, action: str) -> None:
        if action == "again":
            self._desk.try_again(self._meeting)
            self.page.show_trouble(None)
            self._watch_desk()
        else:
            self.help_asked.emit(action)

    def _show_as_typed(self) -> None:
        self.page.note.commit()
        self._is_as_typed = not self._is_as_typed
        self.page.buttons.is_as_typed = self._is_as_typed
        self._ask()

    def _compare(self) -> None:
        if self._read is not None:
            self.page.note.commit()
            self.compared.open(self._meeting, reading.versions_of(self._read))

    def _add_commands(self) -> None:
        commands, buttons, wanted = self._frame.commands, self.page.buttons, ""
        if self.is_shown and self.follower.now is not None:
            wanted = "call"
        elif self.is_shown and self._read is not None and self._read.has_note:
            wanted = "note"
        if wanted == self._offered:
            return
        self._offered = wanted
        commands.remove(*keys.IDS)
        if wanted == "call":
            commands.add(*keys.commands_of_call(self.call.acts()))
        elif wanted == "note":
            commands.add(
                *keys.commands_of_line(self.lines.acts()),
                *keys.commands_of_note(
                    {
                        "write": buttons.open_write_menu,
                        "versions": self._compare,
                        "export": buttons.open_export_menu,
                        "copy": lambda: buttons.copy_asked.emit("markdown"),
                    }
                ),
            )
