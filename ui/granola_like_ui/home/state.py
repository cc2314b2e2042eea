"""What the sidebar and the home page show, as values."""

from dataclasses import dataclass
from datetime import datetime
from typing import Literal, TypeAlias

from granola_like.domain.home import Folder
from granola_like.domain.search import Hit

Place: TypeAlias = Literal["home", "folder", "trash", "search", "meeting"]


@dataclass(frozen=True, slots=True, kw_only=True)
class Work:
    """What is being done to a meeting now."""

    step: str
    """As a person would say it, translated: "Transcribing"."""
    fraction: float | None = None
    """0 to 1; None while nobody can know."""
    left_ms: int | None = None
    trouble: str = ""
    """A sentence, when it went wrong."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Running:
    """The recording that goes on; it comes into the library when it has ended."""

    meeting: str
    title: str
    started_at: datetime


@dataclass(frozen=True, slots=True, kw_only=True)
class Call:
    """A call that somebody is in, and that nobody records yet."""

    program: str
    """As people call it: "Zoom"."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Notice:
    """A sentence about something that happened while the window was not there."""

    id: str
    text: str
    button: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class SidebarState:
    """What stands at the side, the meetings apart: those are a model's, for they may be many."""

    folders: tuple[Folder, ...] = ()
    place: Place = "home"
    folder: str = ""
    meeting: str = ""
    """The one that is open; empty while a list is shown."""
    trashed: int = 0


@dataclass(frozen=True, slots=True, kw_only=True)
class HomeState:
    """What stands above the list of meetings, and what the list is."""

    place: Place = "home"
    folder: str = ""
    meetings: int | None = None
    """How many there are in this place; None until they have been counted."""
    call: Call | None = None
    running: Running | None = None
    notices: tuple[Notice, ...] = ()
    can_record: bool = True


@dataclass(frozen=True, slots=True, kw_only=True)
class Group:
    """The passages of one meeting, best first."""

    meeting: str
    title: str
    hits: tuple[Hit, ...]
    when: str = ""
    """The day, told."""


@dataclass(frozen=True, slots=True, kw_only=True)
class SearchState:
    """A question to the library and what it found."""

    query: str = ""
    groups: tuple[Group, ...] = ()
    is_answered: bool = False
    """Whether `groups` answers `query`; before that nothing is said about finding nothing."""
