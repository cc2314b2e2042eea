"""How much of the note is ready when the call ends.

    python -m benchmarks.hangup                  without a model
    python -m benchmarks.hangup --runs 9

One-hour meetings with 15 lines, put together from `terse_notes/val`, are replayed at 60 times their
speed while `draft_ahead` runs; transcribing is said to need the machine a third of the time. Then
the time from the stop to the finished note is compared with making the whole note after the
stop: index, aligning, writing, guarding, composing, each run in a process of its own.
"""

import argparse
import os
import time
from collections.abc import Callable
from concurrent.futures import ProcessPoolExecutor
from dataclasses import dataclass, replace
from multiprocessing import get_context
from statistics import median
from typing import TypeVar

from benchmarks.material import terse_notes
from granola_like.domain.bundle import Bundle
from granola_like.domain.enhanced import Block
from granola_like.domain.transcript import Transcript
from granola_like.enhance.ahead import Ahead, Heard, Patience, draft_ahead, finish
from granola_like.enhance.extract import ExtractiveWriter
from granola_like.enhance.job import LineWritten, enhance
from granola_like.enhance.templates import shipped_templates
from granola_like.jobs import Progress, run

T = TypeVar("T")

SPEED = 60
HOUR_MS = 3_600_000
LINES = 15
LAG_MS = 6_000
"""How far the firm transcript is behind the sound."""
PAIRS = (("IS1006b", "IS1006c"), ("IS1006c", "IS1006d"), ("IS1006d", "IS1006b"))


@dataclass(frozen=True, slots=True)
class Replay:
    """What one run took, in seconds, and how many lines were written at the stop."""

    after_stop: float
    work: float
    """Processor time after the stop: other programs don't change it."""
    first_line: float
    rewritten: int
    blocks: tuple[Block, ...]
    same: bool
    """The blocks are those that `enhance` writes at once with the same alignment."""


def hour(first: str, second: str) -> Bundle:
    """Put two meetings behind each other, and cut them to an hour and 15 lines."""
    cases = {case.bundle.meeting.id: case.bundle for case in terse_notes("val")}
    one, other = cases[first], cases[second]
    shift = one.transcript.end_ms + 1_000
    said = [replace(u, id=f"1-{u.id}") for u in one.transcript] + [
        replace(u, id=f"2-{u.id}", start_ms=u.start_ms + shift, end_ms=u.end_ms + shift)
        for u in other.transcript
    ]
    lines = [replace(line, id=f"1-{line.id}") for line in one.notes] + [
        replace(line, id=f"2-{line.id}", typed_at_ms=(line.typed_at_ms or 0) + shift)
        for line in other.notes
    ]
    lines = [line for line in lines if (line.typed_at_ms or 0) < HOUR_MS]
    lines.sort(key=lambda line: line.typed_at_ms or 0)
    if len(lines) < LINES:
        raise SystemExit(f"{first} and {second} have only {len(lines)} lines in their first hour.")
    people = tuple(dict.fromkeys((*one.meeting.people, *other.meeting.people)))
    return Bundle(
        meeting=replace(one.meeting, id=f"{first}+{second}", duration_ms=HOUR_MS, people=people),
        transcript=Transcript(utterances=tuple(u for u in said if u.end_ms <= HOUR_MS)),
        # The latest lines are the hardest to have ready, so they all stay.
        notes=tuple(lines[-LINES:]),
    )


