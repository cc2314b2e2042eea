"""What the meeting's page shows, as values: made by the controller, shown by the widgets."""

from dataclasses import dataclass, field
from typing import Literal

from granola_like.domain.recording import Channel

CallStep = Literal["starting", "recording", "paused", "stopping"]


@dataclass(frozen=True, slots=True, kw_only=True)
class Meter:
    """One channel at this moment."""

    level: float = 0.0
    """0 is silence, 1 is full scale."""
    silent_s: int = 0
    """For how long nothing was heard, once that is worth a word; 0 while all is well."""
    warning: str = ""
    """A sentence of the recorder about this channel."""


@dataclass(frozen=True, slots=True, kw_only=True)
class CallState:
    """The call that is being recorded."""

    step: CallStep = "recording"
    elapsed_ms: int = 0
    me: Meter = field(default_factory=Meter)
    them: Meter = field(default_factory=Meter)
    countdown_s: int | None = None
    """It will stop by itself in so many seconds."""
    countdown_why: str = ""
    minutes_of_disk: int | None = None
    """None while nobody knows, or while there is plenty."""
    trouble: str = ""
    said: str = ""
    """What was just done, in a sentence: it goes by itself."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Caption:
    """What one speaker says now, or has said."""

    id: str
    channel: Channel
    speaker: str = ""
    """Empty where nobody knows the name: then it is "Them"."""
    firm: str = ""
    tentative: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class CaptionsState:
    """The captions: the newest is the last."""

    lines: tuple[Caption, ...] = ()
    lag_s: int = 0
    """How far the words are behind, in whole seconds."""
    trouble: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class About:
    """What stands over the text."""

    title: str = ""
    when: str = ""
    """Day and time, as the person's language writes them."""
    people: tuple[str, ...] = ()
    folder: str = ""
    receipt: str = ""
    """In one line: how long, which sides were heard, how many gaps."""
    details: tuple[str, ...] = ()
    """The receipt's lines, for who opens it."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Writing:
    """The desk at work on this meeting."""

    step: str
    fraction: float | None = None
    left_s: float | None = None
    """How long it will take still, where that is known."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Trouble:
    """Why there is no note, and what helps."""

    text: str
    button: str = ""
    action: str = ""
    """What the button asks for: `settings`, `again`, `models`."""


@dataclass(frozen=True, slots=True, kw_only=True)
class VersionChoice:
    """One version of the note, in the list."""

    number: int
    name: str
    """When, by whom, after which template."""


@dataclass(frozen=True, slots=True, kw_only=True)
class TemplateChoice:
    """One kind of note that can be written."""

    id: str
    name: str
    is_now: bool = False
