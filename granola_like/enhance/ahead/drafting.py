"""The job that drafts during the call, and the one that makes the note after it.

Both run `enhance` itself with a writer that remembers, so what stands in the note at the end is
what `enhance` would have written at once: see `finish`.
"""

from collections.abc import Callable
from contextlib import closing
from dataclasses import dataclass, replace
from datetime import datetime
from typing import Protocol

from granola_like.domain.bundle import Bundle
from granola_like.domain.enhanced import Aligned, EnhancedNote
from granola_like.enhance.ahead.following import Following
from granola_like.enhance.ahead.memory import Memory, Sees, remembering, whole_brief, words_alone
from granola_like.enhance.ahead.plan import Patience, Rest, Round, firm_part, next_step
from granola_like.enhance.align import Aligner
from granola_like.enhance.job import LineWritten, enhance
from granola_like.enhance.templates import Template
from granola_like.enhance.writer import SlowWriter, Writer
from granola_like.jobs import Job, Progress


class Clock(Protocol):
    """The meeting's clock, and how to wait by it."""

    def now_ms(self) -> int:
        """Say how long the recording has been going on."""
        ...

    def rest(self, until_ms: int) -> None:
        """Come back at that moment, or earlier when a line or the transcript changed."""
        ...


@dataclass(frozen=True, slots=True)
class Heard:
    """A call as it stands: its lines, and its transcript up to `firm_until_ms` for good."""

    bundle: Bundle
    firm_until_ms: int


@dataclass(frozen=True, slots=True)
class Finished:
    """The note, and what it cost to finish it."""

    note: EnhancedNote
    alignment: dict[str, tuple[Aligned, ...]]
    """What the note rests on: `enhance` with this alignment gives the same blocks."""
    written: int
    """How many drafts were made after the call."""


class Ahead:
    """What was drafted of one meeting so far. It belongs to one thread at a time.

    `template` may be set anew before `finish`: drafts of lines hold, the sections follow it.
    Drafts made on live words survive the pass after the call where their evidence reads the same
    then; the ids and times of its utterances may be others.
    """

    def __init__(
        self,
        *,
        writer: Writer,
        template: Template,
        new_aligner: Callable[[], Aligner] = Aligner,
        sees: Sees | None = None,
        patience: Patience | None = None,
        note_language: str | None = None,
        style: tuple[str, ...] = (),
    ) -> None:
        """Begin with nothing.

        `sees` tells which briefs are the same to `writer`; None is `words_alone` for a model, and
        `whole_brief` for every other. `note_language` and `style` are those of `enhance`.
        """
        self.writer = writer
        self.template = template
        self.sees = sees or (words_alone if isinstance(writer, SlowWriter) else whole_brief)
        self.patience = patience or Patience()
        self.note_language = note_language
        self.style = style
        self.memory = Memory()
        self.following = Following(new_aligner)
        self.last: Round | None = None


def draft_ahead(
    ahead: Ahead,
    *,
    look: Callable[[], Heard | None],
    busy: Callable[[], bool],
    clock: Clock,
) -> Job[None]:
    """Draft lines whose evidence has been said, until `look` gives None: the call is over.

    While `busy` says so, no line is begun; the one being written is finished. What fails on a line
    is tried again by `finish`. Whoever cannot wait for a slow writer closes the job: all lines that
    were finished are kept. Raises EngineError when an embedder fails.
    """
    while (heard := look()) is not None:
        said = firm_part(heard.bundle.transcript.utterances, firm_until_ms=heard.firm_until_ms)
        step = next_step(
            heard.bundle.notes,
            said,
            firm_until_ms=heard.firm_until_ms,
            now_ms=clock.now_ms(),
            is_busy=busy(),
            last=ahead.last,
            patience=ahead.patience,
        )
        if isinstance(step, Rest):
            yield Progress("Waiting for more to be said")
            clock.rest(step.until_ms)
            continue
        closed = tuple(line for line in heard.bundle.notes if line.id in step.lines)
        alignment = ahead.following.follow(heard.bundle.notes, said, only=step.lines)
        firm = replace(heard.bundle, transcript=replace(heard.bundle.transcript, utterances=said))
        seen = clock.now_ms()

        def must_look(since: int = seen) -> bool:
            return busy() or clock.now_ms() - since >= ahead.patience.look_ms

        if (yield from _round(ahead, firm, alignment, must_look)):
            ahead.last = Round(closed, said, heard.firm_until_ms)


def finish(ahead: Ahead, bundle: Bundle, *, now: datetime) -> Job[Finished]:
    """Make the note of the whole call, writing only what is not there yet.

    Each line is told as LineWritten as soon as it stands, those from memory at once.

    Lines are aligned once more, with all that was said; only those whose evidence changed, and
    those that were still open, are written now. The blocks are those of `enhance` with
    `Finished.alignment`. Raises EngineError when an embedder fails.
    """
    before = ahead.memory.written
    yield Progress("Comparing the lines with all that was said")
    alignment = ahead.following.follow(bundle.notes, bundle.transcript.utterances)
    writer = remembering(ahead.writer, ahead.memory, sees=ahead.sees)
    note = yield from enhance(
        bundle,
        writer=writer,
        alignment=alignment,
        template=ahead.template,
        now=now,
        note_language=ahead.note_language,
        style=ahead.style,
    )
    return Finished(note, alignment, ahead.memory.written - before)


def _round(
    ahead: Ahead,
    bundle: Bundle,
    alignment: dict[str, tuple[Aligned, ...]],
    must_look: Callable[[], bool],
) -> Job[bool]:
    """Write what is not written yet; say whether it came to its end, with nothing in between."""
    ahead.memory.begin()
    job = enhance(
        bundle,
        writer=remembering(ahead.writer, ahead.memory, sees=ahead.sees, try_again=False),
        alignment=alignment,
        template=ahead.template,
        now=bundle.meeting.started_at,
        note_language=ahead.note_language,
        style=ahead.style,
    )
    written = ahead.memory.written
    with closing(job):
        for progress in job:
            yield progress
            if isinstance(progress, LineWritten) and ahead.memory.written > written and must_look():
                return False
    ahead.memory.forget_unused()
    return True
