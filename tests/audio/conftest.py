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


def pytest_collection_modifyitems(items: list[pytest.Item]) -> None:
    """Try again what a real sound server, started by the test, did not do in time."""
    for item in items:
        if {"server", "pulseaudio"} & set(getattr(item, "fixturenames", ())):
            item.add_marker(pytest.mark.flaky(reruns=2))
