"""Where sound belongs in time, told by nothing but when blocks arrived."""

from itertools import pairwise

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from granola_like.audio.timeline import Anchor, Segment, stretches

RATE = 48_000


def arrivals(
    seconds: float, *, ppm: float, start: float, seed: int, at: float = 0.0
) -> tuple[Anchor, ...]:
    """One anchor a second, each late by a little, seldom by a lot."""
    rng = np.random.default_rng(seed)
    frames = np.arange(RATE, int(seconds * RATE) + 1, RATE)
    late = rng.exponential(0.0008, len(frames)) + (rng.random(len(frames)) < 0.1) * 0.1
    times = start + at + frames / RATE / (1 + ppm * 1e-6) + late
    return tuple(Anchor(int(f), float(t)) for f, t in zip(frames, times, strict=True))


@given(
    ppm=st.floats(-300, 300),
    seconds=st.integers(10, 900),
    start=st.floats(0, 1e6),
    seed=st.integers(0, 10**6),
)
def test_a_drifting_device_is_placed_and_its_drift_measured(
    ppm: float, seconds: int, start: float, seed: int
) -> None:
    anchors = arrivals(seconds, ppm=ppm, start=start, seed=seed)
    (part,) = stretches([Segment("a", RATE, seconds * RATE, anchors, "start")])
    if seconds <= 30:
        assert part.ppm == 0
        return
    assert part.start == pytest.approx(start, abs=0.006)
    assert part.ppm == pytest.approx(ppm, abs=max(4.0, 6000 / seconds))
    assert part.end == pytest.approx(start + seconds / (1 + ppm * 1e-6), abs=0.006)


@pytest.mark.parametrize("ppm", [150.0, -40.0])
def test_three_minutes_tell_the_drift_to_a_few_millionths(ppm: float) -> None:
    anchors = arrivals(180, ppm=ppm, start=50.0, seed=3)
    (part,) = stretches([Segment("a", RATE, 180 * RATE, anchors, "start")])
    assert part.ppm == pytest.approx(ppm, abs=3)
    assert part.start == pytest.approx(50.0, abs=0.002)


@pytest.mark.parametrize("hole", [0.3, 4.0, 3600.0])
def test_missing_sound_splits_and_is_as_long_as_it_was(hole: float) -> None:
    one = Segment("a", RATE, 10 * RATE, arrivals(10, ppm=0, start=5, seed=1), "start")
    two = Segment("b", RATE, 10 * RATE, arrivals(10, ppm=0, start=15 + hole, seed=2), "late")
    first, second = stretches([one, two])
    assert second.start - first.end == pytest.approx(hole, abs=0.002)


def test_a_stall_without_loss_is_no_hole() -> None:
    """The process was held up: blocks came late, then all at once, and none was missing."""
    one = Segment("a", RATE, 10 * RATE, arrivals(10, ppm=0, start=5, seed=1), "start")
    late = Anchor(4800, 5 + 10.1 + 3.0)
    rest = arrivals(10, ppm=0, start=15, seed=2)
    (part,) = stretches([one, Segment("b", RATE, 10 * RATE, (late, *rest), "late")])
    assert part.frames == 20 * RATE


def test_a_segment_without_anchors_keeps_its_place() -> None:
    one = Segment("a", RATE, 10 * RATE, arrivals(10, ppm=0, start=5, seed=1), "start")
    lost = Segment("b", RATE, 10 * RATE, (), "full")
    three = Segment("c", RATE, 10 * RATE, arrivals(10, ppm=0, start=25, seed=2), "full")
    (part,) = stretches([one, lost, three])
    assert part.frames == 30 * RATE
    assert part.start == pytest.approx(5, abs=0.002)


@pytest.mark.parametrize("seed", range(20))
def test_a_busy_machine_is_no_drift(seed: int) -> None:
    """Each second's least delayed block is late by several milliseconds (measured under load)."""
    rng = np.random.default_rng(seed)
    late = rng.uniform(0, 0.012, 33)
    anchors = tuple(Anchor(n * RATE, 7.0 + n + late[n - 1]) for n in range(1, 34))
    (part,) = stretches([Segment("a", RATE, 33 * RATE, anchors, "start")])
    assert part.ppm == 0
    assert part.start == pytest.approx(7.0 + late.min())


@pytest.mark.parametrize("at", [3, 15, 28])
@pytest.mark.parametrize("step", [0.02, -0.02, 0.15, -0.15])
def test_a_server_that_delivers_later_from_then_on_is_no_drift(at: int, step: float) -> None:
    """PipeWire's period grows and shrinks with what else is playing; nothing is lost by it."""
    rng = np.random.default_rng(at)
    delays = rng.exponential(0.0008, 33) + np.where(np.arange(33) < at, 0, step)
    anchors = tuple(Anchor(n * RATE, 7.0 + n + delays[n - 1]) for n in range(1, 34))
    (part,) = stretches([Segment("a", RATE, 33 * RATE, anchors, "start")])
    assert part.ppm == 0
    assert part.start == pytest.approx(7.0 + min(0, step), abs=0.003)


@pytest.mark.parametrize("step", [0.17, 0.085])
def test_a_late_block_after_which_all_is_later_by_a_period_is_no_hole(step: float) -> None:
    one = Segment("a", RATE, 10 * RATE, arrivals(10, ppm=0, start=5, seed=1), "start")
    two = Segment("b", RATE, 10 * RATE, arrivals(10, ppm=0, start=15 + step, seed=2), "late")
    (part,) = stretches([one, two])
    assert part.frames == 20 * RATE


def test_a_damaged_journal_claims_no_drift() -> None:
    """Two anchors at one moment, 30 s of sound apart, once divided by zero."""
    anchors = (Anchor(0, 0.0), Anchor(30 * RATE, 0.0))
    (part,) = stretches([Segment("a", RATE, 1, anchors, "start")])
    assert part.ppm == 0


segments = st.lists(
    st.builds(
        lambda frames, times, after: Segment(
            "x", RATE, frames, tuple(Anchor(f, t) for f, t in times), after
        ),
        st.integers(0, 2 * RATE),
        st.lists(st.tuples(st.integers(0, 10**7), st.floats(-1e7, 1e7)), max_size=4),
        st.sampled_from(["full", "late", "moved", "paused", "start"]),
    ),
    max_size=8,
)


@given(segments)
def test_whatever_a_journal_claims_nothing_is_lost_and_nothing_overlaps(
    found: list[Segment],
) -> None:
    placed = stretches(found)
    kept = [s for part in placed for s in part.segments]
    assert kept == [s for s in found if s.frames]
    for before, after in pairwise(placed):
        assert after.start >= before.end
