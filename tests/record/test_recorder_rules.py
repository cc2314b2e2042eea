"""What the recorder does by itself, on a made machine whose time is moved by hand."""

from collections.abc import Iterator
from dataclasses import replace
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

import numpy as np
import pytest

from granola_like.audio.fake import FakeClock, FakeSoundSystem
from granola_like.audio.journal import read_journal
from granola_like.audio.system import Device
from granola_like.jobs import run
from granola_like.record.finish import FinishedRecording, finish
from granola_like.record.folder import create_folder
from granola_like.record.process import Recorder
from tests.audio.servers import noise, wait_for

RATE = 48_000
BLOCK = 4800


class Machine:
    """A recorder on a fake machine; a second of it takes no time."""

    def __init__(self, inside: Path) -> None:
        self.folder = create_folder(inside, title="t", started_at=datetime.now(UTC))
        self.clock, self.system = FakeClock(), FakeSoundSystem()
        wanted = {"me": None, "them": None}
        self.recorder = Recorder(self.folder.path, self.system, wanted=wanted, clock=self.clock)
        self.opened(2)

    def opened(self, count: int) -> None:
        wait_for(lambda: len(self.system.captures) == count, f"{count} open devices")

    def go_on(self, seconds: float, *, loud: bool = True) -> str | None:
        """Let both devices deliver; gives the reason when the recorder wants to end."""
        sound = noise(0.1) if loud else np.zeros(BLOCK, np.int16)
        for _ in range(round(seconds * 10)):
            self.clock.pass_time(0.1)
            for device in {capture.device_id() for capture in self.system.captures}:
                assert device is not None
                self.system.deliver(device, sound, arrived=self.clock.now().boot)
            why = self.recorder.look()
            if why is not None:
                return why
        return None

    def finished(self) -> FinishedRecording:
        self.recorder.end("stopped")
        return run(finish(self.folder))

    def events(self) -> list[str]:
        return [fact["e"] for fact in read_journal(self.folder.path / "events.jsonl")]


@pytest.fixture
def machine(tmp_path: Path) -> Iterator[Machine]:
    made = Machine(tmp_path)
    yield made
    made.recorder.end("the test is over")


def test_a_short_sleep_is_a_named_hole_and_recording_goes_on(machine: Machine) -> None:
    assert machine.go_on(2) is None
    machine.clock.sleep(60)
    assert machine.go_on(2) is None
    gaps = machine.finished().recording.gaps
    assert {(gap.channel, gap.reason) for gap in gaps} == {
        ("me", "the computer slept"),
        ("them", "the computer slept"),
    }
    assert all(gap.end_ms - gap.start_ms == pytest.approx(60_000, abs=200) for gap in gaps)


def test_a_long_sleep_ends_the_recording_and_says_so(machine: Machine) -> None:
    assert machine.go_on(2) is None
    machine.clock.sleep(600)
    assert machine.go_on(1) == "the computer slept for 10 minutes"
    assert "slept" in machine.events()


def test_a_window_that_died_leaves_no_endless_recording(machine: Machine) -> None:
    assert machine.go_on(3) is None
    why = machine.go_on(700, loud=False)
    assert why == "nobody looked at the recording any more, and it was quiet"


def test_a_window_that_died_during_a_talk_costs_none_of_it(machine: Machine) -> None:
    """Speech, not a hum: bursts and pauses."""
    for _ in range(150):
        assert machine.go_on(2) is None
        assert machine.go_on(3, loud=False) is None
    assert machine.clock.now().mono > 1000 + 700


def test_looking_keeps_a_quiet_recording(machine: Machine) -> None:
    for _ in range(10):
        machine.recorder.answer({"do": "look"})
        assert machine.go_on(100, loud=False) is None


def test_both_channels_follow_the_defaults(machine: Machine) -> None:
    system = machine.system
    system.present += [
        Device(id="headset", name="Headset", channel="me"),
        Device(id="buds", name="Buds", channel="them"),
    ]
    system.make_default("buds")
    system.make_default("headset")
    wait_for(lambda: {c.device_id() for c in system.captures} == {"headset", "buds"}, "both moves")


def test_a_device_that_comes_late_is_taken_up(tmp_path: Path) -> None:
    machine = Machine(tmp_path)
    system = machine.system
    gone = next(d for d in system.present if d.id == "mic")
    system.present.remove(gone)
    next(c for c in system.captures if c.device_id() == "mic").listener.lost("unplugged")
    machine.opened(1)
    state = machine.recorder.answer({"do": "look"})
    wait_for(
        lambda: (
            "no microphone"
            in str(machine.recorder.answer({"do": "look"})["channels"]["me"]["warning"])
        ),
        "the warning",
    )
    assert state["ended"] is None
    machine.clock.pass_time(10)
    system.present.append(gone)
    system.change()
    machine.opened(2)
    machine.recorder.end("stopped")


