"""One channel, heard by an engine that answers at once: whatever happens, words stay in order."""

from collections.abc import Sequence

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from granola_like.domain.transcript import Word
from granola_like.engines.base import SAMPLE_RATE, Heard, Listening
from granola_like.engines.fake import FakeLiveTranscriber, FakeSpeechFinder, numbered_sound
from granola_like.transcribe.live.ear import WINDOW_SECONDS, Ear, Question
from granola_like.transcribe.live.lines import LiveUtterance

ENGLISH = Listening(language="en")
FINDER = FakeSpeechFinder(quietest=1e-6)


class Call:
    """A made-up call: its words fill the sound, but for the pauses, which are digital silence."""

    def __init__(self, spoken: Sequence[tuple[str, float, float]]) -> None:
        self.words = [
            Word(text, round(start * 1000), round(end * 1000)) for text, start, end in spoken
        ]
        self.engine = FakeLiveTranscriber(self.words)
        self.ear = Ear("them", FINDER)
        self.lines: dict[str, LiveUtterance] = {}
        self.taken = 0
        self.longest = 0.0

    def speak(self, until: float, *, follows: bool = True, clock_ms: float | None = None) -> None:
        first, last = self.taken, round(until * SAMPLE_RATE)
        sound = numbered_sound(first, last)
        spoken = np.zeros(last - first, bool)
        for word in self.words:
            begin, end = (ms * SAMPLE_RATE // 1000 - first for ms in (word.start_ms, word.end_ms))
            spoken[max(0, begin) : max(0, end)] = True
        sound[~spoken] = 0
        at = first * 1000 / SAMPLE_RATE if clock_ms is None else clock_ms
        self.ear.take(sound, at, follows=follows)
        self.taken = last

    def listen(self, step_ms: int = 400) -> int:
        """Answer all questions; give how many there were."""
        count = 0
        while (question := self.ear.ask(step_ms)) is not None:
            self.longest = max(self.longest, len(question.sound) / SAMPLE_RATE)
            self.ear.answer(question, self.engine.hear(question.sound, ENGLISH, question.said))
            self.look()
            count += 1
        self.look()
        return count

    def look(self) -> None:
        for line in self.ear.changes():
            before = self.lines.get(line.id)
            if before is not None:
                assert line.firm[: len(before.firm)] == before.firm
            self.lines[line.id] = line

    @property
    def text(self) -> str:
        return " ".join(w.text for line in self.lines.values() for w in line.firm)


def sentence(
    count: int, *, start: float = 1.0, each: float = 0.5
) -> list[tuple[str, float, float]]:
    """Words without a pause between; every fifth ends a sentence."""
    return [
        (f"w{n}" + ("." if n % 5 == 4 else ""), start + n * each, start + (n + 1) * each)
        for n in range(count)
    ]


@settings(max_examples=60)
@given(
    st.lists(st.floats(0.05, 6.0), min_size=1, max_size=25),
    st.integers(200, 3_000),
    st.lists(st.integers(1, 9), min_size=1, max_size=5),
)
def test_every_word_comes_once_however_the_sound_is_delivered(
    portions: list[float], step_ms: int, sentences: list[int]
) -> None:
    spoken, at = list[tuple[str, float, float]](), 0.5
    for count in sentences:
        spoken += sentence(count, start=at)
        at = spoken[-1][2] + 1.5
    call, now = Call(spoken), 0.0
    for portion in portions:
        now = min(at, now + portion)
        call.speak(now)
        call.listen(step_ms)
    call.speak(at + 1)
    call.listen(step_ms)
    assert call.text == " ".join(text for text, _, _ in spoken)
    times = [w.start_ms for line in call.lines.values() for w in line.firm]
    assert times == pytest.approx([start * 1000 for _, start, _ in spoken], abs=2)
    assert all(line.is_done for line in call.lines.values())
    assert call.ear.waiting_ms == 0


def test_a_word_is_shown_before_it_is_firm() -> None:
    call = Call(sentence(6))
    call.speak(2.05)
    call.listen()
    (line,) = call.lines.values()
    assert ([w.text for w in line.firm], line.tentative) == ([], "w0 w1")
    call.speak(2.9)
    call.listen()
    (line,) = call.lines.values()
    assert ([w.text for w in line.firm], line.tentative) == (["w0", "w1"], "w2")
    assert not line.is_done


def test_long_speech_is_asked_for_in_short_pieces() -> None:
    call = Call(sentence(120))
    for now in np.arange(0.4, 63, 0.4):
        call.speak(float(now))
        call.listen()
    assert call.longest < 8
    assert call.text.split() == [text for text, _, _ in sentence(120)]


def test_an_engine_that_falls_behind_gets_bigger_pieces_and_loses_nothing() -> None:
    call = Call(sentence(200))
    call.speak(90.0)  # a minute and a half nobody listened
    asked = call.listen(4_000)
    assert asked <= 90 / (WINDOW_SECONDS - 8) + 2
    call.speak(105.0)
    call.listen()
    assert call.text.split() == [text for text, _, _ in sentence(200)]


def test_silence_asks_for_nothing() -> None:
    call = Call([])
    for now in range(1, 60):
        call.speak(float(now))
        assert call.listen() == 0
    assert call.lines == {}
    assert call.ear.waiting_ms == 0


def test_a_pause_after_the_last_pass_costs_no_other() -> None:
    call = Call(sentence(4))
    call.speak(3.2)
    call.listen()
    call.speak(3.4)
    call.listen(100)
    asked = call.listen(100)
    call.speak(5.0)
    assert call.listen() == asked == 0
    assert call.text == "w0 w1 w2 w3"


def test_what_nobody_said_is_not_shown() -> None:
    call = Call(sentence(8))
    call.speak(6.0)
    question = call.ear.ask(400)
    assert question is not None
    invented = Heard(
        start_ms=0,
        end_ms=900,
        text="Thank you.",
        words=(Word("Thank", 0, 300), Word("you.", 300, 900)),
        mean_log_probability=-1.4,
        no_speech_probability=0.9,
    )
    call.ear.answer(question, invented)
    call.look()
    assert call.text == ""
    assert all(not line.tentative for line in call.lines.values())


def test_a_phrase_over_and_over_is_cut() -> None:
    call = Call(sentence(30))
    call.speak(12.0)
    question = call.ear.ask(400)
    assert question is not None
    looped = tuple(Word("yes", n * 200, n * 200 + 200) for n in range(40))
    text = " ".join(word.text for word in looped)
    call.ear.answer(question, Heard(start_ms=0, end_ms=8000, text=text, words=looped))
    call.look()
    assert (call.text + " " + call.lines["them-1"].tentative).split().count("yes") <= 3


def test_noise_like_speech_costs_few_passes_and_little_memory() -> None:
    call = Call(sentence(240))
    asked = 0
    for now in np.arange(0.4, 121, 0.4):
        call.speak(float(now))
        while (question := call.ear.ask(400)) is not None:
            asked += 1
            call.longest = max(call.longest, len(question.sound) / SAMPLE_RATE)
            call.ear.answer(question, Heard(start_ms=0, end_ms=0, text=""))
    assert asked < 300 / 3
    assert call.longest < 20
    assert call.ear.changes() == ()


def test_a_hole_ends_an_utterance_and_the_clock_goes_on() -> None:
    call = Call([*sentence(3), *sentence(3, start=3.0)])
    call.speak(2.5)
    call.listen()
    call.speak(2.9)
    call.speak(6.0, follows=False, clock_ms=12_900.0)
    call.listen()
    starts = [line.start_ms for line in call.lines.values()]
    assert len(starts) == 2
    assert starts[1] == pytest.approx(13_000, abs=5)


def test_off_the_record_is_forgotten_with_its_questions() -> None:
    call = Call([*sentence(5), *sentence(5, start=6.0), *sentence(5, start=12.0)])
    call.speak(5.0)
    call.listen()
    call.speak(8.0)
    question = call.ear.ask(400)
    assert question is not None
    call.ear.take_back(5_500, 8_000)
    call.ear.answer(question, call.engine.hear(question.sound, ENGLISH, question.said))
    for line in call.ear.changes():
        call.lines[line.id] = line
    assert call.text == "w0 w1 w2 w3 w4."
    call.speak(16.0, follows=False)
    call.listen()
    assert call.text.endswith("w0 w1 w2 w3 w4.")
    times = [w.start_ms for line in call.lines.values() for w in line.firm]
    assert not [ms for ms in times if 5_500 <= ms < 8_000]


def test_an_engine_that_cannot_answer_leaves_a_hole_and_goes_on() -> None:
    call = Call([*sentence(5), *sentence(5, start=6.0)])
    call.speak(2.5)
    question = call.ear.ask(400)
    assert question is not None
    call.ear.give_up(question)
    call.speak(10.0)
    call.listen()
    assert call.text.split()[-5:] == [text for text, _, _ in sentence(5)]
    assert call.ear.waiting_ms == 0


def test_another_language_asks_for_the_open_words_again() -> None:
    call = Call(sentence(9))
    call.speak(3.0)
    call.listen()
    assert call.ear.ask(400) is None
    call.ear.ask_again()
    assert isinstance(call.ear.ask(400), Question)
    assert call.lines["them-1"].firm[0].text == "w0"


def test_memory_does_not_grow_with_the_call() -> None:
    call = Call([])
    held = []
    for now in range(10, 600, 10):
        call.speak(float(now))
        held.append(len(call.ear._sound))
    assert max(held[5:]) <= max(held[:5]) + SAMPLE_RATE
