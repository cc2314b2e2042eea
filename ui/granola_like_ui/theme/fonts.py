"""The system's interface font, in the few sizes that the window has."""

from typing import Literal, TypeAlias

from PySide6.QtGui import QFont, QGuiApplication

from granola_like_ui.theme.tokens import Type

Role: TypeAlias = Literal["title", "heading", "body", "strong", "list", "small", "label", "number"]

_SIZES: dict[Role, float] = {
    "title": Type.TITLE,
    "heading": Type.BODY,
    "body": Type.BODY,
    "strong": Type.BODY,
    "list": Type.LIST,
    "small": Type.SMALL,
    "label": Type.LABEL,
    "number": Type.LIST,
}
_SEMI_BOLD: frozenset[Role] = frozenset({"title", "heading", "strong", "label"})


def font(role: Role) -> QFont:
    """Make the font of a role. `number` has figures of one width, for times and tables."""
    made = QFont(QGuiApplication.font())
    made.setWeight(QFont.Weight.Normal)
    # Points are rounded on some systems; a whole-pixel font is the same on all.
    made.setPixelSize(round(_SIZES[role]))
    if role in _SEMI_BOLD:
        made.setWeight(QFont.Weight.DemiBold)
    if role == "title":
        made.setLetterSpacing(QFont.SpacingType.PercentageSpacing, 99)
    if role == "number":
        made.setFeature(QFont.Tag.fromString("tnum"), 1)
    return made
