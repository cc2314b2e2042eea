"""A row of small things that goes on in the next line where there is no more room."""

from PySide6.QtCore import QPoint, QRect, QSize
from PySide6.QtWidgets import QLayout, QLayoutItem, QWidget

from granola_like_ui.theme import Space


class Flow(QLayout):
    """Places its parts from left to right, on one baseline, as words are."""

    def __init__(self, parent: QWidget | None = None, *, gap: int = Space.M) -> None:
        super().__init__(parent)
        self._items: list[QLayoutItem] = []
        self._gap = gap
        self.setContentsMargins(0, 0, 0, 0)

    def addItem(self, item: QLayoutItem) -> None:  # noqa: N802 - Qt's name
        """Take a part."""
        self._items.append(item)

    def count(self) -> int:
        """Say how many parts there are."""
        return len(self._items)

    def itemAt(self, at: int) -> QLayoutItem | None:  # noqa: N802 - Qt's name
        """Give a part."""
        return self._items[at] if 0 <= at < len(self._items) else None

    def takeAt(self, at: int) -> QLayoutItem | None:  # noqa: N802 - Qt's name
        """Give a part away."""
        return self._items.pop(at) if 0 <= at < len(self._items) else None

    def hasHeightForWidth(self) -> bool:  # noqa: N802 - Qt's name
        """It does."""
        return True

    def heightForWidth(self, width: int) -> int:  # noqa: N802 - Qt's name
        """Say how high it is at a width."""
        return self._place(QRect(0, 0, width, 0), is_real=False)

    def setGeometry(self, rect: QRect) -> None:  # noqa: N802 - Qt's name
        """Place the parts."""
        super().setGeometry(rect)
        self._place(rect, is_real=True)

    def sizeHint(self) -> QSize:  # noqa: N802 - Qt's name
        """All in one line."""
        hints = [item.sizeHint() for item in self._shown()]
        width = sum(hint.width() for hint in hints) + self._gap * max(0, len(hints) - 1)
        return QSize(width, max((hint.height() for hint in hints), default=0))

    def minimumSize(self) -> QSize:  # noqa: N802 - Qt's name
        """As wide as its widest part may be pressed to."""
        return QSize(1, max((item.sizeHint().height() for item in self._shown()), default=0))

    def _shown(self) -> list[QLayoutItem]:
        return [item for item in self._items if not item.isEmpty()]

    def _place(self, rect: QRect, *, is_real: bool) -> int:
        x, y, row = rect.x(), rect.y(), 0
        height = max((item.sizeHint().height() for item in self._shown()), default=0)
        for item in self._shown():
            width = min(item.sizeHint().width(), rect.width())
            if x > rect.x() and x + width > rect.x() + rect.width():
                x, y, row = rect.x(), y + height + Space.XS, row + 1
            if is_real:
                item.setGeometry(QRect(QPoint(x, y), QSize(width, height)))
            x += width + self._gap
        return y + height - rect.y()
