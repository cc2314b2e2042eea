"""Windows and macOS: one contract, on fakes of their libraries. Nothing here needs the systems."""

import sys
from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path, PureWindowsPath

import numpy as np
import pytest

from granola_like.audio.macos.core_audio import program_of
from granola_like.audio.macos.mac import MacSystem
from granola_like.audio.mixdown import MonoStream
from granola_like.audio.polling import PollingWatch
from granola_like.audio.system import Device, SoundSystem, default_device
from granola_like.audio.windows.sessions import PycawSessions
from granola_like.audio.windows.wasapi import WasapiSystem
from granola_like.errors import SoundError
from tests.audio.fake_libraries import (
    FakeCoreAudio,
    FakeEndpoint,
    FakePyAudioModule,
    FakePycaw,
    FakeSession,
    FakeSoundDevice,
)
from tests.audio.servers import noise, wait_for
from tests.audio.test_pulse import Heard

NAMES = {1: "", 7: "zoom", 8: "chrome", 9: PureWindowsPath(sys.executable).stem.casefold()}


@dataclass
class Machine:
    """A made machine with a microphone and a speaker, and what can happen to it."""

    system: SoundSystem
    deliver: Callable[[str, np.ndarray], None]
    unplug: Callable[[], None]
    plug_another: Callable[[], None]
    hold_microphone: Callable[[], None]
    kind: str
    played: Callable[[], bytes]

    def device(self, channel: str) -> Device:
        return default_device(self.system.devices(), "me" if channel == "me" else "them")

    def source(self, device: Device) -> str:
        loop = self.kind == "windows" and device.channel == "them"
        return device.id + (" [Loopback]" if loop else "")


def windows() -> Machine:
    library, pycaw = FakePyAudioModule(), FakePycaw()
    library.connect("Mic", inputs=2)
    library.connect("Speakers", outputs=2)
    mic, speakers = FakeEndpoint("Mic", "{1}"), FakeEndpoint("Speakers", "{2}")
    pycaw.flows = {0: [speakers], 1: [mic]}
    pycaw.defaults = {(1, 2): "{1}", (0, 0): "{2}"}
    sessions = PycawSessions(library=pycaw, name_of=lambda pid: NAMES[pid])

    def unplug() -> None:
        library.disconnect("Mic")
        pycaw.flows[1] = []

    def plug() -> None:
        library.connect("Other", inputs=1, rate=16_000)
        pycaw.flows[1].append(FakeEndpoint("Other", "{3}"))
        pycaw.defaults[1, 2] = "{3}"

    def hold() -> None:
        mic.sessions = [FakeSession(7), FakeSession(8, state=0), FakeSession(9), FakeSession(0)]
        speakers.sessions = [FakeSession(7)]

    system = WasapiSystem(library=library, sessions=sessions)
    return Machine(system, library.deliver, unplug, plug, hold, "windows", lambda: library.played)


def mac() -> Machine:
    library, core = FakeSoundDevice(), FakeCoreAudio()
    library.connect("Mic", inputs=2)
    library.connect("BlackHole 2ch", inputs=2)
    library.default = "Mic"
    library._initialize()

    def unplug() -> None:
        library.connected = [i for i in library.connected if i["name"] != "Mic"]

    def plug() -> None:
        library.connect("Other", inputs=1, rate=16_000)

    def hold() -> None:
        app = "/Applications/zoom.us.app/Contents"
        core.processes = {
            50: (7, f"{app}/MacOS/zoom.us", True, False),
            51: (8, f"{app}/Frameworks/aomhost.app/Contents/MacOS/aomhost", False, True),
            52: (9, sys.executable, True, False),
            53: (10, "/usr/bin/quiet", False, False),
        }

    system = MacSystem(library=library, properties=core)
    return Machine(system, library.deliver, unplug, plug, hold, "mac", lambda: library.played)


@pytest.fixture(params=[windows, mac], ids=["windows", "macos"])
def machine(request: pytest.FixtureRequest) -> Machine:
    made: Machine = request.param()
    return made


