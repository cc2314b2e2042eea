"""What the person changed in a transcript survives every later pass, or is told as a conflict."""

from dataclasses import replace
from datetime import UTC, datetime, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from granola_like.domain.transcript import Transcript, Utterance, Word, in_order
from granola_like.domain.transcript_edits import (
    Reassign,
    Rename,
    Reword,
    TranscriptChange,
    TranscriptEdit,
)
from granola_like.domain.transcript_rebase import machine_transcript, rework, settle

NOON = datetime(2026, 3, 3, 12, tzinfo=UTC)


def said(name: str, text: str, start: int, end: int, *, speaker: str = "Them") -> Utterance:
    """An utterance whose words share its time evenly."""
    texts = text.split()
    step = (end - start) // max(1, len(texts))
    words = tuple(
        Word(one, start + n * step, start + (n + 1) * step) for n, one in enumerate(texts)
    )
    return Utterance(id=name, speaker=speaker, start_ms=start, end_ms=end, text=text, words=words)


def heard(*utterances: Utterance) -> Transcript:
    return Transcript(utterances=in_order(iter(utterances)))


def edit(number: int, change: TranscriptChange, on: Utterance | None = None) -> TranscriptEdit:
    return TranscriptEdit(
        id=f"e{number}", made_at=NOON + timedelta(minutes=number), change=change, on=on
    )


MET = said("u1", "We met with Kraf Chenko on Tuesday", 1000, 8000)
AGREED = said("u2", "She agreed to ninety thousand", 9000, 12000)
NAMED = edit(1, Reword("We met with Kravchenko on Tuesday"), MET)


def texts(transcript: Transcript) -> list[str]:
    return [one.text for one in transcript]


def test_an_edit_is_read_and_the_machines_words_are_kept() -> None:
    found = rework([NAMED], heard(MET, AGREED))
    assert texts(found.transcript)[0] == "We met with Kravchenko on Tuesday"
    assert found.heard == (MET,)
    assert found.applied == (NAMED,)
    name = found.transcript.utterances[0].words[3]
    assert (name.text, name.heard, name.start_ms, name.end_ms) == (
        "Kravchenko", "Kraf Chenko", MET.words[3].start_ms, MET.words[4].end_ms,
    )  # fmt: skip
    assert machine_transcript(found.transcript, found.heard) == heard(MET, AGREED)


@pytest.mark.parametrize(
    ("pass_two", "shown"),
    [
        # The rest is heard differently.
        (["We had met Kraf Chenko, on Tuesday."], ["We had met Kravchenko on Tuesday."]),
        # It is cut differently, and the ids are new.
        (["We met with Kraf", "Chenko on Tuesday"], ["We met with Kravchenko", "on Tuesday"]),
        # A better model heard it right.
        (["We met with Kravchenko on Tuesday"], ["We met with Kravchenko on Tuesday"]),
    ],
)
def test_a_better_pass_takes_no_correction_away(pass_two: list[str], shown: list[str]) -> None:
    length = 7000 // len(pass_two)
    again = heard(
        *(
            said(f"v{n}", text, 1000 + n * length, 1000 + (n + 1) * length)
            for n, text in enumerate(pass_two)
        )
    )
    found = rework([NAMED], again)
    assert (texts(found.transcript), found.conflicts) == (shown, ())


def test_what_is_heard_differently_under_an_edit_is_a_conflict_with_both_sides() -> None:
    now = said("u1", "We met with Graf Schenker on Tuesday", 1000, 8000)
    found = rework([NAMED], heard(now))
    assert texts(found.transcript) == [now.text]
    (conflict,) = found.conflicts
    assert (conflict.clash, conflict.now) == ("changed", now)
    assert conflict.mine == "We met with Kravchenko on Tuesday"
    settled = settle(conflict, keep="mine", now=NOON)
    assert settled is not None
    assert texts(rework([settled], heard(now)).transcript) == [conflict.mine]
    assert settle(conflict, keep="theirs", now=NOON) is None


def test_words_that_fit_are_put_on_where_others_are_a_conflict() -> None:
    both = edit(1, Reword("They met with Kravchenko on Tuesday"), MET)
    now = said("u1", "We met with Graf Schenker on Tuesday", 1000, 8000)
    found = rework([both], heard(now))
    assert texts(found.transcript) == ["They met with Graf Schenker on Tuesday"]
    assert [one.edit for one in found.conflicts] == [both]


def test_an_edit_of_what_is_not_said_any_more_is_a_conflict() -> None:
    found = rework([NAMED], heard(AGREED))
    assert [(one.clash, one.now) for one in found.conflicts] == [("gone", None)]
    assert settle(found.conflicts[0], keep="mine", now=NOON) == NAMED


def test_what_nobody_said_is_left_out_and_kept() -> None:
    found = rework([edit(1, Reword(""), MET)], heard(MET, AGREED))
    assert texts(found.transcript) == [AGREED.text]
    assert found.heard == (MET,)
    assert machine_transcript(found.transcript, found.heard) == heard(MET, AGREED)


def test_a_later_edit_rests_on_what_was_seen() -> None:
    seen = rework([NAMED], heard(MET)).transcript.utterances[0]
    day = edit(2, Reword("We met with Kravchenko on Thursday"), seen)
    assert texts(rework([NAMED, day], heard(MET)).transcript) == [
        "We met with Kravchenko on Thursday"
    ]
    # Without the first, the second still is what the person changed with it.
    assert texts(rework([day], heard(MET)).transcript) == ["We met with Kraf Chenko on Thursday"]


