"""What is different between two versions of a note, block by block and word by word."""

import re
from collections.abc import Sequence
from dataclasses import dataclass
from difflib import SequenceMatcher
from typing import Literal

from granola_like.domain.enhanced import Block
from granola_like.enhance.edits_match import matched


@dataclass(frozen=True, slots=True)
class Piece:
    """Some words of a changed block: `before` became `after`; equal where nothing changed.

    All `before`s joined are the old text, all `after`s the new one, spaces included.
    """

    before: str
    after: str


@dataclass(frozen=True, slots=True, kw_only=True)
class BlockChange:
    """One block of the two versions. `changed` has pieces; `same` may still stand elsewhere."""

    what: Literal["same", "changed", "added", "removed"]
    before: Block | None
    after: Block | None
    pieces: tuple[Piece, ...] = ()


def compare_versions(old: Sequence[Block], new: Sequence[Block]) -> tuple[BlockChange, ...]:
    """List every block of both versions once, in the new order.

    What was removed stands behind the block that it stood behind.
    """
    there = matched(old, new)
    origin = {after.id: before for before, after in there.items()}
    gone: dict[str | None, list[BlockChange]] = {}
    anchor: str | None = None
    for block in old:
        if block in there:
            anchor = there[block].id
        else:
            removed = BlockChange(what="removed", before=block, after=None)
            gone.setdefault(anchor, []).append(removed)
    found = list(gone.get(None, ()))
    for block in new:
        found.append(_change(origin.get(block.id), block))
        found += gone.get(block.id, ())
    return tuple(found)


def compare_words(before: str, after: str) -> tuple[Piece, ...]:
    """Compare two texts word by word (difflib: Ratcliff and Obershelp 1988)."""
    old, new = _words(before), _words(after)
    matcher = SequenceMatcher(None, old, new, autojunk=False)
    return tuple(
        Piece("".join(old[a:b]), "".join(new[c:d])) for _, a, b, c, d in matcher.get_opcodes()
    )


def _change(before: Block | None, after: Block) -> BlockChange:
    if before is None:
        return BlockChange(what="added", before=None, after=after)
    if _facts(before) == _facts(after):
        return BlockChange(what="same", before=before, after=after)
    return BlockChange(
        what="changed", before=before, after=after, pieces=compare_words(before.text, after.text)
    )


def _facts(block: Block) -> tuple[object, ...]:
    return (block.kind, block.text, block.indent, block.finding, block.owner, block.due)


def _words(text: str) -> list[str]:
    return re.findall(r"\w+|\s+|[^\w\s]", text)
