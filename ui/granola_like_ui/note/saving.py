"""Keeps typed lines: in a running recording at once, in the library soon after the last key."""

from PySide6.QtCore import QObject, QTimer, Signal

from granola_like.app import App
from granola_like.app.now import MeetingNow
from granola_like.errors import GranolaError, NotFound
from granola_like_ui.bridge import Reader
from granola_like_ui.note.lines import Lines

SAVE_AFTER_MS = 300
_AGAIN_MS = 1000
"""A meeting whose recording was just stopped is in the library a moment later."""


class LinesKeeper(QObject):
    """Takes the whole notepad after every change. Nothing that was typed is ever let go."""

    failed = Signal(object)
    """A GranolaError: what was typed is still here, and is tried again with the next key."""

    def __init__(self, reader: Reader, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._reader = reader
        self._now: MeetingNow | None = None
        self._meeting = ""
        self._unsaved: Lines | None = None
        self.is_saving = 0
        """How many writes are on their way."""
        self._timer = QTimer(self, singleShot=True, interval=SAVE_AFTER_MS)
        self._timer.timeout.connect(self.flush)

    def keep_in(self, *, meeting: str, now: MeetingNow | None = None) -> None:
        """Keep lines here from now on; those of before are written first."""
        self.flush()
        self._meeting, self._now = meeting, now

    def keep(self, lines: Lines) -> None:
        """Take the notepad as it is now."""
        if self._now is not None:
            self._now.keep_lines(lines)
            return
        self._unsaved = lines
        self._timer.start(SAVE_AFTER_MS)

    @property
    def is_dirty(self) -> bool:
        """Whether something is not in the library yet."""
        return self._unsaved is not None or self.is_saving > 0

    def flush(self) -> None:
        """Write what is left now."""
        self._timer.stop()
        lines, self._unsaved = self._unsaved, None
        if lines is None or not self._meeting:
            return
        meeting = self._meeting

        def write(app: App) -> None:
            app.library.save_notes(meeting, lines)

        def failed(error: GranolaError) -> None:
            self.is_saving -= 1
            if meeting == self._meeting and self._unsaved is None:
                self._unsaved = lines
                self._timer.start(_AGAIN_MS)
            if not isinstance(error, NotFound):
                self.failed.emit(error)

        self.is_saving += 1
        self._reader.ask(write, lambda _: self._saved(), failed=failed)

    def _saved(self) -> None:
        self.is_saving -= 1
