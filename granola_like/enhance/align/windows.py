"""Columns of numbers, one an utterance: sums over stretches of time, neighbours, tables."""

from collections.abc import Mapping, Sequence

import numpy as np
from numpy.typing import ArrayLike

from granola_like.enhance.align.index import Floats, Ints, View


def sums(view: View, column: Floats, radius: float) -> Floats:
    """Add up `column` over the utterances at most `radius` seconds away from each."""
    low, high = view.ranges(radius)
    totals = np.concatenate([[0.0], np.cumsum(column, dtype=np.float64)])
    return np.asarray(totals[high] - totals[low], np.float32)


def window_mean(view: View, column: Floats, radius: float) -> Floats:
    """Average `column` over the utterances at most `radius` seconds away from each."""
    low, high = view.ranges(radius)
    return np.asarray(sums(view, column, radius) / np.maximum(high - low, 1), np.float32)


def shifted(column: Floats, step: int) -> Floats:
    """Give each utterance the value of the one `step` further on; 0 beyond the ends."""
    found = np.zeros_like(column)
    if 0 < step < len(column):
        found[:-step] = column[step:]
    elif 0 < -step < len(column):
        found[-step:] = column[:step]
    return found


def unit(rows: Floats) -> Floats:
    """Bring each row to length 1; a row of zeros stays so."""
    return np.asarray(rows / np.maximum(np.linalg.norm(rows, axis=1, keepdims=True), 1e-6))


def matrix(columns: Mapping[str, Floats], names: Sequence[str], rows: Ints) -> Floats:
    """Put the named columns side by side for the chosen rows, shape (rows, names)."""
    return np.stack([columns[name][rows] for name in names], axis=1).astype(np.float32)


def floats(column: ArrayLike) -> Floats:
    """Give `column` in the one precision that the forests were trained on."""
    return np.asarray(column, np.float32)
