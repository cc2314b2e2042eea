"""The recording that goes on, if one does: begun, looked at, steered, and handed to the desk."""

from collections.abc import Callable
from pathlib import Path
from typing import TYPE_CHECKING

from PySide6.QtCore import QObject, QTimer, Signal

if TYPE_CHECKING:
    from granola_like.app.desk import Desk
    from granola_like.app.now import MeetingNow
    from granola_like.app.now_values import Now
    from granola_like.settings import Settings

EVERY_MS = 200
"""Time and trouble are told five times a second; who shows levels looks by itself."""


class Recording(QObject):
    """At most one at a time."""

    began = Signal(object)
    """The MeetingNow."""
    looked = Signal(object)
    """Its Now."""
    ended = Signal(str)
    """The meeting's id: the desk has it."""

    def __init__(
        self,
        desk: "Desk",
        *,
        calls: Callable[[], tuple[str, ...]],
        parent: QObject | None = None,
    ) -> None:
        super().__init__(parent)
        self._desk, self._calls = desk, calls
        self.now: MeetingNow | None = None
        self._timer = QTimer(self, interval=EVERY_MS)
        self._timer.timeout.connect(self._look)

    def begin(self, settings: "Settings", *, title: str) -> None:
        """Record from now on; returns at once. One that goes on already stays."""
        from granola_like.app.now import start_meeting  # noqa: PLC0415 - warm by now

        if self.now is None:
            self._take(start_meeting(settings, title=title, calls=self._calls))

    def join(self, folder: Path, settings: "Settings") -> None:
        """Take up a recording that goes on although its window died. Raises SoundError."""
        from granola_like.app.now import join_meeting  # noqa: PLC0415 - warm by now

        if self.now is None:
            self._take(join_meeting(folder, settings, calls=self._calls))

    def pause_or_resume(self) -> None:
        """Keep no sound, or keep it again."""
        if self.now is not None:
            now = self.now.look()
            (self.now.resume if now.state == "paused" else self.now.pause)()

    def stop(self) -> None:
        """End it; `ended` comes when the recorder has let go."""
        if self.now is not None:
            self.now.stop()

    def leave(self) -> None:
        """Let go without stopping: the recording goes on, and the next window joins it."""
        self._timer.stop()
        if self.now is not None:
            self.now.close()
            self.now = None

    def _take(self, now: "MeetingNow") -> None:
        self.now = now
        self._timer.start()
        self.began.emit(now)
        self._look()

    def _look(self) -> None:
        if (now := self.now) is None:
            return
        seen = now.look()
        self.looked.emit(seen)
        if seen.state == "ended":
            self._timer.stop()
            self.now = None
            meeting = self._desk.take(now)
            self.ended.emit(meeting)


def left_running() -> tuple[Path, ...]:
    """Find recordings that go on and that nobody looks after, the oldest first."""
    from granola_like.app.desk_claims import is_free  # noqa: PLC0415
    from granola_like.app.now import still_running  # noqa: PLC0415

    return tuple(path for path in still_running() if is_free(path.name))


def state_of(now: "Now") -> str:
    """Say what has to be known outside the window, in a sentence; empty when all is well."""
    if now.trouble is not None:
        return f"{now.trouble} {now.trouble.hint}"
    return next((one.warning for one in now.channels.values() if one.warning), "") or ""
