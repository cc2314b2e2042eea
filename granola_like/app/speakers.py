"""Who is who on the other side of a call: by voice, where the models for it are here."""

from contextlib import closing
from typing import TYPE_CHECKING

from granola_like import paths
from granola_like.domain.bundle import Bundle
from granola_like.domain.meeting import Person
from granola_like.domain.transcript import Transcript
from granola_like.errors import EngineError
from granola_like.jobs import Job

if TYPE_CHECKING:
    from granola_like.app.hearing import Call
    from granola_like.settings import Settings


def can_tell_apart() -> bool:
    """Say whether the library and both models that tell voices apart are on this machine."""
    from granola_like.engines.found import VOICE_PRINTS, VOICE_TURNS, can_run, find_model

    if not can_run("voices"):
        return False
    try:
        for name in (VOICE_TURNS, VOICE_PRINTS):
            find_model(name, "voices", paths.models_dir())
    except EngineError:
        return False
    return True


def told_apart(settings: "Settings", call: "Call", transcript: Transcript) -> Job[Transcript]:
    """Split “them” by voice. With one other person in the call, or without models, nothing changes.

    What fails here costs names, never words.
    """
    from granola_like.engines import host
    from granola_like.transcribe.speakers import tell_apart

    track = call.tracks.get("them")
    if track is None or len(others(settings, call.people)) == 1 or not can_tell_apart():
        return transcript
    with closing(host.open_voices(models_dir=paths.models_dir())) as engine:
        return (yield from tell_apart(transcript, track, engine))


def names_left(bundle: Bundle) -> tuple[str, ...]:
    """Name the people of a meeting who are no speaker of its transcript yet, to choose from.

    Which of them a voice is, nobody knows but the person.
    """
    speakers = {said.speaker for said in bundle.transcript}
    return tuple(one.name for one in bundle.meeting.people if one.name not in speakers)


def others(settings: "Settings", people: tuple[Person, ...]) -> tuple[str, ...]:
    """Name those who may be on the other side, as far as the calendar knows."""
    return tuple(person.name for person in people if person.name != settings.my_name)
