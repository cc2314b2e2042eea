"""Joins the first page with the sound, and with the models that can be had."""

from dataclasses import replace
from typing import TYPE_CHECKING

from PySide6.QtCore import QObject, Signal

from granola_like.settings import Settings
from granola_like_ui.frame import Frame
from granola_like_ui.settings.controller import SettingsController
from granola_like_ui.settings.state import ModelChoice, SettingsState
from granola_like_ui.welcome.listening import Listening
from granola_like_ui.welcome.page import WelcomePage
from granola_like_ui.welcome.state import Card, Quality, WelcomeState

if TYPE_CHECKING:
    from granola_like.app.soundcheck import Check
    from granola_like.app.soundcheck_ear import ChannelCheck

QUALITIES = ("base", "small", "large-v3-turbo")
"""Quick, good, best."""


class WelcomeController(QObject):
    """Owns the first page. Downloads are those of the settings, so they go on without it."""

    finished = Signal()

    def __init__(self, frame: Frame, settings: SettingsController) -> None:
        super().__init__(frame)
        self._frame, self._settings = frame, settings
        self._state = WelcomeState()
        self.listening = Listening(self)
        self._tries: set[str] = set()
        self.page = WelcomePage()
        self.page.listen_asked.connect(lambda: self._try("me"))
        self.page.chime_asked.connect(lambda: self._try("them"))
        self.page.quality_chosen.connect(self._choose)
        self.page.finished.connect(self._finish)
        self.listening.heard.connect(self._heard)
        settings.shown.connect(self._models_changed)

    def open(self) -> None:
        """Show the page."""
        self._say()
        self._frame.show_page(self.page)
        self._settings.read_models()

    def close(self) -> None:
        """Listen no longer."""
        self.listening.stop()

    def _try(self, channel: str) -> None:
        self._tries.add(channel)
        if not self.listening.is_on:
            self.listening.start(self._settings.state.settings)
        if channel == "them":
            self.listening.chime()

    def _heard(self, check: "Check") -> None:
        if check.trouble is not None:
            told = f"{check.trouble} {check.trouble.hint}"
            failed = Card(proof="failed", told=told)
            self._say(me=failed, them=failed)
            return
        cards = {name: self._card(name, one, check) for name, one in check.channels.items()}
        self._say(**{name: card for name, card in cards.items() if name in self._tries})

    def _card(self, channel: str, one: "ChannelCheck", check: "Check") -> Card:
        waiting = one.found == "waiting" or (channel == "them" and check.is_chiming)
        told = f"{one.sentence} {one.hint}".strip()
        if waiting:
            return Card(proof="trying", told=told, level_db=one.level_db)
        proof: Card = Card(proof="proved" if one.found == "heard" else "failed", told=told)
        return replace(proof, level_db=one.level_db)

    def _choose(self, model: str) -> None:
        self._say(chosen=model)
        here = {one.name: one.state for one in self._settings.state.models}
        if here.get(model) not in ("here", "shipped"):
            self._settings.download(model)
        # What is chosen by hand holds, whatever else is on the disk.
        self._settings.choose("speech_model", model)

    def _models_changed(self, state: SettingsState) -> None:
        known = {one.name: one for one in state.models}
        qualities = tuple(self._quality(known[name]) for name in QUALITIES if name in known)
        going = next((one for one in state.working if one.name in QUALITIES), None)
        self._say(
            qualities=qualities,
            chosen=_chosen(state.settings, self._state.chosen),
            download=going.step if going else "",
            fraction=going.fraction if going else None,
        )

    def _quality(self, model: ModelChoice) -> Quality:
        titles = {
            "base": (self.tr("Quick"), self.tr("Enough for clear voices and good microphones.")),
            "small": (self.tr("Good"), self.tr("What most people want.")),
            "large-v3-turbo": (self.tr("Best"), self.tr("For accents and bad lines.")),
        }
        title, about = titles[model.name]
        facts = self.tr("{0} MB").format(f"{model.megabytes:,}")
        if model.minutes_per_hour is not None:
            minutes = max(1, round(model.minutes_per_hour))
            facts += " · " + self.tr("an hour of speech takes %n minute(s)", "", minutes)
        return Quality(
            model=model.name,
            title=title,
            about=about,
            facts=facts,
            is_here=model.state in ("here", "shipped"),
            is_suggested=model.is_suggested,
        )

    def _finish(self) -> None:
        self.close()
        self.finished.emit()

    def _say(self, **about: object) -> None:
        self._state = replace(self._state, **about)  # type: ignore[arg-type]
        self.page.show_state(self._state)


def _chosen(settings: Settings, before: str) -> str:
    return settings.speech_model if settings.speech_model in QUALITIES else before
