"""The desk: what was recorded gets into the library, is heard and written, whatever fails."""

import json
from collections.abc import Callable, Iterator
from contextlib import closing
from dataclasses import replace
from datetime import UTC, datetime, timedelta
from pathlib import Path

import numpy as np
import pytest
import soundfile
import soxr

from granola_like import paths
from granola_like.app import App, Writing, desk_work, home_actions
from granola_like.app.desk import Desk, MeetingNews
from granola_like.app.desk_board import Stored
from granola_like.app.desk_claims import claimed, is_free
from granola_like.app.hearing import KEPT_FILE
from granola_like.app.now import MeetingNow
from granola_like.app.now_about import About, write_about
from granola_like.app.now_values import Handover
from granola_like.domain.meeting import Person
from granola_like.domain.note import NoteLine
from granola_like.domain.recording import Recording, Track
from granola_like.errors import ModelMissing, NotFound, SoundError
from granola_like.jobs import run
from granola_like.library import Library
from granola_like.record.folder import RecordingFolder, create_folder
from granola_like.record.notes import NotesJournal
from granola_like.record.session import RunningRecording
from granola_like.settings import Settings
from granola_like_models.sample import sample_call
from tests.audio.servers import wait_for
from tests.strategies import small_bundle

SETTINGS = Settings(language="en", speech_model="tiny-synthetic")
STARTED = datetime(2026, 3, 3, 10, tzinfo=UTC)
BEGINS, SECONDS = 11.5, 8
"""The part of the sample in which Nina tells of the pipeline."""


@pytest.fixture(scope="module")
def tracks(tmp_path_factory: pytest.TempPathFactory) -> dict[str, Path]:
    """Some of the sample call, as a recorder's finished tracks."""
    folder = tmp_path_factory.mktemp("tracks")
    made = {}
    for channel, file in sample_call().tracks.items():
        first, frames = round(BEGINS * 16_000), SECONDS * 16_000
        sound, rate = soundfile.read(file, frames=frames, start=first, dtype="float32")
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
            journal.add(text, at_ms=7_500)
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
                    {"channel": c, "recorded_ms": SECONDS * 1000, "heard_ms": 4000} for c in tracks
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


def ended(folder: RecordingFolder) -> MeetingNow:
    """A meeting whose window saw the end of its recording."""

    def begin(meeting: MeetingNow) -> RunningRecording:
        meeting.claim()
        meeting.open_notepad()
        raise SoundError("It ended.")

    about = About(title=folder.title)
    now = MeetingNow(folder.path, SETTINGS, about=about, started_at=STARTED, begin=begin)
    now.start()
    wait_for(lambda: now.look().state == "ended", "the end")
    return now


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


def test_an_engine_that_is_missing_leaves_the_meeting_stored_and_it_can_be_tried_again(
    left: Callable[..., RecordingFolder], desk: Callable[..., Desk]
) -> None:
    folder = left()
    working = desk(SETTINGS.model_copy(update={"speech_model": "whisper-none"}))
    news = done(working, folder.id)
    assert news.state == "failed"
    assert isinstance(news.error, ModelMissing)
    assert news.is_stored
    assert news.receipt is not None
    with Library(paths.library_file()) as library:
        assert [line.text for line in library.load(folder.id).notes] == ["pipeline 92%"]
    working.recover()  # what was given up is not begun again by itself
    assert done(working, folder.id).state == "failed"
    working.change_settings(SETTINGS)
    working.try_again(folder.id)
    news = done(working, folder.id)
    assert (news.state, news.error) == ("done", None)
    assert news.title == "Sample"


