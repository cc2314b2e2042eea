"""Decisions, promises and open questions are found where nobody noted them, and only there."""

from datetime import date

from granola_like.domain.enhanced import Evidence
from granola_like.domain.transcript import Transcript, Utterance
from granola_like.enhance.outcomes import About, find_outcomes, found_for, unnoted
from granola_like.enhance.templates import Section
from granola_like.enhance.writer import Draft

ABOUT = About(people=("Boris", "Anna"), glossary=(), meeting_date=date(2026, 3, 3), language="en")


def transcript(*said: tuple[str, str]) -> Transcript:
    return Transcript(
        utterances=tuple(
            Utterance(id=f"u{n}", speaker=who, start_ms=n * 1000, end_ms=n * 1000 + 900, text=text)
            for n, (who, text) in enumerate(said)
        )
    )


CALL = transcript(
    ("Boris", "Good morning, how was the lake?"),
    ("Anna", "It was lovely, thank you."),
    ("Boris", "The new pricing page costs about forty thousand euros."),
    ("Anna", "Okay, so we decided to launch the new pricing page in April."),
    ("Boris", "I'll send the contract to the agency by Friday."),
    ("Anna", "Who is going to translate the printed manual?"),
    ("Boris", "I don't know, we have to ask them."),
    ("Anna", "How many agencies did you ask for an offer?"),
    ("Boris", "I asked three agencies."),
)


def test_outcomes_are_found_with_owner_and_day() -> None:
    found = {one.belongs: one.draft for one in find_outcomes(CALL, ABOUT)}
    assert "launch the new pricing page" in found["decisions"].text
    assert (found["actions"].owner, found["actions"].due) == ("Boris", date(2026, 3, 6))
    assert "translate the printed manual" in found["questions"].text


def test_an_answered_question_is_not_open() -> None:
    texts = [one.draft.text for one in find_outcomes(CALL, ABOUT)]
    assert not any("How many agencies" in text for text in texts)


def test_small_talk_brings_nothing() -> None:
    assert find_outcomes(transcript(("A", "How was the lake?"), ("B", "Lovely.")), ABOUT) == ()


def test_what_is_noted_is_not_repeated() -> None:
    outcomes = find_outcomes(CALL, ABOUT)
    by_evidence = unnoted(
        outcomes, [Draft(text="x", evidence=(Evidence("u4"),))], [], language="en"
    )
    assert "actions" not in {one.belongs for one in by_evidence}
    by_words = unnoted(outcomes, [], ["launch new pricing page April"], language="en")
    assert "decisions" not in {one.belongs for one in by_words}


def test_a_section_gets_what_it_asks_for() -> None:
    figures = Section(id="f", headings={"en": "Figures"}, holds="figures")
    (found,) = found_for(figures, CALL, ABOUT)
    assert "€40,000" in found.draft.text
    cued = Section(id="c", headings={"en": "C"}, holds="said", cues=("pricing page costs",))
    assert [one.draft.evidence[0].utterance for one in found_for(cued, CALL, ABOUT)] == ["u2"]


def test_outcomes_are_the_same_every_time() -> None:
    assert find_outcomes(CALL, ABOUT) == find_outcomes(CALL, ABOUT)


def test_a_russian_meeting_has_outcomes_without_learning() -> None:
    about = About(people=("Борис",), glossary=(), meeting_date=date(2026, 3, 3), language="ru")
    call = transcript(
        ("Анна", "Мы решили запустить новую страницу в апреле."),
        ("Борис", "Я отправлю договор агентству до пятницы."),
    )
    found = {one.belongs: one.draft for one in find_outcomes(call, about)}
    assert found["actions"].owner == "Борис"
    assert found["actions"].due == date(2026, 3, 6)
    assert "решили" in found["decisions"].text
