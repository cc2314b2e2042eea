"""From sound and a few typed words to a grounded note in the library, as a user runs it."""

import json
import os
import signal
import subprocess
import sys
import time
from collections.abc import Iterator
from pathlib import Path

import jiwer
import numpy as np
import pytest
import soundfile

from granola_like.exchange.bundle import from_json, read_bundle, write_bundle
from granola_like.library import Library
from granola_like.text.quantities import find_quantities
from granola_like_models.sample import sample_call
from tests.cli.conftest import Run
from tests.strategies import small_bundle

SAMPLE = sample_call()
NOTES = "".join(
    f"[{n.typed_at_ms // 60000}:{n.typed_at_ms // 1000 % 60:02d}] {n.text}\n" for n in SAMPLE.notes
)


@pytest.fixture
def notes(tmp_path: Path) -> Path:
    file = tmp_path / "notes.txt"
    file.write_text(NOTES, "utf-8")
    return file


def test_the_demo_makes_a_grounded_note(granola: Run, own_home: Path) -> None:
    bundle = from_json(
        granola("demo", "--json").stdout, default_start=small_bundle().meeting.started_at
    )
    assert bundle.enhanced is not None
    typed = [block.text for block in bundle.enhanced.blocks if block.kind == "note"]
    assert typed == [note.text for note in SAMPLE.notes]
    said = bundle.transcript.by_id()
    for block in bundle.enhanced.blocks:
        if block.finding is not None:
            assert block.evidence, f"{block.text} points at nothing"
            assert all(one.utterance in said for one in block.evidence)
    for note in bundle.notes:
        for number in find_quantities(note.text):
            points = [
                b for b in bundle.enhanced.blocks if b.note == note.id and b.finding == "supported"
            ]
            told = {q.loose for b in points for q in find_quantities(b.text)}
            assert number.loose in told, f"“{number.text}” of “{note.text}” is not explained"
    heard = {}
    for channel in ("me", "them"):
        words = " ".join(one.text for one in bundle.transcript if one.channel == channel)
        heard[channel] = jiwer.wer(_plain(SAMPLE.words_of(channel)), _plain(words))
    assert max(heard.values()) <= 0.12, heard
    again = granola("demo").stdout
    assert SAMPLE.notes[0].text in again
    assert str(own_home) in again
    (row,) = json.loads(granola("list", "--json").stdout)
    assert row["has_sound"]


def _plain(text: str) -> str:
    kept = "".join(c.lower() if c.isalnum() or c in "$%'" else " " for c in text.replace(",", ""))
    return " ".join(kept.split())


def test_two_files_become_a_bundle_and_the_bundle_a_note(
    granola: Run, tmp_path: Path, notes: Path
) -> None:
    out = tmp_path / "call.meeting.json"
    granola("transcribe", SAMPLE.tracks["me"], "--them", SAMPLE.tracks["them"],
            "--language", "en", "-o", out)  # fmt: skip
    bundle = read_bundle(out)
    assert {one.channel for one in bundle.transcript} == {"me", "them"}
    assert abs(bundle.meeting.duration_ms - SAMPLE.duration_ms) < 1000
    aligned = json.loads(granola("align", out, "--json", "--top", "3").stdout)
    assert aligned == []
    enhanced = json.loads(granola("enhance", out, "--notes", notes, "--json", "-o", out).stdout)
    assert [b["text"] for b in enhanced["blocks"] if b["kind"] == "note"] == [
        note.text for note in SAMPLE.notes
    ]
    aligned = json.loads(granola("align", out, "--json", "--top", "3").stdout)
    assert [one["note"] for one in aligned] == [f"n{i + 1}" for i in range(len(SAMPLE.notes))]
    for one in aligned:
        scores = [found["score"] for found in one["evidence"]]
        assert scores == sorted(scores, reverse=True)
        assert len(scores) <= 3
    findings = json.loads(granola("guard", out, "--json").stdout)
    written = {b["id"]: b["finding"] for b in enhanced["blocks"] if b["finding"]}
    assert {one["block"]: one["finding"] for one in findings} == written


def test_a_stereo_file_is_split(granola: Run, tmp_path: Path) -> None:
    rate = soundfile.info(SAMPLE.tracks["me"]).samplerate
    me, them = (soundfile.read(SAMPLE.tracks[side])[0][: rate * 20] for side in ("me", "them"))
    soundfile.write(tmp_path / "call.wav", np.column_stack([me, them]), rate)
    done = granola(
        "transcribe", tmp_path / "call.wav", "--split-stereo", "--language", "en", "--json"
    )
    said = json.loads(done.stdout)["utterances"]
    assert {one["channel"] for one in said} == {"me", "them"}


def _bad_sounds(folder: Path) -> Iterator[tuple[str, Path]]:
    yield "missing", folder / "missing.wav"
    empty = folder / "empty.wav"
    empty.write_bytes(b"")
    yield "empty", empty
    text = folder / "text.mp3"
    text.write_text("these are words, not sound")
    yield "text", text
    nothing = folder / "nothing.wav"
    soundfile.write(nothing, np.zeros(0, "int16"), 16_000)
    yield "0 seconds", nothing
    truncated = folder / "truncated.flac"
    truncated.write_bytes(b"fLaC\x00\x00\x00\x22")
    yield "truncated", truncated
    yield "folder", folder


def test_bad_sound_is_a_sentence_and_stores_nothing(granola: Run, tmp_path: Path) -> None:
    for name, file in _bad_sounds(tmp_path):
        done = granola("import", file, code=2 if name == "folder" else 1)
        assert done.stderr.strip(), name
        assert not done.stdout, name
    assert json.loads(granola("list", "--json").stdout) == []


