"""Names compare by who is meant; denials and directions by what they are about."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from granola_like.text.names import find_names, same_name
from granola_like.text.polarity import directions, negations

PEOPLE = ("Boris Petrov", "Anna Schmidt", "José Álvarez")


@pytest.mark.parametrize(
    ("one", "other"),
    [
        ("Boris", "Boris Petrov"),
        ("Borys", "Boris Petrov"),
        ("B. Petrov", "Boris Petrov"),
        ("Boris's", "boris"),
        ("Jose Alvarez", "José Álvarez"),
        ("Mr. Petrov", "Boris Petrov"),
        ("Борису", "Борис"),
        ("Анны", "Анна"),
        ("Mr. Jamie Schmale (Lakeland, CPC)", "Jamie Schmale"),
    ],
)
def test_one_person_under_two_spellings(one: str, other: str) -> None:
    assert same_name(one, other)
    assert same_name(other, one)


@pytest.mark.parametrize(
    ("one", "other"),
    [("Mark", "Mary"), ("Anna", "Boris Petrov"), ("Anna Petrova", "Boris Petrov"), ("Al", "Ed")],
)
def test_two_people(one: str, other: str) -> None:
    assert not same_name(one, other)


def test_two_known_spellings_are_two_people() -> None:
    assert same_name("Boris", "Borys")
    assert not same_name("Boris", "Borys", known=["Boris", "Borys"])


@pytest.mark.parametrize(
    ("text", "names"),
    [
        ("We met Globex and Anna Schmidt there", ["Globex", "Anna Schmidt"]),
        ("Boris will call. The plan is good.", ["Boris"]),
        ("Winston thinks it is fine", ["Winston"]),
        ("Will it rain in May? I'm sure.", []),
        ("We fly on Monday", []),
        ("Production was slow", []),
        ("i talked to boris today", ["boris"]),
        ("The user experience matters", []),
    ],
)
def test_names_are_found(text: str, names: list[str]) -> None:
    found = find_names(text, known=(*PEOPLE, "User Interface"))
    assert [one.text for one in found] == names


@given(st.text(max_size=60), st.text(max_size=20))
def test_any_text_can_be_searched_for_names(text: str, known: str) -> None:
    assert all(text[one.start : one.end] == one.text for one in find_names(text, known=[known]))
    assert same_name(known, known)


def test_a_denial_reaches_what_it_denies() -> None:
    (cue,) = negations("They did not agree to the budget, but the launch stands")
    assert "budget" in cue.scope
    assert "launch" not in cue.scope
    assert negations("No, that is fine") == ()
    assert negations("not only cheap") == ()
    assert [one.text for one in negations("Мы не согласны", language="ru")] == ["не"]


def test_a_direction_needs_a_movement() -> None:
    assert [one.way for one in directions("prices go up and costs fell")] == [1, -1]
    assert directions("they came up with an idea and looked up the word") == ()


def test_a_name_that_only_a_sign_tells_apart_is_taken_whole() -> None:
    speakers = ("Speaker 1", "Speaker 2", "PhD F")
    found = find_names("Speaker 2 asked PhD F and Globex", known=speakers)
    assert [one.text for one in found] == ["Speaker 2", "PhD F", "Globex"]
    assert not same_name("Speaker 2", "Speaker 1", known=speakers)


def test_an_initial_is_no_name_by_itself() -> None:
    assert same_name("B. Petrov", "Boris Petrov")
    assert not same_name("PhD G", "Globex")
    assert not same_name("Grad F", "Festival")


@pytest.mark.parametrize(
    "text",
    [
        "Globex doesn't deliver",
        "Globex, as you know, has delivered",
        "Globex further proposed a discount",
        "Globex, however, drew another plan",
    ],
)
def test_a_name_begins_a_sentence_in_many_ways(text: str) -> None:
    assert [one.text for one in find_names(text)] == ["Globex"]
