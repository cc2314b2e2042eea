"""What was decided, promised or left open in the whole meeting and stands under no line yet.

Also what a template's own sections ask for: sentences with figures, or with a section's cues.
"""

import re
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, replace
from datetime import date
from functools import lru_cache

from granola_like.domain.enhanced import BlockKind, Evidence
from granola_like.domain.transcript import Transcript, Utterance
from granola_like.enhance.acts import (
    UNANSWERED,
    Act,
    act_of,
    is_hypothetical,
    is_open,
    is_procedure,
)
from granola_like.enhance.asking import asks_directly
from granola_like.enhance.due import due_in
from granola_like.enhance.evidence import Sentence, spoken_sentences
from granola_like.enhance.extract import Candidate, draft_of
from granola_like.enhance.fluency import clean_speech
from granola_like.enhance.form import faults, says_nothing_itself
from granola_like.enhance.outcome_features import features, shares
from granola_like.enhance.outcome_weights import learned_score, learned_weights
from granola_like.enhance.owners import owner_of
from granola_like.enhance.templates import Holds, Section
from granola_like.enhance.writer import Brief, Draft, Said
from granola_like.text.quantities import find_quantities
from granola_like.text.tokens import stems

ALIKE = 0.6
"""Two lines that share this much of the shorter one say the same."""
LEAST = 0.9
"""How sure a finding must be to stand in the note unasked."""


@dataclass(frozen=True, slots=True)
class Outcome:
    """Something that the meeting brought, and how sure that is (higher is surer)."""

    draft: Draft
    score: float
    stems: frozenset[str]
    belongs: Holds = "said"
    """The kind of section it belongs to; a plan stands among the decisions, and is only a point."""


@dataclass(frozen=True, slots=True, kw_only=True)
class About:
    """What finding outcomes needs to know of the meeting."""

    people: tuple[str, ...]
    glossary: tuple[str, ...]
    meeting_date: date
    language: str


@dataclass(frozen=True, slots=True)
class Observed:
    """One sentence of the meeting with all that its score rests on."""

    sentence: Sentence
    clean: str
    act: Act
    stems: frozenset[str]
    features: frozenset[str]
    openness: float
    is_plan: bool = False


def observed(transcript: Transcript, about: About) -> Iterator[Observed]:
    """Look at every sentence that says something."""
    all_sentences = spoken_sentences(tuple(Said(said) for said in transcript.utterances))
    share = shares([one.said.speaker for one in all_sentences])
    last = max(1, len(all_sentences) - 1)
    people = (*about.people, *about.glossary)
    for place, sentence in enumerate(all_sentences):
        clean = clean_speech(sentence.text, language=about.language)
        seen = _seen(clean, about.language, about.meeting_date)
        if len(seen.stems) < 2:
            continue
        owned = seen.act == "action" and owner_of(
            clean, sentence.said, people=people, language=about.language
        )
        named = features(
            clean,
            act=seen.act,
            place=place / last,
            share=share[sentence.said.speaker],
            owner=bool(owned),
            due=seen.has_due,
            figures=seen.has_figures,
        )
        openness = _openness(clean, all_sentences, place, about.language)
        yield Observed(sentence, clean, seen.act, seen.stems, named, openness, seen.is_plan)


@dataclass(frozen=True, slots=True)
class _Seen:
    """What a sentence shows wherever it stands and whoever says it."""

    stems: frozenset[str]
    act: Act
    has_due: bool
    has_figures: bool
    is_plan: bool
    """It says what the group wants or will do, without the words of a decision."""


# The whole transcript is looked at during the call, again and again, and once more when it ends:
# what was seen of a sentence need not be seen again. Two hours have about 3,000 sentences.
@lru_cache(maxsize=8_192)
def _seen(clean: str, language: str, day: date) -> _Seen:
    content = frozenset(stems(clean, language=language))
    if len(content) < 2:
        return _Seen(content, "point", has_due=False, has_figures=False, is_plan=False)
    return _Seen(
        content,
        act_of(clean, language=language),
        has_due=due_in(clean, language=language, meeting_date=day) is not None,
        has_figures=bool(find_quantities(clean, language=language)),
        is_plan=_is_plan(clean, language),
    )


def find_outcomes(transcript: Transcript, about: About) -> tuple[Outcome, ...]:
    """Find decisions, action items and open questions, the surest first."""
    weights = learned_weights(about.language)
    found = []
    for one in observed(transcript, about):
        place = _place(one)
        if place is None:
            continue
        score = _sureness(place, one, about.language) + learned_score(one.features, weights)
        if score >= LEAST:
            outcome = _outcome(one.sentence, one.clean, one.act, score, about)
            found.append(replace(outcome, belongs=place))
    found.sort(key=lambda one: (-one.score, one.draft.evidence[0].utterance))
    return tuple(_without_repeats(found))


def _place(one: Observed) -> Holds | None:
    """Say where an outcome would stand; None where a sentence is none."""
    if one.act == "question":
        return "questions" if one.openness > 0 else None
    if one.act != "point":
        return "decisions" if one.act == "decision" else "actions"
    return "decisions" if one.is_plan else None


