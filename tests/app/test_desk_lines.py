"""Lines that were typed into a meeting get into the library, whatever became of its recording."""

from collections.abc import Iterator

import pytest

from granola_like import paths
from granola_like.app.desk import Desk, MeetingNews
from granola_like.app.desk_claims import claimed
from granola_like.app.now import MeetingNow, join_meeting, start_meeting
from granola_like.app.now_about import About, write_about
from granola_like.domain.bundle import Bundle
from granola_like.domain.note import NoteLine
from granola_like.errors import SoundError
from granola_like.library import Library
from granola_like.record.folder import create_folder
from granola_like.record.notes import NotesJournal
from granola_like.record.session import RunningRecording
from granola_like.settings import Settings
from tests.audio.servers import wait_for
from tests.strategies import small_bundle

QUIETLY = Settings(live_captions=False, language="en", speech_model="tiny-synthetic")
TYPED = (NoteLine(id="n0", text="budget 120k"),)
STARTED = small_bundle().meeting.started_at


@pytest.fixture
def desk() -> Iterator[Desk]:
    desk = Desk(QUIETLY)
    desk.start(recover=False)
    yield desk
    desk.close()


@pytest.fixture
def no_recordings() -> None:
    """Nothing can be written where recordings lie."""
    paths.recordings_dir().parent.mkdir(parents=True)
    paths.recordings_dir().write_text("in the way")


def ended(now: MeetingNow) -> MeetingNow:
    wait_for(lambda: now.look().state == "ended", "the end")
    return now


def failed(desk: Desk, meeting: str) -> MeetingNews:
    assert desk.wait_until_idle(60)
    news = desk.of(meeting)
    assert news is not None
    assert news.state == "failed"
    return news


def stored() -> tuple[Bundle, ...]:
    with Library(paths.library_file()) as library:
        return tuple(library.load(meeting) for meeting in sorted(library.ids()))


@pytest.mark.usefixtures("no_recordings")
def test_a_meeting_that_was_never_recorded_is_stored_with_title_and_lines(desk: Desk) -> None:
    now = ended(start_meeting(QUIETLY, title="Budget", lines=TYPED))
    now.rename("Budget talk")
    news = failed(desk, desk.take(now))
    assert news.is_stored
    assert "cannot be written to" in str(news.error)
    assert "kept" in str(news.error)
    (bundle,) = stored()
    assert (bundle.meeting.id, bundle.meeting.title) == (now.folder_id, "Budget talk")
    assert bundle.notes == TYPED
    assert not bundle.recording.tracks
    now.close()


@pytest.mark.usefixtures("no_recordings")
def test_a_meeting_that_was_never_recorded_and_has_no_line_is_not_stored(desk: Desk) -> None:
    now = ended(start_meeting(QUIETLY, title="Budget"))
    news = failed(desk, desk.take(now))
    assert not news.is_stored
    assert "cannot be written to" in str(news.error)
    assert stored() == ()
    now.close()


@pytest.mark.usefixtures("no_recordings")
def test_the_lines_of_a_meeting_are_stored_before_a_desk_that_is_closed_stops() -> None:
    now = ended(start_meeting(QUIETLY, title="Budget", lines=TYPED))
    desk = Desk(QUIETLY)
    desk.take(now)
    desk._closing.set()
    desk.start(recover=False)
    desk._thread.join(60)
    (bundle,) = stored()
    assert bundle.notes == TYPED
    now.close()


def test_what_was_typed_into_a_meeting_of_another_program_is_kept_beside_it(desk: Desk) -> None:
    folder = create_folder(paths.recordings_dir(), title="Budget", started_at=STARTED)
    write_about(folder.path, About(title="Budget"))
    journal = NotesJournal(folder.path)
    journal.add("theirs", at_ms=0)
    journal.close()
    with claimed(folder.id):
        now = ended(join_meeting(folder.path, QUIETLY))
        now.keep_lines((*now.lines, *TYPED))
        news = failed(desk, desk.take(now))
    assert "Another program" in str(news.error)
    assert not news.is_stored
    (bundle,) = stored()
    assert bundle.meeting.id != folder.id
    assert (bundle.meeting.title, bundle.notes) == ("Budget", TYPED)
    assert folder.path.exists()
    now.close()


def test_lines_that_the_disk_refused_are_stored_when_there_is_no_sound(desk: Desk) -> None:
    folder = create_folder(paths.recordings_dir(), title="Budget", started_at=STARTED)
    (folder.path / "notes.jsonl").symlink_to("nowhere/notes.jsonl")  # it cannot be written

    def begin(meeting: MeetingNow) -> RunningRecording:
        meeting.claim()
        meeting.open_notepad()
        raise SoundError("There is no recorder.")

    about = About(title="Budget")
    now = MeetingNow(folder.path, QUIETLY, about=about, started_at=STARTED, begin=begin)
    now.keep_lines(TYPED)
    now.start()
    news = failed(desk, desk.take(ended(now)))
    assert news.is_stored
    (bundle,) = stored()
    assert bundle.notes == TYPED
    now.close()
