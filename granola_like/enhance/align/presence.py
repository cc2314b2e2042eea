"""Whether a line was spoken of at all: "call the dentist" has no place in a budget meeting."""

from dataclasses import dataclass

import numpy as np

from granola_like.enhance.align.index import Floats, View, is_quantity
from granola_like.enhance.align.lines import Asked

RECENT_S = (-60.0, 180.0)
"""A line is mostly about what was said up to three minutes before, or goes on to be said."""


RARE = 3
"""Utterances: a number that is said in no more of them is no coincidence in a line."""


@dataclass(frozen=True, slots=True)
class Presence:
    """A logistic judgement over `signs`; below `least`, nobody spoke of the line."""

    weights: tuple[float, ...]
    base: float
    least: float

    def found(self, signs: Floats) -> bool:
        """Say whether the line was spoken of."""
        return float(signs @ np.array(self.weights)) + self.base >= self.least


def spoken_of(presence: Presence, view: View, line: Asked, columns: dict[str, Floats]) -> bool:
    """Say whether anybody spoke of `line`: its words tell, or a number of its own that was said."""
    return _has_a_rare_number(view, line) or presence.found(signs(view, line, columns))


def _has_a_rare_number(view: View, line: Asked) -> bool:
    numbers = [term for term in line.terms if is_quantity(term) and term in view.postings]
    return any(len(np.unique(view.postings[term])) <= RARE for term in numbers)


def signs(view: View, line: Asked, columns: dict[str, Floats]) -> Floats:
    """Give what tells that a line was spoken of, from the columns of the first look.

    The share of its words that were said at all, weighed by rarity; how much of it was said within
    some seconds, and within a minute and a half; the last also near the moment of typing (or
    anywhere, where that is unknown).
    """
    terms = dict.fromkeys(line.terms)
    weights = {term: view.idf(term) for term in terms}
    known = sum(weight for term, weight in weights.items() if term in view.postings)
    near = np.ones(len(view), bool)
    if line.typed is not None:
        lags = line.typed - view.ends
        near = (lags > RECENT_S[0]) & (lags < RECENT_S[1])
    found = [
        known / max(sum(weights.values()), 1e-6),
        columns["cover_12"].max(initial=0),
        columns["bm_40"].max(initial=0),
        columns["bm_40"][near].max(initial=0),
    ]
    return np.array(found, np.float32)
