"""Speakers by voice: words follow the time, nothing is lost, failures cost names alone."""

from collections.abc import Iterator
from dataclasses import replace

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from granola_like.domain.transcript import Transcript, Utterance, Word, in_order
from granola_like.engines.base import SAMPLE_RATE, Samples, VoiceTurn
from granola_like.engines.fake import FakeVoices
from granola_like.errors import EngineDied, EngineError
from granola_like.jobs import run
from granola_like.transcribe.speakers import assign, steady, tell_apart


def said(name: str, text: str, start: int, end: int, **more: str) -> Utterance:
    texts = text.split()
    step = (end - start) // max(1, len(texts))
    words = tuple(
        Word(one, start + n * step, start + (n + 1) * step) for n, one in enumerate(texts)
    )
    about = {"channel": "them", "speaker": "Them", **more}
    return Utterance(id=name, start_ms=start, end_ms=end, text=text, words=words, **about)  # type: ignore[arg-type]


def transcript(*utterances: Utterance) -> Transcript:
    return Transcript(utterances=in_order(iter(utterances)))


CALL = transcript(
    said("u1", "Good morning to you all", 0, 4000),
    said("u2", "Hello", 4200, 4600, channel="me", speaker="Me"),
    said("u3", "We agreed on it yes that is what we said", 5000, 14_000),
)


def test_speakers_are_numbered_as_they_speak_and_the_other_side_is_left_alone() -> None:
    turns = [VoiceTurn(0, 4000, 7), VoiceTurn(5000, 14_000, 3)]
    found = assign(CALL, turns, "them")
    assert [one.speaker for one in found] == ["Speaker 1", "Me", "Speaker 2"]
    assert [one.id for one in found] == ["u1", "u2", "u3"]


def test_one_voice_keeps_the_name_it_has() -> None:
    assert assign(CALL, [VoiceTurn(0, 14_000, 4)], "them") == CALL
    assert assign(CALL, [], "them") == CALL


def test_an_utterance_of_two_voices_is_cut_between_words() -> None:
    turns = [VoiceTurn(0, 9000, 0), VoiceTurn(9000, 14_000, 1)]
    found = assign(CALL, turns, "them")
    assert [(one.id, one.speaker, one.text) for one in found] == [
        ("u1", "Speaker 1", "Good morning to you all"),
        ("u2", "Me", "Hello"),
        ("u3", "Speaker 1", "We agreed on it"),
        ("u4", "Speaker 2", "yes that is what we said"),
    ]
    assert found.utterances[2].words + found.utterances[3].words == CALL.utterances[2].words


def test_a_slip_of_the_splitting_cuts_nothing() -> None:
    turns = [VoiceTurn(0, 4000, 1), VoiceTurn(5000, 8000, 0), VoiceTurn(8000, 8500, 1),
             VoiceTurn(8500, 14_000, 0)]  # fmt: skip
    assert len(assign(CALL, turns, "them").utterances) == 3


def test_words_without_a_voice_belong_to_the_nearest_or_to_nobody() -> None:
    far = transcript(*CALL, said("u9", "Much later", 60_000, 61_000))
    turns = [VoiceTurn(0, 3000, 0), VoiceTurn(6000, 13_000, 1)]
    assert [one.speaker for one in assign(far, turns, "them")] == [
        "Speaker 1", "Me", "Speaker 2", "Them",
    ]  # fmt: skip


spans = st.tuples(st.integers(0, 12_000), st.integers(1, 15_000))
random_turns = st.lists(
    st.builds(lambda span, voice: VoiceTurn(span[0], sum(span), voice), spans, st.integers(0, 3)),
    max_size=8,
)


@st.composite
def calls(draw: st.DrawFn) -> Transcript:
    vocabulary = st.sampled_from("we agreed on it, yes 92% of plan.".split())
    made = []
    for number in range(draw(st.integers(0, 5))):
        start, length = draw(spans)
        text = " ".join(draw(st.lists(vocabulary, max_size=9) | st.just(["well"] * 12)))
        channel = draw(st.sampled_from(["me", "them"]))
        made.append(said(f"u{number}", text, start, start + length, channel=channel))
    return transcript(*made)


@given(calls(), random_turns)
def test_no_word_is_lost_or_moved(call: Transcript, turns: list[VoiceTurn]) -> None:
    found = assign(call, turns, "them")

    def words(one: Transcript) -> list[tuple[str, Word]]:
        pairs = [(said.channel, word) for said in one for word in said.words]
        return sorted(
            pairs, key=lambda pair: (pair[0], pair[1].start_ms, pair[1].end_ms, pair[1].text)
        )

    assert words(found) == words(call)
    assert {one.id for one in call} <= {one.id for one in found}
    for one in found:
        if one.words:
            assert " ".join(word.text for word in one.words) == one.text
    for one in found:
        if one.channel == "me":
            assert one in call.utterances


def test_numbers_stay_with_their_voices_from_pass_to_pass() -> None:
    old = assign(CALL, [VoiceTurn(0, 4000, 0), VoiceTurn(5000, 14_000, 1)], "them")
    new = transcript(
        said("v0", "New here", 0, 300, speaker="Speaker 1"),
        said("v1", "Good morning all", 400, 4000, speaker="Speaker 2"),
        said("v3", "We agreed", 5000, 14_000, speaker="Speaker 3"),
    )
    found = steady(old, new)
    assert [one.speaker for one in found] == ["Speaker 3", "Speaker 1", "Speaker 2"]
    assert steady(transcript(), new) == new
    assert steady(old, old) == old


def tone(hertz: int, seconds: float) -> Samples:
    times = np.arange(round(seconds * SAMPLE_RATE)) / SAMPLE_RATE
    return (0.3 * np.sin(2 * np.pi * hertz * times)).astype(np.float32)


SOUND: Samples = np.concatenate([tone(200, 4), np.zeros(SAMPLE_RATE, np.float32), tone(2000, 9)])


def test_the_sound_is_heard_where_somebody_speaks() -> None:
    found = run(tell_apart(CALL, SOUND, FakeVoices()))
    assert [one.speaker for one in found] == ["Speaker 1", "Me", "Speaker 2"]
    # The silence between is not heard, and the times are those of the call all the same.
    later = transcript(*(replace(
        one, start_ms=one.start_ms + 60_000, end_ms=one.end_ms + 60_000,
        words=tuple(replace(w, start_ms=w.start_ms + 60_000, end_ms=w.end_ms + 60_000)
                    for w in one.words)) for one in CALL))  # fmt: skip
    moved = np.concatenate([np.zeros(60 * SAMPLE_RATE, np.float32), SOUND])
    assert [one.speaker for one in run(tell_apart(later, moved, FakeVoices()))] == [
        "Speaker 1", "Me", "Speaker 2",
    ]  # fmt: skip


class _Failing(FakeVoices):
    """Fails after the first turn."""

    def __init__(self, error: EngineError) -> None:
        self._error = error

    def split(self, sound: Samples, voices: int | None = None) -> Iterator[VoiceTurn | None]:
        yield VoiceTurn(0, 1000, 0)
        yield None
        raise self._error


@pytest.mark.parametrize("error", [EngineError("It failed."), EngineDied("It was killed.")])
def test_a_failing_engine_costs_no_word_and_no_name(error: EngineError) -> None:
    assert run(tell_apart(CALL, SOUND, _Failing(error))) == CALL


def test_where_nobody_speaks_nothing_is_asked() -> None:
    only_me = transcript(CALL.utterances[1])
    assert run(tell_apart(only_me, SOUND, _Failing(EngineError("x")))) == only_me
