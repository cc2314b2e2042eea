import re

import pytest
from hypothesis import given
from hypothesis import strategies as st

from granola_like.app import App, wording
from granola_like.domain.enhanced import Evidence
from granola_like_ui.transcript.difference import difference
from granola_like_ui.transcript.finding import Wanted, changes, matches
from granola_like_ui.transcript.rows import rows_of
from granola_like_ui.transcript.source import lit_by, row_at, span_of
from tests.strategies import small_bundle

ROWS = rows_of(small_bundle())
words = st.lists(st.sampled_from("the a pilot Kestrel budget is".split()), max_size=8)


def test_each_place_is_found_with_its_letters() -> None:
    found = matches(ROWS, Wanted(find="the"))
    assert [(m.row, ROWS[m.row].text[m.start : m.end]) for m in found] == [  # type: ignore[union-attr]
        (0, "The"), (0, "the"), (1, "the"),
    ]  # fmt: skip
    assert len(matches(ROWS, Wanted(find="the", match_case=True))) == 2
    assert matches(ROWS, Wanted(find="contract", whole_words=True)) == ()
    assert matches(ROWS, Wanted(find="  ")) == ()
    assert len(matches(ROWS, Wanted(find="$120,000."))) == 1  # no pattern, but what is typed


@pytest.mark.parametrize("whole", [True, False])
@pytest.mark.parametrize("case", [True, False])
def test_the_preview_is_what_the_product_would_write(*, whole: bool, case: bool) -> None:
    wanted = Wanted(find="the", whole_words=whole, match_case=case)
    shown = {change.utterance: change.after for change in changes(ROWS, wanted, "one")}
    app = App()
    app.library.save(small_bundle())
    wording.find_and_replace(app, "acme", "the", "one", whole_words=whole, match_case=case)
    said = app.library.load("acme").transcript.by_id()
    app.close()
    before = small_bundle().transcript.by_id()
    assert shown == {name: one.text for name, one in said.items() if one.text != before[name].text}


@given(words, words)
def test_a_difference_has_every_word_of_both(before: list[str], after: list[str]) -> None:
    parts = difference(" ".join(before), " ".join(after))
    if parts and parts[0].kind == "same" and parts[0].text.startswith("…"):
        parts = parts[1:]  # a long beginning is cut
    old = " ".join(part.text for part in parts if part.kind != "new").split()
    new = " ".join(part.text for part in parts if part.kind != "old").split()
    assert old == before[len(before) - len(old) :]
    assert new == after[len(after) - len(new) :]


def test_a_difference_of_one_word() -> None:
    parts = difference("win Kestral back", "win Kestrel back")
    assert [(part.kind, part.text) for part in parts] == [
        ("same", "win"), ("old", "Kestral"), ("new", "Kestrel"), ("same", "back"),
    ]  # fmt: skip


def test_what_a_line_rests_on_is_lit_and_its_first_stretch_played() -> None:
    lit = lit_by([Evidence("u1", 2, 4), Evidence("u2"), Evidence("u1", 5, 6)])
    assert lit == {"u1": ((2, 4), (5, 6)), "u2": (None,)}
    assert span_of(ROWS, lit) == (1000, 9000)
    assert span_of(ROWS, {"nobody": (None,)}) is None
    assert row_at(ROWS, 4999) == 0
    assert row_at(ROWS, 0) is None
    assert re.search("contracts", ROWS[1].text)  # type: ignore[union-attr]
