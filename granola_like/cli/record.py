"""`granola-like record`: a call becomes a meeting, with notes typed in the same terminal."""

import queue
import re
import time
import uuid
from contextlib import ExitStack
from datetime import UTC, datetime
from typing import TYPE_CHECKING

import click
from rich.live import Live

from granola_like.cli import options
from granola_like.cli.keys import Key, Keyboard, LineEditor, Typed, single_keys
from granola_like.cli.meters import Captions, running
from granola_like.cli.recorded import Recorded
from granola_like.domain.note import NoteLine

if TYPE_CHECKING:
    from rich.console import Console

    from granola_like.app.calls import CallBell
    from granola_like.app.now import MeetingNow
    from granola_like.enhance.templates import Template

_TICK = 0.1
_ENDING_SECONDS = 60.0


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

    What is said appears while you type; each line is stamped with the time. Ctrl-C stops; then the
    call is stored, transcribed, and your notes are filled in. Recordings that a crash left behind
    are finished after the call, or while --auto waits for one.
    """
    from granola_like.app.calls import CallBell
    from granola_like.app.now import start_meeting

    app = options.open_app()
    if template is not None:
        _must_exist(template, app.templates())
    with ExitStack() as stack:
        bell = CallBell(app.settings)
        stack.callback(bell.close)
        desk = stack.enter_context(
            Recorded(app.settings, as_json=as_json, keep_only=keep_only, calls=bell.calls)
        )
        while True:
            program = _wait_for_call(bell, desk) if auto else None
            meeting = start_meeting(
                app.settings,
                title=title or _title(program),
                template=template,
                me=me,
                them=them,
                calls=bell.calls,
            )
            try:
                _attend(meeting, duration=duration, out=desk.out)
                desk.take(meeting)
            finally:
                meeting.close()
            if not auto:
                desk.finish()
                return


def _attend(meeting: "MeetingNow", *, duration: float | None, out: "Console") -> None:
    """Draw the meeting and obey keys until it has ended. Ctrl-C ends it."""
    try:
        _draw(meeting, duration=duration, out=out)
    except KeyboardInterrupt:
        meeting.stop()
    until = time.monotonic() + _ENDING_SECONDS
    while meeting.look().state != "ended" and time.monotonic() < until:
        time.sleep(_TICK)
    if (trouble := meeting.look().trouble) is not None:
        out.print(f"{trouble} {trouble.hint}")


def _draw(meeting: "MeetingNow", *, duration: float | None, out: "Console") -> None:
    typed: queue.SimpleQueue[Typed | Key] = queue.SimpleQueue()
    editor = LineEditor(meeting.clock_ms)
    said, lines = Captions(), list[str]()
    with single_keys(), Live(console=out, refresh_per_second=10, transient=True) as live:
        Keyboard(editor, typed.put)
        try:
            while (now := meeting.look()).state != "ended":
                while not typed.empty():
                    lines.append(_obey(typed.get(), meeting))
                said.take(meeting.captions(said.version))
                shown = tuple(line for line in lines if line)[-5:]
                live.update(running(now, editor.text, said=said, last_lines=shown))
                if duration is not None and meeting.clock_ms() >= duration * 1000:
                    meeting.stop(why=f"stopped after {round(duration)} s, as asked")
                    duration = None
                time.sleep(_TICK)
        finally:
            if (unfinished := editor.take("\n")) is not None:
                typed.put(unfinished)  # Ctrl-C is no reason to lose the line that was being typed
            while not typed.empty():
                _obey(typed.get(), meeting)


def _obey(found: Typed | Key, meeting: "MeetingNow") -> str:
    """Do it, and give the line that shows it, if any."""
    if isinstance(found, Typed):
        made = NoteLine(
            id=uuid.uuid4().hex[:12],
            text=found.text,
            indent=found.indent,
            typed_at_ms=found.at_ms,
        )
        meeting.keep_lines((*meeting.lines, made))
        return "  " * found.indent + found.text
    if found == "off the record":
        meeting.off_the_record()
        return "— off the record: the last minute was dropped —"
    if found == "keep":
        meeting.keep_recording()
    elif meeting.look().state == "paused":
        meeting.resume()
    else:
        meeting.pause()
    return ""


def _wait_for_call(bell: "CallBell", desk: Recorded) -> str:
    """Wait, and work off what is left meanwhile; a call that begins comes first."""
    desk.out.print("Waiting for a call. Ctrl-C ends.")
    desk.recover()
    while not bell.calls():
        desk.tell(until=lambda: bool(bell.calls()))
        time.sleep(_TICK)
    return bell.calls()[0]


def _title(program: str | None) -> str:
    moment = datetime.now(UTC).astimezone().strftime("%d %b %Y, %H:%M")
    return f"{program} call, {moment}" if program else f"Meeting, {moment}"


def _must_exist(template: str, templates: "tuple[Template, ...]") -> None:
    from granola_like.enhance.templates import template_named

    template_named(template, templates)
