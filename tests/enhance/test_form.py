"""What makes a spoken sentence read badly is seen, and spoken spellings are written out."""

import pytest

from granola_like.domain.transcript import Utterance
from granola_like.enhance.acts import act_of
from granola_like.enhance.form import faults, says_nothing_itself, written_out
from granola_like.enhance.person import in_third_person, request


@pytest.mark.parametrize(
    "sentence",
    [
        "The remote control should be used only for television",
        "Not a single province currently meets the benchmark of 4.1 hours",
        "We decided to launch in March",
        "Budget grew by five percent",
        "That's what we are looking for",
    ],
)
def test_a_good_sentence_is_not_marked_down_much(sentence: str) -> None:
    assert faults(sentence) <= 0.2


@pytest.mark.parametrize(
    "sentence",
    [
        "Two questions about the cover",
        "A little sticky pad to stick on top of your television",
        "The reserves will be utilised for",
        "Which might be easier given that we launch in March",
        "I don't think I think the younger will be most interested",
        "I think can be an good option",
        "We'll yeah tha let's provisionally go for a touch screen",
        "The but we need more people",
        "If you use colour LCD",
        "Buttons are cheap compared to the display which are",
        "Wonder why is there anything about it",
    ],
)
def test_what_reads_badly_is_marked_down(sentence: str) -> None:
    assert faults(sentence) >= 0.3


def test_russian_fragments_are_seen() -> None:
    assert faults("Мы перенесли запуск на март", language="ru") == 0
    assert faults("Красная кнопка справа", language="ru") >= 0.5


def test_spoken_spellings_are_written_out() -> None:
    assert written_out("Gonna save it 'cause we wanna") == "Going to save it because we want to"
    assert written_out("The cause of the incident") == "The cause of the incident"


def test_a_task_that_only_points_is_known() -> None:
    assert says_nothing_itself("I'll do that by Friday")
    assert not says_nothing_itself("I'll send the contract by Friday")


ANNA = Utterance(id="u", speaker="Anna", start_ms=0, end_ms=1, text="")


@pytest.mark.parametrize(
    ("said", "owner", "language", "task"),
    [
        ("Boris, could you please send the contract?", "Boris", "en", "Boris to send the contract"),
        ("Can you send me my slides", None, "en", "Send Anna Anna's slides"),
        ("Could you order the badges by Friday?", None, "en", "Order the badges by Friday"),
        ("Борис, можешь прислать договор?", "Борис", "ru", "Борис: прислать договор"),
        ("Нужно заказать бейджи до пятницы", None, "ru", "Заказать бейджи до пятницы"),
        ("We sent the contract", None, "en", None),
        ("Could you send what I wrote", None, "en", None),
    ],
)
def test_a_request_is_written_as_a_task(
    said: str, owner: str | None, language: str, task: str | None
) -> None:
    assert request(said, ANNA, owner, language=language) == task


def test_an_opinion_without_a_subject_is_only_attributed() -> None:
    assert in_third_person("I think can be an option", ANNA).text == "Anna: Can be an option"
    assert in_third_person("I think it works", ANNA).text == "Anna thinks it works"


def test_a_condition_may_lead_to_a_promise() -> None:
    assert act_of("If he sends the details, I'll check them by Friday") == "action"
    assert act_of("If he sends the details, the agency will be happy") == "point"


def test_who_approves_decides() -> None:
    assert act_of("The board approved the budget") == "decision"
    assert act_of("The plan will have to be approved by all members") == "point"
