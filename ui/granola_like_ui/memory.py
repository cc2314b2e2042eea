"""What the window must know before the settings have been read, and what is only its own."""

from typing import TYPE_CHECKING, Self

from PySide6.QtCore import QSettings
from PySide6.QtWidgets import QApplication

from granola_like_ui.languages import AUTO, speak
from granola_like_ui.theme import Scheme, appearance

if TYPE_CHECKING:
    from granola_like.settings import Settings
    from granola_like_ui.frame import Frame

_SCHEMES: dict[str, Scheme] = {"light": "light", "dark": "dark"}


class Memory:
    """A small file beside the settings; without one, everything is as at the first start."""

    def __init__(self, places: QSettings | None) -> None:
        self._places = places

    @classmethod
    def of(cls, frame: "Frame") -> Self:
        """Give that of a window."""
        return cls(frame.places)

    def put_on(self, app: QApplication) -> None:
        """Look and speak as when the window was last open, before anything is painted."""
        speak(app, str(self._get("language", AUTO)))
        appearance().choose(
            _SCHEMES.get(str(self._get("theme", "")), "system"),
            high_contrast=str(self._get("high_contrast", "")) == "true",
        )

    def keep(self, settings: "Settings") -> None:
        """Look as these settings say from now on, and speak so from the next start on."""
        self._set("language", settings.interface_language)
        self._set("theme", settings.theme)
        self._set("high_contrast", "true" if settings.high_contrast else "")
        scheme = _SCHEMES.get(settings.theme, "system")
        appearance().choose(scheme, high_contrast=settings.high_contrast)

    @property
    def was_welcomed(self) -> bool:
        """Whether the first page has been left."""
        return str(self._get("welcomed", "")) == "true"

    def welcomed(self) -> None:
        """Note that it has."""
        self._set("welcomed", "true")

    def _get(self, name: str, default: object) -> object:
        return default if self._places is None else self._places.value(name, default)

    def _set(self, name: str, value: str) -> None:
        if self._places is not None:
            self._places.setValue(name, value)
