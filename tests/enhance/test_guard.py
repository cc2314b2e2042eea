"""The guard's law: a fact that the cited words do not bear out is never `supported`."""

from datetime import date

import pytest
from hypothesis import assume, example, given
from hypothesis import strategies as st

from granola_like.domain.enhanced import Evidence
from granola_like.domain.transcript import Utterance, Word
from granola_like.enhance.guard import Verdict, check
from granola_like.enhance.source import Source, source_of

TUESDAY = date(2026, 3, 3)
LONG = "a hundred and twenty thousand"
PEOPLE = ("Boris Petrov", "Anna Schmidt", "Maria Lopez")


def source(*said: tuple[str, str], line: str = "", language: str = "en") -> Source:
    utterances = {
        f"u{n}": Utterance(id=f"u{n}", speaker=speaker, start_ms=n, end_ms=n, text=text)
        for n, (speaker, text) in enumerate(said)
    }
    return source_of(
        [Evidence(name) for name in utterances],
        utterances,
        line=line,
        people=PEOPLE,
        language=language,
        meeting_date=TUESDAY,
    )


def judge(text: str, *said: tuple[str, str], line: str = "", language: str = "en") -> Verdict:
    return check(text, source(*said, line=line, language=language))


@pytest.mark.parametrize(
    ("point", "said"),
    [
        ("The budget is $120,000", "the budget is a hundred and twenty thousand dollars"),
        ("The budget is 120k", "so about a hundred and twenty thousand dollars"),
        ("33% growth in Q3", "thirty three percent uh growth in the third quarter"),
        ("Launch on March 17", "we launch on the seventeenth of March"),
        ("Launch on 2026-03-06", "we launch by Friday"),
        ("Anna Schmidt will check", "Anna will check"),
        ("It sold 25 units", "it sold twenty uh five units"),
        ("Not before March", "not before March"),
    ],
)
def test_the_same_fact_in_other_words_is_supported(point: str, said: str) -> None:
    assert judge(point, ("Boris", said)) == Verdict("supported")


@pytest.mark.parametrize(
    ("point", "said", "kind", "in_source"),
    [
        ("The budget is $130,000", f"it is {LONG} dollars", "amount", f"{LONG} dollars"),
        ("The budget is $120m", f"it is {LONG} dollars", "amount", f"{LONG} dollars"),
        ("The budget is €120,000", f"it is {LONG} dollars", "amount", f"{LONG} dollars"),
        ("The budget is $120,000", f"it is {LONG}", "amount", LONG),
        ("43% growth", "thirty three percent growth", "percent", "thirty three percent"),
        ("33% growth", "thirty three of them grew", "percent", "thirty three"),
        ("Launch on March 18", "we launch on the 17th of March", "date", "17th of March"),
        ("Launch on Monday", "we launch on Friday", "date", "Friday"),
        ("Launch in Q4", "we launch in the third quarter", "date", "third quarter"),
        ("Maria will check", "Anna will check", "name", "Anna"),
        ("We met Globex", "we met Initech there", "name", "Initech"),
        ("5 people came", "six people came", "number", "six"),
        ("33 people came", "thirty three percent came", "number", "thirty three percent"),
        ("It takes two months", "it takes two weeks", "number", "two weeks"),
        ("One option is left", "three options are left", "number", "three option"),
        ("Maria and Anna check it", "Anna will check it", "name", "Anna"),
        ("Costs go up", "costs go down a lot", "direction", "down"),
    ],
)  # fmt: skip
def test_another_fact_is_named_with_the_words_on_both_sides(
    point: str, said: str, kind: str, in_source: str
) -> None:
    verdict = judge(point, ("Boris", said))
    assert verdict.finding == "changed"
    assert (kind, in_source) in {(one.kind, one.in_source) for one in verdict.details}


def test_another_owner_is_named() -> None:
    said = source(("Boris Petrov", "I'll send it to Anna tomorrow"))
    assert check("Boris Petrov will send it to Anna", said, owner="Boris Petrov").details == ()
    verdict = check("Anna will send it to Boris", said, owner="Anna Schmidt")
    assert ("owner", "Anna Schmidt", "Boris Petrov") in {
        (one.kind, one.in_point, one.in_source) for one in verdict.details
    }


