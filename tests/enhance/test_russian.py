"""A Russian meeting becomes a Russian note: tasks with owners and days, decisions, digits."""

from datetime import UTC, date, datetime
from pathlib import Path

import pytest

from granola_like.domain.enhanced import WRITTEN, Block
from granola_like.enhance.acts import act_of
from granola_like.enhance.align import align
from granola_like.enhance.due import due_in
from granola_like.enhance.extract import ExtractiveWriter
from granola_like.enhance.fluency import clean_speech
from granola_like.enhance.job import enhance, guard_note
from granola_like.enhance.russian_verbs import of_speaker, to_do
from granola_like.enhance.templates import shipped_templates
from granola_like.exchange.bundle import read_bundle
from granola_like.jobs import run

MEETING = Path(__file__).resolve().parents[2] / "docs" / "examples" / "planerka.meeting.json"


@pytest.fixture(scope="module")
def blocks() -> tuple[Block, ...]:
    bundle = read_bundle(MEETING)
    note = run(
        enhance(
            bundle,
            writer=ExtractiveWriter(),
            alignment=align(bundle),
            template=shipped_templates()[0],
            now=datetime(2026, 3, 3, tzinfo=UTC),
        )
    )
    return note.blocks


def test_promises_have_owner_day_and_third_person(blocks: tuple[Block, ...]) -> None:
    tasks = {(one.owner, one.due): one.text for one in blocks if one.kind == "action"}
    assert tasks["Ольга", date(2026, 3, 5)] == (
        "Ольга напишет агентству сегодня до вечера и пришлёт всем новый медиаплан до четверга"
    )
    assert tasks["Ольга", date(2026, 3, 3)].startswith("Ольга: написать агентству сегодня")
    assert "Борис" in {owner for owner, _ in tasks}


def test_decisions_and_figures_are_in_digits(blocks: tuple[Block, ...]) -> None:
    decided = [one.text for one in blocks if one.kind == "decision"]
    assert "Решили, переносим запуск на 29 марта" in decided
    assert any("уберём наружную рекламу" in text for text in decided)
    told = " ".join(one.text for one in blocks)
    assert "80%" in told
    assert "3,5 млн рублей" in told
    assert "450 рублей" in told
    assert "1\u00a0400" in told


def test_what_was_left_open_is_asked(blocks: tuple[Block, ...]) -> None:
    asked = [one.text for one in blocks if one.kind == "question"]
    assert any("кто будет отвечать за обучение" in text.casefold() for text in asked)


def test_nothing_is_doubted_and_no_line_is_empty(blocks: tuple[Block, ...]) -> None:
    written = [one for one in blocks if one.kind in WRITTEN]
    assert {one.finding for one in written} == {"supported"}
    noted = {one.note for one in blocks if one.kind == "note"}
    assert noted == {one.note for one in written if one.note}


def test_the_guard_reads_it_anew(blocks: tuple[Block, ...]) -> None:
    assert guard_note(read_bundle(MEETING)) == ()
    assert all(not one.details for one in blocks)


@pytest.mark.parametrize(
    ("said", "told"),
    [
        ("Я напишу агентству и пришлю план", "Борис напишет агентству и пришлёт план"),
        ("Тогда проверю договор", "Борис проверит договор"),
        ("Я тогда проверю договор", "Борис проверит договор"),
        ("Пришлю свой отчёт", "Борис пришлёт свой отчёт"),
        ("Я проверю, что мне прислали", None),
        ("Думаю, успеем", None),
        ("Мы проверим договор", None),
    ],
)
def test_the_speaker_becomes_the_subject(said: str, told: str | None) -> None:
    assert of_speaker(said, "Борис") == told


@pytest.mark.parametrize(
    ("said", "wanted"),
    [
        ("Анна, проверь, пожалуйста, договор", "проверить договор"),
        ("Можешь прислать отчёт?", "прислать отчёт"),
        ("Свяжитесь с банком", "связаться с банком"),
        ("Договор подписан", None),
    ],
)
def test_a_request_is_known(said: str, wanted: str | None) -> None:
    assert to_do(said) == wanted


@pytest.mark.parametrize(
    ("said", "act"),
    [
        ("Давайте уберём наружную рекламу", "decision"),
        ("Давайте вернёмся к этому в пятницу", "point"),
        ("Пока не решили", "question"),
        ("Мы не договорились о цене", "point"),
        ("Дмитрий, уточни у юристов до пятницы", "action"),
        ("Я выпущу исправление до конца недели", "action"),
    ],
)
def test_what_a_sentence_does(said: str, act: str) -> None:
    assert act_of(said, language="ru") == act


def test_a_day_from_which_is_not_due() -> None:
    day = date(2026, 3, 3)
    assert due_in("размещение куплено с пятнадцатого", language="ru", meeting_date=day) is None
    assert due_in("the price holds from Friday", meeting_date=day) is None
    assert due_in("пришлю до пятнадцатого", language="ru", meeting_date=day) == date(2026, 3, 15)


def test_a_preposition_before_its_own_letter_stays() -> None:
    text = "Исправление будет в версии пять"
    assert clean_speech(text, language="ru") == text
