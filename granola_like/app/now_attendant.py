"""The thread that looks at a running recording, carries out wishes, and says what it saw."""

import logging
import queue
import threading
import time
from collections.abc import Callable
from dataclasses import dataclass, replace
from typing import TYPE_CHECKING

from granola_like.errors import GranolaError, SoundError

if TYPE_CHECKING:
    from granola_like.record.attend import AttendedRecording, Moment
    from granola_like.record.session import RunningRecording

logger = logging.getLogger(__name__)

TICK_SECONDS = 0.1
RETRY_SECONDS = 1.0
FAILED_SECONDS = 8.0
"""So long a wish that failed is told."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Seen:
    """What the attendant knows; swapped whole, so that any thread may read it."""

    moment: "Moment | None" = None
    """None until the recorder has answered for the first time."""
    answered_at: float = 0.0
    """Of the monotonic clock, like the others."""
    failed: GranolaError | None = None
    failed_at: float = 0.0
    restarted_at: float | None = None
    ended: str | None = None
    is_wanted_end: bool = False
    """Whether the person, or a countdown that the person saw, ended it."""


class Attendant:
    """Attends one recording until it has ended, or until it is let go."""

    def __init__(
        self,
        begin: "Callable[[], RunningRecording]",
        *,
        calls: Callable[[], tuple[str, ...]],
        on_sound: Callable[[], object],
    ) -> None:
        """`begin` starts or joins the recording; `on_sound` is called once the first is on disk."""
        self._begin, self._calls, self._on_sound = begin, calls, on_sound
        self._wishes: queue.SimpleQueue[Callable[[AttendedRecording], object]] = queue.SimpleQueue()
        self._wake, self._let_go = threading.Event(), threading.Event()
        self._recording: RunningRecording | None = None
        self._was_stopped = False
        self._has_sound = False
        self.seen = Seen(answered_at=time.monotonic())
        self._thread = threading.Thread(target=self._run, name="meeting", daemon=True)

    def start(self) -> None:
        """Begin."""
        self._thread.start()

    def wish(self, work: "Callable[[AttendedRecording], object]") -> None:
        """Have something done to the recording soon; what fails is told in `seen`."""
        self._wishes.put(work)
        self._wake.set()

    def stop(self, why: str) -> None:
        """End the recording."""
        self._was_stopped = True
        self.wish(lambda attended: attended.recording.stop(why=why))

    @property
    def was_stopped(self) -> bool:
        """Whether the person has asked for the end."""
        return self._was_stopped

    def clock_ms(self) -> int:
        """Give the meeting clock now; it stands still once the recording has ended."""
        seen, recording = self.seen, self._recording
        if seen.moment is not None and seen.ended is not None:
            return seen.moment.look.elapsed_ms
        return 0 if recording is None else recording.elapsed_ms()

    def let_go(self) -> None:
        """Stop looking; a recording that goes on goes on."""
        self._let_go.set()
        self._wake.set()

    def wait(self, seconds: float) -> bool:
        """Wait until it has ended or was let go; False when that takes longer."""
        if self._thread.is_alive() and self._thread is not threading.current_thread():
            self._thread.join(timeout=seconds)
        return not self._thread.is_alive()

    # -- on the thread

    def _run(self) -> None:
        try:
            self._recording = self._begin()
            self._attend(self._recording)
        except GranolaError as error:
            self._fail(error)
            self._end(str(error))
        except Exception:
            logger.exception("attending the recording broke")
            self._fail(SoundError("The recording cannot be followed any more."))
            self._end("its attendant broke")

    def _attend(self, recording: "RunningRecording") -> None:
        from granola_like.record.attend import AttendedRecording

        attended = AttendedRecording(recording, calls=self._calls)
        try:
            while not self._let_go.is_set() and self.seen.ended is None:
                self._obey(attended)
                if self.seen.ended is None:
                    self._wake.wait(self._look(attended))
                    self._wake.clear()
        finally:
            attended.close()

    def _look(self, attended: "AttendedRecording") -> float:
        """Look once, and say how long to wait before the next time."""
        try:
            moment = attended.look()
        except SoundError as error:
            self._fail(error)
            return RETRY_SECONDS
        self._take(moment)
        return TICK_SECONDS

    def _take(self, moment: "Moment") -> None:
        seen, now = self.seen, time.monotonic()
        before = seen.moment
        if before is not None and before.look.pid != moment.look.pid:
            seen = replace(seen, restarted_at=now)
        if seen.failed is not None and now - seen.failed_at > FAILED_SECONDS:
            seen = replace(seen, failed=None)
        self.seen = replace(seen, moment=moment, answered_at=now)
        if not self._has_sound and moment.look.elapsed_ms > 0:
            self._has_sound = True
            self._on_sound()
        if moment.look.ended is not None:
            counted = before.countdown.reason if before and before.countdown else None
            self._end(moment.look.ended, is_wanted=moment.look.ended == counted)

    def _obey(self, attended: "AttendedRecording") -> None:
        while not self._wishes.empty():
            try:
                self._wishes.get()(attended)
            except SoundError as error:
                self._fail(error)
                if self._was_stopped and not attended.recording.folder.is_running():
                    self._end("the recorder had stopped by itself")
                    return

    def _fail(self, error: GranolaError) -> None:
        self.seen = replace(self.seen, failed=error, failed_at=time.monotonic())

    def _end(self, why: str, *, is_wanted: bool = False) -> None:
        self.seen = replace(self.seen, ended=why, is_wanted_end=is_wanted or self._was_stopped)
