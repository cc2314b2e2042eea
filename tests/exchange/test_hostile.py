"""Bundles that mean harm, or that no clock, number or terminal can hold, get a sentence."""

import json
from datetime import UTC, datetime
from typing import Any

import pytest

from granola_like.domain.bundle import Bundle
from granola_like.domain.edits import Reword
from granola_like.errors import ExchangeError
from granola_like.exchange.bundle import from_json, to_json
from granola_like.exchange.cleaning import LONGEST
from granola_like.exchange.reading import to_markdown, to_text
from tests.strategies import small_bundle

NOON = datetime(2026, 3, 3, 12, tzinfo=UTC)
WORD = {"text": "hi", "start_ms": 0, "end_ms": 1, "probability": 0.5}


def hostile(place: str, value: object) -> str:
    raw: Any = json.loads(to_json(small_bundle()))
    raw["utterances"][1]["words"] = [dict(WORD)]
    raw["receipt"] = {
        "started_at": "2026-03-03T10:00:00Z",
        "duration_ms": 5,
        "channels": [{"channel": "me", "recorded_ms": 5, "heard_ms": 5}],
    }
    *path, last = [int(step) if step.isdigit() else step for step in place.split(".")]
    part = raw
    for step in path:
        part = part[step]
    part[last] = value
    return json.dumps(raw)


def read(text: str) -> Bundle:
    """Read it and do with it what every command does."""
    bundle = from_json(text, default_start=NOON)
    bundle.meeting.started_at.astimezone(UTC)
    for written in (to_json(bundle), to_text(bundle), to_markdown(bundle)):
        written.encode("utf-8")
    return bundle


@pytest.mark.parametrize("value", [1e23, 10**13, 10**400, -1, float("inf"), "1e20", "1" * 30])
@pytest.mark.parametrize(
    "place",
    [
        "utterances.1.end_ms",
        "meeting.duration_ms",
        "utterances.1.words.0.end_ms",
        "notes.0.typed_at_ms",
        "receipt.channels.0.heard_ms",
    ],
)
def test_a_time_beyond_all_meetings_gets_a_sentence(place: str, value: object) -> None:
    with pytest.raises(ExchangeError, match="_ms"):
        read(hostile(place, value))


def test_the_longest_time_is_read() -> None:
    assert read(hostile("meeting.duration_ms", LONGEST)).meeting.duration_ms == LONGEST


@pytest.mark.parametrize(
    ("value", "kept"),
    [(float("nan"), 0), ("NaN", 0), (float("inf"), 1), (-0.5, 0), (1.5, 1), (0.25, 0.25)],
)
def test_a_doubt_is_between_0_and_1(value: object, kept: float) -> None:
    bundle = read(hostile("utterances.1.words.0.probability", value))
    assert bundle.transcript.utterances[1].words[0].probability == kept


@pytest.mark.parametrize("value", [float("nan"), "Infinity", 1e300])
def test_a_drift_is_a_number(value: object) -> None:
    with pytest.raises(ExchangeError, match="drift_ppm"):
        read(hostile("receipt.channels.0.drift_ppm", value))


@pytest.mark.parametrize(
    "place",
    [
        "utterances.0.text",
        "utterances.0.id",
        "meeting.title",
        "notes.0.text",
        "enhanced.blocks.0.text",
        "meeting.id",
        "meeting.unknown",
    ],
)
def test_half_a_character_is_shown_as_one_that_is_missing(place: str) -> None:
    whole = to_json(read(hostile(place, "a\ud800b")))
    assert "\ud800" not in whole
    assert "a\ufffdb" in whole or place in {"meeting.id", "meeting.unknown"}


@pytest.mark.parametrize(
    "place",
    ["meeting.started_at", "transcript.created_at", "enhanced.created_at", "receipt.started_at"],
)
@pytest.mark.parametrize(
    "moment",
    [
        "0001-01-01T00:00:00+14:00",
        "9999-12-31T23:59:59-12:00",
        "0001-01-01T00:00:00",
        "9999-12-31T23:59:59",
        "0001-12-31T00:00:00Z",
    ],
)
def test_a_year_at_the_end_of_the_calendar_gets_a_sentence(place: str, moment: str) -> None:
    with pytest.raises(ExchangeError, match="no time of a meeting"):
        read(hostile(place, moment))


@pytest.mark.parametrize("moment", ["0002-01-01T00:00:00", "9998-12-31T23:59:59-12:00", 1772e9])
def test_any_other_year_is_read(moment: object) -> None:
    assert read(hostile("meeting.started_at", moment)).meeting.started_at.tzinfo


def test_fields_that_nobody_knows_may_hold_any_number() -> None:
    assert read(hostile("meeting.mood", 10**400)).meeting.title


BLOCK = {
    "id": "b2",
    "kind": "point",
    "text": "Hm.",
    "note": None,
    "indent": 0,
    "evidence": [],
    "finding": None,
    "details": [],
    "owner": None,
    "due": None,
    "writer": None,
}
EDIT = {"id": "e1", "made_at": "2026-03-03T10:00:00", "on": BLOCK, "do": "reword", "text": "Yes."}


def edited(**change: object) -> Bundle:
    raw = json.loads(to_json(small_bundle()))
    raw["edits"] = [{**EDIT, **change}]
    return read(json.dumps(raw))


@pytest.mark.parametrize(
    "change",
    [
        {"text": 5},
        {"text": None},
        {"id": [1]},
        {"made_at": 5},
        {"on": {**BLOCK, "text": {}}},
        {"on": {**BLOCK, "evidence": [["u1", "a"]]}},
        {"on": {**BLOCK, "evidence": [[[]]]}},
        {"on": {**BLOCK, "details": [["mood", 1]]}},
        {"do": "rekind", "kind": []},
        {"do": "move", "after": {**BLOCK, "id": 1}},
        {"do": []},
    ],
)
def test_an_edit_of_another_make_gets_a_sentence(change: dict[str, object]) -> None:
    with pytest.raises(ExchangeError, match="not a meeting"):
        edited(**change)


def test_an_edit_has_a_moment_that_can_be_compared() -> None:
    (edit,) = edited().edits
    assert edit.made_at.tzinfo
    assert edit.change == Reword("Yes.")
