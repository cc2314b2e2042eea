"""Everything about stored meetings, by the command line alone."""

import json
import re
from dataclasses import replace
from datetime import UTC, datetime
from pathlib import Path

import pytest
import soundfile

from granola_like.exchange.bundle import from_json, write_bundle
from granola_like_models.sample import sample_call
from tests.cli.conftest import Run
from tests.strategies import small_bundle


@pytest.fixture
def stored(granola: Run, tmp_path: Path) -> str:
    file = tmp_path / "acme.meeting.json"
    write_bundle(small_bundle(), to=file)
    return granola("import", file).stdout.strip()


def test_an_empty_library_says_how_to_begin(granola: Run) -> None:
    assert "granola-like demo" in granola("list").stdout
    assert json.loads(granola("list", "--json").stdout) == []


def test_a_bundle_comes_in_and_goes_out_unchanged(granola: Run, stored: str) -> None:
    assert stored == "acme"
    text = granola("export", stored, "--format", "json").stdout
    assert from_json(text, default_start=small_bundle().meeting.started_at) == small_bundle()


def test_meetings_are_listed(granola: Run, stored: str) -> None:
    (row,) = json.loads(granola("list", "--json").stdout)
    assert row == {
        "id": stored,
        "title": "Acme – pricing call",
        "started_at": "2026-03-03T10:00:00+00:00",
        "duration_ms": 120_000,
        "language": "en",
        "people": ["Anna", "Boris"],
        "folder": None,
        "has_sound": False,
        "notes": 1,
        "transcripts": 1,
        "enhanced": 1,
    }
    assert "Acme – pricing call" in granola("list").stdout


def test_a_meeting_is_shown_by_its_title(granola: Run, stored: str) -> None:
    shown = granola("show", "Acme – pricing call", "--transcript").stdout
    assert "120k" in shown
    assert "The pilot's budget is $120,000.  ▸ 0:01" in shown
    assert "I will send the signed contracts by Friday." in shown


def test_a_pipe_gets_every_letter_whatever_the_code_page(granola: Run, tmp_path: Path) -> None:
    file = tmp_path / "call.meeting.json"
    bundle = small_bundle()
    write_bundle(replace(bundle, meeting=replace(bundle.meeting, title="Цены")), to=file)
    granola("import", file)
    old = {"PYTHONUTF8": "0", "PYTHONIOENCODING": "cp1252"}
    assert (
        json.loads(granola("show", "acme", "--json", env=old).stdout)["meeting"]["title"] == "Цены"
    )


def test_search_prints_the_documented_fields(granola: Run, stored: str) -> None:
    hits = json.loads(granola("search", "signed", "contracts", "--json").stdout)
    assert set(hits[0]) == {"meeting", "title", "kind", "id", "text", "start_ms", "score"}
    assert {(hit["kind"], hit["id"]) for hit in hits} == {("utterance", "u2"), ("point", "b4")}
    assert "Nothing was found." in granola("search", "zebra").stdout


def test_the_trash_gives_back(granola: Run, stored: str) -> None:
    granola("delete", stored)
    assert json.loads(granola("list", "--json").stdout) == []
    assert json.loads(granola("list", "--trash", "--json").stdout)[0]["id"] == stored
    granola("restore", stored)
    assert json.loads(granola("list", "--json").stdout)[0]["id"] == stored


@pytest.mark.parametrize(
    ("kind", "told"),
    [
        ("md", "# Acme – pricing call"),
        ("vtt", "WEBVTT"),
        ("srt", "00:00:01,000 --> 00:00:04,000"),
        ("txt", "[0:01] Anna: The budget for the pilot is $120,000."),
    ],
)
def test_exports_are_files_or_text(
    granola: Run, stored: str, tmp_path: Path, kind: str, told: str
) -> None:
    printed = granola("export", stored, "--format", kind).stdout
    file = tmp_path / f"out.{kind}"
    granola("export", stored, "-o", file)
    assert told in printed
    assert file.read_text("utf-8") == printed