def test_digital_silence_of_the_speaker_is_rebuilt_once(machine: Machine) -> None:
    system = machine.system
    machine.go_on(1)
    first = next(c for c in system.captures if c.device_id() == "spk")
    system.playing = ("Zoom",)
    machine.clock.pass_time(8)
    for device in ("mic", "spk"):
        system.deliver(device, np.zeros(BLOCK), arrived=machine.clock.now().boot)
    system.change()
    wait_for(lambda: first not in system.captures, "the rebuilding")
    machine.opened(2)
    again = next(c for c in system.captures if c.device_id() == "spk")
    machine.clock.pass_time(4)
    for device in ("mic", "spk"):
        system.deliver(device, np.zeros(BLOCK), arrived=machine.clock.now().boot)
    system.change()
    machine.clock.pass_time(4)
    system.change()
    wait_for(
        lambda: (
            "Zoom" in str(machine.recorder.answer({"do": "look"})["channels"]["them"]["warning"])
        ),
        "the warning",
    )
    assert again in system.captures


def test_a_recorder_that_died_in_a_pause_is_paused_again(tmp_path: Path) -> None:
    """What is said in a pause is not kept, whoever starts the recorder anew."""
    first = Machine(tmp_path)
    assert first.go_on(2) is None
    first.recorder.answer({"do": "pause"})
    first.recorder._keeper.close()  # as if killed: it says nothing more
    recorder = Recorder(
        first.folder.path, first.system, wanted={"me": None, "them": None}, clock=first.clock
    )
    first.recorder = recorder
    first.opened(2)
    had = recorder.answer({"do": "look"})
    assert had["paused"]
    assert first.go_on(2) is None
    look = recorder.answer({"do": "look"})
    assert [c["recorded_ms"] for c in look["channels"].values()] == [0, 0]
    assert not recorder.answer({"do": "resume"})["paused"]
    assert first.go_on(2) is None
    gaps = first.finished().recording.gaps
    assert [(gap.channel, gap.reason) for gap in gaps] == [("me", "paused"), ("them", "paused")]


def test_off_the_record_takes_the_others_sound_though_mine_cannot_be(machine: Machine) -> None:
    assert machine.go_on(3) is None
    me, them = machine.recorder._channels["me"], machine.recorder._channels["them"]
    wait_for(lambda: me.frames == them.frames == 3 * RATE, "the writers")
    me._queue.put(lambda: 1 // 0)
    wait_for(lambda: me.failure, "its failure")
    assert "error" in machine.recorder.answer({"do": "off the record"})
    assert not list(machine.folder.path.glob("them-*.wav"))
    assert "off the record" not in machine.events()


def test_a_recording_without_a_microphone_still_ends_when_nobody_is_there(tmp_path: Path) -> None:
    machine = Machine(tmp_path)
    system = machine.system
    system.present = [device for device in system.present if device.channel == "them"]
    next(c for c in system.captures if c.device_id() == "mic").listener.lost("unplugged")
    machine.opened(1)
    why = machine.go_on(700, loud=False)
    assert why == "nobody looked at the recording any more, and it was quiet"
    machine.recorder.end("the test is over")


def test_a_keeper_that_stumbles_goes_on(tmp_path: Path, caplog: pytest.LogCaptureFixture) -> None:
    machine = Machine(tmp_path)
    really, failures = machine.system.devices, [ValueError("a library's own mistake")]
    machine.system.devices = lambda: really() if not failures else _raise(failures.pop())  # type: ignore[method-assign]
    machine.system.present.append(Device(id="buds", name="Buds", channel="them"))
    machine.system.make_default("buds")
    wait_for(
        lambda: "buds" in {c.device_id() for c in machine.system.captures}, "the move", seconds=20
    )
    assert "looking after the devices broke" in caplog.text
    machine.recorder.end("the test is over")


def _raise(error: Exception) -> Any:
    raise error


def test_an_unknown_question_is_refused(machine: Machine) -> None:
    assert "error" in machine.recorder.answer({"do": "dance"})
    assert "error" in machine.recorder.answer({})


def test_a_muted_microphone_is_told(machine: Machine) -> None:
    system = machine.system
    system.present[0] = replace(system.present[0], is_muted=True)
    system.change()
    wait_for(
        lambda: machine.recorder.answer({"do": "look"})["channels"]["me"]["warning"], "the warning"
    )
