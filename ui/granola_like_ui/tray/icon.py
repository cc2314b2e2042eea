"""The icon in the tray, with the few things that one wants without the window."""

from PySide6.QtCore import QObject, Signal
from PySide6.QtGui import QIcon
from PySide6.QtWidgets import QMenu, QSystemTrayIcon

from granola_like_ui.theme import icon
from granola_like_ui.tray.state import TrayState

_SIZE = 64


class TrayIcon(QObject):
    """Shows a TrayState; where a system has no tray it does nothing, and nothing depends on it."""

    open_asked = Signal()
    record_asked = Signal()
    pause_asked = Signal()
    stop_asked = Signal()
    quit_asked = Signal()

    def __init__(self, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._tray = QSystemTrayIcon(app_icon(), self)
        self.menu = QMenu()
        self._record = self.menu.addAction(self.tr("Record now"), self.record_asked.emit)
        self._pause = self.menu.addAction(self.tr("Pause"), self.pause_asked.emit)
        self._stop = self.menu.addAction(self.tr("Stop"), self.stop_asked.emit)
        self.menu.addSeparator()
        self.menu.addAction(self.tr("Open the window"), self.open_asked.emit)
        self.menu.addAction(self.tr("Quit"), self.quit_asked.emit)
        self._tray.setContextMenu(self.menu)
        self._tray.activated.connect(self._activated)
        self._tray.messageClicked.connect(self.open_asked)
        self._state: TrayState | None = None
        app_icon(is_recording=True)  # painted now: not when every moment counts
        self.show_state(TrayState())

    @property
    def is_there(self) -> bool:
        """Whether this system has a tray: without one, closing the window is leaving."""
        return QSystemTrayIcon.isSystemTrayAvailable()

    def show(self) -> None:
        """Appear."""
        self._tray.show()

    def show_state(self, state: TrayState) -> None:
        """Show what goes on; a new call is told once, as the system tells such things."""
        before, self._state = self._state, state
        if before == state:
            return
        recording = state.doing in ("recording", "paused")
        self._record.setVisible(not recording)
        self._pause.setVisible(recording)
        self._pause.setText(self.tr("Resume") if state.doing == "paused" else self.tr("Pause"))
        self._stop.setVisible(recording)
        if before is None or before.doing != state.doing:
            self._tray.setIcon(app_icon(is_recording=state.doing == "recording"))
        self._tray.setToolTip(self._told(state))
        if state.call and (before is None or before.call != state.call):
            self._tray.showMessage(
                self.tr("{0} started a call").format(state.call),
                self.tr("Nothing is recorded yet. Click to open the notepad."),
                app_icon(),
            )
        elif state.trouble and (before is None or before.trouble != state.trouble):
            self._tray.showMessage(self.tr("The recording needs you"), state.trouble, app_icon())

    @property
    def tooltip(self) -> str:
        """What is said under the pointer."""
        return self._tray.toolTip()

    def _told(self, state: TrayState) -> str:
        match state.doing:
            case "recording":
                return self.tr("Recording: {0}").format(state.title)
            case "paused":
                return self.tr("Paused: {0}").format(state.title)
            case "writing":
                return self.tr("Writing the note: {0}").format(state.title)
            case _:
                return "granola_like"

    def _activated(self, reason: QSystemTrayIcon.ActivationReason) -> None:
        if reason == QSystemTrayIcon.ActivationReason.Trigger:
            self.open_asked.emit()


def app_icon(*, is_recording: bool = False) -> QIcon:
    """Give the program's icon."""
    return icon("app-recording" if is_recording else "app", "", size=_SIZE)
