"""Typing a line while the screen above it lives: one key at a time, or whole lines from a pipe."""

import contextlib
import os
import sys
import threading
from collections.abc import Callable, Iterator
from dataclasses import dataclass, field
from typing import Literal, TypeAlias

Key: TypeAlias = Literal["pause", "off the record", "keep"]

_COMMANDS: dict[str, Key] = {"\x10": "pause", "\x0f": "off the record", "\x0b": "keep"}
HELP = "Ctrl-P pause · Ctrl-O off the record (drops the last minute) · Ctrl-C stop"
INDENT = "  "


@dataclass(frozen=True, slots=True)
class Typed:
    """A complete line: `at_ms` is when its first character was typed."""

    text: str
    indent: int
    at_ms: int


@dataclass(slots=True)
class LineEditor:
    """Collects characters to lines. Pure but for the clock that it is given."""

    clock: Callable[[], int]
    """The meeting clock, in milliseconds."""
    text: str = ""
    _began: int = field(default=0)

    def take(self, character: str) -> Typed | Key | None:
        """Take one character; gives what it completes, if anything."""
        if character in _COMMANDS:
            return _COMMANDS[character]
        if character in "\r\n":
            return self._complete()
        if character in "\x7f\b":
            self.text = self.text[:-1]
        elif character == "\x15":  # Ctrl-U, as in every terminal
            self.text = ""
        elif character == "\t":
            self.text = INDENT + self.text
        elif character.isprintable():
            if not self.text.strip():
                self._began = self.clock()
            self.text += character
        return None

    def _complete(self) -> Typed | None:
        text, self.text = self.text, ""
        if not text.strip():
            return None
        spaces = len(text) - len(text.lstrip(" "))
        return Typed(text.strip(), spaces // len(INDENT), self._began)


class Keyboard:
    """Reads standard input on a thread and tells what was typed.

    A terminal is read key by key; a pipe line by line, and its end is no end of the recording.
    """

    def __init__(self, editor: LineEditor, tell: Callable[[Typed | Key], object]) -> None:
        self.editor = editor
        self._tell = tell
        threading.Thread(target=self._run, name="keyboard", daemon=True).start()

    def _run(self) -> None:
        with contextlib.suppress(OSError, ValueError):
            for character in _characters():
                found = self.editor.take(character)
                if found is not None:
                    self._tell(found)


@contextlib.contextmanager
def single_keys() -> Iterator[None]:
    """Let the terminal give every key at once and echo none; as it was afterwards."""
    if not sys.stdin.isatty() or os.name == "nt":
        yield
        return
    import termios
    import tty

    before = termios.tcgetattr(sys.stdin)
    try:
        tty.setcbreak(sys.stdin)
        changed = termios.tcgetattr(sys.stdin)
        changed[0] &= ~termios.IXON  # Ctrl-O and Ctrl-P are ours, not the driver's
        changed[3] &= ~termios.IEXTEN
        termios.tcsetattr(sys.stdin, termios.TCSANOW, changed)
        yield
    finally:
        termios.tcsetattr(sys.stdin, termios.TCSADRAIN, before)


if sys.platform == "win32":

    def _characters() -> Iterator[str]:
        import msvcrt

        if not sys.stdin.isatty():
            yield from _piped()
            return
        while True:
            yield msvcrt.getwch()

else:

    def _characters() -> Iterator[str]:
        if not sys.stdin.isatty():
            yield from _piped()
            return
        while character := sys.stdin.read(1):
            yield character


def _piped() -> Iterator[str]:
    for line in sys.stdin:
        yield from line
