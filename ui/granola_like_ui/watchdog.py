"""Notices when the window does not answer: a round of the event loop that takes too long.

Waiting for a processor is not counted (Linux tells it in /proc/thread-self/schedstat, field 2), so
that a busy machine is not taken for a slow window.
"""

import time
from pathlib import Path

from PySide6.QtCore import QAbstractEventDispatcher, QObject

LIMIT_MS = 50.0
"""A person notices from about 100 ms on; two such rounds may follow each other."""
_SCHEDSTAT = Path("/proc/thread-self/schedstat")


class Watchdog(QObject):
    """Keeps the rounds of this thread's event loop that took longer than the limit."""

    def __init__(self, parent: QObject | None = None, *, limit_ms: float = LIMIT_MS) -> None:
        super().__init__(parent)
        self.limit_ms = limit_ms
        self.blocked_ms: list[float] = []
        """Each too long round, in the order in which they were seen."""
        self.longest_ms = 0.0
        self._began: float | None = None
        dispatcher = QAbstractEventDispatcher.instance()
        dispatcher.awake.connect(self._wakes)
        dispatcher.aboutToBlock.connect(self._rests)

    def forget(self) -> None:
        """Don't count what was done up to now: a test did it, and not the window."""
        self._began = None

    def _wakes(self) -> None:
        if self._began is None:
            self._began = _now_ms()

    def _rests(self) -> None:
        if self._began is None:
            return
        took = _now_ms() - self._began
        self._began = None
        self.longest_ms = max(self.longest_ms, took)
        if took > self.limit_ms:
            self.blocked_ms.append(took)


def _now_ms() -> float:
    """Tell the time that goes on while this thread runs or waits for anything but a processor."""
    now = time.perf_counter() * 1000
    try:
        return now - int(_SCHEDSTAT.read_text("ascii").split()[1]) / 1e6
    except (OSError, IndexError, ValueError):
        return now