def test_who_said_it_follows_the_time() -> None:
    meant = edit(1, Reassign("Anna"), MET)
    cut = heard(
        said("v1", "We met with", 1000, 4000),
        said("v2", "Kraf Chenko on Tuesday", 4000, 8000),
        said("v3", "She agreed", 7900, 12000),
    )
    found = rework([meant], cut).transcript
    assert [one.speaker for one in found] == ["Anna", "Anna", "Them"]
    longer = heard(said("v1", "All of the meeting", 0, 60_000))
    assert rework([meant], longer).conflicts[0].clash == "changed"


def test_a_new_name_holds_for_every_later_pass() -> None:
    named = edit(1, Rename("Them", "Anna"))
    again = heard(AGREED, said("v7", "More of it", 20_000, 22_000))
    assert {one.speaker for one in rework([named], again).transcript} == {"Anna"}
    assert rework([named], heard()).conflicts[0].clash == "gone"


def test_signs_without_spaces_are_words() -> None:
    words = tuple(Word(t, n * 500, n * 500 + 500) for n, t in enumerate(["我们", "见了", "王明"]))
    on = Utterance(id="u1", start_ms=0, end_ms=1500, text="我们见了王明", words=words)
    changed = edit(1, Reword("我们见了王铭"), on)
    (found,) = rework([changed], heard(on)).transcript
    assert found.text == "我们见了王铭" == "".join(word.text for word in found.words)
    now = replace(on, id="u1", text="我们昨天见了王明", words=())
    assert texts(rework([changed], heard(now)).transcript) == ["我们昨天见了王铭"]


vocabulary = st.sampled_from("we met Kraf Chenko on Tuesday, she said NO. ninety".split())
phrases = st.lists(vocabulary, max_size=6).map(" ".join)


@st.composite
def passes(draw: st.DrawFn, name: str = "u") -> Transcript:
    at, found = 0, []
    for number in range(draw(st.integers(1, 4))):
        start = at + draw(st.integers(0, 900))
        at = start + draw(st.integers(0, 4000))
        found.append(said(f"{name}{number}", draw(phrases), start, at))
    return heard(*found)


changes = st.one_of(
    st.builds(Reword, phrases),
    st.builds(Reassign, st.sampled_from(["Anna", "Boris", None])),
    st.builds(Rename, st.just("Them"), st.sampled_from(["Clara", "Dora"])),
)


@st.composite
def edited(draw: st.DrawFn) -> tuple[Transcript, list[TranscriptEdit]]:
    """A pass, and edits that were made one after the other on what could be seen."""
    first = draw(passes())
    made: list[TranscriptEdit] = []
    for number, change in enumerate(draw(st.lists(changes, max_size=4))):
        seen = rework(made, first).transcript.utterances
        if isinstance(change, Rename):
            made.append(edit(number, change))
        elif seen:
            made.append(edit(number, change, draw(st.sampled_from(seen))))
    return first, made


@given(edited(), passes())
def test_no_edit_is_ever_lost(
    made: tuple[Transcript, list[TranscriptEdit]], later: Transcript
) -> None:
    for onto in (made[0], later):
        found = rework(made[1], onto)
        kept = [*found.applied, *(one.edit for one in found.conflicts)]
        assert sorted(kept, key=lambda one: one.id) == made[1]
        assert machine_transcript(found.transcript, found.heard) == onto


@given(edited())
def test_on_the_pass_that_it_was_made_on_the_last_edit_says_what_the_person_wrote(
    made: tuple[Transcript, list[TranscriptEdit]],
) -> None:
    onto, edits = made
    for upto in range(1, len(edits) + 1):
        last = edits[upto - 1]
        found = rework(edits[:upto], onto)
        if isinstance(last.change, Reword):
            assert last.on is not None
            shown = {one.id: one.text for one in found.transcript}
            assert shown.get(last.on.id, "") == last.change.text
        if not isinstance(last.change, Rename):
            assert last in found.applied


@given(edited())
def test_applying_twice_is_applying_once(made: tuple[Transcript, list[TranscriptEdit]]) -> None:
    onto, edits = made
    once = rework(edits, onto)
    assert rework(edits, machine_transcript(once.transcript, once.heard)) == once


@given(passes(), changes, st.data())
def test_an_edit_that_is_there_already_changes_nothing(
    onto: Transcript, change: TranscriptChange, data: st.DataObject
) -> None:
    """A script may give a bundle with the person's words and the edits, without the machine's."""
    on = data.draw(st.sampled_from(onto.utterances))
    one = edit(1, change, None if isinstance(change, Rename) else on)
    once = rework([one], onto).transcript
    assert texts(rework([one], once).transcript) == texts(once)


@given(edited(), passes("v"))
def test_words_spell_the_text_after_every_edit(
    made: tuple[Transcript, list[TranscriptEdit]], later: Transcript
) -> None:
    for onto in (made[0], later):
        for one in rework(made[1], onto).transcript:
            if one.words:
                assert " ".join(word.text for word in one.words) == one.text
                starts = [word.start_ms for word in one.words]
                assert starts == sorted(starts)
