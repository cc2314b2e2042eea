"""What the person typed."""

from dataclasses import dataclass


@dataclass(frozen=True, slots=True, kw_only=True)
class NoteLine:
    """One typed line. Its words are the person's: nothing ever changes them."""

    id: str
    text: str
    indent: int = 0
    typed_at_ms: int | None = None
    """When its first character was typed; None where nobody knows (an imported note)."""
    edited_at_ms: int | None = None
    """When it last changed."""

    def __post_init__(self) -> None:
        if self.indent < 0:
            raise ValueError("a line cannot be indented by less than nothing")
