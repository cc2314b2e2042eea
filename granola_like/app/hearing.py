"""Sound to words: the meeting's tracks are heard, and stored meetings are heard again."""

from collections.abc import Mapping
from contextlib import closing, suppress
from dataclasses import dataclass, replace
from datetime import UTC, datetime
from pathlib import Path
from typing import TYPE_CHECKING, Any

from granola_like.app import choose
from granola_like.app.corrections import vocabulary
from granola_like.app.speakers import told_apart
from granola_like.domain.bundle import Bundle
from granola_like.domain.enhanced import EnhancedNote, Evidence
from granola_like.domain.meeting import Meeting, Person
from granola_like.domain.note import NoteLine
from granola_like.domain.receipt import Receipt
from granola_like.domain.recording import Channel
from granola_like.domain.transcript import Transcript
from granola_like.errors import SoundError
from granola_like.jobs import Job, Progress
from granola_like.library import new_id
from granola_like.settings import Settings

if TYPE_CHECKING:
    from granola_like.app.product import App
    from granola_like.audio.decode import Source
    from granola_like.transcribe.kept import Kept

KEPT_FILE = "heard.jsonl"
"""Beside the meeting's sound while it is transcribed: words that a kill must not cost."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Call:
    """Sound to be made a meeting of, and what is known about it."""

    tracks: Mapping[Channel, "Source"]
    title: str
    started_at: datetime
    notes: tuple[NoteLine, ...] = ()
    people: tuple[Person, ...] = ()
    glossary: tuple[str, ...] = ()
    speech_model: str | None = None
    """None takes the person's setting; the same for language and template."""
    language: str | None = None
    template: str | None = None
    meeting: str | None = None
    """The meeting's id; None makes one."""
    headset: bool = False
    """Whether the others certainly do not come back into the microphone."""


def transcribe(app: "App", call: Call, *, kept: "Kept | None" = None) -> Job[Bundle]:
    """Hear the call and return it as a bundle; nothing is stored.

    What was heard goes to `kept`, and what it has already is not heard again. Raises SoundError,
    ModelMissing, EngineError.
    """
    from granola_like.audio.decode import measure_ms
    from granola_like.engines import silero
    from granola_like.transcribe import final_pass
    from granola_like.transcribe.vocabulary import corrected

    language = call.language or app.settings.language
    yield from choose.measure_first(app.settings, call.speech_model)
    model = choose.speech_model(app.settings, call.speech_model, language=call.language)
    words = vocabulary(app, call.people, call.glossary)
    yield Progress("Starting the speech model")
    with closing(choose.open_transcriber(model)) as engine:
        transcript: Transcript = yield from final_pass(
            call.tracks,
            engine,
            silero.open_speech_finder(),
            speakers=speakers_of(app.settings, call.people),
            language=None if language == choose.AUTO else language,
            hints=words.hints,
            headset=call.headset,
            kept=kept,
            created_at=datetime.now(UTC),
        )
    transcript = yield from told_apart(app.settings, call, corrected(transcript, words))
    duration = max((measure_ms(source.path) for source in call.tracks.values()), default=0)
    meeting = Meeting(
        id=call.meeting or new_id(),
        title=call.title,
        started_at=call.started_at,
        duration_ms=max(duration, transcript.end_ms),
        language=transcript.language,
        people=call.people,
        template=call.template,
        glossary=call.glossary,
    )
    return Bundle(meeting=meeting, transcript=transcript, notes=call.notes)


def transcribe_stored(
    app: "App", meeting: str, *, model: str | None = None, language: str | None = None
) -> Job[Transcript]:
    """Hear a stored meeting's sound, and keep the words as a new version under the old ids."""
    from granola_like.audio.decode import Source
    from granola_like.transcribe import revise, where_now
    from granola_like.transcribe.kept import Kept
    from granola_like.transcribe.speakers import steady

    stored = app.library.load(meeting)
    about, folder = stored.meeting, app.sound_of(meeting)
    yield from choose.measure_first(app.settings, model)
    call = Call(
        tracks={track.channel: Source(folder / track.file) for track in stored.recording.tracks},
        title=about.title,
        started_at=about.started_at,
        people=about.people,
        glossary=about.glossary,
        speech_model=choose.speech_model(app.settings, model, language=language),
        language=language,
        meeting=meeting,
        headset=_wore_headset(stored.receipt),
    )
    if not call.tracks:
        raise SoundError("This meeting has no sound.", hint="Import it again with its sound.")
    with Kept(folder / KEPT_FILE, of=_facts(app, call)) as kept:
        heard = yield from transcribe(app, call, kept=kept)
        # The title, the note and the words may have been changed while it was heard.
        with app.library.transaction():
            now = app.library.load(meeting)
            before = now.machine_transcript
            transcript = steady(before, revise(before, heard.transcript))
            app.library.add_transcript(meeting, transcript)
            app.library.save_meeting(replace(now.meeting, language=transcript.language))
            if now.enhanced is not None:
                moved = _moved(now.enhanced, where_now(before, transcript))
                app.library.add_enhanced(meeting, moved)
        kept.forget()
    return transcript


def _wore_headset(receipt: Receipt | None) -> bool:
    return receipt is not None and any(
        one.headset for one in receipt.channels if one.channel == "them"
    )


def _facts(app: "App", call: Call) -> dict[str, Any]:
    """What a pass is of: where any of it differs, the words of another one are not taken up."""
    return {
        "model": call.speech_model,
        "language": call.language or app.settings.language,
        "hints": vocabulary(app, call.people, call.glossary).hints,
        "headset": call.headset,
        "tracks": [
            (channel, source.path.name, source.side, *_stamp(source.path))
            for channel, source in sorted(call.tracks.items())
        ],
    }


def _stamp(file: Path) -> tuple[int, int]:
    """Size and time of change; zeros for a file that is gone, which is told when it is opened."""
    with suppress(OSError):
        told = file.stat()
        return told.st_size, told.st_mtime_ns
    return 0, 0


def speakers_of(settings: Settings, people: tuple[Person, ...]) -> dict[Channel, str]:
    """Name who speaks on each channel, as far as that is known before anybody is heard."""
    me = settings.my_name
    others = [person.name for person in people if person.name != me]
    # With one other person in the call, the other side is that person.
    return {"me": me, "them": others[0] if len(others) == 1 else "Them"}


def _moved(note: EnhancedNote, where: Mapping[str, str]) -> EnhancedNote:
    """Let a note point at the utterances of a newer transcript; what has gone is left out."""
    blocks = []
    for block in note.blocks:
        evidence = tuple(
            one if where[one.utterance] == one.utterance else Evidence(where[one.utterance])
            for one in block.evidence
            if one.utterance in where
        )
        lost = block.finding is not None and block.evidence and not evidence
        finding = "unsupported" if lost else block.finding
        blocks.append(replace(block, evidence=evidence, finding=finding))
    return replace(note, blocks=tuple(blocks))
