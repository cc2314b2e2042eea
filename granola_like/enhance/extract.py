"""The extractive writer: notes made of what was said, and of nothing else.

It chooses the sentences of the evidence that answer the line, in the manner of maximal marginal
relevance (Carbonell and Goldstein, SIGIR 1998), cleans them of speech, resolves who speaks where
that is certain, and writes numbers in digits. Every word is from the evidence, a known speaker's
name, or `person.CONNECTIVES`.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date

from granola_like.domain.enhanced import EXTRACTIVE, BlockKind
from granola_like.enhance.acts import act_of, is_open, is_procedure
from granola_like.enhance.asking import asks_directly
from granola_like.enhance.digits import with_digits
from granola_like.enhance.due import due_in
from granola_like.enhance.evidence import Sentence, spoken_sentences
from granola_like.enhance.fluency import clean_speech
from granola_like.enhance.form import faults, written_out
from granola_like.enhance.owners import owner_of
from granola_like.enhance.person import in_third_person, request
from granola_like.enhance.writer import Brief, Draft
from granola_like.text.names import find_names
from granola_like.text.quantities import Quantity, find_quantities
from granola_like.text.tokens import stems

MOST_POINTS = 3
MOST_WORDS = 90
"""Of all points of one line together."""
WORTH_IT = 0.4
"""Weakest point, as a share of the best one."""
UNFIT = 0.8
"""Faults from which a sentence stands in a note only where there is no other."""
LEAST_CONTENT = 3
"""Fewer words with meaning than this say too little for a line of their own."""


@dataclass(frozen=True, slots=True)
class Candidate:
    """One sentence as it would stand in the note."""

    sentence: Sentence
    clean: str
    stems: frozenset[str]
    quantities: tuple[Quantity, ...]
    act: BlockKind
    score: float
    faults: float = 0.0
    """How badly it reads; see `form.faults`."""


class ExtractiveWriter:
    """Writes without a model; the same brief gives the same drafts, always."""

    name = EXTRACTIVE

    def write(self, brief: Brief) -> tuple[Draft, ...]:
        """Give up to three drafts in the order of time, none when the evidence says nothing."""
        refused = {one.draft.text for one in brief.rejected}
        found = [one for one in candidates(brief) if draft_of(one, brief).text not in refused]
        fresh = [one for one in found if one.sentence.evidence not in brief.taken]
        fit = [one for one in fresh if one.faults < UNFIT]
        chosen = _choose(fit or fresh or found)
        return tuple(
            draft_of(one, brief) for one in sorted(chosen, key=lambda one: one.sentence.order)
        )


def candidates(brief: Brief) -> list[Candidate]:
    """Clean and weigh every sentence of the evidence; what says nothing is left out."""
    wanted = frozenset(stems(brief.line, language=brief.language))
    facts = find_quantities(brief.line, language=brief.language, meeting_date=brief.meeting_date)
    found = []
    for sentence in spoken_sentences(brief.evidence):
        clean = clean_speech(sentence.text, language=brief.language)
        content = frozenset(stems(clean, language=brief.language))
        if not clean:
            continue
        quantities = find_quantities(
            clean, language=brief.language, meeting_date=brief.meeting_date
        )
        answers = _answered(facts, quantities)
        covers = len(content & wanted) >= 0.5 * len(wanted) if wanted else False
        if len(content) < LEAST_CONTENT and not answers and not (covers and content):
            continue
        act = act_of(clean, language=brief.language)
        score = _score(sentence, clean, content, wanted, act)
        score += 2.0 * answers + 0.5 * bool(quantities)
        score += 0.15 * bool(find_names(clean, known=brief.known_names, language=brief.language))
        if act == "question" and asks_directly(brief.line, language=brief.language):
            score += 0.8
        reads = faults(clean, language=brief.language)
        found.append(Candidate(sentence, clean, content, quantities, act, score - reads, reads))
    return found


def _answered(facts: Sequence[Quantity], quantities: Sequence[Quantity]) -> int:
    return len({one.loose for one in facts} & {one.loose for one in quantities})


def _score(
    sentence: Sentence,
    clean: str,
    content: frozenset[str],
    wanted: frozenset[str],
    act: BlockKind,
) -> float:
    coverage = len(content & wanted) / len(wanted) if wanted else 0.0
    information = min(len(content), 14) / 14
    length = len(clean.split())
    spoken = len(sentence.text.split())
    fluent = length / spoken if spoken else 0.0
    score = 1.0 * sentence.weight + 1.4 * coverage + 0.9 * information + 0.2 * fluent
    if act == "question":
        score -= 0.7
    if act in {"action", "decision"}:
        score += 0.2
    score -= 0.5 * is_procedure(clean)
    if sentence.text[:1].islower() and not clean.startswith(("I ", "I'")):
        score -= 0.25  # the end of a sentence that began elsewhere
    return score


def _choose(found: list[Candidate]) -> list[Candidate]:
    chosen: list[Candidate] = []
    left = list(found)
    best = max((one.score for one in found), default=0.0)
    used = 0
    while left and len(chosen) < MOST_POINTS:
        top = max(left, key=lambda one: (_marginal(one, chosen), -one.sentence.order))
        left.remove(top)
        length = len(top.clean.split())
        if _marginal(top, chosen) < WORTH_IT * best or (chosen and used + length > MOST_WORDS):
            continue
        chosen.append(top)
        used += length
    return chosen


def _marginal(one: Candidate, chosen: list[Candidate]) -> float:
    return one.score - 1.2 * max((_alike(one, other) for other in chosen), default=0.0)


def _alike(one: Candidate, other: Candidate) -> float:
    shorter = min(len(one.stems), len(other.stems))
    return len(one.stems & other.stems) / shorter if shorter else 0.0


def draft_of(one: Candidate, brief: Brief) -> Draft:
    """Write one candidate as a line of the note."""
    said = one.sentence.said
    owner: str | None = None
    due: date | None = None
    asked = None
    if one.act == "action":
        owner = owner_of(one.clean, said, people=brief.known_names, language=brief.language)
        due = due_in(one.clean, language=brief.language, meeting_date=brief.meeting_date)
        asked = request(one.clean, said, owner, language=brief.language)
    text = asked or in_third_person(one.clean, said, language=brief.language).text
    text = written_out(text)
    text = with_digits(text, language=brief.language, meeting_date=brief.meeting_date)
    asks = asks_directly(one.clean, language=brief.language)
    if one.act == "question" and asks and not is_open(one.clean, language=brief.language):
        text = text.rstrip(".?! ") + "?"  # many speech engines write no marks
    return Draft(kind=one.act, text=text, evidence=one.sentence.evidence, owner=owner, due=due)
