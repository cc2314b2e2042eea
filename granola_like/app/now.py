"""The meeting that goes on: started at once, looked at ten times a second, never waited for.

One thread looks at the recording and restarts what died; the notepad, the captions and the drafts
have threads of their own. Whoever shows the meeting calls from any thread, and every method but
`hand_over` and `close` returns at once.
"""

import logging
from collections.abc import Callable
from datetime import UTC, datetime
from pathlib import Path
from typing import TYPE_CHECKING

from granola_like import paths
from granola_like.app.choose import AUTO
from granola_like.app.now_about import About, read_about
from granola_like.app.now_captions import CaptionNews
from granola_like.app.now_meeting import MeetingNow
from granola_like.app.now_values import Handover, Now
from granola_like.domain.meeting import Person
from granola_like.domain.note import NoteLine
from granola_like.domain.recording import Channel
from granola_like.errors import SoundError
from granola_like.settings import Settings

if TYPE_CHECKING:
    from granola_like.record.session import RunningRecording

__all__ = [
    "About",
    "CaptionNews",
    "Handover",
    "MeetingNow",
    "Now",
    "join_meeting",
    "start_meeting",
    "still_running",
]

logger = logging.getLogger(__name__)


def start_meeting(
    settings: Settings,
    *,
    title: str,
    people: tuple[Person, ...] = (),
    folder: str | None = None,
    template: str | None = None,
    language: str | None = None,
    me: str | None = None,
    them: str | None = None,
    calls: Callable[[], tuple[str, ...]] = lambda: (),
    lines: tuple[NoteLine, ...] = (),
) -> MeetingNow:
    """Begin a meeting and return at once, in the state "starting".

    `me` and `them` name devices, None takes those of the settings; `calls` names the programs in a
    call now, whose end is the meeting's; `lines` were typed before. What goes wrong is told in
    `look().trouble`.
    """
    started_at = datetime.now(UTC).astimezone()
    about = About(title=title, people=people, folder=folder, template=template, language=language)
    wanted: dict[Channel, str | None] = {
        "me": me or (None if settings.microphone == AUTO else settings.microphone),
        "them": them or (None if settings.speaker == AUTO else settings.speaker),
    }
    path = paths.recordings_dir() / paths.recording_name(started_at)

    def begin(meeting: MeetingNow) -> "RunningRecording":
        from granola_like.record.folder import create_folder
        from granola_like.record.session import RunningRecording

        meeting.claim()
        made = create_folder(path.parent, title=title, started_at=started_at, name=path.name)
        meeting.open_notepad()
        recording = RunningRecording(made, wanted=wanted)
        recording.start_process()
        return recording

    meeting = MeetingNow(
        path, settings, about=about, started_at=started_at, begin=begin, calls=calls
    )
    if lines:
        meeting.keep_lines(lines)
    meeting.start()
    return meeting


def join_meeting(
    path: Path, settings: Settings, *, calls: Callable[[], tuple[str, ...]] = lambda: ()
) -> MeetingNow:
    """Take up a recording that a dead window or terminal left running; its lines are there.

    Raises SoundError when the folder is not that of a recording.
    """
    from granola_like.record.folder import open_folder
    from granola_like.record.notes import read_notes
    from granola_like.record.session import join_recording

    found = open_folder(path)

    def begin(meeting: MeetingNow) -> "RunningRecording":
        meeting.claim()
        meeting.open_notepad()
        return join_recording(found)

    meeting = MeetingNow(
        path,
        settings,
        about=read_about(found),
        started_at=found.started_at,
        begin=begin,
        lines=read_notes(path),
        calls=calls,
    )
    meeting.start()
    return meeting


def still_running() -> tuple[Path, ...]:
    """Find recordings that go on although nobody may be looking at them, oldest first."""
    from granola_like.record.folder import open_folder

    found = []
    for file in sorted(paths.recordings_dir().glob("*/recording.json")):
        try:
            if open_folder(file.parent).is_running():
                found.append(file.parent)
        except SoundError:
            logger.warning("a recording's folder could not be read")
    return tuple(found)
