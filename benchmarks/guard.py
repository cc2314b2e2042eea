"""How many planted mistakes the guard finds, and how often it is wrong about sound lines.

    python -m benchmarks.guard [--show KIND]

Every line is corrupted in seven ways, one at a time: another number, another scale (k for m),
another currency, another day, another name, another owner, and a denial added or taken away; and,
for information, somebody else of those who speak in the evidence is named (`speaker`). A line in
which there is nothing to corrupt in one way does not count for that way.

Four bases of sound lines:
  answers   sentences of the human answers of `terse_notes/val` whose every figure and name is in
            the evidence that people marked. Whether it is, is judged by other means than the
            guard's: figures by text2num on the evidence, names by their very letters.
  points    what our extractive writer makes of the same evidence, with the utterances it cites.
  tasks     the action items with an owner that we find in the whole meetings.
  all       every sentence of the human answers, sound or not: how often the guard would speak up
            on notes that people wrote from more than the evidence they marked.
"""

import argparse
import random
import re
from collections import Counter
from collections.abc import Callable, Iterator
from dataclasses import dataclass

from text_to_num import alpha2digit

from benchmarks.corruptions import WAYS, Line
from benchmarks.material import terse_notes
from benchmarks.writing import tasks
from granola_like.domain.enhanced import Evidence
from granola_like.enhance.extract import ExtractiveWriter
from granola_like.enhance.guard import Verdict, check
from granola_like.enhance.outcomes import About, find_outcomes
from granola_like.enhance.source import Source, source_of
from granola_like.text.tokens import sentences

SEED = 20260303


@dataclass(frozen=True, slots=True)
class Sample:
    """A line and what it is judged against."""

    line: Line
    source: Source

    def judge(self, line: Line) -> Verdict:
        """Ask the guard."""
        return check(line.text, self.source, owner=line.owner, due=line.due)


def samples(part: str) -> dict[str, list[Sample]]:
    """Collect the three bases."""
    found: dict[str, list[Sample]] = {"answers": [], "points": [], "tasks": _tasks(part), "all": []}
    for task in tasks(part, aligned=False):
        brief = task.brief
        said = {one.utterance.id: one.utterance for one in brief.evidence}

        def source(evidence: tuple[Evidence, ...], said=said, brief=brief) -> Source:  # type: ignore[no-untyped-def] # the loop's own values
            return source_of(
                evidence, said, line=brief.line, people=brief.people,
                meeting_date=brief.meeting_date,
            )  # fmt: skip

        whole = source(tuple(Evidence(name) for name in said))
        for sentence in sentences(task.answer):
            line = Line(sentence, people=brief.people, speakers=_speakers(whole))
            sample = Sample(line, whole)
            found["all"].append(sample)
            if _is_sound(sentence, task.spoken, brief.people):
                found["answers"].append(sample)
        for draft in ExtractiveWriter().write(brief):
            cited = source(draft.evidence)
            line = Line(draft.text, draft.owner, draft.due, brief.people, _speakers(cited))
            found["points"].append(Sample(line, cited))
    return found


def _tasks(part: str) -> list[Sample]:
    """Give the action items with an owner that are found in whole meetings."""
    samples = []
    for case in terse_notes(part):
        meeting, transcript = case.bundle.meeting, case.bundle.transcript
        people = tuple(person.name for person in meeting.people)
        about = About(
            people=people, glossary=(), meeting_date=meeting.started_at.date(), language="en"
        )
        for outcome in find_outcomes(transcript, about):
            draft = outcome.draft
            if draft.owner is None:
                continue
            source = source_of(
                draft.evidence, transcript.by_id(), people=people,
                meeting_date=about.meeting_date,
            )  # fmt: skip
            line = Line(draft.text, draft.owner, draft.due, people, _speakers(source))
            samples.append(Sample(line, source))
    return samples


def _speakers(source: Source) -> tuple[str, ...]:
    return tuple(sorted({one.said.speaker for one in source.cited if one.said.speaker}))


def _is_sound(sentence: str, spoken: str, people: tuple[str, ...]) -> bool:
    """Judge by other means than the guard's whether figures and names were said."""
    heard = alpha2digit(re.sub(r"\b(?:uh|um)\b", "", spoken), "en", threshold=0).casefold()
    heard_figures = set(re.findall(r"\d+(?:[.,]\d+)*", heard))
    written = alpha2digit(sentence, "en", threshold=0)
    figures = {one for one in re.findall(r"\d+(?:[.,]\d+)*", written) if one != "1"}
    if not figures <= heard_figures:
        return False
    # A figure alone may still mean something else; its unit has to be there as well.
    for signs in _UNITS.values():
        if re.search(signs, written, re.IGNORECASE) and not re.search(signs, heard, re.IGNORECASE):
            return False
    names = re.findall(r"(?<=[a-z,(] )[A-Z][A-Za-z]+|(?<=\()[A-Z][A-Za-z]+", sentence)
    known = " ".join([re.sub(r"(?<=[A-Z])_", "", spoken), *people]).casefold()
    return all(name.casefold() in known for name in names)


