"""One channel of a running recording, on a clock that is moved by hand."""

import os
import threading
from collections.abc import Iterator
from pathlib import Path

import pytest

from granola_like.audio.fake import FakeClock
from granola_like.audio.journal import read_journal
from granola_like.errors import SoundError
from granola_like.record import channel as channel_module
from granola_like.record.channel import ChannelRecorder
from tests.audio.servers import noise, wait_for

SILENCE = bytes(9600)


class Channel:
    def __init__(self, folder: Path) -> None:
        self.folder, self.clock = folder, FakeClock()
        self.recorder = ChannelRecorder(folder, "me", clock=self.clock)

    def hear(self, tenths: int, pcm: bytes = SILENCE) -> None:
        for _ in range(tenths):
            self.clock.pass_time(0.1)
            self.recorder.heard(pcm, arrived=self.clock.now().boot)

    def written(self) -> None:
        frames = self.recorder.frames
        self.hear(1)
        wait_for(lambda: self.recorder.frames > frames, "the writer")


@pytest.fixture
def channel(tmp_path: Path) -> Iterator[Channel]:
    made = Channel(tmp_path)
    yield made
    made.recorder.close("the test is over")


def test_a_device_that_delivers_nothing_is_quiet(channel: Channel) -> None:
    """Without a microphone a forgotten recording must end, too."""
    channel.clock.pass_time(100)
    assert channel.recorder.quiet_seconds() == pytest.approx(100)
    channel.hear(10)
    assert channel.recorder.quiet_seconds() == pytest.approx(101, abs=0.2)
    channel.clock.pass_time(0.5)
    assert channel.recorder.quiet_seconds() == pytest.approx(101, abs=0.2)
    channel.hear(1, noise(0.1).tobytes())
    assert channel.recorder.quiet_seconds() == 0


def test_the_first_reason_of_a_hole_is_told(channel: Channel) -> None:
    """The device changes while it is paused: the hole is the pause's."""
    channel.hear(3)
    channel.recorder.pause(True)
    channel.recorder.cut("moved")
    channel.clock.pass_time(5)
    channel.recorder.pause(False)
    channel.written()
    assert [f["after"] for f in opened(channel)] == ["start", "paused"]


def test_off_the_record_in_a_pause_is_told(channel: Channel) -> None:
    channel.hear(3)
    channel.recorder.pause(True)
    channel.recorder.drop(60)
    channel.recorder.pause(False)
    channel.written()
    assert opened(channel)[-1]["after"] == "off the record"


def opened(channel: Channel) -> list[dict[str, str]]:
    return [f for f in read_journal(channel.folder / "me.jsonl") if f["e"] == "open"]


def test_what_could_not_be_taken_off_the_disk_is_said(channel: Channel) -> None:
    channel.hear(20)
    channel.written()
    # Stands for a disk that fails: the file is there no more, and a folder has its name.
    file = channel.folder / "me-00000.wav"
    channel.recorder.cut("moved")
    channel.written()
    file.unlink()
    file.mkdir()
    with pytest.raises(SoundError, match="The disk failed"):
        channel.recorder.drop(60)
    wait_for(lambda: channel.recorder.failure, "its failure")
    with pytest.raises(SoundError, match="The disk failed"):
        channel.recorder.drop(60)  # at once, without waiting for a writer that has stopped


def test_a_disk_that_does_not_answer_is_not_said_to_have_forgotten(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    channel = Channel(tmp_path)
    monkeypatch.setattr(channel_module, "DROP_SECONDS", 0.1)
    hung = threading.Event()
    channel.recorder._queue.put(hung.wait)
    with pytest.raises(SoundError, match="still on the disk"):
        channel.recorder.drop(60)
    hung.set()
    channel.recorder.close("the test is over")


def test_a_writer_that_breaks_ends_the_recording_instead_of_losing_it(channel: Channel) -> None:
    channel.recorder._queue.put(lambda: 1 // 0)
    wait_for(lambda: channel.recorder.failure, "its failure")
    assert "could not go on" in str(channel.recorder.failure)


def test_off_the_record_leaves_nothing_of_the_minute_after_a_kill(tmp_path: Path) -> None:
    """A killed recorder has written up to a second more than its last anchor tells."""
    first = Channel(tmp_path)
    for _ in range(9):
        first.hear(10, noise(0.1).tobytes())
    first.written()
    first.recorder._queue.put(None)  # killed: nothing is closed
    first.recorder._thread.join()
    for _ in range(9):
        os.write(first.recorder._writer._open.fd, noise(0.1).tobytes())  # type: ignore[union-attr]
    first.clock.pass_time(0.9)
    second = Channel(tmp_path)
    second.clock.pass_time(first.clock.now().boot - second.clock.now().boot)
    second.recorder.drop(5)
    second.recorder.close("the test is over")
    kept = sum(file.stat().st_size - 44 for file in tmp_path.glob("me-*.wav")) / 96_000
    assert kept == pytest.approx(5.0, abs=0.15)


def test_off_the_record_does_not_reach_behind_a_start_of_the_computer(tmp_path: Path) -> None:
    """The old boot clock may be far ahead of the new one; that sound is not the last minute's."""
    before = Channel(tmp_path)
    before.hear(50)
    before.recorder.close("the computer was started again")
    after = Channel(tmp_path)
    after.clock = FakeClock("another", start=10.0)
    after.recorder.close("a new one follows")
    after.recorder = ChannelRecorder(tmp_path, "me", clock=after.clock)
    after.recorder.drop(60)
    after.recorder.close("the test is over")
    assert (tmp_path / "me-00000.wav").stat().st_size == 44 + 50 * 9600
