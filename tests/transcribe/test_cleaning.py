from hypothesis import given
from hypothesis import strategies as st

from granola_like.domain.transcript import Word
from granola_like.engines.base import Heard
from granola_like.transcribe.cleaning import believed, compression, echoes, without_loops


def words(text: str) -> tuple[Word, ...]:
    return tuple(Word(word, n * 100, n * 100 + 90) for n, word in enumerate(text.split()))


def heard(text: str, **about: float) -> Heard:
    spoken = words(text)
    return Heard(start_ms=0, end_ms=len(spoken) * 100, text=text, words=spoken, **about)


def kept(text: str) -> str:
    return " ".join(word.text for word in without_loops(words(text)))


def test_a_loop_is_said_once() -> None:
    assert kept("thank you for watching " * 9) == "thank you for watching"
    assert kept("we agree. " + "So. " * 30 + "Next step") == "we agree. So. Next step"


def test_emphasis_is_not_a_loop() -> None:
    for text in ("no, no, no", "very very good", "we should, we should go"):
        assert kept(text) == text


def test_numbers_may_repeat() -> None:
    assert kept("account 0 0 0 0 0 7") == "account 0 0 0 0 0 7"


@given(st.lists(st.sampled_from("abcdefgh"), max_size=40))
def test_only_repeats_are_ever_removed(letters: list[str]) -> None:
    spoken = words(" ".join(letters))
    left = without_loops(spoken)
    assert {word.text for word in left} == set(letters)
    rest = iter(spoken)
    assert all(word in rest for word in left)  # in their order


@given(st.lists(st.sampled_from("abc"), max_size=30))
def test_cleaning_twice_changes_nothing_that_people_say(letters: list[str]) -> None:
    once = without_loops(words(" ".join(letters)), most=10_000)
    assert [word.text for word in once] == letters


def test_hints_alone_are_an_echo() -> None:
    hints = ("Acme", "Nina Berg", "Globex")
    assert echoes("Acme, Nina Berg, Globex.", hints)
    assert echoes("Nina Berg Globex", hints)
    assert not echoes("Acme", hints)  # somebody may answer with one name
    assert not echoes("Acme signed with Globex", hints)
    assert believed(heard("Acme, Nina Berg"), hints=hints) is None


def test_doubtful_silence_is_dropped_and_doubtful_speech_kept() -> None:
    assert (
        believed(heard("Thank you.", no_speech_probability=0.9, mean_log_probability=-1.2)) is None
    )
    assert believed(heard("Thank you.", no_speech_probability=0.9, mean_log_probability=-0.3))
    assert believed(heard("Thank you.", no_speech_probability=0.1, mean_log_probability=-1.2))
    assert believed(heard("Thank you.", mean_log_probability=-2.0)) is None


def test_what_is_left_of_a_loop_keeps_its_words_and_times() -> None:
    left = believed(heard("hello there " + "yes " * 20))
    assert left is not None
    assert left.text == "hello there yes"
    assert left.end_ms == left.words[-1].end_ms


def test_compression_tells_a_loop() -> None:
    assert compression("I think so " * 30) > 2.4
    assert compression("We agreed to spend $45,000 on the pilot and to review it.") < 2.4


def test_a_hum_read_aloud_is_dropped_and_a_sure_list_is_not() -> None:
    hum = "M " + " ".join("nu" + "m" * (20 + n % 3) for n in range(40))
    assert believed(heard(hum, mean_log_probability=-1.26)) is None
    assert believed(heard(hum, mean_log_probability=-0.3)) is not None
