"""Recordings are kept as Opus where the person chose it, and only once they were heard in full."""

from collections.abc import Iterator
from dataclasses import replace
from datetime import UTC, datetime
from pathlib import Path

import numpy as np
import pytest
import soundfile

from granola_like import paths
from granola_like.app import App
from granola_like.app.desk import Desk
from granola_like.app.sound_keeping import pack_sound
from granola_like.domain.bundle import Bundle
from granola_like.domain.meeting import Meeting
from granola_like.domain.receipt import Receipt
from granola_like.domain.recording import Recording, Track
from granola_like.domain.transcript import Transcript, Utterance
from granola_like.jobs import run
from granola_like.settings import Settings

START = datetime(2026, 3, 3, 10, tzinfo=UTC)
SAID = Utterance(id="u1", channel="me", speaker="Me", start_ms=0, end_ms=900, text="hello")
HEARD = Transcript(utterances=(SAID,), made_by="final", created_at=START)


@pytest.fixture
def app() -> Iterator[App]:
    opened = App(Settings(sound_format="opus"))
    yield opened
    opened.close()


def store(app: App, folder: Path, meeting: str, *, heard: Transcript = HEARD) -> None:
    rng = np.random.default_rng(0)
    files = {}
    for channel in ("me", "them"):
        files[channel] = folder / f"{channel}.flac"
        sound = rng.integers(-3000, 3000, 96_000, dtype=np.int16)
        soundfile.write(files[channel], sound, 48_000, subtype="PCM_16")
    tracks = tuple(Track(c, f"{c}.flac", 2000) for c in ("me", "them"))
    bundle = Bundle(
        meeting=Meeting(id=meeting, title="Budget", started_at=START, duration_ms=2000),
        recording=Recording(tracks),
        transcript=heard,
        receipt=Receipt(
            started_at=START, duration_ms=2000, channels=(), gaps=(), ended="stopped",
            recovered=False,
        ),
    )  # fmt: skip
    run(app.store(bundle, sound=files))


def files(meeting: str) -> set[str]:
    return {file.name for file in (paths.sound_dir() / meeting).iterdir()}


def tracks(app: App, meeting: str) -> set[str]:
    return {track.file for track in app.library.load(meeting).recording.tracks}


def test_a_recording_that_was_heard_becomes_opus(app: App, tmp_path: Path) -> None:
    store(app, tmp_path, "one")
    assert run(pack_sound(app)) == 2
    assert files("one") == tracks(app, "one") == {"me.opus", "them.opus"}
    assert {t.duration_ms for t in app.library.load("one").recording.tracks} == {2000}
    assert run(pack_sound(app)) == 0


def test_nobody_asked_for_it(app: App, tmp_path: Path) -> None:
    store(app, tmp_path, "one")
    app.settings = Settings(sound_format="flac")
    assert run(pack_sound(app)) == 0
    assert files("one") == {"me.flac", "them.flac"}


def test_what_was_not_heard_in_full_keeps_every_sample(app: App, tmp_path: Path) -> None:
    store(app, tmp_path, "one", heard=replace(HEARD, made_by="live"))
    store(app, tmp_path, "two", heard=Transcript())
    assert run(pack_sound(app)) == 0


def test_stopped_anywhere_the_meeting_names_files_that_are_there(app: App, tmp_path: Path) -> None:
    steps = 0
    while True:
        meeting = f"m{steps}"
        store(app, tmp_path, meeting)
        job = pack_sound(app)
        done = sum(1 for _, _ in zip(range(steps), job, strict=False))
        job.close()
        assert tracks(app, meeting) <= files(meeting)
        assert not [name for name in files(meeting) if name.endswith(".part")]
        if done < steps:
            break
        steps += 1
        run(pack_sound(app))
    assert steps > 3


def test_a_kill_before_the_flac_went_is_tidied_up(app: App, tmp_path: Path) -> None:
    store(app, tmp_path, "one")
    whole = (paths.sound_dir() / "one" / "me.flac").read_bytes()
    run(pack_sound(app))
    (paths.sound_dir() / "one" / "me.flac").write_bytes(whole)
    run(pack_sound(app))
    assert files("one") == {"me.opus", "them.opus"}


def test_a_damaged_track_stays_and_the_others_are_packed(app: App, tmp_path: Path) -> None:
    store(app, tmp_path, "one")
    (paths.sound_dir() / "one" / "me.flac").write_bytes(b"damaged")
    assert run(pack_sound(app)) == 1
    assert files("one") == tracks(app, "one") == {"me.flac", "them.opus"}


def test_a_track_that_cannot_be_written_stays(app: App, tmp_path: Path) -> None:
    """Stands for a disk that takes no more: a link into a folder that does not exist."""
    store(app, tmp_path, "one")
    folder = paths.sound_dir() / "one"
    (folder / "me.opus.part").symlink_to(tmp_path / "missing" / "file")
    assert run(pack_sound(app)) == 1
    assert files("one") == tracks(app, "one") == {"me.flac", "them.opus"}


def test_the_desk_packs_when_there_is_nothing_else_to_do(app: App, tmp_path: Path) -> None:
    store(app, tmp_path, "one")
    call = [True]
    desk = Desk(app.settings, make_way=lambda: call[0])
    desk.start()
    assert not desk.wait_until_idle(1)
    assert tracks(app, "one") == {"me.flac", "them.flac"}
    call[0] = False
    assert desk.wait_until_idle(60)
    desk.close()
    assert files("one") == tracks(app, "one") == {"me.opus", "them.opus"}
