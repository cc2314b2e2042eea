"""What the tray and the floating indicator show."""

from dataclasses import dataclass
from typing import Literal, TypeAlias

Doing: TypeAlias = Literal["nothing", "recording", "paused", "writing"]


@dataclass(frozen=True, slots=True, kw_only=True)
class TrayState:
    """What is going on, as far as it matters outside the window."""

    doing: Doing = "nothing"
    title: str = ""
    """Of the meeting that goes on."""
    elapsed_ms: int = 0
    call: str = ""
    """The program that has started a call which is not recorded."""
    trouble: str = ""
    """A sentence; the indicator turns amber."""
