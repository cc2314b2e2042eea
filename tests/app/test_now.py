"""The meeting that goes on: quick to start, steered at once, robust against what dies around it."""

import os
import resource
import signal
import subprocess
import sys
import time
from collections.abc import Callable, Iterator

import pytest

from granola_like import paths
from granola_like.app.now import MeetingNow, join_meeting, start_meeting, still_running
from granola_like.app.now_about import read_about
from granola_like.domain.meeting import Person
from granola_like.domain.note import NoteLine
from granola_like.errors import GranolaError
from granola_like.jobs import run
from granola_like.record.finish import finish
from granola_like.record.folder import open_folder
from granola_like.record.notes import read_notes
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


def test_pause_off_the_record_and_a_new_title(
    pulseaudio: SoundServer, begun: Callable[..., MeetingNow]
) -> None:
    meeting = begun(people=(Person("Nina"),))
    wait_for(lambda: is_recording(meeting), "sound")
    meeting.pause()
    wait_for(lambda: meeting.look().state == "paused", "the pause")
    meeting.resume()
    wait_for(lambda: meeting.look().state == "recording", "going on")
    meeting.off_the_record()
    meeting.rename("  Budget   talk ")
    assert meeting.look().title == "Budget talk"
    wait_for(lambda: read_about(open_folder(meeting.path)).title == "Budget talk", "the title")
    assert read_about(open_folder(meeting.path)).people == (Person("Nina"),)
    events = (meeting.path / "events.jsonl").read_text()
    assert "off the record" in events
    assert meeting.look().trouble is None


