"""The first start's test of sound: say something, hear a chime, see both channels move.

One thread keeps a microphone and a speaker open and says ten times a second what it hears; the
chime is played beside it. Nothing is recorded: the sound is looked at and forgotten.
"""

import logging
import queue
import threading
import time
from collections.abc import Callable, Mapping
from contextlib import suppress
from dataclasses import dataclass, field, replace
from typing import TYPE_CHECKING

from granola_like import paths
from granola_like.app.choose import AUTO
from granola_like.app.soundcheck_ear import ChannelCheck, Ear
from granola_like.domain.recording import Channel
from granola_like.errors import GranolaError, SoundError
from granola_like.settings import Settings, change_setting

if TYPE_CHECKING:
    from granola_like.audio.system import SoundSystem

logger = logging.getLogger(__name__)

TICK_SECONDS = 0.1
CHIME_SECONDS = 2.5
"""So long after its beginning the chime may take to come back."""
_DEVICES_SECONDS = 1.0


@dataclass(frozen=True, slots=True, kw_only=True)
class Check:
    """The test at this moment."""

    channels: Mapping[Channel, ChannelCheck] = field(default_factory=dict)
    is_chiming: bool = False
    trouble: GranolaError | None = None
    """Why nothing can be heard at all."""

    @property
    def is_proved(self) -> bool:
        """Whether both channels were heard."""
        heard = [one.found == "heard" for one in self.channels.values()]
        return len(heard) == 2 and all(heard)


class SoundCheck:
    """Tests both channels from its making until it is closed. Every method returns at once."""

    def __init__(
        self, settings: Settings, *, open_system: "Callable[[], SoundSystem] | None" = None
    ) -> None:
        self._open_system = open_system
        self._wanted: dict[Channel, str | None] = {
            "me": None if settings.microphone == AUTO else settings.microphone,
            "them": None if settings.speaker == AUTO else settings.speaker,
        }
        self._ears: dict[Channel, Ear] = {"me": Ear("me"), "them": Ear("them")}
        self._check = Check()
        self._wishes: queue.SimpleQueue[Callable[[], object]] = queue.SimpleQueue()
        self._chiming: threading.Thread | None = None
        self._closed = threading.Event()
        self._thread = threading.Thread(target=self._run, name="sound check", daemon=True)
        self._thread.start()

    def look(self) -> Check:
        """Give how the test stands."""
        chiming = self._chiming is not None and self._chiming.is_alive()
        return replace(self._check, is_chiming=chiming)

    def chime(self) -> None:
        """Play the chime and listen for it on the speaker's channel; one at a time."""
        if self._chiming is None or not self._chiming.is_alive():
            self._chiming = threading.Thread(target=self._chime, name="chime", daemon=True)
            self._chiming.start()

    def choose(self, channel: Channel, device: str | None) -> Settings:
        """Record from that device from now on, None for the system's; kept in the settings.

        Raises SettingsError.
        """
        name = "microphone" if channel == "me" else "speaker"
        settings = change_setting(paths.settings_file(), name, device or AUTO)
        self._wanted[channel] = device
        self._wishes.put(self._ears[channel].close)
        return settings

    def close(self) -> None:
        """Stop listening. Closing twice is harmless."""
        self._closed.set()
        self._thread.join(timeout=5)
        if self._chiming is not None:
            self._chiming.join(timeout=5)

    # -- on threads

    def _run(self) -> None:
        system: SoundSystem | None = None
        try:
            while not self._closed.is_set():
                try:
                    system = system or self._system()
                    self._listen(system)
                except GranolaError as error:
                    self._check = replace(self._check, trouble=error)
                    self._closed.wait(_DEVICES_SECONDS)
        except Exception:
            logger.exception("the sound check broke")
            self._check = replace(self._check, trouble=SoundError("The sound cannot be tested."))
        finally:
            for ear in self._ears.values():
                ear.close()
            if system is not None:
                system.close()

    def _listen(self, system: "SoundSystem") -> None:
        """Follow the devices, and tell what is heard; raises SoundError when the server goes."""
        while not self._closed.is_set():
            devices = system.devices()
            for channel, ear in self._ears.items():
                ear.follow(system, devices, self._wanted[channel])
            until = time.monotonic() + _DEVICES_SECONDS
            while time.monotonic() < until and not self._closed.wait(TICK_SECONDS):
                while not self._wishes.empty():
                    self._wishes.get()()
                    until = 0.0
                told = {channel: ear.tick() for channel, ear in self._ears.items()}
                self._check = Check(channels=told)

    def _chime(self) -> None:
        from granola_like.record.trial import hears_tone, tone

        ear = self._ears["them"]
        try:
            system = self._system()
            try:
                ear.forget()
                system.play(tone())
            finally:
                with suppress(SoundError):
                    system.close()
            until = time.monotonic() + CHIME_SECONDS
            while not (arrived := hears_tone(ear.sound())) and time.monotonic() < until:
                if self._closed.wait(TICK_SECONDS):
                    return
            ear.conclude(arrived)
        except GranolaError as error:
            ear.fail(error)
        except Exception:
            logger.exception("the chime broke")

    def _system(self) -> "SoundSystem":
        from granola_like.audio.system import this_system

        return (self._open_system or this_system)()
