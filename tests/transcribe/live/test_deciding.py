"""The decisions that need no sound: agreement, cutting, pacing, language, utterances."""

import itertools

import pytest
from hypothesis import given
from hypothesis import strategies as st

from granola_like.domain.transcript import Word
from granola_like.engines.base import Heard
from granola_like.transcribe.live.agreement import agreed, attended, bare
from granola_like.transcribe.live.belief import spoken
from granola_like.transcribe.live.cutting import CUT_MS, LONG_MS, TOO_LONG_MS, cut_after
from granola_like.transcribe.live.language import LanguageVote
from granola_like.transcribe.live.lines import LONGEST_MS, Lines, LiveUtterance
from granola_like.transcribe.live.pacing import Pacing
from granola_like.transcribe.live.speaking import Began, Paused, Speaking


def words(text: str, *, start: int = 0, each: int = 300) -> tuple[Word, ...]:
    return tuple(
        Word(word, start + each * n, start + each * (n + 1)) for n, word in enumerate(text.split())
    )


# Which words are firm


def test_two_passes_agree_on_what_they_begin_with() -> None:
    assert agreed(words("the sales pipe"), words("The sales pipeline is")) == 2
    assert agreed((), words("The sales")) == 0
    assert agreed(words("we grew 9%"), words("we grew 92%")) == 2


def test_marks_and_capitals_are_no_difference() -> None:
    assert agreed(words("Good morning, mark."), words("good morning Mark")) == 3
    assert bare("92%") != bare("92")
    assert bare("...") == "..."


def test_words_in_the_newest_sound_are_not_firm() -> None:
    said = words("one two three four")  # the last ends at 1200
    assert attended((), said, 1200, newest_ms=300) == 3
    assert attended((), said, 1200, newest_ms=301) == 2
    assert attended((), said, 5000) == 4
    assert attended((), (), 5000) == 0


# Which words somebody said


def heard(*said: Word) -> Heard:
    return Heard(start_ms=0, end_ms=9_000, text=" ".join(w.text for w in said), words=said)


def told(answer: Heard, *, said: tuple[Word, ...] = (), silent_ms: float = 9_000.0) -> str:
    found = spoken(answer, at_ms=0.0, after_ms=0, silent_ms=silent_ms, said=said)
    return " ".join(word.text for word in found)


def test_no_word_begins_after_the_last_speech() -> None:
    answer = heard(*words("we agree"), Word("Thank", 1000, 1300, 0.9), Word("you.", 1300, 1600))
    assert told(answer) == "we agree Thank you."
    assert told(answer, silent_ms=700.0) == "we agree"
    assert told(answer, silent_ms=900.0) == "we agree Thank"


def test_doubtful_words_without_room_in_the_sound_are_left_out() -> None:
    answer = heard(*words("Good morning"), Word("need", 600, 600, 0.3), Word("a.", 600, 640, 0.1))
    assert told(answer) == "Good morning"
    assert told(heard(*words("Good"), Word("a", 300, 340, 0.9))) == "Good a"


def test_a_loop_across_firm_words_is_cut() -> None:
    assert told(heard(*words("so " * 9))) == "so"
    assert told(heard(*words("so " * 9)), said=words("and so so so")) == ""
    assert told(heard(*words("we went on")), said=words("and so")) == "we went on"


def test_words_are_placed_behind_what_was_said_before() -> None:
    found = spoken(heard(*words("a b")), at_ms=1_000.0, after_ms=1_450, silent_ms=9_000.0)
    assert [(word.start_ms, word.end_ms) for word in found] == [(1_450, 1_450), (1_450, 1_600)]


# Where the sound is cut


def test_short_sound_is_not_cut() -> None:
    assert cut_after(words("One. Two."), (), 0, CUT_MS - 1) is None


def test_the_cut_is_behind_the_last_firm_sentence() -> None:
    said = words("We agree. Next point is")
    assert cut_after(said, words("open", start=1500), 0, CUT_MS) == (2, 600)


def test_long_sound_without_a_sentence_is_cut_at_its_longest_pause() -> None:
    said = (*words("so we thought", each=400), *words("that it could", start=2000, each=400))
    assert cut_after(said, (), 0, CUT_MS) is None
    assert cut_after(said, (), 0, LONG_MS) == (3, 1600)


