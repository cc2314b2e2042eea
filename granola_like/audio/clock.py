"""The machine's clocks, read together.

A recording's time runs on the boot clock, which goes on while the computer sleeps; the monotonic
clock stands still then, and the difference tells that it slept.
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
    """The real clocks.

    On Windows and macOS `time.monotonic` has no counterpart that counts sleep in the standard
    library that we could compare with, so a sleep shows as a jump of the wall clock only.
    """

    def __init__(self) -> None:
        self.boot_id = _boot_id()

    def now(self) -> Instant:
        """Read all three clocks."""
        mono = time.monotonic()
        return Instant(mono, boot_seconds(), time.time())


if sys.platform == "linux":

    def boot_seconds() -> float:
        """Seconds since boot, sleep included."""
        return time.clock_gettime(time.CLOCK_BOOTTIME)

elif sys.platform == "darwin":

    def boot_seconds() -> float:
        """Seconds since boot, sleep included: Darwin's CLOCK_MONOTONIC counts it."""
        return time.clock_gettime(time.CLOCK_MONOTONIC)

else:

    def boot_seconds() -> float:
        """Seconds since boot; Windows counts sleep in its performance counter."""
        return time.monotonic()


def _boot_id() -> str:
    file = Path("/proc/sys/kernel/random/boot_id")
    if file.exists():
        return file.read_text("ascii").strip()
    # The moment of booting, to the minute, from the wall clock: good enough to tell two boots.
    return str(uuid.UUID(int=round((time.time() - time.monotonic()) / 60)))
