import pytest
from hypothesis import given
from hypothesis import strategies as st
from PySide6.QtCore import QPointF
from PySide6.QtWidgets import QApplication

from granola_like_ui.transcript.layout import RowLayout
from granola_like_ui.transcript.state import Hole, Line, Row

texts = st.text(st.sampled_from("ab cdé жщ😀 \u0301"), min_size=1, max_size=120).filter(str.strip)


def line(text: str, number: int = 0) -> Line:
    return Line(utterance=f"u{number}", channel="them", speaker=None, name="Them",
                start_ms=number * 1000, end_ms=number * 1000 + 900, text=text)  # fmt: skip


def rows(*several: str) -> tuple[Row, ...]:
    lines: list[Row] = [line(text, number) for number, text in enumerate(several)]
    return (*lines, Hole(start_ms=9_000_000, end_ms=9_001_000, reason="paused"))


@given(st.lists(texts, min_size=1, max_size=12), st.integers(200, 500))
def test_rows_follow_each_other_whatever_was_settled(several: list[str], width: int) -> None:
    layout = RowLayout(rows(*several), width)
    for number in range(0, len(several), 2):
        layout.settle(number)
    tops = [layout.top(number) for number in range(len(several) + 1)]
    assert tops == sorted(tops)
    for number, top in enumerate(tops):
        assert layout.row_at(top) == number
        assert layout.row_at(top + layout.row_height(number) - 0.5) == number


@given(st.lists(texts, min_size=1, max_size=12), st.integers(200, 500))
def test_idle_moments_make_every_height_exact(several: list[str], width: int) -> None:
    layout = RowLayout(rows(*several), width)
    while layout.settle_some(3):
        pass
    assert [layout.settle(number) for number in range(len(several) + 1)] == [0.0] * (
        len(several) + 1
    )


@given(texts)
def test_a_letter_is_found_again_in_its_box(text: str) -> None:
    layout = RowLayout(rows(text), 300)
    for at, letter in enumerate(text):
        if letter.isspace() or letter == "\u0301":
            continue
        (box, *_) = layout.boxes(0, at, at + 1)
        if box.width() < 2:
            continue  # drawn as one with its neighbour
        found = layout.letter_at(0, QPointF(box.left() + 0.5, box.center().y()))
        assert found is not None
        assert text[found] == letter


def test_beside_the_words_there_is_no_letter(qapp: QApplication) -> None:
    layout = RowLayout(rows("short"), 400)
    box = layout.text_box(0)
    assert layout.letter_at(0, QPointF(box.right() - 5, box.top() + 5)) is None
    assert layout.letter_at(0, QPointF(box.left() - 5, box.top() + 5)) is None


@pytest.mark.parametrize("letters", [1, 40, 400])
def test_a_guess_is_near_the_truth(qapp: QApplication, letters: int) -> None:
    text = " ".join("and so we went on to the next point".split() * (letters // 30 + 1))[:letters]
    layout = RowLayout(rows(text), 380)
    guessed = layout.row_height(0)
    layout.settle(0)
    assert guessed == pytest.approx(layout.row_height(0), rel=0.35)
