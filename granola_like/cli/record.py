"""`granola-like record`: a call becomes a meeting, with notes typed in the same terminal."""

import json
import queue
import re
import time
from collections.abc import Callable
from contextlib import ExitStack
from dataclasses import asdict
from datetime import UTC, datetime
from pathlib import Path
from typing import TYPE_CHECKING

import click
from rich.live import Live

from granola_like import paths
from granola_like.app.choose import AUTO
from granola_like.cli import options
from granola_like.cli.keys import HELP, Key, Keyboard, LineEditor, Typed, single_keys
from granola_like.cli.meters import receipt_lines, running
from granola_like.cli.show import console, work
from granola_like.errors import GranolaError
from granola_like.jobs import Cancelled

if TYPE_CHECKING:
    from granola_like.app import App
    from granola_like.domain.receipt import Receipt
    from granola_like.record.attend import AttendedRecording
    from granola_like.record.calls import CallWatch
    from granola_like.record.finish import FinishedRecording
    from granola_like.record.session import RunningRecording

_TICK = 0.1


class _Duration(click.ParamType[float]):
    """90, 90s, 45m, 1h30m."""

    name = "duration"

    def convert(
        self, value: object, param: click.Parameter | None, ctx: click.Context | None
    ) -> float:
        text = str(value).strip().lower()
        found = re.fullmatch(r"(?:(\d+)h)?(?:(\d+)m)?(?:(\d+)s?)?", text)
        if not text or found is None:
            self.fail(f"{value!r} is not a time such as 90s, 45m or 1h30m.", param, ctx)
        return sum(int(n or 0) * u for n, u in zip(found.groups(), (3600, 60, 1), strict=True))


@click.command()
@click.option("--title", help="The meeting's title; otherwise the program and the time.")
@click.option("--duration", type=_Duration(), help="Stop after so long, such as 45m or 1h30m.")
@click.option("--me", help="The microphone, by a part of its name; see `granola-like devices`.")
@click.option("--them", help="The speaker whose sound is recorded, by a part of its name.")
@click.option("--auto", is_flag=True, help="Wait for calls: start and stop with each.")
@click.option(
    "--keep-only", is_flag=True, help="Store sound and notes later; don't transcribe now."
)
@options.template
@options.as_json
def record(
    *,
    title: str | None,
    duration: float | None,
    me: str | None,
    them: str | None,
    auto: bool,
    keep_only: bool,
    template: str | None,
    as_json: bool,
) -> None:
    """Record microphone and computer sound, and take your notes in this terminal.

    Each line that you type is stamped with the time. Ctrl-C stops; then the call is transcribed,
    your notes are filled in, and the meeting is stored. Recordings that a crash left behind are
    finished after the call, or while --auto waits for one.
    """
    app = options.open_app()
    chosen = app.settings
    me = me or (None if chosen.microphone == AUTO else chosen.microphone)
    them = them or (None if chosen.speaker == AUTO else chosen.speaker)
    desk = _Desk(app, template=template, as_json=as_json, keep_only=keep_only)
    with ExitStack() as stack:
        calls = _listen_for_calls(stack, ignored=chosen.not_calls)
        while True:
            program = _wait_for_call(calls, desk) if auto else None
            name = title or _title(program)
            finished = desk.record_one(name, me=me, them=them, duration=duration, calls=calls)
            desk.store(finished)
            if not auto:
                desk.recover()
                desk.work_off()
                return


