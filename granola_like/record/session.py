"""A recording as its front door sees it: started, looked at, steered; restarted if it dies."""

import logging
import subprocess
import sys
import threading
import time
from dataclasses import dataclass, field, replace
from datetime import datetime
from pathlib import Path
from typing import Any

from granola_like.domain.note import NoteLine
from granola_like.domain.recording import Channel
from granola_like.errors import SoundError
from granola_like.record.control import ControlClient
from granola_like.record.folder import RecordingFolder, create_folder, end_of
from granola_like.record.notes import NotesJournal

logger = logging.getLogger(__name__)

START_SECONDS = 30.0
_LETTING_GO_SECONDS = 2.0
_DEATHS = 20
"""A recorder that dies so often has a reason that starting it again does not cure."""


@dataclass(frozen=True, slots=True, kw_only=True)
class ChannelLook:
    """One channel at this moment."""

    level_db: float
    """Loudest sample since the last look, in dB below full scale; -120 is silence."""
    quiet_s: float
    """How long nobody has been heard on it."""
    recorded_ms: int
    device: str | None
    is_headset: bool
    warning: str | None
    """What the person should know of it now, as a sentence."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Look:
    """A running recording at this moment."""

    pid: int
    """The recorder's process."""
    elapsed_ms: int
    """The meeting clock."""
    is_paused: bool
    ended: str | None
    """Why it has ended, once it has."""
    channels: dict[Channel, ChannelLook]
    minutes_of_disk: int
    """How long the disk lasts at this rate."""
    events: tuple[dict[str, Any], ...] = field(default=())
    """What has happened since the last look: event, at_ms, and facts."""


