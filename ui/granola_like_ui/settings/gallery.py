"""The settings in their states."""

from pathlib import Path

from PySide6.QtWidgets import QWidget

from granola_like.settings import Settings
from granola_like_ui.gallery import Shot
from granola_like_ui.settings.page import SettingsPage
from granola_like_ui.settings.state import (
    Heard,
    ModelChoice,
    SettingsState,
    ShownRule,
    ShownTemplate,
    Working,
)

_DEFAULTS = Settings.model_construct()
_MODELS = (
    ModelChoice(
        name="tiny-synthetic",
        kind="speech",
        purpose="Shipped, for trying things out; it knows synthetic voices only.",
        state="shipped",
        megabytes=9,
        memory_megabytes=180,
        minutes_per_hour=0.6,
        languages=("en",),
        licence="Apache-2.0",
    ),
    ModelChoice(
        name="base",
        kind="speech",
        purpose="Quick; enough for clear voices.",
        state="here",
        megabytes=145,
        memory_megabytes=390,
        minutes_per_hour=4,
        languages=("*",),
        licence="MIT",
    ),
    ModelChoice(
        name="small",
        kind="speech",
        purpose="Good words on a laptop; the one to start with.",
        state="absent",
        megabytes=484,
        memory_megabytes=900,
        minutes_per_hour=14,
        languages=("*",),
        licence="MIT",
        is_suggested=True,
    ),
    ModelChoice(
        name="large-v3-turbo",
        kind="speech",
        purpose="The best words; slow without a graphics card.",
        state="partly",
        megabytes=1620,
        memory_megabytes=2300,
        minutes_per_hour=48,
        languages=("*",),
        licence="MIT",
    ),
)
_TEMPLATES = (
    ShownTemplate(id="general", title="General", sections=("Notes", "Decisions", "Action items")),
    ShownTemplate(
        id="sales-call",
        title="Sales call",
        sections=("Needs", "Budget", "Objections", "Next steps"),
    ),
    ShownTemplate(id="one-on-one", title="One-on-one", sections=("Topics", "Feedback", "Promises")),
)
_RULES = (
    ShownRule(
        id="general/owners", template="General", told="Owners come first.", is_on=True, seen=4
    ),
    ShownRule(
        id="general/full stops",
        template="General",
        told="Lines end without a full stop.",
        is_on=False,
        seen=2,
    ),
)


def sample(**changes: object) -> SettingsState:
    """Make a state with something of everything."""
    facts: dict[str, object] = {
        "settings": _DEFAULTS.model_copy(
            update={"my_name": "Vera", "glossary": ("Acme", "Kubernetes", "Nina Krüger")}
        ),
        "devices": {
            "me": ("Built-in Microphone", "Jabra Evolve2 65"),
            "them": ("Built-in Speakers", "Jabra Evolve2 65"),
        },
        "models": _MODELS,
        "templates": _TEMPLATES,
        "rules": _RULES,
        "data_folder": Path("~/.local/share/granola_like"),
        "templates_folder": Path("~/.config/granola_like/templates"),
    }
    return SettingsState(**(facts | changes))  # type: ignore[arg-type]


def _shown(section: int, **changes: object) -> Shot:
    def make() -> QWidget:
        page = SettingsPage()
        page.show_state(sample(**changes))
        page.go_to(page.titles[section])
        return page

    return Shot(make=make, size=(1044, 820))


_SILENT = (
    Heard(channel="me", ok=True, fact="Built-in Microphone is heard."),
    Heard(
        channel="them",
        ok=False,
        fact="Built-in Speakers: the test sound was played but did not arrive.",
        hint="Choose the device that you hear calls on, then try again.",
    ),
)

STATES: dict[str, Shot] = {
    "sound": _shown(0),
    "sound-silent": _shown(0, trials=_SILENT),
    "models": _shown(1),
    "models-coming": _shown(
        1, working=(Working(name="small", step="181 of 484 MB, 24 s left", fraction=0.37),)
    ),
    "writing": _shown(2),
    "writing-server": _shown(
        2,
        settings=_DEFAULTS.model_copy(
            update={"writer": "endpoint", "endpoint_url": "http://localhost:11434/v1"}
        ),
    ),
    "templates": _shown(3),
    "style": _shown(4),
    "style-empty": _shown(4, rules=()),
    "glossary": _shown(5),
    "calls": _shown(6),
    "privacy": _shown(7),
    "appearance": _shown(8),
}
