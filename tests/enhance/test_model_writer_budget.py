"""What does not fit is split, never cut: on a short context a two-hour meeting still works."""

import json
import random
import re
from datetime import date
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from granola_like.domain.transcript import Utterance
from granola_like.engines.base import Request
from granola_like.engines.fake import FakeLanguageModel
from granola_like.enhance.budget import MARGIN, Budget, Numbered, split
from granola_like.enhance.model_writer import ModelWriter
from granola_like.enhance.writer import Brief, Said
from granola_like.jobs import Progress, run

DAY = date(2026, 3, 2)
WORDS = "budget launch venue team week plan customer price date risk offer design".split()


def count(text: str) -> int:
    return len(text.split())


lines = st.lists(
    st.lists(st.sampled_from(WORDS), min_size=1, max_size=60).map(" ".join), max_size=30
)


@given(lines, st.integers(min_value=4, max_value=80))
def test_splitting_loses_no_word_keeps_the_order_and_fits(texts: list[str], room: int) -> None:
    numbered = [Numbered(at, f"[{at}] ", text) for at, text in enumerate(texts, start=1)]
    parts = split(numbered, room, count)
    flat = [piece for part in parts for piece in part]
    assert [piece.number for piece in flat] == sorted(piece.number for piece in flat)
    for one in numbered:
        pieces = [piece for piece in flat if piece.number == one.number]
        assert " ".join(piece.text for piece in pieces) == one.text
        assert all(piece.head == one.head for piece in pieces)
    for part in parts:
        assert count("\n".join(str(piece) for piece in part)) <= room
        assert part


def test_no_room_for_a_word_is_an_error() -> None:
    with pytest.raises(ValueError, match="room"):
        split([Numbered(1, "[1] Anna: ", "hello there")], 2, count)


def test_the_last_part_is_not_a_rest() -> None:
    numbered = [Numbered(at, "", "one two three") for at in range(11)]
    assert [len(part) for part in split(numbered, 30, count)] == [6, 5]


def test_what_fits_is_counted_once() -> None:
    asked: list[str] = []

    def counting(text: str) -> int:
        asked.append(text)
        return count(text)

    split([Numbered(at, "", "word") for at in range(50)], 1000, counting)
    assert len(asked) == 1


def two_hours() -> tuple[Utterance, ...]:
    """Speak 18,000 words in 1,200 utterances, as two hours bring."""
    lots = random.Random(1)
    said = []
    for at in range(1_200):
        words = " ".join(lots.choice(WORDS) for _ in range(14))
        text = f"So the {words} number {at}."
        start = at * 6_000
        said.append(
            Utterance(id=f"u{at}", speaker="Ana", start_ms=start, end_ms=start + 5_000, text=text)
        )
    return tuple(said)


def write_first_line(request: Request) -> str:
    """Answer like a sensible model: one point about the first line shown, or the first to keep."""
    number, text = re.findall(r"^\[(\d+)\] (?:Ana: )?(.*)$", request.user, re.MULTILINE)[0]
    if "keep" in json.dumps(request.schema):
        return json.dumps({"keep": [int(number)]})
    words = " ".join(text.split()[:10])
    written = {"cites": [int(number)], "kind": "point", "text": words, "owner": None, "due": None}
    return json.dumps({"points": [written]})


def test_a_two_hour_meeting_on_a_4k_context_works_and_says_which_part() -> None:
    model = FakeLanguageModel(write_first_line, context_tokens=4_096)  # it refuses more
    brief = Brief(
        line="what was it about", evidence=tuple(Said(one) for one in two_hours()), meeting_date=DAY
    )
    seen: list[Progress] = []
    (drafts,) = run(ModelWriter(model).steps([brief]), on_progress=seen.append)
    parts = [one.step for one in seen if one.step.startswith("part")]
    count = len(parts)
    assert count >= 7
    assert parts == [f"part {n} of {count}" for n in range(1, count + 1)]
    assert 1 <= len(drafts) <= 3
    assert {one.writer for one in drafts} == {"fake writer"}
    shown = "\n".join(one.user for one in model.asked)
    for said in two_hours():
        assert said.text in shown
    for one in model.asked:
        tokens = model.count_tokens(one.system) + model.count_tokens(one.user)
        assert tokens + one.max_tokens + MARGIN <= 4_096


def test_a_part_that_fails_is_written_without_the_model_and_merged() -> None:
    calls = 0

    def sometimes(request: Request) -> str:
        nonlocal calls
        calls += 1
        return "nonsense" if calls in {1, 2} else write_first_line(request)

    model = FakeLanguageModel(sometimes, context_tokens=4_096)
    evidence = tuple(Said(one) for one in two_hours()[:300])
    brief = Brief(line="budget launch", evidence=evidence, meeting_date=DAY)
    (drafts,) = run(ModelWriter(model).steps([brief]))
    assert drafts
    merges = [one for one in model.asked if "keep" in json.dumps(one.schema)]
    assert merges
    assert merges[0].user.count("\n[") >= 3


def test_where_choosing_fails_the_strongest_evidence_stays() -> None:
    def never_chooses(request: Request) -> str:
        wants_keep = "keep" in json.dumps(request.schema)
        return "nonsense" if wants_keep else write_first_line(request)

    said = two_hours()[:600]
    evidence = tuple(Said(one, 1.0 if one.id == "u0" else 0.1) for one in said)
    brief = Brief(line="budget", evidence=evidence, meeting_date=DAY)
    model = FakeLanguageModel(never_chooses, context_tokens=4_096)
    (drafts,) = run(ModelWriter(model).steps([brief]))
    assert len(drafts) == 3
    assert drafts[0].evidence[0].utterance == "u0"


def test_a_context_too_short_for_anything_is_left_to_the_extractive_writer() -> None:
    model = FakeLanguageModel(write_first_line, context_tokens=256)
    evidence = (Said(two_hours()[0]),)
    drafts = ModelWriter(model).write(Brief(line="plan", evidence=evidence, meeting_date=DAY))
    assert {one.writer for one in drafts} <= {"extractive"}
    assert model.asked == []


@pytest.mark.parametrize("name", ["ggml-vocab-llama-spm", "ggml-vocab-phi-3", "ggml-vocab-gpt-2"])
def test_with_real_tokenizers_every_question_fits(material: Path, name: str) -> None:
    llama_cpp = pytest.importorskip("llama_cpp", reason="needs the extra `llama`")
    llama = llama_cpp.Llama(str(material / "llm" / f"{name}.gguf"), vocab_only=True, verbose=False)

    class Counting(FakeLanguageModel):
        def count_tokens(self, text: str) -> int:
            return len(llama.tokenize(text.encode(), add_bos=False, special=False))

    model = Counting(write_first_line, context_tokens=4_096)
    evidence = tuple(Said(one) for one in two_hours())
    drafts = ModelWriter(model).write(Brief(line="budget", evidence=evidence, meeting_date=DAY))
    assert drafts
    assert len(model.asked) >= 7
    for one in model.asked:
        whole = model.count_tokens(one.system + one.user)
        assert whole + one.max_tokens <= 4_096
    llama.close()


def test_a_text_is_counted_once() -> None:
    counted: list[str] = []

    class Counting(FakeLanguageModel):
        def count_tokens(self, text: str) -> int:
            counted.append(text)
            return 1

    budget = Budget(Counting())
    assert budget.count("a") + budget.count("a") == 2
    assert counted == ["a"]
