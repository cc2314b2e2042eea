"""Keeps both channels where they belong: asks the invariant, and does what it says."""

import logging
import threading
from collections.abc import Callable, Mapping
from dataclasses import dataclass

from granola_like.audio.clock import Clock
from granola_like.audio.system import Capture, Device, SoundSystem, Watch, chosen_device
from granola_like.domain.recording import Channel
from granola_like.errors import SoundError
from granola_like.record.channel import ChannelRecorder
from granola_like.record.invariant import ChannelState, action_for, warning_for

logger = logging.getLogger(__name__)

TICK_SECONDS = 2.0
HUNG_SECONDS = 1.0


class Keeper:
    """A thread over the sound system. Only it opens, moves and closes captures."""

    def __init__(
        self,
        system: SoundSystem,
        channels: Mapping[Channel, ChannelRecorder],
        *,
        wanted: Mapping[Channel, str | None],
        clock: Clock,
        tell: Callable[[Channel, str], object],
    ) -> None:
        self._system, self._clock, self._tell = system, clock, tell
        self._wake = threading.Event()
        self._stop = threading.Event()
        self._kept = {c: _Kept(r, wanted.get(c), self._wake) for c, r in channels.items()}
        self._watch: Watch | None = None
        self._thread = threading.Thread(target=self._run, name="keeper", daemon=True)

    def start(self) -> None:
        """Open the devices, and keep them right from now on."""
        self._watch = self._system.watch(self._wake.set)
        self._thread.start()

    def close(self) -> None:
        """Close the captures. A sound server that hangs is not waited for."""
        self._stop.set()
        self._wake.set()
        self._thread.join(timeout=3)
        if not self._thread.is_alive() and self._watch is not None:
            self._watch.close()

    def warnings(self) -> dict[Channel, str]:
        """What the person should know now, by channel."""
        return {c: k.warning for c, k in self._kept.items() if k.warning is not None}

    def devices(self) -> dict[Channel, Device]:
        """What is recorded now, by channel."""
        return {c: k.device for c, k in self._kept.items() if k.device is not None}

    def _run(self) -> None:
        while not self._stop.is_set():
            self._wake.clear()
            try:
                self.look()
            except SoundError as error:
                logger.info("the sound system is away: %s", error)
                self._wait(0.5)
                continue
            except Exception:
                # Without this thread nobody would follow a device that goes.
                logger.exception("looking after the devices broke")
                self._stop.wait(TICK_SECONDS)
                continue
            self._wait(TICK_SECONDS)
        for kept in self._kept.values():
            kept.close()
        self._system.close()

    def look(self) -> None:
        """Ask once, act once. Raises SoundError when the sound system does not answer."""
        for kept in self._kept.values():
            kept.bury()
        asked = self._clock.now().mono
        devices, players = self._system.devices(), self._system.players()
        if self._clock.now().mono - asked > HUNG_SECONDS:
            # The server hung, and so did the sound: let what it has queued arrive before judging.
            self._wait(HUNG_SECONDS)
            return
        pressing = False
        for channel, kept in self._kept.items():
            try:
                kept.device = chosen_device(devices, channel, kept.wanted)
            except SoundError:
                kept.device = None
            seen = kept.seen(self._clock.now().mono, players)
            warning = warning_for(seen)
            if warning != kept.warning:
                kept.warning = warning
                self._tell(channel, warning or "The sound is back.")
            pressing |= self._act(kept, seen)
        if pressing:
            self._wait(0.1)
            self._wake.set()

    def _act(self, kept: "_Kept", seen: ChannelState) -> bool:
        """Do what the invariant says; True when it should be asked again soon."""
        action = action_for(seen)
        if action is None or kept.device is None:
            kept.moves = 0
            return False
        kept.acted = self._clock.now().mono
        try:
            if action == "move" and kept.capture is not None:
                kept.moves += 1
                kept.capture.move(kept.device.id)
            else:
                kept.open(self._system, self._clock, rebuilt=action == "reopen")
            logger.info("%s: %s", kept.recorder.channel, action)
        except SoundError as error:
            logger.info("%s: could not %s: %s", kept.recorder.channel, action, error)
        return action == "move"

    def _wait(self, seconds: float) -> None:
        self._wake.wait(seconds)


@dataclass(slots=True)
class _Tap:
    """The listener of one capture; one that was closed speaks to nobody."""

    recorder: ChannelRecorder
    wake: threading.Event
    is_lost: bool = False

    def heard(self, pcm: bytes, *, arrived: float, blank: str | None) -> None:
        self.recorder.heard(pcm, arrived=arrived, blank=blank)

    def moved(self, device_id: str) -> None:
        del device_id  # the keeper asks for it
        self.recorder.cut("moved")
        self.wake.set()

    def lost(self, why: str) -> None:
        self.recorder.cut(why)
        self.is_lost = True
        self.wake.set()


class _Kept:
    """One channel under care."""

    def __init__(
        self, recorder: ChannelRecorder, wanted: str | None, wake: threading.Event
    ) -> None:
        self.recorder, self.wanted, self._wake = recorder, wanted, wake
        self.device: Device | None = None
        self.warning: str | None = None
        self.capture: Capture | None = None
        self.acted = float("-inf")
        self.moves = 0
        self._tap: _Tap | None = None
        self._rebuilt_at = float("-inf")

    def seen(self, now: float, players: tuple[str, ...]) -> ChannelState:
        return ChannelState(
            channel=self.recorder.channel,
            wanted=self.device,
            is_open=self.capture is not None,
            device_id=self.capture.device_id() if self.capture else None,
            since_block=now - max(self.recorder.last_block, self.acted),
            since_sound=now - self.recorder.last_sound,
            since_action=now - self.acted,
            moves=self.moves,
            was_rebuilt=self._rebuilt_at > self.recorder.last_sound,
            players=players,
        )

    def open(self, system: SoundSystem, clock: Clock, *, rebuilt: bool) -> None:
        """Open the wanted device; the one before is closed first."""
        if rebuilt:
            self._rebuilt_at = clock.now().mono
            self.recorder.cut("the device did not deliver and was opened anew")
        self.close()
        if self.device is not None:
            tap = _Tap(self.recorder, self._wake)
            self.capture = system.open(self.device, tap)
            self._tap = tap

    def bury(self) -> None:
        """Close a capture that has ended by itself."""
        if self._tap is not None and self._tap.is_lost:
            self.close()

    def close(self) -> None:
        """Close the capture, if any."""
        capture, self.capture, self._tap = self.capture, None, None
        if capture is not None:
            capture.close()
