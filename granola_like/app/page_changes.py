"""What the person does to single lines of a finished note.

A line is the machine's, the person's typed one, or one that was put into the note later; whoever
shows them need not tell them apart. Each function is one transaction, and harmless twice.
"""

from collections.abc import Callable
from dataclasses import replace
from datetime import UTC, date, datetime
from functools import wraps
from typing import Concatenate, Literal, ParamSpec

from granola_like.app.editing import learn_from
from granola_like.domain.bundle import Bundle
from granola_like.domain.edits import (
    Accept,
    Change,
    Drop,
    Edit,
    Insert,
    Reassign,
    Reschedule,
    Reword,
    Tick,
)
from granola_like.domain.enhanced import WRITTEN, Block, BlockKind
from granola_like.enhance.edits import OWN, rebase, settle
from granola_like.errors import NotFound
from granola_like.library import Library, new_id

TYPED = "typed-"
"""Before a typed line's id it is the id of a line that the newest note does not have yet."""

P = ParamSpec("P")


def _at_once(
    change: Callable[Concatenate[Library, P], None],
) -> Callable[Concatenate[Library, P], None]:
    """What another thread writes meanwhile is not written over."""

    @wraps(change)
    def changed(library: Library, /, *args: P.args, **kwargs: P.kwargs) -> None:
        with library.transaction():
            change(library, *args, **kwargs)

    return changed


@_at_once
def reword(library: Library, meeting: str, line: str, text: str) -> None:
    """Let a line say this. The machine's own words take the edit away. Raises NotFound."""
    bundle = library.load(meeting)
    if line.startswith(OWN):
        _change_own(library, bundle, line, text)
        return
    if line.startswith(TYPED):
        _retype(library, bundle, line.removeprefix(TYPED), text)
        return
    block = _machine_block(bundle, line)
    if block.kind == "note":
        _retype(library, bundle, block.note, text)
        return
    kept = _without(bundle.edits, line, Reword)
    if text != block.text:
        kept = (*kept, _edit(Reword(text), block))
    _save(library, bundle, kept)


@_at_once
def drop(library: Library, meeting: str, line: str) -> None:
    """Leave a line out; a typed line loses its words. Raises NotFound."""
    bundle = library.load(meeting)
    if line.startswith(OWN):
        kept = tuple(one for one in bundle.edits if one.id != line.removeprefix(OWN))
        _save(library, bundle, tuple(one for one in kept if not _is_on(one, line)))
        return
    if line.startswith(TYPED):
        _retype(library, bundle, line.removeprefix(TYPED), "")
        return
    block = _machine_block(bundle, line)
    if block.kind == "note":
        _retype(library, bundle, block.note, "")
    elif not any(_is_on(one, line) and isinstance(one.change, Drop) for one in bundle.edits):
        _save(library, bundle, (*bundle.edits, _edit(Drop(), block)))


@_at_once
def bring_back(
    library: Library,
    meeting: str,
    line: str,
    text: str,
    *,
    after: str | None = None,
    indent: int = 0,
) -> None:
    """Have a line there again that was dropped. Raises NotFound."""
    if line.startswith(OWN):
        insert(library, meeting, line, text, after=after, indent=indent)
        return
    bundle = library.load(meeting)
    kept = _without(bundle.edits, line, Drop)
    if kept != bundle.edits:
        _save(library, bundle, kept)
    reword(library, meeting, line, text)


@_at_once
def insert(
    library: Library,
    meeting: str,
    line: str,
    text: str,
    *,
    after: str | None = None,
    indent: int = 0,
    kind: BlockKind = "note",
) -> None:
    """Put a line of the person's own behind another one; None is the top.

    `line` is the id that it shall have: `own-` and what nobody else has. Raises NotFound.
    """
    bundle = library.load(meeting)
    behind = None if after is None else _shown_block(bundle, after)
    made = Edit(
        id=line.removeprefix(OWN),
        made_at=datetime.now(UTC),
        change=Insert(text, behind, indent, kind),
    )
    kept = tuple(one for one in bundle.edits if one.id != made.id)
    _save(library, bundle, (*kept, made))


@_at_once
def accept(library: Library, meeting: str, line: str) -> None:
    """Call a line right as it stands. Raises NotFound."""
    _add(library, meeting, line, Accept())


