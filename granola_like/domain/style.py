"""How the person likes notes to be written, as rules that can be seen, switched off and removed."""

from dataclasses import dataclass
from typing import Literal, TypeAlias

RuleKind: TypeAlias = Literal[
    "full stops", "capitals", "owners", "length", "amounts", "names", "subject", "greetings"
]
"""The closed list of what can be a matter of style."""

CHOICES: dict[RuleKind, tuple[str, ...]] = {
    "full stops": ("without", "with"),
    "capitals": ("upper", "lower"),
    "owners": ("first",),
    "length": ("short",),
    "amounts": ("short", "long"),
    "names": ("first", "full"),
    "subject": ("without",),
    "greetings": ("without",),
}
"""What may be chosen of each kind."""


@dataclass(frozen=True, slots=True, kw_only=True)
class StyleRule:
    """One habit, for the notes of one template."""

    template: str
    kind: RuleKind
    choice: str
    """One of CHOICES[kind]."""
    words: int | None = None
    """Of `length`: how many words a line should have at most."""
    sources: tuple[str, ...] = ()
    """The edits that show it, by their ids."""
    against: int = 0
    """How many edits show the opposite."""
    is_on: bool = True
    """Off: the person does not want it; it is kept, so that it is not proposed again."""

    def __post_init__(self) -> None:
        if self.choice not in CHOICES[self.kind]:
            raise ValueError(f"{self.kind} cannot be {self.choice}")
        if (self.words is not None) != (self.kind == "length"):
            raise ValueError("a limit of words belongs to the length, and to nothing else")
        if self.words is not None and self.words < 1:
            raise ValueError("a line has one word or more")

    @property
    def id(self) -> str:
        """Name it: a template has at most one rule of a kind."""
        return f"{self.template}/{self.kind}"
