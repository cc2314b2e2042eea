"""The note is the same whether it was drafted during the call or at once after it."""

from collections.abc import Callable, Sequence
from dataclasses import replace
from datetime import UTC, datetime

from hypothesis import given, settings
from hypothesis import strategies as st

from granola_like.domain.bundle import Bundle
from granola_like.domain.enhanced import Evidence
from granola_like.domain.meeting import Meeting, Person
from granola_like.domain.note import NoteLine
from granola_like.domain.transcript import Transcript, Utterance
from granola_like.enhance.ahead import (
    Ahead,
    Heard,
    Patience,
    draft_ahead,
    finish,
    whole_brief,
    words_alone,
)
from granola_like.enhance.extract import ExtractiveWriter
from granola_like.enhance.job import LineWritten, enhance
from granola_like.enhance.templates import shipped_templates
from granola_like.enhance.writer import Brief, Draft, Said, Writer
from granola_like.errors import EngineError
from granola_like.jobs import Job, Progress, run

NOW = datetime(2026, 3, 3, 12, tzinfo=UTC)
GENERAL = shipped_templates()[0]
TALK = (
    "Um so the whole budget for the launch is a hundred and twenty thousand euros.",
    "Okay, and who talks to the agency about the contract?",
    "I'll send the contract to the agency by Friday.",
    "We decided to launch on the seventeenth of March in Berlin.",
    "The printed manual needs a translation into Russian and Polish.",
    "What about the translation of the printed manual?",
    "I don't know, we have to ask them.",
    "The warehouse in Hamburg is full until the end of April.",
    "Customers complained about the battery, it lasts four hours.",
    "Let's test a bigger battery with twenty percent more capacity.",
)
TYPED = ("budget 120k", "contract agency", "launch berlin", "manual translation", "battery")


class Call:
    """A call that takes no time: its clock moves when somebody rests, and as much as they rest."""

    def __init__(
        self,
        bundle: Bundle,
        *,
        ends_ms: int,
        is_busy: Callable[[int], bool] = lambda _: False,
        change: Callable[[Bundle, int], Bundle] = lambda bundle, _: bundle,
    ) -> None:
        self._bundle, self._ends_ms = bundle, ends_ms
        self._is_busy, self._change = is_busy, change
        self._at = 0

    def now_ms(self) -> int:
        return self._at

    def rest(self, until_ms: int) -> None:
        assert until_ms > self._at, "rests must be longer than nothing"
        self._at = until_ms

    def busy(self) -> bool:
        return self._is_busy(self._at)

    def look(self) -> Heard | None:
        if self._at >= self._ends_ms:
            return None
        whole = self._change(self._bundle, self._at)
        said = tuple(one for one in whole.transcript if one.end_ms <= self._at)
        lines = tuple(one for one in whole.notes if (one.typed_at_ms or 0) <= self._at)
        seen = replace(whole, transcript=Transcript(utterances=said), notes=lines)
        return Heard(seen, max(0, self._at - 2_000))


class Counting:
    """The extractive writer; it counts what it is asked."""

    name = "counting"

    def __init__(self, *, fails: int = 0) -> None:
        self.asked: list[Brief] = []
        self._fails = fails

    def write(self, brief: Brief) -> tuple[Draft, ...]:
        self.asked.append(brief)
        if len(self.asked) <= self._fails:
            raise EngineError("The model stopped.")
        return ExtractiveWriter().write(brief)


def call_of(talk: list[int], lines: list[tuple[int, int]], *, pace_ms: int = 9_000) -> Bundle:
    said = tuple(
        Utterance(
            id=f"u{at}",
            speaker=("Boris", "Anna")[at % 2],
            start_ms=at * pace_ms,
            end_ms=at * pace_ms + 5_000,
            text=TALK[which],
        )
        for at, which in enumerate(talk)
    )
    notes = [
        NoteLine(id=f"n{number}", text=TYPED[which], typed_at_ms=at)
        for number, (which, at) in enumerate(sorted(lines, key=lambda line: line[1]))
    ]
    meeting = Meeting(
        id="m", title="Launch", started_at=NOW, people=(Person("Boris"), Person("Anna"))
    )
    return Bundle(meeting=meeting, transcript=Transcript(utterances=said), notes=tuple(notes))


CALLS = st.builds(
    call_of,
    st.lists(st.integers(0, len(TALK) - 1), min_size=1, max_size=25),
    st.lists(st.tuples(st.integers(0, len(TYPED) - 1), st.integers(0, 220_000)), max_size=5),
)


def fresh(writer: Writer | None = None) -> Ahead:
    return Ahead(writer=writer or ExtractiveWriter(), template=GENERAL)


def drafted(ahead: Ahead, call: Call) -> Ahead:
    run(draft_ahead(ahead, look=call.look, busy=call.busy, clock=call))
    return ahead


