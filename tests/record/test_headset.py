"""What a recording knows about headsets: whether the others could come back to the microphone."""

from dataclasses import replace
from datetime import UTC, datetime
from pathlib import Path

import pytest

from granola_like.audio.fake import FakeClock, FakeSoundSystem
from granola_like.audio.system import Device
from granola_like.domain.receipt import Receipt
from granola_like.jobs import run
from granola_like.record.finish import finish, load_finished
from granola_like.record.folder import create_folder
from granola_like.record.process import Recorder
from tests.audio.servers import noise, wait_for


def recorded(inside: Path, *speakers: Device) -> Receipt:
    """Record a second from each of the speakers, one after the other."""
    folder = create_folder(inside, title="t", started_at=datetime.now(UTC))
    clock, system = FakeClock(), FakeSoundSystem()
    microphone = next(one for one in system.present if one.channel == "me")
    system.present = [microphone, *speakers]
    recorder = Recorder(folder.path, system, wanted={"me": None, "them": None}, clock=clock)
    try:
        for speaker in speakers:
            system.make_default(speaker.id)
            wait_for(
                lambda now=speaker: now.id in {one.device_id() for one in system.captures},
                "the speaker",
            )
            for _ in range(10):
                clock.pass_time(0.1)
                for device in {capture.device_id() for capture in system.captures}:
                    assert device is not None
                    system.deliver(device, noise(0.1), arrived=clock.now().boot)
                recorder.look()
    finally:
        recorder.end("stopped")
    run(finish(folder))
    return load_finished(folder).receipt


LOUD = Device(id="loud", name="Speakers", channel="them", is_default=True)
WORN = Device(id="worn", name="Headset", channel="them", is_headset=True)


@pytest.mark.parametrize(
    ("speakers", "always"),
    [((replace(WORN, is_default=True),), True), ((LOUD,), False), ((LOUD, WORN), False)],
)
def test_only_a_headset_all_the_time_counts(
    tmp_path: Path, speakers: tuple[Device, ...], always: bool
) -> None:
    receipt = recorded(tmp_path, *speakers)
    assert {c.channel: c.headset for c in receipt.channels} == {"me": False, "them": always}
