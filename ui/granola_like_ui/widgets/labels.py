"""Words on paper, and the lines between them."""

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QLabel, QWidget

from granola_like_ui.theme import font, set_role
from granola_like_ui.theme.fonts import Role as FontRole
from granola_like_ui.theme.sheet import Role


def words(
    text: str = "", *, role: Role | None = None, type_: FontRole = "body", wrap: bool = True
) -> QLabel:
    """Make a label of plain text."""
    label = QLabel(text, wordWrap=wrap)
    label.setTextFormat(Qt.TextFormat.PlainText)
    label.setFont(font(type_))
    if role is not None:
        set_role(label, role)
    return label


def hairline() -> QWidget:
    """Make a line of one pixel across."""
    line = QWidget()
    line.setFixedHeight(1)
    set_role(line, "hairline")
    line.setAttribute(Qt.WidgetAttribute.WA_StyledBackground)
    return line
