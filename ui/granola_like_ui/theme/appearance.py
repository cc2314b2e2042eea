"""Which colours hold now: the person's choice, or the system's, light, dark or high contrast."""

from typing import Literal, TypeAlias

from PySide6.QtCore import QObject, Qt, Signal
from PySide6.QtGui import QColor, QGuiApplication, QPalette
from PySide6.QtWidgets import QApplication

from granola_like_ui.theme import tokens
from granola_like_ui.theme.fonts import font
from granola_like_ui.theme.sheet import sheet
from granola_like_ui.theme.tokens import Colors

Scheme: TypeAlias = Literal["system", "light", "dark"]


class Appearance(QObject):
    """Puts the colours on the application, and again whenever the system changes its mind."""

    changed = Signal()
    """The colours are others now: whatever paints itself paints again."""

    def __init__(self, app: QApplication) -> None:
        super().__init__(app)
        self._app = app
        self._scheme: Scheme = "system"
        self._high_contrast = False
        self._colors = tokens.LIGHT
        app.setStyle("Fusion")  # the same everywhere; the style sheet does the rest
        app.setFont(font("body"))
        app.styleHints().colorSchemeChanged.connect(self._put_on)
        self._put_on()

    @property
    def colors(self) -> Colors:
        """What to paint with."""
        return self._colors

    @property
    def may_move(self) -> bool:
        """Whether the system lets things move."""
        return bool(self._app.isEffectEnabled(Qt.UIEffect.UI_AnimateMenu)) or not _says_still()

    def choose(self, scheme: Scheme, *, high_contrast: bool = False) -> None:
        """Follow the system, or be light or dark whatever it says."""
        self._scheme, self._high_contrast = scheme, high_contrast
        self._put_on()

    def _put_on(self) -> None:
        system = self._app.styleHints().colorScheme()
        dark = self._scheme == "dark" or (
            self._scheme == "system" and system == Qt.ColorScheme.Dark
        )
        if self._high_contrast:
            wanted = tokens.HIGH_CONTRAST_DARK if dark else tokens.HIGH_CONTRAST_LIGHT
        else:
            wanted = tokens.DARK if dark else tokens.LIGHT
        if wanted is self._colors and self._app.styleSheet():
            return
        self._colors = wanted
        self._app.setPalette(_palette(wanted))
        self._app.setStyleSheet(sheet(wanted))
        self.changed.emit()


def appearance() -> Appearance:
    """Give the application's one appearance; made when first asked for."""
    app = QGuiApplication.instance()
    if not isinstance(app, QApplication):
        raise RuntimeError("there is no application to look at")
    found = app.findChild(Appearance)
    return found if found is not None else Appearance(app)


def colors() -> Colors:
    """Give the colours that hold now."""
    return appearance().colors


def _says_still() -> bool:
    hints = QGuiApplication.styleHints()
    motion = getattr(hints, "accessibility", lambda: None)()
    return getattr(motion, "reducedMotion", False) is True


def _palette(of: Colors) -> QPalette:
    palette = QPalette()
    role = QPalette.ColorRole
    for where, color in {
        role.Window: of.paper,
        role.Base: of.paper,
        role.AlternateBase: of.desk,
        role.WindowText: of.ink,
        role.Text: of.ink,
        role.Button: of.paper,
        role.ButtonText: of.ink,
        role.ToolTipBase: of.desk,
        role.ToolTipText: of.ink,
        role.PlaceholderText: of.faint,
        role.Highlight: of.accent,
        role.HighlightedText: of.on_accent,
        role.Link: of.accent,
        role.Accent: of.accent,
    }.items():
        palette.setColor(where, QColor(color))
    for where in (role.WindowText, role.Text, role.ButtonText):
        palette.setColor(QPalette.ColorGroup.Disabled, where, QColor(of.faint))
    return palette
