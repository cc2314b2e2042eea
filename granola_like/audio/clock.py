"""The machine's clocks, read together.

A recording's time runs on the boot clock, which goes on while the computer sleeps; the monotonic
clock stands still then, and the difference tells that it slept. Which clocks these are:

| | goes on asleep | stands still |
|---|---|---|
| Linux | CLOCK_BOOTTIME | CLOCK_MONOTONIC |
| macOS | CLOCK_MONOTONIC_RAW (`mach_continuous_time`) | `mach_absolute_time`, Python's monotonic |
| Windows | interrupt time | unbiased interrupt time; see `audio.windows.clock` |

What Python itself calls monotonic stands still on Linux and macOS, and goes on on Windows.
"""

import sys
import time
import uuid
from dataclasses import dataclass
from pathlib import Path
from typing import Protocol


@dataclass(frozen=True, slots=True)
class Instant:
    """One moment on three clocks, in seconds."""

    mono: float
    """Since boot, without the time asleep."""
    boot: float
    """Since boot, with the time asleep."""
    wall: float
    """Since 1970; may be set back or forward by anybody."""


class Clock(Protocol):
    """Tells the time. `FakeClock` in `audio.fake` is moved by hand."""

    boot_id: str
    """The same for all recordings between two starts of the computer."""

    def now(self) -> Instant:
        """Read all three clocks."""
        ...


class MachineClock:
    """The real clocks."""

    def __init__(self) -> None:
        self.boot_id = _boot_id()

    def now(self) -> Instant:
        """Read all three clocks."""
        return Instant(awake_seconds(), boot_seconds(), time.time())


if sys.platform == "win32":
    from granola_like.audio.windows.clock import InterruptTime

    _interrupt_time = InterruptTime()
    boot_seconds = _interrupt_time.boot_seconds
    awake_seconds = _interrupt_time.awake_seconds
else:
    if sys.platform == "darwin":
        _BOOT = time.CLOCK_MONOTONIC_RAW
    else:
        _BOOT = time.CLOCK_BOOTTIME

    def boot_seconds() -> float:
        """Seconds since boot, sleep included."""
        return time.clock_gettime(_BOOT)

    def awake_seconds() -> float:
        """Seconds since boot, without the time asleep."""
        return time.monotonic()


def _boot_id() -> str:
    file = Path("/proc/sys/kernel/random/boot_id")
    if file.exists():
        return file.read_text("ascii").strip()
    # The moment of booting, to the minute, from the wall clock: good enough to tell two boots.
    return str(uuid.UUID(int=round((time.time() - boot_seconds()) / 60)))
