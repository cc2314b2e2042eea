"""Corrections of what was said: made once, kept for ever, followed through other meetings."""

from collections.abc import Iterator
from dataclasses import replace
from datetime import UTC, datetime

import pytest

from granola_like.app import App, Call, corrections, wording
from granola_like.audio.decode import Source
from granola_like.domain.transcript import Transcript, Utterance, Word
from granola_like.errors import NotFound
from granola_like.jobs import run
from granola_like.settings import Settings
from granola_like_models.sample import sample_call
from tests.strategies import small_bundle


@pytest.fixture
def app() -> Iterator[App]:
    opened = App(Settings())
    opened.library.save(small_bundle())
    yield opened
    opened.close()


def text(app: App, utterance: str, meeting: str = "acme") -> str:
    return app.library.load(meeting).transcript.by_id()[utterance].text


def heard(app: App, *texts: str, meeting: str) -> None:
    """Store a meeting with these utterances, one a second."""
    said = tuple(
        Utterance(id=f"u{n}", speaker="Them", start_ms=n * 1000, end_ms=n * 1000 + 900, text=one)
        for n, one in enumerate(texts, 1)
    )
    bundle = small_bundle(id=meeting, title=meeting)
    app.library.save(replace(bundle, transcript=Transcript(utterances=said), enhanced=None))


def test_reword_and_undo(app: App) -> None:
    made = wording.reword(app, "acme", "u1", "The budget for the pilot is $130,000.")
    assert made is not None
    assert text(app, "u1") == "The budget for the pilot is $130,000."
    assert wording.edits(app, "acme") == (made,)
    wording.undo(app, "acme", made.id)
    assert app.library.load("acme") == small_bundle()
    with pytest.raises(NotFound):
        wording.undo(app, "acme", made.id)


def test_a_range_of_words(app: App) -> None:
    wording.reword(app, "acme", "u1", "trial run", words=(4, 5))
    assert text(app, "u1") == "The budget for the trial run is $120,000."
    wording.reword(app, "acme", "u1", "", words=(2, 4))
    assert text(app, "u1") == "The budget trial run is $120,000."
    with pytest.raises(NotFound, match="words"):
        wording.reword(app, "acme", "u1", "x", words=(5, 99))
    with pytest.raises(NotFound, match="no utterance"):
        wording.reword(app, "acme", "u99", "x")


def test_what_changes_nothing_is_no_edit(app: App) -> None:
    assert wording.reword(app, "acme", "u1", text(app, "u1")) is None
    assert wording.reassign(app, "acme", ["u1"], "Anna") == ()
    assert wording.edits(app, "acme") == ()


def test_who_said_it(app: App) -> None:
    made = wording.reassign(app, "acme", ["u1", "u2", "u1"], "Clara")
    assert len(made) == 2
    assert {said.speaker for said in app.library.load("acme").transcript} == {"Clara"}
    wording.undo(app, "acme", made[0].id)
    assert [said.speaker for said in app.library.load("acme").transcript] == ["Anna", "Clara"]


def test_a_speaker_is_renamed_in_the_note_and_after_every_pass(app: App) -> None:
    ((meeting, made),) = wording.rename_speaker(app, "acme", "Boris", "Boris Petrov")
    assert meeting == "acme"
    bundle = app.library.load("acme")
    assert [said.speaker for said in bundle.transcript] == ["Anna", "Boris Petrov"]
    shown, clashes = _edited(app)
    assert (shown["b4"], clashes) == ("Boris Petrov", ())
    app.library.add_transcript("acme", small_bundle().transcript)
    assert "Boris" not in {said.speaker for said in app.library.load("acme").transcript}
    wording.undo(app, "acme", made.id)
    assert app.library.load("acme") == small_bundle()


def _edited(app: App) -> tuple[dict[str, str | None], tuple[object, ...]]:
    from granola_like.app.editing import edited

    bundle, clashes = edited(app.library, app.library.load("acme"))
    assert bundle.enhanced is not None
    return {block.id: block.owner for block in bundle.enhanced.blocks}, clashes


def test_a_name_is_changed_everywhere_and_them_only_here(app: App) -> None:
    heard(app, "Hello.", meeting="one")
    heard(app, "Bye.", meeting="two")
    wording.rename_speaker(app, "one", "Them", "Klara", everywhere=True)
    assert app.library.load("two").transcript.utterances[0].speaker == "Them"
    wording.rename_speaker(app, "two", "Them", "Klara")
    made = wording.rename_speaker(app, "one", "Klara", "Clara", everywhere=True)
    assert {meeting for meeting, _ in made} == {"one", "two"}
    assert app.library.load("two").transcript.utterances[0].speaker == "Clara"
    with pytest.raises(NotFound, match="Nobody"):
        wording.rename_speaker(app, "one", "Klara", "C")


