"""The process tap of a Mac, against a program that speaks as its helper does."""

import json
import os
import platform
import struct
import sys
from collections.abc import Iterator
from pathlib import Path

import numpy as np
import pytest

from granola_like.audio.macos import tap
from granola_like.audio.macos.mac import TAP_ID, MacSystem
from granola_like.audio.system import Device, chosen_device, default_device
from granola_like.errors import SoundError
from tests.audio.fake_libraries import FakeCoreAudio, FakeSoundDevice
from tests.audio.servers import noise, wait_for
from tests.audio.test_pulse import Heard

HELPER = """#!{python}
import os, pathlib, sys, threading
folder = pathlib.Path({folder!r})
(folder / "starts").open("a").write(" ".join(sys.argv[1:]) + "\\n")
def live():
    sys.stdin.buffer.read()
    (folder / "ended").touch()
    os._exit(0)
threading.Thread(target=live, daemon=True).start()
with open(folder / "says", "rb", buffering=0) as says:
    while said := says.read(65536):
        os.write(1, said)
"""


class Helper:
    """A helper whose every byte the test decides."""

    def __init__(self, folder: Path) -> None:
        self.folder = folder
        self.program = folder / "granola-like-tap"
        self.program.write_text(HELPER.format(python=sys.executable, folder=str(folder)))
        self.program.chmod(0o755)
        os.mkfifo(folder / "says")
        # Open for both, so that neither side waits for the other, and words may come early.
        self._pipe = os.open(folder / "says", os.O_RDWR)
        self.library, self.core = FakeSoundDevice(), FakeCoreAudio()
        self.library.connect("Mic", inputs=2)
        self.library.default = "Mic"
        self.system = self.made()

    def made(self) -> MacSystem:
        self.library._initialize()
        return MacSystem(library=self.library, properties=self.core, helper=self.program)

    def say(self, raw: bytes) -> None:
        os.write(self._pipe, raw)

    def tell(self, event: str, **facts: str) -> None:
        body = json.dumps({"event": event, **facts}).encode()
        self.say(struct.pack("<cI", b"j", len(body)) + body)

    def play(self, sound: np.ndarray) -> None:
        for at in range(0, len(sound), 2400):
            body = np.repeat(sound[at : at + 2400, None], 2, axis=1).astype("<i2").tobytes()
            self.say(struct.pack("<cI", b"a", len(body)) + body)

    def starts(self) -> list[str]:
        file = self.folder / "starts"
        return file.read_text().splitlines() if file.exists() else []

    def close(self) -> None:
        self.system.close()
        os.close(self._pipe)


@pytest.fixture
def helper(tmp_path: Path) -> Iterator[Helper]:
    made = Helper(tmp_path)
    yield made
    made.close()


def them(helper: Helper) -> Device:
    return default_device(helper.system.devices(), "them")


def test_what_the_mac_plays_is_heard_bit_for_bit(helper: Helper) -> None:
    heard, sound = Heard(), noise(1)
    helper.tell("ready")
    capture = helper.system.open(them(helper), heard)
    helper.play(sound)
    wait_for(lambda: len(heard.sound()) == len(sound), "the sound")
    assert np.array_equal(heard.sound(), sound)
    assert capture.device_id() == TAP_ID == them(helper).id
    capture.close()
    assert (helper.folder / "ended").exists()
    assert capture.device_id() is None
    assert not heard.ends
    capture.close()


def test_the_tap_is_the_others_channel_and_no_microphone(helper: Helper) -> None:
    assert [(d.id, d.channel) for d in helper.system.devices()] == [("Mic", "me"), (TAP_ID, "them")]
    assert not them(helper).is_headset
    helper.core.defaults["dOut"] = "Anna's AirPods"
    assert them(helper).is_headset


def test_we_ourselves_are_left_out_of_the_tap(helper: Helper) -> None:
    helper.tell("ready")
    helper.system.open(them(helper), Heard()).close()
    assert helper.starts() == [f"--exclude {os.getpid()} --exclude {os.getppid()}"]


