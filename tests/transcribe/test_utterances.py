from hypothesis import given
from hypothesis import strategies as st

from granola_like.domain.transcript import Word
from granola_like.transcribe.utterances import Said, Shape, cut, on_one_clock, spread, text_of

TEXTS = st.sampled_from(
    ["we", "agreed.", "Dr.", "I", "think,", "$45,000", "3.5", "Yes!", "no?", "e.g.", "Acme", "好。"]
)


@st.composite
def words(draw: st.DrawFn) -> list[Word]:
    at, made = 0, []
    for text, pause, length in draw(
        st.lists(st.tuples(TEXTS, st.integers(0, 3_000), st.integers(0, 900)), max_size=60)
    ):
        at += pause
        made.append(Word(text, at, at + length))
        at += length
    return made


def said(text: str, *, pace_ms: int = 300, from_ms: int = 0) -> list[Word]:
    return [
        Word(word, from_ms + n * pace_ms, from_ms + (n + 1) * pace_ms)
        for n, word in enumerate(text.split())
    ]


def texts(parts: list[tuple[Word, ...]]) -> list[str]:
    return [text_of(part, "en") for part in parts]


@given(words())
def test_no_word_is_lost_or_moved(spoken: list[Word]) -> None:
    parts = cut(spoken)
    assert [word for part in parts for word in part] == spoken
    assert all(parts)


@given(words())
def test_text_and_words_of_an_utterance_say_the_same(spoken: list[Word]) -> None:
    transcript = on_one_clock(
        [Said("me", part) for part in cut(spoken)], language="en", speakers={}, engine="x"
    )
    for line in transcript:
        assert line.text == " ".join(word.text for word in line.words)
    assert sorted(word.text for line in transcript for word in line.words) == sorted(
        word.text for word in spoken
    )


@given(words(), words())
def test_two_channels_come_in_the_order_of_time_with_ids_in_order(
    mine: list[Word], theirs: list[Word]
) -> None:
    parts = [Said("me", part) for part in cut(mine)] + [Said("them", part) for part in cut(theirs)]
    transcript = on_one_clock(
        parts, language="en", speakers={"me": "Mark", "them": "Nina"}, engine="x"
    )
    assert [line.id for line in transcript] == [f"u{n}" for n in range(1, len(parts) + 1)]
    assert {line.speaker for line in transcript} <= {"Mark", "Nina"}
    assert all((line.speaker == "Mark") == (line.channel == "me") for line in transcript)


@given(words())
def test_an_utterance_is_not_long_where_it_can_be_cut(spoken: list[Word]) -> None:
    shape = Shape(longest_ms=5_000)
    for part in cut(spoken, shape):
        assert len(part) < 4 or part[-1].end_ms - part[0].start_ms <= shape.longest_ms


def test_a_pause_ends_an_utterance() -> None:
    spoken = said("we lost") + said("fourteen customers", from_ms=2_000)
    assert texts(cut(spoken)) == ["we lost", "fourteen customers"]


def test_a_sentence_ends_an_utterance() -> None:
    spoken = said("Revenue was $75,000 in March. We lost 14 customers last quarter.")
    assert texts(cut(spoken)) == [
        "Revenue was $75,000 in March.",
        "We lost 14 customers last quarter.",
    ]


def test_a_short_answer_stays_with_what_follows_at_once() -> None:
    assert texts(cut(said("Yes. I think so too."))) == ["Yes. I think so too."]


def test_points_of_titles_and_numbers_end_nothing() -> None:
    spoken = said("Please send it all to Dr. Smith and version 2.5 is e.g. Good enough now")
    assert len(cut(spoken)) == 1


def test_languages_without_spaces_are_written_without_spaces() -> None:
    assert text_of([Word("你", 0, 1), Word("好", 1, 2)], "zh") == "你好"


@given(st.text(alphabet="ab c", max_size=40), st.integers(0, 10_000), st.integers(0, 5_000))
def test_spread_keeps_words_and_stays_inside(text: str, start: int, length: int) -> None:
    made = spread(text, start, start + length)
    assert [word.text for word in made] == text.split()
    assert all(start <= word.start_ms <= word.end_ms <= start + length for word in made)