_UNITS = {
    "percent": r"%|per ?cent",
    "money": r"[€$£]|\beuro|\bdollar|\bpound|\bcent",
    "million": r"million|billion|thousand|\d,\d{3}|\d000",
}


def rates(base: list[Sample]) -> dict[str, tuple[int, int, int]]:
    """Give for each way: lines corrupted, found by any detail, found by a detail of that kind."""
    lot = random.Random(SEED)
    found: dict[str, tuple[int, int, int]] = {}
    sound = [one for one in base if one.judge(one.line).finding == "supported"]
    for way, corrupt in WAYS.items():
        tried = caught = named = 0
        for sample in sound:
            wrong = corrupt(sample.line, sample.source.text, lot)
            if wrong is None:
                continue
            tried += 1
            verdict = sample.judge(wrong)
            caught += verdict.finding != "supported"
            named += any(one.kind in KINDS[way] for one in verdict.details)
        found[way] = (tried, caught, named)
    return found


KINDS: dict[str, frozenset[str]] = {
    "number": frozenset({"number", "amount", "percent"}),
    "scale": frozenset({"number", "amount"}),
    "currency": frozenset({"amount"}),
    "date": frozenset({"date"}),
    "name": frozenset({"name"}),
    "owner": frozenset({"owner", "name"}),
    "negation": frozenset({"negation"}),
    "speaker": frozenset({"name", "owner"}),
}


def alarms(base: list[Sample]) -> tuple[float, float, Counter[str]]:
    """Give the share of sound lines that are not `supported`: for a fact, and for a denial too."""
    facts = 0
    any_kind = 0
    kinds: Counter[str] = Counter()
    for sample in base:
        verdict = sample.judge(sample.line)
        told = {one.kind for one in verdict.details}
        kinds.update(told)
        any_kind += verdict.finding != "supported"
        facts += bool(told - {"negation", "direction"}) or verdict.finding == "unsupported"
    return facts / len(base), any_kind / len(base), kinds


def _show(base: list[Sample], kind: str) -> Iterator[str]:
    for sample in base:
        verdict = sample.judge(sample.line)
        for one in verdict.details:
            if one.kind == kind:
                yield f"{one}\n    {sample.line.text}\n    < {sample.source.text[:400]!r}"


def _missed(base: list[Sample], way: str) -> Iterator[str]:
    lot = random.Random(SEED)
    corrupt: Callable[..., Line | None] = WAYS[way]
    for sample in base:
        if sample.judge(sample.line).finding != "supported":
            continue
        wrong = corrupt(sample.line, sample.source.text, lot)
        if wrong is not None and sample.judge(wrong).finding == "supported":
            yield f"{wrong.text}  owner={wrong.owner}\n    was {sample.line.text}"
            yield f"    < {sample.source.text[:400]!r}"


def main() -> None:
    """Print the tables."""
    parser = argparse.ArgumentParser(description="Plant mistakes and count what the guard finds.")
    parser.add_argument("--part", default="val", choices=["train", "val"])
    parser.add_argument("--show", help="print the false alarms of one kind of detail")
    parser.add_argument("--missed", choices=list(WAYS), help="print what was not found")
    chosen = parser.parse_args()
    bases = samples(chosen.part)
    for name, base in bases.items():
        facts, any_kind, kinds = alarms(base)
        print(f"\n{name}: {len(base)} lines, false alarms {facts:.3f}, with denials {any_kind:.3f}")
        print("  " + ", ".join(f"{kind} {count}" for kind, count in kinds.most_common()))
        if chosen.show and name != "all":
            print("\n".join(_show(base, chosen.show)))
        if name == "all":
            continue
        print(f"  {'corrupted':12}{'lines':>8}{'found':>8}{'named':>8}")
        for way, (tried, caught, named) in rates(base).items():
            share = (caught / tried, named / tried) if tried else (0.0, 0.0)
            print(f"  {way:12}{tried:8}{share[0]:8.3f}{share[1]:8.3f}")
        if chosen.missed:
            print("\n".join(_missed(base, chosen.missed)))


if __name__ == "__main__":
    main()
