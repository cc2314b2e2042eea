"""How many utterances a line rests on, and which of them a writer should use."""

from typing import Any

import numpy as np
from numpy.typing import NDArray

from granola_like.domain.enhanced import Aligned
from granola_like.domain.transcript import Transcript

REACH_MS = 60_000
"""What belongs to a peak is said at most this long before or after it."""

STRONG = 0.35
"""Weakest score beside a peak, as a share of the peak's, that is written from."""

SECOND = 0.6
"""Weakest second peak, as a share of the first."""


def best_count(chances: NDArray[np.floating[Any]], expected: float, ceiling: int) -> int:
    """Say how many of the best to return, for the greatest F1 to be expected.

    `chances` are the greatest, falling; `expected` is the sum over all utterances, so about how
    many belong to the line. With k returned, F1 is 2·hits ÷ (k + how many there are); its
    expectation is taken as the ratio of expectations (after Ye et al., ICML 2012).
    """
    chances = chances[:ceiling]
    if not len(chances):
        return 0
    counts = np.arange(1, len(chances) + 1)
    return int(np.argmax(2 * np.cumsum(chances) / (counts + expected))) + 1


def sources(aligned: tuple[Aligned, ...], transcript: Transcript) -> tuple[Aligned, ...]:
    """Choose from a line's utterances those to write from: a set around one or two peaks.

    A line may rest on two places; the second counts when it is about as sure as the first. Best
    first, as they came; utterances that the transcript does not have are left out.
    """
    said = transcript.by_id()
    known = [one for one in aligned if one.utterance in said]
    if not known:
        return ()

    def apart(one: Aligned, other: Aligned) -> int:
        return abs(said[one.utterance].start_ms - said[other.utterance].start_ms)

    peaks = (
        known[:1]
        + [
            one
            for one in known[1:]
            if apart(one, known[0]) > 2 * REACH_MS and one.score >= SECOND * known[0].score
        ][:1]
    )
    return tuple(
        one
        for one in known
        if any(apart(one, peak) <= REACH_MS and one.score >= STRONG * peak.score for peak in peaks)
    )
