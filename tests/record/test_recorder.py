"""The recorder's process on a real sound server, and everything that can happen to it."""

import os
import random
import shutil
import signal
import subprocess
import time
from collections.abc import Callable, Iterator
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

import numpy as np
import pytest
import soundfile

from granola_like.jobs import run
from granola_like.record.finish import FinishedRecording, finish, leftovers
from granola_like.record.folder import open_folder
from granola_like.record.session import Look, RunningRecording, join_recording, start_recording
from tests.audio.servers import SoundServer, find, noise, wait_for

RATE = 48_000
START = datetime(2026, 3, 3, 10, tzinfo=UTC)


@pytest.fixture
def record(tmp_path: Path) -> Iterator[Callable[..., RunningRecording]]:
    """Start recordings; whatever still runs at the end is ended."""
    begun: list[RunningRecording] = []

    def start(**wanted: Any) -> RunningRecording:
        recording = start_recording(tmp_path, title="Test", started_at=START, **wanted)
        begun.append(recording)
        return recording

    yield start
    for recording in begun:
        if recording.folder.is_running():
            recording.stop()
        recording.leave()


def both(sound: np.ndarray) -> np.ndarray:
    return np.repeat(sound[:, None], 2, axis=1)


def looks_until(
    recording: RunningRecording, condition: Callable[[Look], Any], what: str, seconds: float = 30
) -> Look:
    def look() -> Look | None:
        seen = recording.look()
        return seen if condition(seen) else None

    found: Look = wait_for(look, what, seconds=seconds)
    return found


def recorded(recording: RunningRecording, ms: int) -> Look:
    """Wait until both channels hold that much sound."""
    return looks_until(
        recording,
        lambda look: all(c.recorded_ms >= ms for c in look.channels.values()),
        f"{ms} ms of sound",
    )


def stopped(recording: RunningRecording) -> FinishedRecording:
    recording.stop()
    recording.leave()
    return run(finish(recording.folder))


def track(done: FinishedRecording, channel: str) -> np.ndarray:
    return soundfile.read(done.folder.path / f"{channel}.flac", dtype="int16")[0]


def recorder_pid(recording: RunningRecording) -> int:
    return recording.look().pid


@pytest.mark.soak
def test_two_channels_bit_exact_and_aligned(
    server: SoundServer, record: Callable[..., RunningRecording]
) -> None:
    """One noise on one speaker, heard on both channels: by its monitor, and as the microphone."""
    recording = record(me="virtmic")
    recorded(recording, 500)
    mine, theirs = noise(1.5, seed=1), noise(1.5, seed=2)
    server.play(mine, "micbus")
    server.play(both(theirs), "spk")
    reached = recorded(recording, 500).elapsed_ms + 2500
    line = recording.type_line("budget 120k")
    looks_until(recording, lambda look: look.elapsed_ms > reached, "the noise to end")
    done = stopped(recording)
    assert find(mine, track(done, "me")) > 0
    assert find(theirs, track(done, "them")) > 0
    assert done.receipt.ended == "stopped"
    assert not done.recording.gaps
    assert done.notes == (line,)
    assert 400 < (line.typed_at_ms or 0) < 20_000


def test_what_both_hear_lies_at_the_same_place_in_both_tracks(
    server: SoundServer, record: Callable[..., RunningRecording]
) -> None:
    """`me` on a copy of what the speaker plays: the tracks must agree to 2 ms."""
    server.pactl("load-module", "module-remap-source", "source_name=copy", "master=spk.monitor")
    recording = record(me="copy")
    recorded(recording, 1500)
    sound = noise(1.5)
    server.play(both(sound), "spk")
    reached = recording.look().elapsed_ms + 2500
    looks_until(recording, lambda look: look.elapsed_ms > reached, "the noise to end")
    done = stopped(recording)
    places = [find(sound, track(done, channel)) for channel in ("me", "them")]
    assert min(places) > 0
    # A remapped source is a stream of its own inside the server, with a delay that is not ours.
    limit = 0.002 if server.kind == "pulseaudio" else 0.025
    assert abs(places[0] - places[1]) / RATE <= limit


def test_the_default_speaker_changes_in_the_middle(
    server: SoundServer, record: Callable[..., RunningRecording]
) -> None:
    recording = record()
    recorded(recording, 1000)
    server.pactl("set-default-sink", "headset")
    wait_for(lambda: server.pactl("get-default-sink") == "headset", "the new default")
    looks_until(
        recording,
        lambda look: level_while_playing(server, recording, "headset") > -40,
        "the other speaker's sound",
    )
    done = stopped(recording)
    assert done.receipt.channels[1].heard_ms > 0


