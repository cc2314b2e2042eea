"""Jobs: progress, results, and stopping that tidies up."""

import pytest

from granola_like.jobs import Cancelled, Job, Progress, run


def _counting(told: list[str]) -> Job[int]:
    try:
        for number in range(3):
            yield Progress("Counting", number / 3)
        return 3
    finally:
        told.append("tidied up")


def test_a_job_tells_how_far_it_is_and_returns() -> None:
    told: list[str] = []
    seen: list[Progress] = []
    assert run(_counting(told), on_progress=seen.append) == 3
    assert [news.fraction for news in seen] == [0, 1 / 3, 2 / 3]
    assert told == ["tidied up"]


def test_a_stopped_job_tidies_up() -> None:
    told: list[str] = []
    seen: list[Progress] = []
    with pytest.raises(Cancelled):
        run(_counting(told), on_progress=seen.append, is_cancelled=lambda: len(seen) == 2)
    assert told == ["tidied up"]


def test_an_error_of_whoever_listens_stops_the_job() -> None:
    told: list[str] = []

    def broken(_: Progress) -> None:
        raise ZeroDivisionError

    with pytest.raises(ZeroDivisionError):
        run(_counting(told), on_progress=broken)
    assert told == ["tidied up"]
