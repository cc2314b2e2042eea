"""Speech becomes writing: what nobody means goes, what was said stays."""

from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as st

from granola_like.domain.transcript import Utterance
from granola_like.enhance.acts import act_of
from granola_like.enhance.digits import with_digits
from granola_like.enhance.due import due_in
from granola_like.enhance.fluency import clean_speech
from granola_like.enhance.owners import owner_of
from granola_like.enhance.person import in_third_person
from granola_like.text.quantities import find_quantities

TUESDAY = date(2026, 3, 3)


@pytest.mark.parametrize(
    ("said", "written"),
    [
        ("Um so, you know, it's uh it's a a good plan, right?", "It's a good plan"),
        ("I but I'm almost certain that it it works", "I'm almost certain that it works"),
        ("if you're talking if you're thinking of places", "If you're thinking of places"),
        ("tell you everything you want to know", "Tell you everything you want to know"),
        ("maybe a a an L_C_D_ display", "Maybe an LCD display"),
        ("We do it on Tuesday, no, Wednesday.", "We do it on Wednesday"),
        ("Someth something special", "Something special"),
        ("watch the bars, uh, change", "Watch the bars change"),
        ("[laughter] Yeah. Okay.", ""),
        ("Do you know what the budget is?", "Do you know what the budget is?"),
        ("what it would look like", "What it would look like"),
        ("He had had that that day", "He had had that day"),
        ("twenty twenty five", "Twenty twenty five"),
    ],
)
def test_speech_is_cleaned(said: str, written: str) -> None:
    assert clean_speech(said) == written


WORDS = (
    "so um I we you know mean like it it's that the a budget no Tuesday w wha , . ? is good".split()
)


@given(st.lists(st.sampled_from(WORDS), max_size=25).map(" ".join))
def test_cleaning_adds_nothing_and_ends(text: str) -> None:
    clean = clean_speech(text)
    assert clean_speech(clean) == clean
    assert set(
        clean.casefold().replace(",", " ").replace(".", " ").replace("?", " ").split()
    ) <= set(text.casefold().split())


@given(st.text(max_size=100), st.sampled_from(["en", "ru", "de"]))
def test_any_text_can_be_cleaned(text: str, language: str) -> None:
    clean_speech(text, language=language)


@pytest.mark.parametrize(
    ("said", "written"),
    [
        ("it costs twelve fifty euros", "it costs €12.50"),
        ("a hundred and twenty thousand dollars", "$120,000"),
        ("two and a half million people", "2.5 million people"),
        ("one or two of us", "one or two of us"),
        ("twelve fifty per unit", "twelve fifty per unit"),
        ("at half past three", "at 3:30"),
        ("on the third of March", "on the third of March"),
    ],
)
def test_numbers_are_written_in_digits(said: str, written: str) -> None:
    assert with_digits(said, meeting_date=TUESDAY) == written


NUMBERS = (
    "one two twelve fifty thousand million and a half percent dollars euros to or point".split()
)


@given(st.lists(st.sampled_from(NUMBERS), max_size=8).map(" ".join))
def test_digits_never_change_a_value(text: str) -> None:
    before = [one.loose for one in find_quantities(text)]
    assert [one.loose for one in find_quantities(with_digits(text))] == before


@pytest.mark.parametrize(
    ("text", "day"),
    [
        ("send it by Friday", date(2026, 3, 6)),
        ("send it next week", date(2026, 3, 13)),
        ("ready in two weeks", date(2026, 3, 17)),
        ("by the end of the month", date(2026, 3, 31)),
        ("by the end of the week", date(2026, 3, 6)),
        ("before March 17", date(2026, 3, 17)),
        ("I sent it yesterday", None),
        ("send it soon", None),
    ],
)
def test_a_day_is_worked_out_from_the_meetings(text: str, day: date | None) -> None:
    assert due_in(text, meeting_date=TUESDAY) == day


def said(text: str, speaker: str | None = "Boris") -> Utterance:
    return Utterance(id="u", speaker=speaker, start_ms=0, end_ms=1, text=text)


@pytest.mark.parametrize(
    ("text", "owner"),
    [
        ("I'll send it to Anna", "Boris"),
        ("Anna will send it to me", "Anna"),
        ("Anna, can you send it", "Anna"),
        ("somebody has to send it", None),
    ],
)
def test_the_owner_is_who_undertakes_it(text: str, owner: str | None) -> None:
    assert owner_of(text, said(text), people=("Boris", "Anna")) == owner


@pytest.mark.parametrize(
    ("text", "act"),
    [
        ("I'll send the report", "action"),
        ("I'll show you the next slide", "point"),
        ("We decided to drop it", "decision"),
        ("Let's go back to the slide", "point"),
        ("If we decided to drop it, it would be cheaper", "point"),
        ("Could you send me the report?", "action"),
        ("What does it cost?", "question"),
        ("We don't know yet", "question"),
        ("The report is long", "point"),
        ("The report should be shorter because you can push the button", "point"),
    ],
)
def test_what_is_done_by_saying_it(text: str, act: str) -> None:
    assert act_of(text) == act


@pytest.mark.parametrize(
    ("text", "speaker", "written"),
    [
        ("I'll send my report", "Boris", "Boris will send their report"),
        ("I think the plan is good", "Boris", "Boris thinks the plan is good"),
        ("I don't want it", "Boris", "Boris doesn't want it"),
        ("If I click here, it stops", "Boris", "Boris: If I click here, it stops"),
        ("The plan is good", "Boris", "The plan is good"),
        ("I'll send my report", None, "They will send their report"),
    ],
)
def test_the_speaker_takes_the_place_of_i(text: str, speaker: str | None, written: str) -> None:
    assert in_third_person(text, said(text, speaker)).text == written
