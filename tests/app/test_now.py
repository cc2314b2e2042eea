"""The meeting that goes on: quick to start, steered at once, robust against what dies around it."""

import time
from collections.abc import Callable, Iterator

import pytest

from granola_like.app.now import MeetingNow, start_meeting
from granola_like.domain.note import NoteLine
from granola_like.settings import Settings
from tests.audio.servers import SoundServer, wait_for

QUIETLY = Settings(live_captions=False)


@pytest.fixture
def begun() -> Iterator[Callable[..., MeetingNow]]:
    meetings: list[MeetingNow] = []

    def begin(**facts: object) -> MeetingNow:
        meeting = start_meeting(QUIETLY, **{"title": "Budget", **facts})  # type: ignore[arg-type]
        meetings.append(meeting)
        return meeting

    yield begin
    for meeting in meetings:
        if meeting.look().state != "ended":
            meeting.stop()
            wait_for(lambda m=meeting: m.look().state == "ended", "the end")
        meeting.close()


def line(name: str, text: str, at: int = 0) -> NoteLine:
    return NoteLine(id=name, text=text, typed_at_ms=at)


def is_recording(meeting: MeetingNow) -> bool:
    look = meeting.look()
    return look.state == "recording" and look.elapsed_ms > 0


def test_it_starts_at_once_and_records_soon(
    pulseaudio: SoundServer, begun: Callable[..., MeetingNow]
) -> None:
    """The click returns within 10 ms; the machine of a test may be busy while sound begins."""
    start_meeting  # noqa: B018 - imported before the clock runs
    clicked = time.perf_counter()
    meeting = begun()
    assert time.perf_counter() - clicked < 0.010
    assert meeting.look().state == "starting"
    assert meeting.folder_id == meeting.path.name
    wait_for(lambda: is_recording(meeting), "sound")
    look = meeting.look()
    assert set(look.channels) == {"me", "them"}
    assert look.trouble is None
    assert look.minutes_of_disk > 0
    meeting.stop()
    assert meeting.look().state == "stopping"
    wait_for(lambda: meeting.look().state == "ended", "the end")
    ended = meeting.look()
    assert (ended.ended, ended.trouble) == ("stopped", None)
    clock = meeting.clock_ms()
    time.sleep(0.05)
    assert meeting.clock_ms() == clock
