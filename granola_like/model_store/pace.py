"""How fast it goes and how long it will take, from what has come in the last seconds."""

from collections import deque

WINDOW_S = 10.0
"""A rate over less jumps, over more it lags behind the network."""

_QUIET_S = 3.0
"""So long without a byte is worth a word."""


class Pace:
    """Take notes of bytes and seconds; tell them in words."""

    def __init__(self, total: int | None) -> None:
        self._total = total
        self._seen: deque[tuple[float, int]] = deque()
        self._moved_at = 0.0

    def note(self, done: int, now_s: float) -> None:
        """So many bytes are here at a moment of a clock that only goes forward."""
        if not self._seen or done != self._seen[-1][1]:
            self._moved_at = now_s
        self._seen.append((now_s, done))
        while len(self._seen) > 2 and now_s - self._seen[1][0] >= WINDOW_S:
            self._seen.popleft()

    @property
    def rate(self) -> float | None:
        """Bytes a second; None while nobody can know."""
        if len(self._seen) < 2:
            return None
        (start_s, first), (end_s, last) = self._seen[0], self._seen[-1]
        return (last - first) / (end_s - start_s) if end_s > start_s and last > first else None

    @property
    def fraction(self) -> float | None:
        """How much is here, 0 to 1."""
        if not self._total or not self._seen:
            return None
        return min(1.0, self._seen[-1][1] / self._total)

    def in_words(self, now_s: float) -> str:
        """Say “12 of 486 MB, 3.4 MB/s, 2 min left”."""
        done = self._seen[-1][1] if self._seen else 0
        parts = [
            f"{megabytes(done)} of {megabytes(self._total)} MB"
            if self._total
            else f"{megabytes(done)} MB"
        ]
        quiet_s = now_s - self._moved_at
        rate = self.rate
        if self._seen and quiet_s >= _QUIET_S:
            parts.append(f"nothing for {round(quiet_s)} s")
        elif rate is not None:
            parts.append(f"{rate / 1e6:.1f} MB/s")
            if self._total:
                parts.append(f"{duration((self._total - done) / rate)} left")
        return ", ".join(parts)


def megabytes(count: int | None) -> str:
    """Say bytes in MB (10^6), with a digit after the point only where it says something."""
    value = (count or 0) / 1e6
    return f"{value:,.0f}" if value >= 10 else f"{value:.1f}"


def duration(seconds: float) -> str:
    """Say “45 s”, “12 min” or “3 h 20 min”."""
    if seconds < 90:
        return f"{max(1, round(seconds))} s"
    minutes = round(seconds / 60)
    return f"{minutes} min" if minutes < 90 else f"{minutes // 60} h {minutes % 60} min"
