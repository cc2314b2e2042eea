"""Sound servers for the tests of this folder."""

from collections.abc import Iterator

import pytest

from tests.audio.servers import KINDS, SoundServer, running


@pytest.fixture(params=KINDS)
def server(
    request: pytest.FixtureRequest, monkeypatch: pytest.MonkeyPatch
) -> Iterator[SoundServer]:
    yield from running(request.param, monkeypatch)


@pytest.fixture
def pulseaudio(monkeypatch: pytest.MonkeyPatch) -> Iterator[SoundServer]:
    yield from running("pulseaudio", monkeypatch)