class _Desk:
    """One terminal at which recordings are made and taken in."""

    def __init__(self, app: "App", *, template: str | None, as_json: bool, keep_only: bool) -> None:
        self._app, self._template = app, template
        self._as_json, self._keep_only = as_json, keep_only
        self._out = console(errors=True)
        self._given_up: set[str] = set()
        """Meetings that could not be written in this run."""

    def say(self, sentence: str) -> None:
        """Tell the person something, beside what a script reads."""
        self._out.print(sentence)

    def recover(self) -> None:
        """Finish and store what a crash left behind, and say so."""
        from granola_like.record.finish import finish, leftovers

        if self._keep_only:
            return
        for folder in leftovers(paths.recordings_dir()):
            kept = folder.is_finished()
            told = "was kept; storing it…" if kept else "was interrupted; recovering it…"
            self.say(f"“{folder.title}” {told}")
            try:
                self.store(work(finish(folder, recovered=not kept)))
            except GranolaError as error:
                self.say(f"{error} {error.hint} It stays in {folder.path}.")

    def record_one(
        self,
        title: str,
        *,
        me: str | None,
        them: str | None,
        duration: float | None,
        calls: "CallWatch",
    ) -> "FinishedRecording":
        """Record until told to stop, and finish the files."""
        from granola_like.record.attend import AttendedRecording
        from granola_like.record.finish import finish
        from granola_like.record.session import start_recording

        recording = start_recording(
            paths.recordings_dir(),
            title=title,
            started_at=datetime.now(UTC).astimezone(),
            me=me,
            them=them,
        )
        attended = AttendedRecording(recording, calls=calls.calls)
        try:
            self._attend(attended, title=title, duration=duration)
        except KeyboardInterrupt:
            recording.stop()
        finally:
            attended.close()
        return work(finish(recording.folder))

    def store(self, finished: "FinishedRecording") -> None:
        """Show the receipt and store the sound: whatever comes later, it is in the library."""
        for line in receipt_lines(finished.receipt):
            self.say(line)
        if self._keep_only:
            folder = finished.folder
            self._print(finished.receipt, title=folder.title, kept=folder.path)
            return
        work(self._app.store_recording(finished))

    def work_off(self, *, unless: Callable[[], bool] = lambda: False) -> None:
        """Transcribe and write what is stored; stop at once, to begin again later, when told.

        A meeting that cannot be written stays stored, and the reason is told.
        """
        for meeting in self._app.unwritten():
            if unless() or meeting in self._given_up or self._keep_only:
                continue
            try:
                self._write(meeting, unless=unless)
            except Cancelled:
                return
            except GranolaError as error:
                self._given_up.add(meeting)
                self.say(f"{error} {error.hint} The sound of meeting {meeting} is stored.")

    def _write(self, meeting: str, *, unless: Callable[[], bool]) -> None:
        bundle = self._app.library.load(meeting)
        if bundle.transcript.created_at is None:
            work(self._app.transcribe_stored(meeting), unless=unless)
            bundle = self._app.library.load(meeting)
        if bundle.notes or bundle.transcript.utterances:
            note = self._app.enhance_stored(meeting, template=self._template)
            work(note, unless=unless)
        if bundle.receipt is not None:
            self._print(bundle.receipt, title=bundle.meeting.title, meeting=meeting)

    def _print(
        self,
        receipt: "Receipt",
        *,
        title: str,
        meeting: str | None = None,
        kept: Path | None = None,
    ) -> None:
        if self._as_json:
            facts = {**asdict(receipt), "started_at": receipt.started_at.isoformat()}
            told = {"meeting": meeting, "title": title, "receipt": facts}
            click.echo(json.dumps(told, ensure_ascii=False))
        elif meeting is not None:
            click.echo(f"Stored. `granola-like show {meeting}` shows the note.")
        else:
            click.echo(f"Kept in {kept}; the next `granola-like record` stores it.")

    def _attend(self, attended: "AttendedRecording", *, title: str, duration: float | None) -> None:
        recording = attended.recording
        typed: queue.SimpleQueue[Typed | Key] = queue.SimpleQueue()
        editor = LineEditor(recording.elapsed_ms)
        lines: list[str] = []
        with single_keys(), Live(console=self._out, refresh_per_second=10, transient=True) as live:
            Keyboard(editor, typed.put)
            while True:
                moment = attended.look()
                while not typed.empty():
                    _obey(typed.get(), attended, lines)
                last = tuple(lines[-5:])
                live.update(running(moment, editor.text, title=title, last_lines=last, help_=HELP))
                if moment.look.ended is not None:
                    return
                if duration is not None and recording.elapsed_ms() >= duration * 1000:
                    recording.stop(why=f"stopped after {round(duration)} s, as asked")
                    return
                time.sleep(_TICK)


def _obey(found: Typed | Key, attended: "AttendedRecording", lines: list[str]) -> None:
    recording: RunningRecording = attended.recording
    if isinstance(found, Typed):
        recording.type_line(found.text, indent=found.indent, at_ms=found.at_ms)
        lines.append("  " * found.indent + found.text)
        return
    work: dict[Key, Callable[[], object]] = {
        "pause": lambda: recording.resume() if recording.look().is_paused else recording.pause(),
        "off the record": recording.off_the_record,
        "keep": attended.keep_recording,
    }
    work[found]()
    if found == "off the record":
        lines.append("— off the record: the last minute was dropped —")


def _listen_for_calls(stack: ExitStack, *, ignored: tuple[str, ...]) -> "CallWatch":
    from granola_like.audio.calls import ignored_programs
    from granola_like.audio.clock import MachineClock
    from granola_like.audio.system import this_system
    from granola_like.record.calls import CallWatch

    watch = CallWatch(
        this_system(),
        clock=MachineClock(),
        on_event=lambda _: None,
        ignored=ignored_programs(also=ignored, never=()),
    )
    stack.callback(watch.close)
    return watch


def _wait_for_call(calls: "CallWatch", desk: _Desk) -> str:
    """Wait, and work off what is left meanwhile; a call that begins comes first."""
    desk.say("Waiting for a call. Ctrl-C ends.")
    desk.recover()
    while not calls.calls():
        desk.work_off(unless=lambda: bool(calls.calls()))
        time.sleep(_TICK)
    return calls.calls()[0]


def _title(program: str | None) -> str:
    moment = datetime.now(UTC).astimezone().strftime("%d %b %Y, %H:%M")
    return f"{program} call, {moment}" if program else f"Meeting, {moment}"
