"""The field in which everything is searched; its keys also walk through what was found."""

from PySide6.QtCore import QEvent, Qt, Signal
from PySide6.QtGui import QKeyEvent, QResizeEvent
from PySide6.QtWidgets import QLineEdit, QPushButton, QWidget

from granola_like_ui.commands import shown_key
from granola_like_ui.theme import Space, set_role

PALETTE_KEY = "Ctrl+K"


class SearchField(QLineEdit):
    """Keeps the focus while the results are walked through by the arrows."""

    stepped = Signal(int)
    """So many results down; negative is up."""
    taken = Signal()
    left = Signal()
    palette_asked = Signal()

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setPlaceholderText(self.tr("Search"))
        self.setAccessibleName(self.tr("Search all meetings"))
        self._hint = QPushButton(shown_key(PALETTE_KEY), self)
        set_role(self._hint, "quiet")
        self._hint.setFocusPolicy(Qt.FocusPolicy.NoFocus)
        self._hint.setCursor(Qt.CursorShape.ArrowCursor)
        self._hint.setAccessibleName(self.tr("All commands"))
        self._hint.setToolTip(self.tr("All commands, and everything else by typing"))
        self._hint.clicked.connect(self.palette_asked)
        self.textChanged.connect(lambda text: self._hint.setVisible(not text))

    def resizeEvent(self, event: QResizeEvent) -> None:  # noqa: N802 - Qt's name
        """Keep the hint at the end."""
        super().resizeEvent(event)
        size = self._hint.sizeHint()
        left = self.width() - size.width() - Space.XS // 2
        self._hint.setGeometry(left, (self.height() - size.height()) // 2, *size.toTuple())

    def event(self, event: QEvent) -> bool:
        """Take Escape before a shortcut of the window does, while there is something to clear."""
        is_asked = event.type() == QEvent.Type.ShortcutOverride
        if is_asked and isinstance(event, QKeyEvent) and event.key() == Qt.Key.Key_Escape:
            event.accept()
            return True
        return super().event(event)

    def keyPressEvent(self, event: QKeyEvent) -> None:  # noqa: N802 - Qt's name
        """Walk by the arrows, take by Return, leave by Escape."""
        match event.key():
            case Qt.Key.Key_Up:
                self.stepped.emit(-1)
            case Qt.Key.Key_Down:
                self.stepped.emit(1)
            case Qt.Key.Key_PageUp:
                self.stepped.emit(-8)
            case Qt.Key.Key_PageDown:
                self.stepped.emit(8)
            case Qt.Key.Key_Return | Qt.Key.Key_Enter:
                self.taken.emit()
            case Qt.Key.Key_Escape:
                self.clear()
                self.left.emit()
            case _:
                super().keyPressEvent(event)
