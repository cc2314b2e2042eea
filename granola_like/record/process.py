"""The recorder's own process: takes blocks, appends them to the disk, answers questions.

    python -m granola_like.record.process FOLDER [--me DEVICE] [--them DEVICE]

No model, no window, no library. Whoever started it may die: the recording goes on, and whoever
comes next finds it by `control.json`. It ends when told to, when the system ends it, when the
computer slept for long, when the disk is full, or when nobody has watched it and nothing was heard.
"""

import argparse
import logging
import os
import shutil
import signal
import sys
import threading
from collections.abc import Callable
from pathlib import Path
from typing import Any

import filelock

from granola_like.audio.clock import Clock, MachineClock
from granola_like.audio.journal import Journal, read_journal
from granola_like.audio.segments import RATE
from granola_like.audio.system import SoundSystem, this_system
from granola_like.domain.recording import Channel
from granola_like.errors import SoundError
from granola_like.record.channel import ChannelRecorder
from granola_like.record.control import ControlServer
from granola_like.record.keeper import Keeper

logger = logging.getLogger(__name__)

CHANNELS: tuple[Channel, ...] = ("me", "them")
OFF_THE_RECORD_SECONDS = 60.0
SLEEP_SECONDS = 120.0
"""A sleep of the computer that is longer than this ends the recording."""
UNWATCHED_SECONDS = 600.0
QUIET_SECONDS = 300.0
LONGEST_UNWATCHED = 4 * 3600.0
_DISK_SECONDS = 5.0
_BYTES_A_SECOND = 2 * 2 * RATE
_RESERVE = "reserve"
_PAUSES = ("paused", "resumed")


class Recorder:
    """A running recording, from its first block to its end."""

    def __init__(
        self, folder: Path, system: SoundSystem, *, wanted: dict[Channel, str | None], clock: Clock
    ) -> None:
        self._folder, self._clock = folder, clock
        self._events = Journal(folder / "events.jsonl")
        (folder / _RESERVE).write_bytes(os.urandom(1 << 16))
        self._told: list[dict[str, Any]] = []
        self._lock = threading.Lock()
        self._ending = threading.Event()
        self.ended: str | None = None
        self._paused = False
        self._disk = (float("-inf"), 0)
        self._origin = _known_origin(folder, clock)
        self._channels = {c: ChannelRecorder(folder, c, clock=clock) for c in CHANNELS}
        self._keeper = Keeper(
            system, self._channels, wanted=wanted, clock=clock, tell=self._tell_of
        )
        if _was_paused(folder):
            # The one before died in a pause: what is said in it is not ours.
            self._pause(True)
        now = clock.now()
        self._asked, self._quiet = now.mono, 0.0
        self._recorded: dict[Channel, str] = {}
        self._slept = now.boot - now.mono
        self._keeper.start()

    def answer(self, question: dict[str, Any]) -> dict[str, Any]:
        """Answer one question of a front door."""
        self._asked = self._clock.now().mono
        work: dict[str, Callable[[], object]] = {
            "look": lambda: None,
            "pause": lambda: self._pause(True),
            "resume": lambda: self._pause(False),
            "off the record": self._off_the_record,
            "stop": lambda: self.end(str(question.get("why", "stopped"))),
        }
        do = work.get(str(question.get("do")))
        if do is None:
            return {"error": "There is no such question."}
        try:
            do()
        except SoundError as error:
            return {"error": str(error), **self._state(question)}
        return self._state(question)

    def end(self, why: str) -> None:
        """Finish: write what was heard, complete the files. The first reason counts."""
        with self._lock:
            if self.ended is not None:
                return
            self.ended = why
        self._keeper.close()
        for recorder in self._channels.values():
            recorder.close(why)
        (self._folder / _RESERVE).unlink(missing_ok=True)  # room for the last words on a full disk
        self._tell("end", why=why)
        self._ending.set()

    def run(self) -> None:
        """Look after the recording until it has ended."""
        while not self._ending.wait(0.2):
            why = self.look()
            if why is not None:
                self.end(why)

    def look(self) -> str | None:
        """Look once; gives the reason when the recording should end."""
        self._find_origin()
        self._note_devices()
        for recorder in self._channels.values():
            if recorder.failure is not None:
                return str(recorder.failure)
        quiet = min(recorder.quiet_seconds() for recorder in self._channels.values())
        self._quiet = quiet
        return self._sleep() or self._nobody()

    def _sleep(self) -> str | None:
        now = self._clock.now()
        slept, self._slept = now.boot - now.mono - self._slept, now.boot - now.mono
        if slept < 1:
            return None
        self._tell("slept", seconds=round(slept))
        if slept > SLEEP_SECONDS:
            return f"the computer slept for {round(slept / 60)} minutes"
        return None

    def _nobody(self) -> str | None:
        """A window that died must not leave a recording that never ends."""
        now = self._clock.now().mono
        unwatched = now - self._asked
        if unwatched > LONGEST_UNWATCHED:
            return "nobody had looked at the recording for four hours"
        if unwatched > UNWATCHED_SECONDS and self._quiet > QUIET_SECONDS:
            return "nobody looked at the recording any more, and it was quiet"
        return None

    def _pause(self, paused: bool) -> None:
        if paused != self._paused:
            self._paused = paused
            for recorder in self._channels.values():
                recorder.pause(paused)
            self._tell("paused" if paused else "resumed")

    def _off_the_record(self) -> None:
        failures = []
        for recorder in self._channels.values():
            try:
                recorder.drop(OFF_THE_RECORD_SECONDS)
            except SoundError as error:  # the other channel's must go all the same
                failures.append(error)
        if failures:
            raise failures[0]
        end = self._elapsed_ms()
        self._tell(
            "off the record", start_ms=max(0, end - int(OFF_THE_RECORD_SECONDS * 1000)), end_ms=end
        )

    def _note_devices(self) -> None:
        """Write down what is recorded from: with a headset all the time there is no echo."""
        for channel, device in self._keeper.devices().items():
            if self._recorded.get(channel) != device.id:
                self._recorded[channel] = device.id
                self._tell("device", channel=channel, headset=device.is_headset)

    def _find_origin(self) -> None:
        firsts = [r.first_sample for r in self._channels.values() if r.first_sample is not None]
        if self._origin is None and firsts:
            self._origin = min(firsts)
            now = self._clock.now()
            wall = now.wall - (now.boot - self._origin)
            self._tell("origin", boot_id=self._clock.boot_id, boot=self._origin, wall=wall)

    def _elapsed_ms(self) -> int:
        if self._origin is None:
            return 0
        return max(0, round((self._clock.now().boot - self._origin) * 1000))

    def _tell_of(self, channel: Channel, sentence: str) -> None:
        self._tell("channel", channel=channel, sentence=sentence)

    def _tell(self, event: str, **facts: Any) -> None:
        with self._lock:
            self._told.append({"event": event, "at_ms": self._elapsed_ms(), **facts})
            try:
                self._events.write(event, at_ms=self._elapsed_ms(), **facts)
                self._events.sync()
            except OSError:
                logger.warning("an event could not be written: %s", event)

    def _state(self, question: dict[str, Any]) -> dict[str, Any]:
        known = question.get("known")
        devices = self._keeper.devices()
        return {
            "pid": os.getpid(),
            "elapsed_ms": self._elapsed_ms(),
            "paused": self._paused,
            "ended": self.ended if self._ending.is_set() else None,
            "channels": {
                channel: {
                    "level_db": round(recorder.take_level(), 1),
                    "quiet_s": round(recorder.quiet_seconds(), 1),
                    "recorded_ms": recorder.frames * 1000 // RATE,
                    "device": devices[channel].name if channel in devices else None,
                    "headset": devices[channel].is_headset if channel in devices else False,
                    "warning": self._keeper.warnings().get(channel),
                }
                for channel, recorder in self._channels.items()
            },
            "minutes_of_disk": self._minutes_of_disk(),
            "events": self._told[known if isinstance(known, int) else 0 :],
        }

    def _minutes_of_disk(self) -> int:
        now = self._clock.now().mono
        if now - self._disk[0] > _DISK_SECONDS:
            try:
                minutes = shutil.disk_usage(self._folder).free // _BYTES_A_SECOND // 60
            except OSError:
                minutes = 0
            self._disk = (now, minutes)
        return self._disk[1]


