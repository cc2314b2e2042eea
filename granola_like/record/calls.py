"""The stream of calls that the command line and the window listen to."""

import logging
import threading
from collections.abc import Callable, Collection

from granola_like.audio.calls import NOT_CALLS, CallDetector, CallEvent
from granola_like.audio.clock import Clock
from granola_like.audio.system import SoundSystem
from granola_like.errors import SoundError

logger = logging.getLogger(__name__)

SOON_SECONDS = 0.2
LATER_SECONDS = 2.0
AWAY_SECONDS = 10.0


class CallWatch:
    """Watches the microphone on a thread of its own and tells every event, in order.

    It wakes on the system's notice, and every two seconds in case one was not sent.
    """

    def __init__(
        self,
        system: SoundSystem,
        *,
        clock: Clock,
        on_event: Callable[[CallEvent], object],
        ignored: Collection[str] = NOT_CALLS,
    ) -> None:
        self._system, self._clock, self._on_event = system, clock, on_event
        self._detector = CallDetector(ignored=ignored)
        self._wake, self._stop = threading.Event(), threading.Event()
        self._thread = threading.Thread(target=self._run, name="calls", daemon=True)
        self._watch = system.watch(self._wake.set)
        self._thread.start()

    def calls(self) -> tuple[str, ...]:
        """Name the programs that are in a call now."""
        return self._detector.calls()

    def close(self) -> None:
        """Stop watching. A sound server that hangs is not waited for."""
        self._stop.set()
        self._wake.set()
        self._watch.close()
        self._thread.join(timeout=3)

    def _run(self) -> None:
        is_away = False
        while not self._stop.is_set():
            self._wake.clear()
            soon = False
            try:
                users = self._system.microphone_users()
            except SoundError as error:
                # Nobody can be seen letting go: a call goes on until the server is back.
                if not is_away:
                    logger.info("the sound system is away: %s", error)
                is_away = True
                # Its coming back wakes us; asking it meanwhile costs more than it tells.
                self._wake.wait(AWAY_SECONDS)
                continue
            except Exception:
                logger.exception("looking for calls broke")
            else:
                is_away = False
                for event in self._detector.see(users, now=self._clock.now().mono):
                    self._on_event(event)
                soon = self._detector.is_unsettled()
            self._wake.wait(SOON_SECONDS if soon else LATER_SECONDS)
        self._system.close()
