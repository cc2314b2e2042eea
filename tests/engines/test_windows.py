import numpy as np
from hypothesis import given
from hypothesis import strategies as st

from granola_like.engines.base import SAMPLE_RATE, Samples
from granola_like.engines.windows import LONGEST_MS, Window, plan, unheard_from


def noise(seconds: float) -> Samples:
    return np.random.default_rng(1).normal(0, 0.1, int(seconds * SAMPLE_RATE)).astype(np.float32)


@given(seconds=st.integers(0, 150), pauses=st.lists(st.integers(0, 150_000), max_size=40))
def test_windows_cover_the_sound_without_gap_or_overlap(seconds: int, pauses: list[int]) -> None:
    windows = plan(np.zeros(seconds * SAMPLE_RATE, np.float32), sorted(set(pauses)))
    edges = [0, *(window.end_ms for window in windows)]
    assert [window.start_ms for window in windows] == edges[:-1]
    assert edges[-1] == seconds * 1000
    assert all(0 < window.end_ms - window.start_ms <= LONGEST_MS for window in windows)


def test_windows_end_at_pauses_and_are_alike() -> None:
    pauses = list(range(2_500, 60_000, 2_500))
    windows = plan(noise(60), pauses)
    assert [window.end_ms for window in windows] == [20_000, 40_000, 60_000]


def test_without_pauses_the_quietest_place_is_cut() -> None:
    sound = noise(30)
    sound[int(17.0 * SAMPLE_RATE) : int(17.1 * SAMPLE_RATE)] = 0
    first, _ = plan(sound, [])
    assert 17_000 <= first.end_ms <= 17_100


def test_what_was_left_out_begins_at_the_next_pause() -> None:
    window = Window(0, 20_000)
    assert unheard_from(window, 11_950, [4_000, 12_000, 16_000]) == 12_000
    assert unheard_from(window, 15_000, [4_000, 12_000, 16_000]) == 16_000
    assert unheard_from(window, 19_000, [4_000, 12_000, 16_000]) is None


def test_too_little_to_hold_a_word_is_left() -> None:
    assert unheard_from(Window(0, 20_000), 18_000, [19_700]) is None
