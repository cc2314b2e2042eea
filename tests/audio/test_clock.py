"""Which clocks tell that the computer slept."""

import ctypes
import sys
import time
from typing import Any

import pytest

from granola_like.audio import clock
from granola_like.audio.clock import MachineClock
from granola_like.audio.windows.clock import InterruptTime


def test_the_clocks_run_at_one_rate_and_only_forward() -> None:
    machine = MachineClock()
    first = machine.now()
    until = time.monotonic() + 0.05
    while time.monotonic() < until:
        pass
    second = machine.now()
    awake, boot = second.mono - first.mono, second.boot - first.boot
    assert awake >= 0.05
    assert boot == pytest.approx(awake, abs=0.01)
    assert second.wall - first.wall == pytest.approx(awake, abs=0.05)


def test_all_recordings_between_two_starts_share_an_id() -> None:
    assert MachineClock().boot_id == MachineClock().boot_id


def test_the_moment_of_booting_does_not_move_while_the_computer_sleeps(
    monkeypatch: pytest.MonkeyPatch, tmp_path: Any
) -> None:
    """Where there is no id of the system's own it is worked out, from the clock that goes on."""
    monkeypatch.setattr(clock, "Path", lambda _: tmp_path / "missing")
    now = [1_800_000_000.0, 5000.0]
    monkeypatch.setattr(clock.time, "time", lambda: now[0])
    monkeypatch.setattr(clock, "boot_seconds", lambda: now[1])
    before = MachineClock().boot_id
    now[0] += 3600  # an hour asleep
    now[1] += 3600
    assert MachineClock().boot_id == before
    now[1] = 10.0  # and a start
    assert MachineClock().boot_id != before


@pytest.mark.skipif(sys.platform != "linux", reason="the names of Linux")
def test_on_linux_the_boot_clock_is_the_one_that_counts_sleep() -> None:
    assert clock.boot_seconds() == pytest.approx(time.clock_gettime(time.CLOCK_BOOTTIME), abs=0.05)
    assert clock.awake_seconds() == pytest.approx(time.monotonic(), abs=0.05)


class Windows:
    """Counts in hundreds of nanoseconds."""

    def __init__(self) -> None:
        self.awake, self.asleep = 5_000_000_000, 0

    def QueryInterruptTimePrecise(self, ticks: Any) -> None:  # noqa: N802 - the system's name
        ctypes.cast(ticks, ctypes.POINTER(ctypes.c_ulonglong))[0] = self.awake + self.asleep

    def QueryUnbiasedInterruptTimePrecise(self, ticks: Any) -> None:  # noqa: N802
        ctypes.cast(ticks, ctypes.POINTER(ctypes.c_ulonglong))[0] = self.awake


def test_on_windows_a_sleep_is_the_difference_of_both_interrupt_times() -> None:
    windows = Windows()
    clocks = InterruptTime(library=windows)
    assert clocks.boot_seconds() == clocks.awake_seconds() == 500.0
    windows.asleep += 600_000_000
    assert clocks.boot_seconds() - clocks.awake_seconds() == pytest.approx(60.0)


def test_an_old_windows_has_one_clock_for_both() -> None:
    clocks = InterruptTime(library=object())
    assert clocks.boot_seconds() == pytest.approx(clocks.awake_seconds(), abs=0.05)
