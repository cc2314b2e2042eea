"""Laws of aligning, on small made meetings; quality is what benchmarks/alignment.py measures."""

from collections.abc import Sequence
from dataclasses import replace
from datetime import UTC, datetime

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from granola_like.domain.bundle import Bundle
from granola_like.domain.meeting import Meeting
from granola_like.domain.note import NoteLine
from granola_like.domain.transcript import Transcript, Utterance
from granola_like.engines.base import Vectors
from granola_like.engines.fake import FakeEmbedder
from granola_like.enhance.align import Aligner, align
from granola_like.errors import EngineError

TALK = (
    "So let us go through the launch plan for the new remote control.",
    "The plastic case came back from the factory with scratches.",
    "Yeah.",
    "We should ask the supplier for a better finish before we print the manual.",
    "Who can call them this week?",
    "I can do that on Thursday morning.",
    "Mm-hmm.",
    "Then the marketing budget, which is a hundred and twenty thousand euros this year.",
    "That is less than what we had hoped for.",
    "We need to cut the fair in Berlin or find a sponsor.",
    "The speech recognition chip is still too expensive for the cheap model.",
    "Perhaps we keep the buttons and drop the voice commands.",
    "Okay.",
    "Let us test both designs with twenty customers and decide after the holidays.",
)

TALK_RU = (
    "Давайте начнём с плана запуска нового пульта.",
    "Корпус вернулся с завода с царапинами.",
    "Ага.",
    "Надо попросить поставщика о лучшем покрытии.",
    "Рекламный бюджет в этом году сто двадцать тысяч рублей.",
    "Это меньше, чем мы надеялись.",
    "Чип распознавания речи слишком дорогой для дешёвой модели.",
    "Проверим оба варианта с покупателями и решим после праздников.",
)


def spoken(lines: tuple[str, ...], *, times: int = 1) -> tuple[Utterance, ...]:
    found, at = [], 0
    for number, text in enumerate(lines * times):
        length = 400 + 380 * len(text.split())
        found.append(
            Utterance(
                id=f"u{number}",
                speaker=f"P{number // 3 % 3}",
                start_ms=at,
                end_ms=at + length,
                text=text,
            )
        )
        at += length + 200
    return tuple(found)


def bundle(
    said: tuple[Utterance, ...], notes: tuple[NoteLine, ...], *, language: str = "en"
) -> Bundle:
    meeting = Meeting(
        id="m", title="m", started_at=datetime(2026, 3, 3, 10, tzinfo=UTC), language=language
    )
    return Bundle(meeting=meeting, transcript=Transcript(utterances=said), notes=notes)


def line(text: str, typed_at_ms: int | None = None, *, id: str = "n") -> NoteLine:  # noqa: A002
    return NoteLine(id=id, text=text, typed_at_ms=typed_at_ms)


notes_drawn = st.lists(
    st.builds(
        NoteLine,
        id=st.uuids().map(str),
        text=st.sampled_from(
            ["budget 120k", "scratches", "speech chip", "...", "", "dentist", "!!", "the", "удача"]
        ),
        typed_at_ms=st.none() | st.integers(0, 200_000),
    ),
    max_size=6,
    unique_by=lambda note: note.id,
).map(tuple)


@settings(max_examples=60, deadline=None)
@given(notes_drawn, st.integers(0, 12), st.integers(0, 14))
def test_the_answer_has_its_shape(notes: tuple[NoteLine, ...], top: int, length: int):
    said = spoken(TALK)[:length]
    found = align(bundle(said, notes), top=top)
    assert list(found) == [note.id for note in notes]
    for aligned in found.values():
        scores = [one.score for one in aligned]
        assert scores == sorted(scores, reverse=True)
        assert all(0 <= score <= 1 for score in scores)
        assert len(aligned) <= top
        assert {one.utterance for one in aligned} <= {one.id for one in said}
        assert len({one.utterance for one in aligned}) == len(aligned)


