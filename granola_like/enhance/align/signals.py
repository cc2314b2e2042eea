"""What speaks for an utterance being the source of a note line, as columns of numbers."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from granola_like.enhance.align.index import Floats, Ints, View
from granola_like.enhance.align.windows import floats, shifted, sums, unit, window_mean

RADII = (4.0, 12.0, 40.0, 120.0)
"""Seconds around an utterance: a remark, an exchange, a topic's turn, a topic."""

K1, B = 1.2, 0.6
LAG_MEDIAN, LAG_SPREAD = 9.0, 0.8


@dataclass(frozen=True, slots=True)
class Asked:
    """A note line as the aligner sees it; times in seconds, None where unknown."""

    terms: tuple[str, ...]
    typed: float | None = None
    before: float | None = None
    """When the line before it (in time) was typed."""
    after: float | None = None


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
    for radius in RADII[1:3]:
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


def lag_likelihood(lags: NDArray[np.float64]) -> Floats:
    """How likely people type that many seconds after they heard: log-normal with a heavy tail."""
    safe = np.maximum(lags, 0.3)
    z = (np.log(safe) - np.log(LAG_MEDIAN)) / LAG_SPREAD
    body = np.exp(-0.5 * z * z) / safe
    tail = 0.02 / (1 + (safe / 60.0) ** 2)
    return np.where(
        lags >= 0, body + tail, 0.15 * np.exp(np.minimum(lags, 0) / 5.0) * 0.02 + 1e-5
    ).astype(np.float32)


def time_columns(view: View, asked: Asked, words: dict[str, Floats]) -> dict[str, Floats]:
    """Compare when the line was typed with when each utterance was said."""
    assert asked.typed is not None
    c: dict[str, Floats] = {}
    lag = asked.typed - view.ends
    c["lag"] = np.clip(lag, -900, 900).astype(np.float32)
    c["lag_start"] = np.clip(asked.typed - view.starts, -900, 900).astype(np.float32)
    at = int(np.searchsorted(view.starts, asked.typed))
    here = np.arange(len(view))
    c["utterances_since"] = (at - here).astype(np.float32)
    spoken = np.cumsum(view.contents)
    now = float(spoken[at - 1]) if at else 0.0
    c["content_since"] = (now - spoken).astype(np.float32)
    turn_now = float(view.turns[min(at, len(view) - 1)])
    c["turns_since"] = (turn_now - view.turns).astype(np.float32)
    c["since_line_before"] = (
        np.full(len(view), np.nan, np.float32)
        if asked.before is None
        else np.clip(view.ends - asked.before, -900, 900).astype(np.float32)
    )
    c["until_line_after"] = (
        np.full(len(view), np.nan, np.float32)
        if asked.after is None
        else np.clip(asked.after - view.ends, -900, 900).astype(np.float32)
    )
    likely = lag_likelihood(lag) * (view.contents + 0.2)
    for name, score in (
        ("anchor", likely),
        ("anchor_words", likely * (0.03 + words["bm_12"] + 0.5 * words["bm_0"])),
    ):
        anchor = floats(score / max(float(score.sum()), 1e-9))
        c[name] = anchor
        c[f"{name}_12"] = sums(view, anchor, 12.0)
        c[f"{name}_40"] = sums(view, anchor, 40.0)
    recent = (lag > -2) & (lag < 60)
    for name in ("bm_12", "cover_0"):
        inside = words[name][recent]
        top = float(inside.max(initial=0))
        c[f"{name}_recent"] = np.full(len(view), top, np.float32)
        c[f"{name}_vs_recent"] = words[name] - top
    return c


def matrix(columns: dict[str, Floats], names: Sequence[str], rows: Ints) -> Floats:
    """Put the named columns side by side for the chosen rows, shape (rows, names)."""
    return np.stack([columns[name][rows] for name in names], axis=1).astype(np.float32)
