"""What can be done with meetings and folders, by keys and from the palette."""

from typing import TYPE_CHECKING

from granola_like_ui.commands import Command
from granola_like_ui.home.page import RECORD_KEY

if TYPE_CHECKING:
    from granola_like_ui.home.controller import HomeController


def home_commands(home: "HomeController") -> tuple[Command, ...]:
    """Name them; they hold wherever in the window the person is."""
    tr = home.tr
    return (
        Command(id="home.show", text=tr("Home"), run=home.show_home, key="Ctrl+Shift+H"),
        Command(
            id="home.search",
            text=tr("Search all meetings"),
            run=home.focus_search,
            key="Ctrl+Shift+F",
            words=tr("find"),
        ),
        Command(
            id="home.record",
            text=tr("Record now"),
            run=home.record_asked.emit,
            key=RECORD_KEY,
            words=tr("start recording call meeting"),
        ),
        Command(
            id="home.folder",
            text=tr("New folder"),
            run=home.sidebar.begin_folder,
            key="Ctrl+Shift+N",
        ),
        Command(
            id="home.rename",
            text=tr("Rename the chosen meeting or folder"),
            run=home.rename_chosen,
            key="F2",
        ),
        Command(
            id="home.move",
            text=tr("Move the chosen meetings to a folder"),
            run=lambda: home.chosen_list().move_chosen(),
            key="Ctrl+Shift+M",
        ),
        Command(
            id="home.delete",
            text=tr("Delete the chosen meetings"),
            run=lambda: home.chosen_list().delete_chosen(),
        ),
        Command(
            id="home.restore",
            text=tr("Take the chosen meetings out of the trash"),
            run=lambda: home.chosen_list().restore_chosen(),
        ),
        Command(id="home.trash", text=tr("Trash"), run=home.show_trash, words=tr("deleted")),
    )
