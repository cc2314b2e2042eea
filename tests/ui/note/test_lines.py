"""A model of an editor does what people do; no line may be lost, none may change who it is."""

import itertools
from collections.abc import Callable

from hypothesis import given, settings
from hypothesis import strategies as st
from hypothesis.stateful import RuleBasedStateMachine, invariant, precondition, rule

from granola_like.domain.note import NoteLine
from granola_like_ui.note.lines import History, Row, follow

WORDS = st.text(alphabet="ab -", min_size=1, max_size=4)


def numbered() -> Callable[[], str]:
    count = itertools.count()
    return lambda: f"n{next(count)}"


def lines(*texts: str) -> tuple[NoteLine, ...]:
    return tuple(
        NoteLine(id=str(at), text=text, typed_at_ms=at, edited_at_ms=at)
        for at, text in enumerate(texts)
    )


def ids(of: tuple[NoteLine, ...]) -> list[str]:
    return [line.id for line in of]


def rows(*texts: str) -> list[Row]:
    return [Row(text) for text in texts]


def test_a_split_line_goes_on_where_it_began() -> None:
    made = follow(lines("abcd", "e"), rows("ab", "cd"), at=0, gone=1, now_ms=9, make_id=numbered())
    assert ids(made) == ["0", "n0", "1"]
    assert [line.typed_at_ms for line in made] == [0, 9, 1]
    assert [line.edited_at_ms for line in made] == [9, 9, 1]


def test_an_empty_line_before_another_is_the_new_one() -> None:
    made = follow(lines("abcd"), rows("", "abcd"), now_ms=9, make_id=numbered())
    assert ids(made) == ["n0", "0"]
    assert made[0].typed_at_ms is None


def test_merged_lines_are_the_first_of_them() -> None:
    assert ids(follow(lines("ab", "cd"), rows("abcd"), now_ms=9)) == ["0"]
    assert ids(follow(lines("", "cd"), rows("cde"), now_ms=9)) == ["1"]


def test_moved_lines_take_their_ids_along() -> None:
    made = follow(lines("one", "two", "three"), rows("two", "three", "one"), now_ms=9)
    assert ids(made) == ["1", "2", "0"]
    assert [line.edited_at_ms for line in made] == [1, 2, 0]


def test_the_first_character_gives_the_stamp() -> None:
    empty = follow((), rows(""), now_ms=5, make_id=numbered())
    typed = follow(empty, rows("a"), now_ms=7)
    assert (typed[0].id, typed[0].typed_at_ms, typed[0].edited_at_ms) == ("n0", 7, 7)


def test_without_a_meeting_clock_there_are_no_stamps() -> None:
    made = follow(lines("a"), rows("ab", "c"), now_ms=None, make_id=numbered())
    assert [(line.typed_at_ms, line.edited_at_ms) for line in made] == [(0, 0), (None, None)]


