"""What the first page shows; a test can make one in a line."""

from dataclasses import dataclass, field
from typing import Literal, TypeAlias

Proof: TypeAlias = Literal["not tried", "trying", "proved", "failed"]


@dataclass(frozen=True, slots=True, kw_only=True)
class Card:
    """One side of the sound."""

    proof: Proof = "not tried"
    told: str = ""
    """What was found, and the way out where it failed."""
    level_db: float = -120.0


@dataclass(frozen=True, slots=True, kw_only=True)
class Quality:
    """How good the words shall be, as a person chooses it."""

    model: str
    title: str
    about: str
    facts: str
    """Size, and the time for an hour on this machine."""
    is_here: bool = False
    is_suggested: bool = False


@dataclass(frozen=True, slots=True, kw_only=True)
class WelcomeState:
    """All of the first page."""

    me: Card = field(default_factory=Card)
    them: Card = field(default_factory=Card)
    qualities: tuple[Quality, ...] = ()
    chosen: str = ""
    """The model that was chosen."""
    download: str = ""
    """How its download goes, in a sentence; empty when none goes."""
    fraction: float | None = None
