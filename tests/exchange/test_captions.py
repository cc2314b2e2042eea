"""Captions in and out."""

from dataclasses import replace
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from granola_like.domain.bundle import Bundle
from granola_like.domain.transcript import Transcript, Utterance
from granola_like.errors import ExchangeError
from granola_like.exchange.captions import read_captions, to_captions
from tests.strategies import bundles, small_bundle

VTT = """WEBVTT

NOTE made by hand

1
00:00:01.000 --> 00:00:04.500
Anna Schmidt: We agreed on $120k & more.

00:01:02.000 --> 00:01:03.000
<v Boris>I will &lt;send&gt; it.</v>
and the rest

00:02:00.000 --> 00:01:59.000
note that 3:15 is no name: at all
"""


def test_names_and_times_are_read(tmp_path: Path) -> None:
    file = tmp_path / "weekly_call.vtt"
    file.write_text(VTT, "utf-8")
    bundle = read_captions(file)
    first, second, third = bundle.transcript
    assert (first.speaker, first.text) == ("Anna Schmidt", "We agreed on $120k & more.")
    assert (first.start_ms, first.end_ms) == (1000, 4500)
    assert (second.speaker, second.text) == ("Boris", "I will <send> it. and the rest")
    assert (third.speaker, third.start_ms, third.end_ms) == (None, 120_000, 120_000)
    assert bundle.meeting.title == "weekly call"
    assert [person.name for person in bundle.meeting.people] == ["Anna Schmidt", "Boris"]


def test_a_real_zoom_export_is_read(material: Path) -> None:
    bundle = read_captions(material / "imports" / "meeting001_transcript.vtt")
    assert len(bundle.transcript.utterances) == 300
    assert sum(bool(said.speaker) for said in bundle.transcript) == 298


def test_a_real_interview_is_read(material: Path) -> None:
    assert len(read_captions(material / "imports" / "interview.vtt").transcript.utterances) > 10


@pytest.mark.parametrize("kind", ["vtt", "srt"])
@given(bundle=bundles())
def test_no_utterance_is_lost_in_captions(
    bundle: Bundle, kind: str, tmp_path_factory: object
) -> None:
    assert isinstance(tmp_path_factory, pytest.TempPathFactory)
    file = tmp_path_factory.mktemp("captions") / f"call.{kind}"
    if not bundle.transcript.utterances:
        return
    file.write_text(to_captions(bundle, kind=kind), "utf-8", newline="")
    again = read_captions(file).transcript
    assert len(again.utterances) == len(bundle.transcript.utterances)
    assert [said.start_ms for said in again] == [said.start_ms for said in bundle.transcript]


@pytest.mark.parametrize("kind", ["vtt", "srt"])
def test_an_utterance_of_controls_alone_keeps_its_place(tmp_path: Path, kind: str) -> None:
    said = (Utterance(id="u1", speaker="\x1b", start_ms=5, end_ms=9, text="\x1b\x07"),)
    bundle = replace(small_bundle(), transcript=Transcript(utterances=said))
    file = tmp_path / f"call.{kind}"
    file.write_text(to_captions(bundle, kind=kind), "utf-8")
    assert [one.text for one in read_captions(file).transcript] == ["…"]


@pytest.mark.parametrize("kind", ["vtt", "srt"])
def test_words_survive_captions(tmp_path: Path, kind: str) -> None:
    file = tmp_path / f"call.{kind}"
    file.write_text(to_captions(small_bundle(), kind=kind), "utf-8")
    again = read_captions(file).transcript
    assert [(said.speaker, said.text) for said in again] == [
        (said.speaker, said.text) for said in small_bundle().transcript
    ]


@pytest.mark.parametrize("ending", ["vtt", "srt"])
@given(text=st.text(max_size=300) | st.text(max_size=200).map(lambda rest: "WEBVTT\n\n" + rest))
def test_any_text_is_captions_or_a_sentence(
    text: str, ending: str, tmp_path_factory: pytest.TempPathFactory
) -> None:
    file = tmp_path_factory.mktemp("captions") / f"call.{ending}"
    file.write_text(text, "utf-8", errors="replace", newline="")
    try:
        assert read_captions(file).transcript.utterances
    except ExchangeError as error:
        assert str(error)
