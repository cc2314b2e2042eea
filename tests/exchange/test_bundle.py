"""A bundle is lossless, described by its schema, and generous to what scripts make by hand."""

import json
from dataclasses import replace
from datetime import UTC, datetime
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st
from jsonschema import Draft202012Validator

from granola_like.domain.bundle import Bundle
from granola_like.domain.enhanced import Evidence
from granola_like.errors import ExchangeError
from granola_like.exchange.bundle import (
    enhanced_to_json,
    from_json,
    read_bundle,
    schema,
    to_json,
    write_bundle,
)
from granola_like.exchange.cleaning import without_controls
from tests.strategies import bundles, small_bundle

ROOT = Path(__file__).parents[2]
NOON = datetime(2026, 3, 3, 12, tzinfo=UTC)


@given(bundles())
def test_a_bundle_survives_json(bundle: Bundle) -> None:
    text = to_json(bundle)
    again = from_json(text, default_start=NOON)
    title = without_controls(bundle.meeting.title)
    assert again == replace(bundle, meeting=replace(bundle.meeting, title=title))
    Draft202012Validator(schema()).validate(json.loads(text))


def test_the_schema_in_the_docs_is_the_real_one() -> None:
    """Renew it with `python -m granola_like.exchange.bundle > docs/bundle.schema.json`."""
    written = json.loads((ROOT / "docs" / "bundle.schema.json").read_text("utf-8"))
    assert written == schema()
    Draft202012Validator.check_schema(written)


def test_a_bundle_made_by_hand_is_read() -> None:
    bundle = from_json(
        json.dumps(
            {
                "format": 1,
                "meeting": {
                    "title": "By hand",
                    "people": ["Anna", {"name": "Boris"}],
                    "mood": "ok",
                },
                "utterances": [
                    {"id": "b", "start_ms": 2000, "end_ms": 3000, "text": "Later."},
                    {"id": "a", "start_ms": 0, "end_ms": 1000, "text": "Earlier."},
                ],
                "notes": [{"id": "n1", "text": "120k"}],
            }
        ),
        default_start=NOON,
    )
    assert [said.id for said in bundle.transcript] == ["a", "b"]
    assert [person.name for person in bundle.meeting.people] == ["Anna", "Boris"]
    assert bundle.meeting.started_at == NOON
    assert bundle.meeting.duration_ms == 3000


@pytest.mark.parametrize(
    ("change", "told"),
    [
        ({"format": 2}, "later version"),
        ({"format": None}, "not a meeting bundle"),
        ({"format": True}, "not a meeting bundle"),
        ({"utterances": [{"id": "u1", "start_ms": 5, "end_ms": 1, "text": ""}]}, "run forwards"),
        ({"utterances": [{"id": "u1", "start_ms": 0, "end_ms": 1}]}, r"utterances\.0\.text"),
        ({"notes": [{"id": "n", "text": "a"}, {"id": "n", "text": "b"}]}, "one id"),
        ({"notes": "none"}, "notes"),
    ],
)
def test_what_is_not_a_bundle_gets_a_sentence(change: dict[str, object], told: str) -> None:
    raw = {**json.loads(to_json(small_bundle())), **change}
    with pytest.raises(ExchangeError, match=told):
        from_json(json.dumps(raw), default_start=NOON)


def test_a_note_that_is_older_than_its_transcript_is_read() -> None:
    whole = small_bundle()
    assert whole.enhanced is not None
    both = replace(whole.enhanced.blocks[1], evidence=(Evidence("u1"), Evidence("u2")))
    blocks = (*whole.enhanced.blocks[:2], replace(both, id="both"), *whole.enhanced.blocks[2:])
    raw = json.loads(to_json(replace(whole, enhanced=replace(whole.enhanced, blocks=blocks))))
    raw["utterances"] = raw["utterances"][1:]
    note = from_json(json.dumps(raw), default_start=NOON).enhanced
    assert note is not None
    assert [(block.id, block.evidence, block.finding) for block in note.blocks] == [
        ("b1", (), None),
        ("b2", (), "unsupported"),
        ("both", (Evidence("u2"),), "supported"),
        ("b3", (), None),
        ("b4", (Evidence("u2"),), "supported"),
    ]
    assert [block.text for block in note.blocks] == [block.text for block in blocks]


json_values = st.recursive(
    st.none() | st.booleans() | st.integers() | st.floats() | st.text(),
    lambda inner: st.lists(inner) | st.dictionaries(st.text(), inner),
    max_leaves=10,
)


@given(st.text() | json_values.map(json.dumps))
def test_any_text_is_a_meeting_or_a_sentence(text: str) -> None:
    try:
        from_json(text, default_start=NOON)
    except ExchangeError as error:
        assert str(error)


@given(bundles(), st.data())
def test_a_damaged_bundle_is_a_meeting_or_a_sentence(bundle: Bundle, data: st.DataObject) -> None:
    raw = json.loads(to_json(bundle))
    part = data.draw(st.sampled_from(["meeting", "utterances", "notes", "enhanced", "recording"]))
    raw[part] = data.draw(json_values)
    try:
        from_json(json.dumps(raw), default_start=NOON)
    except ExchangeError as error:
        assert str(error)


def test_deep_nesting_is_a_sentence() -> None:
    with pytest.raises(ExchangeError):
        from_json("[" * 200_000, default_start=NOON)


def test_a_bundle_is_written_whole_or_not_at_all(tmp_path: Path) -> None:
    target = tmp_path / "call.meeting.json"
    write_bundle(small_bundle(), to=target)
    assert read_bundle(target) == small_bundle()
    with pytest.raises(ExchangeError, match="could not be written"):
        write_bundle(small_bundle(), to=tmp_path / "missing" / "call.meeting.json")
    assert [file.name for file in tmp_path.iterdir()] == ["call.meeting.json"]


@pytest.mark.parametrize("content", [b"", b"\xff\xfe\x00", b"{", b"[]", b"null"])
def test_a_broken_file_gets_a_sentence(tmp_path: Path, content: bytes) -> None:
    file = tmp_path / "broken.meeting.json"
    file.write_bytes(content)
    with pytest.raises(ExchangeError, match="broken"):
        read_bundle(file)


def test_a_missing_file_gets_a_sentence(tmp_path: Path) -> None:
    with pytest.raises(ExchangeError, match="could not be read"):
        read_bundle(tmp_path / "nobody.meeting.json")


def test_enhance_prints_the_enhanced_part() -> None:
    bundle = small_bundle()
    assert bundle.enhanced is not None
    assert enhanced_to_json(bundle.enhanced) == json.loads(to_json(bundle))["enhanced"]
