"""The library at a glance: rows of the list of meetings, and folders."""

from dataclasses import dataclass
from datetime import datetime


@dataclass(frozen=True, slots=True, kw_only=True)
class HomeRow:
    """A meeting as the list of meetings shows it."""

    meeting: str
    title: str
    started_at: datetime
    duration_ms: int = 0
    folder: str | None = None
    snippet: str = ""
    """The note's first points; where there is no note, the first typed lines or words said."""
    people: tuple[str, ...] = ()
    has_sound: bool = False
    is_heard: bool = False
    """Whether there is a transcript."""
    is_written: bool = False
    """Whether there is a note."""
    is_edited: bool = False
    """Whether the person changed the note."""
    is_deleted: bool = False
    """Whether it lies in the trash."""


@dataclass(frozen=True, slots=True)
class Folder:
    """A folder of the library, and how many meetings are in it, those in the trash left out."""

    name: str
    meetings: int = 0
