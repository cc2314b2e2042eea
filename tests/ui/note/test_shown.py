from dataclasses import replace

import pytest
from hypothesis import given
from hypothesis import strategies as st

from granola_like.domain.enhanced import Block, Detail, Evidence
from granola_like.domain.note import NoteLine
from granola_like.domain.recording import Gap
from granola_like.domain.transcript import Transcript, Utterance, Word
from granola_like_ui.note.changes import between
from granola_like_ui.note.gallery import ROLES
from granola_like_ui.note.shown import ShownLine, difference, fixed, shown_lines

SAID = Transcript(
    utterances=(
        Utterance(
            id="u1",
            speaker="Boris",
            start_ms=1000,
            end_ms=4000,
            text="one or two roles",
            words=tuple(
                Word(text, 1000 + 500 * at, 1400 + 500 * at)
                for at, text in enumerate(("one", "or", "two", "roles"))
            ),
        ),
        Utterance(id="u2", speaker="Anna", start_ms=60_000, end_ms=62_000, text="not this year"),
    )
)
NOTES = (NoteLine(id="n1", text="roles?"), NoteLine(id="n2", text="discount no"))
BLOCKS = (
    Block(id="b0", kind="note", text="roles?", note="n1"),
    Block(
        id="b1",
        kind="point",
        text="Two roles.",
        note="n1",
        indent=1,
        evidence=(Evidence("u1", 0, 3), Evidence("gone")),
        finding="changed",
    ),
    Block(id="b2", kind="note", text="discount no", note="n2"),
    Block(id="b3", kind="point", text="No.", note="n2", indent=1, evidence=(Evidence("u2"),)),
)


def test_a_line_knows_the_words_and_seconds_it_rests_on() -> None:
    line = shown_lines(BLOCKS, SAID, notes=NOTES)[1]
    (quote,) = line.quotes
    assert (quote.text, quote.speaker) == ("one or two", "Boris")
    assert (line.start_ms, line.end_ms, line.said_ms) == (1000, 2400, 1400)
    assert line.indent == 0
    assert line.finding == "changed"


def test_what_was_settled_is_in_doubt_no_more() -> None:
    accepted = shown_lines(BLOCKS, SAID, notes=NOTES, accepted=frozenset({"b1"}))[1]
    reworded = shown_lines(BLOCKS, SAID, notes=NOTES, reworded=frozenset({"b1"}))[1]
    assert (accepted.finding, accepted.is_ink) == (None, False)
    assert (reworded.finding, reworded.is_ink) == (None, True)


def test_a_gap_stands_where_it_was() -> None:
    gap = Gap("them", 30_000, 40_000, "headset switched")
    lines = shown_lines(BLOCKS, SAID, notes=NOTES, gaps=(gap,))
    assert [line.id for line in lines if line.gaps] == ["b1"]
    assert shown_lines((), SAID, gaps=(gap,)) == ()


def test_lines_typed_later_are_shown_behind_those_they_followed() -> None:
    notes = (
        NoteLine(id="n0", text="first of all"),
        NOTES[0],
        NoteLine(id="n3", text="and Nina?"),
        NoteLine(id="n4", text="  "),
        NoteLine(id="n5", text="and Oleg?", indent=1),
        NOTES[1],
    )
    lines = shown_lines(BLOCKS, SAID, notes=notes)
    assert [line.id for line in lines] == [
        "typed-n0",
        "b0",
        "b1",
        "typed-n3",
        "typed-n5",
        "b2",
        "b3",
    ]


@given(st.lists(st.sampled_from(["", "a", "b c"]), max_size=6))
def test_no_typed_word_is_hidden(texts: list[str]) -> None:
    notes = tuple(NoteLine(id=f"n{at}", text=text) for at, text in enumerate(texts))
    shown = [line.text for line in shown_lines(BLOCKS, SAID, notes=notes) if line.is_ink]
    for line in notes:
        if line.text:
            assert line.text in shown


def test_a_typed_line_is_shown_as_it_is_now() -> None:
    lines = shown_lines(BLOCKS, SAID, notes=(replace(NOTES[0], text="how many?"), NOTES[1]))
    assert lines[0].text == "how many?"


@pytest.mark.parametrize(
    ("text", "details", "wanted"),
    [
        ("Two roles, two teams.", (("Two", "One or two"),), "One or two roles, two teams."),
        ("It is 15% now.", (("15%", "50%"),), "It is 50% now."),
        ("Often ten.", (("ten", "nine"),), "Often nine."),
        ("Ten.", (("twenty", "ten"),), None),
        ("Ten.", (("ten", ""),), None),
    ],
)
def test_a_fix_changes_what_differs_and_nothing_else(
    text: str, details: tuple[tuple[str, str], ...], wanted: str | None
) -> None:
    found = tuple(Detail("number", mine, said) for mine, said in details)
    assert fixed(replace(ROLES, text=text, details=found)) == wanted


def test_a_difference_is_told_with_the_word_behind_it() -> None:
    found = difference(ROLES)
    assert found is not None
    assert (found.in_point, found.point_after) == ("two", "roles")
    assert (found.in_source, found.source_after) == ("one or two", "roles")


LINES = st.lists(
    st.tuples(st.sampled_from(["b0", "b1", "b2", "own-1", "typed-n9"]), st.sampled_from("xyz ")),
    unique_by=lambda pair: pair[0],
    max_size=5,
)


def _as_lines(pairs: list[tuple[str, str]]) -> tuple[NoteLine, ...]:
    return tuple(NoteLine(id=name, text=text) for name, text in pairs)


@given(LINES, LINES)
def test_changes_lead_from_one_text_to_the_other(
    before: list[tuple[str, str]], after: list[tuple[str, str]]
) -> None:
    shown = {"b0": ShownLine(id="b0", kind="note", text="x")}
    there = {name: text for name, text in before if text.strip()}
    for change in between(_as_lines(before), _as_lines(after), shown):
        if change.what == "dropped":
            del there[change.line]
        else:
            assert (change.line in there) == (change.what == "reworded")
            there[change.line] = change.text
        assert change.after != change.line
    assert there == {name: text for name, text in after if text.strip()}
