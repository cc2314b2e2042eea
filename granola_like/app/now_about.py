"""What is known of a meeting while it is recorded, beside its sound: a small file in its folder."""

import json
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING

from granola_like.domain.meeting import Person
from granola_like.errors import SoundError

if TYPE_CHECKING:
    from granola_like.record.folder import RecordingFolder

_FILE = "about.json"


@dataclass(frozen=True, slots=True, kw_only=True)
class About:
    """What the person says of a meeting before it is stored."""

    title: str
    people: tuple[Person, ...] = ()
    folder: str | None = None
    template: str | None = None
    """None takes the setting's; the same for the language."""
    language: str | None = None


def write_about(path: Path, about: About) -> None:
    """Keep it in a recording's folder, whole or not at all. Raises SoundError."""
    from granola_like.record.folder import write_whole

    facts = {
        "title": about.title,
        "people": [[person.name, person.email] for person in about.people],
        "folder": about.folder,
        "template": about.template,
        "language": about.language,
    }
    try:
        write_whole(path / _FILE, json.dumps(facts))
    except OSError as error:
        raise SoundError(
            f"The title could not be saved: {error.strerror}.",
            hint="Make room on the disk, then change it again.",
        ) from error


def read_about(recording: "RecordingFolder") -> About:
    """Read it; what the recording began with, where nothing else was said."""
    try:
        facts = json.loads((recording.path / _FILE).read_text("utf-8"))
        return About(
            title=str(facts["title"]),
            people=tuple(Person(str(name), email) for name, email in facts["people"]),
            folder=facts["folder"],
            template=facts["template"],
            language=facts["language"],
        )
    except (OSError, ValueError, KeyError, TypeError):
        return About(title=recording.title)
