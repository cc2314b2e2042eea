"""Markdown that says what was meant, whatever was said; archives; typed lines."""

import zipfile
from dataclasses import replace
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st
from markdown_it import MarkdownIt

from granola_like.domain.note import NoteLine
from granola_like.domain.recording import Gap, Recording, Track
from granola_like.domain.times import clock
from granola_like.domain.transcript import Transcript, Utterance
from granola_like.errors import ExchangeError
from granola_like.exchange.archive import read_archive, write_archive
from granola_like.exchange.bundle import to_json
from granola_like.exchange.reading import to_markdown, to_text
from granola_like.exchange.typed import parse_notes
from tests.strategies import small_bundle

typed = st.text(
    st.characters(exclude_categories=("C", "Z")) | st.just(" "), min_size=1, max_size=40
)


def test_a_note_reads_as_markdown() -> None:
    written = to_markdown(small_bundle())
    assert "# Acme – pricing call" in written
    assert "- **120k**\n  - The pilot's budget is $120,000. ▸ 0:01" in written
    assert "## Action items\n\n- [ ] Boris will send the signed contracts. ▸ 0:05" in written
    assert "`0:05` **Boris** I will send the signed contracts by Friday." in written
    assert "Transcript" not in to_markdown(small_bundle(), transcript=False)


def test_a_hole_in_the_recording_is_told() -> None:
    gap = Gap("them", 65_000, 93_000, "the speaker was unplugged")
    written = to_markdown(replace(small_bundle(), recording=Recording((), (gap,))))
    assert "- 1:05: 28 s of the other side missing (the speaker was unplugged)" in written


def test_a_finding_is_told_in_words() -> None:
    bundle = small_bundle()
    assert bundle.enhanced is not None
    blocks = tuple(replace(block, finding="changed") for block in bundle.enhanced.blocks[1:2])
    doubtful = replace(bundle, enhanced=replace(bundle.enhanced, blocks=blocks))
    assert "⚠ check" in to_markdown(doubtful)


@given(typed)
def test_no_typed_line_becomes_markup(text: str) -> None:
    """Whatever is typed, it is one bold list item that reads as it was typed."""
    if not text.strip():
        return
    bundle = replace(small_bundle(), notes=(NoteLine(id="n1", text=text),), enhanced=None)
    tokens = MarkdownIt().parse(to_markdown(bundle, transcript=False))
    kinds = [token.type for token in tokens]
    assert kinds.count("list_item_open") == 1
    assert kinds.count("heading_open") == 1
    inline = next(t for t in tokens if t.type == "inline" and t.level > 1)
    shown = "".join(child.content for child in inline.children or [] if child.type == "text")
    assert " ".join(shown.split()).strip("*") == " ".join(text.split()).strip("*")


def test_text_has_one_line_an_utterance() -> None:
    assert to_text(small_bundle()).splitlines() == [
        "[0:01] Anna: The budget for the pilot is $120,000.",
        "[0:05] Boris: I will send the signed contracts by Friday.",
    ]


@pytest.mark.parametrize(
    ("at_ms", "shown"), [(0, "0:00"), (14_999, "0:14"), (725_000, "12:05"), (3_723_000, "1:02:03")]
)
def test_moments_are_shown_as_people_write_them(at_ms: int, shown: str) -> None:
    assert clock(at_ms) == shown


def test_typed_lines_are_read() -> None:
    lines = parse_notes("[0:14] 120k\n\n- hire Q3?\n  - [1:02:03] Boris owns\n\tdiscount no\n")
    assert [(line.text, line.indent, line.typed_at_ms) for line in lines] == [
        ("120k", 0, 14_000),
        ("hire Q3?", 0, None),
        ("Boris owns", 1, 3_723_000),
        ("discount no", 1, None),
    ]


@given(st.text())
def test_no_typed_word_is_lost(text: str) -> None:
    kept = "".join(line.text for line in parse_notes(text))
    wanted = [c for c in text if c.isalpha()]
    assert [c for c in kept if c.isalpha()] == wanted


def test_an_archive_has_the_sound(tmp_path: Path) -> None:
    sound = tmp_path / "sound"
    sound.mkdir()
    (sound / "me.flac").write_bytes(b"not really flac")
    bundle = replace(small_bundle(), recording=Recording((Track("me", "me.flac", 5),)))
    write_archive(bundle, sound=sound, to=tmp_path / "call.zip")
    (tmp_path / "out").mkdir()
    again, tracks = read_archive(tmp_path / "call.zip", unpack_to=tmp_path / "out")
    assert again == bundle
    assert tracks["me.flac"].read_bytes() == b"not really flac"


@pytest.mark.parametrize("name", ["../evil", "/etc/evil", "a/b", "..", "a\\b", ""])
def test_an_archive_cannot_write_outside(tmp_path: Path, name: str) -> None:
    bundle = replace(small_bundle(), recording=Recording((Track("me", name, 5),)))
    with zipfile.ZipFile(tmp_path / "evil.zip", "w") as archive:
        archive.writestr("meeting.json", to_json(bundle))
        archive.writestr(f"sound/{name}", b"evil")
    (tmp_path / "out").mkdir()
    with pytest.raises(ExchangeError):
        read_archive(tmp_path / "evil.zip", unpack_to=tmp_path / "out")
    assert list((tmp_path / "out").iterdir()) == []


@given(st.binary(max_size=400))
def test_any_bytes_are_an_archive_or_a_sentence(
    tmp_path_factory: pytest.TempPathFactory, content: bytes
) -> None:
    folder = tmp_path_factory.mktemp("archives")
    (folder / "call.zip").write_bytes(content)
    with pytest.raises(ExchangeError):
        read_archive(folder / "call.zip", unpack_to=folder)


def test_a_terminal_is_not_driven_by_what_was_said() -> None:
    said = Utterance(
        id="u1", speaker="A\x1b[1mnna", start_ms=0, end_ms=1, text="hi\x1b]0;x\x07 all"
    )
    bundle = replace(small_bundle(), transcript=Transcript(utterances=(said,)), enhanced=None)
    for written in (to_text(bundle), to_markdown(bundle)):
        assert "\x1b" not in written
        assert "\x07" not in written


def test_words_of_the_transcript_are_not_markup() -> None:
    said = Utterance(id="u1", start_ms=0, end_ms=1, text="# not *a* <b>heading</b>")
    bundle = replace(small_bundle(), transcript=Transcript(utterances=(said,)), enhanced=None)
    html = MarkdownIt().render(to_markdown(bundle))
    assert "<b>" not in html
    assert "<em>" not in html
