"""Questions are seen by their words: many speech engines write no question mark."""

import pytest

from granola_like.enhance.acts import act_of, is_hypothetical
from granola_like.enhance.asking import asks_directly, asks_indirectly

EN_ASKS = (
    "Do we need more people",
    "Is that fine for everybody",
    "So, Anna, have you talked to the agency",
    "How many people do we need for this",
    "Which colour should it be",
    "Who will take care of the contract",
    "What about the translation of the manual",
    "When do we launch",
    "Why don't we ask them",
    "Any other questions",
    "If we sell it for less, can we still make a profit",
    "One button or two, what do you think",
    "Does the new filter make things better or worse",
    "For which market is it",
    "Where's the prototype now",
)
EN_TELLS = (
    "Do the research before the next meeting",
    "Have a look at the slides",
    "What we need is more people",
    "What's great about this is the price",
    "Which is good",
    "When we launch, we need more people",
    "How they do it is their business",
    "We don't know the price",
    "If we sold it for less, we would lose money",
    "Could just as easily be done without curves",
    "Will be ready by Friday",
    "The question of the price is settled",
    "Can be done by the agency",
)
RU_ASKS = (
    "Сколько людей нам нужно",
    "Нужно ли нам больше людей",
    "А кто возьмёт договор",
    "Когда мы запускаемся",
    "Это всех устраивает",
    "Успеем ли мы до пятницы",
    "У кого есть доступ к серверу",
    "Что делаем с переводом",
    "Неужели они отказались",
    "Есть ещё вопросы",
)
RU_TELLS = (
    "Нам нужно больше людей",
    "Когда закончим тесты, запустим рекламу",
    "Что касается бюджета",
    "Как только придёт договор, подпишем",
    "Вряд ли мы успеем",
    "Кто успел, тот и съел",
    "Договор возьмёт Анна",
    "Не знаю",
)


@pytest.mark.parametrize("sentence", EN_ASKS)
def test_a_question_without_its_mark_is_seen(sentence: str) -> None:
    assert asks_directly(sentence)
    assert asks_directly(sentence + ".")
    assert act_of(sentence) == "question"


@pytest.mark.parametrize("sentence", EN_TELLS)
def test_what_only_begins_like_a_question_is_none(sentence: str) -> None:
    assert not asks_directly(sentence)


@pytest.mark.parametrize("sentence", RU_ASKS)
def test_a_russian_question_without_its_mark_is_seen(sentence: str) -> None:
    assert asks_directly(sentence, language="ru")
    assert act_of(sentence, language="ru") == "question"


@pytest.mark.parametrize("sentence", RU_TELLS)
def test_a_russian_statement_is_no_question(sentence: str) -> None:
    assert not asks_directly(sentence, language="ru")


@pytest.mark.parametrize(
    ("sentence", "language"),
    [
        ("I was wondering if the price is right", "en"),
        ("I'd like to know how long it takes", "en"),
        ("It's not really clear to me who pays for this", "en"),
        ("Хочу понять, сколько это стоит", "ru"),
        ("Непонятно, кто за это платит", "ru"),
    ],
)
def test_who_wants_to_know_asks_too(sentence: str, language: str) -> None:
    assert asks_indirectly(sentence, language=language)
    assert act_of(sentence, language=language) == "question"


def test_a_request_stays_an_action_without_its_mark() -> None:
    assert act_of("Could you send the contract by Friday") == "action"
    assert act_of("Should I send the contract") == "question"


def test_when_asks_or_supposes() -> None:
    assert is_hypothetical("When the tests are over, we launch")
    assert not is_hypothetical("When do we launch")
