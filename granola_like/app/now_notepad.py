"""The notepad of a running recording: on the disk a moment after each key, never waited for."""

import threading
from pathlib import Path
from typing import TYPE_CHECKING

from granola_like.domain.note import NoteLine
from granola_like.errors import GranolaError, SoundError

if TYPE_CHECKING:
    from granola_like.record.notes import NotesJournal

PAUSE_SECONDS = 0.1
"""Between two flushes: a fast typist costs ten a second, and a crash at most this and one flush."""
_AGAIN_SECONDS = 1.0
"""After the disk refused."""


class Notepad:
    """Journals the whole notepad whenever it changes, on a thread of its own."""

    def __init__(self, lines: tuple[NoteLine, ...] = ()) -> None:
        """`lines` are those that the journal has already."""
        self._lines = self._on_disk = lines
        self._given = self._kept = 0
        self._trouble: GranolaError | None = None
        self._changed, self._stop = threading.Event(), threading.Event()
        self._settled = threading.Condition()
        self._thread: threading.Thread | None = None

    def open(self, folder: Path) -> None:
        """Begin to write into a recording's folder; what was given before is written now."""
        self._thread = threading.Thread(
            target=self._run, args=(folder,), name="notepad", daemon=True
        )
        self._thread.start()

    def keep(self, lines: tuple[NoteLine, ...]) -> int:
        """Take the notepad as it is now; returns at once, with the number of this call."""
        self._lines = lines
        self._given += 1
        self._changed.set()
        return self._given

    @property
    def lines(self) -> tuple[NoteLine, ...]:
        """The notepad as it was last given."""
        return self._lines

    @property
    def kept(self) -> int:
        """Up to which call of `keep` everything is on the disk."""
        return self._kept

    @property
    def trouble(self) -> GranolaError | None:
        """Why it cannot be written at this moment; it is tried again until it can."""
        return self._trouble

    def settle(self, *, seconds: float = 5.0) -> bool:
        """Wait until all that was given is on the disk; False when that takes longer."""
        if self._thread is None:
            return False
        with self._settled:
            return self._settled.wait_for(lambda: self._kept >= self._given, seconds)

    def close(self) -> None:
        """Write what is left, and stop. Closing twice is harmless."""
        self._stop.set()
        self._changed.set()
        if self._thread is not None and self._thread is not threading.current_thread():
            self._thread.join(timeout=5)

    def _run(self, folder: Path) -> None:
        journal: NotesJournal | None = None
        while True:
            self._changed.wait()
            self._changed.clear()
            stopping = self._stop.is_set()
            try:
                journal = journal or _opened(folder)
                self._write(journal)
                self._trouble = None
            except SoundError as error:
                self._trouble = error
                if journal is not None:
                    journal.close()  # what is half written ends where the next one begins
                    journal, self._on_disk = None, _read(folder)
                if not stopping:
                    self._changed.set()
                    self._stop.wait(_AGAIN_SECONDS)
            if stopping:
                break
            self._stop.wait(PAUSE_SECONDS)
        if journal is not None:
            journal.close()

    def _write(self, journal: "NotesJournal") -> None:
        given, lines = self._given, self._lines
        journal.keep_all(self._on_disk, lines)
        self._on_disk = lines
        with self._settled:
            self._kept = given
            self._settled.notify_all()


def _opened(folder: Path) -> "NotesJournal":
    from granola_like.record.notes import NotesJournal

    try:
        return NotesJournal(folder)
    except OSError as error:
        raise SoundError(
            f"Your lines cannot be saved: {error.strerror}.",
            hint="Make room on the disk; they are saved as soon as there is some.",
        ) from error


def _read(folder: Path) -> tuple[NoteLine, ...]:
    from granola_like.record.notes import read_notes

    return read_notes(folder)
