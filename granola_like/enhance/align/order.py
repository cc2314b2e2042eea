"""Lines stand in the order in which they were typed: what is known of one tells of the next."""

import numpy as np
from numpy.typing import NDArray

from granola_like.enhance.align.index import Floats, View

BIN_S = 15.0
"""The meeting is cut into bins of this length."""

BACKWARDS = 0.03
"""Weight of a line that goes back in time, beside one that goes on."""

FLOOR = 0.05
"""Share of each line's weight that is spread over the whole meeting: a first guess may be wrong."""


def ordered_chances(view: View, chances: Floats) -> Floats:
    """Give where each line's talk is, when the lines follow each other; greatest value 1.

    `chances` has shape (lines, N), lines in their order; so has the answer. A hidden Markov model
    with the bins as its states, solved by forward and backward sums (Rabiner 1989); a line may
    follow in any later bin with equal weight.
    """
    bins = ((view.middles - view.middles.min()) / BIN_S).astype(np.int64)
    seen = np.stack([_per_bin(bins, line) for line in chances])
    forward = np.ones_like(seen)
    backward = np.ones_like(seen)
    for at in range(1, len(seen)):
        before = forward[at - 1] * seen[at - 1]
        forward[at] = _level(np.cumsum(before) + BACKWARDS * before.sum())
    for at in range(len(seen) - 2, -1, -1):
        after = backward[at + 1] * seen[at + 1]
        backward[at] = _level(np.cumsum(after[::-1])[::-1] + BACKWARDS * after.sum())
    found = forward * backward * seen
    found /= np.maximum(found.max(axis=1, keepdims=True), 1e-12)
    return np.asarray(found[:, bins], np.float32)


def _per_bin(bins: NDArray[np.int64], line: Floats) -> NDArray[np.float64]:
    count = int(bins.max()) + 1
    seen = np.bincount(bins, weights=line, minlength=count)
    spread = np.convolve(seen, (0.25, 0.5, 0.25), mode="same")[:count]
    total = float(spread.sum())
    if total <= 0:
        return np.full(count, 1.0 / count)
    return np.asarray((1 - FLOOR) * spread / total + FLOOR / count)


def _level(weights: NDArray[np.float64]) -> NDArray[np.float64]:
    return np.asarray(weights / max(float(weights.sum()), 1e-300))