@settings(max_examples=25, deadline=None)
@given(notes_drawn, st.integers(0, 10_000_000))
def test_the_clock_may_start_anywhere(notes: tuple[NoteLine, ...], shift: int):
    said = spoken(TALK)
    later = tuple(
        replace(one, start_ms=one.start_ms + shift, end_ms=one.end_ms + shift) for one in said
    )
    moved = tuple(
        replace(n, typed_at_ms=None if n.typed_at_ms is None else n.typed_at_ms + shift)
        for n in notes
    )
    here, there = align(bundle(said, notes)), align(bundle(later, moved))
    for note, aligned in here.items():
        assert [one.utterance for one in aligned] == [one.utterance for one in there[note]]
        assert [one.score for one in aligned] == pytest.approx(
            [one.score for one in there[note]], abs=2e-3
        )


def test_the_same_question_has_the_same_answer():
    asked = bundle(spoken(TALK), (line("budget", 40_000), line("chip", id="n2")))
    assert align(asked) == align(asked)


@pytest.mark.parametrize("note", ["budget 120k", "budget €120,000", "hundred twenty thousand"])
def test_a_number_said_once_is_found_first_however_it_is_written(note: str):
    said = spoken(TALK, times=1)
    where = next(one for one in said if "hundred and twenty" in one.text)
    for typed in (where.end_ms + 10_000, None):
        found = align(bundle(said, (line(note, typed),)))["n"]
        assert found[0].utterance == where.id


def test_a_spoken_number_typed_in_digits_alone_is_found():
    said = spoken(TALK)
    where = next(one for one in said if "hundred and twenty" in one.text)
    assert align(bundle(said, (line("120k", where.end_ms + 10_000),)))["n"][0].utterance == where.id


def test_digits_said_are_found_by_words_typed():
    said = spoken((*TALK, "The invoice is 4,750 dollars."))
    found = align(bundle(said, (line("invoice four thousand seven hundred fifty"),)))["n"]
    assert found[0].utterance == said[-1].id


@pytest.mark.parametrize("note", ["бюджет 120 тыс.", "реклама 120000"])
def test_russian(note: str):
    said = spoken(TALK_RU)
    where = next(one for one in said if "сто двадцать" in one.text)
    for typed in (where.end_ms + 10_000, None):
        found = align(bundle(said, (line(note, typed),), language="ru"))["n"]
        assert found[0].utterance == where.id


def test_words_outweigh_a_late_hand():
    said = spoken(TALK)
    where = next(one for one in said if "scratches" in one.text)
    found = align(bundle(said, (line("case scratches", where.end_ms + 25_000),)))["n"]
    assert found[0].utterance == where.id


def test_something_said_far_away_changes_little():
    said = spoken(TALK, times=3)
    typed = next(one for one in said if "budget" in one.text).end_ms + 8_000
    far = Utterance(
        id="far",
        speaker="P9",
        start_ms=said[-1].end_ms + 900_000,
        end_ms=said[-1].end_ms + 903_000,
        text="My neighbour keeps seven goats.",
    )
    note = (line("marketing budget", typed),)
    before = [one.utterance for one in align(bundle(said, note))["n"]]
    after = [one.utterance for one in align(bundle((*said, far), note))["n"]]
    assert before[0] == after[0]
    assert "far" not in after
    assert len(set(before) & set(after)) >= 0.75 * len(before)


def test_backchannels_are_no_evidence():
    said = spoken(TALK)
    found = align(bundle(said, (line("supplier finish", said[3].end_ms + 6_000),)))["n"]
    texts = {one.id: one.text for one in said}
    assert not {texts[one.utterance] for one in found} & {"Yeah.", "Mm-hmm.", "Okay."}


def test_one_word_utterances():
    said = spoken(("Budget.", "Yes.", "Scratches?", "No."))
    assert isinstance(align(bundle(said, (line("budget", 3_000),)))["n"], tuple)


