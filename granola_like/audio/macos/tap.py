"""What a Mac plays, from a helper program with a Core Audio process tap (macOS 14.4 and later).

The helper is a small signed program (`packaging/macos/tap`), for a tap is granted to a signed
program that says in its Info.plist what it wants. It writes messages to its standard output: a
letter, the length of what follows (32 bits, little endian), and that:

`j`  an event as JSON: `ready`; `moved`, the output has changed and the tap was made anew;
     `failed` with a `sentence`
`a`  sound: 16 bit, two channels, 48 kHz

It ends when its standard input is closed, so it cannot outlive us. None of this has been run on a
Mac: it is tested against a program that speaks the same.
"""

import json
import logging
import platform
import shutil
import struct
import subprocess
import sys
import threading
from collections.abc import Callable, Sequence
from pathlib import Path
from typing import IO

from granola_like.audio.portaudio import Format
from granola_like.audio.segments import RATE
from granola_like.errors import SoundError

logger = logging.getLogger(__name__)

PROGRAM = "granola-like-tap"
FORMAT = Format(rate=RATE, channels=2)
OPEN_SECONDS = 5.0
_OLDEST = (14, 4)
_HEAD = struct.Struct("<cI")
_LONGEST = 4 << 20
_HINT = (
    "Allow it in System Settings → Privacy & Security → Screen & System Audio Recording, or "
    "install a virtual device such as BlackHole."
)


def find_helper() -> Path | None:
    """Find the helper beside the program or on the path; None where taps do not exist yet."""
    found = tuple(int(part) for part in platform.mac_ver()[0].split(".")[:2] if part.isdigit())
    if found < _OLDEST:
        return None
    beside = Path(sys.executable).with_name(PROGRAM)
    if beside.exists():
        return beside
    on_path = shutil.which(PROGRAM)
    return Path(on_path) if on_path else None


class TapStream:
    """One run of the helper. Raises SoundError when it does not begin."""

    def __init__(
        self,
        command: Sequence[str | Path],
        *,
        heard: Callable[[bytes], None],
        moved: Callable[[], None],
    ) -> None:
        self._heard, self._moved = heard, moved
        self.bytes = 0
        """How much sound has come."""
        self.has_sounded = False
        """Whether any of it was not digital silence."""
        self._failure = ""
        self._is_closed = False
        self._begun = threading.Event()
        try:
            self._process = subprocess.Popen(
                command, stdin=subprocess.PIPE, stdout=subprocess.PIPE, stderr=subprocess.DEVNULL
            )
        except OSError as error:
            raise SoundError("The sound of this Mac could not be tapped.", hint=_HINT) from error
        self._reader = threading.Thread(target=self._read, name="process tap", daemon=True)
        self._reader.start()
        if not self._begun.wait(OPEN_SECONDS) or self._failure or not self.is_alive():
            self.close()
            told = self._failure or "The sound of this Mac could not be tapped."
            raise SoundError(told, hint=_HINT)

    def is_alive(self) -> bool:
        """Whether the helper still runs and speaks."""
        return self._process.poll() is None and self._reader.is_alive()

    def close(self) -> None:
        """End the helper: no block comes after it returns. Closing twice is harmless."""
        self._is_closed = True
        if self._process.stdin is not None:
            self._process.stdin.close()
        try:
            self._process.wait(timeout=2)
        except subprocess.TimeoutExpired:
            self._process.kill()
            self._process.wait()
        if self._reader is not threading.current_thread():
            self._reader.join()
        if self._process.stdout is not None:
            self._process.stdout.close()

    def _read(self) -> None:
        stream = self._process.stdout
        assert stream is not None
        try:
            while not self._is_closed and self._take(stream):
                pass
        except (ValueError, KeyError, TypeError):
            logger.warning("the tap's helper said what we do not understand")
            self._process.kill()
        finally:
            self._begun.set()

    def _take(self, stream: IO[bytes]) -> bool:
        """Take one message; False when there are no more. Raises ValueError for nonsense."""
        head = stream.read(_HEAD.size)
        if len(head) < _HEAD.size:
            return False
        kind, length = _HEAD.unpack(head)
        if kind not in {b"a", b"j"} or length > _LONGEST:
            raise ValueError(kind)
        body = stream.read(length)
        if len(body) < length or self._is_closed:
            return False
        if kind == b"j":
            self._obey(json.loads(body))
        else:
            self.has_sounded = self.has_sounded or any(body)
            self.bytes += length
            self._heard(body)
        return True

    def _obey(self, event: dict[str, str]) -> None:
        match event["event"]:
            case "ready":
                self._begun.set()
            case "moved":
                self._moved()
            case "failed":
                self._failure = event["sentence"]
                self._begun.set()
