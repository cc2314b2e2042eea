"""A second look: the first guesses for a line, seen together, tell which belong with each other."""

import numpy as np

from granola_like.enhance.align.index import Floats, View
from granola_like.enhance.align.windows import shifted, sums, unit

RADII = (4.0, 12.0, 40.0, 120.0)


def around_columns(view: View, first: Floats, others: Floats, ordered: Floats) -> dict[str, Floats]:
    """Describe each utterance by the first guesses near it.

    `first` is this line's chance per utterance, `others` the greatest chance that any other line
    of the meeting gives it, `ordered` what `ordered_chances` makes of the line; all of length N.
    """
    n = len(view)
    top = max(float(first.max(initial=0)), 1e-6)
    total = max(float(first.sum()), 1e-6)
    peak = int(np.argmax(first))
    c: dict[str, Floats] = {"first": first, "first_rel": first / top}
    c["first_top"] = np.full(n, top, np.float32)
    c["first_sum"] = np.full(n, total, np.float32)
    order = np.empty(n, np.float32)
    order[np.argsort(-first, kind="stable")] = np.arange(n)
    c["first_rank"] = order
    for radius in RADII:
        c[f"first_{radius:.0f}"] = sums(view, first, radius)
    for step in (-3, -2, -1, 1, 2, 3):
        c[f"first_{step:+d}"] = shifted(first, step)
    turns = np.bincount(view.turns, weights=first).astype(np.float32)
    c["first_turn"] = turns[view.turns]
    mass = np.bincount(view.speakers, weights=first).astype(np.float32)
    c["speaker_mass"] = mass[view.speakers] / total
    c["peak_seconds"] = (view.middles - view.middles[peak]).astype(np.float32)
    c["peak_steps"] = (np.arange(n) - peak).astype(np.float32)
    c["peak_speaker"] = (view.speakers == view.speakers[peak]).astype(np.float32)
    c["peak_turn"] = (view.turns - view.turns[peak]).astype(np.float32)
    centre = float((first * view.middles).sum() / total)
    c["centre_seconds"] = (view.middles - centre).astype(np.float32)
    c["alike"], c["alike_12"] = _like_the_expected(view, first)
    c["alike_peak"] = view.units @ view.units[peak]
    c["others"] = others
    c["others_40"] = sums(view, others, 40.0)
    c["ordered"] = ordered
    c["ordered_first"] = first * ordered
    c["share"] = first / (first + others + 1e-4)
    return c


def _like_the_expected(view: View, first: Floats) -> tuple[Floats, Floats]:
    """Compare words with those of the likely evidence (relevance feedback, Rocchio 1971)."""
    units = view.units
    expected = first @ units
    own = first[:, None] * units
    rest = unit(expected[None, :] - own)
    low, high = view.ranges(12.0)
    near = unit(view.summed_vectors[high] - view.summed_vectors[low])
    return (units * rest).sum(axis=1), near @ unit(expected[None, :])[0]
