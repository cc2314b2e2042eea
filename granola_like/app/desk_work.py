"""The way of a meeting after its recording has ended, as jobs.

The order is that of a person's impatience: the meeting with its typed lines is in the library at
once; a note from the captions follows, most of it drafted during the call; then the sound is
joined and stored, heard in full, and the note is written again from the better words. Killed
anywhere, the next start goes on: nothing is removed before what follows from it is stored.
"""

import shutil
from dataclasses import replace
from datetime import UTC, datetime
from pathlib import Path
from typing import TYPE_CHECKING

from granola_like import paths
from granola_like.app import hearing
from granola_like.app.desk_board import NoteStored, PhaseBegan, Stored, Told
from granola_like.app.desk_claims import claimed
from granola_like.app.now_about import read_about
from granola_like.app.now_ahead import style_of
from granola_like.app.now_values import Handover, meeting_of
from granola_like.app.product import App, Writing
from granola_like.domain.bundle import Bundle
from granola_like.domain.enhanced import EnhancedNote
from granola_like.domain.transcript import Transcript
from granola_like.errors import EngineError, GranolaError, NotFound, SoundError
from granola_like.jobs import Job
from granola_like.library import recordings

if TYPE_CHECKING:
    from granola_like.app.now import MeetingNow
    from granola_like.app.now_ahead import DraftsAhead
    from granola_like.record.folder import RecordingFolder


__all__ = ["claimed", "go_on", "hear_again", "recover", "take_in", "write_again"]


def take_in(app: App, now: "MeetingNow") -> Job[None]:
    """Take in a meeting that was recorded here; it ends, or is ending. Raises GranolaError."""
    if not (now.never_began and now.lines):  # nothing comes before lines that are nowhere else
        try:
            yield PhaseBegan("Ending the recording", phase="storing")
        except GeneratorExit:  # cancelled while it waited: a later try may have it
            now.give_up()
            raise
    try:
        left = now.hand_over()
    except GranolaError as error:
        if now.never_began and now.lines:
            yield from _store_lines_alone(app, now, why=error)
        raise
    with claimed(left.recording.id):
        try:
            yield from _store(app, left)
            yield from _draft(app, left)
            yield from _add_sound(app, left, recovered=False)
            yield from _hear_and_write(
                app, left.recording.id, left=left, language=left.about.language
            )
        finally:
            if left.drafts is not None:
                left.drafts.close()


def recover(app: App, folder: "RecordingFolder") -> Job[None]:
    """Take in what a crash, or somebody who only kept it, left behind. Raises GranolaError."""
    from granola_like.record.notes import read_notes

    with claimed(folder.id):
        left = Handover(
            recording=folder,
            about=read_about(folder),
            lines=read_notes(folder.path),
            live=Transcript(),
        )
        yield from _store(app, left)
        yield from _add_sound(app, left, recovered=not folder.is_finished())
        yield from _hear_and_write(app, folder.id, left=left, language=left.about.language)


def go_on(app: App, meeting: str, *, language: str | None = None) -> Job[None]:
    """Do what is still to be done for a meeting in the library. Raises GranolaError.

    `language` is the one that the person chose for the meeting.
    """
    with claimed(meeting):
        yield Stored("It is in the library", receipt=app.library.load(meeting).receipt)
        yield from _hear_and_write(app, meeting, language=language)


def write_again(app: App, meeting: str, *, template: str | None, writing: Writing) -> Job[None]:
    """Write the note once more, as a new version. Raises GranolaError."""
    with claimed(meeting):
        yield Stored("It is in the library")
        yield PhaseBegan("Writing the note", phase="writing")
        yield from app.enhance_stored(meeting, template=template, writing=writing)
    yield NoteStored("The note is in the library")


def hear_again(app: App, meeting: str, *, model: str | None, language: str | None) -> Job[None]:
    """Transcribe the sound once more, as a new version, and write the note from it."""
    with claimed(meeting):
        yield Stored("It is in the library")
        yield PhaseBegan("Transcribing", phase="hearing")
        yield from hearing.transcribe_stored(app, meeting, model=model, language=language)
        yield from _write(app, meeting)


# -- the steps


def _store(app: App, left: Handover) -> Job[None]:
    """Put the meeting into the library with what there is of it; one that is there stays."""
    yield PhaseBegan("Storing the meeting", phase="storing")
    if left.recording.id not in app.library.ids():
        app.library.save(_bundle(app, left))
    yield Stored("The meeting is in the library")


def _store_lines_alone(app: App, now: "MeetingNow", *, why: GranolaError) -> Job[None]:
    """Store a meeting that was never recorded. Raises SoundError, which tells why.

    Where another program records the same meeting, what was typed here gets one of its own.
    """
    from granola_like.record.notes import read_notes

    is_elsewhere = now.path.joinpath("recording.json").exists()
    there = read_notes(now.path) if is_elsewhere else ()
    lines = tuple(line for line in now.lines if line not in there)
    if not lines:
        return
    meeting = paths.recording_name(now.started_at) if is_elsewhere else now.folder_id
    about = meeting_of(meeting, now.started_at, now.about, Transcript(), app.settings)
    app.library.save(Bundle(meeting=replace(about, glossary=()), notes=lines))
    if not is_elsewhere:
        yield Stored("The lines are in the library")
    kept = "a meeting of their own" if is_elsewhere else "a meeting without sound"
    raise SoundError(f"{why} Your lines are kept, as {kept}.", hint=why.hint) from why


