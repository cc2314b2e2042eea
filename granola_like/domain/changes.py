"""What a write touched, so that whoever shows it knows what to read again."""

from dataclasses import dataclass
from typing import Literal, TypeAlias

Touched: TypeAlias = Literal["meeting", "recording", "transcript", "notes", "enhanced", "folders"]


@dataclass(frozen=True, slots=True)
class Changes:
    """One transaction's effect on one meeting; of folders, `meeting` is empty."""

    meeting: str
    touched: frozenset[Touched]
