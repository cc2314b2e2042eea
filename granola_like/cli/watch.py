"""`granola-like watch`: tells when calls begin and end, for people and for scripts."""

import json
import queue
import time
from datetime import UTC, datetime
from typing import TYPE_CHECKING

import click

from granola_like.cli import options

if TYPE_CHECKING:
    from granola_like.audio.calls import CallEvent


@click.command()
@click.option("--ignore", multiple=True, help="A program that is no call; may be repeated.")
@click.option("--count", multiple=True, help="A program that is one, against our list.")
@click.option("--events", type=click.IntRange(min=1), help="End after so many events.")
@options.as_json
def watch(
    ignore: tuple[str, ...], count: tuple[str, ...], events: int | None, as_json: bool
) -> None:
    """Tell when a program starts and ends a call, until Ctrl-C.

    With --json, one object a line: {"event": "call_started"|"call_ended", "program", "binary",
    "at"}.
    """
    from granola_like.audio.calls import ignored_programs
    from granola_like.audio.clock import MachineClock
    from granola_like.audio.system import this_system
    from granola_like.record.calls import CallWatch

    app = options.open_app()
    told: queue.SimpleQueue[CallEvent] = queue.SimpleQueue()
    calls = CallWatch(
        this_system(),
        clock=MachineClock(),
        on_event=told.put,
        ignored=ignored_programs(also=(*ignore, *app.settings.not_calls), never=count),
    )
    left = events
    try:
        while left is None or left > 0:
            _print(_next(told), as_json=as_json)
            left = None if left is None else left - 1
    finally:
        calls.close()


def _next(told: "queue.SimpleQueue[CallEvent]") -> "CallEvent":
    while True:  # in pieces, so that Ctrl-C is heard on every system
        try:
            return told.get(timeout=0.5)
        except queue.Empty:
            continue


def _print(event: "CallEvent", *, as_json: bool) -> None:
    from granola_like.audio.calls import CallStarted

    began = isinstance(event, CallStarted)
    at = datetime.fromtimestamp(time.time() - (time.monotonic() - event.at), UTC).astimezone()
    if as_json:
        facts = {
            "event": "call_started" if began else "call_ended",
            "program": event.program,
            "binary": event.binary,
            "at": at.isoformat(timespec="milliseconds"),
        }
        click.echo(json.dumps(facts, ensure_ascii=False))
    else:
        what = event.question if isinstance(event, CallStarted) else f"{event.program}: call over."
        click.echo(f"{at:%H:%M:%S}  {what}")
