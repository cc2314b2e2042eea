"""A program that is frozen into one file has no `python -m`: it starts its recorder with itself."""

import sys
from pathlib import Path

import pytest
from click.testing import CliRunner

from granola_like.cli.main import commands
from granola_like.record.session import recorder_command
from tests.audio.servers import SoundServer
from tests.record.recordings import Record, recorded, stopped


def test_a_frozen_program_records(
    pulseaudio: SoundServer, record: Record, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    program = tmp_path / "granola-like"
    program.write_text(f'#!/bin/sh\nexec "{sys.executable}" -m granola_like "$@"\n')
    program.chmod(0o755)
    monkeypatch.setattr(sys, "frozen", True, raising=False)
    monkeypatch.setattr(sys, "executable", str(program))
    assert recorder_command() == [str(program), "recorder-process"]
    recording = record(them="headset")  # the default is the other one, so the words do arrive
    look = recorded(recording, 500)
    assert look.channels["them"].device not in {None, "Loud"}
    assert stopped(recording).receipt.ended == "stopped"


def test_its_command_is_not_shown_to_people() -> None:
    shown = CliRunner().invoke(commands, ["--help"]).output
    assert "record " in shown
    assert "recorder-process" not in shown


def test_a_recorder_without_its_folder_says_so() -> None:
    done = CliRunner().invoke(commands, ["recorder-process"])
    assert done.exit_code == 2
