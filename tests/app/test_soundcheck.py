"""The first start's test of sound, on a real server."""

from collections.abc import Iterator

import numpy as np
import pytest

from granola_like import paths
from granola_like.app.soundcheck import Check, SoundCheck
from granola_like.audio.system import NoSoundSystem, SoundSystem
from granola_like.settings import Settings, load_settings
from tests.audio.servers import SoundServer, noise, wait_for


@pytest.fixture
def check(pulseaudio: SoundServer) -> Iterator[SoundCheck]:
    opened = SoundCheck(Settings())
    yield opened
    opened.close()


def channel(check: SoundCheck, name: str) -> str:
    found = check.look().channels.get(name)  # type: ignore[call-overload]
    return found.found if found else ""


def test_a_voice_and_the_chime_prove_both_channels(
    check: SoundCheck, pulseaudio: SoundServer
) -> None:
    wait_for(lambda: check.look().channels, "the meters")
    first = check.look()
    assert first.channels["me"].sentence == "Say something."
    assert "Remapped" in str(first.channels["me"].device)
    assert "Loud" in str(first.channels["them"].device)
    assert len(first.channels["them"].devices) >= 2
    assert not first.is_proved
    pulseaudio.play(noise(6), "micbus")
    wait_for(lambda: channel(check, "me") == "heard", "the voice")
    assert check.look().channels["me"].level_db > -45
    assert channel(check, "them") == "waiting"
    check.chime()
    assert check.look().is_chiming
    wait_for(lambda: channel(check, "them") == "heard", "the chime")
    assert check.look().is_proved
    wait_for(lambda: not check.look().is_chiming, "the end of the chime")


def test_a_chime_that_does_not_come_back_says_what_to_do(
    check: SoundCheck, pulseaudio: SoundServer
) -> None:
    """The chime goes to the default output; the person records another one."""
    check.choose("them", "headset")
    assert load_settings(paths.settings_file()).speaker == "headset"
    wait_for(
        lambda: check.look().channels and "Null" in str(check.look().channels["them"].device),
        "the other speaker",
    )
    check.chime()
    wait_for(lambda: channel(check, "them") == "silent", "the finding")
    assert "did not come back" in check.look().channels["them"].sentence
    assert check.look().channels["them"].hint
    check.choose("them", None)
    wait_for(lambda: "Loud" in str(check.look().channels["them"].device), "the default one")
    check.chime()
    wait_for(lambda: channel(check, "them") == "heard", "the chime")


def test_digital_silence_and_muting_are_told_apart(
    check: SoundCheck, pulseaudio: SoundServer
) -> None:
    wait_for(lambda: channel(check, "me") == "silent", "silence is noticed")
    assert "nothing but silence" in check.look().channels["me"].sentence
    pulseaudio.pactl("set-source-mute", "virtmic", "1")
    wait_for(lambda: channel(check, "me") == "muted", "muting is noticed")
    pulseaudio.pactl("set-source-mute", "virtmic", "0")
    pulseaudio.play((noise(6) // 2).astype(np.int16), "micbus")
    wait_for(lambda: channel(check, "me") == "heard", "the voice")


def test_without_a_sound_system_there_is_a_sentence() -> None:
    def none() -> SoundSystem:
        raise NoSoundSystem("There is no sound here.")

    check = SoundCheck(Settings(), open_system=none)
    try:
        trouble = wait_for(lambda: check.look().trouble, "a sentence")
        assert "no sound" in str(trouble)
        assert check.look() != Check()
    finally:
        check.close()