@_at_once
def tick(library: Library, meeting: str, line: str, *, is_done: bool) -> None:
    """Say that something has been done, or is to be done again. Raises NotFound."""
    _add(library, meeting, line, Tick(is_done))


@_at_once
def reassign(library: Library, meeting: str, line: str, owner: str | None) -> None:
    """Give an action item to somebody, or to nobody. Raises NotFound."""
    _add(library, meeting, line, Reassign(owner))


@_at_once
def reschedule(library: Library, meeting: str, line: str, due: date | None) -> None:
    """Set the day of an action item, or none. Raises NotFound."""
    _add(library, meeting, line, Reschedule(due))


@_at_once
def give_back(library: Library, meeting: str, line: str) -> None:
    """Take every edit of a line away: the machine's words are back. Raises NotFound."""
    bundle = library.load(meeting)
    kept = tuple(one for one in bundle.edits if not _is_on(one, line))
    if kept != bundle.edits:
        _save(library, bundle, kept)


@_at_once
def choose(library: Library, meeting: str, edit: str, keep: Literal["mine", "theirs"]) -> None:
    """End a conflict: the person's words on the line as it is now, or the line without them."""
    bundle = library.load(meeting)
    if bundle.enhanced is None:
        return
    conflicts = {one.edit.id: one for one in rebase(bundle.edits, bundle.enhanced).conflicts}
    if edit not in conflicts:
        return
    settled = settle(conflicts[edit], keep=keep)
    kept = [settled if one.id == edit else one for one in bundle.edits]
    _save(library, bundle, tuple(one for one in kept if one is not None))


def _add(library: Library, meeting: str, line: str, change: Change) -> None:
    """Make a change on a written line; an earlier one of its kind on the line gives way."""
    bundle = library.load(meeting)
    block = _shown_block(bundle, line) if line.startswith(OWN) else _machine_block(bundle, line)
    if block.kind not in WRITTEN:
        raise NotFound("Only a written line can be changed so.", hint="Choose another line.")
    kept = _without(bundle.edits, line, type(change))
    _save(library, bundle, (*kept, _edit(change, block)))


def _change_own(library: Library, bundle: Bundle, line: str, text: str) -> None:
    name = line.removeprefix(OWN)
    changed = tuple(
        replace(one, change=replace(one.change, text=text))
        if one.id == name and isinstance(one.change, Insert)
        else one
        for one in bundle.edits
    )
    if not any(one.id == name for one in bundle.edits):
        raise _no_line()
    _save(library, bundle, changed)


def _retype(library: Library, bundle: Bundle, note: str | None, text: str) -> None:
    """Change what the person typed; its stamps stay, for it was typed then."""
    changed = tuple(replace(line, text=text) if line.id == note else line for line in bundle.notes)
    if changed != bundle.notes:
        library.save_notes(bundle.meeting.id, changed)


def _save(library: Library, bundle: Bundle, edits: tuple[Edit, ...]) -> None:
    if edits != bundle.edits:
        library.save_edits(bundle.meeting.id, edits)
        learn_from(library, bundle)


def _without(edits: tuple[Edit, ...], line: str, kind: type[Change]) -> tuple[Edit, ...]:
    """Leave out the edits of a kind on a line, whichever version's."""
    return tuple(one for one in edits if not (_is_on(one, line) and isinstance(one.change, kind)))


def _is_on(edit: Edit, line: str) -> bool:
    return edit.on is not None and edit.on.id == line


def _edit(change: Change, on: Block) -> Edit:
    return Edit(id=new_id(), made_at=datetime.now(UTC), change=change, on=on)


def _machine_block(bundle: Bundle, line: str) -> Block:
    blocks = bundle.enhanced.blocks if bundle.enhanced else ()
    for block in blocks:
        if block.id == line and block.kind != "heading":
            return block
    raise _no_line()


def _shown_block(bundle: Bundle, line: str) -> Block:
    """Find a line of the note as the person sees it; where it was dropped, as it was."""
    if bundle.enhanced is not None:
        shown = rebase(bundle.edits, bundle.enhanced).note.blocks
        for block in (*bundle.enhanced.blocks, *shown):
            if block.id == line:
                return block
    raise _no_line()


def _no_line() -> NotFound:
    return NotFound(
        "This line is not in the note any more.", hint="Open the meeting again and look."
    )