def test_work_can_be_cancelled_and_goes_on_later(
    left: Callable[..., RecordingFolder], desk: Callable[..., Desk]
) -> None:
    folder = left()
    holding = [True]
    working = desk(make_way=lambda: holding[0])
    # A call goes on: the meeting is stored, and not heard yet.
    wait_for(lambda: (n := working.of(folder.id)) and n.phase == "hearing", "the hearing")
    news = working.of(folder.id)
    assert news is not None
    assert news.is_stored
    working.cancel(folder.id)
    assert done(working, folder.id).state == "cancelled"
    with Library(paths.library_file()) as library:
        assert library.load(folder.id).transcript.created_at is None
    holding[0] = False
    working.try_again(folder.id)
    assert done(working, folder.id).state == "done"


def test_a_recording_whose_turn_is_cancelled_can_be_taken_in_later(
    left: Callable[..., RecordingFolder],
) -> None:
    folder = left()
    now = ended(folder)
    assert not is_free(folder.id)
    with closing(App(SETTINGS)) as app, closing(desk_work.take_in(app, now)) as work:
        next(work)
    assert is_free(folder.id)
    now.close()


def test_heavy_work_makes_way_for_a_call(
    left: Callable[..., RecordingFolder], desk: Callable[..., Desk]
) -> None:
    folder = left()
    holding = [True]
    working = desk(make_way=lambda: holding[0])
    wait_for(lambda: (n := working.of(folder.id)) and n.phase == "hearing", "the hearing")
    version = working.news().version
    assert working.news(version).changed == ()
    assert not working.wait_until_idle(0.3)
    holding[0] = False
    assert done(working, folder.id).state == "done"


def test_a_call_that_has_ended_goes_before_one_that_is_being_heard(
    left: Callable[..., RecordingFolder], desk: Callable[..., Desk]
) -> None:
    """Also while a third goes on; the first goes on where it was."""
    first = left("First")
    kept = paths.sound_dir() / first.id / KEPT_FILE
    holding = [True]
    working = desk(make_way=lambda: holding[0] and kept.exists() and kept.stat().st_size > 600)
    wait_for(lambda: (n := working.of(first.id)) and n.phase == "hearing", "the hearing")
    wait_for(lambda: kept.exists() and kept.stat().st_size > 600, "some words")
    second = left("Second")
    now = ended(second)
    working.take(now)
    wait_for(lambda: (n := working.of(second.id)) and n.phase == "hearing", "the second")
    states = [news.state for one in (first, second) if (news := working.of(one.id))]
    assert states == ["waiting", "working"]
    with Library(paths.library_file()) as library:
        assert library.load(second.id).recording.tracks
    assert kept.stat().st_size > 600  # and is not heard again
    holding[0] = False
    assert done(working, second.id).state == "done"
    news = done(working, first.id)
    assert (news.state, news.notes, news.error) == ("done", 1, None)
    now.close()


def test_closed_in_the_middle_the_next_desk_goes_on(
    left: Callable[..., RecordingFolder], desk: Callable[..., Desk]
) -> None:
    folder = left()
    first = desk(make_way=lambda: True)
    wait_for(lambda: (n := first.of(folder.id)) and n.phase == "hearing", "the hearing")
    first.close()
    assert not folder.path.exists()
    assert done(desk(), folder.id).state == "done"
    with Library(paths.library_file()) as library:
        assert library.load(folder.id).enhanced is not None


def test_what_was_changed_meanwhile_stays_changed(
    left: Callable[..., RecordingFolder], desk: Callable[..., Desk]
) -> None:
    """The title, and the lines: the person goes on typing once the meeting is in the library."""
    folder = left()
    holding = [True]
    working = desk(make_way=lambda: holding[0])
    wait_for(lambda: (n := working.of(folder.id)) and n.phase == "hearing", "the hearing")
    with Library(paths.library_file()) as library:
        home_actions.rename(library, folder.id, "Renamed")
        notes = (*library.load(folder.id).notes, NoteLine(id="late", text="revenue 75k"))
        library.save_notes(folder.id, notes)
    holding[0] = False
    assert done(working, folder.id).state == "done"
    with Library(paths.library_file()) as library:
        bundle = library.load(folder.id)
    assert bundle.meeting.title == "Renamed"
    assert bundle.notes == notes
    assert bundle.enhanced is not None
    assert {block.note for block in bundle.enhanced.blocks} >= {"late"}