def test_another_output_is_told_as_a_move(helper: Helper) -> None:
    heard = Heard()
    helper.tell("ready")
    capture = helper.system.open(them(helper), heard)
    helper.tell("moved")
    wait_for(lambda: heard.moves, "the move")
    assert heard.moves == [TAP_ID]
    assert capture.device_id() == TAP_ID


def test_a_helper_that_dies_is_told(helper: Helper) -> None:
    heard = Heard()
    helper.tell("ready")
    capture = helper.system.open(them(helper), heard)
    helper.say(b"?" * 5)  # nonsense: it is ended, too
    wait_for(lambda: capture.device_id() is None, "the end")
    assert heard.ends == ["the device went away"]


@pytest.mark.parametrize("virtual", [False, True])
def test_a_tap_that_fails_makes_way_for_a_virtual_device(helper: Helper, virtual: bool) -> None:
    if virtual:
        helper.library.connect("BlackHole 2ch", inputs=2)
        helper.system = helper.made()
    assert them(helper).id == TAP_ID
    helper.tell("failed", sentence="This program may not record the sound of this Mac.")
    with pytest.raises(SoundError, match="may not record") as caught:
        helper.system.open(them(helper), Heard())
    assert "BlackHole" in caught.value.hint
    assert them(helper).id == ("BlackHole 2ch" if virtual else TAP_ID)


def test_the_person_may_choose_the_virtual_device(helper: Helper) -> None:
    helper.library.connect("BlackHole 2ch", inputs=2)
    helper.system = helper.made()
    chosen = chosen_device(helper.system.devices(), "them", "blackhole")
    heard, sound = Heard(), noise(0.05)
    capture = helper.system.open(chosen, heard)
    helper.library.deliver("BlackHole 2ch", np.repeat(sound[:, None], 2, axis=1))
    assert np.array_equal(heard.sound(), sound)
    helper.tell("ready")
    capture.move(TAP_ID)
    assert capture.device_id() == TAP_ID
    assert heard.moves == [TAP_ID]


def test_a_new_microphone_does_not_end_the_tap(helper: Helper) -> None:
    """PortAudio's list must be made anew for it, and the tap is none of PortAudio's."""
    heard = Heard()
    helper.tell("ready")
    capture = helper.system.open(them(helper), heard)
    helper.library.connect("Other", inputs=1)
    helper.system.open(Device(id="Other", name="Other", channel="me"), Heard()).close()
    assert capture.device_id() == TAP_ID
    assert not heard.ends


def test_silence_is_tried_with_the_output_in_the_tap(helper: Helper) -> None:
    """Reports differ on which shape is silent, so the other is tried when it is opened anew."""
    heard = Heard()
    for sound in (np.zeros(2400), np.zeros(2400), noise(0.05)):
        helper.tell("ready")
        capture = helper.system.open(them(helper), heard)
        had = len(heard.sound())
        helper.play(sound)
        wait_for(lambda had=had: len(heard.sound()) > had, "a block")
        capture.close()
    helper.tell("ready")
    helper.system.open(them(helper), heard).close()
    assert ["--with-output" in words for words in helper.starts()] == [False, True, False, False]


def test_a_helper_that_says_nothing_is_not_waited_for_long(
    helper: Helper, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(tap, "OPEN_SECONDS", 0.2)
    with pytest.raises(SoundError):
        helper.system.open(them(helper), Heard())


def test_a_program_that_is_not_there_is_an_error_with_a_way_out(helper: Helper) -> None:
    helper.program.unlink()
    with pytest.raises(SoundError) as caught:
        helper.system.open(them(helper), Heard())
    assert "Privacy" in caught.value.hint


@pytest.mark.parametrize(
    ("version", "found"), [("14.3.1", False), ("14.4", True), ("15.0", True), ("", False)]
)
def test_the_helper_is_looked_for_from_macos_14_4_on(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, version: str, found: bool
) -> None:
    monkeypatch.setattr(platform, "mac_ver", lambda: (version, ("", "", ""), ""))
    monkeypatch.setenv("PATH", str(tmp_path))
    monkeypatch.setattr(sys, "executable", str(tmp_path / "granola-like"))
    assert tap.find_helper() is None
    (tmp_path / tap.PROGRAM).touch()
    (tmp_path / tap.PROGRAM).chmod(0o755)
    assert (tap.find_helper() is not None) == found
