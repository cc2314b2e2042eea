"""The person's lines stand verbatim, once, in order; the rest hangs on them."""

from datetime import UTC, datetime

from hypothesis import given
from hypothesis import strategies as st

from granola_like.domain.bundle import Bundle
from granola_like.domain.enhanced import Aligned, EnhancedNote, Evidence
from granola_like.domain.meeting import Meeting, Person
from granola_like.domain.note import NoteLine
from granola_like.domain.recording import Gap, Recording
from granola_like.domain.transcript import Transcript, Utterance
from granola_like.enhance.compose import Judged, compose, place_gaps
from granola_like.enhance.extract import ExtractiveWriter
from granola_like.enhance.guard import Verdict
from granola_like.enhance.job import enhance, guard_note
from granola_like.enhance.templates import shipped_templates
from granola_like.enhance.writer import Brief, Draft, Rejected
from granola_like.errors import EngineError
from granola_like.jobs import Progress, run

NOW = datetime(2026, 3, 3, 12, tzinfo=UTC)
GENERAL = shipped_templates()[0]

LINES = st.lists(
    st.builds(
        NoteLine,
        id=st.uuids().map(str),
        text=st.text(max_size=30),
        indent=st.integers(min_value=0, max_value=4),
    ),
    max_size=8,
    unique_by=lambda line: line.id,
)
DRAFTS = st.lists(
    st.builds(
        lambda kind, text, cited: Judged(
            Draft(kind=kind, text=text, evidence=(Evidence(cited),)), Verdict("supported")
        ),
        st.sampled_from(["point", "action", "decision", "question"]),
        st.text(max_size=20),
        st.sampled_from(["u1", "u2"]),
    ),
    max_size=3,
).map(tuple)


@given(LINES, DRAFTS, st.sampled_from(shipped_templates()), st.sampled_from(["en", "ru", "xx"]))
def test_every_line_stands_once_as_typed(
    lines: list[NoteLine], drafts: tuple[Judged, ...], template: object, language: str
) -> None:
    from granola_like.enhance.templates import Template

    assert isinstance(template, Template)
    found = {section.id: drafts for section in template.sections}
    blocks = compose(
        template, lines, under={line.id: drafts for line in lines}, found=found, language=language
    )
    kept = [(one.note, one.text, one.indent) for one in blocks if one.kind == "note"]
    assert kept == [(line.id, line.text, line.indent) for line in lines]
    assert len({one.id for one in blocks}) == len(blocks)
    for one in blocks:
        if one.note and one.kind != "note":
            assert one.finding is not None


def said(at: int, speaker: str, text: str) -> Utterance:
    return Utterance(
        id=f"u{at}", speaker=speaker, start_ms=at * 1000, end_ms=at * 1000 + 900, text=text
    )


CALL = Bundle(
    meeting=Meeting(
        id="m", title="Launch", started_at=NOW, people=(Person("Boris"), Person("Anna"))
    ),
    transcript=Transcript(
        utterances=(
            said(1, "Boris", "Um so the whole budget is a hundred and twenty thousand euros."),
            said(2, "Anna", "Okay."),
            said(3, "Anna", "We decided to launch on the seventeenth of March in Berlin."),
            said(4, "Boris", "I'll send the contract to the agency by Friday."),
            said(5, "Anna", "What about the translation of the printed manual?"),
            said(6, "Boris", "I don't know, we have to ask them."),
        )
    ),
    notes=(
        NoteLine(id="a", text="budget 120k", typed_at_ms=2_000),
        NoteLine(id="b", text="  launch!", indent=1, typed_at_ms=4_000),
        NoteLine(id="c", text="buy milk", typed_at_ms=5_000),
    ),
    recording=Recording(gaps=(Gap("them", 2_500, 3_500, "asleep"), Gap("me", 0, 90, "late"))),
)
ALIGNED = {"a": (Aligned("u1", 0.9), Aligned("u2", 0.2)), "b": (Aligned("u3", 0.8),)}


