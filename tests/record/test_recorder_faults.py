"""Everything that can go wrong around a recorder's process, on a real sound server."""

import os
import random
import shutil
import signal
import subprocess
import sys
import time
from pathlib import Path

import numpy as np
import pytest

from granola_like.jobs import run
from granola_like.record.finish import finish, leftovers
from granola_like.record.folder import open_folder
from granola_like.record.session import start_recording
from tests.audio.servers import SoundServer, find, noise, wait_for
from tests.record.recordings import (
    RATE,
    START,
    Record,
    both,
    level_while_playing,
    looks_until,
    recorded,
    recorder_pid,
    stopped,
    track,
)


@pytest.mark.parametrize("seconds", [1, pytest.param(4, marks=pytest.mark.soak)])
def test_a_frozen_server_shifts_nothing(
    pulseaudio: SoundServer, record: Record, seconds: int
) -> None:
    """What sounds after the freeze lies where it was heard, and the recording goes on by itself.

    A null sink fills the time with silence; a sound card would leave a hole. Both keep the clock.
    """
    recording = record()
    recorded(recording, 500)
    sound = noise(12, seed=3)
    pulseaudio.play(both(sound), "spk")
    recorded(recording, 2000)
    pulseaudio.freeze()
    before = recording.look().elapsed_ms
    looks_until(recording, lambda look: look.elapsed_ms > before + seconds * 1000, "the freeze")
    pulseaudio.thaw()
    frozen = recording.look().elapsed_ms - before
    had = recording.look().channels["them"].recorded_ms
    recorded(recording, had + 1000 * seconds + 3000)
    elapsed = recording.look().elapsed_ms
    done = stopped(recording)
    assert done.receipt.duration_ms == pytest.approx(elapsed, abs=500)
    them = track(done, "them")
    first, last = (find(sound[round(s * RATE) : round(s * RATE) + 300], them) for s in (0.2, 2.2))
    assert 0 < first < last
    assert (last - first) / 48 - 2000 == pytest.approx(frozen, abs=500)


def test_a_recorder_that_was_held_up_loses_nothing(pulseaudio: SoundServer, record: Record) -> None:
    """A busy machine stops the recorder for two seconds: the server keeps what it cannot take."""
    recording = record()
    recorded(recording, 500)
    sound = noise(4, seed=4)
    pulseaudio.play(both(sound), "spk")
    recorded(recording, 1500)
    pid = recording.look().pid
    os.kill(pid, signal.SIGSTOP)
    until = time.monotonic() + 2
    wait_for(lambda: time.monotonic() > until, "two seconds")
    os.kill(pid, signal.SIGCONT)
    recorded(recording, 6000)
    done = stopped(recording)
    assert find(sound, track(done, "them")) > 0
    assert not done.recording.gaps


BUSY = "x = 0\nwhile True: x += 1"


@pytest.mark.parametrize("seconds", [4, pytest.param(60, marks=pytest.mark.soak)])
def test_a_busy_machine_records_what_any_program_hears(
    server: SoundServer, record: Record, seconds: int
) -> None:
    """Bit for bit, in one piece: PipeWire's player may stumble, but then for everybody."""
    recording = record()
    recorded(recording, 500)
    witness = server.witness("virtmic")
    busy = [
        subprocess.Popen([sys.executable, "-c", BUSY]) for _ in range(2 * (os.cpu_count() or 1))
    ]
    try:
        player = server.play(noise(seconds, seed=8), "micbus")
        wait_for(lambda: player.poll() is not None, "the end of the sound", seconds=seconds + 60)
        end = recording.look().elapsed_ms + 1500
        looks_until(recording, lambda look: look.elapsed_ms > end, "what is under way", 60)
    finally:
        for process in busy:
            process.kill()
            process.wait()
    overheard = np.trim_zeros(witness.sound())
    done = stopped(recording)
    assert len(overheard) > RATE * seconds / 2
    assert find(overheard, track(done, "me")) > 0
    assert not [gap for gap in done.recording.gaps if gap.channel == "me"]
    assert [channel.drift_ppm for channel in done.receipt.channels] == [0, 0]


