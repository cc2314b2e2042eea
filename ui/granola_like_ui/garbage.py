"""Objects in circles are taken apart in the window's thread, and nowhere else.

Python looks for them on whichever thread happens to make an object. Found on the reader's thread,
a widget would be taken apart there, which ends the program. So Python is told not to look by
itself, and a timer of the window looks instead, by Python's own counts (as Anki does).
"""

import gc

from PySide6.QtCore import QObject, QTimer

EVERY_MS = 1000
_WHOLE_EVERY = 60
"""The whole heap is looked through at most so often: once in so many looks."""


class Garbage(QObject):
    """Looks once a second, for some tens of microseconds, while the window lives."""

    def __init__(self, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._looks = 0
        gc.collect()
        gc.freeze()  # what is imported stays, and need not be looked through again
        gc.disable()
        self._timer = QTimer(self, interval=EVERY_MS)
        self._timer.timeout.connect(self.look)
        self._timer.start()

    def look(self) -> None:
        """Take apart what is due."""
        self._looks += 1
        counts, limits = gc.get_count(), gc.get_threshold()
        if counts[0] <= limits[0]:
            return
        if counts[2] > limits[2] and self._looks >= _WHOLE_EVERY:
            self._looks = 0
            gc.collect(2)
        else:
            gc.collect(1 if counts[1] > limits[1] else 0)

    def stop(self) -> None:
        """Let Python look by itself again."""
        self._timer.stop()
        gc.enable()
        gc.unfreeze()
