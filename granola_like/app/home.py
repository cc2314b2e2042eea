"""The list of meetings: a page at a time, and what has changed since it was read.

Every function takes the library of the caller's own thread (`App.library`).
"""

from dataclasses import dataclass, replace

from granola_like.domain.changes import Changes
from granola_like.domain.enhanced import WRITTEN
from granola_like.domain.home import HomeRow
from granola_like.domain.meeting import Meeting
from granola_like.enhance.edits import rebase
from granola_like.library import Library, glance

__all__ = ["Changed", "HomeRow", "about", "changed_since", "count", "moment", "recent"]

SNIPPET_CHARACTERS = 160


def recent(
    library: Library,
    before: HomeRow | None = None,
    limit: int = 50,
    *,
    folder: str | None = None,
    trash: bool = False,
) -> tuple[HomeRow, ...]:
    """List meetings, newest first: the first page, or the one that follows the row `before`.

    A page is as quick at ten thousand meetings as at ten. With `trash`, those that were deleted.
    """
    rows = glance.page(library, before=before, limit=limit, folder=folder, trash=trash)
    return tuple(
        replace(row, snippet=shortened(_edited(library, row) if row.is_edited else row.snippet))
        for row in rows
    )


def count(library: Library, *, trash: bool = False) -> int:
    """Say how many meetings there are, or how many lie in the trash."""
    return glance.count(library, trash=trash)


def about(library: Library, meeting: str) -> Meeting:
    """Give a meeting's title, time and so on, without what it owns. Raises NotFound."""
    return glance.about(library, meeting)


@dataclass(frozen=True, slots=True)
class Changed:
    """What was written since a moment, by whichever thread or program."""

    moment: int
    """Ask from here the next time."""
    changes: tuple[Changes, ...]
    """Meeting by meeting, in the order of their last write; folders have no meeting's id."""


def moment(library: Library) -> int:
    """Give the moment now: whoever has just read the library asks `changed_since` from here."""
    return glance.moment(library)


def changed_since(library: Library, since: int) -> Changed:
    """Say what was written since; cheap enough to ask several times a second."""
    return Changed(*glance.touched_since(library, since))


def shortened(text: str, *, longest: int = SNIPPET_CHARACTERS) -> str:
    """Cut a text between two words, with an ellipsis; what fits stays as it is."""
    text = " ".join(text.split())
    if len(text) <= longest:
        return text
    return text[:longest].rsplit(" ", 1)[0].rstrip(" ,;:·") + "…"


def _edited(library: Library, row: HomeRow) -> str:
    """Make the snippet of a note that the person changed: in the person's words."""
    note, edits = glance.note_with_edits(library, row.meeting)
    if note is None:
        return row.snippet
    blocks = rebase(edits, note).note.blocks
    return glance.as_snippet([block.text for block in blocks if block.kind in WRITTEN])