@settings(max_examples=25, deadline=None)
@given(CALLS, st.integers(1, 260_000), st.integers(1, 5))
def test_the_note_is_what_enhance_writes_at_once(bundle: Bundle, ends_ms: int, duty: int) -> None:
    call = Call(bundle, ends_ms=ends_ms, is_busy=lambda at: at // 1_000 % duty == 1)
    done = run(finish(drafted(fresh(), call), bundle, now=NOW))
    at_once = run(
        enhance(
            bundle,
            writer=ExtractiveWriter(),
            alignment=done.alignment,
            template=GENERAL,
            now=NOW,
        )
    )
    assert done.note == at_once


HOUR = call_of(
    [0, 1, 2, 7, 7, 3, 5, 4, 6, 7, 7, 8, 9, 7, 1, 6, 7, 7, 7, 7, 7, 7, 7],
    [(0, 9_000), (1, 27_000), (2, 55_000), (4, 110_000)],
)
END_MS = 207_000


def test_at_the_end_only_what_is_new_is_written() -> None:
    writer = Counting()
    ahead = drafted(fresh(writer), Call(HOUR, ends_ms=END_MS))
    during = len(writer.asked)
    assert during >= 4
    late = replace(HOUR, notes=(*HOUR.notes, NoteLine(id="l", text="manual", typed_at_ms=205_000)))
    done = run(finish(ahead, late, now=NOW))
    assert {brief.line for brief in writer.asked[during:]} == {"manual"}
    assert done.written == len(writer.asked) - during


def test_nothing_is_written_while_transcribing_needs_the_machine() -> None:
    writer = Counting()
    ahead = drafted(fresh(writer), Call(HOUR, ends_ms=END_MS, is_busy=lambda at: at > 80_000))
    assert {brief.line for brief in writer.asked} == {"budget 120k", "contract agency"}
    run(finish(ahead, HOUR, now=NOW))
    assert {brief.line for brief in writer.asked} == {line.text for line in HOUR.notes}


def test_a_changed_line_is_written_anew_and_no_other() -> None:
    writer = Counting()
    ahead = drafted(fresh(writer), Call(HOUR, ends_ms=END_MS))
    before = len(writer.asked)
    lines = list(HOUR.notes)
    lines[3] = replace(lines[3], text="battery hours")
    run(finish(ahead, replace(HOUR, notes=tuple(lines)), now=NOW))
    assert {brief.line for brief in writer.asked[before:]} == {"battery hours"}


def test_revised_words_are_written_anew_where_a_line_rests_on_them() -> None:
    writer = Counting()
    ahead = drafted(fresh(writer), Call(HOUR, ends_ms=END_MS))
    before = len(writer.asked)
    said = tuple(
        replace(one, text=one.text.replace("four hours", "five hours")) for one in HOUR.transcript
    )
    done = run(finish(ahead, replace(HOUR, transcript=Transcript(utterances=said)), now=NOW))
    assert {brief.line for brief in writer.asked[before:]} == {"battery"}
    assert any("5 hours" in block.text for block in done.note.blocks)


def test_a_revision_during_the_call_is_noticed() -> None:
    def better(bundle: Bundle, at: int) -> Bundle:
        if at < 190_000:
            return bundle
        said = tuple(
            replace(one, text=one.text.replace("four", "five")) for one in bundle.transcript
        )
        return replace(bundle, transcript=Transcript(utterances=said))

    writer = Counting()
    call = Call(HOUR, ends_ms=END_MS, change=better)
    ahead = drafted(fresh(writer), call)
    before = len(writer.asked)
    run(finish(ahead, better(HOUR, END_MS), now=NOW))
    assert len(writer.asked) == before


def test_what_failed_during_the_call_is_tried_once_more_at_the_end() -> None:
    writer = Counting(fails=1)
    ahead = drafted(fresh(writer), Call(HOUR, ends_ms=END_MS))
    failed = writer.asked[0]
    assert failed not in writer.asked[1:]
    done = run(finish(ahead, HOUR, now=NOW))
    assert failed in writer.asked[1:]
    assert done.written == 1


def test_closing_the_job_keeps_what_was_written() -> None:
    writer = Counting()
    ahead, call = fresh(writer), Call(HOUR, ends_ms=END_MS)
    job = draft_ahead(ahead, look=call.look, busy=call.busy, clock=call)
    while not writer.asked:
        next(job)
    job.close()
    first = writer.asked[0]
    run(finish(ahead, HOUR, now=NOW))
    assert writer.asked.count(first) == 1


def test_a_writer_that_sees_words_alone_is_not_asked_for_other_weights() -> None:
    one = Said(HOUR.transcript.utterances[0], 0.9)
    brief = Brief(line="x", evidence=(one,), meeting_date=NOW.date())
    lighter = replace(brief, evidence=(replace(one, weight=0.4),))
    elsewhere = replace(brief, taken=frozenset({(Evidence("other"),)}))
    here = replace(brief, taken=frozenset({(Evidence(one.utterance.id),)}))
    assert words_alone(brief) == words_alone(lighter) == words_alone(elsewhere)
    assert len({words_alone(brief), words_alone(here), words_alone(replace(brief, line="y"))}) == 3
    assert whole_brief(brief) != whole_brief(lighter)


def heard_again(bundle: Bundle, *, reads: dict[str, str]) -> Bundle:
    """Give the call as a later pass hears it: other ids and times, and some other words."""
    utterances = tuple(
        replace(
            one,
            id=f"final-{one.id}",
            start_ms=one.start_ms + 120,
            end_ms=one.end_ms + 120,
            text=reads.get(one.text, one.text),
        )
        for one in bundle.transcript.utterances
    )
    return replace(bundle, transcript=Transcript(utterances=utterances, made_by="final"))


def test_drafts_on_live_words_hold_where_the_final_pass_reads_the_same() -> None:
    writer = Counting()
    ahead = Ahead(writer=writer, template=GENERAL, sees=words_alone)
    drafted(ahead, Call(HOUR, ends_ms=END_MS))
    during = len(writer.asked)
    final = heard_again(HOUR, reads={})
    done = run(finish(ahead, final, now=NOW))
    assert len(writer.asked) == during
    ids = final.transcript.by_id()
    written = [one for one in done.note.blocks if one.evidence]
    assert written
    assert all(place.utterance in ids for one in written for place in one.evidence)
    assert all(one.finding == "supported" for one in written)


def test_what_the_final_pass_reads_otherwise_is_written_anew() -> None:
    writer = Counting()
    ahead = Ahead(writer=writer, template=GENERAL, sees=words_alone)
    drafted(ahead, Call(HOUR, ends_ms=END_MS))
    during = len(writer.asked)
    thirteen = TALK[0].replace("twenty", "thirty")
    final = heard_again(HOUR, reads={TALK[0]: thirteen})
    done = run(finish(ahead, final, now=NOW))
    again = writer.asked[during:]
    assert again
    assert all(any(one.utterance.text == thirteen for one in brief.evidence) for brief in again)
    assert "The whole budget for the launch is €130,000" in {one.text for one in done.note.blocks}


def test_rules_of_style_belong_to_a_draft_and_the_kind_of_meeting_does_not() -> None:
    one = Said(HOUR.transcript.utterances[0])
    brief = Brief(line="x", evidence=(one,), meeting_date=NOW.date())
    for sees in (whole_brief, words_alone):
        assert sees(brief) == sees(replace(brief, focus="Keep prices."))
        assert sees(brief) != sees(replace(brief, style=("Write short.",)))


class Slow(Counting):
    """Writes in steps, two lines in one go; it may be stopped in the middle."""

    name = "slow"

    def __init__(self) -> None:
        super().__init__()
        self.goes: list[int] = []
        self.stopped = 0

    def together(self, briefs: Sequence[Brief]) -> int:
        return min(2, len(briefs))

    def steps(self, briefs: Sequence[Brief]) -> Job[tuple[tuple[Draft, ...], ...]]:
        self.goes.append(len(briefs))
        try:
            yield Progress("Reading")
            yield Progress("Writing")
        except GeneratorExit:
            self.stopped += 1
            raise
        return tuple(self.write(brief) for brief in briefs)


def test_a_slow_writer_tells_how_far_it_is_and_is_asked_once() -> None:
    writer = Slow()
    ahead = drafted(fresh(writer), Call(HOUR, ends_ms=END_MS))
    assert writer.goes
    during = len(writer.goes)
    steps: list[Progress] = []
    done = run(finish(ahead, HOUR, now=NOW), on_progress=steps.append)
    assert len(writer.goes) == during
    assert [step.note for step in steps if isinstance(step, LineWritten)] == [
        line.id for line in HOUR.notes
    ]
    assert {block.text for block in done.note.blocks if block.kind == "decision"}


def test_lines_that_are_not_written_yet_go_together() -> None:
    writer = Slow()
    run(finish(fresh(writer), HOUR, now=NOW))
    assert writer.goes[:2] == [2, 2]


def test_a_slow_writer_is_stopped_when_the_call_ends() -> None:
    writer, call = Slow(), Call(HOUR, ends_ms=END_MS)
    ahead = fresh(writer)
    job = draft_ahead(ahead, look=call.look, busy=call.busy, clock=call)
    while not writer.goes:
        next(job)
    job.close()
    assert writer.stopped == 1
    run(finish(ahead, HOUR, now=NOW))
    assert {brief.line for brief in writer.asked} == {line.text for line in HOUR.notes}


def test_a_silent_call_is_only_waited_for() -> None:
    call = Call(replace(HOUR, notes=()), ends_ms=100_000)
    steps = 0

    def count(_: object) -> None:
        nonlocal steps
        steps += 1

    run(draft_ahead(fresh(), look=call.look, busy=call.busy, clock=call), on_progress=count)
    assert 0 < steps <= 100_000 / Patience().pause_ms
