"""The bell: calls heard on a real server, and the person's list of what never is one."""

from collections.abc import Iterator

import pytest

from granola_like import paths
from granola_like.app.calls import CallBell
from granola_like.audio.fake import FakeSoundSystem
from granola_like.audio.system import MicrophoneUser, NoSoundSystem, SoundSystem
from granola_like.settings import Settings, load_settings
from tests.audio.servers import SoundServer, wait_for

ZOOM = MicrophoneUser(binary="zoom", name="ZOOM VoiceEngine")


@pytest.fixture
def bell(pulseaudio: SoundServer) -> Iterator[CallBell]:
    opened = CallBell(Settings())
    yield opened
    opened.close()


def test_a_call_is_told_with_its_programs_name(bell: CallBell, pulseaudio: SoundServer) -> None:
    zoom = pulseaudio.hold_microphone("zoom")
    (started,) = wait_for(bell.news, "the call")
    assert (started.kind, started.program, started.binary) == ("started", "Zoom", "zoom")
    assert started.sentence == "Zoom started a call: record?"
    assert bell.calls() == ("Zoom",)
    pulseaudio.end(zoom)
    (ended,) = wait_for(lambda: bell.news(started.number), "its end")
    assert (ended.kind, ended.program) == ("ended", "Zoom")
    assert bell.calls() == ()


def test_what_never_is_a_call_is_kept_and_can_be_taken_back() -> None:
    machine = FakeSoundSystem()
    machine.users = (ZOOM,)
    bell = CallBell(Settings(), open_system=lambda: machine)
    try:
        wait_for(bell.calls, "the call")
        settings = bell.never("Zoom")
        assert settings.not_calls == ("zoom",)
        assert load_settings(paths.settings_file()).not_calls == ("zoom",)
        wait_for(lambda: not bell.calls(), "its end")
        assert [ring.kind for ring in bell.news()] == ["started", "ended"]
        assert bell.again("ZOOM").not_calls == ()
        wait_for(bell.calls, "the call once more")
    finally:
        bell.close()


def test_the_persons_list_is_heeded_from_the_start() -> None:
    machine = FakeSoundSystem()
    machine.users = (ZOOM, MicrophoneUser(binary="teams", name="Teams"))
    bell = CallBell(Settings(not_calls=("Zoom",)), open_system=lambda: machine)
    try:
        wait_for(bell.calls, "the call")
        assert bell.calls() == ("Teams",)
    finally:
        bell.close()


def test_a_machine_without_sound_is_asked_again(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("granola_like.app.calls.RETRY_SECONDS", 0.05)
    machine, tries = FakeSoundSystem(), []
    machine.users = (ZOOM,)

    def system() -> SoundSystem:
        tries.append(1)
        if len(tries) < 3:
            raise NoSoundSystem("There is no sound here.")
        return machine

    bell = CallBell(Settings(), open_system=system)
    try:
        wait_for(lambda: bell.trouble is not None or bell.calls(), "a sentence")
        wait_for(bell.calls, "the call")
        assert bell.trouble is None
    finally:
        bell.close()
