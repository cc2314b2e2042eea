"""A note as one HTML file: nothing in it is fetched from anywhere, and no script runs."""

from collections.abc import Collection
from html import escape

from granola_like.domain.bundle import Bundle
from granola_like.domain.enhanced import Block
from granola_like.domain.times import clock
from granola_like.domain.transcript import Utterance
from granola_like.exchange.cleaning import without_controls
from granola_like.exchange.reading import gap_in_words

_STYLE = """
:root { color-scheme: light dark; --ink: #1f1e1b; --pencil: #6e6a62; --amber: #8a5a00; }
@media (prefers-color-scheme: dark) {
  :root { --ink: #ece9e2; --pencil: #a8a297; --amber: #e9b44c; }
}
body { font: 15px/1.55 system-ui, sans-serif; color: var(--ink); max-width: 680px;
  margin: 48px auto; padding: 0 24px; }
h1 { font-size: 26px; line-height: 1.25; } h2 { font-size: 15px; margin: 26px 0 6px; }
p { margin: 2px 0; } .note { margin-top: 16px; } .written, .about { color: var(--pencil); }
.doubt { color: var(--amber); } small { white-space: nowrap; }
"""
_DOUBTS = {"changed": "to check", "unsupported": "no source"}


def to_html(bundle: Bundle, *, done: Collection[str] = ()) -> str:
    """Write the note for a browser; the person's lines in ink, the machine's in pencil.

    `done` names the action items that were ticked off. The transcript is left out.
    """
    meeting = bundle.meeting
    people = ", ".join(person.name for person in meeting.people)
    about = " · ".join(part for part in (f"{meeting.started_at:%Y-%m-%d %H:%M}", people) if part)
    blocks = bundle.enhanced.blocks if bundle.enhanced else ()
    said = bundle.transcript.by_id()
    lines = [_line(block, said, is_done=block.id in done) for block in blocks]
    if not blocks:
        lines = [_paragraph("note", _plain(one.text), indent=one.indent) for one in bundle.notes]
    lines += [_paragraph("about", _plain(gap_in_words(one))) for one in bundle.recording.gaps]
    return "\n".join(
        [
            "<!doctype html>",
            f'<html lang="{_plain(meeting.language)}">',
            '<meta charset="utf-8">',
            '<meta name="viewport" content="width=device-width">',
            f"<title>{_plain(meeting.title)}</title>",
            f"<style>{_STYLE}</style>",
            f"<h1>{_plain(meeting.title)}</h1>",
            _paragraph("about", _plain(about)),
            *lines,
            "</html>",
            "",
        ]
    )


def _line(block: Block, said: dict[str, Utterance], *, is_done: bool) -> str:
    text = _plain(block.text)
    if block.kind == "heading":
        return f"<h2>{text}</h2>"
    if block.kind == "note":
        return _paragraph("note", text, indent=block.indent)
    if block.kind == "action":
        owner = "" if not block.owner or block.text.startswith(block.owner) else block.owner
        text = f"{'☑' if is_done else '☐'} {_plain(owner) + ' — ' if owner else ''}{text}"
    if block.due is not None:
        text += f" ({block.due.isoformat()})"
    starts = [said[one.utterance].start_ms for one in block.evidence if one.utterance in said]
    if starts:
        text += f" <small>▸ {clock(min(starts))}</small>"
    if doubt := _DOUBTS.get(block.finding or ""):
        text += f' <small class="doubt">⚠ {doubt}</small>'
    indent = max(0, block.indent - 1) if block.note is not None else block.indent
    return _paragraph("written", text, indent=indent)


def _paragraph(kind: str, html: str, *, indent: int = 0) -> str:
    place = f' style="margin-left: {24 * indent}px"' if indent else ""
    return f'<p class="{kind}"{place}>{html}</p>'


def _plain(text: str) -> str:
    return escape(" ".join(without_controls(text).split()))
