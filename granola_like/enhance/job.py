"""The way from a meeting's lines to its enhanced note: draft, guard, draft again, compose."""

import logging
from collections.abc import Sequence
from dataclasses import dataclass, replace
from datetime import datetime
from typing import TypeVar

from granola_like.domain.bundle import Bundle
from granola_like.domain.enhanced import EXTRACTIVE, WRITTEN, Aligned, Block, EnhancedNote, Evidence
from granola_like.domain.note import NoteLine
from granola_like.domain.transcript import Utterance
from granola_like.enhance.compose import Judged, compose, written_blocks
from granola_like.enhance.evidence import evidence_for, shared_out
from granola_like.enhance.extract import ExtractiveWriter
from granola_like.enhance.guard import check
from granola_like.enhance.outcomes import (
    About,
    Outcome,
    find_outcomes,
    found_for,
    in_time,
    unnoted,
)
from granola_like.enhance.source import source_of
from granola_like.enhance.templates import Template
from granola_like.enhance.writer import Brief, Draft, Rejected, Said, SlowWriter, Writer
from granola_like.errors import EngineError
from granola_like.jobs import Job, Progress

logger = logging.getLogger(__name__)

T = TypeVar("T")

_OUTCOMES = frozenset({"decisions", "actions", "questions"})


@dataclass(frozen=True, slots=True)
class LineWritten(Progress):
    """One line of the note is finished: it may be shown before the rest is."""

    note: str = ""
    """The typed line's id."""
    blocks: tuple[Block, ...] = ()
    """What stands under it; empty where it stays as typed."""


@dataclass(frozen=True, slots=True)
class _Meeting:
    """What every step looks at."""

    bundle: Bundle
    said: dict[str, Utterance]
    about: About
    note_language: str | None = None
    style: tuple[str, ...] = ()
    focus: str = ""


def enhance(
    bundle: Bundle,
    *,
    writer: Writer,
    alignment: dict[str, tuple[Aligned, ...]],
    template: Template,
    now: datetime,
    note_language: str | None = None,
    style: tuple[str, ...] = (),
) -> Job[EnhancedNote]:
    """Write the enhanced note of a meeting.

    `alignment` gives the evidence of each note line by its id, best first; a line that it does
    not know, or knows nothing about, stays as typed. The result depends on nothing else: the
    same arguments give the same blocks. A writer that fails on a line leaves that line to the
    extractive writer. `note_language` is the language to write in; None is the spoken one. `style`
    says how the person likes notes, a sentence each, to a writer that can heed it (see
    `style.instructions`). Each line's blocks are told as LineWritten as soon as they stand.
    """
    meeting = _Meeting(
        bundle, bundle.transcript.by_id(), _about(bundle), note_language, style, template.focus
    )
    under: dict[str, tuple[Judged, ...]] = {}
    taken: set[tuple[Evidence, ...]] = set()
    evidence = _evidence(meeting, alignment)
    lines, count = bundle.notes, len(bundle.notes)
    at = 0
    while at < count:
        share = at / (count + 1)
        yield Progress(f"Writing line {at + 1} of {count}", share)
        briefs = [
            _brief(meeting, lines[n], evidence[n], frozenset(taken)) for n in range(at, count)
        ]
        together = writer.together(briefs) if isinstance(writer, SlowWriter) else 1
        for brief, drafts in zip(
            briefs[:together],
            (yield from _told(_write(writer, briefs[:together]), at, count)),
            strict=True,
        ):
            line = lines[at]
            judged = yield from _told(_checked(meeting, writer, brief, drafts), at, count)
            under[line.id] = judged
            taken |= {one.draft.evidence for one in judged}
            at += 1
            yield LineWritten(
                f"Line {at} of {count} is written",
                at / (count + 1),
                note=line.id,
                blocks=written_blocks(judged, line),
            )
    yield Progress("Looking for decisions, promises and open questions", None)
    found = _sections(meeting, template, under)
    language = note_language or meeting.about.language
    blocks = compose(template, bundle.notes, under=under, found=found, language=language)
    engine = _engine(writer, under)
    return EnhancedNote(
        template=template.id, engine=engine, created_at=now, language=language, blocks=blocks
    )


def _told(job: Job[T], at: int, count: int) -> Job[T]:
    """Say of which line a writer tells."""
    share = at / (count + 1)
    try:
        while True:
            step = next(job)
            yield replace(
                step, step=f"Writing line {at + 1} of {count}: {step.step}", fraction=share
            )
    except StopIteration as done:
        result: T = done.value
        return result
    finally:
        job.close()


def _engine(writer: Writer, under: dict[str, tuple[Judged, ...]]) -> str:
    """Name who wrote, in order of first line: the writer, and who stood in for it."""
    names = [one.draft.writer or writer.name for judged in under.values() for one in judged]
    return " + ".join(dict.fromkeys(names)) or writer.name


def guard_note(bundle: Bundle) -> tuple[Block, ...]:
    """Judge the written blocks of a meeting's enhanced note anew, and give those blocks.

    Their earlier findings are not looked at; headings and the person's lines are left out.
    """
    note = bundle.enhanced
    if note is None:
        return ()
    meeting = _Meeting(bundle, bundle.transcript.by_id(), _about(bundle))
    typed = {line.id: line.text for line in bundle.notes}
    found = []
    for block in note.blocks:
        if block.kind not in WRITTEN:
            continue
        draft = Draft(
            kind=block.kind,
            text=block.text,
            evidence=block.evidence,
            owner=block.owner,
            due=block.due,
        )
        verdict = _judged(
            meeting,
            draft,
            typed.get(block.note or "", ""),
            written_in=note.language_of(block, spoken=meeting.about.language),
        ).verdict
        found.append(replace(block, finding=verdict.finding, details=verdict.details))
    return tuple(found)


