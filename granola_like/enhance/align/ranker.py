"""Weights that were learned from people's own evidence, and how they are applied.

Two looks: the first scores each utterance for a line by itself; the second sees the first's
guesses around it. One pair of forests for lines whose typing time is known, one for the others.
`models/training/alignment` makes the weights.
"""

import json
from collections.abc import Mapping
from dataclasses import dataclass
from functools import lru_cache
from importlib.resources import files
from typing import Any

from granola_like.enhance.align.forest import Forest, read_forest
from granola_like.enhance.align.presence import Presence


@dataclass(frozen=True, slots=True)
class Looks:
    """The two forests of one way of typing, and what tells lines that nobody spoke of."""

    first: Forest
    second: Forest
    meant: Forest | None
    """The second look where utterances were embedded."""
    presence: Presence


@dataclass(frozen=True, slots=True)
class Ranker:
    """Everything that was learned."""

    timed: Looks
    untimed: Looks


@lru_cache(maxsize=1)
def shipped_ranker() -> Ranker:
    """Read the weights that lie beside this file."""
    data = json.loads(files(__package__).joinpath("weights.json").read_text("utf-8"))
    return Ranker(timed=_looks(data["timed"]), untimed=_looks(data["untimed"]))


def _looks(data: Mapping[str, Any]) -> Looks:
    told = data["presence"]
    return Looks(
        first=read_forest(data["first"]),
        second=read_forest(data["second"]),
        meant=read_forest(data["meant"]) if "meant" in data else None,
        presence=Presence(tuple(told["weights"]), float(told["base"]), float(told["least"])),
    )