def _bundle(app: App, left: Handover) -> Bundle:
    live = left.live
    about = meeting_of(left.recording.id, left.recording.started_at, left.about, live, app.settings)
    about = replace(about, duration_ms=live.end_ms, glossary=())
    if not live.utterances:
        return Bundle(meeting=about, notes=left.lines)
    said = replace(live, created_at=live.created_at or datetime.now(UTC))
    return Bundle(meeting=about, transcript=said, notes=left.lines)


def _draft(app: App, left: Handover) -> Job[None]:
    """Write the note from the captions; what cannot be is left to the pass over the sound."""
    try:
        if left.live.utterances:
            yield from _write_draft(app, left)
    except NotFound:
        if left.recording.id in app.library.ids():
            raise
        # Deleted for good: who adds the sound finds that, and removes the recording.


def _write_draft(app: App, left: Handover) -> Job[None]:
    yield PhaseBegan("Finishing the note", phase="drafting")
    meeting = left.recording.id
    bundle = app.library.load(meeting)
    try:
        note = yield from _by_drafts(app, left.drafts, bundle)
        if note is None:
            # Nothing was typed, or the model could not be opened: a quick note until then.
            note = yield from app.enhance(bundle, writing=Writing(writer="extractive"))
    except EngineError as error:
        yield Told("", sentence=f"{error} The note follows when the call has been transcribed.")
        return
    finally:
        if left.drafts is not None:
            left.drafts.rest_models()  # they make room for the speech model
    app.library.add_enhanced(meeting, note)
    yield NoteStored("A first note is in the library")


def _by_drafts(app: App, drafts: "DraftsAhead | None", bundle: Bundle) -> Job[EnhancedNote | None]:
    """Write the note with what was drafted during the call; None where nothing was."""
    from granola_like.enhance.ahead import finish

    ahead = None if drafts is None else drafts.wake()
    if ahead is None:
        return None
    meeting = bundle.meeting
    before = bundle.enhanced.template if bundle.enhanced else None
    ahead.template = app.template(bundle, meeting.template or before)
    ahead.style = style_of(app, ahead.template.id)
    terms = tuple(dict.fromkeys([*meeting.glossary, *app.settings.glossary]))
    whole = replace(bundle, meeting=replace(meeting, glossary=terms))
    finished = yield from finish(ahead, whole, now=datetime.now(UTC))
    return finished.note


def _add_sound(app: App, left: Handover, *, recovered: bool) -> Job[None]:
    """Join the tracks and store them; the recording's folder goes when everything is stored."""
    from granola_like.record.finish import finish

    folder = left.recording
    yield PhaseBegan("Joining the sound", phase="joining")
    try:
        finished = yield from finish(folder, recovered=recovered)
    except SoundError:
        if not _has_sound(folder.path):
            _keep_lines_alone(app, left)
        raise
    sound = {track.channel: folder.path / track.file for track in finished.recording.tracks}
    try:
        yield from recordings.add_sound(
            app.library,
            folder.id,
            recording=finished.recording,
            receipt=finished.receipt,
            sound=sound,
            folder=paths.sound_dir(),
        )
        _take_late_lines(app, left)
    except NotFound:  # deleted for good meanwhile: the next start would store it again
        shutil.rmtree(folder.path, ignore_errors=True)
        raise
    shutil.rmtree(folder.path, ignore_errors=True)
    yield Stored("The sound is in the library", receipt=finished.receipt)


def _keep_lines_alone(app: App, left: Handover) -> None:
    """Keep the lines of a recording that never heard anything; with none, nothing is kept."""
    _take_late_lines(app, left)
    bundle = app.library.load(left.recording.id)
    if not bundle.notes and not bundle.transcript.utterances:
        app.library.delete(left.recording.id)
    shutil.rmtree(left.recording.path, ignore_errors=True)


def _take_late_lines(app: App, left: Handover) -> None:
    """Keep what was typed into the recording's notepad after the meeting had been stored."""
    from granola_like.record.notes import read_notes

    # What the disk refused is not in the journal.
    late = left.late() if left.late else read_notes(left.recording.path)
    if late != left.lines and app.library.load(left.recording.id).notes == left.lines:
        app.library.save_notes(left.recording.id, late)


def _hear_and_write(
    app: App, meeting: str, *, language: str | None, left: Handover | None = None
) -> Job[None]:
    """Hear the sound in full, once, and write the note from it."""
    bundle = app.library.load(meeting)
    was_heard = bundle.transcript.created_at is not None and bundle.transcript.made_by != "live"
    if bundle.recording.tracks and not was_heard:
        yield PhaseBegan("Transcribing", phase="hearing")
        yield from hearing.transcribe_stored(app, meeting, language=language)
    yield from _write(app, meeting, drafts=left.drafts if left else None)


def _write(app: App, meeting: str, *, drafts: "DraftsAhead | None" = None) -> Job[None]:
    bundle = app.library.load(meeting)
    if not bundle.notes and not bundle.transcript.utterances:
        return
    yield PhaseBegan("Writing the note", phase="writing")
    versions = app.library.versions(meeting, "transcripts")
    # Drafts of lines whose evidence reads as it did in the captions hold.
    note = yield from _by_drafts(app, drafts, bundle)
    if note is None:
        drafted = bundle.enhanced.template if bundle.enhanced else None
        yield from app.enhance_stored(meeting, template=bundle.meeting.template or drafted)
    else:
        made_from = versions[0].number if versions else None
        app.library.add_enhanced(meeting, note, transcript=made_from)
    yield NoteStored("The note is in the library")


def _has_sound(path: Path) -> bool:
    return any(file.stat().st_size > 1 << 10 for file in path.glob("*-?????.*"))
