"""One place of the sidebar, painted as the rows of its lists are."""

from PySide6.QtCore import QSize, Qt
from PySide6.QtGui import QColor, QPainter, QPaintEvent
from PySide6.QtWidgets import (
    QAbstractButton,
    QSizePolicy,
    QStyle,
    QStyleOptionViewItem,
    QWidget,
)

from granola_like_ui.home.meeting_delegates import ROW, elided, paint_ground
from granola_like_ui.theme import Space, colors, font


class Entry(QAbstractButton):
    """A word that opens a place; checked while that place is open."""

    def __init__(self, text: str, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setText(text)
        self.setCheckable(True)
        self.setAttribute(Qt.WidgetAttribute.WA_Hover)
        self.setFocusPolicy(Qt.FocusPolicy.TabFocus)
        self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Fixed)

    def sizeHint(self) -> QSize:  # noqa: N802 - Qt's name
        """Be as high as a row of the lists."""
        return QSize(0, ROW)

    def paintEvent(self, event: QPaintEvent) -> None:  # noqa: N802 - Qt's name
        """Paint the word on its ground."""
        painter = QPainter(self)
        option = QStyleOptionViewItem()
        flag = QStyle.StateFlag
        option.state = flag.State_Enabled
        if self.isChecked() or self.hasFocus():
            option.state |= flag.State_Selected
        if self.hasFocus():
            option.state |= flag.State_HasFocus
        if self.underMouse():
            option.state |= flag.State_MouseOver
        paint_ground(painter, self.rect(), option, on_desk=True)
        kind = font("list")
        painter.setFont(kind)
        painter.setPen(QColor(colors().ink))
        words = self.rect().adjusted(Space.S, 0, -Space.S, 0)
        at = Qt.AlignmentFlag.AlignVCenter | Qt.AlignmentFlag.AlignLeft
        painter.drawText(words, at, elided(self.text(), kind, words.width()))
