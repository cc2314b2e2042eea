"""Both channels are proved with a sound, and a silent one comes with advice."""

import json
import subprocess
import sys
from pathlib import Path

import numpy as np
import pytest

from granola_like.audio.linux.pulse import PulseSystem
from granola_like.record.trial import hears_tone, tone, try_channels
from tests.audio.servers import SoundServer, noise


def test_a_working_machine_is_proved(server: SoundServer) -> None:
    server.play(noise(30), "micbus")
    system = PulseSystem()
    trials = try_channels(system)
    assert [(t.channel, t.ok, t.hint) for t in trials] == [("me", True, ""), ("them", True, "")]
    system.close()


def test_a_silent_microphone_and_a_muted_speaker_come_with_advice(
    pulseaudio: SoundServer,
) -> None:
    pulseaudio.pactl("set-sink-mute", "spk", "1")
    system = PulseSystem()
    me, them = try_channels(system)
    assert (me.ok, them.ok) == (False, False)
    assert "digital silence" in me.fact
    assert "privacy" in me.hint
    assert "muted" in them.fact
    system.close()


def test_no_server_is_a_finding_not_a_crash(pulseaudio: SoundServer) -> None:
    pulseaudio.kill()
    assert [t.ok for t in try_channels(PulseSystem())] == [False, False]


@pytest.mark.parametrize("gain", [1.0, 0.01])
def test_the_tone_is_heard_at_any_level_and_in_noise(gain: float) -> None:
    sound = np.frombuffer(tone(), "<i2") * gain
    room = noise(3) * 0.002 * gain
    room[48_000 : 48_000 + len(sound)] += sound
    assert hears_tone(room)


def test_other_sound_is_no_tone() -> None:
    assert not hears_tone(noise(3))
    assert not hears_tone(np.zeros(48_000))
    assert not hears_tone(np.zeros(10))
    one = 6000 * np.sin(np.arange(96_000) * 2 * np.pi * 880 / 48_000)
    assert not hears_tone(one)


def test_doctor_proves_both_channels(
    pulseaudio: SoundServer, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("GRANOLA_LIKE_HOME", str(tmp_path))
    done = subprocess.run(
        [sys.executable, "-m", "granola_like", "doctor", "--sound", "--json"],
        capture_output=True, text=True, timeout=120, check=False,
    )  # fmt: skip
    found = {one["part"]: one["ok"] for one in json.loads(done.stdout)}
    assert found["Computer sound"]
    assert "Microphone" in found