def test_the_notepad_is_on_the_disk_within_200_ms(
    pulseaudio: SoundServer, begun: Callable[..., MeetingNow]
) -> None:
    """Lines typed before the first sound too; measured without the disk's own pauses."""
    meeting = begun(lines=(line("n0", "typed before"),))
    wait_for(lambda: meeting.lines_kept == 1, "the first line")
    wait_for(lambda: is_recording(meeting), "sound")
    took = []
    pad: tuple[NoteLine, ...] = (line("n0", "typed before"),)
    for number in range(1, 8):
        pad = (*pad, line(f"n{number}", "budget", meeting.clock_ms()))
        began = time.monotonic()
        call = meeting.keep_lines(pad)
        assert time.monotonic() - began < 0.02
        wait_for(lambda call=call: meeting.lines_kept >= call, "the line")
        took.append(time.monotonic() - began)
        assert read_notes(meeting.path) == pad
    assert sorted(took)[len(took) // 2] < 0.2
    assert meeting.lines == pad


TYPING = """
import sys, time
from granola_like.app.now import start_meeting
from granola_like.domain.note import NoteLine
from granola_like.settings import Settings
meeting = start_meeting(Settings(live_captions=False), title="Killed")
pad = []
for number in range(10_000):
    text = "word " * (number % 7 + 1)
    pad.append(NoteLine(id=f"n{number}", text=text, typed_at_ms=meeting.clock_ms()))
    meeting.keep_lines(tuple(pad))
    print(number, flush=True)
    time.sleep(0.01)
"""


def test_killed_while_typing_at_most_200_ms_are_lost_and_the_recording_goes_on(
    pulseaudio: SoundServer,
) -> None:
    window = subprocess.Popen(
        [sys.executable, "-c", TYPING], stdout=subprocess.PIPE, text=True, env=os.environ
    )
    assert window.stdout is not None
    typed: list[float] = []
    for _ in window.stdout:
        typed.append(time.monotonic())
        # Only once it records: the machine is busy while the recorder's process starts.
        if len(typed) > 100 and any(paths.recordings_dir().glob("*/me-*.wav")):
            break
    window.kill()
    killed = time.monotonic()
    for _ in window.stdout:
        typed.append(killed)
    window.wait()
    window.stdout.close()
    (path,) = still_running()
    kept = read_notes(path)
    lost = [at for at in typed[len(kept) :] if at < killed - 0.2]
    assert not lost
    assert [one.id for one in kept] == [f"n{number}" for number in range(len(kept))]
    again = join_meeting(path, QUIETLY)
    wait_for(lambda: is_recording(again), "the recording, which went on")
    assert again.lines == kept
    assert again.look().title == "Killed"
    at = again.clock_ms()
    again.keep_lines((*kept, line("after", "typed after", at)))
    wait_for(lambda: again.lines_kept == 1, "the line")
    again.stop()
    wait_for(lambda: again.look().state == "ended", "the end")
    again.close()
    assert still_running() == ()
    assert read_notes(path)[-1].text == "typed after"


def test_a_recorder_that_dies_is_started_again_and_it_is_told_for_a_while(
    pulseaudio: SoundServer, begun: Callable[..., MeetingNow], monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("granola_like.app.now_trouble.SHOWN_SECONDS", 1.0)
    meeting = begun()
    wait_for(lambda: is_recording(meeting), "sound")
    seen = meeting._attendant.seen.moment
    assert seen is not None
    os.kill(seen.look.pid, signal.SIGKILL)
    told = wait_for(lambda: meeting.look().trouble, "a sentence")
    assert "recorder" in str(told)
    wait_for(lambda: meeting.look().trouble is None, "its end")
    assert meeting.look().state == "recording"


def test_a_recorder_that_hangs_is_told_at_once(
    pulseaudio: SoundServer, begun: Callable[..., MeetingNow]
) -> None:
    meeting = begun()
    wait_for(lambda: is_recording(meeting), "sound")
    seen = meeting._attendant.seen.moment
    assert seen is not None
    os.kill(seen.look.pid, signal.SIGSTOP)
    try:
        told = wait_for(lambda: meeting.look().trouble, "a sentence", seconds=10)
        assert "has not answered" in str(told)
        began = time.monotonic()
        meeting.pause()
        meeting.look()
        assert time.monotonic() - began < 0.1
    finally:
        os.kill(seen.look.pid, signal.SIGCONT)
    wait_for(lambda: meeting.look().trouble is None, "its end")
    wait_for(lambda: meeting.look().state == "paused", "the wish")


def test_a_microphone_that_is_pulled_is_a_warning_of_its_channel(
    pulseaudio: SoundServer, begun: Callable[..., MeetingNow]
) -> None:
    meeting = begun()
    wait_for(lambda: is_recording(meeting), "sound")
    for module in pulseaudio.pactl("list", "short", "modules").splitlines():
        if "remap-source" in module:
            pulseaudio.pactl("unload-module", module.split()[0])
    wait_for(lambda: meeting.look().channels["me"].warning, "a warning")
    assert meeting.look().state == "recording"
    pulseaudio.pactl(
        "load-module", "module-remap-source", "source_name=virtmic", "master=micbus.monitor"
    )
    wait_for(lambda: meeting.look().channels["me"].warning is None, "its end")


def test_a_recording_that_cannot_begin_says_why_and_keeps_the_lines(
    begun: Callable[..., MeetingNow],
) -> None:
    paths.recordings_dir().parent.mkdir(parents=True)
    paths.recordings_dir().write_text("in the way")
    meeting = begun(lines=(line("n0", "typed"),))
    wait_for(lambda: meeting.look().state == "ended", "the end")
    look = meeting.look()
    assert look.trouble is not None
    assert look.trouble.hint
    assert meeting.lines == (line("n0", "typed"),)
    with pytest.raises(GranolaError, match="recordings"):
        meeting.hand_over()


def test_notes_that_the_disk_refuses_are_told_and_kept_later(
    pulseaudio: SoundServer, begun: Callable[..., MeetingNow], monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("granola_like.app.now_notepad._AGAIN_SECONDS", 0.1)
    meeting = begun()
    wait_for(lambda: is_recording(meeting), "sound")
    file = meeting.path / "notes.jsonl"
    file.rename(file.with_name("aside"))
    file.mkdir()  # no journal can be opened there
    try:
        meeting.keep_lines((line("n0", "typed"),))
        told = wait_for(lambda: meeting.look().trouble, "a sentence")
        assert "saved" in str(told)
    finally:
        file.rmdir()
    wait_for(lambda: meeting.lines_kept == 1, "the line")
    assert meeting.look().trouble is None
    assert read_notes(meeting.path) == (line("n0", "typed"),)


def test_a_full_disk_ends_it_with_a_sentence_and_what_is_there_is_kept(
    pulseaudio: SoundServer, begun: Callable[..., MeetingNow]
) -> None:
    meeting = begun()
    wait_for(lambda: is_recording(meeting), "sound")
    seen = meeting._attendant.seen.moment
    assert seen is not None
    wait_for(lambda: meeting.clock_ms() > 1500, "some sound")
    resource.prlimit(seen.look.pid, resource.RLIMIT_FSIZE, (1, 1))
    wait_for(lambda: meeting.look().state == "ended", "the end")
    look = meeting.look()
    assert look.trouble is not None
    assert "ended" in str(look.trouble)
    assert "kept" in look.trouble.hint
    left = meeting.hand_over()
    assert run(finish(left.recording)).receipt.duration_ms > 1000
