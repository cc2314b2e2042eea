"""No file can drive the terminal that shows it, and nothing that can be seen is lost."""

import json
import os
import unicodedata
from datetime import UTC, datetime
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from granola_like.exchange.bundle import from_json
from granola_like.exchange.captions import read_captions
from granola_like.exchange.cleaning import without_controls
from granola_like.exchange.typed import parse_notes

NOON = datetime(2026, 3, 3, 12, tzinfo=UTC)
ESCAPES = "\x1b]0;owned\x07\x1b[2J\x9b31m\x08\x7f"
LEFT = "]0;owned[2J31m"
texts = st.text(st.characters() | st.characters(max_codepoint=0x9F))


def controls_in(text: str) -> set[str]:
    return {char for char in text if unicodedata.category(char) in {"Cc", "Cs"}}


@given(texts)
def test_only_controls_are_lost(text: str) -> None:
    cleaned = without_controls(text)
    assert controls_in(cleaned) <= set("\t\n")
    shown = [char if unicodedata.category(char) != "Cs" else "\ufffd" for char in text]
    assert list(cleaned) == [
        char for char in shown if char in "\t\n" or unicodedata.category(char) != "Cc"
    ]
    assert without_controls(cleaned) == cleaned


@given(texts)
def test_typed_lines_hold_no_controls_and_every_letter(text: str) -> None:
    lines = parse_notes(text)
    assert not any(controls_in(line.text) for line in lines)
    kept = "".join(line.text for line in lines)
    assert [c for c in kept if c.isalpha()] == [c for c in text if c.isalpha()]


@pytest.mark.parametrize("kind", ["vtt", "srt"])
def test_captions_cannot_drive_a_terminal(tmp_path: Path, kind: str) -> None:
    file = tmp_path / f"call.{kind}"
    head = "WEBVTT\n\n" if kind == "vtt" else "1\n"
    comma = "." if kind == "vtt" else ","
    file.write_text(
        f"{head}00:00:01{comma}000 --> 00:00:02{comma}000\n"
        f"An{ESCAPES}na: We&#27;[1m agreed{ESCAPES}\x85on it.\n",
        "utf-8",
    )
    (said,) = read_captions(file).transcript
    whole = f"{said.speaker or ''} {said.text}"
    assert not controls_in(whole)
    assert f"An{LEFT}na" in whole
    assert said.text.endswith(f"We[1m agreed{LEFT} on it.")


def test_a_speaker_in_a_tag_cannot_drive_a_terminal(tmp_path: Path) -> None:
    file = tmp_path / "call.vtt"
    file.write_text(
        f"WEBVTT\n\n00:01.000 --> 00:02.000\n<v Anna{ESCAPES}>Hello</v>\n\n"
        "00:03.000 --> 00:04.000\n<v \x1b>\x1b</v>\n",
        "utf-8",
    )
    (said,) = read_captions(file).transcript
    assert (said.speaker, said.text) == (f"Anna{LEFT}", "Hello")


def test_a_title_cannot_drive_a_terminal() -> None:
    raw = {"format": 1, "meeting": {"title": f"Call{ESCAPES} 1"}}
    assert from_json(json.dumps(raw), default_start=NOON).meeting.title == f"Call{LEFT} 1"


@pytest.mark.skipif(os.name == "nt", reason="names are text on Windows")
def test_a_name_that_is_no_text_makes_a_title_that_is(tmp_path: Path) -> None:
    name = os.fsencode(tmp_path) + b"/caf\xe9\x1b_call.vtt"
    try:
        Path(os.fsdecode(name)).write_text("WEBVTT\n\n00:01.000 --> 00:02.000\nHi\n", "utf-8")
    except OSError:
        pytest.skip("this disk takes no such name")
    assert read_captions(Path(os.fsdecode(name))).meeting.title == "caf\ufffd call"
