"""What can be brought in beside a recording: the sample call, and files of any kind."""

from dataclasses import asdict
from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import TYPE_CHECKING

from granola_like.domain.meeting import Person
from granola_like.domain.note import NoteLine
from granola_like.errors import SoundError
from granola_like.jobs import Job

if TYPE_CHECKING:
    from granola_like.app.hearing import Call
    from granola_like.app.product import App

SAMPLE = "demo"
"""The id of the sample call in the library; a second time replaces nothing, it adds versions."""


def sample() -> "Call":
    """Give the call that comes with the product: two channels of sound and a few typed lines."""
    from granola_like.app.hearing import Call
    from granola_like.audio.decode import Source
    from granola_like_models.catalogue import BUNDLED_SPEECH
    from granola_like_models.sample import sample_call

    given = sample_call()
    return Call(
        tracks={channel: Source(file) for channel, file in given.tracks.items()},
        title=given.title,
        started_at=datetime.fromisoformat(given.started_at),
        people=tuple(Person(name) for name in given.people.values()),
        glossary=given.glossary,
        notes=tuple(NoteLine(**asdict(line)) for line in given.notes),
        speech_model=BUNDLED_SPEECH,
        language=given.language,
        meeting=SAMPLE,
    )


def take_in_sample(app: "App") -> Job[str]:
    """Hear the sample call, write its note, and store it; gives its id."""
    from granola_like_models.sample import sample_call

    app.settings = app.settings.model_copy(update={"my_name": sample_call().people["me"]})
    return (yield from app.take_in(sample()))


def take_in_file(app: "App", file: Path) -> Job[str]:
    """Store what a file holds: a meeting, captions, or sound, which is transcribed; gives its id.

    Raises ExchangeError, SoundError, and what transcribing raises.
    """
    from granola_like.app.hearing import Call
    from granola_like.audio.decode import Source
    from granola_like.exchange.formats import is_meeting

    if is_meeting(file):
        return (yield from app.import_file(file))
    call = Call(
        tracks={"them": Source(file)},
        title=file.stem.replace("_", " "),
        started_at=began(file),
    )
    return (yield from app.take_in(call))


def began(file: Path) -> datetime:
    """Tell when a call began: its file was last written when it ended. Raises SoundError."""
    from granola_like.audio.decode import measure_ms

    lasted = timedelta(milliseconds=measure_ms(file))
    try:
        return (datetime.fromtimestamp(file.stat().st_mtime, UTC) - lasted).astimezone()
    except OSError as error:
        raise SoundError(
            f"{file} could not be read: {error.strerror or error}.",
            hint="Check the name and that you may read the file.",
        ) from error
