"""The person's habits: learned from repeated edits, shown as rules, applied to later notes."""

from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass, replace
from math import ceil

from granola_like.domain.bundle import Bundle
from granola_like.domain.edits import Drop, Edit, Reword
from granola_like.domain.enhanced import WRITTEN, Block, EnhancedNote
from granola_like.domain.style import RuleKind, StyleRule
from granola_like.enhance.guard import Verdict, check
from granola_like.enhance.source import source_of
from granola_like.enhance.style_rules import (
    ORDER,
    Line,
    apply_rule,
    has_long_amount,
    has_short_amount,
    is_greeting,
    replace_text,
    same_facts,
    starts_with_owner,
    told,
)
from granola_like.text.names import fold_name
from granola_like.text.quantities import find_quantities

ENOUGH = 3
"""Edits that must show a habit before it becomes a rule."""
AGREED = 0.75
"""Share of the edits about a matter that must agree."""
SHORTER = 0.7
"""A line with at most this share of its words was made shorter, not merely changed."""


def learn(
    edits: Iterable[Edit], *, template: str, known: Sequence[StyleRule] = (), language: str = "en"
) -> tuple[StyleRule, ...]:
    """Give the rules of a template after these edits, in the order in which they are applied.

    `edits` are all that were made on notes of the template. A known rule stays until the person
    removes it; one that they switched off stays off while the habit is the same.
    """
    shown: dict[tuple[RuleKind, str], list[tuple[Edit, int]]] = {}
    for edit in edits:
        for kind, seen in _DETECTORS.items():
            choice = seen(edit, language)
            if choice is not None:
                shown.setdefault((kind, choice), []).append((edit, _length(edit)))
    rules = {rule.kind: rule for rule in known if rule.template == template}
    for kind in ORDER:
        found = _rule(kind, shown, template)
        if found is not None:
            before = rules.get(kind)
            same = before is not None and before.choice == found.choice
            rules[kind] = replace(found, is_on=before.is_on) if same and before else found
    return tuple(rules[kind] for kind in ORDER if kind in rules)


def instructions(rules: Iterable[StyleRule]) -> tuple[str, ...]:
    """Give the rules that are on as sentences for a model that writes."""
    return tuple(told(rule) for rule in _in_order(rules))


def styled(
    note: EnhancedNote,
    bundle: Bundle,
    rules: Iterable[StyleRule],
    *,
    keep: frozenset[str] = frozenset(),
) -> EnhancedNote:
    """Write a version of the note as the person likes it. The stored version stays as it is.

    `keep` names the blocks whose words are the person's. No finding of the guard changes, no
    quantity, denial or direction comes or goes; only a rule against greetings leaves blocks out.
    """
    chosen = tuple(rule for rule in _in_order(rules) if rule.template == note.template)
    desk = _Desk(note, bundle)
    blocks = []
    for block in note.blocks:
        if block.kind not in WRITTEN or block.id in keep:
            blocks.append(block)
            continue
        text = desk.rewritten(block, chosen)
        if text:
            blocks.append(block if text == block.text else replace(block, text=text))
    return replace(note, blocks=tuple(blocks))


@dataclass(frozen=True, slots=True)
class _Desk:
    note: EnhancedNote
    bundle: Bundle

    def rewritten(self, block: Block, rules: Sequence[StyleRule]) -> str:
        line = self._line(block)
        judged: Verdict | None = None
        for rule in rules:
            text = apply_rule(rule, line)
            if not text:
                return ""
            new = replace_text(line, text)
            if text == line.text or not same_facts(line, new):
                continue
            judged = judged or self._judged(block, line.text)
            if self._judged(block, text) == judged:
                line = new
        return line.text

    @property
    def _spoken(self) -> str:
        return self.bundle.transcript.language or self.bundle.meeting.language

    def _language(self, block: Block) -> str:
        return self.note.language_of(block, spoken=self._spoken)

    def _line(self, block: Block) -> Line:
        return Line(
            text=block.text,
            kind=block.kind,
            owner=block.owner,
            people=_people(self.bundle),
            language=self._language(block),
            meeting_date=self.bundle.meeting.started_at.date(),
        )

    def _judged(self, block: Block, text: str) -> Verdict:
        meeting = self.bundle.meeting
        typed = {line.id: line.text for line in self.bundle.notes}
        source = source_of(
            block.evidence,
            self.bundle.transcript.by_id(),
            line=typed.get(block.note or "", ""),
            people=_people(self.bundle),
            glossary=meeting.glossary,
            language=self._spoken,
            meeting_date=meeting.started_at.date(),
            written_in=self._language(block),
        )
        return check(text, source, owner=block.owner, due=block.due)


def _people(bundle: Bundle) -> tuple[str, ...]:
    names = [person.name for person in bundle.meeting.people]
    names += sorted({said.speaker for said in bundle.transcript if said.speaker})
    return tuple(dict.fromkeys(names))


