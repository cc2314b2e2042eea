from datetime import date, datetime, timedelta

import pytest
from PySide6.QtCore import QLocale

from granola_like.domain.times import clock
from granola_like_ui.home import telling

TODAY = date(2026, 3, 3)
ENGLISH = QLocale(QLocale.Language.English, QLocale.Country.UnitedKingdom)
RUSSIAN = QLocale(QLocale.Language.Russian, QLocale.Country.Russia)


@pytest.mark.parametrize(
    ("back", "says"),
    [(0, "Today"), (1, "Yesterday"), (2, "Sunday"), (6, "Wednesday"), (7, "February"),
     (62, "December 2025"), (-1, "Later")],
)  # fmt: skip
def test_near_days_are_words_and_older_ones_months(back: int, says: str) -> None:
    day = TODAY - timedelta(days=back)
    assert telling.near_day(day, today=TODAY, locale=ENGLISH) == says


def test_full_days_have_their_year_when_it_is_another() -> None:
    assert telling.full_day(TODAY, today=TODAY, locale=ENGLISH) == "Tuesday, 3 March"
    last = date(2025, 12, 31)
    assert telling.full_day(last, today=TODAY, locale=ENGLISH) == "Wednesday, 31 December 2025"
    assert telling.full_day(TODAY, today=TODAY, locale=RUSSIAN) == "Вторник, 3 марта"


def test_what_is_older_than_a_week_is_told_by_its_day() -> None:
    at = datetime(2026, 3, 3, 9, 30).astimezone()
    assert telling.near_time(at, today=TODAY, locale=ENGLISH) == "09:30"
    older = at - timedelta(days=7)
    assert telling.near_time(older, today=TODAY, locale=ENGLISH) == "24 Feb"


@pytest.mark.parametrize(
    ("ms", "says"),
    [(0, ""), (4_000, "1 min"), (840_000, "14 min"), (3_600_000, "1 h"),
     (3_900_000, "1 h 5 min"), (3_599_000, "1 h")],
)  # fmt: skip
def test_lengths(ms: int, says: str) -> None:
    assert telling.length(ms) == says


@pytest.mark.parametrize(
    ("ms", "says"), [(-5, "0:00"), (9_999, "0:09"), (1_267_000, "21:07"), (3_723_000, "1:02:03")]
)
def test_clock(ms: int, says: str) -> None:
    assert clock(ms) == says
