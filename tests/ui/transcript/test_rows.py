from dataclasses import replace

from hypothesis import given
from hypothesis import strategies as st

from granola_like.domain.recording import Gap, Recording
from granola_like.domain.transcript import Transcript, Utterance, Word
from granola_like_ui.transcript.playing import Heard, Timeline
from granola_like_ui.transcript.rows import merged, rows_of
from granola_like_ui.transcript.state import Hole, Line
from tests.strategies import bundles, small_bundle


def said(text: str, *words: Word, **more: object) -> Line:
    one = Utterance(id="u", start_ms=0, end_ms=4000, text=text, words=words, **more)
    bundle = replace(small_bundle(), transcript=Transcript(utterances=(one,)))
    line = rows_of(bundle)[0]
    assert isinstance(line, Line)
    return line


@given(bundles())
def test_every_utterance_is_a_row_in_order(bundle: object) -> None:
    rows = rows_of(bundle)  # type: ignore[arg-type]
    lines = [row.utterance for row in rows if isinstance(row, Line)]
    assert lines == [one.id for one in bundle.transcript]  # type: ignore[attr-defined]
    for row in rows:
        if isinstance(row, Line):
            assert all(0 <= word.start <= word.end <= len(row.text) for word in row.words)


def test_words_stand_where_they_are_in_the_text() -> None:
    line = said("Hello, dear world.", Word("Hello,", 0, 900), Word("dear", 900, 2000, 0.2),
                Word("world.", 2000, 4000))  # fmt: skip
    assert [line.text[word.start : word.end] for word in line.words] == ["Hello,", "dear", "world."]
    assert [word.is_doubtful for word in line.words] == [False, True, False]


def test_words_that_nobody_measured_share_the_time_by_their_length() -> None:
    line = said("one three")
    assert [(word.start, word.start_ms) for word in line.words] == [(0, 0), (4, 1777)]
    assert line.words[-1].end_ms == 4000


def test_who_has_no_name_is_told_by_the_side() -> None:
    assert said("x", channel="me").name == "You"
    assert said("x", channel="them").name == "Them"
    assert said("x", channel="them", speaker="Me").name == "You"
    assert said("x", channel="me", speaker="Anna").name == "Anna"


def test_a_name_stands_where_the_speaker_changes_and_after_a_hole() -> None:
    lines = tuple(
        Utterance(id=f"u{n}", speaker=who, start_ms=n * 1000, end_ms=n * 1000 + 900, text="x")
        for n, who in enumerate(["Anna", "Anna", "Boris", "Boris"])
    )
    gaps = (Gap("me", 2500, 2900, "paused"), Gap("them", 2510, 2910, "paused"))
    bundle = replace(
        small_bundle(), transcript=Transcript(utterances=lines), recording=Recording(gaps=gaps)
    )
    rows = rows_of(bundle)
    assert [row.is_named if isinstance(row, Line) else "hole" for row in rows] == [
        True, False, True, "hole", True,
    ]  # fmt: skip


def test_one_hole_of_both_channels_is_told_once() -> None:
    gaps = (Gap("them", 1100, 3000, "asleep"), Gap("me", 1000, 2000, "asleep"),
            Gap("me", 2500, 2600, "paused"))  # fmt: skip
    assert merged(gaps) == [
        Hole(start_ms=1000, end_ms=3000, reason="asleep"),
        Hole(start_ms=2500, end_ms=2600, reason="paused"),
    ]


@given(bundles(), st.integers(0, 86_400_000))
def test_what_is_heard_has_begun(bundle: object, ms: int) -> None:
    rows = rows_of(bundle)  # type: ignore[arg-type]
    heard = Timeline(rows).at(ms)
    begun = [n for n, row in enumerate(rows) if isinstance(row, Line) and row.start_ms <= ms]
    assert (heard is not None) == bool(begun)
    if heard is not None:
        assert heard.row in begun
        line = rows[heard.row]
        assert isinstance(line, Line)
        if heard.word is not None:
            assert line.words[heard.word].start_ms <= ms < line.end_ms


def test_of_two_who_speak_at_once_the_last_to_begin_is_heard_while_it_lasts() -> None:
    def line(name: str, start: int, end: int) -> Utterance:
        return Utterance(id=name, start_ms=start, end_ms=end, text="so it is")

    both = (line("long", 0, 9000), line("short", 2000, 3000))
    timeline = Timeline(rows_of(replace(small_bundle(), transcript=Transcript(utterances=both))))
    assert [timeline.at(ms).row for ms in (1000, 2500, 5000)] == [0, 1, 0]  # type: ignore[union-attr]
    assert timeline.at(20_000) == Heard(1, None)
