"""A whole call on a real sound server: recorded, captioned, typed, drafted, taken in, heard again.

The bundled sample call is played into the microphone and the speaker, and the bundled tiny model
hears it.
"""

import numpy as np
import pytest
import soundfile
import soxr

from granola_like import paths
from granola_like.app.desk import Desk, MeetingNews
from granola_like.app.now import MeetingNow, start_meeting
from granola_like.domain.bundle import Bundle
from granola_like.domain.meeting import Person
from granola_like.domain.note import NoteLine
from granola_like.enhance.ahead.plan import Patience
from granola_like.library import Library
from granola_like.settings import Settings
from granola_like_models.sample import sample_call
from tests.audio.servers import SoundServer, wait_for

BEGINS, ENDS = 11.5, 27.0
"""The part of the sample in which Nina tells of the pipeline, and of revenue after it."""
SETTINGS = Settings(
    language="en", speech_model="tiny-synthetic", live_model="tiny-synthetic", my_name="Mark"
)


@pytest.fixture(scope="module")
def voices() -> dict[str, np.ndarray]:
    found = {}
    for channel, file in sample_call().tracks.items():
        first, last = round(BEGINS * 16_000), round(ENDS * 16_000)
        sound, rate = soundfile.read(file, start=first, stop=last, dtype="float32")
        found[channel] = (soxr.resample(sound, rate, 48_000) * 32767).astype(np.int16)
    return found


def caption(meeting: MeetingNow) -> str:
    return " ".join(word.text for one in meeting.captions().changed for word in one.firm)


def test_a_call_is_captioned_drafted_stored_at_once_and_heard_again(
    pulseaudio: SoundServer, voices: dict[str, np.ndarray], monkeypatch: pytest.MonkeyPatch
) -> None:
    """Drafts wait two seconds for more to be said here, not the usual 45."""
    hasty = Patience(window_ms=2_000, again_ms=4_000)
    monkeypatch.setattr("granola_like.enhance.ahead.drafting.Patience", lambda: hasty)
    meeting = start_meeting(SETTINGS, title="Sample", people=(Person("Nina"),), folder="Sales")
    desk = Desk(SETTINGS)
    desk.start()
    try:
        wait_for(lambda: meeting.look().state == "recording", "sound")
        pulseaudio.play(voices["me"], "micbus")
        pulseaudio.play(np.repeat(voices["them"][:, None], 2, axis=1), "spk")
        wait_for(lambda: "92" in caption(meeting), "the words about the pipeline")
        line = NoteLine(id="n1", text="pipeline 92%", typed_at_ms=meeting.clock_ms())
        meeting.keep_lines((line,))
        meeting.rename("Weekly pipeline")
        wait_for(lambda: meeting.look().drafted == 1, "the draft")
        assert meeting.look().captions_trouble is None
        meeting.stop()
        stored, first = _taken_in(desk, meeting)
    finally:
        desk.close()
        meeting.close()
    assert [line.text for line in stored.notes] == ["pipeline 92%"]
    assert stored.recording.tracks == ()  # joined afterwards: nobody waits for it
    assert first.enhanced is not None
    assert first.transcript.made_by == "live"
    _is_told_of(first)
    with Library(paths.library_file()) as library:
        last = library.load(meeting.folder_id)
        made_by = [
            library.transcript_version(meeting.folder_id, one.number).made_by
            for one in library.versions(meeting.folder_id, "transcripts")
        ]
        assert len(library.versions(meeting.folder_id, "enhanced")) == 3
    assert made_by == ["final", "live"]
    assert (last.meeting.title, last.meeting.folder) == ("Weekly pipeline", "Sales")
    assert {said.speaker for said in last.transcript} == {"Mark", "Nina"}
    assert {track.channel for track in last.recording.tracks} == {"me", "them"}
    assert last.receipt is not None
    assert not meeting.path.exists()
    _is_told_of(last)


def _taken_in(desk: Desk, meeting: MeetingNow) -> tuple[Bundle, Bundle]:
    """Give the meeting as it was first stored, and with its first note; wait for the rest."""
    id_ = desk.take(meeting)

    def account() -> MeetingNews:
        news = desk.of(id_)
        assert news is not None
        assert news.error is None, news.error
        return news

    wait_for(lambda: account().is_stored, "the meeting")
    with Library(paths.library_file()) as library:
        stored = library.load(id_)
        wait_for(lambda: account().notes, "the first note")
        first = library.load(id_)
    assert desk.wait_until_idle(120)
    assert (account().state, account().notes) == ("done", 2)
    assert account().receipt is not None
    return stored, first


def _is_told_of(bundle: Bundle) -> None:
    assert bundle.enhanced is not None
    (point,) = [block for block in bundle.enhanced.blocks if block.note == "n1" and block.evidence]
    assert "92%" in point.text
    assert point.evidence[0].utterance in bundle.transcript.by_id()
