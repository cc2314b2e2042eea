"""Keeps typed lines: in a running recording at once, in the library soon after the last key."""

import logging
import time
from dataclasses import dataclass

from PySide6.QtCore import QObject, QTimer, Signal

from granola_like.app import App
from granola_like.app.now import MeetingNow
from granola_like.errors import GranolaError, NotFound
from granola_like_ui.bridge import Reader
from granola_like_ui.note.lines import Lines

logger = logging.getLogger(__name__)

SAVE_AFTER_MS = 300
AGAIN_MS = 1000
"""After a write that failed."""
_WAIT_MS = 300
"""Before what was read while lines were on their way is read again."""
_CLOSING_S = 5.0
"""For so long a library that refuses is asked again when the window closes."""
_CLOSING_STEP_S = 0.1


@dataclass(slots=True, eq=False)
class _Unsaved:
    """The notepad of one meeting, as it shall be in the library."""

    meeting: str
    lines: Lines
    is_asked: bool = False
    """Whether a write is on its way."""
    is_kept: bool = False
    """Set on the reader's thread: a second write of it must not undo what came between."""

    def write(self, app: App) -> None:
        """Put it into the library. On the reader's thread."""
        if not self.is_kept:
            app.library.save_notes(self.meeting, self.lines)
            self.is_kept = True

    def write_until(self, app: App, end: float) -> None:
        """Put it into the library, trying until `end` of the process's clock."""
        while True:
            try:
                return self.write(app)
            except NotFound:
                raise
            except GranolaError:
                if time.monotonic() >= end:
                    logger.exception("typed lines could not be kept before the window closed")
                    raise
            time.sleep(_CLOSING_STEP_S)


class LinesKeeper(QObject):
    """Takes the whole notepad after every change. Nothing that was typed is ever let go.

    What the library refuses stays here for its meeting, whichever is shown, and is tried again
    each second until it is in, until newer lines of that meeting take its place, or until the
    meeting is no longer there.
    """

    failed = Signal(object)
    """A GranolaError, once until everything is in the library again; what was typed is here."""

    waited = Signal()
    """A moment has gone by since `wait` was called last."""

    def __init__(self, reader: Reader, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._reader = reader
        self._now: MeetingNow | None = None
        self._meeting = ""
        self._left: dict[str, _Unsaved] = {}
        """By meeting, the newest lines of which it is not known that they are in the library."""
        self._is_told = False
        self._timer = QTimer(self, singleShot=True, interval=SAVE_AFTER_MS)
        self._timer.timeout.connect(self.flush)
        self._waiting = QTimer(self, singleShot=True, interval=_WAIT_MS)
        self._waiting.timeout.connect(self.waited)

    def keep_in(self, *, meeting: str, now: MeetingNow | None = None) -> None:
        """Keep lines here from now on; those of before are written first."""
        self.flush()
        self._waiting.stop()
        self._meeting, self._now = meeting, now

    def keep(self, lines: Lines) -> None:
        """Take the notepad as it is now."""
        if self._now is not None:
            self._now.keep_lines(lines)
        elif self._meeting:
            self._left[self._meeting] = _Unsaved(self._meeting, lines)
            self._timer.start(SAVE_AFTER_MS)

    @property
    def is_dirty(self) -> bool:
        """Whether something of this meeting is not in the library yet."""
        return self._meeting in self._left

    def unsaved(self, meeting: str) -> Lines | None:
        """Give the lines of a meeting that are not in the library yet; None when all are."""
        one = self._left.get(meeting)
        return None if one is None else one.lines

    def wait(self) -> None:
        """Send `waited` a moment later: for whoever can only go on when nothing is dirty."""
        self._waiting.start()

    def flush(self) -> None:
        """Write what is left now, of every meeting."""
        self._timer.stop()
        for one in tuple(self._left.values()):
            if not one.is_asked:
                one.is_asked = True
                self._ask(one)

    def close(self) -> None:
        """Write what is left, and be patient: there is no later for it."""
        self.flush()
        self._waiting.stop()
        end = time.monotonic() + _CLOSING_S
        for one in tuple(self._left.values()):
            # Behind the write that is on its way: where that succeeds, this one does nothing.
            self._ask(one, end)

    def _ask(self, one: _Unsaved, end: float | None = None) -> None:
        self._reader.ask(
            one.write if end is None else lambda app: one.write_until(app, end),
            lambda _: self._saved(one),
            failed=lambda error: self._refused(one, error),
        )

    def _saved(self, one: _Unsaved) -> None:
        if self._left.get(one.meeting) is one:
            del self._left[one.meeting]
        self._is_told = self._is_told and bool(self._left)

    def _refused(self, one: _Unsaved, error: GranolaError) -> None:
        one.is_asked = False
        if self._left.get(one.meeting) is not one:
            return  # newer lines have taken its place, or it was kept after all
        if isinstance(error, NotFound):
            del self._left[one.meeting]
            self.failed.emit(self._gone(one))
            return
        if not self._timer.isActive():
            self._timer.start(AGAIN_MS)
        if not self._is_told:
            self._is_told = True
            self.failed.emit(error)

    def _gone(self, one: _Unsaved) -> NotFound:
        return NotFound(
            self.tr("What was typed last could not be kept: its meeting was deleted for good."),
            hint=self.tr("Copy it from the page if you need it.")
            if one.meeting == self._meeting
            else self.tr("Nothing of other meetings was lost."),
        )
