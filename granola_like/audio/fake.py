"""Shipped fakes of the machine: clocks moved by hand."""

from granola_like.audio.clock import Instant


class FakeClock:
    """Clocks that stand still until somebody moves them."""

    def __init__(self, boot_id: str = "fake", *, start: float = 1000.0) -> None:
        self.boot_id = boot_id
        self._now = Instant(start, start, 1_800_000_000.0)

    def now(self) -> Instant:
        """Read all three clocks."""
        return self._now

    def pass_time(self, seconds: float) -> None:
        """Let time go by, awake."""
        now = self._now
        self._now = Instant(now.mono + seconds, now.boot + seconds, now.wall + seconds)

    def sleep(self, seconds: float) -> None:
        """Let the computer sleep: the monotonic clock stands still."""
        now = self._now
        self._now = Instant(now.mono, now.boot + seconds, now.wall + seconds)