class Replayed:
    """A call that has happened, as it looked while it went on; and its clock, sped up."""

    def __init__(self, bundle: Bundle, *, speed: float = SPEED) -> None:
        self._bundle = bundle
        self._speed = speed
        self._began = time.monotonic()

    def now_ms(self) -> int:
        """Say how long the call has been going on, on its own clock."""
        return round((time.monotonic() - self._began) * 1_000 * self._speed)

    def rest(self, until_ms: int) -> None:
        """Wait until then."""
        time.sleep(max(0.0, until_ms - self.now_ms()) / 1_000 / self._speed)

    def busy(self) -> bool:
        """Transcribing takes ten seconds of thirty."""
        return self.now_ms() // 10_000 % 3 == 0

    def look(self) -> Heard | None:
        """Show what was typed and said by now; None once the call is over."""
        now = self.now_ms()
        if now >= HOUR_MS:
            return None
        said = tuple(u for u in self._bundle.transcript.utterances if u.end_ms <= now)
        lines = tuple(line for line in self._bundle.notes if (line.typed_at_ms or 0) <= now)
        seen = replace(self._bundle, transcript=Transcript(utterances=said), notes=lines)
        return Heard(seen, max(0, now - LAG_MS))


def _fresh() -> Ahead:
    return Ahead(writer=ExtractiveWriter(), template=shipped_templates()[0], patience=Patience())


def _warm_up() -> None:
    """Load weights and word lists, which a running program has long loaded."""
    case = next(terse_notes("val"))
    few = replace(
        case.bundle,
        transcript=Transcript(utterances=case.bundle.transcript.utterances[:60]),
    )
    run(finish(_fresh(), few, now=few.meeting.started_at))


def all_at_once(pair: tuple[str, str]) -> tuple[float, float]:
    """Make the whole note after the stop; give the seconds, and those of the processor."""
    _warm_up()
    bundle = hour(*pair)
    began, worked = time.perf_counter(), time.process_time()
    run(finish(_fresh(), bundle, now=bundle.meeting.started_at))
    return time.perf_counter() - began, time.process_time() - worked


def replayed(pair: tuple[str, str]) -> Replay:
    """Draft during the call, then finish."""
    _warm_up()
    bundle = hour(*pair)
    call, ahead = Replayed(bundle), _fresh()
    run(draft_ahead(ahead, look=call.look, busy=call.busy, clock=call))
    stopped, worked = time.perf_counter(), time.process_time()
    firsts: list[float] = []

    def note(step: Progress) -> None:
        if isinstance(step, LineWritten):
            firsts.append(time.perf_counter() - stopped)

    done = run(finish(ahead, bundle, now=bundle.meeting.started_at), on_progress=note)
    took, work = time.perf_counter() - stopped, time.process_time() - worked
    at_once = run(
        enhance(
            bundle,
            writer=ExtractiveWriter(),
            alignment=done.alignment,
            template=ahead.template,
            now=bundle.meeting.started_at,
        )
    )
    return Replay(
        after_stop=took,
        work=work,
        first_line=firsts[0],
        rewritten=done.written,
        blocks=done.note.blocks,
        same=at_once.blocks == done.note.blocks,
    )


def alone(job: Callable[[tuple[str, str]], T], pair: tuple[str, str]) -> T:
    """Run in a process that has done nothing before."""
    with ProcessPoolExecutor(1, mp_context=get_context("spawn")) as pool:
        return pool.submit(job, pair).result()


def main() -> None:
    """Replay, measure, print."""
    options = argparse.ArgumentParser(description=__doc__)
    options.add_argument("--runs", type=int, default=3)
    runs = options.parse_args().runs
    ratios, works = [], []
    for number in range(runs):
        pair = PAIRS[number % len(PAIRS)]
        load = os.getloadavg()[0]
        done = alone(replayed, pair)
        whole, work = alone(all_at_once, pair)
        ratios.append(done.after_stop / whole)
        works.append(done.work / work)
        print(
            f"{'+'.join(pair)}: {done.after_stop:.3f} s after the stop, first line after "
            f"{done.first_line:.3f} s; all at once {whole:.3f} s; ratio {ratios[-1]:.3f}, "
            f"of processor time {works[-1]:.3f}; "
            f"{done.rewritten} drafts at the stop; same blocks: {done.same}; "
            f"load {load:.1f}",
            flush=True,
        )
    print(
        f"median of {runs}: {median(ratios):.3f} (goal 0.15), of processor time {median(works):.3f}"
    )


if __name__ == "__main__":
    main()
