"""The finished note as it is shown: each line with its hand, its source, and what is doubtful."""

from collections.abc import Iterable
from dataclasses import dataclass, replace
from datetime import date

from granola_like.domain.enhanced import WRITTEN, Block, BlockKind, Detail, Evidence, Finding
from granola_like.domain.note import NoteLine
from granola_like.domain.recording import Gap
from granola_like.domain.transcript import Transcript, Utterance

OWN = "own-"
"""Before the edit's id it is the id of a line that the person put into the note."""
TYPED = "typed-"
"""Before the typed line's id it is the id of one that was typed after the note was written."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Quote:
    """Some words that were said, and when."""

    utterance: str
    start_ms: int
    end_ms: int
    text: str
    speaker: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class ShownLine:
    """One line of the note."""

    id: str
    kind: BlockKind
    text: str
    note: str | None = None
    indent: int = 0
    """As it is shown: what is written under a line stands as far to the right as the line."""
    is_ink: bool = False
    """Whether the words are the person's."""
    quotes: tuple[Quote, ...] = ()
    evidence: tuple[Evidence, ...] = ()
    """Where it comes from, as the transcript knows it."""
    finding: Finding | None = None
    """`changed` or `unsupported` while it is open; None where all is well or was settled."""
    details: tuple[Detail, ...] = ()
    owner: str | None = None
    due: date | None = None
    is_done: bool = False
    gaps: tuple[Gap, ...] = ()
    """What is missing of the sound after its place in the meeting."""

    @property
    def start_ms(self) -> int:
        """When the first of its words was said; 0 where none were."""
        return min((quote.start_ms for quote in self.quotes), default=0)

    @property
    def end_ms(self) -> int:
        """When the last of them ended."""
        return max((quote.end_ms for quote in self.quotes), default=0)

    @property
    def said_ms(self) -> int:
        """How long they took to say."""
        return sum(quote.end_ms - quote.start_ms for quote in self.quotes)


def shown_lines(
    blocks: Iterable[Block],
    transcript: Transcript,
    *,
    notes: Iterable[NoteLine] = (),
    gaps: Iterable[Gap] = (),
    accepted: frozenset[str] = frozenset(),
    reworded: frozenset[str] = frozenset(),
    done: frozenset[str] = frozenset(),
) -> tuple[ShownLine, ...]:
    """Put together what a note shows.

    The person's typed lines are as `notes` has them now, whenever the note was written; those
    without words are left out.
    """
    said, typed = transcript.by_id(), {line.id: line for line in notes}
    found = []
    for block in blocks:
        own = block.id.startswith(OWN) or block.id in reworded
        text = block.text
        if block.kind == "note" and block.note in typed:
            text = typed[block.note].text
        if block.kind == "note" and not text.strip() and not own:
            continue
        is_open = block.finding in ("changed", "unsupported")
        is_open = is_open and block.id not in accepted and not own
        found.append(
            ShownLine(
                id=block.id,
                kind=block.kind,
                text=text,
                note=block.note,
                indent=_indent(block),
                is_ink=own or block.kind == "note",
                quotes=quotes(block.evidence, said),
                evidence=block.evidence,
                finding=block.finding if is_open else None,
                details=block.details if is_open else (),
                owner=block.owner,
                due=block.due,
                is_done=block.id in done,
            )
        )
    return with_gaps(_with_later(found, tuple(typed.values())), gaps)


def _with_later(lines: list[ShownLine], typed: tuple[NoteLine, ...]) -> tuple[ShownLine, ...]:
    """Put in what was typed after the note was written: nobody's words are ever hidden."""
    there = {line.note for line in lines if line.kind == "note"}
    made = list(lines)
    before: str | None = None
    for line in typed:
        if line.id not in there and line.text.strip():
            places = [at for at, one in enumerate(made, 1) if before and one.note == before]
            made.insert(
                max(places, default=0),
                ShownLine(
                    id=f"{TYPED}{line.id}",
                    kind="note",
                    text=line.text,
                    note=line.id,
                    indent=line.indent,
                    is_ink=True,
                ),
            )
        if line.id in there or line.text.strip():
            before = line.id
    return tuple(made)


def quotes(evidence: Iterable[Evidence], said: dict[str, Utterance]) -> tuple[Quote, ...]:
    """Read the words that evidence points at; utterances that are gone are left out."""
    found = []
    for one in evidence:
        if (utterance := said.get(one.utterance)) is None:
            continue
        words = utterance.words[one.from_word : one.to_word] if one.from_word is not None else ()
        start, end, text = utterance.start_ms, utterance.end_ms, utterance.text
        if words:
            start, end = words[0].start_ms, words[-1].end_ms
            text = " ".join(word.text.strip() for word in words)
        found.append(
            Quote(
                utterance=utterance.id,
                start_ms=start,
                end_ms=end,
                text=text,
                speaker=utterance.speaker or "",
            )
        )
    return tuple(found)


def with_gaps(lines: tuple[ShownLine, ...], gaps: Iterable[Gap]) -> tuple[ShownLine, ...]:
    """Put each gap behind the last line that rests on what was said before it."""
    made = list(lines)
    for gap in gaps:
        before = [
            at for at, line in enumerate(made) if line.quotes and line.start_ms <= gap.start_ms
        ]
        if not before and not made:
            continue
        # Sections at the end gather what was said at any time: the note's own lines come first.
        at = max(
            before, key=lambda one: (made[one].note is not None, made[one].start_ms), default=0
        )
        made[at] = replace(made[at], gaps=(*made[at].gaps, gap))
    return tuple(made)


@dataclass(frozen=True, slots=True)
class Difference:
    """What a point says and what was said, each with a word or two around it."""

    in_point: str
    in_source: str
    point_after: str = ""
    source_after: str = ""


def difference(line: ShownLine) -> Difference | None:
    """Give the first fact of a point that differs from its source."""
    for detail in line.details:
        source = " ".join(quote.text for quote in line.quotes)
        return Difference(
            detail.in_point,
            detail.in_source,
            _word_after(line.text, detail.in_point),
            _word_after(source, detail.in_source),
        )
    return None


def fixed(line: ShownLine) -> str | None:
    """Give the point with what was said in place of what differs; None where that is not known."""
    text = line.text
    for detail in line.details:
        at = _place(text, detail.in_point)
        if not detail.in_source or at is None:
            return None
        text = text[:at] + detail.in_source + text[at + len(detail.in_point) :]
    return text if text != line.text else None


def _word_after(text: str, phrase: str) -> str:
    at = _place(text, phrase)
    if at is None:
        return ""
    rest = text[at + len(phrase) :]
    word = rest.split(maxsplit=1)[0] if rest[:1].isspace() and rest.strip() else ""
    return word.strip(".,;:!?")


def _place(text: str, phrase: str) -> int | None:
    """Find a phrase that is not part of longer words."""
    at = text.lower().find(phrase.lower()) if phrase else -1
    while at >= 0:
        before, after = text[:at][-1:], text[at + len(phrase) :][:1]
        if not before.isalnum() and not after.isalnum():
            return at
        at = text.lower().find(phrase.lower(), at + 1)
    return None


def _indent(block: Block) -> int:
    under_a_line = block.kind in WRITTEN and block.note is not None
    return max(0, block.indent - 1) if under_a_line else block.indent