def _in_order(rules: Iterable[StyleRule]) -> list[StyleRule]:
    return sorted((rule for rule in rules if rule.is_on), key=lambda rule: ORDER.index(rule.kind))


def _rule(
    kind: RuleKind, shown: dict[tuple[RuleKind, str], list[tuple[Edit, int]]], template: str
) -> StyleRule | None:
    votes = {choice: found for (about, choice), found in shown.items() if about == kind}
    choice = max((one for one in votes if one), key=lambda one: len(votes[one]), default="")
    if not choice or len(votes[choice]) < ENOUGH:
        return None
    against = sum(len(found) for other, found in votes.items() if other != choice)
    if len(votes[choice]) < AGREED * (len(votes[choice]) + against):
        return None
    lengths = sorted(length for _, length in votes[choice])
    return StyleRule(
        template=template,
        kind=kind,
        choice=choice,
        # Three in four of the person's lines are no longer than this.
        words=lengths[ceil(0.75 * len(lengths)) - 1] if kind == "length" else None,
        sources=tuple(edit.id for edit, _ in votes[choice]),
        against=against,
    )


def _length(edit: Edit) -> int:
    return max(1, len(edit.change.text.split())) if isinstance(edit.change, Reword) else 1


Detector = Callable[[Edit, str], str | None]
"""Says what an edit shows: a choice, "" for the opposite of the only choice, None for nothing."""


def _texts(edit: Edit) -> tuple[Block, str] | None:
    if edit.on is None or not isinstance(edit.change, Reword):
        return None
    return (
        (edit.on, edit.change.text) if edit.on.text.strip() and edit.change.text.strip() else None
    )


def _stops(edit: Edit, _: str) -> str | None:
    if (pair := _texts(edit)) is None:
        return None
    before, after = pair[0].text.rstrip().endswith("."), pair[1].rstrip().endswith(".")
    return None if before == after else ("with" if after else "without")


def _letters(edit: Edit, _: str) -> str | None:
    if (pair := _texts(edit)) is None:
        return None
    before, after = pair[0].text.lstrip()[0], pair[1].lstrip()[0]
    # Only the same word in another case tells of a habit.
    same = pair[0].text.split()[0].casefold() == pair[1].split()[0].casefold()
    if not same or before == after:
        return None
    return "upper" if after.isupper() else "lower"


def _owners(edit: Edit, _: str) -> str | None:
    if (pair := _texts(edit)) is None or not pair[0].owner:
        return None
    before, after = (starts_with_owner(text, pair[0].owner) for text in (pair[0].text, pair[1]))
    return None if before == after else ("first" if after else "")


def _lengths(edit: Edit, _: str) -> str | None:
    if (pair := _texts(edit)) is None:
        return None
    before, after = len(pair[0].text.split()), len(pair[1].split())
    if after <= SHORTER * before:
        return "short"
    return "" if before <= SHORTER * after else None


def _amounts(edit: Edit, language: str) -> str | None:
    if (pair := _texts(edit)) is None:
        return None
    before, after = pair[0].text, pair[1]
    one, other = (
        {found.key for found in find_quantities(text, language=language)}
        for text in pair_texts(pair)
    )
    if not one & other:
        return None
    if has_long_amount(before) and has_short_amount(after) and not has_long_amount(after):
        return "short"
    shorter = has_short_amount(before) and has_long_amount(after) and not has_short_amount(after)
    return "long" if shorter else None


def pair_texts(pair: tuple[Block, str]) -> tuple[str, str]:
    """Give the machine's text and the person's."""
    return pair[0].text, pair[1]


def _naming(edit: Edit, _: str) -> str | None:
    if (pair := _texts(edit)) is None or not pair[0].owner or " " not in pair[0].owner:
        return None
    owner = fold_name(pair[0].owner)
    before, after = (fold_name(text) for text in pair_texts(pair))
    first = owner.split()[0]
    if owner in before and owner not in after and first in after.split():
        return "first"
    return "full" if owner in after and owner not in before and first in before.split() else None


def _subjects(edit: Edit, _: str) -> str | None:
    if (pair := _texts(edit)) is None:
        return None
    before, after = (text.casefold().split() for text in pair_texts(pair))
    subjects = {"we", "they", "мы", "они"}
    if before[0] in subjects and len(before) > 1 and after[0] == before[1]:
        return "without"
    return "" if after[0] in subjects and len(after) > 1 and before[0] == after[1] else None


def _greetings(edit: Edit, language: str) -> str | None:
    if edit.on is None or not isinstance(edit.change, Drop):
        return None
    line = Line(text=edit.on.text, kind=edit.on.kind, language=language)
    return "without" if is_greeting(line) else None


_DETECTORS: dict[RuleKind, Detector] = {
    "full stops": _stops,
    "capitals": _letters,
    "owners": _owners,
    "length": _lengths,
    "amounts": _amounts,
    "names": _naming,
    "subject": _subjects,
    "greetings": _greetings,
}
