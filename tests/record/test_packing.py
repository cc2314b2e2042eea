"""Packing closed segments while the recording goes on."""

from datetime import UTC, datetime
from pathlib import Path

import numpy as np
import pytest
import soundfile

from granola_like.audio.fake import FakeClock
from granola_like.audio.segments import RATE, SegmentWriter
from granola_like.jobs import run
from granola_like.record import packing
from granola_like.record.finish import finish
from granola_like.record.folder import create_folder
from granola_like.record.packing import YOUNG_SECONDS, pack_closed
from tests.audio.servers import noise


def test_old_segments_are_packed_and_nothing_is_lost(tmp_path: Path) -> None:
    folder = create_folder(tmp_path, title="t", started_at=datetime.now(UTC))
    clock = FakeClock()
    writer = SegmentWriter(folder.path, "me", clock=clock, seconds=20)
    sound = noise(230)
    for at in range(0, len(sound), 2400):
        clock.pass_time(0.05)
        writer.append(sound[at : at + 2400].tobytes(), arrived=clock.now().boot)
        if at % (10 * RATE) == 0:
            pack_closed(folder.path, "me", clock=clock)
    packed = sorted(p.stem for p in folder.path.glob("me-*.flac"))
    assert packed == [f"me-{n:05d}" for n in range(len(packed))]
    assert len(packed) == (220 - YOUNG_SECONDS) // 20  # it was last asked at 220 s
    assert not list(folder.path.glob("*.part"))
    writer.drop(60)
    writer.close()
    done = run(finish(folder))
    track = soundfile.read(folder.path / "me.flac", dtype="int16")[0]
    assert np.array_equal(track, sound[: len(track)])
    assert abs(len(track) / RATE - 170) < 0.1
    assert done.receipt.channels[0].recorded_ms == done.receipt.duration_ms


def test_packing_twice_or_after_a_crash_in_the_middle_is_harmless(tmp_path: Path) -> None:
    """A WAV beside its FLAC is what a crash between the two steps leaves: the WAV counts."""
    folder = create_folder(tmp_path, title="t", started_at=datetime.now(UTC))
    clock = FakeClock()
    writer = SegmentWriter(folder.path, "me", clock=clock, seconds=2)
    sound = noise(6)
    for at in range(0, len(sound), 2400):
        clock.pass_time(0.05)
        writer.append(sound[at : at + 2400].tobytes(), arrived=clock.now().boot)
    writer.close()
    whole = (folder.path / "me-00001.wav").read_bytes()
    clock.pass_time(1000)
    assert pack_closed(folder.path, "me", clock=clock) == 3
    assert pack_closed(folder.path, "me", clock=clock) == 0
    (folder.path / "me-00001.wav").write_bytes(whole)
    run(finish(folder))
    assert np.array_equal(soundfile.read(folder.path / "me.flac", dtype="int16")[0], sound)


def test_the_last_room_on_the_disk_is_the_recorders(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    clock = FakeClock()
    writer = SegmentWriter(tmp_path, "me", clock=clock)
    writer.append(noise(1).tobytes(), arrived=clock.now().boot)
    writer.close()
    clock.pass_time(1000)
    monkeypatch.setattr(packing, "ROOM_BYTES", 1 << 62)
    assert pack_closed(tmp_path, "me", clock=clock) == 0
    monkeypatch.undo()
    assert pack_closed(tmp_path, "me", clock=clock) == 1


def test_what_cannot_be_packed_stays(tmp_path: Path) -> None:
    clock = FakeClock()
    writer = SegmentWriter(tmp_path, "me", clock=clock)
    writer.append(noise(1).tobytes(), arrived=clock.now().boot)
    writer.close()
    clock.pass_time(1000)
    # Stands for anything that cannot be written: a link into a folder that does not exist.
    (tmp_path / "me-00000.flac.part").symlink_to(tmp_path / "missing" / "file")
    assert pack_closed(tmp_path, "me", clock=clock) == 0
    assert (tmp_path / "me-00000.wav").exists()
