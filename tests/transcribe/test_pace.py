"""The time left, by how fast it has been."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from granola_like.transcribe.pace import Pace


@given(
    speed=st.floats(1e-4, 1e-2),
    before=st.floats(0, 0.5),
    moments=st.lists(st.floats(3, 1000), min_size=1, max_size=5),
)
def test_at_an_even_speed_it_is_exact(speed: float, before: float, moments: list[float]) -> None:
    """What was done before, in another run, does not count as speed."""
    clock = [0.0]
    pace = Pace(now=lambda: clock[0])
    assert pace.left(before) is None
    for moment in sorted(moments):
        clock[0] = moment
        fraction = before + speed * moment
        if not before + 0.01 <= fraction <= 1:
            continue
        assert pace.left(fraction) == pytest.approx((1 - fraction) / speed)


def test_nothing_is_claimed_at_the_beginning() -> None:
    clock = [0.0]
    pace = Pace(now=lambda: clock[0])
    pace.left(0.0)
    clock[0] = 1.0
    assert pace.left(0.5) is None
    clock[0] = 60.0
    assert pace.left(0.001) is None