def made(bundle: Bundle = CALL) -> EnhancedNote:
    return run(
        enhance(bundle, writer=ExtractiveWriter(), alignment=ALIGNED, template=GENERAL, now=NOW)
    )


def test_a_call_becomes_a_note() -> None:
    shown = [(one.kind, one.text) for one in made().blocks]
    assert shown == [
        ("heading", "Notes"),
        ("note", "budget 120k"),
        ("point", "The whole budget is €120,000"),
        ("note", "  launch!"),
        ("decision", "We decided to launch on the seventeenth of March in Berlin"),
        ("note", "buy milk"),
        ("heading", "Action items"),
        ("action", "Boris will send the contract to the agency by Friday"),
        ("heading", "Open questions"),
        ("question", "What about the translation of the printed manual?"),
    ]
    assert {one.finding for one in made().blocks if one.evidence} == {"supported"}


def test_the_same_meeting_gives_the_same_note() -> None:
    assert made() == made()


def test_a_gap_is_placed_behind_the_line_that_was_typed_before_it_ended() -> None:
    note = made()
    placed = {one.gap.reason: one.after for one in place_gaps(note, CALL)}
    first_point = note.blocks[2]
    assert placed == {"asleep": first_point.id, "late": None}


def test_the_guard_reads_a_stored_note_anew() -> None:
    from dataclasses import replace

    note = made()
    blocks = tuple(replace(one, text=one.text.replace("120,000", "130,000")) for one in note.blocks)
    changed = replace(CALL, enhanced=replace(note, blocks=blocks))
    findings = {one.text: one.finding for one in guard_note(changed)}
    assert findings.pop("The whole budget is €130,000") == "changed"
    assert set(findings.values()) == {"supported"}


class Liar:
    """A writer that invents a number first, and gives in or not when it is told."""

    name = "liar"

    def __init__(self, *, learns: bool) -> None:
        self._learns = learns

    def write(self, brief: Brief) -> tuple[Draft, ...]:
        said = brief.evidence[0].utterance
        text = said.text if brief.rejected and self._learns else "It is €999"
        if any(isinstance(one, Rejected) and one.draft.text == text for one in brief.rejected):
            return ()
        return (Draft(text=text, evidence=(Evidence(said.id),)),)


def test_a_changed_point_is_drafted_once_more() -> None:
    note = run(
        enhance(CALL, writer=Liar(learns=True), alignment=ALIGNED, template=GENERAL, now=NOW)
    )
    assert all(one.finding == "supported" for one in note.blocks if one.note and one.evidence)


def test_a_point_that_stays_changed_is_shown_marked() -> None:
    note = run(
        enhance(CALL, writer=Liar(learns=False), alignment=ALIGNED, template=GENERAL, now=NOW)
    )
    marked = [one for one in note.blocks if one.text == "It is €999"]
    assert {one.finding for one in marked} == {"changed"}
    assert marked[0].details[0].in_source == "a hundred and twenty thousand euros"


class Broken:
    """A writer whose model is gone."""

    name = "broken"

    def write(self, brief: Brief) -> tuple[Draft, ...]:
        raise EngineError("The model stopped.")


def test_a_line_whose_writer_fails_is_written_without_a_model() -> None:
    note = run(enhance(CALL, writer=Broken(), alignment=ALIGNED, template=GENERAL, now=NOW))
    assert "The whole budget is €120,000" in {one.text for one in note.blocks}


def test_progress_names_the_line() -> None:
    steps: list[Progress] = []
    run(
        enhance(CALL, writer=ExtractiveWriter(), alignment={}, template=GENERAL, now=NOW),
        on_progress=steps.append,
    )
    writing = [one.step for one in steps if one.step.startswith("Writing line")]
    assert writing == [f"Writing line {n} of 3" for n in (1, 2, 3)]
