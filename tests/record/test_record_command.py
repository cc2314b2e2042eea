"""`record`, `devices` and `watch` in a terminal of their own, on a real sound server."""

import fcntl
import json
import os
import pty
import select
import signal
import subprocess
import sys
import termios
import time
from collections.abc import Iterator
from pathlib import Path

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from granola_like.cli.keys import Key, LineEditor, Typed
from granola_like.cli.meters import duration
from granola_like.library import Library
from granola_like.record.finish import leftovers, load_finished
from tests.audio.servers import SoundServer, noise, wait_for

Process = subprocess.Popen[str]


class Terminal:
    """Starts commands as a person would, and ends what still runs."""

    def __init__(self, home: Path) -> None:
        self.home = home
        self._processes: list[Process] = []

    def start(self, command: str, *words: str) -> Process:
        code = f"from granola_like.cli.{command} import {command}; {command}()"
        process = subprocess.Popen(
            [sys.executable, "-c", code, *words],
            stdin=subprocess.PIPE, stdout=subprocess.PIPE, stderr=subprocess.PIPE, text=True,
            env={**os.environ, "GRANOLA_LIKE_HOME": str(self.home)},
        )  # fmt: skip
        self._processes.append(process)
        return process

    def close(self) -> None:
        for process in self._processes:
            if process.poll() is None:
                process.kill()
            process.communicate()


@pytest.fixture
def terminal(pulseaudio: SoundServer, tmp_path: Path) -> Iterator[Terminal]:
    opened = Terminal(tmp_path)
    yield opened
    opened.close()


def recordings(terminal: Terminal) -> list[Path]:
    return list(terminal.home.glob("**/recordings/*/recording.json"))


def test_typed_lines_and_sound_are_kept_and_the_receipt_tells(
    terminal: Terminal, pulseaudio: SoundServer
) -> None:
    process = terminal.start(
        "record", "--keep-only", "--json", "--title", "Budget", "--duration", "4s"
    )
    assert process.stdin is not None
    wait_for(lambda: recordings(terminal), "the recording")
    folder = recordings(terminal)[0].parent
    wait_for(lambda: list(folder.glob("me-*.wav")), "its sound")
    process.stdin.write("budget 120k\n  Anna: report\n")
    process.stdin.flush()
    told, errors = process.communicate(timeout=60)
    assert process.returncode == 0, errors
    facts = json.loads(told)
    assert facts["title"] == "Budget"
    assert facts["receipt"]["duration_ms"] >= 3000
    assert facts["receipt"]["ended"] == "stopped after 4 s, as asked"
    assert "Me: 0:0" in errors
    (found,) = leftovers(folder.parent)
    notes = load_finished(found).notes
    assert [(n.text, n.indent) for n in notes] == [("budget 120k", 0), ("Anna: report", 1)]
    assert all(0 <= (n.typed_at_ms or 0) < 6000 for n in notes)


def test_a_call_becomes_a_meeting_with_its_receipt_whatever_is_left(
    terminal: Terminal, monkeypatch: pytest.MonkeyPatch
) -> None:
    """An interrupted recording is stored after the call; a recording's sound is always kept."""
    monkeypatch.setenv("GRANOLA_LIKE_KEEP_SOUND", "false")
    monkeypatch.setenv("GRANOLA_LIKE_LANGUAGE", "en")
    left = terminal.start("record", "--keep-only", "--title", "Left", "--duration", "2s")
    left.communicate(timeout=60)
    process = terminal.start("record", "--json", "--title", "Budget", "--duration", "3s")
    told, errors = process.communicate("120k\n", timeout=120)
    assert process.returncode == 0, errors
    facts = [json.loads(line) for line in told.splitlines()]
    assert {one["title"] for one in facts} == {"Budget", "Left"}
    with Library(terminal.home / "library.sqlite") as library:
        for one in facts:
            bundle = library.load(one["meeting"])
            assert bundle.receipt is not None
            folder = terminal.home / "sound" / one["meeting"]
            assert all((folder / track.file).exists() for track in bundle.recording.tracks)
            assert bundle.recording.tracks
            assert bundle.transcript.created_at is not None
        assert not any(one for one in library.meetings() if not one.recorded)
    assert not recordings(terminal)