@pytest.mark.parametrize("channel", ["me", "them"])
def test_what_a_device_delivers_is_heard_bit_for_bit(machine: Machine, channel: str) -> None:
    device = machine.device(channel)
    heard = Heard()
    capture = machine.system.open(device, heard)
    sound = noise(1)
    for at in range(0, len(sound), 2400):
        pairs = np.repeat(sound[at : at + 2400, None], 2, axis=1)
        machine.deliver(machine.source(device), pairs)
    assert np.array_equal(heard.sound(), sound)
    assert capture.device_id() == device.id
    capture.close()
    machine.deliver(machine.source(device), np.ones((100, 2)))
    assert len(heard.sound()) == len(sound)
    assert capture.device_id() is None
    capture.close()
    machine.system.close()


def test_channels_are_never_swapped(machine: Machine) -> None:
    """What the computer plays is not offered as a microphone, nor the reverse."""
    kinds = {device.name: device.channel for device in machine.system.devices()}
    speaker = "Speakers" if machine.kind == "windows" else "BlackHole 2ch"
    assert kinds == {"Mic": "me", speaker: "them"}


def test_a_device_that_goes_is_told_and_another_is_taken_up(machine: Machine) -> None:
    """PortAudio lists devices once: taking up a new one makes the list anew, and says so."""
    first, second = Heard(), Heard()
    capture = machine.system.open(machine.device("me"), first)
    other = machine.system.open(machine.device("them"), second)
    machine.unplug()
    assert capture.device_id() is None
    assert first.ends == ["the device went away"]
    machine.plug_another()
    again = Heard()
    new = machine.system.open(Device(id="Other", name="Other", channel="me"), again)
    assert second.ends == ["the list of devices was made anew"]
    assert other.device_id() is None
    machine.deliver("Other", noise(0.2)[:1600])
    assert new.device_id() == "Other"
    machine.system.close()


def test_another_rate_is_converted_in_one_stream(machine: Machine) -> None:
    machine.plug_another()
    heard = Heard()
    machine.system.open(Device(id="Other", name="Other", channel="me"), heard)
    tone = (8000 * np.sin(np.arange(48_000) * 2 * np.pi * 440 / 16_000)).astype(np.int16)
    for at in range(0, len(tone), 800):
        machine.deliver("Other", tone[at : at + 800])
    got = heard.sound()
    assert len(got) == pytest.approx(3 * len(tone), abs=6000)
    ideal = np.fft.rfft(got[24_000:72_000] * np.hanning(48_000))
    assert np.argmax(np.abs(ideal)) == 440
    machine.system.close()


def test_moving_opens_the_other_device_and_says_so(machine: Machine) -> None:
    machine.plug_another()
    heard = Heard()
    machine.system.open(Device(id="Other", name="Other", channel="me"), Heard()).close()
    capture = machine.system.open(machine.device("me"), heard)
    capture.move("Other")
    assert capture.device_id() == "Other"
    assert heard.moves == ["Other"]
    with pytest.raises(SoundError):
        capture.move("nowhere")
    machine.system.close()


def test_a_device_that_is_not_there_cannot_be_opened(machine: Machine) -> None:
    with pytest.raises(SoundError):
        machine.system.open(Device(id="gone", name="gone", channel="me"), Heard())
    machine.system.close()


def test_who_holds_the_microphone(machine: Machine) -> None:
    """Not ourselves in whatever process, not the inactive, not the system."""
    assert machine.system.microphone_users() == ()
    machine.hold_microphone()
    (user,) = machine.system.microphone_users()
    assert user.binary in {"zoom", "zoom.us"}
    assert user.plays
    assert [name.casefold() for name in machine.system.players()] == [user.binary]


def test_a_test_sound_is_played_whole(machine: Machine) -> None:
    sound = noise(0.5).tobytes()
    machine.system.play(sound)
    assert machine.played() == sound


def test_changes_are_told(machine: Machine) -> None:
    told: list[int] = []
    watch = machine.system.watch(lambda: told.append(1))
    wait_for(lambda: told, "the first look")
    before = len(told)
    machine.hold_microphone()
    wait_for(lambda: len(told) > before, "the change")
    watch.close()


def test_loopback_goes_on_while_nothing_plays() -> None:
    """WASAPI's loopback delivers nothing then, so we play silence."""
    machine = windows()
    heard = Heard()
    machine.system.open(machine.device("them"), heard)
    machine.deliver("Speakers [Loopback]", np.zeros((2400, 2)))
    assert len(heard.sound()) == 2400
    machine.system.close()


