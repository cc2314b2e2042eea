"""What was heard before a pass was stopped, kept in a file, so that another goes on from there.

One JSON object a line: first what the pass is of, then the language, then words as they are heard.
A line that breaks off, as a power cut leaves it, is as if it had not been written.
"""

import hashlib
import json
import logging
import os
from collections.abc import Mapping
from dataclasses import dataclass, field
from pathlib import Path
from types import TracebackType
from typing import Any, Self, TextIO

from granola_like.domain.recording import Channel
from granola_like.domain.transcript import Word

logger = logging.getLogger(__name__)

FORMAT = 1


@dataclass(slots=True)
class HeardSoFar:
    """One batch of one channel."""

    to_ms: int = 0
    """So far in the batch's packed sound it was heard."""
    words: list[Word] = field(default_factory=list)
    """On the meeting clock."""
    is_whole: bool = False


class Kept:
    """The file beside one meeting's sound; use it in a `with`.

    Nothing of it is needed: where it cannot be written, a pass that is stopped begins anew.
    """

    def __init__(self, file: Path, *, of: Mapping[str, Any]) -> None:
        """`of` says what is heard, and how: only where all of it is the same is it taken up."""
        self._file = file
        self._key = hashlib.sha256(json.dumps(of, sort_keys=True).encode()).hexdigest()
        self._stream: TextIO | None = None
        self._heard: dict[tuple[Channel, int], HeardSoFar] = {}
        self.language: str | None = None
        """What was found out before."""

    def __enter__(self) -> Self:
        is_ours = self._read()
        try:
            if is_ours:
                _end_the_last_line(self._file)
            opened = os.open(
                self._file,
                os.O_WRONLY | os.O_CREAT | (os.O_APPEND if is_ours else os.O_TRUNC),
                0o600,
            )
            self._stream = os.fdopen(opened, "a", encoding="utf-8")
            if not is_ours:
                self._write({"format": FORMAT, "of": self._key})
        except OSError as error:
            logger.warning("what is heard cannot be kept: %s", error.strerror)
        return self

    def __exit__(
        self,
        kind: type[BaseException] | None,
        error: BaseException | None,
        trace: TracebackType | None,
    ) -> None:
        if self._stream is not None:
            self._stream.close()
            self._stream = None

    def forget(self) -> None:
        """Remove the file: what it holds is stored."""
        self.__exit__(None, None, None)
        self._file.unlink(missing_ok=True)

    def so_far(self, channel: Channel, batch: int) -> HeardSoFar:
        """Give what is known of a batch."""
        return self._heard.setdefault((channel, batch), HeardSoFar())

    def keep_language(self, language: str) -> None:
        """Keep what was found out."""
        self.language = language
        self._write({"language": language})

    def keep(self, channel: Channel, batch: int, *, words: list[Word], to_ms: int) -> None:
        """Keep the next words of a batch, heard to `to_ms` of its packed sound."""
        known = self.so_far(channel, batch)
        known.words += words
        known.to_ms = to_ms
        told = [[word.text, word.start_ms, word.end_ms, word.probability] for word in words]
        self._write({"channel": channel, "batch": batch, "to_ms": to_ms, "words": told})

    def keep_end(self, channel: Channel, batch: int) -> None:
        """Keep that a batch was heard to its end."""
        self.so_far(channel, batch).is_whole = True
        self._write({"channel": channel, "batch": batch, "is_whole": True})

    def _write(self, fact: dict[str, Any]) -> None:
        if self._stream is None:
            return
        try:
            self._stream.write(json.dumps(fact, ensure_ascii=False) + "\n")
            self._stream.flush()
        except OSError as error:
            logger.warning("what is heard cannot be kept: %s", error.strerror)
            self._stream = None

    def _read(self) -> bool:
        """Take up what is there; False when it is of something else, or nothing."""
        try:
            # The last line, where it has no end, broke off.
            lines = self._file.read_text("utf-8", "replace").split("\n")[:-1]
            first = json.loads(lines[0])
            if (first.get("format"), first.get("of")) != (FORMAT, self._key):
                return False
        except (OSError, ValueError, IndexError, AttributeError):
            return False
        for line in lines[1:]:
            try:
                self._take(json.loads(line))
            except (ValueError, KeyError, TypeError):
                continue  # what comes after was heard without knowing of it
        return True

    def _take(self, fact: dict[str, Any]) -> None:
        if "language" in fact:
            self.language = str(fact["language"])
            return
        known = self.so_far(fact["channel"], int(fact["batch"]))
        if fact.get("is_whole"):
            known.is_whole = True
            return
        known.words += [Word(str(t), int(a), int(b), float(p)) for t, a, b, p in fact["words"]]
        known.to_ms = int(fact["to_ms"])


def _end_the_last_line(file: Path) -> None:
    """Take off what broke off, so that the next line is one of its own."""
    with file.open("rb+") as stream:
        whole = stream.read()
        stream.truncate(whole.rfind(b"\n") + 1)
