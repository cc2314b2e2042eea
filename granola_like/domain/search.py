"""What a search finds."""

from dataclasses import dataclass
from typing import Literal, TypeAlias

HitKind: TypeAlias = Literal["title", "note", "point", "utterance"]


@dataclass(frozen=True, slots=True, kw_only=True)
class Hit:
    """One passage that matches. `text` is a snippet; matches stand between « and »."""

    meeting: str
    title: str
    kind: HitKind
    id: str
    text: str
    start_ms: int | None
    """Where to jump in the sound; None for a title."""
    score: float
    """Higher is better; comparable within one search only."""
