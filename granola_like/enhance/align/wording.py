"""Where the words of a line are said: in an utterance, in its turn, and in ever wider stretches."""

from collections.abc import Iterator

import numpy as np
from numpy.typing import NDArray

from granola_like.enhance.align.index import Floats, View
from granola_like.enhance.align.lines import Asked
from granola_like.enhance.align.windows import sums

RADII = (4.0, 12.0, 40.0, 120.0)
"""Seconds around an utterance: a remark, an exchange, a topic's turn, a topic."""

K1, B = 1.2, 0.6
"""BM25's saturation and weight of length (Robertson and Zaragoza 2009)."""


def word_columns(view: View, asked: Asked) -> dict[str, Floats]:
    """Compare the line's words with each utterance and with ever wider stretches around it."""
    n = len(view)
    terms = tuple(dict.fromkeys(asked.terms))
    idfs = {t: view.idf(t) for t in terms}
    total = sum(idfs.values()) or 1.0
    c: dict[str, Floats] = {}
    tf = {t: view.frequency(t) for t in terms if t in view.postings}
    best: dict[str, Floats] = {}
    for name, grouped, lengths in _stretches(view, tf):
        mean = float(lengths.mean()) or 1.0
        norm = K1 * (1 - B + B * lengths / mean)
        bm = np.zeros(n, np.float32)
        cover = np.zeros(n, np.float32)
        for t, f in grouped.items():
            bm += idfs[t] * f * (K1 + 1) / (f + norm)
            cover += idfs[t] * (f > 0)
        bm /= total
        c[f"bm_{name}"] = bm
        c[f"bm_{name}_rel"] = bm / max(float(bm.max(initial=0)), 1e-6)
        c[f"cover_{name}"] = cover / total
        best[name] = bm
    hit = c["cover_0"] > 0
    c["to_match"] = _to_nearest(view.middles, view.middles[hit])
    peak = best["12"] + 0.3 * best["40"]
    c["to_peak"] = (
        view.middles - view.middles[int(np.argmax(peak))]
        if peak.max(initial=0) > 0
        else np.full(n, np.nan)
    ).astype(np.float32)
    seen = np.cumsum(best["0"])
    c["mentioned_before"] = (seen - best["0"]) / max(float(seen[-1]), 1e-6)
    c["line_terms"] = np.full(n, len(terms), np.float32)
    c["line_known"] = np.full(n, len(tf), np.float32)
    c["line_weight"] = np.full(n, total / max(len(terms), 1), np.float32)
    c["line_best"] = np.full(n, float(c["cover_12"].max(initial=0)), np.float32)
    c["line_matches"] = np.full(n, float(hit.mean()), np.float32)
    return c


def _stretches(
    view: View, tf: dict[str, Floats]
) -> Iterator[tuple[str, dict[str, Floats], Floats]]:
    yield "0", tf, view.lengths
    turns = view.turns
    yield (
        "turn",
        {t: np.bincount(turns, weights=f)[turns].astype(np.float32) for t, f in tf.items()},
        np.bincount(turns, weights=view.lengths)[turns].astype(np.float32),
    )
    for radius in RADII:
        yield (
            f"{radius:.0f}",
            {t: sums(view, f, radius) for t, f in tf.items()},
            sums(view, view.lengths, radius),
        )


def _to_nearest(times: NDArray[np.float64], marks: NDArray[np.float64]) -> Floats:
    if not len(marks):
        return np.full(len(times), np.nan, np.float32)
    marks = np.sort(marks)
    at = np.searchsorted(marks, times)
    after = marks[np.minimum(at, len(marks) - 1)]
    before = marks[np.maximum(at - 1, 0)]
    return np.minimum(np.abs(times - after), np.abs(times - before)).astype(np.float32)