def test_a_real_terminal_types_pauses_and_stops_by_keys(
    terminal: Terminal, pulseaudio: SoundServer
) -> None:
    """Key by key on a pseudo-terminal, with meters drawn above; Ctrl-C is the terminal's own."""
    person, screen = pty.openpty()
    code = "from granola_like.cli.record import record; record()"
    process = subprocess.Popen(
        [sys.executable, "-c", code, "--keep-only"],
        stdin=screen, stdout=screen, stderr=screen, start_new_session=True,
        env={**os.environ, "GRANOLA_LIKE_HOME": str(terminal.home), "TERM": "xterm"},
        preexec_fn=lambda: fcntl.ioctl(0, termios.TIOCSCTTY, 0),  # noqa: PLW1509 - no threads yet
    )  # fmt: skip
    os.close(screen)
    shown = bytearray()

    def shows(words: bytes) -> bool:
        if select.select([person], [], [], 0.1)[0]:
            shown.extend(os.read(person, 65_536))
        return words in shown

    try:
        wait_for(lambda: shows("● recording".encode()), "the meters")
        wait_for(lambda: list(terminal.home.glob("**/me-*.wav")), "its sound")
        os.write(person, b"budgex\x7ft\r")
        wait_for(lambda: shows(b"  budget"), "the line")
        os.write(person, b"\x10")
        wait_for(lambda: shows(b"paused"), "the pause")
        os.write(person, b"\x10")
        os.write(person, b"half a li")
        wait_for(lambda: shows(b"half a li"), "the line that is not finished")
        os.write(person, b"\x03")
        wait_for(lambda: shows(b"Kept in"), "the end")
        assert process.wait(timeout=30) == 0
    finally:
        process.kill()
        process.wait()
        os.close(person)
    (found,) = leftovers(recordings(terminal)[0].parent.parent)
    assert [note.text for note in load_finished(found).notes] == ["budget", "half a li"]


def test_the_terminal_may_die_and_the_recorder_goes_on(terminal: Terminal) -> None:
    process = terminal.start("record", "--keep-only")
    wait_for(lambda: list(terminal.home.glob("**/them-*.wav")), "its sound")
    process.kill()
    process.communicate()
    (file,) = terminal.home.glob("**/them-*.wav")
    size = file.stat().st_size
    wait_for(lambda: file.stat().st_size > size + 48_000, "more sound")
    from granola_like.record.folder import open_folder
    from granola_like.record.session import join_recording

    recording = join_recording(open_folder(file.parent))
    recording.stop()
    recording.leave()


def test_auto_starts_and_stops_with_a_call(terminal: Terminal, pulseaudio: SoundServer) -> None:
    process = terminal.start("record", "--auto", "--keep-only", "--json", "--duration", "2s")
    assert not recordings(terminal)
    pulseaudio.hold_microphone("zoom")
    assert process.stdout is not None
    ready, _, _ = select.select([process.stdout], [], [], 60)
    assert ready, "nothing was recorded"
    assert json.loads(process.stdout.readline())["title"].startswith("Zoom call")


def test_watch_tells_calls_as_json(terminal: Terminal, pulseaudio: SoundServer) -> None:
    process = terminal.start("watch", "--json", "--events", "2")
    zoom = pulseaudio.hold_microphone("zoom")
    assert process.stdout is not None
    ready, _, _ = select.select([process.stdout], [], [], 30)
    assert ready, "no call was heard"
    started = json.loads(process.stdout.readline())
    assert (started["event"], started["program"]) == ("call_started", "Zoom")
    pulseaudio.end(zoom)
    told, _ = process.communicate(timeout=30)
    assert json.loads(told)["event"] == "call_ended"


def test_devices_are_listed_for_scripts(terminal: Terminal, pulseaudio: SoundServer) -> None:
    told, _ = terminal.start("devices", "--json").communicate(timeout=30)
    found = json.loads(told)
    assert {(d["id"], d["channel"]) for d in found} >= {("virtmic", "me"), ("spk.monitor", "them")}


def test_live_levels_show_what_plays(terminal: Terminal, pulseaudio: SoundServer) -> None:
    pulseaudio.play(np.repeat(noise(20)[:, None], 2, axis=1), "spk")
    process = terminal.start("devices", "--watch")
    # One microphone and three speakers are open; then it draws ten times a second.
    wait_for(
        lambda: pulseaudio.pactl("list", "source-outputs").count("granola_like.ours") >= 4,
        "all meters",
    )
    until = time.monotonic() + 1
    wait_for(lambda: time.monotonic() > until, "some drawings")
    process.send_signal(signal.SIGINT)
    told, _ = process.communicate(timeout=30)
    assert "█" in told
    assert "Microphones" in told
    assert "default" in told


def typed(text: str, clock: list[int]) -> list[Typed | Key]:
    editor = LineEditor(lambda: clock.pop(0) if clock else 0)
    return [found for c in text if (found := editor.take(c)) is not None]


def test_a_line_is_stamped_when_its_first_character_is_typed() -> None:
    assert typed("ab\rc\r", [5, 9]) == [Typed("ab", 0, 5), Typed("c", 0, 9)]


def test_keys_edit_indent_and_steer() -> None:
    assert typed("\tabx\x7fc\r", [1]) == [Typed("abc", 1, 1)]
    assert typed("wrong\x15right\r", [1, 2]) == [Typed("right", 0, 2)]
    assert typed("\x10\x0f\x0b", []) == ["pause", "off the record", "keep"]
    assert typed("  \r\r", []) == []


@given(st.lists(st.text(st.characters(categories=["L", "N", "P"]), min_size=1), max_size=5))
def test_every_word_typed_is_kept(lines: list[str]) -> None:
    found = typed("\r".join([*lines, ""]), [])
    assert [one.text for one in found if isinstance(one, Typed)] == lines


def test_times_are_written_as_people_do() -> None:
    assert [duration(ms) for ms in (0, 61_000, 3_723_000)] == ["0:00", "1:01", "1:02:03"]
