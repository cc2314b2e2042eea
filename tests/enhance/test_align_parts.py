"""The parts of aligning that decide by themselves: trees, order, typing times, how many."""

import math
from typing import Any

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from granola_like.domain.enhanced import Aligned
from granola_like.domain.note import NoteLine
from granola_like.domain.transcript import Transcript, Utterance
from granola_like.enhance.align.choose import best_count, sources
from granola_like.enhance.align.forest import read_forest
from granola_like.enhance.align.index import Index, View, terms_of
from granola_like.enhance.align.lines import asked_lines, believable_times
from granola_like.enhance.align.order import ordered_chances
from granola_like.enhance.align.ranker import shipped_ranker
from granola_like.enhance.align.windows import sums

values = st.floats(-3, 3, width=32)


@st.composite
def trees(draw: st.DrawFn, depth: int = 3) -> list[Any]:
    if depth == 0 or draw(st.booleans()):
        return [draw(values)]
    node = [draw(st.integers(0, 2)), draw(values), draw(st.integers(0, 1))]
    return [node, *draw(trees(depth - 1)), *draw(trees(depth - 1))]


def walked(flat: list[Any], row: list[float]) -> float:
    """Follow one row down a tree, the plain way."""
    rest = iter(flat)

    def part() -> Any:
        head = next(rest)
        return head if not isinstance(head, list) else (head, part(), part())

    node = part()
    while isinstance(node, tuple):
        (column, threshold, missing_left), left, right = node
        x = row[column]
        node = left if (missing_left if math.isnan(x) else x <= threshold) else right
    return float(node)


@given(
    st.lists(trees(), min_size=1, max_size=3),
    st.lists(st.lists(values | st.just(math.nan), min_size=3, max_size=3), min_size=1, max_size=5),
)
def test_a_forest_says_what_its_trees_say(flat: list[list[Any]], rows: list[list[float]]):
    forest = read_forest({"columns": ["a", "b", "c"], "base": 0.25, "trees": flat})
    expected = [
        1 / (1 + math.exp(-(0.25 + sum(walked(tree, row) for tree in flat)))) for row in rows
    ]
    assert forest.chances(np.array(rows, np.float32)) == pytest.approx(expected, abs=1e-5)


def test_a_tree_that_is_too_large_is_refused():
    def full(depth: int) -> list[Any]:
        return [0.0] if depth == 0 else [[0, 0.0, 1], *full(depth - 1), *full(depth - 1)]

    with pytest.raises(ValueError, match="32 leaves"):
        read_forest({"columns": ["a"], "base": 0.0, "trees": [full(5)]})


def test_the_shipped_weights_are_small_and_complete():
    ranker = shipped_ranker()
    for looks in (ranker.timed, ranker.untimed):
        assert "first" in looks.second.columns
        assert "first" not in looks.first.columns
    assert "lag" in ranker.timed.first.columns
    assert "lag" not in ranker.untimed.first.columns


def view_of(*texts: str, gap_ms: int = 30_000) -> View:
    index = Index()
    index.extend(
        [
            Utterance(id=f"u{at}", start_ms=at * gap_ms, end_ms=at * gap_ms + 2_000, text=text)
            for at, text in enumerate(texts)
        ]
    )
    return index.view()


def test_a_line_is_sought_after_the_line_before_it():
    view = view_of(*["budget and plan"] * 20)
    chances = np.full((2, 20), 0.01, np.float32)
    chances[0, 10] = 0.9
    chances[1, [3, 16]] = 0.5
    ordered = ordered_chances(view, chances)
    assert ordered[1, 16] > 5 * ordered[1, 3]
    assert ordered[0].argmax() == 10


def test_a_line_without_a_guess_lies_between_its_neighbours():
    view = view_of(*["budget and plan"] * 20)
    chances = np.zeros((3, 20), np.float32)
    chances[0, 4], chances[2, 12] = 0.9, 0.9
    middle = ordered_chances(view, chances)[1]
    assert middle[4:13].min() > 3 * max(middle[:3].max(), middle[14:].max())


