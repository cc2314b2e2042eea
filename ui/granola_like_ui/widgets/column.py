"""A column of text-wide content in the middle of a page, which scrolls."""

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QHBoxLayout, QScrollArea, QVBoxLayout, QWidget

from granola_like_ui.theme import Size, Space


class Column(QScrollArea):
    """Scrolls `body`, at most as wide as a line of text may be."""

    def __init__(self, parent: QWidget | None = None, *, width: int = Size.TEXT_COLUMN) -> None:
        super().__init__(parent)
        self.setWidgetResizable(True)
        self.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self.setFocusPolicy(Qt.FocusPolicy.NoFocus)
        desk, middle = QWidget(), QWidget()
        middle.setMaximumWidth(width)
        self.body = QVBoxLayout(middle)
        """Where the content goes."""
        self.body.setContentsMargins(0, Space.XXL + Space.L, 0, Space.XXL)
        self.body.setSpacing(0)
        sides = QHBoxLayout(desk)
        sides.setContentsMargins(Space.XL, 0, Space.XL, 0)
        sides.addStretch(1)
        sides.addWidget(middle, 100)
        sides.addStretch(1)
        self.setWidget(desk)
