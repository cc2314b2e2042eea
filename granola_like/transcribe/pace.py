"""How long it will take still, by how fast it has been so far."""

import time
from collections.abc import Callable

LEAST_SECONDS = 3.0
LEAST_SHARE = 0.01
"""Less work than this says nothing about the speed."""


class Pace:
    """Watches one long work; what was done before it began does not count as its speed."""

    def __init__(self, *, now: Callable[[], float] = time.monotonic) -> None:
        self._now = now
        self._first: tuple[float, float] | None = None

    def left(self, fraction: float) -> float | None:
        """Estimate the seconds left, at this fraction of the whole; None while nobody can know."""
        now = self._now()
        if self._first is None:
            self._first = (now, fraction)
            return None
        began, before = self._first
        took, done = now - began, fraction - before
        if took < LEAST_SECONDS or done < LEAST_SHARE:
            return None
        return took * (1 - fraction) / done
