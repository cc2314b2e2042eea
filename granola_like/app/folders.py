"""The folders of the library, as the window's sidebar and the command line use them."""

from collections.abc import Collection, Sequence

from granola_like.domain.home import Folder
from granola_like.library import Library, shelves

__all__ = ["Folder", "create", "delete", "folders", "move", "put_back", "rename", "reorder"]


def folders(library: Library) -> tuple[Folder, ...]:
    """List the folders in the person's order, the empty ones too, with their meetings counted."""
    return shelves.folders(library)


def create(library: Library, name: str) -> str:
    """Make an empty folder, and give its name as it is kept: without spaces around it.

    Raises LibraryError when there is no name, or a folder of that name (in any case of letters).
    """
    return shelves.create_folder(library, name)


def rename(library: Library, old: str, new: str) -> str:
    """Give a folder another name, and give it as it is kept. Raises LibraryError, NotFound."""
    return shelves.rename_folder(library, old, new)


def delete(library: Library, name: str) -> tuple[str, ...]:
    """Remove a folder; its meetings stay, without one. Gives their ids, for `put_back`."""
    return shelves.delete_folder(library, name)


def put_back(library: Library, name: str, meetings: Collection[str]) -> None:
    """Undo `delete`: the folder with the meetings that were in it."""
    shelves.move_meetings(library, meetings, shelves.create_folder(library, name))


def reorder(library: Library, names: Sequence[str]) -> None:
    """Put the folders into this order; those that are not named keep theirs, behind it."""
    shelves.order_folders(library, names)


def move(library: Library, meetings: Collection[str], folder: str | None) -> None:
    """Put meetings into a folder, or with None out of theirs. Raises NotFound."""
    shelves.move_meetings(library, meetings, folder)
