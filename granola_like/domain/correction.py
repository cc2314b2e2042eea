"""What the person corrected once, so that it is right the next time."""

from dataclasses import dataclass
from datetime import datetime


@dataclass(frozen=True, slots=True, kw_only=True)
class Correction:
    """A mis-hearing, and what is meant by it. Only `right` is ever told to an engine as a hint."""

    wrong: str
    right: str
    made_at: datetime
    is_on: bool = True
    """Off: it is kept, so that it is not learned again, and changes nothing."""

    def __post_init__(self) -> None:
        if not self.wrong.strip() or not self.right.strip():
            raise ValueError("a correction has words on both sides")