def test_sound_without_firm_words_does_not_grow_for_ever() -> None:
    assert cut_after((), (), 0, TOO_LONG_MS - 1) is None
    found = cut_after((), (), 0, TOO_LONG_MS)
    assert found is not None
    assert found[1] > TOO_LONG_MS // 2


@given(st.lists(st.sampled_from(["a", "b.", "c?"]), max_size=30), st.integers(0, 20_000))
def test_no_open_word_is_ever_cut_away(texts: list[str], end: int) -> None:
    said = words(" ".join(texts))
    guess = words("x y", start=300 * len(texts))
    found = cut_after(said, guess, 0, end)
    if found is not None and end < TOO_LONG_MS:
        kept, at = found
        assert 0 < kept <= len(said)
        assert said[kept - 1].end_ms <= at <= (*said, *guess)[kept].start_ms


# How often, and who


def test_passes_are_rarer_on_a_slow_machine() -> None:
    pacing = Pacing()
    steps = [pacing.step_ms(cost, 0) for cost in (20, 200, 400, 900, 9_000)]
    assert steps == [400, 400, 800, 1800, 4000]
    assert pacing.step_ms(100, 6_000) == 3_000
    assert pacing.step_ms(100, 6_000, may_go=False) > 10_000


def test_one_channel_first_when_both_are_late() -> None:
    pacing = Pacing()
    first = pacing.first({"me": 500, "them": 900}, None)
    assert first is None
    first = pacing.first({"me": 7_000, "them": 6_500}, first)
    assert first == "them"
    first = pacing.first({"me": 8_000, "them": 3_000}, first)
    assert first == "them"
    first = pacing.first({"me": 9_000, "them": 1_000}, first)
    assert first == "me"
    first = pacing.first({"me": 1_000, "them": 4_000}, first)
    assert first is None


def test_only_a_backlog_without_hope_is_given_up() -> None:
    pacing = Pacing()
    assert not pacing.is_hopeless(1_800_000, 8.0)  # half an hour in four minutes
    assert not pacing.is_hopeless(1_800_000, None)
    assert not pacing.is_hopeless(100_000, 0.5)
    assert pacing.is_hopeless(130_000, 0.9)
    assert pacing.is_hopeless(130_000, 1.1)


@given(st.lists(st.tuples(st.integers(0, 30_000), st.integers(0, 30_000)), max_size=40))
def test_nobody_waits_for_a_channel_that_has_caught_up(lags: list[tuple[int, int]]) -> None:
    pacing, first = Pacing(), None
    for me, them in lags:
        first = pacing.first({"me": me, "them": them}, first)
        if first is not None:
            assert {"me": me, "them": them}[first] > pacing.caught_up


# Which language


def test_one_window_does_not_decide() -> None:
    vote = LanguageVote()
    assert (vote.leading, vote.decided) == (None, None)
    vote.add("ru", 0.4, 2.0)
    assert (vote.leading, vote.decided) == ("ru", None)


def test_three_sure_windows_decide() -> None:
    vote = LanguageVote()
    for _ in range(3):
        vote.add("de", 0.95, 2.0)
    assert vote.decided == "de"


def test_a_noisy_beginning_is_outvoted() -> None:
    vote = LanguageVote()
    vote.add("nn", 0.5, 2.0)
    for _ in range(4):
        vote.add("en", 0.6, 2.0)
    assert vote.decided == "en"


@given(st.lists(st.tuples(st.sampled_from("ab"), st.floats(0, 1), st.floats(0.5, 5)), min_size=20))
def test_every_vote_ends(windows: list[tuple[str, float, float]]) -> None:
    vote = LanguageVote()
    for window in windows:
        vote.add(*window)
    assert vote.decided is not None


# Who is speaking


@given(st.lists(st.sampled_from([0.0, 0.4, 0.9]), max_size=120), st.integers(1, 7))
def test_portions_do_not_matter(likelihoods: list[float], portion: int) -> None:
    whole, parts = Speaking(), Speaking()
    found = [
        one
        for at in range(0, len(likelihoods), portion)
        for one in parts.feed(likelihoods[at : at + portion])
    ]
    assert found + parts.stop() == whole.feed(likelihoods) + whole.stop()
    kinds = [type(one) for one in found + parts.stop()]
    assert all(a is not b for a, b in itertools.pairwise(kinds))


