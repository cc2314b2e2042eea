"""What the person is told of a channel, and what the recorder costs; on a real sound server."""

import os
import time
from pathlib import Path

import numpy as np
import pytest
import soundfile

from tests.audio.servers import SoundServer, noise
from tests.record.recordings import (
    Record,
    both,
    looks_until,
    recorded,
    recorder_pid,
)


def test_a_muted_speaker_is_told_while_somebody_speaks(
    pulseaudio: SoundServer, record: Record
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


def test_a_low_volume_is_told(pulseaudio: SoundServer, record: Record) -> None:
    """The monitor is taken behind the volume: at 10 % the others are 60 dB too low."""
    recording = record()
    recorded(recording, 300)
    pulseaudio.play(both(noise(30)), "spk", name="zoom")
    pulseaudio.pactl("set-sink-volume", "spk", "10%")
    look = looks_until(recording, lambda look: look.channels["them"].warning, "the warning", 20)
    assert "volume" in str(look.channels["them"].warning)


@pytest.mark.soak
def test_a_microphone_of_digital_silence_raises_the_alarm_within_20_seconds(
    pulseaudio: SoundServer, record: Record
) -> None:
    recording = record()
    recorded(recording, 300)
    look = looks_until(recording, lambda look: look.channels["me"].warning, "the alarm", 25)
    assert look.elapsed_ms < 20_000 + 2000
    assert "silence" in str(look.channels["me"].warning)


@pytest.mark.soak
def test_quiet_speech_raises_no_alarm(
    pulseaudio: SoundServer, record: Record, material: Path
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
def test_the_recorder_is_cheap(pulseaudio: SoundServer, record: Record) -> None:
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
