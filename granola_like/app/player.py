"""Plays a stored meeting's sound: both tracks mixed, from any word, at any speed.

One thread decodes and writes; every method returns at once, and `look` and `position_ms` may be
asked sixty times a second.
"""

import logging
import queue
import threading
import time
from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass, field
from pathlib import Path
from typing import TYPE_CHECKING, Literal, TypeAlias

from granola_like.domain.recording import Channel
from granola_like.errors import GranolaError, SoundError

if TYPE_CHECKING:
    from granola_like.app.product import App
    from granola_like.audio.playback import SoundOutput

logger = logging.getLogger(__name__)

PlayState: TypeAlias = Literal["stopped", "playing", "paused"]

SLOWEST, FASTEST = 0.5, 3.0
LOUDEST = 2.0


@dataclass(frozen=True, slots=True, kw_only=True)
class Playing:
    """What the player does at this moment."""

    state: PlayState = "stopped"
    """`stopped` also after the end of what was to be played."""
    position_ms: int = 0
    """Of what is heard now, on the meeting clock."""
    duration_ms: int = 0
    speed: float = 1.0
    volumes: Mapping[Channel, float] = field(default_factory=dict)
    until_ms: int | None = None
    """Where it stops by itself; None is the end."""
    trouble: GranolaError | None = None
    """Why nothing is heard; gone with the next `play`."""


@dataclass(frozen=True, slots=True)
class _Place:
    """Where the ear is: known at one moment, and how it goes on from there."""

    heard_ms: float
    """At the moment `at` of the monotonic clock."""
    ahead_ms: float = 0.0
    """Written beyond that: so far it goes on by itself."""
    at: float = 0.0
    speed: float = 1.0

    def now(self) -> float:
        passed = (time.monotonic() - self.at) * 1000
        return self.heard_ms + min(max(passed, 0.0), self.ahead_ms) * self.speed


