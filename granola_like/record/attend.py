"""A recording with its ending watched: what a terminal and a window both drive, once a tick."""

import time
from collections.abc import Callable
from dataclasses import dataclass

from granola_like.audio.clock import MachineClock
from granola_like.record.ending import Countdown, End, EndWatch
from granola_like.record.packing import Packer
from granola_like.record.session import Look, RunningRecording


@dataclass(frozen=True, slots=True)
class Moment:
    """What there is to show now."""

    look: Look
    countdown: Countdown | None = None
    """The recording is about to end by itself; `keep_recording` says no."""


class AttendedRecording:
    """Looks at a recording and ends it when its call, or all talk, is over.

    `calls` names the programs that are in a call now. Without any call only a long silence ends it.
    """

    def __init__(
        self,
        recording: RunningRecording,
        *,
        calls: Callable[[], tuple[str, ...]] = lambda: (),
        now: Callable[[], float] = time.monotonic,
    ) -> None:
        self.recording = recording
        self._calls, self._now = calls, now
        self._ending = EndWatch()
        self._call_was_seen = False
        self._packer = Packer(recording.folder.path, ("me", "them"), clock=MachineClock())

    def close(self) -> None:
        """Let go, whether or not it has ended; a recording that goes on goes on."""
        self._packer.close()
        self.recording.leave()

    def look(self) -> Moment:
        """Look once. After it has ended `look.ended` has the reason. Raises SoundError."""
        look = self.recording.look()
        in_call = bool(self._calls())
        self._call_was_seen |= in_call
        if look.ended is not None or look.is_paused:
            return Moment(look)
        quiet = {channel: one.quiet_s for channel, one in look.channels.items()}
        verdict = self._ending.see(
            now=self._now(),
            in_call=in_call,
            call_was_seen=self._call_was_seen,
            them_quiet_s=quiet["them"],
            all_quiet_s=min(quiet.values()),
        )
        if isinstance(verdict, End):
            return Moment(self.recording.stop(why=verdict.reason))
        return Moment(look, verdict)

    def keep_recording(self) -> None:
        """Say no to the countdown."""
        self._ending.keep_recording()
