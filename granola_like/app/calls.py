"""Tells that a program began a call, and that it ended, for whoever offers to record it."""

import logging
import threading
from collections import deque
from collections.abc import Callable
from dataclasses import dataclass
from datetime import UTC, datetime
from typing import TYPE_CHECKING, Literal, TypeAlias

from granola_like import paths
from granola_like.errors import GranolaError
from granola_like.settings import Settings, change_setting

if TYPE_CHECKING:
    from granola_like.audio.calls import CallEvent
    from granola_like.audio.system import SoundSystem
    from granola_like.record.calls import CallWatch

logger = logging.getLogger(__name__)

RETRY_SECONDS = 5.0
_KEPT = 200

RingKind: TypeAlias = Literal["started", "ended"]


@dataclass(frozen=True, slots=True, kw_only=True)
class Ring:
    """A call that began or ended."""

    number: int
    """Counted from 1; pass the last one to `news`."""
    kind: RingKind
    program: str
    """As people know it."""
    binary: str
    """What `never` takes."""
    at: datetime

    @property
    def sentence(self) -> str:
        """What the person reads."""
        begun = self.kind == "started"
        return f"{self.program} started a call: record?" if begun else f"{self.program}: call over."


class CallBell:
    """Listens for calls on threads of its own, from its making until it is closed.

    No sound system is no error: it is looked for again, and `trouble` says what is missing.
    """

    def __init__(
        self, settings: Settings, *, open_system: "Callable[[], SoundSystem] | None" = None
    ) -> None:
        self._open_system = open_system
        self._own = {name.casefold() for name in settings.not_calls}
        self._ignored: set[str] = set(self._own)
        self._rings: deque[Ring] = deque(maxlen=_KEPT)
        self._count = 0
        self._trouble: GranolaError | None = None
        self._watch: CallWatch | None = None
        self._closed = threading.Event()
        self._thread = threading.Thread(target=self._open, name="bell", daemon=True)
        self._thread.start()

    def news(self, since: int = 0) -> tuple[Ring, ...]:
        """Give what has happened after the ring of that number, in order; cheap."""
        return tuple(ring for ring in list(self._rings) if ring.number > since)

    def calls(self) -> tuple[str, ...]:
        """Name the programs that are in a call now."""
        return () if self._watch is None else self._watch.calls()

    @property
    def trouble(self) -> GranolaError | None:
        """Why calls cannot be seen at this moment."""
        return self._trouble

    def never(self, program: str) -> Settings:
        """Note that a program never is a call, by its name or binary; kept in the settings.

        A call of it that goes on is over for us. Raises SettingsError.
        """
        return self._keep({*self._own, program.casefold()})

    def again(self, program: str) -> Settings:
        """Take a program off the person's list. Raises SettingsError."""
        return self._keep(self._own - {program.casefold()})

    def close(self) -> None:
        """Stop listening. Closing twice is harmless."""
        self._closed.set()
        self._thread.join(timeout=5)
        watch, self._watch = self._watch, None
        if watch is not None:
            watch.close()

    # -- inside

    def _keep(self, own: set[str]) -> Settings:
        settings = change_setting(paths.settings_file(), "not_calls", sorted(own))
        given, self._own = self._own - own, own
        self._ignored |= own
        self._ignored -= given - _ours()
        return settings

    def _open(self) -> None:
        from granola_like.audio.clock import MachineClock
        from granola_like.audio.system import this_system
        from granola_like.record.calls import CallWatch

        self._ignored |= _ours()
        while not self._closed.is_set():
            try:
                self._watch = CallWatch(
                    (self._open_system or this_system)(),
                    clock=MachineClock(),
                    on_event=self._ring,
                    ignored=self._ignored,
                )
                self._trouble = None
            except GranolaError as error:
                self._trouble = error
                self._closed.wait(RETRY_SECONDS)
            except Exception:
                logger.exception("listening for calls broke")
                return
            else:
                return

    def _ring(self, event: "CallEvent") -> None:
        from granola_like.audio.calls import CallStarted

        self._count += 1
        self._rings.append(
            Ring(
                number=self._count,
                kind="started" if isinstance(event, CallStarted) else "ended",
                program=event.program,
                binary=event.binary,
                at=datetime.now(UTC).astimezone(),
            )
        )


def _ours() -> frozenset[str]:
    from granola_like.audio.calls import NOT_CALLS

    return NOT_CALLS
