"""A model as a writer: what it is asked, what is taken from it, and what happens when it fails."""

import json
from collections.abc import Iterator, Sequence
from datetime import UTC, date, datetime
from typing import Any

import pytest

from granola_like.domain.bundle import Bundle
from granola_like.domain.enhanced import Aligned, Block, Evidence
from granola_like.domain.meeting import Meeting, Person
from granola_like.domain.note import NoteLine
from granola_like.domain.transcript import Transcript, Utterance
from granola_like.engines.base import LanguageModel, Request
from granola_like.engines.fake import FakeLanguageModel
from granola_like.enhance.extract import ExtractiveWriter
from granola_like.enhance.job import LineWritten, enhance
from granola_like.enhance.model_writer import GIVE_UP_AFTER, ModelWriter
from granola_like.enhance.model_writer_ask import Patience
from granola_like.enhance.model_writer_questions import LARGE, SMALL, recipe_for
from granola_like.enhance.templates import shipped_templates
from granola_like.enhance.writer import Brief, Said
from granola_like.errors import EngineDied, EngineError
from granola_like.jobs import Cancelled, Progress, run

DAY = date(2026, 3, 2)
NOW = datetime(2026, 3, 2, 12, tzinfo=UTC)
SAID = (
    Utterance(id="u-a", speaker="Ana", start_ms=0, end_ms=3000, text="So the venue is 4,000 now."),
    Utterance(
        id="u-b",
        speaker="Ben",
        start_ms=4000,
        end_ms=8000,
        text="I'll ask for a discount by Friday.",
    ),
    Utterance(
        id="u-c", speaker="Ana", start_ms=9000, end_ms=12000, text="We print two hundred badges."
    ),
)
GENERAL = shipped_templates()[0]


def brief(*said: Utterance, line: str = "venue", **more: Any) -> Brief:
    evidence = tuple(Said(one) for one in said or SAID[:2])
    return Brief(line=line, evidence=evidence, people=("Ana", "Ben"), meeting_date=DAY, **more)


def point(text: str, *cites: int, kind: str = "point", **more: Any) -> dict[str, Any]:
    return {"cites": list(cites), "kind": kind, "text": text, "owner": None, "due": None, **more}


def points(*given: dict[str, Any]) -> str:
    return json.dumps({"points": list(given)})


VENUE = points(
    point("The venue costs 4,000 now.", 1),
    point("Ben asks for a discount by Friday.", 2, kind="action", owner="Ben", due="Friday"),
)


class Failing:
    """A model that breaks off with an error, after a piece of an answer."""

    name = "failing"
    context_tokens = 4096

    def __init__(self, error: EngineError) -> None:
        self.error = error
        self.asked = 0

    def count_tokens(self, text: str) -> int:
        return len(text.split())

    def write(self, request: Request) -> Iterator[str]:
        self.asked += 1
        yield '{"points": ['
        raise self.error

    def close(self) -> None:
        """Nothing is held."""


class Silent(Failing):
    """A model that gives signs of life and no word; it notes when it is stopped."""

    name = "silent"

    def __init__(self) -> None:
        super().__init__(EngineError("never raised"))
        self.stopped = 0

    def write(self, request: Request) -> Iterator[str]:
        self.asked += 1
        try:
            while True:
                yield ""
        finally:
            self.stopped += 1


def ticking(step: float = 1.0) -> Any:
    at = [0.0]

    def clock() -> float:
        at[0] += step
        return at[0]

    return clock


def test_valid_points_become_drafts_with_evidence_owner_and_day() -> None:
    model = FakeLanguageModel([VENUE])
    first, second = ModelWriter(model).write(brief())
    assert (first.kind, first.text) == ("point", "The venue costs 4,000 now.")
    assert first.evidence == (Evidence("u-a"),)
    assert first.writer == second.writer == "fake writer"
    assert (second.owner, second.due) == ("Ben", date(2026, 3, 6))
    assert len(model.asked) == 1


def test_a_question_is_ordered_so_that_beginnings_are_shared() -> None:
    model = FakeLanguageModel([VENUE])
    writer = ModelWriter(model)
    writer.write(brief())
    writer.write(brief(line="badges"))
    one, other = model.asked
    assert one.system == other.system
    assert one.schema is not None
    order = [
        one.user.index(part) for part in ("[1] Ana: So", "[2] Ben: I'll", "<typed>venue", "as JSON")
    ]
    assert order == sorted(order)
    assert one.user.split("<typed>")[0] == other.user.split("<typed>")[0]


