"""What the window does beyond the list: meetings, recording, calls, settings, the tray."""

from pathlib import Path
from typing import TYPE_CHECKING

from PySide6.QtCore import QObject, QTimer
from PySide6.QtWidgets import QWidget

from granola_like.app.calls import CallBell
from granola_like.app.desk import Desk
from granola_like.errors import GranolaError
from granola_like.settings import Settings
from granola_like_ui.bridge import aside
from granola_like_ui.commands import Command
from granola_like_ui.home.desk_news import work_of
from granola_like_ui.home.state import Call, Notice, Running, Work
from granola_like_ui.memory import Memory
from granola_like_ui.note.controller import MeetingController
from granola_like_ui.outside import Outside
from granola_like_ui.recording import Recording, left_running, state_of
from granola_like_ui.settings.controller import SettingsController
from granola_like_ui.transcript.controller import TranscriptController
from granola_like_ui.tray.hotkey import are_there
from granola_like_ui.tray.state import Doing
from granola_like_ui.welcome.controller import WelcomeController

if TYPE_CHECKING:
    from granola_like.app.now import MeetingNow
    from granola_like.app.now_values import Now
    from granola_like_ui.note.shown import ShownLine
    from granola_like_ui.shell import Shell
    from granola_like_ui.transcript.state import PlayState

NEWS_EVERY_MS = 500
_APART_MS = 150
"""Between two pages that are dressed in advance, so that keys and clicks find their way between."""
_DOING: dict[str, Doing] = {"paused": "paused", "ended": "nothing"}


