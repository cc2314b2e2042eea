"""A long day of recording in a few minutes: what the recorder remembers does not grow."""

import os
from pathlib import Path

import pytest

from granola_like.domain.recording import Channel
from tests.audio.servers import noise, wait_for
from tests.record.test_recorder_rules import BLOCK, Machine

CHANNELS: dict[Channel, str] = {"me": "mic", "them": "spk"}


def memory_mb() -> float:
    pages = int(Path("/proc/self/statm").read_text("ascii").split()[1])
    return pages * os.sysconf("SC_PAGE_SIZE") / 1e6


def ten_seconds(machine: Machine) -> None:
    """Both devices deliver; the writers keep up, as they do in real time."""
    sound = noise(0.1, seed=int(machine.clock.now().mono) % 97)
    for _ in range(100):
        machine.clock.pass_time(0.1)
        for device in CHANNELS.values():
            machine.system.deliver(device, sound, arrived=machine.clock.now().boot)
    recorders = machine.recorder._channels.values()
    frames = [recorder.frames + recorder._queue.qsize() * BLOCK for recorder in recorders]
    wait_for(
        lambda: all(r.frames >= f for r, f in zip(recorders, frames, strict=True)), "the writers"
    )


@pytest.mark.skipif(not Path("/proc/self/statm").exists(), reason="reads memory as Linux tells it")
@pytest.mark.parametrize(
    "hours", [0.05, pytest.param(8, marks=[pytest.mark.soak, pytest.mark.timeout(3600)])]
)
def test_memory_is_flat_for_two_channels(tmp_path: Path, hours: float) -> None:
    machine = Machine(tmp_path)
    for _ in range(6):
        ten_seconds(machine)
    before = memory_mb()
    for _ in range(round(hours * 360)):
        ten_seconds(machine)
        assert machine.recorder.answer({"do": "look"})["ended"] is None
        assert machine.recorder.look() is None
        for channel in CHANNELS:  # the disk is not what is tried here
            for old in sorted(machine.folder.path.glob(f"{channel}-*.wav"))[:-3]:
                old.unlink()
    assert memory_mb() - before < 6
    machine.recorder.end("the day is over")
