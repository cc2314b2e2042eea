"""The desk: what was recorded gets into the library, is heard and written, whatever fails."""

import json
from collections.abc import Callable, Iterator
from datetime import UTC, datetime
from pathlib import Path

import numpy as np
import pytest
import soundfile
import soxr

from granola_like import paths
from granola_like.app.desk import Desk, MeetingNews
from granola_like.app.now_about import About, write_about
from granola_like.domain.meeting import Person
from granola_like.library import Library
from granola_like.record.folder import RecordingFolder, create_folder
from granola_like.record.notes import NotesJournal
from granola_like.settings import Settings
from granola_like_models.sample import sample_call

SETTINGS = Settings(language="en", speech_model="tiny-synthetic")
STARTED = datetime(2026, 3, 3, 10, tzinfo=UTC)
SECONDS = 30


@pytest.fixture(scope="module")
def tracks(tmp_path_factory: pytest.TempPathFactory) -> dict[str, Path]:
    """The first half minute of the sample call, as a recorder's finished tracks."""
    folder = tmp_path_factory.mktemp("tracks")
    made = {}
    for channel, file in sample_call().tracks.items():
        sound, rate = soundfile.read(file, frames=SECONDS * 16_000, dtype="float32")
        made[channel] = folder / f"{channel}.flac"
        whole = (soxr.resample(sound, rate, 48_000) * 32767).astype(np.int16)
        soundfile.write(made[channel], whole, 48_000, subtype="PCM_16")
    return made


@pytest.fixture
def left(tracks: dict[str, Path]) -> Callable[..., RecordingFolder]:
    """A recording that was finished and that nobody has taken in yet."""

    def make(
        title: str = "Sample", *, lines: tuple[str, ...] = ("pipeline 92%",)
    ) -> RecordingFolder:
        folder = create_folder(paths.recordings_dir(), title=title, started_at=STARTED)
        journal = NotesJournal(folder.path)
        for text in lines:
            journal.add(text, at_ms=21_619)
        journal.close()
        for channel, file in tracks.items():
            (folder.path / f"{channel}.flac").write_bytes(file.read_bytes())
        facts = {
            "format": 1,
            "tracks": [
                {"channel": c, "file": f"{c}.flac", "duration_ms": SECONDS * 1000} for c in tracks
            ],
            "gaps": [],
            "receipt": {
                "started_at": STARTED.isoformat(),
                "duration_ms": SECONDS * 1000,
                "channels": [
                    {"channel": c, "recorded_ms": SECONDS * 1000, "heard_ms": 9000} for c in tracks
                ],
                "ended": "stopped",
                "recovered": False,
            },
        }
        (folder.path / "finished.json").write_text(json.dumps(facts))
        return folder

    return make


@pytest.fixture
def desk() -> Iterator[Callable[..., Desk]]:
    opened: list[Desk] = []

    def start(settings: Settings = SETTINGS, **how: object) -> Desk:
        desk = Desk(settings, **how)  # type: ignore[arg-type]
        desk.start()
        opened.append(desk)
        return desk

    yield start
    for one in opened:
        one.close()


def done(desk: Desk, meeting: str) -> MeetingNews:
    assert desk.wait_until_idle(120)
    news = desk.of(meeting)
    assert news is not None
    return news


def test_what_an_earlier_run_left_is_stored_heard_and_written(
    left: Callable[..., RecordingFolder], desk: Callable[..., Desk]
) -> None:
    folder = left()
    write_about(folder.path, About(title="Renamed", people=(Person("Nina"),), folder="Sales"))
    news = done(desk(), folder.id)
    assert (news.state, news.error, news.is_stored) == ("done", None, True)
    assert not folder.path.exists()
    with Library(paths.library_file()) as library:
        bundle = library.load(folder.id)
    assert bundle.meeting.title == "Renamed"
    assert (bundle.meeting.people, bundle.meeting.folder) == ((Person("Nina"),), "Sales")
    assert bundle.meeting.duration_ms == SECONDS * 1000
    assert bundle.transcript.made_by == "final"
    assert {one.speaker for one in bundle.transcript} == {"Me", "Nina"}
    assert bundle.receipt is not None
    assert bundle.enhanced is not None
    under = [block for block in bundle.enhanced.blocks if block.note and block.kind == "point"]
    assert under
    assert list(news.written[bundle.notes[0].id]) == under
