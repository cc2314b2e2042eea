"""Typing the words of one utterance anew, in their place."""

from PySide6.QtCore import QRect, Qt, Signal
from PySide6.QtGui import QFocusEvent, QKeyEvent
from PySide6.QtWidgets import QPlainTextEdit, QWidget

from granola_like_ui.theme import Space, font

_RETURN = (Qt.Key.Key_Return, Qt.Key.Key_Enter)


class LineEditor(QPlainTextEdit):
    """Enter saves, Escape leaves, and so does looking elsewhere without having typed."""

    saved = Signal(str, str)
    """The utterance's id, and its new text."""
    left = Signal()

    def __init__(self, parent: QWidget) -> None:
        super().__init__(parent)
        self._utterance = ""
        self._before = ""
        self.setFont(font("list"))
        self.setTabChangesFocus(True)
        self.setVerticalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self.setAccessibleName(self.tr("What was said"))
        self.setToolTip(self.tr("Enter saves, Esc leaves it as it was"))
        self.textChanged.connect(self._grow)
        self.hide()

    @property
    def utterance(self) -> str:
        """Which utterance is being typed anew; empty when none is."""
        return self._utterance

    def begin(self, utterance: str, text: str, at: QRect) -> None:
        """Stand over the words, with the same words in it."""
        self._utterance, self._before = utterance, text
        self.setPlainText(text)
        self.place(at)
        self.show()
        self.raise_()
        self.setFocus()
        self.moveCursor(self.textCursor().MoveOperation.End)

    def place(self, at: QRect) -> None:
        """Stand here."""
        self.setGeometry(at.adjusted(-Space.S - 2, -Space.S, Space.S, Space.S))
        self._grow()

    def end(self) -> None:
        """Leave the words as they are."""
        self._utterance = ""
        self.hide()
        self.left.emit()

    def keyPressEvent(self, event: QKeyEvent) -> None:  # noqa: N802 - Qt's name
        """Save by Enter, leave by Escape."""
        if event.key() in _RETURN:
            self._save()
        elif event.key() == Qt.Key.Key_Escape:
            self.end()
        else:
            super().keyPressEvent(event)

    def focusOutEvent(self, event: QFocusEvent) -> None:  # noqa: N802 - Qt's name
        """Save what was typed when the person goes on elsewhere; a menu is not elsewhere."""
        super().focusOutEvent(event)
        if self._utterance and event.reason() not in (
            Qt.FocusReason.PopupFocusReason,
            Qt.FocusReason.ActiveWindowFocusReason,
        ):
            self._save()

    def _save(self) -> None:
        utterance, text = self._utterance, " ".join(self.toPlainText().split())
        changed = bool(utterance) and text != self._before
        self.end()
        if changed:
            self.saved.emit(utterance, text)

    def _grow(self) -> None:
        block, lines = self.document().begin(), 0
        while block.isValid():
            lines += max(1, block.layout().lineCount())
            block = block.next()
        height = lines * self.fontMetrics().lineSpacing() + 2 * Space.S + Space.M
        self.resize(self.width(), round(height))
