"""Notes of a meeting on any day that a bundle can state are read without a crash."""

from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as st

from granola_like.text.quantities import find_quantities

SAID = {
    "en": "today, tomorrow, the day after tomorrow, yesterday; Friday, next Friday, this Monday, "
    "last Sunday; next week, last week, this month, next quarter; by the 17th, on the 31st; "
    "March 17, 29 February, 2026-03-17, 17.03.26, 0000-01-01, 9999-12-31, Q3 2026, half past three",
    "ru": "сегодня, завтра, послезавтра, вчера; в пятницу, в следующую пятницу, в эту среду, "
    "в прошлое воскресенье; на следующей неделе, на прошлой неделе; до 17-го; 17 марта, 29 февраля",
}
days = st.dates() | st.sampled_from([date.min, date.max]) | st.dates(max_value=date(1, 2, 1))
last_days = st.dates(min_value=date(9999, 12, 1))


@pytest.mark.parametrize("language", ["en", "ru"])
@given(day=days | last_days)
def test_no_day_is_too_early_or_too_late(day: date, language: str) -> None:
    words = {one.text for one in find_quantities(SAID[language], language=language)}
    found = find_quantities(SAID[language], language=language, meeting_date=day)
    assert {"tomorrow", "next Friday"} <= words or language == "ru"
    assert len(found) >= 10


@given(st.integers(0, 10**30), st.integers(0, 99), st.integers(0, 99))
def test_no_number_is_too_large_for_a_date(year: int, month: int, day: int) -> None:
    for text in (f"{year}-{month:02}-{day:02}", f"{day}.{month}.{year}", f"March {day}, {year}"):
        find_quantities(text, meeting_date=date(9999, 12, 31))


def test_beyond_the_last_day_a_weekday_is_only_a_weekday() -> None:
    for text, key in (
        ("next Friday", "weekday:5"),
        ("tomorrow", "day:+1"),
        ("next week", "week:+1"),
    ):
        assert [one.key for one in find_quantities(text, meeting_date=date.max)] == [key]
    assert find_quantities("last week", meeting_date=date.min)[0].key == "week:-1"
