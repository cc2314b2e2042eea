"""When a line was typed, against when each utterance was said."""

import numpy as np
from numpy.typing import NDArray

from granola_like.enhance.align.index import Floats, View
from granola_like.enhance.align.lines import Asked
from granola_like.enhance.align.windows import floats, sums

LAG_MEDIAN, LAG_SPREAD = 9.0, 0.8
"""Seconds from hearing to typing, and the spread of their logarithm: wider than one person's."""


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


def place_columns(view: View, asked: Asked) -> dict[str, Floats]:
    """Compare where an utterance is in the meeting with where the line is in the notes.

    Of n points thrown on a line at random, the i-th lies near i ÷ (n + 1), with a Beta
    distribution's spread: what is known of a line when nothing but the order is.
    """
    n, i = asked.lines, asked.number + 1
    expected = i / (n + 1)
    spread = float(np.sqrt(expected * (1 - expected) / (n + 2)))
    begin, end = float(view.starts[0]), float(view.ends.max())
    along = (view.middles - begin) / max(end - begin, 1.0)
    return {
        "along": floats(along),
        "place": floats(along - expected),
        "place_spreads": floats((along - expected) / spread),
        "lines": np.full(len(view), n, np.float32),
    }
