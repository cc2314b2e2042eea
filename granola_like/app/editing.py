"""The person's edits: put onto a note for reading, added, taken away, and learned from."""

from dataclasses import replace
from datetime import UTC, datetime

from granola_like.domain.bundle import Bundle
from granola_like.domain.edits import Change, Conflict, Edit
from granola_like.enhance.edits import rebase
from granola_like.enhance.style import learn, styled
from granola_like.errors import NotFound
from granola_like.library import Library, new_id


def edited(library: Library, bundle: Bundle) -> tuple[Bundle, tuple[Conflict, ...]]:
    """Put the person's edits and rules of style onto the note, for reading.

    Gives the edits that do not fit this version, too. What is stored stays as the machine wrote it.
    """
    if bundle.enhanced is None:
        return bundle, ()
    rebased = rebase(bundle.edits, bundle.enhanced)
    rules = library.style_rules(bundle.enhanced.template)
    note = styled(rebased.note, bundle, rules, keep=rebased.reworded) if rules else rebased.note
    return replace(bundle, enhanced=note), rebased.conflicts


def edit(library: Library, meeting: str, change: Change, *, block: str | None = None) -> Edit:
    """Change one block of a stored note (None inserts a line), and learn from it.

    Raises NotFound when there is no such block, and ValueError when it cannot be changed so.
    """
    bundle = library.load(meeting)
    blocks = {one.id: one for one in bundle.enhanced.blocks} if bundle.enhanced else {}
    if block is not None and block not in blocks:
        raise NotFound(
            f"There is no block “{block}” in this note.",
            hint=f"`granola-like edit {meeting}` lists the blocks.",
        )
    on = None if block is None else blocks[block]
    made = Edit(id=new_id(), made_at=datetime.now(UTC), change=change, on=on)
    library.save_edits(meeting, (*bundle.edits, made))
    learn_from(library, bundle)
    return made


def undo_edit(library: Library, meeting: str, edit: str) -> None:
    """Take one of the person's edits away: the machine's words are back. Raises NotFound."""
    bundle = library.load(meeting)
    kept = tuple(one for one in bundle.edits if one.id != edit)
    if kept == bundle.edits:
        raise NotFound(
            f"There is no edit “{edit}” of this note.",
            hint=f"`granola-like edit {meeting}` lists the edits.",
        )
    library.save_edits(meeting, kept)
    learn_from(library, bundle)


def learn_from(library: Library, bundle: Bundle) -> None:
    """Look again at the edits of all notes with this note's template, for rules of style."""
    if bundle.enhanced is None:
        return
    template = bundle.enhanced.template
    rules = learn(
        library.edits_on(template),
        template=template,
        known=library.style_rules(template),
        language=bundle.meeting.language,
    )
    library.save_style_rules(template, rules)