def level_while_playing(server: SoundServer, recording: RunningRecording, sink: str) -> float:
    player = server.play(both(noise(2)), sink)
    until = time.monotonic() + 1.5
    best = -120.0
    while time.monotonic() < until and best < -40:
        best = max(best, recording.look().channels["them"].level_db)
        time.sleep(0.05)
    server.end(player)
    return best


def test_the_speaker_goes_away_and_the_microphone_is_not_heard_instead(
    server: SoundServer, record: Callable[..., RunningRecording]
) -> None:
    number = server.pactl(
        "load-module", "module-null-sink", "sink_name=buds", "rate=44100", "channels=2"
    )
    server.pactl("set-default-sink", "buds")
    voice = noise(40, seed=9)
    server.play(voice, "micbus")
    recording = record()
    recorded(recording, 1000)
    server.pactl("set-default-sink", "spk")
    server.pactl("unload-module", number)
    recorded(recording, 3000)
    assert level_while_playing(server, recording, "spk") > -40
    done = stopped(recording)
    them = track(done, "them")
    heard = np.abs(them.astype(int)) > 0
    assert heard.any()
    for start in range(0, len(voice) - 4800, 4800):
        assert find(voice[start : start + 64], them) == -1


@pytest.mark.parametrize("seconds", [1, pytest.param(4, marks=pytest.mark.soak)])
def test_a_frozen_server_shifts_nothing(
    pulseaudio: SoundServer, record: Callable[..., RunningRecording], seconds: int
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


def test_a_recorder_that_was_held_up_loses_nothing(
    pulseaudio: SoundServer, record: Callable[..., RunningRecording]
) -> None:
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


def test_a_server_that_is_killed_and_restarted_costs_only_the_outage(
    server: SoundServer, record: Callable[..., RunningRecording]
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


def test_pause_leaves_a_marked_hole(
    pulseaudio: SoundServer, record: Callable[..., RunningRecording]
) -> None:
    recording = record()
    recorded(recording, 1000)
    assert recording.pause().is_paused
    at = recording.look().elapsed_ms
    looks_until(recording, lambda look: look.elapsed_ms > at + 1500, "a pause")
    assert not recording.resume().is_paused
    had = recording.look().channels["me"].recorded_ms
    recorded(recording, had + 1000)
    done = stopped(recording)
    for channel in ("me", "them"):
        (gap,) = [g for g in done.recording.gaps if g.channel == channel]
        assert gap.reason == "paused"
        assert gap.end_ms - gap.start_ms == pytest.approx(1500, abs=500)


def test_off_the_record_takes_what_was_said_off_the_disk(
    pulseaudio: SoundServer, record: Callable[..., RunningRecording]
) -> None:
    recording = record()
    recorded(recording, 500)
    secret = noise(1.2, seed=5)
    pulseaudio.play(secret, "micbus")
    recorded(recording, 2200)
    folder = recording.folder.path
    piece = secret[RATE : RATE + 200].tobytes()
    assert any(piece in f.read_bytes() for f in folder.glob("me-*.wav"))
    look = recording.off_the_record()
    assert not any(piece in f.read_bytes() for f in folder.iterdir() if f.is_file())
    assert [e["event"] for e in look.events if "start_ms" in e] == ["off the record"]
    had = look.channels["me"].recorded_ms
    recorded(recording, had + 1000)
    done = stopped(recording)
    assert {g.reason for g in done.recording.gaps} == {"off the record"}
    assert find(secret[RATE : RATE + 200], track(done, "me")) == -1
    assert done.receipt.duration_ms > 3000


def kill_and_recover(
    server: SoundServer, record: Callable[..., RunningRecording], after_ms: int, tmp_path: Path
) -> None:
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
    pulseaudio: SoundServer, record: Callable[..., RunningRecording], tmp_path: Path
) -> None:
    for after_ms in random.Random(1).sample(range(400, 1500), 1):
        kill_and_recover(pulseaudio, record, after_ms, tmp_path)


@pytest.mark.soak
@pytest.mark.timeout(1200)
def test_twenty_killed_recorders(
    pulseaudio: SoundServer, record: Callable[..., RunningRecording], tmp_path: Path
) -> None:
    for after_ms in random.Random(2).sample(range(400, 25_000), 20):
        kill_and_recover(pulseaudio, record, after_ms, tmp_path)


def test_a_dead_recorder_is_started_again_into_new_segments(
    pulseaudio: SoundServer, record: Callable[..., RunningRecording]
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


def test_a_window_that_died_finds_its_recording_again(
    pulseaudio: SoundServer, record: Callable[..., RunningRecording]
) -> None:
    first = record()
    recorded(first, 500)
    first._client.close()
    second = join_recording(first.folder)
    recorded(second, 1000)
    assert second.stop().ended == "stopped"
    second.leave()
    assert not first.folder.is_running()


@pytest.mark.soak
def test_logging_out_completes_the_recording(
    pulseaudio: SoundServer, record: Callable[..., RunningRecording]
) -> None:
    recording = record()
    recorded(recording, 500)
    os.kill(recorder_pid(recording), signal.SIGTERM)
    wait_for(lambda: not recording.folder.is_running(), "the end")
    recording.leave()
    done = run(finish(recording.folder))
    assert done.receipt.ended == "the system ended the recorder"


def test_a_muted_speaker_is_told_while_somebody_speaks(
    pulseaudio: SoundServer, record: Callable[..., RunningRecording]
) -> None:
    recording = record()
    recorded(recording, 300)
    pulseaudio.play(both(noise(30)), "spk", name="zoom")
    looks_until(recording, lambda look: look.channels["them"].level_db > -40, "its sound")
    pulseaudio.pactl("set-sink-mute", "spk", "1")
    look = looks_until(recording, lambda look: look.channels["them"].warning, "the warning", 20)
    assert "muted" in str(look.channels["them"].warning)
    pulseaudio.pactl("set-sink-mute", "spk", "0")
    looks_until(recording, lambda look: not look.channels["them"].warning, "its end", 20)


def test_a_low_volume_is_told(
    pulseaudio: SoundServer, record: Callable[..., RunningRecording]
) -> None:
    """The monitor is taken behind the volume: at 10 % the others are 60 dB too low."""
    recording = record()
    recorded(recording, 300)
    pulseaudio.play(both(noise(30)), "spk", name="zoom")
    pulseaudio.pactl("set-sink-volume", "spk", "10%")
    look = looks_until(recording, lambda look: look.channels["them"].warning, "the warning", 20)
    assert "volume" in str(look.channels["them"].warning)


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


@pytest.mark.soak
@pytest.mark.timeout(1200)
def test_ten_minutes_lose_no_sample(
    server: SoundServer, record: Callable[..., RunningRecording]
) -> None:
    recording = record()
    recorded(recording, 1500)
    mine, theirs = noise(600, seed=1), noise(600, seed=2)
    server.play(mine, "micbus")
    server.play(both(theirs), "spk")
    end = recording.look().elapsed_ms + 604_000
    looks_until(recording, lambda look: look.elapsed_ms > end, "ten minutes", 900)
    done = stopped(recording)
    for channel, sound in (("me", mine), ("them", theirs)):
        at = find(sound[:400], track(done, channel))
        assert np.array_equal(track(done, channel)[at : at + len(sound)], sound)
    assert not done.recording.gaps


@pytest.mark.soak
def test_a_microphone_of_digital_silence_raises_the_alarm_within_20_seconds(
    pulseaudio: SoundServer, record: Callable[..., RunningRecording]
) -> None:
    recording = record()
    recorded(recording, 300)
    look = looks_until(recording, lambda look: look.channels["me"].warning, "the alarm", 25)
    assert look.elapsed_ms < 20_000 + 2000
    assert "silence" in str(look.channels["me"].warning)


@pytest.mark.soak
def test_quiet_speech_raises_no_alarm(
    pulseaudio: SoundServer, record: Callable[..., RunningRecording], material: Path
) -> None:
    quiet, rate = soundfile.read(material / "audio/ami/trn07.wav", dtype="float32")
    assert rate == 16_000
    recording = record()
    recorded(recording, 300)
    pulseaudio.play(np.repeat((quiet * 32767).astype(np.int16), 3), "micbus")
    had = recorded(recording, 600).channels["me"].recorded_ms
    while recording.look().channels["me"].recorded_ms < had + 20_000:
        assert recording.look().channels["me"].warning is None
        time.sleep(0.2)


@pytest.mark.soak
def test_the_recorder_is_cheap(
    pulseaudio: SoundServer, record: Callable[..., RunningRecording]
) -> None:
    """A generous limit here; the figure stands in benchmarks/recorder.py."""
    recording = record()
    recorded(recording, 1000)
    pid = recorder_pid(recording)
    before, at = processor_seconds(pid), time.monotonic()
    recorded(recording, 9000)
    used = processor_seconds(pid) - before
    assert used / (time.monotonic() - at) < 0.15
    status = Path(f"/proc/{pid}/status").read_text("ascii")
    assert int(status.split("VmRSS:")[1].split()[0]) < 120_000


def processor_seconds(pid: int) -> float:
    fields = Path(f"/proc/{pid}/stat").read_text("ascii").rpartition(")")[2].split()
    return (int(fields[11]) + int(fields[12])) / os.sysconf("SC_CLK_TCK")
