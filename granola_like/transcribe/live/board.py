"""What all threads of the captions know together, under one lock."""

import threading
import time
from collections import OrderedDict
from collections.abc import Iterable
from dataclasses import dataclass

from granola_like.domain.recording import Channel
from granola_like.transcribe.live.language import LanguageVote
from granola_like.transcribe.live.lines import LiveUtterance
from granola_like.transcribe.live.pacing import Pacing

LOADING_SECONDS = 20.0
BEHIND = "The captions are behind; the sound is kept, and the pass after the call hears it all."


@dataclass(frozen=True, slots=True, kw_only=True)
class CaptionNews:
    """What changed since a reader's last look."""

    version: int
    """Pass it to the next call."""
    changed: tuple[LiveUtterance, ...]
    """Those that changed since, in order of start."""
    lag_ms: dict[Channel, int]
    """Recorded sound that no words were looked for in yet."""
    trouble: str | None
    """A sentence: falling behind, the engine restarts, …"""


@dataclass(slots=True)
class _Load:
    """How far one channel is."""

    waiting_ms: int = 0
    busy_since: float | None = None

    def lag(self, now: float) -> int:
        passed = 0 if self.busy_since is None else round((now - self.busy_since) * 1000)
        return self.waiting_ms + passed


class Board:
    """Written by the channels' threads, read by anybody."""

    def __init__(
        self, channels: Iterable[Channel], *, language: str | None, pacing: Pacing
    ) -> None:
        self.pacing = pacing
        self._lock = threading.Lock()
        self._version = 0
        self._lines: OrderedDict[str, tuple[int, LiveUtterance]] = OrderedDict()
        self._loads: dict[Channel, _Load] = {channel: _Load() for channel in channels}
        self._first: Channel | None = None
        self._troubles: dict[Channel, str] = {}
        self._is_late = False
        self._opened, self._has_answered = time.monotonic(), False
        self._language, self._vote = language, LanguageVote()
        self._language_version = 0

    def put(self, changed: Iterable[LiveUtterance]) -> None:
        """Show these utterances as they are now."""
        with self._lock:
            for line in changed:
                self._version += 1
                self._lines[line.id] = (self._version, line)
                self._lines.move_to_end(line.id)

    def news(self, since: int) -> CaptionNews:
        """Say what changed after version `since`."""
        with self._lock:
            found: list[LiveUtterance] = []
            for version, line in reversed(self._lines.values()):
                if version <= since:
                    break
                found.append(line)
            lags = self._lags()
            self._judge(lags)
            trouble = next(iter(self._troubles.values()), BEHIND if self._is_late else None)
            found.sort(key=lambda line: (line.start_ms, line.end_ms, line.id))
            return CaptionNews(
                version=self._version, changed=tuple(found), lag_ms=lags, trouble=trouble
            )

    def lines(self) -> tuple[LiveUtterance, ...]:
        """Give all utterances as they are now."""
        with self._lock:
            return tuple(line for _, line in self._lines.values())

    def waiting(self, channel: Channel, waiting_ms: int) -> None:
        """Say how much sound of a channel waits, now that its thread looked."""
        with self._lock:
            self._loads[channel] = _Load(waiting_ms)

    def busy(self, channel: Channel) -> None:
        """Say that the channel's engine works from now on, while more sound comes."""
        with self._lock:
            self._loads[channel].busy_since = time.monotonic()

    def may_go(self, channel: Channel) -> bool:
        """Whether the channel's engine may work now, or another channel comes first."""
        with self._lock:
            self._first = self.pacing.first(self._lags(), self._first)
            return self._first in (None, channel)

    def trouble(self, channel: Channel, sentence: str | None) -> None:
        """Say what is wrong with a channel's captions; None when it is over."""
        with self._lock:
            if sentence is None:
                self._has_answered = True
                self._troubles.pop(channel, None)
            else:
                self._troubles[channel] = sentence

    @property
    def language(self) -> tuple[str | None, int, bool]:
        """What to listen for, how often the person changed it, and whether it is settled."""
        with self._lock:
            known = self._language or self._vote.decided
            return known or self._vote.leading, self._language_version, known is not None

    def set_language(self, language: str | None) -> None:
        """The person says what is spoken; None finds it out anew."""
        with self._lock:
            self._language, self._vote = language, LanguageVote()
            self._language_version += 1

    def vote(self, language: str, probability: float, seconds: float) -> None:
        """Count what an engine takes the language for, in so much new speech."""
        with self._lock:
            self._vote.add(language, probability, seconds)

    def _lags(self) -> dict[Channel, int]:
        now = time.monotonic()
        return {channel: load.lag(now) for channel, load in self._loads.items()}

    def _judge(self, lags: dict[Channel, int]) -> None:
        """Late from one mark on, in time again from a lower one: the sentence must not flicker."""
        if not self._has_answered and time.monotonic() - self._opened < LOADING_SECONDS:
            return  # models are still being loaded
        if self.pacing.is_late(lags):
            self._is_late = True
        elif max(lags.values(), default=0) < self.pacing.caught_up:
            self._is_late = False
