"""What the person changed in an enhanced note, kept apart from the machine's text.

An edit says what it was made on and what it changes. The machine's versions are never touched:
`enhance.edits.rebase` puts the edits onto any version, and taking an edit away gives the
machine's words back.
"""

from dataclasses import dataclass
from datetime import date, datetime
from typing import Literal, TypeAlias

from granola_like.domain.enhanced import WRITTEN, Block, BlockKind, EnhancedNote


@dataclass(frozen=True, slots=True)
class Reword:
    """The block says this instead."""

    text: str


@dataclass(frozen=True, slots=True)
class Accept:
    """The block is right as it stands, whatever the guard found."""


@dataclass(frozen=True, slots=True)
class Drop:
    """The block is left out."""


@dataclass(frozen=True, slots=True)
class Move:
    """The block stands behind another one; None is the top of the note."""

    after: Block | None


@dataclass(frozen=True, slots=True)
class Insert:
    """A line of the person's own behind a block; None is the top of the note.

    The kind `note` is a plain line; a written kind makes it an action item, a decision and so on.
    """

    text: str
    after: Block | None
    indent: int = 0
    kind: BlockKind = "note"

    def __post_init__(self) -> None:
        if self.kind == "heading":
            raise ValueError("headings are the template's")
        if self.indent < 0:
            raise ValueError("a line cannot be indented by less than nothing")


@dataclass(frozen=True, slots=True)
class Reassign:
    """Somebody else, or nobody, has it to do."""

    owner: str | None


@dataclass(frozen=True, slots=True)
class Reschedule:
    """It is due on another day, or on none."""

    due: date | None


@dataclass(frozen=True, slots=True)
class Rekind:
    """It is a decision, not a point, or the like."""

    kind: BlockKind

    def __post_init__(self) -> None:
        if self.kind not in WRITTEN:
            raise ValueError("a written line can only become another kind of written line")


@dataclass(frozen=True, slots=True)
class Tick:
    """It has been done, or is to be done again."""

    is_done: bool


Change: TypeAlias = Reword | Accept | Drop | Move | Insert | Reassign | Reschedule | Rekind | Tick


@dataclass(frozen=True, slots=True, kw_only=True)
class Edit:
    """One thing the person did to an enhanced note."""

    id: str
    made_at: datetime
    change: Change
    on: Block | None = None
    """The machine's block as it was when the edit was made; None for an inserted line."""

    def __post_init__(self) -> None:
        if isinstance(self.change, Insert) != (self.on is None):
            raise ValueError("an inserted line is made on no block, every other edit on one")
        if self.on is not None and self.on.kind not in WRITTEN:
            raise ValueError(
                "the person's lines are changed in the notes, headings in the template"
            )
        after = self.change.after if isinstance(self.change, Move) else None
        if self.on is not None and after is not None and after.id == self.on.id:
            raise ValueError("a block cannot be moved behind itself")


Clash: TypeAlias = Literal["gone", "changed", "no place"]
"""The block is in no way there; it says something else now; its neighbour is not there."""


@dataclass(frozen=True, slots=True)
class Conflict:
    """An edit that could not be put onto a version, with both sides for the person to choose."""

    edit: Edit
    clash: Clash
    now: Block | None = None
    """The block of the version that the edit seems to mean."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Rebased:
    """A version of the note with the person's edits on it."""

    note: EnhancedNote
    applied: tuple[Edit, ...] = ()
    conflicts: tuple[Conflict, ...] = ()
    accepted: frozenset[str] = frozenset()
    """Blocks that the person called right."""
    reworded: frozenset[str] = frozenset()
    """Blocks whose words are the person's, inserted lines among them."""
    done: frozenset[str] = frozenset()
    """Blocks that the person ticked off."""
