"""How everything looks: the tokens, and what puts them on."""

from granola_like_ui.theme.appearance import Appearance, Scheme, appearance, colors
from granola_like_ui.theme.fonts import font
from granola_like_ui.theme.icons import icon
from granola_like_ui.theme.sheet import set_role
from granola_like_ui.theme.tokens import Colors, Motion, Size, Space, Type

__all__ = [
    "Appearance",
    "Colors",
    "Motion",
    "Scheme",
    "Size",
    "Space",
    "Type",
    "appearance",
    "colors",
    "font",
    "icon",
    "set_role",
]
