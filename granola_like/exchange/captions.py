"""WebVTT and SubRip in and out, through webvtt-py; the speaker's name in front of the words."""

import io
import re
from collections.abc import Iterator
from html import escape, unescape
from pathlib import Path

import webvtt
from webvtt.errors import MalformedCaptionError, MalformedFileError

from granola_like.domain.bundle import Bundle
from granola_like.domain.meeting import Meeting, Person
from granola_like.domain.transcript import Transcript, Utterance, in_order
from granola_like.errors import ExchangeError
from granola_like.exchange.cleaning import without_controls
from granola_like.exchange.files import read_text, written_at

# Zoom, Teams and Meet write "Anna Schmidt: We agreed…": a capital, and at most five words.
_NAMED = re.compile(
    r"^(?P<name>[^\W\d_a-z][\w.'’()-]*(?: [^\s:]+){0,4}): (?P<words>.+)$", re.DOTALL
)


def read_captions(file: Path) -> Bundle:
    """Read a .vtt or .srt file as a meeting without sound. Raises ExchangeError."""
    text = read_text(file)
    kind = "srt" if file.suffix.lower() == ".srt" else "vtt"
    try:
        captions = webvtt.from_buffer(io.StringIO(text), format=kind).captions
        said = tuple(_utterances(captions))
    except (MalformedFileError, MalformedCaptionError, ValueError) as error:
        raise ExchangeError(
            f"{file} is not a {kind.upper()} file: {error}.", hint="Export the transcript again."
        ) from error
    if not said:
        raise ExchangeError(f"{file} has no captions in it.", hint="Export the transcript again.")
    speakers = dict.fromkeys(one.speaker for one in said if one.speaker)
    return Bundle(
        meeting=Meeting(
            id="imported",
            title=without_controls(file.stem.replace("_", " ")),
            started_at=written_at(file),
            duration_ms=max(one.end_ms for one in said),
            people=tuple(Person(name) for name in speakers),
        ),
        transcript=Transcript(utterances=in_order(iter(said)), made_by="imported", engine=kind),
    )


def to_captions(bundle: Bundle, *, kind: str) -> str:
    """Write the transcript as `vtt` or `srt`."""
    captions = [
        webvtt.Caption(
            start=_stamp(said.start_ms),
            end=_stamp(max(said.end_ms, said.start_ms + 1)),
            text=escape(_line(said), quote=False) if kind == "vtt" else _bare(_line(said)),
        )
        for said in bundle.transcript
    ]
    out = io.StringIO()
    webvtt.WebVTT(captions=captions).write(out, format=kind)
    return out.getvalue()


def _utterances(captions: list[webvtt.Caption]) -> Iterator[Utterance]:
    for number, caption in enumerate(captions, start=1):
        words = _seen(unescape(caption.text))
        speaker = _seen(caption.voice or "") or None
        if speaker is None and (named := _NAMED.match(words)):
            speaker, words = named["name"], named["words"]
        if not words:
            continue
        start = _milliseconds(caption.start)
        yield Utterance(
            id=f"u{number}",
            speaker=speaker,
            start_ms=start,
            # Some exports end a caption before it starts.
            end_ms=max(start, _milliseconds(caption.end)),
            text=words,
        )


def _seen(text: str) -> str:
    # Some controls count as white space: they keep two words apart, the others are nothing.
    return " ".join(without_controls(" ".join(text.split())).split())


def _line(said: Utterance) -> str:
    # A blank line or an arrow inside a cue would end it.
    words = _flat(said.text) or "…"
    speaker = _flat(said.speaker or "")
    return f"{speaker}: {words}" if speaker else words


def _flat(text: str) -> str:
    return _seen(text).replace("-->", "→")


def _bare(line: str) -> str:
    """SubRip has no way to write a bracket that is not a tag."""
    return line.replace("<", "‹").replace(">", "›")


def _stamp(at_ms: int) -> str:
    seconds, rest = divmod(at_ms, 1000)
    return f"{seconds // 3600:02d}:{seconds // 60 % 60:02d}:{seconds % 60:02d}.{rest:03d}"


def _milliseconds(stamp: str) -> int:
    *hours, minutes, seconds = stamp.replace(",", ".").split(":")
    whole = (int(hours[0]) if hours else 0) * 60 + int(minutes)
    return whole * 60_000 + round(float(seconds) * 1000)
