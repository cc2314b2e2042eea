"""Numbers, amounts, days and times compare by what they mean, not by how they were said."""

from datetime import date
from decimal import Decimal
from itertools import pairwise

import pytest
from hypothesis import given
from hypothesis import strategies as st

from granola_like.text.number_words import each
from granola_like.text.quantities import find_quantities

TUESDAY = date(2026, 3, 3)


def keys(text: str, language: str = "en", meeting_date: date | None = TUESDAY) -> list[str]:
    found = find_quantities(text, language=language, meeting_date=meeting_date)
    return [one.key for one in found]


@pytest.mark.parametrize(
    ("texts", "key"),
    [
        (["120k", "120,000", "a hundred and twenty thousand", "120 thousand"], "number:120000"),
        (["$120k", "120 thousand dollars", "USD 120,000", "$0.12m"], "amount:120000:USD"),
        (["33%", "thirty three percent", "33 per cent", "thirty-three per cent"], "percent:33"),
        (["Q3", "third quarter", "the 3rd quarter", "Q three"], "quarter:3"),
        (
            ["March 17", "17 March", "the seventeenth of March", "17th of March", "2026-03-17"],
            "date:2026-03-17",
        ),
        (["Friday", "by Friday", "this Friday"], "date:2026-03-06"),
        (["next Friday", "on 13 March"], "date:2026-03-13"),
        (["tomorrow", "March 4th"], "date:2026-03-04"),
        (["half past three", "3:30"], "time:3:30"),
        (["3pm", "3 p.m.", "15:00", "three pm"], "time:15:00"),
        (["2026", "twenty twenty six", "two thousand and twenty six"], "number:2026"),
        (["2.5 million", "two and a half million", "two point five million"], "number:2500000"),
        (["1.5m", "one point five million"], "number:1500000"),
        (["€3bn", "three billion euros"], "amount:3000000000:EUR"),
        (["three and a half", "3.5"], "number:3.5"),
        (["half a million", "500k", "500,000"], "number:500000"),
        (["next week"], "week:2026-W11"),
    ],
)
def test_one_fact_has_one_key(texts: list[str], key: str) -> None:
    assert [keys(text) for text in texts] == [[key]] * len(texts)


@pytest.mark.parametrize(
    ("texts", "key"),
    [
        (["сто двадцать тысяч", "120 тыс.", "120 000", "ста двадцати тысяч"], "number:120000"),
        (["120 тысяч долларов", "$120 000"], "amount:120000:USD"),
        (["тысяча четыреста", "тысячу четыреста", "1 400"], "number:1400"),
        (["миллион двести тысяч рублей", "1,2 млн рублей"], "amount:1200000:RUB"),
        (["миллион рублей", "1 млн рублей"], "amount:1000000:RUB"),
        (["в третьем квартале", "3 квартал", "Q3"], "quarter:3"),
        (["до пятницы", "в пятницу"], "date:2026-03-06"),
        (["17 марта", "семнадцатого марта"], "date:2026-03-17"),
        (["два с половиной миллиона", "2,5 млн"], "number:2500000"),
        (["полтора миллиона", "1,5 миллиона"], "number:1500000"),
        (["тридцать три процента", "33%"], "percent:33"),
        (["двадцать пятого марта 2026 года"], "date:2026-03-25"),
        (["в половине третьего"], "time:2:30"),
        (["на следующей неделе"], "week:2026-W11"),
    ],
)
def test_russian_facts_have_the_same_keys(texts: list[str], key: str) -> None:
    assert [keys(text, "ru") for text in texts] == [[key]] * len(texts)


@pytest.mark.parametrize(
    "text",
    [
        "one of us should go, no one did",
        "on second thought, a couple of them",
        "May I ask something? It may be late.",
        "v2 of the mp3 in ES2002a",
        "hundreds of people, first of all, just a second",
        "Sat down and marched on",
    ],
)
def test_words_that_only_look_like_facts_are_none(text: str) -> None:
    assert keys(text) == []


def test_a_fact_without_a_meeting_date_keeps_what_was_said() -> None:
    assert keys("by Friday the 17th of March, next week", meeting_date=None) == [
        "weekday:5",
        "date:03-17",
        "week:+1",
    ]


def test_both_ends_of_a_range_carry_scale_and_unit() -> None:
    assert keys("2-3 million") == ["number:2000000", "number:3000000"]
    assert keys("twenty to thirty percent") == ["percent:20", "percent:30"]
    assert keys("$2-3m") == ["amount:2000000:USD", "amount:3000000:USD"]
    assert keys("one hundred and fifty to two hundred") == ["number:150", "number:200"]
    assert keys("one or two roles") == ["number:1", "number:2"]


def test_a_phone_number_is_one_code() -> None:
    assert keys("call +49 30 123456, code seven two five six") == ["code:4930123456", "code:7256"]


def test_loose_forms_leave_out_what_people_leave_out() -> None:
    dollars, bare = find_quantities("$120k, 120k")
    assert dollars.loose == bare.loose
    spoken, typed = find_quantities("at 3 pm, at 3:00")
    assert spoken.loose == typed.loose


@given(st.text(max_size=200), st.sampled_from(["en", "ru", "de", "xx"]))
def test_any_text_can_be_read(text: str, language: str) -> None:
    found = find_quantities(text, language=language, meeting_date=TUESDAY)
    assert all(text[one.start : one.end] == one.text != "" for one in found)
    assert all(one.end <= two.start for one, two in pairwise(found))


WORDS = (
    "one two three twenty thirty hundred thousand million and a half point oh first third".split()
)
CALENDAR = (
    "march may friday next of the to by at pm quarter week half past percent dollars $ 3 17".split()
)


@given(st.lists(st.sampled_from(WORDS + CALENDAR), max_size=12).map(" ".join))
def test_any_jumble_of_number_words_can_be_read(text: str) -> None:
    found = find_quantities(text, meeting_date=TUESDAY)
    assert all(text[one.start : one.end] == one.text != "" for one in found)
    assert all(one.end <= two.start for one, two in pairwise(found))


def _in_words(number: int) -> str:
    small = each(
        "zero one two three four five six seven eight nine ten eleven twelve thirteen fourteen "
        "fifteen sixteen seventeen eighteen nineteen"
    )
    tens = each("- - twenty thirty forty fifty sixty seventy eighty ninety")
    if number < 20:
        return small[number]
    if number < 100:
        return tens[number // 10] + (f"-{small[number % 10]}" if number % 10 else "")
    for size, name in ((10**6, "million"), (1000, "thousand"), (100, "hundred")):
        if number >= size:
            rest = f" and {_in_words(number % size)}" if number % size else ""
            if number % size >= 100:
                rest = f" {_in_words(number % size)}"
            return f"{_in_words(number // size)} {name}{rest}"
    raise AssertionError


@given(st.integers(min_value=2, max_value=999_999_999))
def test_a_number_in_words_is_the_number_in_digits(number: int) -> None:
    found = find_quantities(f"about {_in_words(number)} seats")
    assert [one.value for one in found] == [Decimal(number)]
    assert find_quantities(f"{number:,} seats")[0].key == found[0].key
