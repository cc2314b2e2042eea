"""Sound servers for the tests of this folder; all of it runs on PipeWire in the long suite."""

from collections.abc import Iterator

import pytest

from tests.audio.servers import SoundServer, running


@pytest.fixture(params=["pulseaudio", pytest.param("pipewire", marks=pytest.mark.soak)])
def server(
    request: pytest.FixtureRequest, monkeypatch: pytest.MonkeyPatch
) -> Iterator[SoundServer]:
    yield from running(request.param, monkeypatch)


@pytest.fixture
def pulseaudio(monkeypatch: pytest.MonkeyPatch) -> Iterator[SoundServer]:
    yield from running("pulseaudio", monkeypatch)
