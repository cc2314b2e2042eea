"""Which words of a pass are firm. Pure.

LocalAgreement-2 (Macháček, Dabre, Bojar 2023, "Turning Whisper into Real-Time Transcription
System"): the words that two successive passes begin with. AlignAtt (Papi, Turchi, Negri 2023;
SimulStreaming): the words whose sound, by the decoder's cross-attention, is not the newest.
"""

import re
from collections.abc import Callable, Sequence
from typing import TypeAlias

from granola_like.domain.transcript import Word

Settle: TypeAlias = Callable[[Sequence[Word], Sequence[Word], int], int]
"""Takes the words left open by the pass before, the words of this one (both after the firm ones),
and where the sound ends (ms, on the words' clock); says how many of this pass's words are firm."""


NEWEST_MS = 600
"""So new sound may still change its words; SimulStreaming waits for 500 ms."""


def agreed(before: Sequence[Word], now: Sequence[Word], edge_ms: int = 0) -> int:
    """Count the words at the beginning that both passes heard; case and marks do not matter."""
    del edge_ms
    count = 0
    for one, other in zip(before, now, strict=False):
        if bare(one.text) != bare(other.text):
            break
        count += 1
    return count


def attended(
    before: Sequence[Word], now: Sequence[Word], edge_ms: int, *, newest_ms: int = NEWEST_MS
) -> int:
    """Count the words at the beginning that end before the newest sound."""
    del before
    count = 0
    for word in now:
        if word.end_ms > edge_ms - newest_ms:
            break
        count += 1
    return count


def bare(text: str) -> str:
    """A word as it sounds: “Plan.” and “plan” are one, “9%” and “9” are two."""
    return re.sub(r"[^\w%$€£+°&@#]", "", text).casefold() or text