def test_find_and_replace(app: App) -> None:
    heard(app, "Acme and ACME.", "Acmes are many.", meeting="one")
    made = wording.find_and_replace(app, "one", "acme", "Globex")
    assert len(made) == 1
    assert (text(app, "u1", "one"), text(app, "u2", "one")) == (
        "Globex and Globex.", "Acmes are many.",
    )  # fmt: skip
    wording.find_and_replace(app, "one", "Acme", "Initech", whole_words=False, match_case=True)
    assert text(app, "u2", "one") == "Initechs are many."
    assert wording.find_and_replace(app, "one", " ", "x") == ()


def test_a_conflict_is_shown_and_settled(app: App) -> None:
    mine = "The budget for the trial is $120,000."
    made = wording.reword(app, "acme", "u1", mine)
    assert made is not None
    said = small_bundle().transcript
    other = replace(said.utterances[0], text="The budget for the violet is $120,000.")
    app.library.add_transcript("acme", replace(said, utterances=(other, said.utterances[1])))
    (clash,) = wording.conflicts(app, "acme")
    assert (clash.edit, clash.now, clash.mine) == (made, other, mine)
    assert text(app, "u1") == other.text
    wording.settle(app, "acme", made.id, "mine")
    assert (text(app, "u1"), wording.conflicts(app, "acme")) == (mine, ())
    with pytest.raises(NotFound):
        wording.settle(app, "acme", made.id, "theirs")


def test_correct_once(app: App) -> None:
    heard(app, "We met Kraf Chenko.", "Nothing here.", meeting="one")
    heard(app, "Is kraf Chenko in? Kraf Chenko is.", meeting="two")
    edit = wording.reword(app, "one", "u1", "We met Kravchenko.")
    assert edit is not None
    fix = corrections.taught_by(edit)
    assert fix is not None
    places = wording.same_mistake(app, fix.wrong, fix.right, besides="one")
    assert [(place.meeting, place.mended) for place in places] == [
        ("two", "Is Kravchenko in? Kravchenko is.")
    ]
    assert text(app, "u1", "two").startswith("Is kraf")
    made = wording.correct(app, places)
    assert text(app, "u1", "two") == "Is Kravchenko in? Kravchenko is."
    assert [(one.wrong, one.right) for one in corrections.learned(app)] == [
        ("Kraf Chenko", "Kravchenko")
    ]
    assert wording.same_mistake(app, fix.wrong, fix.right) == ()
    wording.undo(app, "two", made[0][1].id)
    assert text(app, "u1", "two").startswith("Is kraf")
    # A place that was changed meanwhile is left alone.
    wording.reword(app, "two", "u1", "Something else.")
    assert wording.correct(app, places) == ()


def test_what_was_learned_can_be_switched_off_and_forgotten(app: App) -> None:
    assert corrections.teach(app, "Akmee", "ACME")
    assert not corrections.teach(app, "fifteen", "Fifty")
    assert corrections.vocabulary(app, ()).hints == ("ACME",)
    corrections.switch(app, "akmee", on=False)
    assert corrections.vocabulary(app, ()).hints == ()
    assert [one.is_on for one in corrections.learned(app)] == [False]
    corrections.forget(app, "AKMEE")
    assert corrections.learned(app) == ()
    with pytest.raises(NotFound):
        corrections.forget(app, "Akmee")


def test_a_corrected_word_can_be_put_back(app: App) -> None:
    said = Utterance(
        id="u1", start_ms=0, end_ms=900, text="Ask Kravchenko now",
        words=(Word("Ask", 0, 300), Word("Kravchenko", 300, 600, 1.0, "Kraf Chenko"),
               Word("now", 600, 900)),
    )  # fmt: skip
    app.library.add_transcript("acme", Transcript(utterances=(said,)))
    (one,) = wording.heard_otherwise(app.library.load("acme"))
    assert (one.heard, one.text, one.word) == ("Kraf Chenko", "Kravchenko", 1)
    wording.put_back(app, "acme", "u1", one.word)
    assert text(app, "u1") == "Ask Kraf Chenko now"
    with pytest.raises(NotFound):
        wording.put_back(app, "acme", "u1", 0)


def test_the_note_is_written_from_the_corrected_words(app: App) -> None:
    wording.reword(app, "acme", "u1", "The budget for the pilot is $140,000.")
    note = run(app.enhance_stored("acme"))
    points = [block.text for block in note.blocks if block.finding is not None]
    assert any("140,000" in point for point in points)
    assert not any("120,000" in point for point in points)


def test_what_was_learned_is_put_right_in_the_next_call(app: App) -> None:
    assert corrections.teach(app, "Acme", "Akmee Ltd")
    call = Call(
        tracks={"them": Source(sample_call().tracks["them"])},
        title="Sample",
        started_at=datetime(2026, 3, 3, tzinfo=UTC),
        language="en",
    )
    transcript = run(app.transcribe(call)).transcript
    heard = [word.heard for said in transcript for word in said.words if word.heard]
    assert heard
    assert {one.strip(".,?") for one in heard} == {"Acme"}
    assert "Acme" not in " ".join(said.text for said in transcript)
