"""What can be done with meetings and folders, by keys and from the palette."""

from typing import TYPE_CHECKING

from PySide6.QtCore import QCoreApplication

from granola_like_ui.commands import Command
from granola_like_ui.home.page import RECORD_KEY

if TYPE_CHECKING:
    from granola_like_ui.home.controller import HomeController


def home_commands(home: "HomeController") -> tuple[Command, ...]:
    """Name them; they hold wherever in the window the person is."""
    return (
        Command(
            id="home.show",
            text=QCoreApplication.translate("HomeCommands", "Home"),
            run=home.show_home,
            key="Ctrl+Shift+H",
        ),
        Command(
            id="home.search",
            text=QCoreApplication.translate("HomeCommands", "Search all meetings"),
            run=home.focus_search,
            key="Ctrl+Shift+F",
            words=QCoreApplication.translate("HomeCommands", "find"),
        ),
        Command(
            id="home.record",
            text=QCoreApplication.translate("HomeCommands", "Record now"),
            run=home.record_asked.emit,
            key=RECORD_KEY,
            words=QCoreApplication.translate("HomeCommands", "start recording call meeting"),
        ),
        Command(
            id="home.folder",
            text=QCoreApplication.translate("HomeCommands", "New folder"),
            run=home.sidebar.begin_folder,
            key="Ctrl+Shift+N",
        ),
        Command(
            id="home.rename",
            text=QCoreApplication.translate("HomeCommands", "Rename the chosen meeting or folder"),
            run=home.rename_chosen,
            key="F2",
        ),
        Command(
            id="home.move",
            text=QCoreApplication.translate("HomeCommands", "Move the chosen meetings to a folder"),
            run=lambda: home.chosen_list().move_chosen(),
            key="Ctrl+Shift+M",
        ),
        Command(
            id="home.delete",
            text=QCoreApplication.translate("HomeCommands", "Delete the chosen meetings"),
            run=lambda: home.chosen_list().delete_chosen(),
        ),
        Command(
            id="home.restore",
            text=QCoreApplication.translate(
                "HomeCommands", "Take the chosen meetings out of the trash"
            ),
            run=lambda: home.chosen_list().restore_chosen(),
        ),
        Command(
            id="home.trash",
            text=QCoreApplication.translate("HomeCommands", "Trash"),
            run=home.show_trash,
            words=QCoreApplication.translate("HomeCommands", "deleted"),
        ),
    )
