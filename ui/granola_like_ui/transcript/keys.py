"""The keys of the transcript."""

from typing import TYPE_CHECKING

from PySide6.QtCore import QObject, QPoint, Qt, Signal
from PySide6.QtGui import QKeyEvent, QKeySequence

from granola_like_ui.transcript.state import Line

if TYPE_CHECKING:
    from granola_like_ui.transcript.view import TranscriptView

STEP_MS = 5000
_PAGE = 8

K = Qt.Key


class Keys(QObject):
    """Space plays, arrows walk, Return edits, S asks who said it."""

    play_asked = Signal()
    jumped = Signal(int)
    """So many ms on; negative is back."""
    faster = Signal(int)
    """So many steps of speed."""
    undo_asked = Signal()
    left = Signal()

    def __init__(self, view: "TranscriptView") -> None:
        super().__init__(view)
        self._view = view

    def press(self, event: QKeyEvent) -> bool:
        """Do what a key says; False when it says nothing here."""
        if event.matches(QKeySequence.StandardKey.Undo):
            self.undo_asked.emit()
            return True
        return self._walk(event) or self._act(event)

    def _walk(self, event: QKeyEvent) -> bool:
        by = {K.Key_Up: -1, K.Key_Down: 1, K.Key_PageUp: -_PAGE, K.Key_PageDown: _PAGE}
        rows = len(self._view.rows)
        now = max(self._view.marks.current, 0)
        extend = bool(event.modifiers() & Qt.KeyboardModifier.ShiftModifier)
        match event.key():
            case K.Key_Home:
                to = 0
            case K.Key_End:
                to = rows - 1
            case key if key in by:
                first = self._view.marks.current < 0
                to = now if first else min(max(now + by[K(key)], 0), rows - 1)
            case _:
                return False
        self._view.choose(to, extend=extend)
        self._view.scrolled_away.emit()
        return True

    def _act(self, event: QKeyEvent) -> bool:
        if event.modifiers() & ~(
            Qt.KeyboardModifier.ShiftModifier | Qt.KeyboardModifier.KeypadModifier
        ):
            return False
        match event.key():
            case K.Key_Space:
                self.play_asked.emit()
            case K.Key_Left:
                self.jumped.emit(-STEP_MS)
            case K.Key_Right:
                self.jumped.emit(STEP_MS)
            case K.Key_Less | K.Key_Greater:
                self.faster.emit(1 if event.key() == K.Key_Greater else -1)
            case K.Key_Escape:
                self.left.emit()
            case _:
                return bool(chosen := self._view.chosen()) and self._act_on(chosen, event.key())
        return True

    def _act_on(self, chosen: list[str], key: int) -> bool:
        match key:
            case K.Key_Return | K.Key_Enter | K.Key_F2:
                self._view.edit_asked.emit(chosen[0])
            case K.Key_P:
                self._play_chosen()
            case K.Key_S:
                self._view.speaker_asked.emit(chosen, self._beside())
            case K.Key_Menu:
                self._view.menu_asked.emit(chosen, -1, self._beside())
            case _:
                return False
        return True

    def _play_chosen(self) -> None:
        row = self._view.rows[self._view.marks.chosen.start]
        if isinstance(row, Line):
            self._view.place_chosen.emit(row.start_ms)

    def _beside(self) -> QPoint:
        box = self._view.text_rect(self._view.marks.current)
        return self._view.viewport().mapToGlobal(box.bottomLeft())
