"""What the settings page shows; a test can make one in a line."""

from dataclasses import dataclass, field
from pathlib import Path
from typing import Literal, TypeAlias

from granola_like.domain.recording import Channel
from granola_like.settings import Settings

ModelState: TypeAlias = Literal["shipped", "here", "partly", "damaged", "absent"]


@dataclass(frozen=True, slots=True, kw_only=True)
class ModelChoice:
    """One model, as a person chooses among them."""

    name: str
    kind: str
    purpose: str
    state: ModelState
    megabytes: int
    memory_megabytes: int | None = None
    minutes_per_hour: float | None = None
    """How many minutes an hour of speech takes on this machine, estimated."""
    languages: tuple[str, ...] = ()
    licence: str = ""
    is_suggested: bool = False
    limits: str = ""
    """What it cannot do, in a sentence."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Working:
    """A download or another step that is going on."""

    name: str
    step: str
    fraction: float | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class ShownTemplate:
    """A kind of note."""

    id: str
    title: str
    sections: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True, kw_only=True)
class ShownRule:
    """A learned rule of style."""

    id: str
    template: str
    told: str
    is_on: bool
    seen: int
    """How many edits of the person show it."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Heard:
    """How the trial of a channel went."""

    channel: Channel
    ok: bool
    fact: str
    hint: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class SettingsState:
    """All of the settings page."""

    settings: Settings
    devices: dict[Channel, tuple[str, ...]] = field(default_factory=dict)
    models: tuple[ModelChoice, ...] = ()
    working: tuple[Working, ...] = ()
    templates: tuple[ShownTemplate, ...] = ()
    rules: tuple[ShownRule, ...] = ()
    trials: tuple[Heard, ...] = ()
    is_trying: bool = False
    data_folder: Path = Path()
    templates_folder: Path = Path()
    hotkeys_work: bool = True
