"""Where somebody speaks: frames' likelihoods become spans with room around them.

The state machine is Silero's (enter above one threshold, leave below a lower one after a pause),
made incremental, so that a day of sound needs no more memory than a minute.
"""

from collections.abc import Sequence
from dataclasses import dataclass, field

from granola_like.engines.base import SAMPLE_RATE, SPEECH_FRAME, Likelihoods

FRAME_MS = SPEECH_FRAME * 1000 / SAMPLE_RATE


@dataclass(frozen=True, slots=True, kw_only=True)
class Cutting:
    """What counts as speech, and how much silence stays around and within it."""

    enter: float = 0.5
    """A frame this likely begins speech."""
    leave: float = 0.35
    """Frames less likely than this may end it."""
    pause_ms: int = 600
    """It ends after so long a pause; shorter pauses stay, they help the engine's sense of time."""
    pad_ms: int = 250
    """Room kept before and after: soft beginnings and ends of words are unlikely frames."""
    longest_ms: int = 300_000
    """Speech longer than this is cut at its best pause, so that memory is bounded."""


@dataclass(slots=True)
class SpeechCutter:
    """Takes likelihoods in any portions and gives the spans that are finished.

    Spans are (first frame, end frame), in order, and never overlap. The same likelihoods give the
    same spans, however they are portioned.
    """

    cutting: Cutting = field(default_factory=Cutting)
    _at: int = 0
    _start: int | None = None
    _quiet_since: int | None = None
    _last_end: int = 0
    _recent: list[float] = field(default_factory=list)

    def feed(self, likelihoods: Likelihoods | Sequence[float]) -> list[tuple[int, int]]:
        """Take the next frames and give the spans that ended."""
        found = []
        for likelihood in likelihoods:
            if (span := self._take(float(likelihood))) is not None:
                found.append(span)
        return found

    def finish(self) -> list[tuple[int, int]]:
        """Give the span that the sound's end ended, if one was open."""
        if self._start is None:
            return []
        end = self._at if self._quiet_since is None else self._quiet_since
        return [self._close(end, limit=self._at)]

    @property
    def needed_from(self) -> int:
        """The first frame that a later span may still want."""
        start = self._at if self._start is None else self._start
        return max(self._last_end, start - self._pad)

    @property
    def _pad(self) -> int:
        return round(self.cutting.pad_ms / FRAME_MS)

    def _take(self, likelihood: float) -> tuple[int, int] | None:
        at, self._at = self._at, self._at + 1
        if self._start is None:
            if likelihood >= self.cutting.enter:
                self._start, self._quiet_since, self._recent = at, None, [likelihood]
            return None
        self._recent.append(likelihood)
        if likelihood >= self.cutting.enter:
            self._quiet_since = None
        elif likelihood < self.cutting.leave and self._quiet_since is None:
            self._quiet_since = at
        if self._quiet_since is not None:
            if (at + 1 - self._quiet_since) * FRAME_MS >= self.cutting.pause_ms:
                return self._close(self._quiet_since, limit=self._at)
        elif len(self._recent) * FRAME_MS >= self.cutting.longest_ms:
            return self._split()
        return None

    def _close(self, end: int, limit: int) -> tuple[int, int]:
        assert self._start is not None
        span = (max(self._last_end, self._start - self._pad), min(limit, end + self._pad))
        self._start = self._quiet_since = None
        self._last_end = span[1]
        return span

    def _split(self) -> tuple[int, int]:
        """End the span at the least likely frame of its later half and go on from there."""
        assert self._start is not None
        half = len(self._recent) // 2
        cut = half + min(range(len(self._recent) - half), key=lambda i: self._recent[half + i])
        first, start = self._start, self._start + cut
        rest = self._recent[cut:]
        span = (max(self._last_end, first - self._pad), start)
        self._last_end = start
        self._start, self._recent = start, rest
        return span
