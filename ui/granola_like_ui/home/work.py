"""What the library is asked, and what is done to it, on the reader's thread.

Everything is imported there when it is first asked for: the window is seen before SQLite is loaded.
"""

from collections.abc import Collection, Sequence
from datetime import date
from typing import TYPE_CHECKING

from PySide6.QtCore import QLocale

from granola_like.domain.home import Folder, HomeRow
from granola_like.domain.search import Hit
from granola_like_ui.home.state import Group
from granola_like_ui.home.telling import full_day, local_day

if TYPE_CHECKING:
    from granola_like.app import App
    from granola_like.app.home import Changed

FOUND = 60
"""So many passages at most."""


def recent(
    app: "App",
    before: HomeRow | None = None,
    *,
    limit: int,
    folder: str | None = None,
    trash: bool = False,
) -> tuple[HomeRow, ...]:
    """Read a page of meetings."""
    from granola_like.app import home

    return home.recent(app.library, before, limit, folder=folder, trash=trash)


def counted(app: "App") -> tuple[tuple[Folder, ...], int, int]:
    """Read the folders, and count the meetings and those in the trash."""
    from granola_like.app import folders, home

    library = app.library
    return folders.folders(library), home.count(library), home.count(library, trash=True)


def changed(app: "App", since: int | None) -> "Changed":
    """Say what was written since a moment; None asks only what moment it is now."""
    from granola_like.app import home

    if since is None:
        return home.Changed(home.moment(app.library), ())
    return home.changed_since(app.library, since)


def search(app: "App", query: str, *, today: date, locale: QLocale) -> tuple[Group, ...]:
    """Find passages, by meeting: first the meeting with the best one."""
    from granola_like.app import home

    by_meeting: dict[str, list[Hit]] = {}
    for hit in app.library.search(query, limit=FOUND):
        by_meeting.setdefault(hit.meeting, []).append(hit)
    made = []
    for meeting, hits in by_meeting.items():
        day = local_day(home.about(app.library, meeting).started_at)
        when = full_day(day, today=today, locale=locale)
        made.append(Group(meeting=meeting, title=hits[0].title, hits=tuple(hits), when=when))
    return tuple(made)


def rename(app: "App", meeting: str, title: str) -> None:
    """Give a meeting another title."""
    from granola_like.app import home_actions

    home_actions.rename(app.library, meeting, title)


def delete(app: "App", meetings: Collection[str]) -> None:
    """Put meetings into the trash."""
    from granola_like.app import home_actions

    home_actions.delete(app.library, meetings)


def restore(app: "App", meetings: Collection[str]) -> None:
    """Take meetings out of the trash."""
    from granola_like.app import home_actions

    home_actions.restore(app.library, meetings)


def empty_trash(app: "App") -> int:
    """Delete for good what lies in the trash."""
    from granola_like.app import home_actions

    return home_actions.empty_trash(app.library)


def move(app: "App", meetings: Collection[str], folder: str | None) -> None:
    """Put meetings into a folder, or out of theirs."""
    from granola_like.app import folders

    folders.move(app.library, meetings, folder)


def create_folder(app: "App", name: str, meetings: Collection[str]) -> None:
    """Make a folder, with these meetings in it."""
    from granola_like.app import folders

    made = folders.create(app.library, name)
    if meetings:
        folders.move(app.library, meetings, made)


def rename_folder(app: "App", old: str, new: str) -> None:
    """Give a folder another name."""
    from granola_like.app import folders

    folders.rename(app.library, old, new)


def delete_folder(app: "App", name: str) -> tuple[str, ...]:
    """Remove a folder, and say which meetings were in it."""
    from granola_like.app import folders

    return folders.delete(app.library, name)


def put_back_folder(app: "App", name: str, meetings: Collection[str]) -> None:
    """Undo `delete_folder`."""
    from granola_like.app import folders

    folders.put_back(app.library, name, meetings)


def order_folders(app: "App", names: Sequence[str]) -> None:
    """Put the folders into an order."""
    from granola_like.app import folders

    folders.reorder(app.library, names)