def main(words: list[str] | None = None) -> int:
    """Record until told to stop. Exit code 0, or 1 with a sentence on stderr."""
    parser = argparse.ArgumentParser(prog="granola_like recorder")
    parser.add_argument("folder", type=Path)
    parser.add_argument("--me")
    parser.add_argument("--them")
    chosen = parser.parse_args(words)
    lock = filelock.FileLock(chosen.folder / "recorder.lock")
    try:
        lock.acquire(timeout=5)
    except filelock.Timeout:
        sys.stderr.write("Another recorder is writing to this folder.\n")
        return 1
    try:
        wanted: dict[Channel, str | None] = {"me": chosen.me, "them": chosen.them}
        recorder = Recorder(chosen.folder, this_system(), wanted=wanted, clock=MachineClock())
        server = ControlServer(chosen.folder, recorder.answer)
    except (SoundError, OSError) as error:
        sys.stderr.write(f"{error}\n")
        return 1
    _end_with_the_system(recorder)
    recorder.run()
    threading.Event().wait(0.3)  # let the last answer out
    server.close()
    lock.release()
    return 0


def _end_with_the_system(recorder: Recorder) -> None:
    """Logging out and shutting down send a signal: the recording is completed, not torn."""

    def end(_number: int, _frame: object) -> None:
        threading.Thread(
            target=recorder.end, args=("the system ended the recorder",), daemon=True
        ).start()

    for name in ("SIGTERM", "SIGHUP", "SIGBREAK"):
        if hasattr(signal, name):
            signal.signal(getattr(signal, name), end)
    signal.signal(signal.SIGINT, signal.SIG_IGN)  # Ctrl-C in a terminal is the front door's


def _was_paused(folder: Path) -> bool:
    """Whether an earlier process of this recording died while it was paused."""
    told = [f["e"] for f in read_journal(folder / "events.jsonl") if f["e"] in _PAUSES]
    return bool(told) and told[-1] == "paused"


def _known_origin(folder: Path, clock: Clock) -> float | None:
    """Find the meeting clock's zero that an earlier process of this recording set."""
    for fact in read_journal(folder / "events.jsonl"):
        if fact["e"] == "origin":
            if fact.get("boot_id") == clock.boot_id:
                return float(fact["boot"])
            now = clock.now()
            return now.boot - (now.wall - float(fact["wall"]))
    return None


if __name__ == "__main__":
    sys.exit(main())
