"""A sound server of the tests' own, with a voice on both channels when one is wanted."""

from collections.abc import Iterator

import pytest

from tests.audio.servers import SoundServer, running


@pytest.fixture
def pulseaudio(monkeypatch: pytest.MonkeyPatch) -> Iterator[SoundServer]:
    yield from running("pulseaudio", monkeypatch)
