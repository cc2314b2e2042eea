"""Notices changes by looking again: where a system's own notices are not to be trusted."""

import contextlib
import threading
from collections.abc import Callable
from typing import Any

from granola_like.errors import SoundError

PERIOD_SECONDS = 1.0


class PollingWatch:
    """Calls back when what `look` gives has changed. `look` runs on the watch's own thread."""

    def __init__(
        self,
        look: Callable[[], Any],
        on_change: Callable[[], object],
        *,
        period: float = PERIOD_SECONDS,
    ) -> None:
        self._look, self._on_change, self._period = look, on_change, period
        self._closed = threading.Event()
        self._thread = threading.Thread(target=self._run, name="sound changes", daemon=True)
        self._thread.start()

    def close(self) -> None:
        """Stop. Closing twice is harmless."""
        self._closed.set()
        if self._thread is not threading.current_thread():
            self._thread.join(timeout=3)

    def _run(self) -> None:
        seen: Any = None
        while not self._closed.is_set():
            with contextlib.suppress(SoundError):
                now = self._look()
                if now != seen:
                    seen = now
                    self._on_change()
            self._closed.wait(self._period)
