"""Which words a line may use: the strong part of its alignment, and how its sentences go on."""

from collections.abc import Sequence
from dataclasses import dataclass, replace

from granola_like.domain.enhanced import Aligned, Evidence
from granola_like.domain.transcript import Transcript, Utterance
from granola_like.enhance.writer import Said
from granola_like.text.quantities import find_quantities
from granola_like.text.tokens import sentences, stems

STRONG = 0.35
"""Weakest score, as a share of the best one, that still counts as evidence."""
MOST = 24
JOIN_GAP_MS = 1_500
LONGEST = 32
"""Most words of utterances that are joined: longer ones are a ramble, not a sentence."""


def evidence_for(aligned: tuple[Aligned, ...], transcript: Transcript) -> tuple[Said, ...]:
    """Choose the utterances a line may use, in the order of time.

    Unknown ids are passed over. A sentence that its speaker goes on with in the next utterance
    brings that utterance along, a little weaker.
    """
    place = {said.id: at for at, said in enumerate(transcript.utterances)}
    known = [one for one in aligned if one.utterance in place]
    if not known:
        return ()
    best = max(one.score for one in known)
    if best <= 0:
        return ()
    weights: dict[int, float] = {}
    for one in sorted(known, key=lambda one: -one.score)[:MOST]:
        if one.score >= STRONG * best:
            at = place[one.utterance]
            weights[at] = max(weights.get(at, 0.0), one.score / best)
    for at, weight in list(weights.items()):
        for near in (at - 1, at + 1):
            if 0 <= near < len(transcript.utterances) and near not in weights:
                first, second = sorted((at, near))
                if goes_on(transcript.utterances[first], transcript.utterances[second]):
                    weights[near] = weight * 0.9
    return tuple(Said(transcript.utterances[at], weights[at]) for at in sorted(weights))


def shared_out(
    lines: Sequence[tuple[str, tuple[Said, ...]]], *, language: str = "en"
) -> list[tuple[Said, ...]]:
    """Weaken what another line has the better claim to, so that each thing stands where it belongs.

    `lines` are the typed texts with their evidence. A claim is the evidence's weight, the greater
    the more of the line's own words and figures were said there.
    """
    claims: dict[tuple[int, str], float] = {}
    best: dict[str, float] = {}
    for number, (line, evidence) in enumerate(lines):
        wanted = _marks(line, language)
        for one in evidence:
            name = one.utterance.id
            share = len(wanted & _marks(one.utterance.text, language)) / max(1, len(wanted))
            claims[number, name] = one.weight * (0.25 + share)
            best[name] = max(best.get(name, 0.0), claims[number, name])
    return [
        tuple(
            replace(one, weight=one.weight * claims[number, one.utterance.id] / top)
            if (top := best[one.utterance.id]) > 0
            else one
            for one in evidence
        )
        for number, (_, evidence) in enumerate(lines)
    ]


def _marks(text: str, language: str) -> frozenset[str]:
    """Give what a typed line and speech can have in common: stems of words, and figures."""
    figures = {one.loose for one in find_quantities(text, language=language)}
    return frozenset(stems(text, language=language)) | figures


def goes_on(first: Utterance, second: Utterance) -> bool:
    """Say whether `second` continues the unfinished sentence of `first`."""
    if first.channel != second.channel or first.speaker != second.speaker:
        return False
    if second.start_ms - first.end_ms > JOIN_GAP_MS:
        return False
    ended = first.text.rstrip()[-1:] in {".", "?", "!", "…"}
    begins = second.text.lstrip()[:1]
    return not ended and (begins.islower() or first.text.rstrip()[-1:] == ",")


@dataclass(frozen=True, slots=True)
class Sentence:
    """One spoken sentence, where it stands, and who said it."""

    text: str
    said: Utterance
    """The utterance it begins in."""
    evidence: tuple[Evidence, ...]
    weight: float
    order: int


def spoken_sentences(evidence: tuple[Said, ...]) -> tuple[Sentence, ...]:
    """Cut the evidence into sentences; one that runs over two utterances is one."""
    runs: list[list[Said]] = []
    for one in evidence:
        joins = bool(runs) and goes_on(runs[-1][-1].utterance, one.utterance)
        if joins and _length((*runs[-1], one)) <= LONGEST:
            runs[-1].append(one)
        else:
            runs.append([one])
    found: list[Sentence] = []
    for run in runs:
        for text, cited in _cut(run):
            weight = max(one.weight for one in run)
            found.append(Sentence(text, run[0].utterance, cited, weight, len(found)))
    return tuple(found)


def _length(run: Sequence[Said]) -> int:
    return sum(len(one.utterance.text.split()) for one in run)


def _cut(run: list[Said]) -> list[tuple[str, tuple[Evidence, ...]]]:
    if len(run) > 1:
        whole = " ".join(one.utterance.text.strip() for one in run)
        return [(whole, tuple(Evidence(one.utterance.id) for one in run))]
    said = run[0].utterance
    parts = sentences(said.text)
    total = sum(len(part.split()) for part in parts)
    if len(parts) < 2 or total != len(said.words):
        return [(part, (Evidence(said.id),)) for part in parts]
    cut: list[tuple[str, tuple[Evidence, ...]]] = []
    at = 0
    for part in parts:
        end = at + len(part.split())
        cut.append((part, (Evidence(said.id, at, end),)))
        at = end
    return cut


def cited_text(cited: Evidence, said: Utterance) -> str:
    """Give the words that a citation points at; the whole utterance where it names no range."""
    if cited.from_word is None or cited.to_word is None or not said.words:
        return said.text
    words = said.words[cited.from_word : cited.to_word]
    return " ".join(word.text.strip() for word in words)
