"""One instance: a second start asks the first one to show itself, and goes."""

import hashlib
from pathlib import Path
from typing import TYPE_CHECKING

from PySide6.QtCore import QLockFile, QObject, Signal

if TYPE_CHECKING:
    from PySide6.QtNetwork import QLocalServer

_WAIT_MS = 1000


class SingleInstance(QObject):
    """The first of its kind in a home; others may knock."""

    knocked = Signal()
    """Somebody started the program once more."""

    def __init__(self, home: Path, parent: QObject | None = None) -> None:
        """`home` is where the person's data lies: another home may have a window of its own."""
        super().__init__(parent)
        home.mkdir(parents=True, exist_ok=True)
        self._name = "granola_like-" + hashlib.sha256(str(home).encode()).hexdigest()[:16]
        self._lock = QLockFile(str(home / "window.lock"))
        self._lock.setStaleLockTime(0)  # only the end of its process makes it stale
        self._server: QLocalServer | None = None

    def is_first(self) -> bool:
        """Take the place, if nobody has it."""
        return self._lock.tryLock(0)

    def knock(self) -> None:
        """Ask the one who has the place to show itself."""
        from PySide6.QtNetwork import QLocalSocket  # noqa: PLC0415 - the window starts without

        guest = QLocalSocket()
        guest.connectToServer(self._name)
        guest.waitForConnected(_WAIT_MS)
        guest.disconnectFromServer()

    def listen(self) -> None:
        """Hear others knock, from now on."""
        from PySide6.QtNetwork import QLocalServer  # noqa: PLC0415

        QLocalServer.removeServer(self._name)  # what a killed one left
        self._server = QLocalServer(self)
        self._server.setSocketOptions(QLocalServer.SocketOption.UserAccessOption)
        self._server.newConnection.connect(self._heard)
        self._server.listen(self._name)

    def close(self) -> None:
        """Make room for another one."""
        if self._server is not None:
            self._server.close()
        self._lock.unlock()

    def _heard(self) -> None:
        if self._server is not None and self._server.hasPendingConnections():
            self._server.nextPendingConnection().deleteLater()
            self.knocked.emit()
