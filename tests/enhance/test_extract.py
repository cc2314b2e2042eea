"""The extractive writer: reads like a note, and says nothing that nobody said."""

from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as st

from granola_like.domain.transcript import Utterance, Word
from granola_like.enhance.extract import MOST_POINTS, ExtractiveWriter
from granola_like.enhance.person import CONNECTIVES
from granola_like.enhance.writer import Brief, Draft, Said
from granola_like.text.quantities import find_quantities
from granola_like.text.tokens import words

TUESDAY = date(2026, 3, 3)


def brief(line: str, *said: tuple[str | None, str], language: str = "en") -> Brief:
    utterances = [
        Utterance(
            id=f"u{n}",
            speaker=speaker,
            channel="me" if speaker is None else "them",
            start_ms=n * 10_000,
            end_ms=n * 10_000 + 5_000,
            text=text,
        )
        for n, (speaker, text) in enumerate(said)
    ]
    return Brief(
        line=line,
        evidence=tuple(Said(one) for one in utterances),
        people=("Boris Petrov", "Anna Schmidt"),
        meeting_date=TUESDAY,
        language=language,
    )


def write(line: str, *said: tuple[str | None, str], language: str = "en") -> tuple[Draft, ...]:
    return ExtractiveWriter().write(brief(line, *said, language=language))


def test_a_promise_becomes_an_action_item_with_owner_and_day() -> None:
    (draft,) = write(
        "deck?", ("Boris", "So, uh, yeah, I'll send it to Anna by by Friday, I guess.")
    )
    assert (draft.kind, draft.text) == ("action", "Boris will send it to Anna by Friday")
    assert (draft.owner, draft.due) == ("Boris", date(2026, 3, 6))


def test_the_readers_own_promise_stays_in_the_first_person() -> None:
    (draft,) = write("deck", (None, "Okay so I'll send the deck to Anna tomorrow."))
    assert (draft.text, draft.owner, draft.due) == (
        "I'll send the deck to Anna tomorrow",
        "Me",
        date(2026, 3, 4),
    )


def test_somebody_who_is_asked_by_name_owns_the_task() -> None:
    (draft,) = write("venue", ("Boris", "Anna, could you please book the venue until next Friday?"))
    assert (draft.kind, draft.owner, draft.due) == ("action", "Anna Schmidt", date(2026, 3, 13))


def test_a_choice_becomes_a_decision() -> None:
    (draft,) = write("vendor", ("Anna", "Right, so we decided to go with the second vendor."))
    assert (draft.kind, draft.text) == ("decision", "We decided to go with the second vendor")


def test_a_line_with_an_amount_gets_the_sentence_that_says_it() -> None:
    drafts = write(
        "120k",
        ("Boris", "The marketing campaign starts in autumn and covers three large countries."),
        ("Boris", "It costs about a hundred and twenty thousand dollars."),
        ("Anna", "Advertising in other countries is a different matter altogether."),
    )
    assert any("$120,000" in one.text and one.evidence[0].utterance == "u1" for one in drafts)


@pytest.mark.parametrize(
    ("spoken", "written"),
    [
        ("Um we're planning to to sell it for twenty five Euros each.", "€25 each"),
        ("So, I mean, if we're if we're using more advanced parts, costs go up.", "If we're using"),
        ("I I w want the new design, you know, on Tuesday, no, Wednesday.", "Wednesday"),
        ("The growth was thirty three percent in the third quarter.", "33%"),
    ],
)
def test_speech_becomes_writing(spoken: str, written: str) -> None:
    (draft,) = write("", ("Boris", spoken))
    assert written in draft.text
    for left_out in (" um", "I mean", "you know", "to to", " w ", "Tuesday"):
        assert left_out.casefold() not in f" {draft.text}".casefold()


def test_an_opinion_keeps_its_speaker() -> None:
    (draft,) = write(
        "buttons", ("Marketing", "I think the buttons are far too small for old people.")
    )
    assert draft.text == "Marketing thinks the buttons are far too small for old people"


def test_russian_speech_becomes_a_russian_note() -> None:
    (draft,) = write(
        "бюджет",
        ("Борис", "Ну, в общем, я подготовлю бюджет на сто двадцать тысяч рублей до пятницы."),
        language="ru",
    )
    assert (draft.kind, draft.owner, draft.due) == ("action", "Борис", date(2026, 3, 6))
    assert "120\u00a0000 рублей" in draft.text
    assert "Ну" not in draft.text


def test_chatter_and_nothing_give_no_points() -> None:
    assert write("budget", ("Boris", "Yeah."), ("Anna", "Mm-hmm, okay, right.")) == ()
    assert write("budget") == ()


def test_a_sentence_cites_its_own_words_where_they_are_known() -> None:
    text = "That is fine. The launch moves to the nineteenth of March for everybody."
    timed = tuple(Word(word, n * 100, n * 100 + 90) for n, word in enumerate(text.split()))
    said = Utterance(id="u", start_ms=0, end_ms=9_000, text=text, words=timed)
    (draft,) = ExtractiveWriter().write(
        Brief(line="launch", evidence=(Said(said),), meeting_date=TUESDAY)
    )
    (cited,) = draft.evidence
    assert (cited.from_word, cited.to_word) == (3, len(timed))


def test_a_rejected_draft_does_not_come_again() -> None:
    from dataclasses import replace

    from granola_like.enhance.writer import Rejected

    first = brief(
        "plan",
        ("Boris", "The whole team moves to the new office in the spring."),
        ("Anna", "Our furniture arrives a good deal later than the team itself."),
    )
    drafts = ExtractiveWriter().write(first)
    again = ExtractiveWriter().write(replace(first, rejected=(Rejected(drafts[0], ()),)))
    assert drafts[0].text not in {one.text for one in again}


SPEECH = st.lists(
    st.sampled_from(
        (
            "so uh um I I'll I'm think that we decided to send the report by Friday next week . "
            "you know no not Anna Boris twenty five thousand euros percent like sort of kind of w "
            "wha what and because if it's my me they want need don't the the plan half a million ? "
            "remote control buttons agreed let's go with March 17 10:30 $120k 33% T_V_ —"
        ).split(" ")
    ),
    min_size=1,
    max_size=30,
).map(" ".join)


@given(st.lists(st.tuples(st.sampled_from(["Boris", "Anna", None]), SPEECH), max_size=4), SPEECH)
def test_every_word_was_said_or_only_connects(
    said: list[tuple[str | None, str]], line: str
) -> None:
    given_brief = brief(line, *said)
    drafts = ExtractiveWriter().write(given_brief)
    assert len(drafts) <= MOST_POINTS
    heard = " ".join(text.replace("_", "") for _, text in said)
    allowed = set(words(heard)) | CONNECTIVES | {"boris", "anna", "me", "them", "i"}
    texts = [heard, *(text for _, text in said)]
    values = {one.loose for text in texts for one in find_quantities(text, meeting_date=TUESDAY)}
    for draft in drafts:
        assert draft.evidence
        left = draft.text
        for one in reversed(find_quantities(draft.text, meeting_date=TUESDAY)):
            if any(char.isdigit() for char in one.text) and one.loose in values:
                left = left[: one.start] + " " + left[one.end :]
        new = [word for word in words(left) if word not in allowed]
        assert not new, (new, draft.text, said)


@given(st.lists(st.tuples(st.sampled_from(["Boris", "Anna", None]), SPEECH), max_size=4), SPEECH)
def test_the_same_brief_gives_the_same_drafts(
    said: list[tuple[str | None, str]], line: str
) -> None:
    assert write(line, *said) == write(line, *said)