def _about(bundle: Bundle) -> About:
    meeting = bundle.meeting
    people = [person.name for person in meeting.people]
    people += sorted({said.speaker for said in bundle.transcript if said.speaker})
    return About(
        people=tuple(dict.fromkeys(people)),
        glossary=meeting.glossary,
        meeting_date=meeting.started_at.date(),
        language=bundle.transcript.language or meeting.language,
    )


def _evidence(
    meeting: _Meeting, alignment: dict[str, tuple[Aligned, ...]]
) -> list[tuple[Said, ...]]:
    transcript = meeting.bundle.transcript
    lines = [
        (
            line.text,
            evidence_for(alignment.get(line.id, ()) if line.text.strip() else (), transcript),
        )
        for line in meeting.bundle.notes
    ]
    return shared_out(lines, language=meeting.about.language)


def _brief(
    meeting: _Meeting,
    line: NoteLine,
    evidence: tuple[Said, ...],
    taken: frozenset[tuple[Evidence, ...]],
) -> Brief:
    about = meeting.about
    return Brief(
        line=line.text,
        evidence=evidence,
        people=about.people,
        glossary=about.glossary,
        meeting_date=about.meeting_date,
        language=about.language,
        note_language=meeting.note_language,
        style=meeting.style,
        focus=meeting.focus,
        taken=taken,
    )


def _checked(
    meeting: _Meeting, writer: Writer, brief: Brief, drafts: tuple[Draft, ...]
) -> Job[tuple[Judged, ...]]:
    """Judge a line's drafts, and draft once more what the guard does not pass."""
    first = [_judged(meeting, draft, brief.line) for draft in drafts]
    bad = [one for one in first if one.verdict.finding != "supported"]
    if not bad:
        return tuple(first)
    rejected = tuple(Rejected(one.draft, one.verdict.details) for one in bad)
    redrafts = yield from _write(writer, [replace(brief, rejected=rejected)])
    again = [_judged(meeting, draft, brief.line) for draft in redrafts[0]]
    good = [one for one in first if one.verdict.finding == "supported"]
    texts = {one.draft.text for one in good}
    better = [
        one for one in again if one.verdict.finding == "supported" and one.draft.text not in texts
    ][: len(bad)]
    # What could not be written better is shown, marked; the reader decides.
    kept = sorted([*good, *better, *bad[len(better) :]], key=lambda one: _place(meeting, one))
    return tuple(kept)


def _place(meeting: _Meeting, one: Judged) -> tuple[int, str]:
    cited = one.draft.evidence
    said = meeting.said.get(cited[0].utterance) if cited else None
    return (said.start_ms if said else 0, one.draft.text)


def _write(writer: Writer, briefs: Sequence[Brief]) -> Job[tuple[tuple[Draft, ...], ...]]:
    """Let the writer write; a brief without evidence is not asked about."""
    asked = [brief for brief in briefs if brief.evidence]
    try:
        if not asked:
            written: tuple[tuple[Draft, ...], ...] = ()
        elif isinstance(writer, SlowWriter):
            written = yield from writer.steps(asked)
        else:
            written = tuple(writer.write(brief) for brief in asked)
    except EngineError as error:
        logger.warning("%s failed on a line: %s", writer.name, type(error).__name__)
        written = tuple(_by_extraction(brief) for brief in asked)
    drafts = iter(written)
    return tuple(next(drafts) if brief.evidence else () for brief in briefs)


def _by_extraction(brief: Brief) -> tuple[Draft, ...]:
    stand_in = ExtractiveWriter()
    return tuple(replace(one, writer=stand_in.name) for one in stand_in.write(brief))


def _judged(meeting: _Meeting, draft: Draft, line: str, *, written_in: str | None = None) -> Judged:
    about = meeting.about
    if draft.writer not in {None, EXTRACTIVE}:
        written_in = meeting.note_language
    source = source_of(
        draft.evidence,
        meeting.said,
        line=line,
        people=about.people,
        glossary=about.glossary,
        language=about.language,
        meeting_date=about.meeting_date,
        written_in=written_in,
    )
    return Judged(draft, check(draft.text, source, owner=draft.owner, due=draft.due))


def _sections(
    meeting: _Meeting, template: Template, under: dict[str, tuple[Judged, ...]]
) -> dict[str, tuple[Judged, ...]]:
    """Fill the template's sections with what no line has yet, each thing once."""
    about, bundle = meeting.about, meeting.bundle
    written = [one.draft for judged in under.values() for one in judged]
    lines = [line.text for line in bundle.notes]
    wants = any(section.holds in _OUTCOMES for section in template.sections)
    outcomes = find_outcomes(bundle.transcript, about) if wants else ()
    found: dict[str, tuple[Judged, ...]] = {}
    for section in template.sections:
        if section.holds == "notes":
            continue
        options: tuple[Outcome, ...]
        if section.holds in _OUTCOMES:
            options = tuple(one for one in outcomes if one.belongs == section.holds)
        else:
            options = found_for(section, bundle.transcript, about)
        fresh = unnoted(options, written, lines, language=about.language)
        chosen = in_time(fresh[: section.most], meeting.said)
        found[section.id] = tuple(_judged(meeting, one, "") for one in chosen)
        written += [one.draft for one in found[section.id]]
    return found
