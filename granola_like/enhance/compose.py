"""The note as blocks: the template's headings, the person's lines verbatim, points under them."""

import hashlib
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, replace

from granola_like.domain.bundle import Bundle
from granola_like.domain.enhanced import Block, EnhancedNote
from granola_like.domain.note import NoteLine
from granola_like.domain.recording import Gap
from granola_like.enhance.guard import Verdict
from granola_like.enhance.templates import Template
from granola_like.enhance.writer import Draft


@dataclass(frozen=True, slots=True)
class Judged:
    """A draft with what the guard says about it."""

    draft: Draft
    verdict: Verdict


def compose(
    template: Template,
    lines: Sequence[NoteLine],
    *,
    under: dict[str, tuple[Judged, ...]],
    found: dict[str, tuple[Judged, ...]],
    language: str,
) -> tuple[Block, ...]:
    """Put a note together.

    `under` gives the points of each note line by its id, `found` what each section found by the
    section's id. Every line stands exactly once, as typed; a section with nothing in it has no
    heading. Ids are the same whenever a line says the same from the same evidence.
    """
    blocks: list[Block] = []
    for section in template.sections:
        inside: list[Block] = []
        if section.holds == "notes":
            for line in lines:
                inside.append(_line_block(line))
                inside += [_written(one, line) for one in under.get(line.id, ())]
        else:
            inside = [_written(one, None) for one in found.get(section.id, ())]
        if inside:
            heading = section.heading(language)
            blocks.append(Block(id=f"heading-{section.id}", kind="heading", text=heading))
            blocks += inside
    return _with_own_ids(blocks)


def written_blocks(judged: Sequence[Judged], line: NoteLine) -> tuple[Block, ...]:
    """Give the blocks under one line as they will stand in the note."""
    return _with_own_ids(_written(one, line) for one in judged)


def _line_block(line: NoteLine) -> Block:
    return Block(
        id=f"note-{line.id}", kind="note", text=line.text, note=line.id, indent=line.indent
    )


def _written(one: Judged, line: NoteLine | None) -> Block:
    draft = one.draft
    return Block(
        id=_written_id(draft, line),
        kind=draft.kind,
        text=draft.text,
        note=line.id if line else None,
        indent=line.indent + 1 if line else 0,
        evidence=draft.evidence,
        finding=one.verdict.finding,
        details=one.verdict.details,
        owner=draft.owner,
        due=draft.due,
        writer=draft.writer,
    )


def _written_id(draft: Draft, line: NoteLine | None) -> str:
    cited = [f"{one.utterance}:{one.from_word}:{one.to_word}" for one in draft.evidence]
    parts = [line.id if line else "", draft.kind, *cited]
    digest = hashlib.blake2b("\n".join(parts).encode(), digest_size=6).hexdigest()
    return f"{draft.kind}-{digest}"


def _with_own_ids(blocks: Iterable[Block]) -> tuple[Block, ...]:
    """Number ids that would come twice: two points from one sentence, two lines with one id."""
    taken: set[str] = set()
    out = []
    for block in blocks:
        name, number = block.id, 2
        while name in taken:
            name, number = f"{block.id}-{number}", number + 1
        taken.add(name)
        out.append(block if name == block.id else replace(block, id=name))
    return tuple(out)


@dataclass(frozen=True, slots=True)
class PlacedGap:
    """A hole in the recording, and the block that it is shown behind; None is above the first."""

    gap: Gap
    after: str | None


def place_gaps(note: EnhancedNote, bundle: Bundle) -> tuple[PlacedGap, ...]:
    """Say where in the note each gap of the recording falls.

    A gap stands behind the last line, with its points, that was typed before the gap ended.
    """
    typed = {line.id: line.typed_at_ms for line in bundle.notes}
    placed = []
    for gap in bundle.recording.gaps:
        after: str | None = None
        inside = False
        for block in note.blocks:
            if block.kind == "note":
                at = typed.get(block.note or "")
                inside = at is not None and at < gap.end_ms
            if inside and block.note is not None:
                after = block.id
        placed.append(PlacedGap(gap, after))
    return tuple(placed)
