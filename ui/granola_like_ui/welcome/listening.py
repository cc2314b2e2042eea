"""Looks at a sound check ten times a second while it is on screen."""

from PySide6.QtCore import QObject, QTimer, Signal

from granola_like.app.soundcheck import SoundCheck
from granola_like.settings import Settings
from granola_like_ui.bridge import aside

EVERY_MS = 100


class Listening(QObject):
    """Keeps microphone and speaker open while somebody looks at their levels, and no longer."""

    heard = Signal(object)
    """A soundcheck.Check."""

    def __init__(self, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._check: SoundCheck | None = None
        self._timer = QTimer(self, interval=EVERY_MS)
        self._timer.timeout.connect(self._look)

    def start(self, settings: Settings) -> None:
        """Listen to the devices that these settings name; anew when it listens already."""
        self.stop()
        self._check = SoundCheck(settings)
        self._timer.start()

    def chime(self) -> None:
        """Play the chime, and wait for it to come back."""
        if self._check is not None:
            self._check.chime()

    def stop(self) -> None:
        """Listen no longer."""
        self._timer.stop()
        check, self._check = self._check, None
        if check is not None:
            aside(check.close)  # it waits for its thread

    @property
    def is_on(self) -> bool:
        """Whether it listens."""
        return self._check is not None

    def _look(self) -> None:
        if self._check is not None:
            self.heard.emit(self._check.look())