def test_captions_become_a_meeting(granola: Run, stored: str, tmp_path: Path) -> None:
    file = tmp_path / "call.vtt"
    granola("export", stored, "-o", file)
    granola("import", file, "--model", "tiny", code=2)
    granola("import", file, "--split-stereo", code=2)
    meeting = granola(
        "import", file, "--title", "Captions", "--started", "2024-05-01T10:00+02:00",
        "--person", "Anna", "--person", "Chen", "--language", "de",
    ).stdout.strip()  # fmt: skip
    rows = {row["id"]: row for row in json.loads(granola("list", "--json").stdout)}
    assert set(rows) == {stored, meeting}
    row = rows[meeting]
    assert (row["title"], row["people"], row["language"]) == ("Captions", ["Anna", "Chen"], "de")
    assert datetime.fromisoformat(row["started_at"]) == datetime(2024, 5, 1, 8, tzinfo=UTC)


def test_importing_twice_is_importing_once(granola: Run, tmp_path: Path) -> None:
    file = tmp_path / "acme.meeting.json"
    write_bundle(small_bundle(), to=file)
    granola("import", file)
    granola("import", file)
    (row,) = json.loads(granola("list", "--json").stdout)
    assert (row["transcripts"], row["enhanced"]) == (1, 1)


@pytest.mark.parametrize(
    ("args", "told"),
    [
        (("show", "nobody"), "There is no meeting “nobody”."),
        (("import", "missing.meeting.json"), "missing.meeting.json could not be read"),
        (("import", "missing.wav"), "missing.wav"),
        (("enhance", "missing.meeting.json"), "could not be read"),
        (("export", "nobody"), "There is no meeting"),
    ],
)
def test_what_is_not_there_is_one_sentence(granola: Run, args: tuple[str, ...], told: str) -> None:
    done = granola(*args, code=1)
    assert told in done.stderr
    assert len(done.stderr.strip().splitlines()) == 1
    assert not done.stdout


@pytest.mark.parametrize(
    "args",
    [("import",), ("transcribe",), ("export", "x", "--format", "pdf"), ("nonsense",), ("--x",)],
)
def test_wrong_usage_is_exit_code_two(granola: Run, args: tuple[str, ...]) -> None:
    granola(*args, code=2)


def test_a_later_bundle_changes_nothing(granola: Run, tmp_path: Path) -> None:
    file = tmp_path / "later.meeting.json"
    file.write_text('{"format": 2}')
    assert "later version" in granola("import", file, code=1).stderr
    assert json.loads(granola("list", "--json").stdout) == []


def test_no_word_of_a_meeting_gets_into_the_log(granola: Run, stored: str, own_home: Path) -> None:
    granola("search", "contracts")
    granola("show", stored, "--transcript")
    said = sample_call()
    sound, _ = soundfile.read(said.tracks["me"], stop=20 * 48_000, dtype="int16")
    soundfile.write(own_home / "call.wav", sound, 48_000)
    granola("transcribe", own_home / "call.wav", "--person", "Anna", "--language", "en")
    (own_home / "bad.meeting.json").write_text('{"format": 1, "notes": "hushhush"}')
    granola("import", own_home / "bad.meeting.json", code=1)
    logs = "".join(file.read_text("utf-8") for file in own_home.rglob("*.log*"))
    assert "transcribed" in logs
    for word in ("contracts", "120k", "pricing", "Anna", "hushhush"):
        assert word not in logs
    ours = {"channels", "utterances"}
    heard = set(re.findall(r"[a-z]{5,}", said.words_of("me").lower())) - ours
    assert not heard & set(re.findall(r"[a-z]{5,}", logs.lower()))


def test_every_command_has_help(granola: Run) -> None:
    from granola_like.cli.main import COMMANDS

    for name in COMMANDS:
        assert granola(name, "--help").stdout.startswith("Usage:")
