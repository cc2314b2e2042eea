"""Starting with the computer: XDG autostart on Linux, a LaunchAgent on macOS, a Run key on Windows.

Only Linux has been run; the others are tested with fakes of the registry and of the folder.
"""

import os
import platform
import plistlib
import sys
from pathlib import Path
from typing import Any, Protocol

from granola_like.errors import SettingsError

NAME = "granola_like"
WORDS = ("app", "--hidden")
"""What the program is started with: the window stays in the tray."""


class Login(Protocol):
    """Where a system keeps what starts at login."""

    def is_on(self) -> bool:
        """Whether we start at login."""
        ...

    def turn(self, *, on: bool) -> None:
        """Start at login, or no longer. Raises SettingsError."""
        ...


def this_login(command: tuple[str, ...] | None = None) -> Login:
    """Give this system's; `command` starts the window, None is this very program."""
    words = command or own_command()
    here: str = platform.system()  # not sys.platform: the type checker would drop two of the three
    if here == "Windows":
        return RunKey(words)
    if here == "Darwin":
        return LaunchAgent(words, folder=Path.home() / "Library" / "LaunchAgents")
    config = os.environ.get("XDG_CONFIG_HOME") or str(Path.home() / ".config")
    return Autostart(words, folder=Path(config) / "autostart")


def own_command() -> tuple[str, ...]:
    """How this program is started, also when it is frozen into one file."""
    if getattr(sys, "frozen", False):
        return (sys.executable, *WORDS)
    return (sys.executable, "-m", "granola_like", *WORDS)


class Autostart:
    """A desktop entry in the autostart folder of the XDG specification."""

    def __init__(self, command: tuple[str, ...], *, folder: Path) -> None:
        self._command, self._file = command, folder / f"{NAME}.desktop"

    def is_on(self) -> bool:
        """Whether the entry is there and not hidden."""
        try:
            lines = self._file.read_text("utf-8").splitlines()
        except OSError:
            return False
        return "Hidden=true" not in lines

    def turn(self, *, on: bool) -> None:
        """Write the entry, or remove it. Raises SettingsError."""
        words = " ".join(_quoted(word) for word in self._command)
        entry = (
            "[Desktop Entry]\nType=Application\nName=granola_like\n"
            f"Exec={words}\nTerminal=false\nX-GNOME-Autostart-enabled=true\n"
        )
        _put(self._file, entry.encode() if on else None)


class LaunchAgent:
    """A property list that launchd loads at login."""

    def __init__(self, command: tuple[str, ...], *, folder: Path) -> None:
        self._command, self._file = command, folder / f"{NAME}.plist"

    def is_on(self) -> bool:
        """Whether the list is there."""
        return self._file.exists()

    def turn(self, *, on: bool) -> None:
        """Write the list, or remove it. Raises SettingsError."""
        facts = {
            "Label": NAME,
            "ProgramArguments": list(self._command),
            "RunAtLoad": True,
            "ProcessType": "Interactive",
        }
        _put(self._file, plistlib.dumps(facts) if on else None)


class RunKey:
    """A value under the registry's Run key of this user; `registry` is the module `winreg`."""

    PATH = r"Software\Microsoft\Windows\CurrentVersion\Run"

    def __init__(self, command: tuple[str, ...], *, registry: Any = None) -> None:
        self._command = command
        self._registry = registry or __import__("winreg")

    def is_on(self) -> bool:
        """Whether the value is there."""
        winreg = self._registry
        try:
            with winreg.OpenKey(winreg.HKEY_CURRENT_USER, self.PATH) as key:
                winreg.QueryValueEx(key, NAME)
        except OSError:
            return False
        return True

    def turn(self, *, on: bool) -> None:
        """Write the value, or remove it. Raises SettingsError."""
        winreg = self._registry
        words = " ".join(f'"{word}"' if " " in word else word for word in self._command)
        try:
            with winreg.CreateKey(winreg.HKEY_CURRENT_USER, self.PATH) as key:
                if on:
                    winreg.SetValueEx(key, NAME, 0, winreg.REG_SZ, words)
                elif self.is_on():
                    winreg.DeleteValue(key, NAME)
        except OSError as error:
            raise _refused("the registry", error) from error


def _put(file: Path, content: bytes | None) -> None:
    try:
        if content is None:
            file.unlink(missing_ok=True)
            return
        file.parent.mkdir(parents=True, exist_ok=True)
        file.write_bytes(content)
    except OSError as error:
        raise _refused(str(file), error) from error


def _refused(where: str, error: OSError) -> SettingsError:
    return SettingsError(
        f"Starting at login could not be changed in {where}: {error.strerror or error}.",
        hint="Change it in the system's own settings.",
    )


def _quoted(word: str) -> str:
    """Quote an argument as the Desktop Entry Specification wants it."""
    if word and not any(mark in word for mark in " \t\n\"'\\><~|&;$*?#()`%"):
        return word
    inside = "".join(f"\\{mark}" if mark in '"`$\\' else mark for mark in word).replace("%", "%%")
    # A backslash is one of the file's own signs, too.
    return '"' + inside.replace("\\", "\\\\") + '"'
