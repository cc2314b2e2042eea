"""Searching: by stems, by values, by beginnings, never by accident."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from granola_like.domain.bundle import Bundle
from granola_like.library import Library
from tests.strategies import bundles, small_bundle


@pytest.fixture
def library() -> Library:
    library = Library(None)
    library.save(small_bundle())
    return library


@pytest.mark.parametrize(
    ("query", "kind", "ref"),
    [
        ("contract", "utterance", "u2"),  # the stem of "contracts"
        ("signing", "utterance", "u2"),
        ("120k", "utterance", "u1"),  # the value of "$120,000"
        ("120 thousand", "utterance", "u1"),
        ("120k", "note", "n1"),
        ("budg", "utterance", "u1"),  # the beginning of "budget"
        ("acme pricing", "title", "acme"),
        ("PILOT", "point", "b2"),
        ('budget "pilot"', "utterance", "u1"),
    ],
)
def test_what_was_meant_is_found(library: Library, query: str, kind: str, ref: str) -> None:
    assert (kind, ref) in {(hit.kind, hit.id) for hit in library.search(query)}


def test_a_hit_says_where_to_jump(library: Library) -> None:
    hit = next(hit for hit in library.search("contracts") if hit.kind == "utterance")
    assert (hit.meeting, hit.start_ms, hit.title) == ("acme", 5000, "Acme – pricing call")
    assert "«contracts»" in hit.text


def test_kinds_narrow_the_search(library: Library) -> None:
    assert {hit.kind for hit in library.search("120k", kinds=frozenset({"note"}))} == {"note"}


def test_everything_asked_for_beats_a_part_of_it(library: Library) -> None:
    first, *rest = library.search("signed contracts friday")
    assert first.id == "u2"
    assert all(hit.score <= first.score for hit in rest)


def test_russian_words_are_stemmed_too() -> None:
    with Library(None) as library:
        library.save(small_bundle(title="Договор с подрядчиками"))
        assert library.search("подрядчики")[0].kind == "title"


def test_an_old_transcript_is_not_found_any_more(library: Library) -> None:
    from granola_like.domain.transcript import Transcript

    library.add_transcript("acme", Transcript(engine="again"))
    assert not [hit for hit in library.search("contracts") if hit.kind == "utterance"]


@given(st.text(st.characters(exclude_categories=("Cs",)), max_size=40))
def test_no_query_breaks_the_search(query: str) -> None:
    with Library(None) as library:
        library.save(small_bundle())
        library.search(query)


@given(bundles(), st.data())
def test_every_word_that_was_said_can_be_found(bundle: Bundle, data: st.DataObject) -> None:
    said = [one for one in bundle.transcript if any(c.isalnum() for c in one.text)]
    if not said:
        return
    one = data.draw(st.sampled_from(said))
    with Library(None) as library:
        library.save(bundle)
        hits = library.search(one.text, kinds=frozenset({"utterance"}), limit=50)
        # FTS5 and Python disagree on what a letter is in the far corners of Unicode.
        assert one.id in {hit.id for hit in hits} or not one.text.isascii()
