import gc
import threading
import weakref

from PySide6.QtCore import QObject
from pytestqt.qtbot import QtBot

from granola_like_ui.garbage import Garbage


class _Circle(QObject):
    taken_apart_in: list[threading.Thread] = []  # noqa: RUF012 - one for the test

    def __init__(self) -> None:
        super().__init__()
        self.myself = self

    def __del__(self) -> None:
        self.taken_apart_in.append(threading.current_thread())


def test_circles_of_qt_objects_are_taken_apart_in_the_windows_thread(qtbot: QtBot) -> None:
    garbage = Garbage()
    try:
        gone = weakref.ref(_Circle())
        made: list[list[object]] = []
        work = threading.Thread(target=lambda: made.extend([] for _ in range(200_000)))
        work.start()
        work.join()
        assert gone() is not None  # another thread made much, and took nothing apart
        garbage.look()
        assert gone() is None
        assert _Circle.taken_apart_in == [threading.main_thread()]
    finally:
        garbage.stop()
    assert gc.isenabled()