def _is_plan(clean: str, language: str) -> bool:
    if is_hypothetical(clean, language=language) or is_procedure(clean):
        return False
    return language == "en" and bool(_SETTLES.search(clean))


_SETTLES = re.compile(
    r"\b(?:we['’](?:re|ll)|we (?:are|will|want|need|have to|should|can)|it['’]ll|"
    r"(?:will|should|must|has to|have to|needs to|is going to) (?:be|have))\b",
    re.IGNORECASE,
)
"""What the group wants or will do, without the words of a decision."""


def _sureness(place: Holds, one: Observed, language: str) -> float:
    content = len(one.stems)
    score = min(content, 8) / 8 - (0.5 if content < 3 else 0.0)
    score -= faults(one.clean, language=language)
    score -= 0.03 * max(0, len(one.clean.split()) - 25)  # a ramble settles little
    if place != "decisions":
        score -= 0.4 * says_nothing_itself(one.clean)
    if place == "actions":
        return score + 0.3 * ("owner" in one.features) + 0.5 * ("due" in one.features)
    if place == "decisions":
        return score + (0.3 if one.act == "decision" else -0.8)
    return score + one.openness


def _openness(clean: str, around: Sequence[Sentence], place: int, language: str) -> float:
    """Say how much a question was left open: by its own words, or by those of the answer."""
    if is_open(clean, language=language):
        return 0.5
    asker = around[place].said.speaker
    answers = [one for one in around[place + 1 : place + 4] if one.said.speaker != asker]
    if any(UNANSWERED.search(one.text) for one in answers):
        return 0.5
    return -0.8


def _outcome(sentence: Sentence, clean: str, act: BlockKind, score: float, about: About) -> Outcome:
    content = frozenset(stems(clean, language=about.language))
    candidate = Candidate(sentence, clean, content, (), act, score)
    brief = Brief(
        line="",
        evidence=(Said(sentence.said),),
        people=about.people,
        glossary=about.glossary,
        meeting_date=about.meeting_date,
        language=about.language,
    )
    return Outcome(draft_of(candidate, brief), score, content)


def _without_repeats(found: Iterable[Outcome]) -> list[Outcome]:
    kept: list[Outcome] = []
    for one in found:
        if not any(_alike(one.stems, other.stems) for other in kept):
            kept.append(one)
    return kept


def _alike(one: frozenset[str], other: frozenset[str]) -> bool:
    shorter = min(len(one), len(other))
    return shorter > 0 and len(one & other) >= ALIKE * shorter


def unnoted(
    outcomes: Iterable[Outcome], drafts: Iterable[Draft], lines: Iterable[str], *, language: str
) -> tuple[Outcome, ...]:
    """Leave out what already stands in the note: by its evidence, or by its words."""
    written = list(drafts)
    cited = {place for one in written for place in one.evidence}
    known = [frozenset(stems(text, language=language)) for text in lines]
    known += [frozenset(stems(one.text, language=language)) for one in written]
    return tuple(
        one
        for one in outcomes
        if not cited & set(one.draft.evidence)
        and not any(len(text) >= 3 and _alike(one.stems, text) for text in known)
    )


def found_for(section: Section, transcript: Transcript, about: About) -> tuple[Outcome, ...]:
    """Find the sentences that a section asks for, the best first."""
    cues = [re.compile(rf"\b{re.escape(cue)}", re.IGNORECASE) for cue in section.cues]
    found = []
    for sentence in spoken_sentences(tuple(Said(said) for said in transcript.utterances)):
        clean = clean_speech(sentence.text, language=about.language)
        content = frozenset(stems(clean, language=about.language))
        if len(content) < 4 or asks_directly(clean, language=about.language):
            continue
        hits = sum(bool(cue.search(clean)) for cue in cues)
        if section.holds == "figures":
            hits = _figures(clean, about)
        if hits:
            score = hits + min(len(content), 12) / 12 - 0.05 * max(0, len(clean.split()) - 30)
            found.append(_outcome(sentence, clean, "point", score, about))
    found.sort(key=lambda one: (-one.score, one.draft.evidence[0].utterance))
    return tuple(_without_repeats(found))


def _figures(clean: str, about: About) -> int:
    quantities = find_quantities(clean, language=about.language, meeting_date=about.meeting_date)
    weighed = {"amount": 2, "percent": 2, "number": 1}
    return sum(
        weighed.get(one.kind, 0) for one in quantities if one.kind != "number" or _is_big(one.key)
    )


def _is_big(key: str) -> bool:
    value = float(key.split(":")[1])
    return value >= 10 and not 1900 <= value <= 2100


def in_time(outcomes: Iterable[Outcome], utterances: dict[str, Utterance]) -> list[Draft]:
    """Put outcomes into the order in which they were said."""

    def start(one: Outcome) -> tuple[int, str]:
        first: Evidence = one.draft.evidence[0]
        said = utterances.get(first.utterance)
        return (said.start_ms if said else 0, first.utterance)

    return [one.draft for one in sorted(outcomes, key=start)]
