"""What options take, and what they refuse with the way out."""

import os
from datetime import UTC, datetime, timedelta, timezone
from pathlib import Path
from typing import Any

import click
import numpy as np
import pytest
import soundfile

from granola_like.cli.languages import LANGUAGES, Language
from granola_like.cli.main import commands
from granola_like.cli.options import Moment, call_of, check_output
from granola_like.errors import ExchangeError, SoundError

NOTHING_ASKED: dict[str, Any] = {
    "me": None,
    "them": None,
    "split_stereo": False,
    "title": None,
    "started": None,
    "people": (),
    "language": None,
    "model": None,
}


def test_languages_are_those_that_whisper_knows() -> None:
    tokenizer = pytest.importorskip("faster_whisper.tokenizer")
    assert set(LANGUAGES) == set(tokenizer._LANGUAGE_CODES)


@pytest.mark.parametrize(
    ("given", "taken"), [("en", "en"), ("RU ", "ru"), ("yue", "yue"), ("auto", "auto")]
)
def test_a_code_is_taken(given: str, taken: str) -> None:
    assert Language().convert(given, None, None) == taken


@pytest.mark.parametrize(
    ("given", "told"),
    [
        ("klingon", "such as en"),
        ("Russian", "“ru”"),
        ("germna", "“de”"),
        ("pt-BR", "“pt”"),
        ("", "such as en"),
    ],
)
def test_what_is_no_code_is_refused_with_the_nearest(given: str, told: str) -> None:
    with pytest.raises(click.BadParameter, match="no language's code") as caught:
        Language().convert(given, None, None)
    assert told in caught.value.message
    assert caught.value.exit_code == 2


@pytest.mark.parametrize(
    ("command", "option"),
    [("transcribe", "language"), ("import", "language"), ("enhance", "note_language")],
)
def test_every_command_asks_for_a_language_alike(command: str, option: str) -> None:
    found = commands.get_command(click.Context(commands), command)
    assert found is not None
    (one,) = (param for param in found.params if param.name == option)
    assert isinstance(one.type, Language)


@pytest.mark.parametrize(
    ("given", "taken"),
    [
        ("2024-05-01", datetime(2024, 5, 1).astimezone()),
        ("2024-05-01 10:00", datetime(2024, 5, 1, 10).astimezone()),
        ("2024-05-01T10:00:30", datetime(2024, 5, 1, 10, 0, 30).astimezone()),
        ("2024-05-01T10:00Z", datetime(2024, 5, 1, 10, tzinfo=UTC)),
        ("2024-05-01T10:00+05:30", datetime(2024, 5, 1, 4, 30, tzinfo=UTC)),
    ],
)
def test_a_moment_is_local_unless_it_says_where(given: str, taken: datetime) -> None:
    found = Moment().convert(given, None, None)
    assert found == taken
    assert found.tzinfo is not None


def test_a_moment_keeps_its_offset() -> None:
    found = Moment().convert("2024-05-01T10:00+05:30", None, None)
    assert found.tzinfo == timezone(timedelta(hours=5, minutes=30))


@pytest.mark.parametrize("given", ["0001-01-01", "9999-12-31T23:59", "yesterday", "2024-13-01", ""])
def test_what_is_no_moment_is_wrong_usage(given: str) -> None:
    with pytest.raises(click.BadParameter, match="2024-05-01 10:00"):
        Moment().convert(given, None, None)


def test_a_call_began_its_length_before_its_file_was_written(tmp_path: Path) -> None:
    file = tmp_path / "weekly_call.wav"
    soundfile.write(file, np.zeros(16_000 * 90, "int16"), 16_000)
    ended = datetime(2024, 5, 1, 10, 30, tzinfo=UTC)
    os.utime(file, (ended.timestamp(), ended.timestamp()))
    call = call_of((file,), **NOTHING_ASKED)
    assert call.title == "weekly call"
    assert abs(call.started_at - (ended - timedelta(seconds=90))) < timedelta(milliseconds=50)
    with pytest.raises(SoundError, match="missing"):
        call_of((tmp_path / "missing.wav",), **NOTHING_ASKED)


def test_an_output_without_a_place_is_refused_before_the_work(tmp_path: Path) -> None:
    check_output(None)
    check_output(tmp_path / "call.meeting.json")
    for folder in (tmp_path / "nowhere", tmp_path / "file"):
        (tmp_path / "file").touch()
        with pytest.raises(ExchangeError, match="there is no folder"):
            check_output(folder / "call.meeting.json")


@pytest.mark.parametrize("command", ["transcribe", "enhance"])
def test_nothing_is_read_when_the_output_has_no_place(tmp_path: Path, command: str) -> None:
    asked = [str(tmp_path / "missing.wav"), "-o", str(tmp_path / "nowhere" / "x.json")]
    with pytest.raises(ExchangeError, match="there is no folder"):
        commands.main([command, *asked], standalone_mode=False)


@pytest.mark.skipif(not hasattr(os, "geteuid") or os.geteuid() == 0, reason="root may do all")
def test_a_folder_that_may_not_be_written_to_is_named(tmp_path: Path) -> None:
    tmp_path.chmod(0o500)
    with pytest.raises(ExchangeError, match="may not be written to"):
        check_output(tmp_path / "call.meeting.json")
