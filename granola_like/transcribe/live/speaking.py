"""Whether somebody is speaking right now: the same thresholds as afterwards, told at once."""

from collections.abc import Sequence
from dataclasses import dataclass, field

from granola_like.engines.base import SAMPLE_RATE, SPEECH_FRAME
from granola_like.transcribe.speech import Cutting

FRAME_MS = SPEECH_FRAME * 1000 / SAMPLE_RATE


@dataclass(frozen=True, slots=True)
class Began:
    """Somebody began to speak in this frame."""

    frame: int


@dataclass(frozen=True, slots=True)
class Paused:
    """Nobody has spoken since this frame, and the pause is long enough to count."""

    frame: int


@dataclass(slots=True)
class Speaking:
    """Takes likelihoods as they come. The same ones give the same answers, however portioned."""

    cutting: Cutting = field(default_factory=lambda: Cutting(pause_ms=500))
    last_speech: int = -1
    """The last frame in which somebody certainly spoke."""
    _at: int = 0
    _is_open: bool = False
    _quiet_since: int | None = None

    @property
    def is_open(self) -> bool:
        """Whether somebody is speaking, or has not paused for long."""
        return self._is_open

    def feed(self, likelihoods: Sequence[float]) -> list[Began | Paused]:
        """Take the next frames and say what happened in them, in order."""
        found: list[Began | Paused] = []
        for likelihood in likelihoods:
            if (happened := self._take(float(likelihood))) is not None:
                found.append(happened)
        return found

    def stop(self) -> list[Began | Paused]:
        """The sound ended here, or a hole begins."""
        if not self._is_open:
            return []
        end = self._at if self._quiet_since is None else self._quiet_since
        self._is_open, self._quiet_since = False, None
        return [Paused(end)]

    def _take(self, likelihood: float) -> Began | Paused | None:
        at, self._at = self._at, self._at + 1
        if likelihood >= self.cutting.enter:
            self.last_speech, self._quiet_since = at, None
            if not self._is_open:
                self._is_open = True
                return Began(at)
            return None
        if not self._is_open:
            return None
        if likelihood < self.cutting.leave and self._quiet_since is None:
            self._quiet_since = at
        since = self._quiet_since
        if since is not None and (self._at - since) * FRAME_MS >= self.cutting.pause_ms:
            self._is_open, self._quiet_since = False, None
            return Paused(since)
        return None
