"""What the person changed in a transcript is kept apart, read everywhere, and found."""

from dataclasses import replace
from datetime import UTC, datetime

import pytest
from hypothesis import given

from granola_like.domain.bundle import Bundle
from granola_like.domain.correction import Correction
from granola_like.domain.enhanced import EnhancedNote, Evidence
from granola_like.domain.transcript import Transcript, Utterance, Word
from granola_like.domain.transcript_edits import Reword, TranscriptEdit
from granola_like.errors import NotFound
from granola_like.library import Library, wording
from tests.strategies import bundles, small_bundle

NOON = datetime(2026, 3, 3, 12, tzinfo=UTC)


def edit(library: Library, text: str, *, name: str = "e1", at: int = 0) -> TranscriptEdit:
    on = library.load("acme").transcript.utterances[at]
    return TranscriptEdit(id=name, made_at=NOON, change=Reword(text), on=on)


def test_an_edit_is_read_and_found_and_the_machines_words_are_kept() -> None:
    with Library(None) as library:
        library.save(small_bundle())
        made = edit(library, "The budget for the trial is $120,000.")
        (changes,) = wording.save_transcript_edits(library, [("acme", (made,))])
        assert (changes.meeting, changes.touched) == ("acme", {"transcript"})
        bundle = library.load("acme")
        assert bundle.transcript.utterances[0].text == "The budget for the trial is $120,000."
        assert bundle.transcript_edits == wording.transcript_edits(library, "acme") == (made,)
        assert wording.machine_words(library, "acme") == small_bundle().transcript
        assert bundle.machine_transcript == small_bundle().transcript
        assert [hit.id for hit in library.search("trial", kinds=frozenset({"utterance"}))] == ["u1"]


def test_an_edit_survives_a_new_pass_and_undo_gives_back_its_words() -> None:
    with Library(None) as library:
        library.save(small_bundle())
        made = edit(library, "The budget for the trial is $120,000.")
        wording.save_transcript_edits(library, [("acme", (made,))])
        said = small_bundle().transcript.utterances
        again = Transcript(
            utterances=(replace(said[0], id="u9", text="So the budget for the pilot is $120,000."),)
        )
        library.add_transcript("acme", again)
        read = library.load("acme").transcript
        assert read.utterances[0].text == "So the budget for the trial is $120,000."
        wording.save_transcript_edits(library, [("acme", ())])
        assert library.load("acme").transcript == again


def test_edits_of_several_meetings_are_saved_together_or_not_at_all() -> None:
    with Library(None) as library:
        library.save(small_bundle())
        made = edit(library, "Another text.")
        with pytest.raises(NotFound):
            wording.save_transcript_edits(library, [("acme", (made,)), ("nowhere", ())])
        assert library.load("acme") == small_bundle()


@given(bundles())
def test_saving_what_was_loaded_makes_no_new_version(bundle: Bundle) -> None:
    with Library(None) as library:
        library.save(bundle)
        library.save(library.load(bundle.meeting.id))
        assert library.meetings()[0].transcripts == int(bundle.machine_transcript != Transcript())


def test_words_in_a_row_are_found_as_they_read_now() -> None:
    with Library(None) as library:
        for name in ("acme", "other", "gone"):
            library.save(small_bundle(id=name, title=name))
        library.delete("gone")
        found = wording.utterances_with(library, "Signed, contracts")
        assert {(one.meeting, one.utterance) for one in found} == {("acme", "u2"), ("other", "u2")}
        assert {
            one.meeting for one in wording.utterances_with(library, "SIGNED", besides="acme")
        } == {"other"}
        made = edit(library, "I will send the papers.", at=1)
        wording.save_transcript_edits(library, [("acme", (made,))])
        assert {one.meeting for one in wording.utterances_with(library, "contracts")} == {"other"}
        assert wording.utterances_with(library, '"; --') == ()


def test_what_was_learned_is_kept_in_its_order() -> None:
    learned = (
        Correction(wrong="Kraf Chenko", right="Kravchenko", made_at=NOON),
        Correction(wrong="Akme", right="ACME", made_at=NOON, is_on=False),
    )
    with Library(None) as library:
        assert wording.corrections(library) == ()
        wording.save_corrections(library, learned)
        assert wording.corrections(library) == learned
        wording.save_corrections(library, learned[1:])
        assert wording.corrections(library) == learned[1:]


def said_in_words(text: str) -> Utterance:
    words = tuple(Word(one, n * 100, n * 100 + 100) for n, one in enumerate(text.split()))
    return Utterance(id="u1", start_ms=0, end_ms=100 * len(words), text=text, words=words)


def cited(library: Library) -> list[str]:
    bundle = library.load("acme")
    assert bundle.enhanced is not None
    said = bundle.transcript.by_id()["u1"]
    return [
        " ".join(word.text for word in said.words[one.from_word : one.to_word])
        for block in bundle.enhanced.blocks
        for one in block.evidence
    ]


def test_a_note_cites_the_same_words_before_and_after_an_edit() -> None:
    on = said_in_words("we met Kraf Chenko at ten on Tuesday")
    first = small_bundle()
    assert first.enhanced is not None
    point = first.enhanced.blocks[1]

    def note(*ranges: tuple[int, int]) -> EnhancedNote:
        assert first.enhanced is not None
        evidence = tuple(Evidence("u1", *one) for one in ranges)
        return replace(first.enhanced, blocks=(replace(point, evidence=evidence),))

    with Library(None) as library:
        library.save(
            replace(
                first,
                transcript=Transcript(utterances=(on,)),
                enhanced=note((0, 2), (6, 8), (3, 6)),
            )
        )
        assert cited(library) == ["we met", "on Tuesday", "Chenko at ten"]
        made = edit(library, "well we met Kravchenko at ten on Tuesday")
        wording.save_transcript_edits(library, [("acme", (made,))])
        assert cited(library) == ["we met", "on Tuesday", "Kravchenko at ten"]
        # A note that is written now counts the words that are read now.
        library.add_enhanced("acme", note((6, 8), (3, 4)))
        assert cited(library) == ["on Tuesday", "Kravchenko"]
        wording.save_transcript_edits(library, [("acme", ())])
        assert cited(library) == ["on Tuesday", "Kraf Chenko"]