class Player:
    """Plays the tracks of one meeting. Close it when the meeting is closed."""

    def __init__(
        self,
        tracks: Mapping[Channel, Path],
        *,
        duration_ms: int,
        open_output: "Callable[[], SoundOutput] | None" = None,
    ) -> None:
        # Two sides of one file are one track to the ear.
        self._tracks = {c: p for n, (c, p) in enumerate(tracks.items())
                        if p not in list(tracks.values())[:n]}  # fmt: skip
        self._open_output = open_output
        self._duration = duration_ms
        self._speed = 1.0
        self._volumes: dict[Channel, float] = dict.fromkeys(self._tracks, 1.0)
        self._state: PlayState = "stopped"
        self._until: int | None = None
        self._place = _Place(0.0)
        self._trouble: GranolaError | None = None
        self._wishes: queue.SimpleQueue[Callable[[], object] | None] = queue.SimpleQueue()
        self._pieces: Iterator[bytes] | None = None
        self._output: SoundOutput | None = None
        self._from_ms, self._written_ms = 0.0, 0.0
        self._thread = threading.Thread(target=self._run, name="player", daemon=True)
        self._thread.start()

    # -- looking

    def look(self) -> Playing:
        """Give what it does at this moment."""
        return Playing(
            state=self._state,
            position_ms=self.position_ms,
            duration_ms=self._duration,
            speed=self._speed,
            volumes=dict(self._volumes),
            until_ms=self._until,
            trouble=self._trouble,
        )

    @property
    def position_ms(self) -> int:
        """Where the ear is, on the meeting clock."""
        return min(round(self._place.now()), self._duration)

    # -- steering

    def play(self, from_ms: int | None = None, to_ms: int | None = None) -> None:
        """Play from a moment (None: where it is) to a moment (None: the end)."""
        self._state, self._trouble = "playing", None
        self._wishes.put(lambda: self._begin(from_ms, to_ms))

    def pause(self) -> None:
        """Hold here; `play()` goes on."""
        if self._state == "playing":
            self._state = "paused"
            self._wishes.put(lambda: self._end("paused"))

    def stop(self) -> None:
        """Stop here."""
        self._state = "stopped"
        self._wishes.put(lambda: self._end("stopped"))

    def seek(self, ms: int) -> None:
        """Go to a moment; it goes on playing if it was."""
        at = min(max(ms, 0), self._duration)
        if self._state == "playing":
            self.play(at)
        else:
            self._wishes.put(lambda: self._put(at))

    def set_speed(self, speed: float) -> None:
        """Play so many times as fast (0.5 to 3), at the same pitch."""
        self._speed = min(max(speed, SLOWEST), FASTEST)
        if self._state == "playing":
            self._wishes.put(lambda: self._begin(None, self._until))

    def set_volume(self, channel: Channel, volume: float) -> None:
        """Make a channel so loud (0 to 2; 1 as recorded)."""
        if channel in self._volumes:
            self._volumes[channel] = min(max(volume, 0.0), LOUDEST)

    def close(self) -> None:
        """Stop and let go of the speaker. Closing twice is harmless."""
        self._state = "stopped"
        self._wishes.put(None)
        if self._thread is not threading.current_thread():
            self._thread.join(timeout=3)

    # -- on the thread

    def _run(self) -> None:
        while True:
            if self._pieces is None or not self._wishes.empty():
                wish = self._wishes.get()
                if wish is None:
                    break
                self._try(wish)
            else:
                self._try(self._go_on)
        self._end("stopped")

    def _try(self, work: Callable[[], object]) -> None:
        try:
            work()
        except GranolaError as error:
            self._end("stopped")
            self._trouble = error
        except Exception:
            logger.exception("playing broke")
            self._end("stopped")
            self._trouble = SoundError("The sound cannot be played.")

    def _begin(self, from_ms: int | None, to_ms: int | None) -> None:
        from granola_like.audio.playback import open_output
        from granola_like.audio.replay import replay

        at = self._place.now() if from_ms is None else float(min(max(from_ms, 0), self._duration))
        if from_ms is None and at >= self._duration:
            at = 0.0  # played to its end: once more from the start
        self._end("playing")
        self._put(at)
        self._until = to_ms
        self._output = (self._open_output or open_output)()
        self._pieces = replay(
            self._tracks,
            start_ms=round(at),
            end_ms=to_ms,
            speed=self._speed,
            volumes=lambda channel: self._volumes[channel],
        )
        self._state = "playing"

    def _go_on(self) -> None:
        assert self._pieces is not None
        assert self._output is not None
        piece = next(self._pieces, None)
        if piece is None:
            self._finish()
            return
        self._output.write(piece)
        self._written_ms += len(piece) / 2 / 48
        waiting = min(float(self._output.waiting_ms()), self._written_ms)
        self._place = _Place(
            self._from_ms + (self._written_ms - waiting) * self._place.speed,
            waiting,
            time.monotonic(),
            self._place.speed,
        )

    def _finish(self) -> None:
        """Let the last be heard, unless somebody wishes otherwise meanwhile."""
        end = self._from_ms + self._written_ms * self._place.speed
        while self._wishes.empty() and self._place.now() < end - 1:
            time.sleep(0.01)
        if self._wishes.empty():
            self._put(end)
            self._end("stopped")

    def _put(self, at: float) -> None:
        self._from_ms, self._written_ms = at, 0.0
        self._place = _Place(at, 0.0, time.monotonic(), self._speed)

    def _end(self, state: PlayState) -> None:
        at = self._place.now()
        self._pieces = None
        output, self._output = self._output, None
        if output is not None:
            output.close()
        self._put(at)
        self._state = state


def open_player(app: "App", meeting: str) -> Player:
    """Give a player of a stored meeting. Raises NotFound, and SoundError when it has no sound."""
    from granola_like.library.glance import recording_of

    recording = recording_of(app.library, meeting)
    folder = app.sound_of(meeting)
    tracks = {t.channel: folder / t.file for t in recording.tracks if (folder / t.file).exists()}
    if not tracks:
        raise SoundError(
            "This meeting has no sound.",
            hint="It was imported without, or its time was over; the words are still there.",
        )
    return Player(tracks, duration_ms=max(track.duration_ms for track in recording.tracks))
