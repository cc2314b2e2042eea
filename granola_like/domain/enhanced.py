"""The note that the machine made around the person's lines, and what bears it out."""

from dataclasses import dataclass
from datetime import date, datetime
from typing import Literal, TypeAlias

BlockKind: TypeAlias = Literal["heading", "note", "point", "action", "decision", "question"]
"""`note` is the person's line, verbatim; `heading` is the template's; the rest are written."""

Finding: TypeAlias = Literal["supported", "changed", "unsupported"]
"""What the guard says: borne out, a fact differs from its source, or there is no source."""

DetailKind: TypeAlias = Literal[
    "number", "amount", "date", "percent", "name", "owner", "negation", "direction"
]

EXTRACTIVE = "extractive"
"""The writer that needs no model. It writes with the words that were said, in their language."""

WRITTEN: frozenset[BlockKind] = frozenset({"point", "action", "decision", "question"})
"""The kinds of block that the machine writes, and that therefore need evidence."""


@dataclass(frozen=True, slots=True)
class Evidence:
    """Where a line comes from: an utterance and, where it is known, words [from_word, to_word)."""

    utterance: str
    from_word: int | None = None
    to_word: int | None = None


@dataclass(frozen=True, slots=True)
class Aligned:
    """One utterance that a note line may rest on; a higher `score` is better (0 to 1)."""

    utterance: str
    score: float


@dataclass(frozen=True, slots=True)
class Detail:
    """One fact that differs, in the point's words and in its source's (empty: not there)."""

    kind: DetailKind
    in_point: str
    in_source: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class Block:
    """One line of the enhanced note."""

    id: str
    kind: BlockKind
    text: str
    note: str | None = None
    """The note line it is (`note`) or belongs to (a written block); None under no line."""
    indent: int = 0
    evidence: tuple[Evidence, ...] = ()
    finding: Finding | None = None
    """None for headings and the person's own lines."""
    details: tuple[Detail, ...] = ()
    owner: str | None = None
    due: date | None = None
    writer: str | None = None
    """Who wrote it, where that was another than the note's engine."""


@dataclass(frozen=True, slots=True, kw_only=True)
class EnhancedNote:
    """One version of the finished note."""

    template: str
    engine: str
    """Which writer made it: `extractive`, or a model's name."""
    created_at: datetime
    language: str | None = None
    """In which it is written (ISO 639-1); None, as in older notes, is the spoken one. What the
    extractive writer wrote is in the spoken one all the same."""
    blocks: tuple[Block, ...] = ()

    def language_of(self, block: Block, *, spoken: str) -> str:
        """Say in which language one of its written blocks is."""
        # What stands under no line was found in the transcript, without the note's writer.
        writer = block.writer or (self.engine if block.note else EXTRACTIVE)
        return spoken if writer == EXTRACTIVE else self.language or spoken