def test_ten_thousand_utterances():
    said = spoken(TALK, times=10_000 // len(TALK) + 1)[:10_000]
    where = said[7_000 - 7_000 % len(TALK) + 7]
    found = align(bundle(said, (line("marketing budget", where.end_ms + 9_000),)))["n"]
    assert found[0].utterance == where.id


def test_a_growing_aligner_says_what_a_whole_one_says():
    said = spoken(TALK, times=2)
    notes = (line("budget 120k", said[8].end_ms), line("scratches", said[3].end_ms, id="n2"))
    whole = Aligner()
    whole.extend(said)
    grown = Aligner()
    for one in said:
        grown.extend((one,))
        grown.align(notes[:1])
    assert grown.align(notes) == whole.align(notes)
    assert grown.align(notes, only=frozenset({"n2"})) == {"n2": whole.align(notes)["n2"]}


def test_an_aligner_does_not_go_back_in_time():
    said = spoken(TALK)
    aligner = Aligner()
    aligner.extend(said[3:])
    with pytest.raises(ValueError, match="order of time"):
        aligner.extend(said[:1])


def test_a_line_about_nothing_is_left_empty():
    said = spoken(TALK, times=2)
    for typed in (40_000, None):
        assert align(bundle(said, (line("dentist appointment", typed),)))["n"] == ()


@pytest.mark.parametrize("text", ["", "   ", "...", "– ?!", "the and of"])
def test_a_line_without_words_is_left_empty(text: str):
    assert align(bundle(spoken(TALK), (line(text, 30_000),)))["n"] == ()


def test_no_transcript_and_no_lines():
    assert align(bundle((), (line("budget", 5_000),))) == {"n": ()}
    assert align(bundle(spoken(TALK), ())) == {}


def test_the_same_words_typed_twice_are_told_apart_by_their_times():
    said = spoken(TALK, times=6)
    budgets = [one for one in said if "budget" in one.text]
    early, late = budgets[0], budgets[-1]
    notes = (
        line("marketing budget", early.end_ms + 8_000, id="a"),
        line("marketing budget", late.end_ms + 8_000, id="b"),
    )
    found = align(bundle(said, notes))
    assert found["a"][0].utterance == early.id
    assert found["b"][0].utterance == late.id


def test_the_same_words_without_times_are_told_apart_by_their_order():
    said = spoken(TALK, times=6)
    budgets = [one.id for one in said if "budget" in one.text]
    notes = tuple(line("marketing budget", id=str(at)) for at in range(6))
    found = align(bundle(said, notes))
    first, last = found["0"][0].utterance, found["5"][0].utterance
    assert budgets.index(first) < budgets.index(last)


def test_a_topic_of_two_places_is_found_at_both():
    filler = tuple(f"Agenda item {n} is about the canteen menu." for n in range(40))
    said = spoken((*TALK[7:9], *filler, "The marketing budget again, we cut it by half.", *filler))
    found = {one.utterance for one in align(bundle(said, (line("marketing budget"),)))["n"]}
    assert {"u0", f"u{2 + len(filler)}"} <= found


@settings(max_examples=15, deadline=None)
@given(notes_drawn)
def test_with_meanings_the_answer_has_its_shape(notes: tuple[NoteLine, ...]):
    asked = bundle(spoken(TALK), notes)
    found = align(asked, embedder=FakeEmbedder())
    assert list(found) == [note.id for note in notes]
    assert found == align(asked, embedder=FakeEmbedder())
    assert all(0 <= one.score <= 1 for aligned in found.values() for one in aligned)


def test_with_meanings_a_growing_aligner_says_what_a_whole_one_says():
    said, notes = spoken(TALK), (line("budget 120k"), line("scratches", id="n2"))
    whole, grown = Aligner(embedder=FakeEmbedder()), Aligner(embedder=FakeEmbedder())
    whole.extend(said)
    for one in said:
        grown.extend((one,))
    assert grown.align(notes) == whole.align(notes)


class BreakingEmbedder(FakeEmbedder):
    """Fails until it is mended."""

    broken = True

    def embed(self, texts: Sequence[str]) -> Vectors:
        if self.broken:
            raise EngineError("The model broke.")
        return super().embed(texts)


def test_when_the_embedder_fails_nothing_was_added():
    embedder = BreakingEmbedder()
    aligner = Aligner(embedder=embedder)
    with pytest.raises(EngineError):
        aligner.extend(spoken(TALK))
    embedder.broken = False
    aligner.extend(spoken(TALK))
    assert aligner.align((line("supplier finish"),))["n"]
