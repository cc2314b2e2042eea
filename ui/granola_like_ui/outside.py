"""What the program is beside its window: tray, indicator, key, and what closing it means."""

from collections.abc import Callable
from dataclasses import replace

from PySide6.QtCore import QEvent, QObject, Signal
from PySide6.QtGui import QCloseEvent

from granola_like_ui.frame import Frame
from granola_like_ui.tray.hotkey import Hotkey, open_hotkey
from granola_like_ui.tray.icon import TrayIcon
from granola_like_ui.tray.indicator import Indicator
from granola_like_ui.tray.state import TrayState


class Outside(QObject):
    """Shows what goes on while the window is away; closing the window does not end a recording."""

    record_asked = Signal()
    pause_asked = Signal()
    stop_asked = Signal()
    toggled = Signal()
    """The key that works from anywhere was pressed."""
    quit_asked = Signal()

    def __init__(self, frame: Frame) -> None:
        super().__init__(frame)
        self._frame = frame
        self._state = TrayState()
        self._hotkey: Hotkey | None = None
        self._may_go = False
        self.tray, self.indicator = TrayIcon(self), Indicator()
        self.tray.open_asked.connect(self.open_window)
        self.tray.record_asked.connect(self.record_asked)
        self.tray.pause_asked.connect(self.pause_asked)
        self.tray.stop_asked.connect(self.stop_asked)
        self.tray.quit_asked.connect(self.quit_asked)
        self.indicator.open_asked.connect(self.open_window)
        self.indicator.stop_asked.connect(self.stop_asked)
        self.tray.show()
        frame.installEventFilter(self)

    def take_key(self, key: str, refused: Callable[[], object]) -> None:
        """Have this key from now on; empty gives it back."""
        if self._hotkey is not None:
            self._hotkey.close()
            self._hotkey = None
        if key:
            self._hotkey = open_hotkey(key, self.toggled.emit)
            if self._hotkey is None:
                refused()

    def open_window(self) -> None:
        """Bring the window to the front."""
        self._frame.show()
        self._frame.setWindowState(
            self._frame.windowState() & ~self._frame.windowState().WindowMinimized
        )
        self._frame.raise_()
        self._frame.activateWindow()

    def say(self, **about: object) -> None:
        """Show what goes on."""
        before = self._state
        self._state = replace(before, **about)  # type: ignore[arg-type]
        if self._state != before:
            self.tray.show_state(self._state)
            self._show_indicator()

    def close(self) -> None:
        """Go: the window may be closed now."""
        self._may_go = True
        self.take_key("", lambda: None)
        self.indicator.close()

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:  # noqa: N802 - Qt's name
        """Hide the window instead of closing it while there is something to come back to."""
        kind = event.type()
        if watched is self._frame and kind == QEvent.Type.Close and not self._may_go:
            assert isinstance(event, QCloseEvent)
            if self._is_recording or self.tray.is_there:
                self._frame.hide()
                event.ignore()
            else:
                self.quit_asked.emit()
                event.accept()
            return True
        if watched is self._frame and kind in (
            QEvent.Type.Hide,
            QEvent.Type.Show,
            QEvent.Type.WindowStateChange,
        ):
            self._show_indicator()
        return super().eventFilter(watched, event)

    @property
    def _is_recording(self) -> bool:
        return self._state.doing in ("recording", "paused")

    def _show_indicator(self) -> None:
        away = not self._frame.isVisible() or self._frame.isMinimized()
        if not (self._is_recording and away):
            self.indicator.hide()
            return
        self.indicator.show_state(self._state)
        if not self.indicator.isVisible():
            self.indicator.place()
            self.indicator.show()
