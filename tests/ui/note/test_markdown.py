import pytest
from hypothesis import given
from hypothesis import strategies as st

from granola_like_ui.note.lines import Row
from granola_like_ui.note.markdown import (
    bold,
    next_marker,
    rows_of,
    shape,
    text_of,
    ticked,
    without_marks,
)


@pytest.mark.parametrize(
    ("text", "kind", "marker"),
    [
        ("120k", "plain", 0),
        ("# Budget", "heading", 2),
        ("#budget", "plain", 0),
        ("- Boris owns", "bullet", 2),
        ("-5 % this year", "plain", 0),
        ("2. second", "number", 3),
        ("[ ] ring Anna", "box", 4),
        ("- [x] ring Anna", "box", 6),
        ("2026 is over", "plain", 0),
    ],
)
def test_a_line_is_what_it_begins_with(text: str, kind: str, marker: int) -> None:
    assert (shape(text).kind, shape(text).marker) == (kind, marker)


@pytest.mark.parametrize(
    ("text", "follows"),
    [
        ("plain", None),
        ("# Heading", None),
        ("- one", "- "),
        ("- ", ""),
        ("9. nine", "10. "),
        ("3) ", ""),
        ("- [x] done", "- [ ] "),
        ("[ ] ", ""),
    ],
)
def test_a_list_goes_on_until_an_item_is_empty(text: str, follows: str | None) -> None:
    assert next_marker(text) == follows


def test_bold_words_are_found_with_their_marks() -> None:
    assert bold("a **b c** d ** e **") == ((2, 9),)
    assert without_marks("- a **b** c") == "a b c"


def test_a_box_is_ticked_and_unticked() -> None:
    assert ticked("- [ ] ring") == "- [x] ring"
    assert ticked("- [x] ring") == "- [ ] ring"
    assert ticked("ring") == "ring"


def test_pasted_lines_keep_their_depth() -> None:
    pasted = "Budget\r\n\t- 120k\n\t\t- signed?\u2028end\x00"
    assert rows_of(pasted) == (Row("Budget"), Row("- 120k", 1), Row("- signed?", 2), Row("end"))
    assert rows_of("a\n  b\n    c") == (Row("a"), Row("b", 1), Row("c", 2))


ROWS = st.lists(
    st.builds(Row, st.text(alphabet="ab-#* ", max_size=6).map(str.strip), st.integers(0, 2)),
    min_size=1,
    max_size=5,
)


@given(ROWS)
def test_copied_lines_are_pasted_as_they_were(rows: list[Row]) -> None:
    said = [row.text for row in rows]
    assert [row.text for row in rows_of(text_of(rows))] == said


@given(st.text())
def test_anything_can_be_pasted(text: str) -> None:
    for row in rows_of(text):
        assert "\n" not in row.text
        assert 0 <= row.indent <= 8
        shape(row.text), bold(row.text), ticked(row.text), next_marker(row.text)
