"""The learned part of finding outcomes: weights as plain data, made by models/training/outcomes."""

import json
import math
from collections.abc import Mapping
from functools import cache
from importlib.resources import files


@cache
def learned_weights(language: str) -> Mapping[str, float]:
    """Give the weights for a language; none where nothing was learned for it."""
    place = files("granola_like_models").joinpath("outcomes.json")
    data = json.loads(place.read_text("utf-8")) if place.is_file() else {}
    if data.get("language") != language:
        return {}
    return {"bias": float(data["bias"]), **data["weights"]}


def learned_score(features: frozenset[str], weights: Mapping[str, float]) -> float:
    """Give the log-odds that people would call it an outcome, over those of any sentence.

    0 where nothing was learned.
    """
    if not weights:
        return 0.0
    return math.fsum(weights.get(name, 0.0) for name in features) + weights["bias"] + USUAL


USUAL = 2.1
"""Log-odds of an average sentence in the training part, so that 0 means no surer than most."""
