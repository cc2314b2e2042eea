"""A key that works while another program is in front, where the system gives such keys.

X11 and Windows give a program the one key that it asks for, and no other key is seen. Wayland and
macOS do not without further permissions; there `open_hotkey` returns None and the settings say so.
"""

import ctypes
import sys
from collections.abc import Callable
from ctypes.util import find_library
from typing import Any, ClassVar, Protocol

from PySide6.QtCore import QAbstractNativeEventFilter, QByteArray, QObject, QSocketNotifier, Qt
from PySide6.QtGui import QGuiApplication, QKeySequence

_MODIFIER = Qt.KeyboardModifier


class Hotkey(Protocol):
    """A key that was taken."""

    def close(self) -> None:
        """Give it back. Closing twice is harmless."""
        ...


def are_there() -> bool:
    """Whether this system has such keys."""
    return QGuiApplication.platformName() in ("xcb", "windows")


def open_hotkey(key: str, pressed: Callable[[], object]) -> Hotkey | None:
    """Take a key such as Ctrl+Alt+R; None where it cannot be had: another program has it, or all.

    `pressed` is called in the window's thread.
    """
    wanted = _parsed(key)
    if wanted is None:
        return None
    try:
        if QGuiApplication.platformName() == "xcb":
            return X11Hotkey(*wanted, pressed)
        if sys.platform == "win32":
            return WindowsHotkey(*wanted, pressed, ctypes.windll.user32)
    except OSError:
        return None
    return None


def _parsed(key: str) -> tuple[str, Qt.KeyboardModifier] | None:
    """Take a key apart: its name as X11 and people write it, and what is held with it."""
    sequence = QKeySequence(key)
    if sequence.count() != 1:
        return None
    one = sequence[0]  # type: ignore[index]
    name = QKeySequence(one.key()).toString(QKeySequence.SequenceFormat.PortableText)
    modifiers = one.keyboardModifiers()
    plain = modifiers in (_MODIFIER.NoModifier, _MODIFIER.ShiftModifier)
    if not name or (plain and not name.startswith("F")):
        return None  # a letter alone would be lost to every other program
    return name, modifiers


class X11Hotkey(QObject):
    """A key on X11, grabbed at the root window through a connection of its own.

    Raises OSError when there is no X server, no such key, or another program has it.
    """

    _MASKS: ClassVar = {
        _MODIFIER.ShiftModifier: 1,
        _MODIFIER.ControlModifier: 4,
        _MODIFIER.AltModifier: 8,
        _MODIFIER.MetaModifier: 64,
    }
    _LOCKS = (0, 2, 16, 18)  # Caps Lock and Num Lock are no modifiers of ours
    _KEY_PRESS = 2
    _ASYNC = 1

    def __init__(
        self, name: str, modifiers: Qt.KeyboardModifier, pressed: Callable[[], object]
    ) -> None:
        super().__init__()
        self._pressed = pressed
        x = self._x = ctypes.CDLL(find_library("X11") or "libX11.so.6")
        x.XOpenDisplay.restype = ctypes.c_void_p
        x.XDefaultRootWindow.restype = ctypes.c_ulong
        x.XStringToKeysym.restype = ctypes.c_ulong
        x.XSetErrorHandler.restype = ctypes.c_void_p
        x.XSetErrorHandler.argtypes = [ctypes.c_void_p]
        self._display = ctypes.c_void_p(x.XOpenDisplay(None))
        if self._display.value is None:
            raise OSError("there is no X server")
        root = ctypes.c_ulong(x.XDefaultRootWindow(self._display))
        symbol = ctypes.c_ulong(x.XStringToKeysym(name.encode()) or 0)
        code = x.XKeysymToKeycode(self._display, symbol) if symbol.value else 0
        mask = sum(bit for held, bit in self._MASKS.items() if held in modifiers)
        refused = not code or self._grab(code, mask, root)
        if refused:
            self.close()
            raise OSError("the key cannot be had")
        self._notifier = QSocketNotifier(
            x.XConnectionNumber(self._display), QSocketNotifier.Type.Read, self
        )
        self._notifier.activated.connect(self._read)

    def close(self) -> None:
        """Give the key back."""
        if self._display.value is not None:
            if hasattr(self, "_notifier"):
                self._notifier.setEnabled(False)
            self._x.XCloseDisplay(self._display)
            self._display = ctypes.c_void_p()

    def _grab(self, code: int, mask: int, root: ctypes.c_ulong) -> bool:
        """Return whether the server refused; its errors come late, hence the handler."""
        refused: list[bool] = []

        def on_error(_display: int, _event: int) -> int:
            refused.append(True)
            return 0

        handler = ctypes.CFUNCTYPE(ctypes.c_int, ctypes.c_void_p, ctypes.c_void_p)(on_error)
        before = self._x.XSetErrorHandler(ctypes.cast(handler, ctypes.c_void_p))
        for locks in self._LOCKS:
            self._x.XGrabKey(self._display, code, mask | locks, root, 0, self._ASYNC, self._ASYNC)
        self._x.XSync(self._display, 0)
        self._x.XSetErrorHandler(before)
        return bool(refused)

    def _read(self) -> None:
        event = (ctypes.c_long * 24)()  # an XEvent
        while self._display.value is not None and self._x.XPending(self._display):
            self._x.XNextEvent(self._display, ctypes.byref(event))
            if ctypes.cast(event, ctypes.POINTER(ctypes.c_int))[0] == self._KEY_PRESS:
                self._pressed()


class WindowsHotkey(QAbstractNativeEventFilter):
    """A key on Windows, through RegisterHotKey. Raises OSError when it cannot be had."""

    _MASKS: ClassVar = {
        _MODIFIER.AltModifier: 1,
        _MODIFIER.ControlModifier: 2,
        _MODIFIER.ShiftModifier: 4,
        _MODIFIER.MetaModifier: 8,
    }
    _NO_REPEAT = 0x4000
    _WM_HOTKEY = 0x0312
    _ID = 0x6E67

    def __init__(
        self,
        name: str,
        modifiers: Qt.KeyboardModifier,
        pressed: Callable[[], object],
        user32: Any,
    ) -> None:
        super().__init__()
        self._pressed, self._user32 = pressed, user32
        mask = sum(bit for held, bit in self._MASKS.items() if held in modifiers)
        # Letters and digits are their own virtual keys; F1 is 0x70.
        code = ord(name) if len(name) == 1 else 0x6F + int(name.removeprefix("F"))
        self._is_open = bool(user32.RegisterHotKey(None, self._ID, mask | self._NO_REPEAT, code))
        if not self._is_open:
            raise OSError("another program has this key")
        QGuiApplication.instance().installNativeEventFilter(self)  # type: ignore[union-attr]

    def close(self) -> None:
        """Give the key back."""
        if self._is_open:
            self._is_open = False
            self._user32.UnregisterHotKey(None, self._ID)
            QGuiApplication.instance().removeNativeEventFilter(self)  # type: ignore[union-attr]

    def nativeEventFilter(  # noqa: N802 - Qt's name
        self, kind: QByteArray | bytes | bytearray | memoryview, message: int
    ) -> tuple[bool, int]:
        """Hear of the key; a MSG has its number after the window's handle."""
        at = int(message) + ctypes.sizeof(ctypes.c_void_p)
        if str(kind).find("windows") >= 0 and ctypes.c_uint.from_address(at).value == (
            self._WM_HOTKEY
        ):
            self._pressed()
            return True, 0
        return False, 0
