"""The last net under the echo: lines of mine that only repeat what they said. Pure.

Sound alone never removes a line: its words must have been said by the others at the same time.
"""

import re
from collections import Counter
from collections.abc import Sequence

from granola_like.domain.transcript import Utterance

OVERLAP = 0.5
WORDS_IN_COMMON = 0.8
LEAST_WORDS = 4
LATE_MS = 1500
"""An echo, and a recogniser's times, may be late by so much."""


def repeats(mine: Sequence[Utterance], theirs: Sequence[Utterance]) -> frozenset[str]:
    """Give the ids of the utterances of `mine` that are the others' words come back.

    An utterance is one when it is at least four words long, four fifths of its words are in what
    the others said within its time, and at least half of it lies there. "Yes, exactly" at the same
    moment is too short to be judged, and stays.
    """
    return frozenset(one.id for one in mine if _is_repeat(one, theirs))


def _is_repeat(one: Utterance, theirs: Sequence[Utterance]) -> bool:
    said = _words(one.text)
    if len(said) < LEAST_WORDS:
        return False
    start, end = one.start_ms - LATE_MS, one.end_ms
    near = [other for other in theirs if other.start_ms < end and other.end_ms > start]
    covered = sum(
        max(0, min(end, other.end_ms + LATE_MS) - max(one.start_ms, other.start_ms))
        for other in near
    )
    if covered < OVERLAP * max(1, one.end_ms - one.start_ms):
        return False
    heard = Counter(word for other in near for word in _words(other.text))
    common = sum((Counter(said) & heard).values())
    return common >= WORDS_IN_COMMON * len(said)


def _words(text: str) -> list[str]:
    return re.findall(r"\w+", text.casefold())
