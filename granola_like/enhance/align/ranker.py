"""Weights that were learned from people's own evidence, and how they are applied.

Two looks: the first scores each utterance for a line by itself; the second sees the first's
guesses around it. One pair of forests for lines whose typing time is known, one for the others.
`models/training/alignment` makes the weights.
"""

import json
from dataclasses import dataclass
from functools import lru_cache
from importlib.resources import files

from granola_like.enhance.align.forest import Forest, read_forest


@dataclass(frozen=True, slots=True)
class Looks:
    """The two forests of one way of typing."""

    first: Forest
    second: Forest


@dataclass(frozen=True, slots=True)
class Ranker:
    """Everything that was learned."""

    timed: Looks
    untimed: Looks


@lru_cache(maxsize=1)
def shipped_ranker() -> Ranker:
    """Read the weights that lie beside this file."""
    data = json.loads(files(__package__).joinpath("weights.json").read_text("utf-8"))
    return Ranker(
        **{
            name: Looks(read_forest(data[name]["first"]), read_forest(data[name]["second"]))
            for name in ("timed", "untimed")
        }
    )