def test_a_short_pause_is_part_of_the_speech() -> None:
    speaking = Speaking()
    found = speaking.feed([0.9] * 10 + [0.0] * 10 + [0.9] * 10 + [0.0] * 30)
    assert found == [Began(0), Paused(30)]


# Utterances


class Shown:
    """What a window knows, and that firm words are never taken back."""

    def __init__(self) -> None:
        self.lines: dict[str, LiveUtterance] = {}

    def see(self, changed: tuple[LiveUtterance, ...]) -> None:
        for line in changed:
            before = self.lines.get(line.id)
            if before is not None:
                assert line.firm[: len(before.firm)] == before.firm
                assert not before.is_done or line == before
            assert line.start_ms <= line.end_ms
            starts = [word.start_ms for word in line.firm]
            assert starts == sorted(starts)
            self.lines[line.id] = line


PASSES = st.lists(
    st.tuples(
        st.lists(st.sampled_from(["yes", "Right.", "so", "We", "done!"]), max_size=6),
        st.lists(st.sampled_from(["and", "maybe", "not."]), max_size=4),
        st.booleans(),
    ),
    max_size=30,
)


@given(PASSES)
def test_firm_words_are_never_taken_back(
    passes: list[tuple[list[str], list[str], bool]],
) -> None:
    lines, shown, said, at = Lines("me"), Shown(), list[str](), 0
    for firm, guess, pauses in passes:
        new = words(" ".join(firm), start=at)
        at += 300 * len(firm)
        lines.hear(new, words(" ".join(guess), start=at), "en")
        said += firm
        shown.see(lines.changes())
        if pauses:
            lines.finish()
            at += 2000
            shown.see(lines.changes())
    lines.finish()
    shown.see(lines.changes())
    assert [w.text for line in shown.lines.values() for w in line.firm] == said
    assert all(line.is_done and not line.tentative for line in shown.lines.values())
    assert tuple(line for line in shown.lines.values() if line.firm) == lines.said


def test_sentences_are_utterances_and_guesses_follow_them() -> None:
    lines = Lines("them")
    lines.hear(words("We grew last year."), words("And", start=1300), "en")
    lines.hear(words("And then", start=1300), words("we", start=2000), "en")
    shown = Shown()
    shown.see(lines.changes())
    assert [(line.is_done, line.tentative) for line in shown.lines.values()] == [
        (True, ""),
        (False, "we"),
    ]


def test_a_guess_that_comes_to_nothing_vanishes() -> None:
    lines, shown = Lines("me"), Shown()
    lines.hear((), words("Thank you"), "en")
    shown.see(lines.changes())
    lines.hear((), (), "en")
    lines.finish()
    shown.see(lines.changes())
    (line,) = shown.lines.values()
    assert (line.firm, line.tentative, line.is_done) == ((), "", True)
    assert lines.said == ()


def test_a_talk_without_sentences_is_cut_at_last() -> None:
    lines = Lines("me")
    lines.hear(words("and so " * 60), (), "en")
    assert len(lines.said) > 1
    assert all(line.end_ms - line.start_ms <= LONGEST_MS for line in lines.said)


def test_off_the_record_takes_words_back() -> None:
    lines, shown = Lines("me"), dict[str, LiveUtterance]()
    lines.hear(words("We keep this."), (), "en")
    lines.finish()
    lines.hear(words("But not this one here.", start=5000), words("nor", start=7000), "en")
    lines.take_back(5200, 9000)
    for line in lines.changes():
        shown[line.id] = line
    assert " ".join(w.text for line in lines.said for w in line.firm) == "We keep this."
    assert [(line.firm, line.tentative) for line in shown.values()][1:] == [((), "")]


@pytest.mark.parametrize("language", ["en", "ja"])
def test_guesses_are_written_as_the_language_is(language: str) -> None:
    lines = Lines("me")
    lines.hear((), words("a b"), language)
    assert lines.changes()[0].tentative == ("ab" if language == "ja" else "a b")