class RunningRecording:
    """The front door's end of a recording. One thread looks and steers; any may type."""

    def __init__(self, folder: RecordingFolder, *, wanted: dict[Channel, str | None]) -> None:
        self.folder = folder
        self._wanted = wanted
        self._client = ControlClient(folder.path)
        self._process: subprocess.Popen[bytes] | None = None
        self._notes = NotesJournal(folder.path)
        self._known = 0
        self._pid = 0
        self._deaths = 0
        self._last: Look | None = None
        self._elapsed = (0, time.monotonic())

    def look(self) -> Look:
        """Ask how it goes. A recorder that died is started again: it opens new segments.

        Raises SoundError when that did not help.
        """
        return self._ask("look")

    def pause(self) -> Look:
        """Keep nothing from now on; the hole is marked."""
        return self._ask("pause")

    def resume(self) -> Look:
        """Keep sound again."""
        return self._ask("resume")

    def off_the_record(self) -> Look:
        """Take the last minute off the disk. It returns when it is gone."""
        return self._ask("off the record")

    def stop(self, *, why: str = "stopped") -> Look:
        """End the recording and wait until its process has let go of the folder."""
        look = self._ask("stop", why=why)
        self._client.close()
        until = time.monotonic() + START_SECONDS
        while self.folder.is_running() and time.monotonic() < until:
            time.sleep(0.02)
        if self._process is not None:
            try:
                self._process.wait(timeout=START_SECONDS)
            except subprocess.TimeoutExpired:
                logger.warning("the recorder let go of its folder, but did not end")
        return look

    def type_line(self, text: str, *, indent: int = 0, at_ms: int | None = None) -> NoteLine:
        """Keep a typed line, stamped with the meeting clock; on disk when it returns.

        `at_ms` is when its first character was typed; None is now.
        """
        at = self.elapsed_ms() if at_ms is None else at_ms
        return self._notes.add(text, at_ms=at, indent=indent)

    def keep_line(self, line: NoteLine, *, position: int | None = None) -> None:
        """Keep a new state of a line, as a window's editor does."""
        self._notes.keep(line, position=position)

    def remove_line(self, line_id: str) -> None:
        """Take a line out."""
        self._notes.remove(line_id)

    def elapsed_ms(self) -> int:
        """The meeting clock now, without asking the recorder."""
        known, at = self._elapsed
        return known + round((time.monotonic() - at) * 1000) if known else 0

    def leave(self) -> None:
        """Let go without stopping: the recording goes on. Harmless after stop."""
        self._client.close()
        self._notes.close()

    def start_process(self) -> None:
        """Start the recorder's process and wait until it answers. Raises SoundError."""
        command = [*recorder_command(), str(self.folder.path)]
        for channel, device in self._wanted.items():
            if device is not None:
                command += [f"--{channel}", device]
        (self.folder.path / "control.json").unlink(missing_ok=True)
        with (self.folder.path / "recorder.log").open("ab") as log:
            self._process = subprocess.Popen(
                command,
                stdin=subprocess.DEVNULL,
                stdout=subprocess.DEVNULL,
                stderr=log,
                start_new_session=True,  # Ctrl-C in the terminal and its end are not for it
            )
        # Somebody must take its exit code, also when we have let go of the recording by then.
        threading.Thread(target=self._process.wait, name="recorder", daemon=True).start()
        until = time.monotonic() + START_SECONDS
        while time.monotonic() < until:
            if self._process.poll() is not None:
                raise SoundError(f"The recorder could not start. {self._last_words()}".strip())
            try:
                self._client.ask("look")
            except SoundError:
                time.sleep(0.02)
            else:
                return
        self._process.kill()
        raise SoundError("The recorder did not start within half a minute.")

    def _ask(self, what: str, **facts: Any) -> Look:
        try:
            answer = self._client.ask(what, known=self._known, **facts)
        except SoundError:
            if (ended := end_of(self.folder)) is not None and self._last is not None:
                self._last = replace(self._last, ended=ended, events=())
                return self._last
            if not self._has_died():
                raise
            self._deaths += 1
            if self._deaths > _DEATHS:
                raise
            logger.warning("the recorder's process died; starting another")
            self._known = 0
            self.start_process()
            answer = self._client.ask(what, known=0, **facts)
        if "error" in answer and "channels" not in answer:
            raise SoundError(str(answer["error"]))
        self._last = self._understood(answer)
        return self._last

    def _has_died(self) -> bool:
        """Whether no process holds the folder; a killed one lets go a moment after it speaks."""
        until = time.monotonic() + _LETTING_GO_SECONDS
        while self.folder.is_running():
            if time.monotonic() > until:
                return False
            time.sleep(0.02)
        return True

    def _understood(self, answer: dict[str, Any]) -> Look:
        if answer["pid"] != self._pid:
            self._pid, self._known = answer["pid"], 0
        self._known += len(answer["events"])
        self._elapsed = (answer["elapsed_ms"], time.monotonic())
        return Look(
            pid=answer["pid"],
            elapsed_ms=answer["elapsed_ms"],
            is_paused=answer["paused"],
            ended=answer["ended"],
            channels={
                channel: ChannelLook(
                    level_db=one["level_db"],
                    quiet_s=one["quiet_s"],
                    recorded_ms=one["recorded_ms"],
                    device=one["device"],
                    is_headset=one["headset"],
                    warning=one["warning"],
                )
                for channel, one in answer["channels"].items()
            },
            minutes_of_disk=answer["minutes_of_disk"],
            events=tuple(answer["events"]),
        )

    def _last_words(self) -> str:
        lines = (self.folder.path / "recorder.log").read_text("utf-8", "replace").splitlines()
        return lines[-1] if lines else ""


def start_recording(
    inside: Path,
    *,
    title: str,
    started_at: datetime,
    me: str | None = None,
    them: str | None = None,
) -> RunningRecording:
    """Begin a recording in a new folder. `me` and `them` name devices; None follows the default.

    Raises SoundError when it could not begin.
    """
    folder = create_folder(inside, title=title, started_at=started_at)
    running = RunningRecording(folder, wanted={"me": me, "them": them})
    running.start_process()
    return running


def join_recording(folder: RecordingFolder) -> RunningRecording:
    """Take up a recording whose front door has died. Raises SoundError when it does not run."""
    running = RunningRecording(folder, wanted={"me": None, "them": None})
    running.look()
    return running


def recorder_command() -> list[str]:
    """How this program starts its recorder, also when it is frozen into one file."""
    if getattr(sys, "frozen", False):
        return [sys.executable, "recorder-process"]
    return [sys.executable, "-m", "granola_like.record.process"]