def test_on_windows_the_others_are_recorded_where_the_call_plays() -> None:
    """A headset carries the call and the default the rest; muting may let go of the microphone."""
    pycaw = FakePycaw()
    mic, loud = FakeEndpoint("Mic", "{1}"), FakeEndpoint("Speakers", "{2}")
    headset = FakeEndpoint("Headset", "{3}")
    pycaw.flows = {0: [loud, headset], 1: [mic]}
    pycaw.defaults = {(1, 2): "{1}", (0, 0): "{2}"}
    sessions = PycawSessions(library=pycaw, name_of=lambda pid: NAMES[pid])

    def speaker() -> str:
        return next(e.name for e in sessions.endpoints() if e.is_default and not e.is_microphone)

    loud.sessions, headset.sessions = [FakeSession(8)], [FakeSession(7)]
    assert speaker() == "Speakers"
    mic.sessions = [FakeSession(7)]
    assert speaker() == "Headset"
    assert sessions.players() == ("zoom",)
    mic.sessions = []
    assert speaker() == "Headset"
    headset.sessions = []
    assert speaker() == "Speakers"


def test_windows_sound_service_that_is_down_is_an_error_with_a_sentence() -> None:
    pycaw = FakePycaw()
    pycaw.dead = True
    sessions = PycawSessions(library=pycaw, name_of=lambda _: "")
    system = WasapiSystem(library=FakePyAudioModule(), sessions=sessions)
    with pytest.raises(SoundError, match="does not answer"):
        system.devices()


def test_a_mac_takes_up_a_microphone_that_becomes_the_default_later() -> None:
    """PortAudio's list is frozen; Core Audio tells, and moving there makes the list anew."""
    machine = mac()
    library, core = machine.system._library, machine.system._properties  # type: ignore[attr-defined]
    heard = Heard()
    capture = machine.system.open(machine.device("me"), heard)
    library.connect("AirPods", inputs=1)
    core.defaults["dIn "] = "AirPods"
    device = machine.device("me")
    assert (device.name, device.is_headset) == ("AirPods", True)
    capture.move(device.id)
    assert capture.device_id() == "AirPods"
    machine.deliver("AirPods", noise(0.05))
    assert len(heard.sound()) == 2400
    assert heard.moves == ["AirPods"]
    assert not heard.ends
    machine.system.close()


def test_a_mac_before_14_2_detects_no_calls_and_breaks_nothing() -> None:
    system = MacSystem(library=FakeSoundDevice(), properties=FakeCoreAudio(is_old=True))
    assert system.microphone_users() == ()
    assert system.devices() == ()


def test_helpers_belong_to_their_application() -> None:
    path = "/Applications/Google Chrome.app/Contents/Frameworks/X.framework/Helper.app/MacOS/H"
    assert program_of(path) == "Google Chrome"
    assert program_of("/usr/local/bin/baresip") == "baresip"


def test_the_libraries_are_named_in_one_file_each_for_listening_and_playing() -> None:
    root = Path(__file__).parent.parent.parent / "granola_like"
    for library, home in {
        "pyaudiowpatch": "wasapi.py",
        "pycaw.": "sessions.py",
        "import sounddevice": "mac.py",
        "import pulsectl": "pulse.py",
    }.items():
        users = {p.name for p in root.rglob("*.py") if library in p.read_text("utf-8")}
        assert users - {"playback.py"} == {home}


def test_a_watch_whose_look_fails_goes_on() -> None:
    looks: list[int] = []

    def look() -> int:
        looks.append(1)
        if len(looks) < 3:
            raise SoundError("not yet")
        return len(looks)

    told: list[int] = []
    watch = PollingWatch(look, lambda: told.append(1), period=0.01)
    wait_for(lambda: told, "a change")
    watch.close()


def test_loud_channels_are_averaged_not_added() -> None:
    loud = np.full((100, 4), 30_000, np.int16)
    mono = np.frombuffer(MonoStream(rate=48_000, channels=4).mono(loud.tobytes()), "<i2")
    assert (mono == 30_000).all()
