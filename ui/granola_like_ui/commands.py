"""Everything the window can do, each with a name and a key: menus, shortcuts and the palette."""

from collections.abc import Callable
from dataclasses import dataclass

from PySide6.QtCore import QObject, Qt, Signal
from PySide6.QtGui import QAction, QKeySequence
from PySide6.QtWidgets import QWidget


@dataclass(frozen=True, slots=True, kw_only=True)
class Command:
    """One thing that can be done."""

    id: str
    """`area.verb`, for tests and for the list of last used ones."""
    text: str
    """As a person would say it, translated: "Start recording"."""
    run: Callable[[], object]
    key: str = ""
    """As Qt writes it, in portable form: "Ctrl+K" is Cmd+K on a Mac."""
    words: str = ""
    """More words under which the palette finds it."""


class Commands(QObject):
    """The commands that hold now. A page adds its own while it is shown, and takes them away."""

    changed = Signal()

    def __init__(self, window: QWidget) -> None:
        super().__init__(window)
        self._window = window
        self._actions: dict[str, QAction] = {}
        self._commands: dict[str, Command] = {}

    def add(self, *commands: Command) -> None:
        """Offer these, under their keys, wherever in the window the focus is."""
        for command in commands:
            self.remove(command.id)
            action = QAction(command.text, self._window)
            action.setShortcutContext(Qt.ShortcutContext.WindowShortcut)
            if command.key:
                action.setShortcut(QKeySequence(command.key))
            # Qt hands over whether it is checked, which no command wants to know.
            action.triggered.connect(lambda _=False, run=command.run: run())
            self._window.addAction(action)
            self._actions[command.id], self._commands[command.id] = action, command
        self.changed.emit()

    def remove(self, *ids: str) -> None:
        """Offer these no longer; unknown ones are passed over."""
        for name in ids:
            if (action := self._actions.pop(name, None)) is not None:
                self._window.removeAction(action)
                action.deleteLater()
                del self._commands[name]
        self.changed.emit()

    def enable(self, name: str, *, enabled: bool) -> None:
        """Say whether a command can be done now."""
        self._actions[name].setEnabled(enabled)
        self.changed.emit()

    def run(self, name: str) -> None:
        """Do it, if it can be done now."""
        self._actions[name].trigger()

    def possible(self) -> tuple[Command, ...]:
        """List what can be done now, in the order in which it was added."""
        return tuple(c for name, c in self._commands.items() if self._actions[name].isEnabled())


def shown_key(key: str) -> str:
    """Write a key as this system shows it."""
    return QKeySequence(key).toString(QKeySequence.SequenceFormat.NativeText)