class Typing(RuleBasedStateMachine):
    """Rows as an editor would have them, beside the history that follows them."""

    def __init__(self) -> None:
        super().__init__()
        self.rows = [Row("")]
        make_id = numbered()
        self.history = History(follow((), self.rows, make_id=make_id), make_id=make_id)
        self.clock = 0
        self.stamps: dict[str, tuple[int | None, int | None]] = {}

    def take(self, at: int, gone: int, new: list[Row]) -> None:
        self.clock += 10
        self.rows[at : at + gone] = new
        # A second apart, so that each is a step of its own.
        self.history.take(new, at=at, gone=gone, now_ms=self.clock, moment_s=self.clock)

    @rule(data=st.data(), text=WORDS)
    def type_words(self, data: st.DataObject, text: str) -> None:
        at = data.draw(st.integers(0, len(self.rows) - 1))
        old = self.rows[at]
        who = self.history.lines[at].id
        self.take(at, 1, [Row(old.text + text, old.indent)])
        assert self.history.lines[at].id == who

    @rule(data=st.data())
    def split(self, data: st.DataObject) -> None:
        at = data.draw(st.integers(0, len(self.rows) - 1))
        old = self.rows[at]
        cut = data.draw(st.integers(0, len(old.text)))
        self.take(at, 1, [Row(old.text[:cut], old.indent), Row(old.text[cut:], old.indent)])

    @precondition(lambda self: len(self.rows) > 1)
    @rule(data=st.data())
    def merge(self, data: st.DataObject) -> None:
        at = data.draw(st.integers(0, len(self.rows) - 2))
        one, other = self.rows[at : at + 2]
        kept = {self.history.lines[at].id, self.history.lines[at + 1].id}
        self.take(at, 2, [Row(one.text + other.text, one.indent)])
        assert self.history.lines[at].id in kept

    @rule(data=st.data())
    def indent(self, data: st.DataObject) -> None:
        at = data.draw(st.integers(0, len(self.rows) - 1))
        who = self.history.lines[at].id
        self.take(at, 1, [Row(self.rows[at].text, self.rows[at].indent + 1)])
        assert self.history.lines[at].id == who

    @precondition(lambda self: len(self.rows) > 1)
    @rule(data=st.data())
    def move_up(self, data: st.DataObject) -> None:
        at = data.draw(st.integers(1, len(self.rows) - 1))
        before = self.history.lines[at]
        self.take(at - 1, 2, [self.rows[at], self.rows[at - 1]])
        if len({row.text for row in self.rows}) == len(self.rows):
            assert self.history.lines[at - 1] == before

    @rule(data=st.data(), pasted=st.lists(WORDS, min_size=2, max_size=5))
    def paste(self, data: st.DataObject, pasted: list[str]) -> None:
        at = data.draw(st.integers(0, len(self.rows) - 1))
        old = self.rows[at]
        first, *rest = pasted
        self.take(at, 1, [Row(old.text + first, old.indent), *(Row(one) for one in rest)])

    @rule()
    def undo_and_redo(self) -> None:
        there = [(line.id, line.text, line.indent) for line in self.history.lines]
        self.clock += 10
        if self.history.undo(now_ms=self.clock):
            assert self.history.redo(now_ms=self.clock)
        assert [(line.id, line.text, line.indent) for line in self.history.lines] == there

    @rule()
    def undo(self) -> None:
        self.clock += 10
        self.history.undo(now_ms=self.clock)
        self.rows = [Row(line.text, line.indent) for line in self.history.lines]

    @invariant()
    def no_line_is_lost_or_doubled(self) -> None:
        seen = self.history.lines
        assert [Row(line.text, line.indent) for line in seen] == self.rows
        assert len({line.id for line in seen}) == len(seen)

    @invariant()
    def stamps_never_run_backwards(self) -> None:
        for line in self.history.lines:
            typed, edited = self.stamps.get(line.id, (None, None))
            assert typed is None or line.typed_at_ms == typed
            assert edited is None or (line.edited_at_ms or 0) >= edited
            if line.typed_at_ms is not None:
                assert line.edited_at_ms is not None
                assert line.typed_at_ms <= line.edited_at_ms <= self.clock
            self.stamps[line.id] = (line.typed_at_ms, line.edited_at_ms)


TestTyping = Typing.TestCase
TestTyping.settings = settings(max_examples=60, stateful_step_count=25, deadline=None)


@given(st.lists(WORDS, max_size=6), st.lists(WORDS, max_size=6))
def test_every_row_is_a_line(old: list[str], new: list[str]) -> None:
    made = follow(lines(*old), rows(*new), now_ms=99)
    assert [line.text for line in made] == new
    assert len(set(ids(made))) == len(made)


def test_a_word_at_a_time_is_undone() -> None:
    history = History(make_id=numbered())
    text, moment = "", 0.0
    for character in "hire Q3":
        text, moment = text + character, moment + 0.1
        history.take(
            [Row(text)], at=0, gone=len(history.lines), now_ms=round(moment * 1000), moment_s=moment
        )
    assert history.undo(now_ms=900)
    assert [line.text for line in history.lines] == ["hire "]
    assert history.undo(now_ms=950)
    assert [line.text for line in history.lines] in ([], ["h"])
