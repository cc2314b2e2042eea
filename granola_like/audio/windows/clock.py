"""Windows' two clocks of which one goes on while the computer sleeps.

`QueryInterruptTimePrecise` counts from boot, sleep included, and its unbiased twin without sleep
(Windows 10 and later). Python's own monotonic clock counts sleep and moves in steps of 16 ms before
Python 3.13. Tested against a fake of the two functions only.
"""

import ctypes
import time
from typing import Any

_HUNDRED_NANOSECONDS = 1e-7


class InterruptTime:
    """Both clocks, in seconds. Where Windows has them not, a sleep cannot be told."""

    def __init__(self, *, library: Any = None) -> None:
        found = library if library is not None else _kernel()
        self._biased = getattr(found, "QueryInterruptTimePrecise", None)
        self._unbiased = getattr(found, "QueryUnbiasedInterruptTimePrecise", None)

    def boot_seconds(self) -> float:
        """Seconds since boot, sleep included."""
        return _read(self._biased)

    def awake_seconds(self) -> float:
        """Seconds since boot, without the time asleep."""
        return _read(self._unbiased if self._biased is not None else None)


def _read(function: Any) -> float:
    if function is None:
        return time.perf_counter()
    ticks = ctypes.c_ulonglong()
    function(ctypes.byref(ticks))
    return ticks.value * _HUNDRED_NANOSECONDS


def _kernel() -> Any:
    loader = getattr(ctypes, "WinDLL", None)
    try:
        return loader("kernelbase") if loader is not None else None
    except OSError:
        return None