@pytest.mark.parametrize(
    "answer",
    [
        "Once upon a time there was a little girl.",
        '{"points": [{"cites": [1], "text": "no kind"}]}',
        '{"points": "none"}',
        points(point("The venue costs 4,000 now.", 7)),
        points(point("The venue costs 4,000 now.")),
        points(point("Lily and Tom played in the big park all day.", 1)),
        points(point("venue " * 80, 1)),
        points(point("4,000 " * 3, 1), point("x", 1), point("y", 1), point("z", 1)),
        "",
    ],
)
def test_nonsense_costs_one_try_and_then_the_extractive_writer_writes(answer: str) -> None:
    model = FakeLanguageModel([answer])
    drafts = ModelWriter(model).write(brief())
    expected = ExtractiveWriter().write(brief())
    assert [one.text for one in drafts] == [one.text for one in expected]
    assert {one.writer for one in drafts} == {"extractive"}
    assert [one.temperature for one in model.asked] == [0.0, 0.4]
    assert len({one.seed for one in model.asked}) == 2


def test_the_second_try_is_taken() -> None:
    model = FakeLanguageModel(["nonsense", VENUE])
    assert [one.writer for one in ModelWriter(model).write(brief())] == ["fake writer"] * 2


def test_a_point_that_cites_what_was_not_shown_is_dropped_alone() -> None:
    answer = points(point("The venue costs 4,000 now.", 1), point("The venue is free.", 9))
    (only,) = ModelWriter(FakeLanguageModel([answer])).write(brief())
    assert only.text == "The venue costs 4,000 now."


def test_thinking_and_fences_around_the_answer_are_passed_over() -> None:
    answer = f'<think>the "points": {{1}}</think>\n```json\n{VENUE}\n```'
    assert len(ModelWriter(FakeLanguageModel([answer])).write(brief())) == 2


def test_no_points_for_evidence_that_is_there_is_a_weak_models_way_out() -> None:
    drafts = ModelWriter(FakeLanguageModel([points()])).write(brief())
    assert drafts
    assert {one.writer for one in drafts} == {"extractive"}


def test_a_line_without_evidence_is_not_asked_about() -> None:
    model = FakeLanguageModel([VENUE])
    nothing = Brief(line="venue", evidence=(), meeting_date=DAY)
    assert ModelWriter(model).write(nothing) == ()
    assert model.asked == []


def test_a_model_that_loops_is_stopped_early() -> None:
    answer = '{"points": [{"cites": [1], "kind": "point", "text": "' + "the venue and " * 400
    model = FakeLanguageModel([answer])
    pieces = 0

    def count(_: Progress) -> None:
        nonlocal pieces
        pieces += 1

    drafts = run(ModelWriter(model, recipe=LARGE).steps([brief()]), on_progress=count)[0]
    assert {one.writer for one in drafts} == {"extractive"}
    assert len(model.asked) == 2
    assert pieces < 200


def test_a_model_that_hangs_is_stopped_and_the_rest_is_written_without_it() -> None:
    model = Silent()
    writer = ModelWriter(model, patience=Patience(first_s=20, next_s=5), clock=ticking())
    for _ in range(GIVE_UP_AFTER + 2):
        assert {one.writer for one in writer.write(brief())} == {"extractive"}
    assert model.asked == model.stopped == 2 * GIVE_UP_AFTER


def test_a_model_that_dies_is_asked_once_more() -> None:
    model = Failing(EngineDied("The model stopped working."))
    assert {one.writer for one in ModelWriter(model).write(brief())} == {"extractive"}
    assert model.asked == 2


def test_cancelling_stops_the_model() -> None:
    model = Silent()
    seen: list[Progress] = []
    with pytest.raises(Cancelled):
        run(
            enhance(
                call(), writer=ModelWriter(model), alignment=ALIGNED, template=GENERAL, now=NOW
            ),
            on_progress=seen.append,
            is_cancelled=lambda: len(seen) > 5,
        )
    assert model.stopped == 1


@pytest.mark.parametrize(
    ("name", "context", "recipe"),
    [
        ("qwen3-1.7b", 8192, SMALL),
        ("Qwen3-4B-Instruct-2507-Q4_K_M", 262144, SMALL),
        ("qwen3:8b", 4096, LARGE),
        ("llama3.1-70b", 8192, LARGE),
        ("gemma-4-e4b", 8192, SMALL),
        ("my-model", 4096, SMALL),
        ("my-model", 32768, LARGE),
    ],
)
def test_the_recipe_goes_by_size(name: str, context: int, recipe: object) -> None:
    assert recipe_for(name, context) == recipe


# -- several lines at once --------------------------------------------------------------------


def several(*lines: tuple[int, Sequence[dict[str, Any]]]) -> str:
    return json.dumps({"lines": [{"line": n, "points": list(given)} for n, given in lines]})


