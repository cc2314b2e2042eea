"""Sound servers for the tests of this folder; all of it runs on PipeWire in the long suite."""

from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest

from granola_like.record.session import RunningRecording, start_recording
from tests.audio.servers import SoundServer, running
from tests.record.recordings import START, Record


@pytest.fixture(params=["pulseaudio", pytest.param("pipewire", marks=pytest.mark.soak)])
def server(
    request: pytest.FixtureRequest, monkeypatch: pytest.MonkeyPatch
) -> Iterator[SoundServer]:
    yield from running(request.param, monkeypatch)


@pytest.fixture
def pulseaudio(monkeypatch: pytest.MonkeyPatch) -> Iterator[SoundServer]:
    yield from running("pulseaudio", monkeypatch)


@pytest.fixture
def record(tmp_path: Path) -> Iterator[Record]:
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