def lines(*typed: int | None) -> list[NoteLine]:
    return [NoteLine(id=f"n{i}", text="x", typed_at_ms=at) for i, at in enumerate(typed)]


def test_times_during_the_call_are_believed():
    found = believable_times(lines(1_000, None, 20_000), last_word=60.0)
    assert found == {"n0": 1.0, "n2": 20.0}


def test_one_line_after_the_end_may_be_about_the_end():
    assert "n1" in believable_times(lines(1_000, 70_000), last_word=60.0)


def test_lines_all_typed_after_the_end_have_no_time():
    assert believable_times(lines(1_000, 70_000, 90_000, 99_000), last_word=60.0) == {"n0": 1.0}


def test_pasted_lines_have_no_time():
    assert believable_times(lines(1_000, 30_000, 30_200, 30_400), last_word=60.0) == {"n0": 1.0}


def test_a_line_knows_its_neighbours_in_time():
    asked = asked_lines(lines(20_000, 5_000, None, 40_000), view_of("a", "b", "c", "d"))
    assert (asked["n0"].before, asked["n0"].after) == (5.0, 40.0)
    assert asked["n2"].before is asked["n2"].after is None
    assert (asked["n2"].number, asked["n2"].lines) == (2, 4)


@pytest.mark.parametrize(
    ("typed", "said"),
    [
        ("120k", "a hundred and twenty thousand"),
        ("33%", "thirty three percent"),
        ("Q3", "the third quarter"),
        ("17 March", "the seventeenth of March"),
    ],
)
def test_a_quantity_has_one_form(typed: str, said: str):
    assert set(terms_of(typed, language="en")) & set(terms_of(said, language="en"))


def test_a_quantity_has_one_form_in_russian():
    assert set(terms_of("120 тыс.", language="ru")) & set(
        terms_of("сто двадцать тысяч", language="ru")
    )


def test_sure_utterances_are_returned_and_others_left():
    assert best_count(np.array([0.9, 0.9, 0.02, 0.02]), 1.9, 8) == 2
    assert best_count(np.array([0.3] * 12), 9.0, 8) == 8
    assert best_count(np.array([]), 0.0, 8) == 0


@given(st.lists(st.floats(0, 1), min_size=1, max_size=20), st.integers(1, 8))
def test_the_count_is_within_its_bounds(chances: list[float], ceiling: int):
    found = sorted(chances, reverse=True)
    assert 1 <= best_count(np.array(found), sum(found), ceiling) <= min(ceiling, len(found))


@given(
    st.lists(st.floats(0, 5, width=32), min_size=1, max_size=20),
    st.sampled_from([1.0, 31.0, 70.0]),
)
def test_sums_over_time(column: list[float], radius: float):
    view = view_of(*["x"] * len(column))
    expected = [
        sum(v for j, v in enumerate(column) if abs(j - i) * 30 <= radius)
        for i in range(len(column))
    ]
    assert sums(view, np.array(column, np.float32), radius) == pytest.approx(expected, abs=1e-3)


def spoken_every_half_minute(count: int) -> Transcript:
    return Transcript(
        utterances=tuple(
            Utterance(id=f"u{at}", start_ms=at * 30_000, end_ms=at * 30_000 + 1_000, text="x")
            for at in range(count)
        )
    )


def test_sources_stand_around_the_peak():
    aligned = tuple(Aligned(f"u{at}", s) for at, s in ((5, 0.6), (6, 0.3), (20, 0.3), (4, 0.1)))
    assert [one.utterance for one in sources(aligned, spoken_every_half_minute(30))] == ["u5", "u6"]


def test_a_line_may_rest_on_two_places():
    aligned = tuple(
        Aligned(f"u{at}", s) for at, s in ((5, 0.6), (20, 0.5), (6, 0.4), (21, 0.2), (12, 0.2))
    )
    assert [one.utterance for one in sources(aligned, spoken_every_half_minute(30))] == [
        "u5",
        "u20",
        "u6",
        "u21",
    ]


def test_sources_of_nothing():
    assert sources((), spoken_every_half_minute(3)) == ()
    assert sources((Aligned("gone", 0.9),), spoken_every_half_minute(3)) == ()
