"""A note in another language than the speech: its facts are still compared, its words cannot be."""

from datetime import date

import pytest

from granola_like.domain.enhanced import Detail, Evidence
from granola_like.domain.transcript import Utterance
from granola_like.enhance.compare_languages import latin
from granola_like.enhance.guard import Verdict, check
from granola_like.enhance.source import source_of

ENGLISH = (
    "The launch moves to the fifteenth of March because the tests need two more weeks, "
    "and Boris says it costs 12,000 dollars, three point five percent less."
)
RUSSIAN = (
    "Мы решили перенести запуск на пятнадцатое марта, бюджет сто двадцать тысяч евро, "
    "Борис не успевает."
)


def guarded(
    text: str, said: str, language: str, written_in: str, owner: str | None = None
) -> Verdict:
    source = source_of(
        [Evidence("u")],
        {"u": Utterance(id="u", speaker="Ana", start_ms=0, end_ms=1, text=said)},
        people=("Ana", "Boris", "Carla"),
        language=language,
        written_in=written_in,
        meeting_date=date(2026, 3, 2),
    )
    return check(text, source, owner=owner)


@pytest.mark.parametrize(
    ("text", "said", "language", "written_in"),
    [
        ("Запуск переносится на 15 марта, тестам нужны ещё две недели.", ENGLISH, "en", "ru"),
        ("Борис: стоит 12 000 долларов, на 3,5 % меньше.", ENGLISH, "en", "ru"),
        ("Start am 15. März; Boris nennt 12.000 Dollar, 3,5 % weniger.", ENGLISH, "en", "de"),
        ("Lancement le 15 mars, 2 semaines de tests, 12 000 dollars.", ENGLISH, "en", "fr"),
        ("The launch moves to 15 March, the budget is €120,000.", RUSSIAN, "ru", "en"),
        ("Boris will not make it.", RUSSIAN, "ru", "en"),
        ("Der Start ist am 15. März, das Budget 120.000 Euro.", RUSSIAN, "ru", "de"),
    ],
)
def test_the_same_facts_in_other_words_are_supported(
    text: str, said: str, language: str, written_in: str
) -> None:
    assert guarded(text, said, language, written_in) == Verdict("supported")


@pytest.mark.parametrize(
    ("text", "said", "languages", "kind", "wrong"),
    [
        ("Запуск переносится на 16 марта.", ENGLISH, "en in ru", "date", "16 марта"),
        ("Стоит 15 000 долларов.", ENGLISH, "en in ru", "amount", "15 000 долларов"),
        ("Стоит 12 000 евро.", ENGLISH, "en in ru", "amount", "12 000 евро"),
        ("Карла: нужны ещё две недели.", ENGLISH, "en in ru", "name", "Карла"),
        ("Der Start ist am 17. März.", ENGLISH, "en in de", "number", "17"),
        ("Das kostet 13.000 Dollar.", ENGLISH, "en in de", "number", "13.000"),
        ("Carla sagt, das kostet 12.000 Dollar.", ENGLISH, "en in de", "name", "Carla"),
        ("The budget is €130,000.", RUSSIAN, "ru in en", "amount", "€130,000"),
        ("Carla will not make it.", RUSSIAN, "ru in en", "name", "Carla"),
    ],
)
def test_another_fact_is_found_in_another_language_too(
    text: str, said: str, languages: str, kind: str, wrong: str
) -> None:
    verdict = guarded(text, said, *languages.split(" in "))
    assert verdict.finding == "changed"
    assert [(one.kind, one.in_point) for one in verdict.details] == [(kind, wrong)]


def test_an_owner_is_compared_in_every_language() -> None:
    verdict = guarded("Schreibt an alle.", "I'll write to all.", "en", "de", owner="Carla")
    assert Detail("owner", "Carla", "Ana") in verdict.details
    assert guarded("Schreibt an alle.", "I'll write to all.", "en", "de", owner="Ana").details == ()


def test_one_language_is_compared_as_before() -> None:
    assert guarded("It costs 13,000 dollars.", ENGLISH, "en", "en").finding == "changed"
    assert guarded("It does not cost 12,000 dollars.", ENGLISH, "en", "en").finding == "changed"


def test_names_are_spelled_in_latin_letters() -> None:
    assert latin("Борис Щёлоков") == "boris shchelokov"
    assert latin("José") == "jose"
