"""The style sheet: what Qt's own widgets look like in our colours.

A widget says what it is by a role (`set_role`), never by a colour of its own.
"""

from typing import Literal, TypeAlias

from PySide6.QtWidgets import QWidget

from granola_like_ui.theme.tokens import Colors, Size, Space, Type

Role: TypeAlias = Literal[
    "primary",  # the one thing to do now
    "quiet",  # a button that is only words
    "link",  # underlined words inside a sentence
    "danger",  # stop, delete for ever
    "title",
    "heading",
    "pencil",
    "faint",
    "label",
    "amber",
    "desk",
    "card",
    "accent",  # words that say yes
    "choice",  # a row that can be chosen
    "chosen",
    "hairline",
    "list",  # a list to choose from, on paper
    "meta",  # a field in the line of facts under a title
    "bare",  # a field that looks like the paper it stands on
]


def set_role(widget: QWidget, role: Role) -> None:
    """Say what a widget is; the style sheet does the rest."""
    widget.setProperty("role", role)
    style = widget.style()
    style.unpolish(widget)
    style.polish(widget)


def sheet(c: Colors) -> str:
    """Write the style sheet for a set of colours."""
    return f"""
* {{ color: {c.ink}; selection-background-color: {c.accent}; selection-color: {c.on_accent}; }}
QMainWindow, QDialog {{ background: {c.paper}; }}
QToolTip {{ background: {c.desk}; color: {c.ink}; border: 1px solid {c.hairline};
    padding: {Space.XS}px {Space.S}px; font-size: {Type.SMALL}px; }}

QLabel {{ background: transparent; }}
[role="title"] {{ font-size: {Type.TITLE}px; font-weight: 600; color: {c.ink}; }}
[role="heading"] {{ font-weight: 600; color: {c.ink}; }}
[role="pencil"] {{ color: {c.pencil}; }}
[role="faint"] {{ color: {c.faint}; font-size: {Type.SMALL}px; }}
[role="label"] {{ color: {c.faint}; font-size: {Type.LABEL}px; font-weight: 600; }}
[role="amber"] {{ color: {c.amber}; background: {c.amber_ground};
    border-radius: {Size.CORNER}px; padding: {Space.S}px {Space.M}px; }}
[role="hairline"] {{ background: {c.hairline}; }}
[role="desk"] {{ background: {c.desk}; }}
[role="card"] {{ background: {c.paper}; border: 1px solid {c.hairline};
    border-radius: {Size.CARD_CORNER}px; }}

[role="accent"] {{ color: {c.accent}; }}
[role="choice"], [role="chosen"] {{ border: 1px solid {c.hairline};
    border-radius: {Size.CORNER}px; }}
[role="chosen"] {{ border-color: {c.accent}; background: {c.desk}; }}
[role="choice"]:hover {{ background: {c.desk}; }}
[role="choice"]:focus, [role="chosen"]:focus {{ border: {Size.FOCUS}px solid {c.accent}; }}

QPushButton, QToolButton {{ background: transparent; border: 1px solid {c.hairline};
    border-radius: {Size.CORNER}px; padding: {Space.XS + 2}px {Space.M + 2}px; color: {c.ink}; }}
QPushButton:hover, QToolButton:hover {{ background: {c.desk}; }}
QPushButton:pressed, QToolButton:pressed {{ background: {c.hairline}; }}
QPushButton:focus, QToolButton:focus {{ border: {Size.FOCUS}px solid {c.accent};
    padding: {Space.XS + 1}px {Space.M + 1}px; }}
QPushButton:disabled, QToolButton:disabled {{ color: {c.faint}; }}
QPushButton[role="primary"] {{ background: {c.accent}; color: {c.on_accent};
    border-color: {c.accent}; font-weight: 600; }}
QPushButton[role="primary"]:focus {{ border-color: {c.ink}; }}
QPushButton[role="primary"]:disabled {{ background: {c.hairline}; color: {c.faint};
    border-color: {c.hairline}; }}
QPushButton[role="quiet"], QToolButton[role="quiet"] {{ border-color: transparent;
    color: {c.pencil}; padding: {Space.XS}px {Space.S}px; }}
QPushButton[role="quiet"]:focus, QToolButton[role="quiet"]:focus {{
    border: {Size.FOCUS}px solid {c.accent}; padding: {Space.XS - 1}px {Space.S - 1}px; }}
QPushButton[role="quiet"]:hover, QToolButton[role="quiet"]:hover {{ color: {c.ink}; }}
QPushButton[role="danger"] {{ border-color: transparent; color: {c.record}; font-weight: 600; }}
QPushButton[role="danger"]:focus {{ border: {Size.FOCUS}px solid {c.record}; }}
QPushButton[role="link"] {{ border: none; padding: 0; color: {c.amber};
    text-decoration: underline; }}
QPushButton[role="link"]:focus {{ border-bottom: {Size.FOCUS}px solid {c.amber}; }}
QToolButton::menu-indicator {{ image: none; }}

QLineEdit, QPlainTextEdit, QTextEdit, QSpinBox, QComboBox {{ background: {c.paper};
    border: 1px solid {c.hairline}; border-radius: {Size.CORNER}px;
    padding: {Space.XS + 2}px {Space.S + 2}px; }}
QLineEdit:focus, QPlainTextEdit:focus, QTextEdit:focus, QSpinBox:focus, QComboBox:focus {{
    border: {Size.FOCUS}px solid {c.accent}; padding: {Space.XS + 1}px {Space.S + 1}px; }}
QLineEdit[role="bare"], QPlainTextEdit[role="bare"], QTextEdit[role="bare"],
QLineEdit[role="title"] {{ border: none; background: transparent; padding: 0; }}
QLineEdit[role="meta"] {{ border: none; background: transparent; padding: 0;
    color: {c.pencil}; }}
QLineEdit[role="meta"]:focus {{ color: {c.ink}; }}
QComboBox::drop-down {{ border: none; width: {Space.XL}px; }}
QComboBox QAbstractItemView {{ background: {c.paper}; border: 1px solid {c.hairline};
    outline: none; }}
QCheckBox, QRadioButton {{ spacing: {Space.S}px; }}
QCheckBox:focus, QRadioButton:focus {{ color: {c.accent}; text-decoration: underline; }}

QAbstractItemView {{ background: transparent; border: none; outline: none; }}
QListView[role="list"]::item {{ padding: {Space.XS + 2}px {Space.S}px;
    border-radius: {Size.CORNER - 1}px; }}
QListView[role="list"]::item:selected {{ background: {c.desk}; color: {c.ink}; }}
QListView[role="list"]::item:selected:focus {{ border: {Size.FOCUS}px solid {c.accent};
    padding: {Space.XS}px {Space.S - 2}px; }}
QMenu {{ background: {c.paper}; border: 1px solid {c.hairline}; padding: {Space.XS}px; }}
QMenu::item {{ padding: {Space.XS + 2}px {Space.XL}px {Space.XS + 2}px {Space.M}px;
    border-radius: {Space.XS}px; }}
QMenu::item:selected {{ background: {c.desk}; }}
QMenu::item:disabled {{ color: {c.faint}; }}
QMenu::separator {{ height: 1px; background: {c.hairline}; margin: {Space.XS}px {Space.S}px; }}

QScrollArea, QScrollArea > QWidget > QWidget {{ background: transparent; border: none; }}
QScrollBar:vertical {{ background: transparent; width: {Space.S + 2}px; margin: 0; }}
QScrollBar::handle:vertical {{ background: {c.hairline}; min-height: {Space.XXL}px;
    border-radius: {Space.XS}px; margin: 2px; }}
QScrollBar::handle:vertical:hover {{ background: {c.faint}; }}
QScrollBar:horizontal {{ background: transparent; height: {Space.S + 2}px; margin: 0; }}
QScrollBar::handle:horizontal {{ background: {c.hairline}; min-width: {Space.XXL}px;
    border-radius: {Space.XS}px; margin: 2px; }}
QScrollBar::add-line, QScrollBar::sub-line, QScrollBar::add-page, QScrollBar::sub-page {{
    background: transparent; width: 0; height: 0; border: none; }}
QSplitter::handle {{ background: {c.hairline}; }}
QProgressBar {{ background: {c.hairline}; border: none; border-radius: 2px; max-height: 4px; }}
QProgressBar::chunk {{ background: {c.accent}; border-radius: 2px; }}
QSlider::groove:horizontal {{ background: {c.hairline}; height: 4px; border-radius: 2px; }}
QSlider::sub-page:horizontal {{ background: {c.accent}; border-radius: 2px; }}
QSlider::handle:horizontal {{ background: {c.ink}; width: 12px; margin: -4px 0;
    border-radius: 6px; }}
QSlider:focus {{ border: {Size.FOCUS}px solid {c.accent}; border-radius: {Space.XS}px; }}
"""
