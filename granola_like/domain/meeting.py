"""One meeting: what it is called, when it was, who was there."""

from dataclasses import dataclass, field
from datetime import datetime


@dataclass(frozen=True, slots=True)
class Person:
    """Somebody who took part, as the calendar or the person names them."""

    name: str
    email: str | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class Meeting:
    """One record of the library. Everything else about the meeting points at its id."""

    id: str
    title: str
    started_at: datetime
    """With its time zone: "by Friday" is worked out from it."""
    duration_ms: int = 0
    language: str = "en"
    """What was spoken, as an ISO 639-1 code."""
    people: tuple[Person, ...] = ()
    folder: str | None = None
    series: str | None = None
    template: str | None = None
    glossary: tuple[str, ...] = field(default=())
    """Names and terms that matter here: spelling hints, and names that the guard knows."""

    def __post_init__(self) -> None:
        if self.started_at.tzinfo is None:
            raise ValueError("a meeting's start needs its time zone")
        if self.duration_ms < 0:
            raise ValueError("a meeting cannot last less than nothing")
