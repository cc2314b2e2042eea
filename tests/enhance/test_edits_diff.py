"""Two versions of a note side by side."""

from dataclasses import replace

from hypothesis import given
from hypothesis import strategies as st

from granola_like.domain.enhanced import Block, Evidence
from granola_like.enhance.edits_diff import compare_versions, compare_words

POINTS = st.builds(
    lambda text, cited: Block(
        id="", kind="point", text=text, note="n", evidence=(Evidence(cited),), finding="supported"
    ),
    st.sampled_from(["Ship it", "Ship it in May", "Anna pays", ""]),
    st.sampled_from(["u1", "u2", "u3"]),
)


@st.composite
def versions(draw: st.DrawFn) -> tuple[Block, ...]:
    points = draw(st.lists(POINTS, max_size=5))
    start = draw(st.integers(0, 3))
    return tuple(replace(block, id=f"p{start + at}") for at, block in enumerate(points))


@given(versions(), versions())
def test_every_block_of_both_versions_is_listed_once(
    old: tuple[Block, ...], new: tuple[Block, ...]
) -> None:
    changes = compare_versions(old, new)
    assert [one.after for one in changes if one.after is not None] == list(new)
    assert sorted(one.before.id for one in changes if one.before) == sorted(b.id for b in old)
    assert {one.what for one in compare_versions(old, old)} <= {"same"}


@given(st.text(), st.text())
def test_the_pieces_make_up_both_texts(before: str, after: str) -> None:
    pieces = compare_words(before, after)
    assert "".join(one.before for one in pieces) == before
    assert "".join(one.after for one in pieces) == after


def test_a_changed_block_shows_its_changed_words() -> None:
    old = Block(id="a", kind="point", text="Ship it in May", evidence=(Evidence("u1"),))
    (change,) = compare_versions([old], [replace(old, text="Ship it in June")])
    assert change.what == "changed"
    assert [(p.before, p.after) for p in change.pieces if p.before != p.after] == [("May", "June")]


def test_a_removed_block_stands_where_it_stood() -> None:
    one, two, three = (
        Block(id=name, kind="point", text=text, evidence=(Evidence(name),))
        for name, text in (("a", "Ship it"), ("b", "Pay Anna"), ("c", "Call Boris"))
    )
    what = [
        (c.what, c.before and c.before.id)
        for c in compare_versions([one, two, three], [one, three])
    ]
    assert what == [("same", "a"), ("removed", "b"), ("same", "c")]