def test_a_video_without_sound_says_so(granola: Run, material: Path) -> None:
    video = material / "audio" / "containers" / "video_no_audio.mp4"
    assert "no sound" in granola("transcribe", video, code=1).stderr


def test_an_unknown_model_is_a_sentence_with_the_way_out(granola: Run) -> None:
    ways_out = {
        "nonsense": "Known speech models: tiny-synthetic",
        "large-v3": "`granola-like models download large-v3`",
        "/nowhere/model": "`granola-like models list`",
    }
    for name, way_out in ways_out.items():
        done = granola("transcribe", SAMPLE.tracks["me"], "--model", name, code=1)
        assert way_out in done.stderr


def test_silence_is_nobody_speaking(granola: Run, tmp_path: Path) -> None:
    soundfile.write(tmp_path / "quiet.wav", np.zeros(16_000 * 5, "int16"), 16_000)
    done = granola("transcribe", tmp_path / "quiet.wav", "--language", "en")
    assert done.stdout == ""
    assert "Nobody speaks" in done.stderr


unix = pytest.mark.skipif(not hasattr(signal, "SIGKILL"), reason="kill -9 is of Unix")


def _started(*args: object) -> subprocess.Popen[bytes]:
    return subprocess.Popen(
        [sys.executable, "-m", "granola_like", *map(str, args)],
        stdout=subprocess.DEVNULL,
        stderr=subprocess.DEVNULL,
        start_new_session=True,
    )


def _children_of(session: int) -> list[str]:
    done = subprocess.run(
        ["ps", "-s", str(session), "-o", "pid="], capture_output=True, text=True, check=False
    )
    return done.stdout.split()


@unix
@pytest.mark.parametrize("after", [0.4, 1.6, 3.2])
def test_killed_while_importing_the_next_run_succeeds(
    granola: Run, own_home: Path, notes: Path, after: float
) -> None:
    args = ("import", SAMPLE.tracks["me"], "--them", SAMPLE.tracks["them"],
            "--language", "en", "--notes", notes)  # fmt: skip
    first = _started(*args)
    time.sleep(after)
    first.kill()
    first.wait()
    deadline = time.monotonic() + 10
    while _children_of(first.pid) and time.monotonic() < deadline:
        time.sleep(0.1)
    assert not _children_of(first.pid), "the engine outlived its parent"
    with Library(own_home / "granola" / "library.sqlite") as library:
        library.check()
        finished = library.meetings()
        for row in finished:
            assert row.enhanced == 1
            assert row.has_sound
    granola(*args)
    rows = json.loads(granola("list", "--json").stdout)
    assert len(rows) == len(finished) + 1
    assert not list((own_home / "granola").rglob(".staging-*"))


@unix
@pytest.mark.parametrize("command", ["transcribe", "enhance"])
def test_killed_while_writing_there_is_no_half_file(
    granola: Run, tmp_path: Path, notes: Path, command: str
) -> None:
    out = tmp_path / "out" / "call.meeting.json"
    out.parent.mkdir()
    whole = tmp_path / "whole.meeting.json"
    write_bundle(small_bundle(), to=whole)
    args = (
        ("transcribe", SAMPLE.tracks["me"], "--language", "en", "-o", out)
        if command == "transcribe"
        else ("enhance", whole, "--notes", notes, "-o", out)
    )
    for after in (0.3, 0.8, 1.5):
        started = _started(*args)
        time.sleep(after)
        started.kill()
        started.wait()
        if out.exists():
            read_bundle(out)
    granola(*args)
    assert read_bundle(out).transcript.utterances


@unix
def test_stopping_with_ctrl_c_leaves_nothing(tmp_path: Path) -> None:
    out = tmp_path / "out" / "call.meeting.json"
    out.parent.mkdir()
    started = _started("transcribe", SAMPLE.tracks["me"], "--language", "en", "-o", out)
    deadline = time.monotonic() + 60
    # The engine's process is the sign that the work has begun.
    while len(_children_of(started.pid)) < 2 and started.poll() is None:
        assert time.monotonic() < deadline, "the engine did not start"
        time.sleep(0.02)
    os.killpg(started.pid, signal.SIGINT)
    assert started.wait(60) in (130, 0)
    if out.exists():
        read_bundle(out)
    assert [file.name for file in out.parent.iterdir() if file != out] == []


def test_doctor_tries_every_part(granola: Run) -> None:
    findings = json.loads(granola("doctor", "--json").stdout)
    assert {one["part"] for one in findings} >= {"Python", "Settings", "Library", "Disk", "Speech"}
    assert all(one["ok"] for one in findings)
    speech = next(one for one in findings if one["part"] == "Speech")
    assert "synthetic voices only" in speech["hint"]


def test_doctor_names_what_is_broken(granola: Run, own_home: Path) -> None:
    (own_home / "granola").mkdir(exist_ok=True)
    (own_home / "granola" / "settings.toml").write_text('keep_sond = "x"')
    findings = json.loads(granola("doctor", "--json", code=1).stdout)
    broken = next(one for one in findings if one["part"] == "Settings")
    assert not broken["ok"]
    assert "keep_sound" in broken["hint"]


def test_models_say_what_the_bundled_one_is_for(granola: Run) -> None:
    told = json.loads(granola("models", "list", "--json").stdout)["models"]
    bundled = next(model for model in told if model["on_this_machine"])
    assert "synthetic" in bundled["purpose"]