def test_a_note_is_written_again_as_a_new_version(desk: Callable[..., Desk]) -> None:
    with Library(paths.library_file()) as library:
        library.save(small_bundle())
    working = desk()
    working.write_again("acme", template="stand-up", writing=Writing(writer="extractive"))
    news = done(working, "acme")
    assert (news.state, news.notes, news.title) == ("done", 1, "Acme – pricing call")
    with Library(paths.library_file()) as library:
        assert len(library.versions("acme", "enhanced")) == 2
        made = library.load("acme").enhanced
    assert made is not None
    assert made.template == "stand-up"
    working.write_again("acme", template="no such template")
    assert done(working, "acme").state == "failed"
    working.try_again("nobody")
    assert done(working, "nobody").state == "cancelled"


def test_lines_of_a_recording_without_sound_are_kept(desk: Callable[..., Desk]) -> None:
    folder = create_folder(paths.recordings_dir(), title="Silent", started_at=STARTED)
    journal = NotesJournal(folder.path)
    journal.add("budget 120k", at_ms=0)
    journal.close()
    news = done(desk(), folder.id)
    assert news.state == "failed"
    assert "No sound was recorded" in str(news.error)
    assert news.is_stored
    assert not folder.path.exists()
    with Library(paths.library_file()) as library:
        assert [line.text for line in library.load(folder.id).notes] == ["budget 120k"]


def test_a_meeting_that_is_deleted_while_it_is_taken_in_does_not_come_back(
    left: Callable[..., RecordingFolder], desk: Callable[..., Desk]
) -> None:
    folder = left()
    with closing(App(SETTINGS)) as app, closing(desk_work.recover(app, folder)) as work:
        wait_for(lambda: isinstance(next(work), Stored), "the meeting")
        app.library.delete(folder.id)
        assert home_actions.empty_trash(app.library) == 1
        with pytest.raises(NotFound):
            run(work)
    assert not folder.path.exists()
    assert desk().wait_until_idle(60)
    with Library(paths.library_file()) as library:
        assert folder.id not in library.ids()


def test_a_meeting_that_is_deleted_while_its_note_is_drafted_does_not_come_back(
    left: Callable[..., RecordingFolder],
) -> None:
    folder = left()
    handed = Handover(
        recording=folder,
        about=About(title="Sample"),
        lines=(),
        live=replace(small_bundle().transcript, made_by="live"),
    )
    with closing(App(SETTINGS)) as app:
        run(desk_work._draft(app, handed))  # it is in no library any more
        with pytest.raises(NotFound):
            run(desk_work._add_sound(app, handed, recovered=False))
    assert not folder.path.exists()


def test_two_programs_do_not_work_on_one_meeting(
    left: Callable[..., RecordingFolder], desk: Callable[..., Desk]
) -> None:
    folder = left()
    with claimed(folder.id):
        working = desk()
        assert working.wait_until_idle(30)
        assert working.of(folder.id) is None
        working.try_again(folder.id)
        news = done(working, folder.id)
        assert "Another program" in str(news.error)
    working.try_again(folder.id)
    assert done(working, folder.id).state == "done"


def test_a_desk_that_is_open_for_weeks_keeps_to_the_days_of_sound(
    desk: Callable[..., Desk], monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("granola_like.app.desk.DAY_SECONDS", 0.1)
    working = desk(SETTINGS.model_copy(update={"sound_days": 30}))
    assert working.wait_until_idle(30)
    with Library(paths.library_file()) as library:
        library.save(
            replace(
                small_bundle(started_at=STARTED - timedelta(days=4000)),
                recording=Recording((Track("me", "me.flac", 1000),)),
            )
        )
        wait_for(lambda: not library.load("acme").recording.tracks, "the removal")
        assert library.load("acme").transcript.utterances
