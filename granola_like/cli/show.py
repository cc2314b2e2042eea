"""What the terminal shows: progress with time left, notes in ink and pencil, tables."""

import json
import sys
from collections.abc import Callable
from typing import Any, TypeVar

import click
from rich.console import Console, RenderableType
from rich.padding import Padding
from rich.progress import (
    BarColumn,
    Progress,
    SpinnerColumn,
    Task,
    TaskProgressColumn,
    TextColumn,
    TimeRemainingColumn,
)
from rich.text import Text

from granola_like import jobs
from granola_like.domain.bundle import Bundle
from granola_like.domain.enhanced import Block, EnhancedNote
from granola_like.domain.times import clock
from granola_like.exchange.cleaning import without_controls
from granola_like.exchange.reading import gap_in_words

T = TypeVar("T")

INK = "bold"
PENCIL = "bright_black"
AMBER = "yellow"
_MARKS = {"action": "☐ ", "decision": "✓ ", "question": "? ", "point": ""}
_DOUBTS = {"changed": "differs from its source", "unsupported": "has no source"}


class _TimeLeft(TimeRemainingColumn):
    """The job's own estimate where it has one: it knows what was done before it began."""

    def render(self, task: Task) -> Text:
        """Write it as the library's own column does."""
        left = task.fields.get("left")
        if left is None:
            return super().render(task)
        return Text(clock(round(left * 1000)), style="progress.remaining")


def console(*, errors: bool = False) -> Console:
    """The terminal; plain text where it is no terminal.

    Words in [brackets] and :colons: are the person's own, and stay as they stand.
    """
    return Console(
        stderr=errors,
        highlight=False,
        markup=False,
        emoji=False,
        soft_wrap=not sys.stdout.isatty(),
    )


def work(job: jobs.Job[T], *, unless: Callable[[], bool] = lambda: False) -> T:
    """Run a job with its step, a bar and the time left on standard error.

    Raises Cancelled once `unless` says so between two steps.

    Where a model failed and another writer stood in, each reason is told once at the end.
    """
    from granola_like.enhance.writer import TakenOver

    reasons: dict[str, None] = {}
    with Progress(
        SpinnerColumn(),
        TextColumn("{task.description}", markup=False),
        BarColumn(),
        TaskProgressColumn(),
        _TimeLeft(),
        console=console(errors=True),
        transient=True,
        disable=not sys.stderr.isatty(),
    ) as bar:
        task = bar.add_task("", total=None)

        def tell(news: jobs.Progress) -> None:
            if isinstance(news, TakenOver) and news.reason:
                reasons[news.reason] = None
            total = None if news.fraction is None else 1.0
            # What stands behind a colon changes all the time, and is still the same step.
            if bar.tasks[task].description.partition(":")[0] != news.step.partition(":")[0]:
                bar.reset(task, description=news.step, total=total)
            bar.update(task, description=news.step, total=total, completed=news.fraction or 0)
            bar.update(task, left=news.seconds_left)

        result = jobs.run(job, on_progress=tell, is_cancelled=unless)
    for reason in reasons:
        console(errors=True).print(Text(reason, style=AMBER))
    return result


def print_json(value: Any) -> None:
    """Print facts for scripts."""
    click.echo(json.dumps(value, ensure_ascii=False, indent=2))


def print_note(bundle: Bundle, note: EnhancedNote, *, to: Console) -> None:
    """Show a note: the person's lines in ink, the machine's in pencil, findings in amber."""
    meeting = bundle.meeting
    minutes = max(1, round(meeting.duration_ms / 60_000))
    people = ", ".join(person.name for person in meeting.people)
    facts = [f"{meeting.started_at:%a %d %b %Y, %H:%M}", f"{minutes} min", people]
    to.print(Text(without_controls(meeting.title), style="bold"))
    to.print(Text(" · ".join(fact for fact in facts if fact), style=PENCIL))
    said = bundle.transcript.by_id()
    gaps = _gaps(bundle, note)
    for gap in gaps.get(None, ()):
        to.print(gap)
    for block in note.blocks:
        if block.kind in ("heading", "note") and not block.indent:
            to.print()
        moments = [said[e.utterance].start_ms for e in block.evidence if e.utterance in said]
        to.print(_line(block, min(moments, default=None)))
        for detail in block.details:
            source = f"said: “{detail.in_source}”" if detail.in_source else "not said"
            told = Text(f"⚠ {detail.kind} “{detail.in_point}” – {source}", style=AMBER)
            to.print(_indented(block, told))
        for gap in gaps.get(block.id, ()):
            to.print(gap)


def _gaps(bundle: Bundle, note: EnhancedNote) -> dict[str | None, list[Text]]:
    """Tell each hole in the recording behind the block where it falls."""
    from granola_like.enhance.compose import place_gaps

    told: dict[str | None, list[Text]] = {}
    for placed in place_gaps(note, bundle):
        words = Text(f"– {gap_in_words(placed.gap)} –", style=AMBER)
        told.setdefault(placed.after, []).append(words)
    return told


def _line(block: Block, at_ms: int | None) -> RenderableType:
    words = without_controls(block.text)
    if block.kind == "heading":
        return Text(words, style="underline")
    if block.kind == "note":
        return _indented(block, Text(words, style=INK))
    line = Text(_MARKS[block.kind] + words, style=PENCIL)
    if block.due is not None:
        line.append(f" – {block.due:%a} {block.due.day} {block.due:%b}")
    if at_ms is not None:
        line.append(f"  ▸ {clock(at_ms)}")
    if doubt := _DOUBTS.get(block.finding or ""):
        line.append(f"  ⚠ {doubt}", style=AMBER)
    return _indented(block, line)


def _indented(block: Block, line: Text) -> RenderableType:
    return Padding(line, (0, 0, 0, 2 * block.indent), expand=False)
