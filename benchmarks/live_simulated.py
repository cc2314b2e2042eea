"""The live pipeline on a clock of its own: a pass lasts as long as its processor time.

So other programs on the machine change the figures little, and two policies meet the same sound.
"""

import time
from collections.abc import Iterable
from dataclasses import dataclass, field

from benchmarks.live_measure import Screen
from granola_like.engines.base import SAMPLE_RATE, Listening, Samples, SpeechFinder
from granola_like.engines.whisper_live import LiveWhisper
from granola_like.transcribe.live.agreement import Settle
from granola_like.transcribe.live.ear import Ear
from granola_like.transcribe.live.lines import LiveUtterance

LOOK_MS = 50.0
"""How often new sound is looked for."""
DELIVERY_MS = 60.0
"""From the microphone to the reader: the device's block, and the resampler."""

_TICK_MS = 20.0


@dataclass
class Followed:
    """What became of one channel."""

    screen: Screen = field(default_factory=Screen)
    asked: list[tuple[Samples, tuple[str, ...]]] = field(default_factory=list)
    """Every question's sound, and the words that were firm in it."""
    lags_ms: list[float] = field(default_factory=list)
    """The backlog, every 20 ms."""
    processor_ms: float = 0.0
    seconds: float = 0.0


def follow(
    sound: Samples,
    engine: LiveWhisper,
    finder: SpeechFinder,
    *,
    settle: Settle,
    step_ms: int,
) -> Followed:
    """Let one channel be spoken, and follow it."""
    ear, told = Ear("them", finder, settle=settle), Told()
    found = Followed(seconds=len(sound) / SAMPLE_RATE)
    how = Listening(language="en", beam_size=1)
    taken, now, end = 0, 0.0, len(sound) / 16 + 2_000
    while now < end:
        here = min(len(sound), max(0, int((now - DELIVERY_MS) * 16)))
        if here > taken:
            ear.take(sound[taken:here], taken / 16, follows=taken > 0)
            taken = here
        if now > len(sound) / 16 + 600:
            ear.end()
        question = ear.ask(step_ms)
        looked, before = min(ear.looked_ms, len(sound) / 16), now
        if question is None:
            now += LOOK_MS
        else:
            begun = time.process_time()
            heard = engine.hear(question.sound, how, question.said)
            took = (time.process_time() - begun) * 1000
            found.asked.append((question.sound, question.said))
            found.processor_ms += took
            now += took
            ear.answer(question, heard)
        if now < len(sound) / 16:
            ticks = int((now - before) / _TICK_MS) or 1
            found.lags_ms += [before + _TICK_MS * tick - looked for tick in range(ticks)]
        if changed := ear.changes():
            told.take(changed)
            found.screen.show(now, told.firm(), told.tentative())
    return found


class Told:
    """The utterances of one channel as a window would hold them."""

    def __init__(self) -> None:
        self._lines: dict[str, LiveUtterance] = {}

    def take(self, changed: Iterable[LiveUtterance]) -> None:
        """Hold these as they are now."""
        self._lines.update((line.id, line) for line in changed)

    def firm(self) -> list[str]:
        """All firm words."""
        return [word.text for line in self._lines.values() for word in line.firm]

    def tentative(self) -> list[str]:
        """All words that may change."""
        return [word for line in self._lines.values() for word in line.tentative.split()]