def test_a_larger_model_writes_several_lines_at_once() -> None:
    badges = point("They print 200 badges.", 3)
    model = FakeLanguageModel(
        [several((1, [point("The venue costs 4,000 now.", 1)]), (2, [badges]))],
        name="big-8b",
        context_tokens=16_384,
    )
    writer = ModelWriter(model)
    briefs = [brief(), brief(SAID[2], line="badges")]
    assert writer.together(briefs) == 2
    one, other = run(writer.steps(briefs))
    assert len(model.asked) == 1
    assert model.asked[0].user.count("[3] Ana: We print") == 1
    assert one[0].evidence == (Evidence("u-a"),)
    assert other[0].evidence == (Evidence("u-c"),)


def test_a_line_missing_or_citing_another_lines_words_is_asked_for_alone() -> None:
    wrong = several((1, [point("They print 200 badges.", 3)]))
    alone = points(point("They print 200 badges.", 1))
    model = FakeLanguageModel([wrong, VENUE, alone], name="big-8b", context_tokens=16_384)
    one, other = run(ModelWriter(model).steps([brief(), brief(SAID[2], line="badges")]))
    assert len(model.asked) == 3
    assert one[0].text == "The venue costs 4,000 now."
    assert other[0].text == "They print 200 badges."


def test_lines_that_do_not_fit_together_are_not_asked_together() -> None:
    writer = ModelWriter(FakeLanguageModel([VENUE], context_tokens=1_200), recipe=LARGE)
    assert writer.together([brief(), brief(SAID[2])]) == 1


# -- the whole note ---------------------------------------------------------------------------

ALIGNED = {
    "n1": (Aligned("u-a", 0.9), Aligned("u-b", 0.8)),
    "n2": (Aligned("u-c", 0.9),),
}


def call() -> Bundle:
    return Bundle(
        meeting=Meeting(
            id="m",
            title="Fair",
            started_at=datetime(2026, 3, 2, 10, tzinfo=UTC),
            people=(Person("Ana"), Person("Ben")),
        ),
        transcript=Transcript(utterances=SAID),
        notes=(NoteLine(id="n1", text="venue"), NoteLine(id="n2", text="badges")),
    )


def note_by(model: LanguageModel, **more: Any) -> tuple[Any, list[Progress]]:
    seen: list[Progress] = []
    job = enhance(
        call(),
        writer=ModelWriter(model),
        alignment=ALIGNED,
        template=GENERAL,
        now=NOW,
        **more,
    )
    return run(job, on_progress=seen.append), seen


def under(blocks: Sequence[Block], note: str) -> list[str]:
    return [one.text for one in blocks if one.note == note and one.kind != "note"]


def test_the_note_names_both_writers_where_both_wrote() -> None:
    note, seen = note_by(FakeLanguageModel([VENUE, "nonsense"]))
    assert note.engine == "fake writer + extractive"
    assert under(note.blocks, "n1") == [
        "The venue costs 4,000 now.",
        "Ben asks for a discount by Friday.",
    ]
    (draft,) = ExtractiveWriter().write(brief(SAID[2], line="badges"))
    assert under(note.blocks, "n2") == [draft.text]
    written = [one for one in seen if isinstance(one, LineWritten)]
    assert [one.note for one in written] == ["n1", "n2"]
    for one in written:
        assert set(one.blocks) <= set(note.blocks)


def test_a_fact_that_nobody_said_is_drafted_again_and_then_marked() -> None:
    wrong = points(point("The venue costs 9,000 now.", 1))
    model = FakeLanguageModel([wrong, wrong, points(point("They print 200 badges.", 1))])
    note, _ = note_by(model)
    again = model.asked[1].user
    assert "The venue costs 9,000 now." in again
    assert "“9,000”" in again
    (marked,) = [one for one in note.blocks if one.finding == "changed"]
    assert marked.text == "The venue costs 9,000 now."


def test_the_summary_may_be_in_another_language_than_the_speech() -> None:
    german = points(point("Der Saal kostet jetzt 4.000.", 1))
    model = FakeLanguageModel([german])
    first = brief(note_language="de")
    (draft,) = ModelWriter(model).write(first)
    assert draft.text == "Der Saal kostet jetzt 4.000."
    assert "in German" in model.asked[0].system
    note, _ = note_by(FakeLanguageModel(["nonsense"]), note_language="ru")
    headings = [one.text for one in note.blocks if one.kind == "heading"]
    assert headings[0] == GENERAL.sections[0].heading("ru") != GENERAL.sections[0].heading("en")


@pytest.mark.parametrize(("due", "day"), [("Friday", 6), ("в пятницу", 6), ("2026-03-06", 6)])
def test_a_day_may_come_in_the_note_s_language(due: str, day: int) -> None:
    answer = points(
        point("Бен попросит скидку до пятницы.", 2, kind="action", owner="Ben", due=due)
    )
    writer = ModelWriter(FakeLanguageModel([answer]))
    (draft,) = writer.write(brief(note_language="ru"))
    assert draft.due == date(2026, 3, day)
