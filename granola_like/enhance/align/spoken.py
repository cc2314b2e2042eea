"""What an utterance is like by itself: evidence is seldom a "yeah", often a long, rare remark."""

import numpy as np

from granola_like.enhance.align.index import Floats, View
from granola_like.enhance.align.windows import floats, shifted, unit, window_mean

NEAR = (12.0, 40.0)
"""Seconds around an utterance in which talk is called busy or idle."""


def static_columns(view: View) -> dict[str, Floats]:
    """Describe each utterance by itself and in its surroundings."""
    n = len(view)
    c: dict[str, Floats] = {}
    lengths, contents = view.lengths, view.contents
    weight = np.zeros(n, np.float32)
    rarest = np.zeros(n, np.float32)
    for term, at in view.postings.items():
        np.add.at(weight, at, view.idfs[term])
        np.maximum.at(rarest, at, view.idfs[term])
    c["words"] = lengths
    c["content"] = contents
    c["density"] = floats(contents / np.maximum(lengths, 1))
    c["weight"] = weight
    c["rarest"] = rarest
    c["mean_weight"] = floats(weight / np.maximum(contents, 1))
    c["asks"] = view.asks
    c["digits"] = view.has_digits
    turns = view.turns
    sizes = np.bincount(turns, weights=lengths, minlength=turns[-1] + 1).astype(np.float32)
    c["turn_words"] = sizes[turns]
    first = np.searchsorted(turns, turns, side="left")
    last = np.searchsorted(turns, turns, side="right")
    c["turn_place"] = (np.arange(n) - first).astype(np.float32)
    c["turn_left"] = (last - 1 - np.arange(n)).astype(np.float32)
    said = np.bincount(view.speakers, weights=lengths)
    c["speaker_share"] = (said / max(said.sum(), 1))[view.speakers].astype(np.float32)
    for radius in NEAR:
        c[f"words_near_{radius:.0f}"] = window_mean(view, lengths, radius)
        c[f"content_near_{radius:.0f}"] = window_mean(view, contents, radius)
    for step in (-1, 1):
        c[f"words_{step:+d}"] = shifted(lengths, step)
        c[f"asks_{step:+d}"] = shifted(view.asks, step)
    c["pause"] = np.clip(view.starts - np.roll(np.maximum.accumulate(view.ends), 1), 0, 10).astype(
        np.float32
    )
    c["central"] = _similar_around(view, 40.0)
    c["novel"] = _cohesion(view, 60.0)
    return c


def _similar_around(view: View, radius: float) -> Floats:
    low, high = view.ranges(radius)
    around = view.summed_vectors[high] - view.summed_vectors[low] - view.vectors
    return floats((unit(around) * unit(view.vectors)).sum(axis=1))


def _cohesion(view: View, radius: float) -> Floats:
    """Compare what is said before and after each point (TextTiling, Hearst 1997)."""
    low, high = view.ranges(radius)
    here = np.arange(len(view))
    left = view.summed_vectors[here] - view.summed_vectors[low]
    right = view.summed_vectors[high] - view.summed_vectors[here]
    return floats((unit(left) * unit(right)).sum(axis=1))
