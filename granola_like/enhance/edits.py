"""The person's edits on any version of a note, as a rebase.

Nothing is lost and nothing is guessed: an edit goes onto the block it was made on, when that
block is there and still says what it said; otherwise it is a conflict, with both sides. An edit
that the new version already fulfils has nothing left to do.
"""

from collections.abc import Iterable
from dataclasses import replace
from typing import Literal

from granola_like.domain.edits import (
    Accept,
    Clash,
    Conflict,
    Drop,
    Edit,
    Insert,
    Move,
    Reassign,
    Rebased,
    Rekind,
    Reschedule,
    Reword,
    Tick,
)
from granola_like.domain.enhanced import Block, EnhancedNote
from granola_like.enhance.edits_match import matched

OWN = "own-"
"""Before the edit's id it is the block id of an inserted line."""


def rebase(edits: Iterable[Edit], onto: EnhancedNote) -> Rebased:
    """Put the person's edits onto a version of the note.

    Edits are made in the order of their time, so the later of two on one block wins. Every edit
    is either in `applied` or in `conflicts`; the person's typed lines stay as they are, in order.
    """
    page = _Page(edits, onto)
    applied: list[Edit] = []
    conflicts: list[Conflict] = []
    for edit in page.edits:
        clash = page.put(edit)
        if clash is None:
            applied.append(edit)
        else:
            now = page.found.get(edit.on) if edit.on else None
            conflicts.append(Conflict(edit, clash, now))
    blocks = tuple(block for block in page.blocks if block.id not in page.dropped)
    shown = {block.id for block in blocks}
    return Rebased(
        note=replace(onto, blocks=blocks),
        applied=tuple(applied),
        conflicts=tuple(conflicts),
        accepted=frozenset(page.accepted & shown),
        reworded=frozenset(page.reworded & shown),
        done=frozenset(page.done & shown),
    )


def settle(conflict: Conflict, *, keep: Literal["mine", "theirs"]) -> Edit | None:
    """Give the edit that ends a conflict: made on the version's block now, or None to let it go.

    With `mine`, an edit whose block is gone stays as it is: there is nothing to put it on yet.
    """
    if keep == "theirs":
        return None
    if conflict.now is None:
        return conflict.edit
    return replace(conflict.edit, on=conflict.now)


def own_id(edit: Edit) -> str:
    """Give the block id of an inserted line."""
    return f"{OWN}{edit.id}"


class _Page:
    """A version on which edits are being put, one after the other."""

    def __init__(self, edits: Iterable[Edit], onto: EnhancedNote) -> None:
        self.edits = sorted(edits, key=lambda edit: (edit.made_at, edit.id))
        self.blocks = list(onto.blocks)
        self.dropped: set[str] = set()
        self.accepted: set[str] = set()
        self.reworded: set[str] = set()
        self.done: set[str] = set()
        meant = [block for edit in self.edits for block in _meant(edit)]
        self.found = matched(meant, onto.blocks)

    def put(self, edit: Edit) -> Clash | None:
        """Make one edit, or say why not."""
        if isinstance(edit.change, Insert):
            return self._insert(edit, edit.change)
        assert edit.on is not None
        if edit.on.id.startswith(OWN):
            own = next((block for block in self.blocks if block.id == edit.on.id), None)
            return "gone" if own is None else self._change(edit, own)
        now = self.found.get(edit.on)
        if now is None:
            return "gone"
        if not _fulfilled(edit, now) and not _still(edit, now):
            return "changed"
        return self._change(edit, now)

    def _change(self, edit: Edit, now: Block) -> Clash | None:
        at = self._at(now.id)
        block = self.blocks[at]
        match edit.change:
            case Reword(text):
                # What the guard found was about the machine's words.
                judged = now if text == now.text else Block(id="", kind="point", text="")
                self.blocks[at] = replace(
                    block, text=text, finding=judged.finding, details=judged.details
                )
                self.reworded.add(now.id)
            case Reassign(owner):
                self.blocks[at] = replace(block, owner=owner)
            case Reschedule(due):
                self.blocks[at] = replace(block, due=due)
            case Rekind(kind):
                self.blocks[at] = replace(block, kind=kind)
            case Accept():
                self.accepted.add(now.id)
            case Tick(is_done):
                (self.done.add if is_done else self.done.discard)(now.id)
            case Drop():
                self.dropped.add(now.id)
            case Move(after):
                return self._move(block, after)
            case Insert():
                raise AssertionError("an inserted line is made on no block")
        return None

    def _move(self, block: Block, after: Block | None) -> Clash | None:
        rest = [one for one in self.blocks if one.id != block.id]
        place = self._place(after, rest)
        if place is None:
            return "no place"
        neighbour = rest[place - 1] if place else None
        rest.insert(place, replace(block, note=_line(neighbour), indent=_indent(neighbour)))
        self.blocks = rest
        return None

    def _insert(self, edit: Edit, change: Insert) -> Clash | None:
        place = self._place(change.after, self.blocks)
        if place is None:
            return "no place"
        neighbour = self.blocks[place - 1] if place else None
        own = Block(
            id=own_id(edit),
            kind=change.kind,
            text=change.text,
            # A plain line of its own is no typed line; only what is written hangs under one.
            note=None if change.kind == "note" else _line(neighbour),
            indent=change.indent,
        )
        self.blocks.insert(place, own)
        self.reworded.add(own.id)
        return None

    def _place(self, after: Block | None, among: list[Block]) -> int | None:
        """Find where something behind `after` stands: there, or last of what is under its line."""
        if after is None:
            return 0
        meant = after.id if after.id.startswith(OWN) else None
        if (now := self.found.get(after)) is not None:
            meant = now.id
        ids = [block.id for block in among]
        if meant in ids:
            return ids.index(meant) + 1
        if after.note is None:
            return None
        under = [at for at, block in enumerate(among) if block.note == after.note]
        return under[-1] + 1 if under else None

    def _at(self, name: str) -> int:
        return next(at for at, block in enumerate(self.blocks) if block.id == name)


def _meant(edit: Edit) -> list[Block]:
    """Give the machine's blocks that an edit points at."""
    meant = [edit.on] if edit.on else []
    if isinstance(edit.change, Move | Insert) and edit.change.after is not None:
        meant.append(edit.change.after)
    return [block for block in meant if not block.id.startswith(OWN)]


def _still(edit: Edit, now: Block) -> bool:
    """Say whether a block is still what an edit was made on, as far as the edit is about it."""
    was = edit.on
    if was is None or was.text != now.text:
        return False
    match edit.change:
        case Reassign():
            return was.owner == now.owner
        case Reschedule():
            return was.due == now.due
        case Rekind():
            return was.kind == now.kind
        case Accept():
            return (was.kind, was.owner, was.due) == (now.kind, now.owner, now.due)
    return True


def _fulfilled(edit: Edit, now: Block) -> bool:
    """Say whether the new version is already as the person wanted it."""
    match edit.change:
        case Reword(text):
            return now.text == text
        case Reassign(owner):
            return now.owner == owner
        case Reschedule(due):
            return now.due == due
        case Rekind(kind):
            return now.kind == kind
    return False


def _line(neighbour: Block | None) -> str | None:
    return neighbour.note if neighbour else None


def _indent(neighbour: Block | None) -> int:
    if neighbour is None or neighbour.kind == "heading":
        return 0
    return neighbour.indent + (neighbour.kind == "note" and neighbour.note is not None)
