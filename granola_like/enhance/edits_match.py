"""Which block of one version of a note is which of another.

A block is known again by its id, by its line and words, by its evidence and words, or by its line
and evidence alone (then its words have changed). Each block of the new version answers to at most
one of the old.
"""

from collections.abc import Iterable, Sequence

from rapidfuzz import fuzz

from granola_like.domain.enhanced import WRITTEN, Block

ALIKE = 60.0
"""How alike (0 to 100, rapidfuzz's token-sort ratio) two wordings must be, where only the line or
only the evidence is the same, to be two wordings of one thing."""


def matched(old: Iterable[Block], new: Sequence[Block]) -> dict[Block, Block]:
    """Give for each old block the new one that it is; blocks that are gone are left out.

    A block answers only to what is most like it; where that belongs to another one, it is gone.
    Old blocks with one id are one thing. Ties go to the earlier block, so the answer is always
    the same.
    """
    olds = tuple(dict.fromkeys(old))
    same: dict[str, list[Block]] = {}
    for one in olds:
        same.setdefault(one.id, []).append(one)
    pairs = []
    for at, blocks in enumerate(same.values()):
        likes = [max(likeness(one, other) for one in blocks) for other in new]
        best = max(likes, default=0.0)
        if best > 0:
            pairs += [(-best, at, to) for to, like in enumerate(likes) if like == best]
    ids = tuple(same)
    found: dict[str, Block] = {}
    taken: set[int] = set()
    for _, at, to in sorted(pairs):
        if ids[at] not in found and to not in taken:
            found[ids[at]] = new[to]
            taken.add(to)
    return {one: found[one.id] for one in olds if one.id in found}


def likeness(one: Block, other: Block) -> float:
    """Say how surely two blocks are one thing (0 is never); 4 and more means the same words."""
    if one == other:
        return 9.0
    if one.kind not in WRITTEN or other.kind not in WRITTEN:
        # Lines and headings are known by what they are, not by what they say.
        return 8.0 if (one.kind, one.id) == (other.kind, other.id) else 0.0
    shared = _shared(one, other)
    if one.text == other.text:
        there = shared or one.note == other.note
        return 4.0 + 2.0 * (one.id == other.id) + shared if there else 0.0
    return _reworded(one, other, shared)


def _reworded(one: Block, other: Block, shared: float) -> float:
    alike = fuzz.token_sort_ratio(one.text, other.text)
    same_line = one.note is not None and one.note == other.note
    if one.id == other.id:
        return 3.0 + alike / 200
    if same_line and shared:
        return 2.0 + 0.5 * shared + alike / 400
    if alike >= ALIKE and (shared or same_line):
        return 1.0 + alike / 200
    return 0.0


def _shared(one: Block, other: Block) -> float:
    """Give how much of the smaller evidence is in the other, by utterance."""
    first = {cited.utterance for cited in one.evidence}
    second = {cited.utterance for cited in other.evidence}
    smaller = min(len(first), len(second))
    return len(first & second) / smaller if smaller else 0.0