def test_a_server_that_is_killed_and_restarted_costs_only_the_outage(
    server: SoundServer, record: Record
) -> None:
    recording = record()
    recorded(recording, 1000)
    server.kill()
    looks_until(recording, lambda look: look.elapsed_ms > 2500, "an outage")
    server.start()
    had = recording.look().channels["them"].recorded_ms
    recorded(recording, had + 2000)
    assert level_while_playing(server, recording, "spk") > -40
    done = stopped(recording)
    gaps = [g for g in done.recording.gaps if g.channel == "them"]
    assert gaps
    assert "sound server ended" in gaps[0].reason
    assert done.receipt.ended == "stopped"


def kill_and_recover(server: SoundServer, record: Record, after_ms: int, tmp_path: Path) -> None:
    recording = record()
    recorded(recording, 300)
    lines = [recording.type_line(f"line {n}") for n in range(3)]
    look = recorded(recording, after_ms)
    os.kill(recorder_pid(recording), signal.SIGKILL)
    killed = recording.elapsed_ms()
    recording.leave()
    wait_for(lambda: not recording.folder.is_running(), "the lock to fall")
    assert recording.folder in leftovers(tmp_path)
    done = run(finish(recording.folder, recovered=True))
    assert done.notes == tuple(lines)
    assert done.receipt.recovered
    for channel in done.receipt.channels:
        assert channel.recorded_ms >= look.channels[channel.channel].recorded_ms
        assert killed - done.receipt.duration_ms <= 1000


def test_a_killed_recorder_loses_less_than_a_second_and_no_line(
    pulseaudio: SoundServer, record: Record, tmp_path: Path
) -> None:
    for after_ms in random.Random(1).sample(range(400, 1500), 1):
        kill_and_recover(pulseaudio, record, after_ms, tmp_path)


@pytest.mark.soak
@pytest.mark.timeout(1200)
def test_twenty_killed_recorders(pulseaudio: SoundServer, record: Record, tmp_path: Path) -> None:
    for after_ms in random.Random(2).sample(range(400, 25_000), 20):
        kill_and_recover(pulseaudio, record, after_ms, tmp_path)


def test_a_dead_recorder_is_started_again_into_new_segments(
    pulseaudio: SoundServer, record: Record
) -> None:
    recording = record()
    recorded(recording, 1000)
    before = recording.look().elapsed_ms
    os.kill(recorder_pid(recording), signal.SIGKILL)
    look = recorded(recording, 1000)
    assert look.elapsed_ms > before
    done = stopped(recording)
    assert [g.channel for g in done.recording.gaps] == ["me", "them"]
    assert done.receipt.channels[0].recorded_ms >= 2000
    assert done.receipt.duration_ms >= before + 1000


def test_a_full_disk_ends_the_recording_with_a_sentence(
    pulseaudio: SoundServer, tmp_path: Path
) -> None:
    disk = tmp_path / "disk"
    disk.mkdir()
    mount = ["mount", "-t", "tmpfs", "-o", "size=700k", "tmpfs", str(disk)]
    if subprocess.run(mount, capture_output=True, check=False).returncode:
        pytest.skip("no file system can be mounted here")
    try:
        recording = start_recording(disk, title="full", started_at=START)
        look = looks_until(recording, lambda look: look.ended, "the end", 60)
        assert look.ended == "The disk is full, so the recording stopped."
        assert recording.look().ended == look.ended
        wait_for(lambda: not recording.folder.is_running(), "the recorder to go")
        assert recording.look().ended == look.ended
        recording.leave()
        kept = tmp_path / "kept"
        shutil.copytree(recording.folder.path, kept)
        done = run(finish(open_folder(kept)))
        assert done.receipt.ended == look.ended
        assert done.receipt.channels[1].recorded_ms > 1000
    finally:
        subprocess.run(["umount", str(disk)], check=True)
