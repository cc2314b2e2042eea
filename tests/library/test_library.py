"""The library keeps what it is given, in versions, and one call is one transaction."""

from dataclasses import replace

import pytest
from hypothesis import given
from hypothesis import strategies as st

from granola_like.domain.bundle import Bundle
from granola_like.domain.edits import Edit, Reword
from granola_like.domain.note import NoteLine
from granola_like.domain.style import StyleRule
from granola_like.domain.transcript import Transcript, Utterance
from granola_like.errors import LibraryError, NotFound
from granola_like.library import Library
from tests.strategies import bundles, small_bundle


@given(bundles())
def test_a_meeting_survives_the_library(bundle: Bundle) -> None:
    with Library(None) as library:
        library.save(bundle)
        assert library.load(bundle.meeting.id) == bundle


@given(bundles())
def test_saving_twice_is_saving_once(bundle: Bundle) -> None:
    with Library(None) as library:
        library.save(bundle)
        library.save(bundle)
        row = library.meetings()[0]
        assert (row.transcripts, row.enhanced) == (
            int(bundle.transcript != Transcript()),
            int(bundle.enhanced is not None),
        )


@given(st.lists(bundles(), max_size=5, unique_by=lambda bundle: bundle.meeting.id))
def test_meetings_are_listed_newest_first(several: list[Bundle]) -> None:
    with Library(None) as library:
        for bundle in several:
            library.save(bundle)
        starts = [row.meeting.started_at for row in library.meetings()]
        assert sorted(starts, reverse=True) == starts
        assert {row.meeting.id for row in library.meetings()} == {b.meeting.id for b in several}


def test_a_second_pass_keeps_the_first() -> None:
    first = small_bundle()
    said = Utterance(id="u1", start_ms=0, end_ms=900, text="Better words.")
    with Library(None) as library:
        library.save(first)
        library.add_transcript("acme", Transcript(utterances=(said,), engine="better"))
        newest, oldest = library.versions("acme", "transcripts")
        assert (newest.engine, oldest.engine) == ("better", "test")
        assert library.load("acme").transcript.utterances == (said,)
        assert library.transcript_version("acme", oldest.number) == first.transcript


def test_a_second_note_keeps_the_first() -> None:
    first = small_bundle()
    assert first.enhanced is not None
    with Library(None) as library:
        library.save(first)
        again = replace(first.enhanced, template="board", blocks=())
        changes = library.add_enhanced("acme", again)
        assert changes.touched == {"enhanced"}
        newest, oldest = library.versions("acme", "enhanced")
        assert library.load("acme").enhanced == again
        assert library.enhanced_version("acme", oldest.number) == first.enhanced
        with pytest.raises(NotFound):
            library.enhanced_version("acme", newest.number + 1)


def test_a_deleted_meeting_is_in_the_trash_until_it_is_restored() -> None:
    with Library(None) as library:
        library.save(small_bundle())
        library.delete("acme")
        assert library.meetings() == ()
        assert [row.meeting.id for row in library.meetings(trash=True)] == ["acme"]
        assert library.search("budget") == ()
        library.restore("acme")
        assert library.load("acme") == small_bundle()
        assert library.search("budget")


def test_a_meeting_is_found_by_id_beginning_or_title() -> None:
    with Library(None) as library:
        library.save(small_bundle(id="abc1", title="One"))
        library.save(small_bundle(id="abd2", title="Two"))
        assert library.find("abc1") == library.find("abc") == library.find("One") == "abc1"
        with pytest.raises(NotFound, match="more than one"):
            library.find("ab")
        with pytest.raises(NotFound, match="no meeting"):
            library.find("Three")


def test_a_title_is_found_by_its_beginning_and_nothing_by_nothing() -> None:
    with Library(None) as library:
        library.save(small_bundle(id="m1", title="Acme – pricing"))
        assert library.find("acme") == library.find("ACME – pricing") == "m1"
        for nothing in ("", " "):
            with pytest.raises(NotFound):
                library.find(nothing)
        library.delete("m1")
        with pytest.raises(NotFound):
            library.find("m1")
        assert library.find("acme", trash=True) == "m1"


def test_saving_again_takes_out_of_the_trash() -> None:
    with Library(None) as library:
        library.save(small_bundle())
        library.delete("acme")
        library.save(small_bundle())
        assert [row.meeting.id for row in library.meetings()] == ["acme"]


def test_a_note_says_which_transcript_it_was_made_from() -> None:
    bundle = small_bundle()
    assert bundle.enhanced is not None
    with Library(None) as library:
        library.save(bundle)
        (first,) = library.versions("acme", "transcripts")
        library.add_transcript("acme", Transcript(engine="later"))
        library.add_enhanced("acme", bundle.enhanced, transcript=first.number)
        assert library.transcript_of("acme") == first.number


def test_a_failing_write_changes_nothing() -> None:
    twice = (NoteLine(id="n1", text="a"), NoteLine(id="n1", text="b"))
    with Library(None) as library:
        library.save(small_bundle())
        with pytest.raises(LibraryError, match="could not be used"):
            library.save_notes("acme", twice)
        assert library.load("acme") == small_bundle()


def test_rules_of_style_are_kept_by_template() -> None:
    rules = (
        StyleRule(template="board", kind="full stops", choice="without", sources=("e1", "e2")),
        StyleRule(template="board", kind="owners", choice="first", sources=("e3",), is_on=False),
    )
    with Library(None) as library:
        library.save_style_rules("board", rules)
        assert library.style_rules("board") == rules
        assert library.style_rules("general") == ()
        library.save_style_rules("board", rules[1:])
        assert library.style_rules("board") == rules[1:]


def test_edits_are_kept_whatever_version_is_made() -> None:
    bundle = small_bundle()
    assert bundle.enhanced is not None
    moment = bundle.enhanced.created_at
    edit = Edit(id="e1", made_at=moment, change=Reword("Mine."), on=bundle.enhanced.blocks[1])
    with Library(None) as library:
        library.save(bundle)
        library.save_edits("acme", (edit,))
        library.add_enhanced("acme", replace(bundle.enhanced, template="board"))
        assert library.load("acme").edits == (edit,)


def test_writing_to_a_meeting_that_is_not_there_says_so() -> None:
    with Library(None) as library, pytest.raises(NotFound):
        library.save_notes("nobody", ())