class Desktop(QObject):
    """Made when the list is on screen; closed with the window."""

    def __init__(self, shell: "Shell", settings: Settings) -> None:
        super().__init__(shell)
        self._shell, self.settings = shell, settings
        frame, reader = shell.frame, shell.reader
        self.desk = Desk(settings, make_way=lambda: self.recording.now is not None)
        self.bell = CallBell(settings)
        # The bell may be another one later, so it is looked up with each question.
        self.recording = Recording(self.desk, calls=self._calls, parent=self)
        self.outside = Outside(frame)
        self.choices = SettingsController(frame, reader, settings, hotkeys_work=are_there())
        self.welcome = WelcomeController(frame, self.choices)
        self.transcript = TranscriptController(frame, reader, shell.watch)
        self.meeting = MeetingController(frame, reader, shell.watch, self.desk)
        self._rings = 0
        self._call: Call | None = None
        self._version = 0
        self._work: dict[str, Work] = {}
        self._notices: list[Notice] = []
        self._page: QWidget | None = None
        self._timer = QTimer(self, interval=NEWS_EVERY_MS)
        self._timer.timeout.connect(self._hear_news)
        self._connect()
        self._add_commands()

    def start(self) -> None:
        """Take up what goes on, and what an earlier run left."""
        self.desk.start()
        self._take_key()
        self._timer.start()
        for number, page in enumerate((self.meeting.page, self.choices.page), start=1):
            QTimer.singleShot(
                number * _APART_MS, page, lambda page=page: self._shell.frame.hold_page(page)
            )
        self._shell.reader.ask(lambda _: left_running(), self._take_up)

    def _take_up(self, running: tuple[Path, ...]) -> None:
        if running:
            try:
                self.recording.join(running[-1], self.settings)
            except GranolaError as error:
                self._shell.frame.messages.trouble(error)
        elif not Memory.of(self._shell.frame).was_welcomed:
            self.welcome.open()

    def close(self) -> None:
        """Keep what was typed, and let go; a recording goes on."""
        self._timer.stop()
        self.meeting.close()
        self.transcript.stop()
        self.choices.close()
        self.welcome.close()
        self.recording.leave()
        self.outside.close()
        for thread in [aside(self.bell.close), aside(self.desk.close)]:
            thread.join(timeout=10)

    # -- recording -----------------------------------------------------------------------------

    def record(self) -> None:
        """Record from now on: the call that was heard, or whatever is heard."""
        if self.recording.now is not None:
            self.show_running()
            return
        call = self._call.program if self._call is not None else ""
        title = self.tr("{0} call").format(call) if call else self.tr("New meeting")
        self.recording.begin(self.settings, title=title)

    def record_or_stop(self) -> None:
        """Do what the key from anywhere does."""
        self.record() if self.recording.now is None else self.recording.stop()

    def _calls(self) -> tuple[str, ...]:
        return self.bell.calls()

    def show_running(self) -> None:
        """Show the meeting that goes on."""
        if (now := self.recording.now) is not None:
            self._open(now.folder_id)

    def _has_begun(self, now: "MeetingNow") -> None:
        self._offer(None)
        title = now.look().title
        running = Running(meeting=now.folder_id, title=title, started_at=now.started_at)
        self._shell.home.show_running(running)
        self.transcript.close()
        self.meeting.follow(now)
        self._shell.home.mark_open(now.folder_id)

    def _looked(self, seen: "Now") -> None:
        doing = _DOING.get(seen.state, "recording")
        self.outside.say(
            doing=doing,
            title=seen.title,
            elapsed_ms=seen.elapsed_ms // 1000 * 1000,
            trouble=state_of(seen),
        )
        now = self.recording.now
        if now is not None and doing != "nothing":
            self._shell.home.show_running(
                Running(meeting=now.folder_id, title=seen.title, started_at=now.started_at)
            )

    def _has_ended(self, meeting: str) -> None:
        self._shell.home.show_running(None)
        self.outside.say(doing="nothing", trouble="")
        if self.meeting.is_shown and self.meeting.meeting == meeting:
            self.transcript.take(meeting)
        self._hear_news()

    # -- meetings ------------------------------------------------------------------------------

    def _open(self, meeting: str) -> None:
        now = self.recording.now
        if now is not None and now.folder_id == meeting:
            self.transcript.close()
            self.meeting.follow(now)
        else:
            self.meeting.open(meeting)
            self.transcript.take(meeting)
        self._shell.home.mark_open(meeting)

    def _open_place(self, meeting: str, kind: str, id_: str, start_ms: object) -> None:
        self._open(meeting)
        if kind == "utterance":
            at = start_ms if isinstance(start_ms, int) else None
            self.transcript.show_place(id_, at)
        elif kind in ("note", "point"):
            self.meeting.go_to(id_)

    def _show_source(self, line: "ShownLine") -> None:
        self.transcript.take(self.meeting.meeting)
        self.transcript.show_source(line.evidence)

    def _played(self, state: "PlayState") -> None:
        self.meeting.show_playing(is_playing=state.is_playing)

    def _page_changed(self, page: QWidget | None) -> None:
        """Whoever's page has gone keeps what was typed, and falls silent."""
        before, self._page = self._page, page
        if before is self.meeting.page and page is not before:
            self.meeting.leave()
            self.transcript.close()
        if before is self.welcome.page and page is not before:
            self.welcome.close()

    # -- news ----------------------------------------------------------------------------------

    def _hear_news(self) -> None:
        for ring in self.bell.news(self._rings):
            self._rings = ring.number
            if ring.kind == "started" and self.recording.now is None:
                self._offer(Call(program=ring.program))
            elif self._call is not None and self._call.program == ring.program:
                self._offer(None)
        news = self.desk.news(self._version)
        if not news.changed:
            return
        self._version = news.version
        for one in news.changed:
            if one.meeting:
                self._work.pop(one.meeting, None)
                if (work := work_of(one)) is not None:
                    self._work[one.meeting] = work
            for number, sentence in enumerate(one.told):
                self._notice(f"{one.meeting}/{number}", sentence)
        self._shell.home.show_work(dict(self._work))
        busy = any(not work.trouble for work in self._work.values())
        if self.recording.now is None:
            self.outside.say(doing="writing" if busy else "nothing")
        self._shell.watch.look()

    def _notice(self, id_: str, sentence: str) -> None:
        if all(one.id != id_ for one in self._notices):
            self._notices.append(Notice(id=id_, text=sentence))
            self._shell.home.show_notices(self._notices)

    def _offer(self, call: Call | None) -> None:
        self._call = call
        self._shell.home.show_call(call)
        self.outside.say(call=call.program if call is not None else "")

    # -- settings ------------------------------------------------------------------------------

    def _hold(self, settings: Settings) -> None:
        before, self.settings = self.settings, settings
        self.desk.change_settings(settings)
        Memory.of(self._shell.frame).keep(settings)
        if settings.hotkey != before.hotkey:
            self._take_key()
        if settings.not_calls != before.not_calls:
            bell, self.bell, self._rings = self.bell, CallBell(settings), 0
            self._offer(None)
            aside(bell.close)

    def _take_key(self) -> None:
        self.outside.take_key(
            self.settings.hotkey,
            lambda: self._shell.frame.messages.say(
                self.tr("The key {0} cannot be had: another program has it.").format(
                    self.settings.hotkey
                )
            ),
        )

    def _help(self, action: str) -> None:
        self.choices.open()
        if action == "models":
            self.choices.page.go_to(self.choices.page.models.title)

    def _welcomed(self) -> None:
        Memory.of(self._shell.frame).welcomed()
        self._shell.home.show_home()

    # -- joining -------------------------------------------------------------------------------

    def _connect(self) -> None:
        home, outside = self._shell.home, self.outside
        home.meeting_asked.connect(self._open)
        home.place_asked.connect(self._open_place)
        home.record_asked.connect(self.record)
        home.running_asked.connect(self.show_running)
        home.call_put_off.connect(lambda: self._offer(None))
        home.settings_asked.connect(self.choices.open)
        home.cancel_asked.connect(self.desk.cancel)
        home.try_again_asked.connect(self.desk.try_again)
        self._shell.palette.meeting_asked.connect(self._open)
        self.meeting.source_asked.connect(self._show_source)
        self.meeting.silence_asked.connect(self.transcript.playback.pause)
        self.meeting.help_asked.connect(self._help)
        self.transcript.played.connect(self._played)
        self.recording.began.connect(self._has_begun)
        self.recording.looked.connect(self._looked)
        self.recording.ended.connect(self._has_ended)
        outside.record_asked.connect(self.record)
        outside.pause_asked.connect(self.recording.pause_or_resume)
        outside.stop_asked.connect(self.recording.stop)
        outside.toggled.connect(self.record_or_stop)
        outside.quit_asked.connect(self._shell.close)
        self.choices.changed.connect(self._hold)
        self.welcome.finished.connect(self._welcomed)
        self._shell.frame.page_changed.connect(self._page_changed)

    def _add_commands(self) -> None:
        self._shell.frame.commands.add(
            Command(
                id="desktop.settings",
                text=self.tr("Settings"),
                run=self.choices.open,
                key="Ctrl+,",
                words=self.tr("preferences options"),
            ),
            Command(
                id="desktop.welcome",
                text=self.tr("Try microphone and computer sound"),
                run=self.welcome.open,
                words=self.tr("test first start"),
            ),
            Command(
                id="desktop.transcript",
                text=self.tr("Transcript"),
                run=self._turn_transcript,
                key="Ctrl+T",
                words=self.tr("words said play"),
            ),
        )

    def _turn_transcript(self) -> None:
        if self.meeting.is_shown and self.recording.now is None:
            self.transcript.turn()
