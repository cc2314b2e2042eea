"""How often to ask, and who may, on a machine that may be too slow for it. Pure.

Passes over a growing sound cost more the more often they are made, so a slow machine asks less
often; when that is not enough, the other side's words come first, for one's own are known.
"""

from collections.abc import Mapping
from dataclasses import dataclass

from granola_like.domain.recording import Channel


@dataclass(frozen=True, slots=True, kw_only=True)
class Pacing:
    """When captions are late, and what to do about it; all in ms."""

    least_step: int = 400
    """Nobody reads faster than this."""
    longest_step: int = 4_000
    share: float = 0.5
    """Of the time, passes of one channel may take so much."""
    late: int = 3_000
    """Captions are said to be late."""
    one_first: int = 6_000
    """From here on one channel goes first; the other waits for pauses, or for so much sound:"""
    patient_step: int = 15_000
    """One pass over long sound costs a small part of many over short ones, and nobody starves."""
    caught_up: int = 1_500
    """Until then it does."""
    old: int = 120_000
    """A backlog of less is never given up."""
    patience: int = 600_000
    """A backlog that would take longer than this to catch up with is left to the final pass."""
    kept: int = 20_000
    """What remains of it."""

    def step_ms(self, pass_ms: float, waiting_ms: int, *, may_go: bool = True) -> int:
        """How much new sound the next pass should have, by what the last ones took.

        `may_go` is False for a channel that comes second now.
        """
        if not may_go:
            return self.patient_step
        paced = max(self.least_step, round(pass_ms / self.share))
        if waiting_ms > self.late:
            paced = max(paced, waiting_ms // 2)
        return min(self.longest_step, paced)

    def first(self, lag_ms: Mapping[Channel, int], before: Channel | None) -> Channel | None:
        """Which channel goes first now; None when both may go. `before` did until now."""
        worst = max(lag_ms.values(), default=0)
        if before is not None and lag_ms.get(before, 0) > self.caught_up:
            return before
        if worst < self.one_first:
            return None
        if before is not None:
            # The first has caught up: now the other one, however late it is.
            return max(lag_ms, key=lambda channel: lag_ms[channel])
        return "them" if lag_ms.get("them", 0) > self.caught_up else "me"

    def is_hopeless(self, lag_ms: int, speed: float | None) -> bool:
        """Whether to give a backlog up; `speed` is how many ms of sound an ms of work deals with.

        Who joins a call late and has a quick machine reads all that was said before.
        """
        if lag_ms < self.old or speed is None:
            return False
        return speed <= 1 or lag_ms / (speed - 1) > self.patience

    def is_late(self, lag_ms: Mapping[Channel, int]) -> bool:
        """Whether to say that captions are behind."""
        return max(lag_ms.values(), default=0) > self.late