def test_a_due_day_that_nobody_said_is_named() -> None:
    said = source(("Boris", "I'll send it by Friday"))
    assert check("Boris will send it", said, due=date(2026, 3, 6)).finding == "supported"
    assert check("Boris will send it", said, due=date(2026, 3, 9)).finding == "changed"


@pytest.mark.parametrize(
    ("point", "said"),
    [
        ("They agreed to the budget", "they did not agree to the budget"),
        ("They did not agree to the budget", "they agreed to the budget"),
        ("Мы согласовали бюджет на год", "мы не согласовали бюджет на год"),
    ],
)
def test_a_lost_or_added_denial_is_named(point: str, said: str) -> None:
    language = "ru" if point.startswith("Мы") else "en"
    verdict = judge(point, ("Boris", said), language=language)
    assert [one.kind for one in verdict.details] == ["negation"]


def test_a_denial_of_something_else_does_not_matter() -> None:
    said = "We don't need the old buttons. The new remote control will be sold in Europe next year."
    assert (
        judge("The new remote control will be sold in Europe", ("B", said)).finding == "supported"
    )


def test_what_cites_nothing_is_unsupported() -> None:
    assert judge("Anything at all").finding == "unsupported"
    assert source_of([Evidence("gone")], {}).has_words is False


def test_only_the_cited_words_of_an_utterance_count() -> None:
    text = "It costs ten euros. It costs twenty euros."
    timed = tuple(Word(word, n, n) for n, word in enumerate(text.split()))
    said = {"u": Utterance(id="u", start_ms=0, end_ms=9, text=text, words=timed)}
    first, second = (source_of([Evidence("u", at, at + 4)], said) for at in (0, 4))
    assert check("It costs €10", first).finding == "supported"
    assert check("It costs €10", second).finding == "changed"


def test_the_persons_line_completes_a_value_but_never_gives_one() -> None:
    said = ("Boris", "it is a hundred and twenty thousand")
    assert judge("It is $120,000", said, line="$120k?").finding == "supported"
    assert judge("It is $130,000", said, line="$130k?").finding == "changed"
    assert judge("Maria agrees it is 120k", said, line="Maria 120k").finding == "changed"


NUMBERS = st.integers(min_value=2, max_value=10**7)
CARRIERS = [
    "We need {} of them",
    "It is ${} in all",
    "That makes {}%",
    "It is {} euros for Anna",
    "Boris said {} people agreed to the plan",
]


@given(NUMBERS, NUMBERS, st.sampled_from(CARRIERS), st.sampled_from(CARRIERS), st.booleans())
def test_law_another_number_is_never_supported(
    said: int, written: int, spoken_in: str, written_in: str, grouped: bool
) -> None:
    assume(said != written)
    figure = f"{said:,}" if grouped else str(said)
    verdict = judge(
        written_in.format(written), ("Boris Petrov", spoken_in.format(figure) + ", Anna")
    )
    assert verdict.finding == "changed"
    assert any(one.in_point for one in verdict.details)


@given(
    st.dates(date(2026, 1, 10), date(2026, 12, 20)), st.dates(date(2026, 1, 10), date(2026, 12, 20))
)
def test_law_another_day_is_never_supported(said: date, written: date) -> None:
    assume(said != written)
    verdict = judge(f"Launch on {written:%B} {written.day}, 2026", ("B", f"on {said.isoformat()}"))
    assert verdict.finding == "changed"


@given(st.sampled_from(PEOPLE), st.sampled_from(PEOPLE))
@example("Maria Lopez", "Anna Schmidt")
def test_law_another_name_is_never_supported(said: str, written: str) -> None:
    assume(said != written)
    assert (
        judge(f"We ask {written} about it", ("x", f"we ask {said} about it")).finding == "changed"
    )


@given(st.text(max_size=80), st.text(max_size=80))
def test_any_text_can_be_judged_and_again_the_same(point: str, said: str) -> None:
    assert judge(point, ("Boris", said)) == judge(point, ("Boris", said))


@given(st.text(max_size=80))
def test_law_nothing_is_supported_by_no_words(point: str) -> None:
    assert judge(point).finding == "unsupported"
