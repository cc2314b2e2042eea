"""The folder of one recording while it runs, and after a crash.

`recording.json`  what it is called and when it began
`recorder.lock`   held by the recorder's process as long as it lives
`me.jsonl` …      the channels' journals; `me-00000.wav` … their segments
`events.jsonl`    what happened to the recording as a whole: pauses, warnings, its end
`notes.jsonl`     the lines that the person types
`finished.json`   written last, when the tracks are complete and checked
"""

import json
import os
from dataclasses import dataclass
from datetime import datetime
from pathlib import Path

import filelock

from granola_like.audio.journal import read_journal, sync_folder
from granola_like.errors import SoundError
from granola_like.paths import recording_name

FORMAT = 1


@dataclass(frozen=True, slots=True, kw_only=True)
class RecordingFolder:
    """A recording's folder and the facts it began with."""

    path: Path
    id: str
    title: str
    started_at: datetime

    def is_running(self) -> bool:
        """Whether a recorder's process is writing into it right now."""
        lock = filelock.FileLock(self.path / "recorder.lock")
        try:
            with lock.acquire(blocking=False):
                return False
        except filelock.Timeout:
            return True

    def is_finished(self) -> bool:
        """Whether its tracks are complete and checked."""
        return (self.path / "finished.json").exists()


def create_folder(
    inside: Path, *, title: str, started_at: datetime, name: str | None = None
) -> RecordingFolder:
    """Make the folder of a new recording, safe from a power cut. Raises SoundError.

    `name` is one of `paths.recording_name`; None makes one.
    """
    name = name or recording_name(started_at)
    path = inside / name
    try:
        path.mkdir(parents=True, mode=0o700)
        facts = {
            "format": FORMAT,
            "id": name,
            "title": title,
            "started_at": started_at.isoformat(),
        }
        write_whole(path / "recording.json", json.dumps(facts))
        sync_folder(inside)
    except OSError as error:
        raise SoundError(
            f"The recording could not be started: {error.strerror}.",
            hint=f"Make room, or make {inside} writable.",
        ) from error
    return RecordingFolder(path=path, id=name, title=title, started_at=started_at)


def open_folder(path: Path) -> RecordingFolder:
    """Read a recording's folder. Raises SoundError when it is none, or of a later version."""
    try:
        facts = json.loads((path / "recording.json").read_text("utf-8"))
        if facts["format"] > FORMAT:
            raise SoundError(
                f"The recording in {path} was made by a later version.",
                hint="Update granola_like; nothing was touched.",
            )
        started = datetime.fromisoformat(facts["started_at"])
        return RecordingFolder(
            path=path, id=str(facts["id"]), title=str(facts["title"]), started_at=started
        )
    except (OSError, ValueError, KeyError, TypeError) as error:
        raise SoundError(
            f"{path} is not the folder of a recording.",
            hint="Choose a folder inside the recordings' folder.",
        ) from error


def end_of(folder: RecordingFolder) -> str | None:
    """Why a recording has ended, as its recorder wrote it down; None while it has not."""
    ends = [f for f in read_journal(folder.path / "events.jsonl") if f["e"] == "end"]
    return str(ends[-1].get("why")) if ends else None


def write_whole(file: Path, text: str) -> None:
    """Write a small file so that after a crash it is there whole or not at all."""
    draft = file.with_name(file.name + ".part")
    with draft.open("w", encoding="utf-8") as stream:
        stream.write(text)
        stream.flush()
        os.fsync(stream.fileno())
    draft.replace(file)
    sync_folder(file.parent)
