"""A meeting as something to read: Markdown and plain text."""

import re

from granola_like.domain.bundle import Bundle
from granola_like.domain.enhanced import Block
from granola_like.domain.recording import Gap
from granola_like.domain.times import clock
from granola_like.domain.transcript import Transcript, Utterance
from granola_like.exchange.cleaning import without_controls

_SPECIAL = re.compile(r"([\\`*_\[\]<>])")
_LEADING = re.compile(r"^(\s*)([#+>-]|\d+[.)])(\s)")
_WORDS = {"changed": "check", "unsupported": "no source"}


def gap_in_words(gap: Gap) -> str:
    """Tell a hole in the recording: when, how long, which side, and why."""
    side = "your side" if gap.channel == "me" else "the other side"
    seconds = max(1, round((gap.end_ms - gap.start_ms) / 1000))
    return f"{clock(gap.start_ms)}: {seconds} s of {side} missing ({gap.reason})"


def to_markdown(bundle: Bundle, *, transcript: bool = True) -> str:
    """Write the note, with the person's lines in bold and the machine's points under them."""
    meeting = bundle.meeting
    when = f"{meeting.started_at:%Y-%m-%d %H:%M}"
    people = ", ".join(_plain(person.name) for person in meeting.people)
    out = [
        f"# {_plain(meeting.title)}",
        "",
        " · ".join(part for part in (when, people) if part),
        "",
    ]
    if bundle.enhanced is not None:
        out += _note(bundle.enhanced.blocks, bundle.transcript)
    else:
        out += [f"{'  ' * line.indent}- **{_plain(line.text)}**" for line in bundle.notes]
    if bundle.recording.gaps:
        out += ["", "## Gaps in the recording", ""]
        out += [f"- {_plain(gap_in_words(gap))}" for gap in bundle.recording.gaps]
    if transcript and bundle.transcript.utterances:
        out += ["", "## Transcript", ""]
        out += [f"{_moment(said)} {_plain(said.text)}\n" for said in bundle.transcript]
    return "\n".join(out).rstrip() + "\n"


def to_text(bundle: Bundle) -> str:
    """Write the transcript as plain text, one line an utterance."""
    return "".join(
        f"[{clock(said.start_ms)}] {without_controls(said.speaker) + ': ' if said.speaker else ''}"
        f"{' '.join(without_controls(said.text).split())}\n"
        for said in bundle.transcript
    )


def _note(blocks: tuple[Block, ...], transcript: Transcript) -> list[str]:
    said = transcript.by_id()
    out: list[str] = []
    for block in blocks:
        lead = "  " * block.indent
        if block.kind == "heading":
            out += ["", f"## {_plain(block.text)}", ""]
        elif block.kind == "note":
            out.append(f"{lead}- **{_plain(block.text)}**")
        else:
            box = "[ ] " if block.kind == "action" else ""
            out.append(f"{lead}- {box}{_plain(block.text)}{_source(block, said)}")
    return out


def _source(block: Block, said: dict[str, Utterance]) -> str:
    starts = [said[e.utterance].start_ms for e in block.evidence if e.utterance in said]
    moment = f" ▸ {clock(min(starts))}" if starts else ""
    due = f" ({block.due.isoformat()})" if block.due else ""
    doubt = _WORDS.get(block.finding or "")
    return due + moment + (f" ⚠ {doubt}" if doubt else "")


def _moment(said: Utterance) -> str:
    speaker = f" **{_plain(said.speaker)}**" if said.speaker else ""
    return f"`{clock(said.start_ms)}`{speaker}"


def _plain(text: str) -> str:
    """Keep what was said from being read as Markdown."""
    flat = " ".join(without_controls(text).split())
    return _LEADING.sub(r"\1\\\2\3", _SPECIAL.sub(r"\\\1", flat))
