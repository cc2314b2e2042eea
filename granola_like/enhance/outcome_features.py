"""What a sentence shows of being an outcome, for the learned score."""

from collections.abc import Sequence
from itertools import pairwise

from granola_like.enhance.acts import Act
from granola_like.text.tokens import words

PLACES = 5
"""A meeting is cut into so many parts; what is settled is said in the later ones."""


def features(
    clean: str, *, act: Act, place: float, share: float, owner: bool, due: bool, figures: bool
) -> frozenset[str]:
    """Name the features that a cleaned sentence has.

    `place` is where in the meeting it is said (0 to 1), `share` how much of the meeting its
    speaker speaks (0 to 1).
    """
    said = words(clean)
    named = {f"w:{word}" for word in said}
    named |= {f"p:{one}_{two}" for one, two in pairwise(said)}
    named |= {f"first:{said[0]}"} if said else set()
    named.add(f"act:{act}")
    named.add(f"place:{min(PLACES - 1, int(place * PLACES))}")
    named |= {"place:start"} if place < 0.03 else set()
    named |= {"place:end"} if place > 0.95 else set()
    named.add(f"share:{min(4, int(share * 10))}")
    named.add(f"length:{_length(len(said))}")
    named |= {name for name, true in (("owner", owner), ("due", due), ("figures", figures)) if true}
    named |= {f"act:{act}+place:end"} if place > 0.85 else set()
    return frozenset(named)


def _length(count: int) -> str:
    for most in (4, 7, 11, 16, 24, 36):
        if count <= most:
            return str(most)
    return "more"


def shares(speakers: Sequence[str | None]) -> dict[str | None, float]:
    """Give the share of sentences that each speaker has."""
    total = len(speakers) or 1
    return {who: sum(one == who for one in speakers) / total for who in set(speakers)}
