"""When a recording should end by itself: never early, and never without saying so. Pure.

A call that ended and a long silence both lead to a countdown that the person can cancel. A
microphone that died, or our own capture failing, is no reason: only what the person would call an
end is.
"""

from dataclasses import dataclass
from typing import TypeAlias

COUNTDOWN_SECONDS = 30.0
AFTER_CALL_QUIET_SECONDS = 5.0
"""A call has ended when its program let go of the microphone and the others are quiet so long."""
SILENCE_SECONDS = 15 * 60.0
"""Nobody has been heard on either channel for so long."""


@dataclass(frozen=True, slots=True)
class Countdown:
    """The recording will end unless the person says no."""

    reason: str
    seconds_left: float

    @property
    def sentence(self) -> str:
        """What the person reads."""
        return f"{self.reason} The recording stops in {round(self.seconds_left)} s."


@dataclass(frozen=True, slots=True)
class End:
    """The recording ends now."""

    reason: str


Verdict: TypeAlias = Countdown | End | None


class EndWatch:
    """Takes what is known of the call and of the sound, and says whether to end."""

    def __init__(self) -> None:
        self._reason: str | None = None
        self._since = 0.0
        self._refused: set[str] = set()

    def see(
        self,
        *,
        now: float,
        in_call: bool,
        call_was_seen: bool,
        them_quiet_s: float,
        all_quiet_s: float,
    ) -> Verdict:
        """Judge this moment; `now` in seconds of any clock that only goes on.

        `call_was_seen` is whether a program was in a call at any time of this recording; a call
        that is going on always keeps the recording, however silent it is.
        """
        reason = None
        if not in_call:
            if all_quiet_s >= SILENCE_SECONDS:
                reason = f"Nobody has been heard for {round(SILENCE_SECONDS / 60)} minutes."
            elif call_was_seen and them_quiet_s >= AFTER_CALL_QUIET_SECONDS:
                reason = "The call has ended."
        if reason is None:
            self._refused.clear()  # the next end is asked about again
        if reason is None or reason in self._refused:
            self._reason = None
            return None
        if reason != self._reason:
            self._reason, self._since = reason, now
        left = COUNTDOWN_SECONDS - (now - self._since)
        return Countdown(reason, left) if left > 0 else End(reason)

    def keep_recording(self) -> None:
        """The person said no: this end is not asked about again until something has changed."""
        if self._reason is not None:
            self._refused.add(self._reason)
            self._reason = None
