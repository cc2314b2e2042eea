"""How well decisions, promises and open questions are found in a whole transcript.

    python -m benchmarks.outcomes [--part val]

Against the human-written outcomes of the AMI meetings (`outcomes/ami_outcomes.json`), each with the
turns that bear it out. A line of ours is right when it cites one of those turns; an outcome of
theirs is found when one of our lines does. Beside it, in the same run, a list of keywords, as it
stands and cut to as many lines as ours. People wrote what they found worth a summary, so neither
figure can reach 1: many outcomes rest on turns in which nobody decides or promises anything.
"""

import argparse
import json
import re
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from statistics import mean
from typing import Any

from benchmarks.material import Case, need, terse_notes
from granola_like.enhance.outcomes import About, find_outcomes
from granola_like.enhance.templates import shipped_templates

KEYWORDS = re.compile(
    r"\b(?:will|going to|gonna|need to|have to|should|decide|decided|decision|agree|agreed|let's|"
    r"action|task|responsible|next meeting|deadline|by (?:monday|tuesday|wednesday|thursday|friday|"
    r"tomorrow)|question is|don't know|find out)\b",
    re.IGNORECASE,
)


@dataclass(frozen=True, slots=True)
class Score:
    """One meeting's figures."""

    precision: float
    recall: float
    lines: int

    @property
    def f1(self) -> float:
        """The harmonic mean."""
        both = self.precision + self.recall
        return 2 * self.precision * self.recall / both if both else 0.0


@dataclass(frozen=True, slots=True)
class Truth:
    """One meeting, and the turns of each of its outcomes."""

    case: Case
    outcomes: tuple[frozenset[int], ...]


def meetings(part: str) -> Iterator[Truth]:
    """Give the meetings of a part that people wrote outcomes for."""
    told: dict[str, Any] = json.loads(need("outcomes/ami_outcomes.json").read_text("utf-8"))
    for case in terse_notes(part):
        of_meeting = told.get(case.bundle.meeting.id)
        if of_meeting is None:
            continue
        outcomes = tuple(
            frozenset(one["evidence_turns"])
            for one in of_meeting["sentences"]
            if one["kind"].startswith("outcome") and one["evidence_turns"]
        )
        if outcomes:
            yield Truth(case, outcomes)


def turn(utterance: str) -> int:
    """Give the turn of an utterance: ids are TURN.SENTENCE."""
    return int(utterance.split(".", maxsplit=1)[0])


def ours(truth: Truth) -> list[frozenset[int]]:
    """Find outcomes as the general template shows them, and give the turns of each."""
    bundle = truth.case.bundle
    about = About(
        people=tuple(person.name for person in bundle.meeting.people),
        glossary=(),
        meeting_date=bundle.meeting.started_at.date(),
        language="en",
    )
    found = find_outcomes(bundle.transcript, about)
    shown = []
    for section in shipped_templates()[0].sections:
        of_kind = [one for one in found if one.belongs == section.holds]
        shown += of_kind[: section.most]
    return [frozenset(turn(one.utterance) for one in each.draft.evidence) for each in shown]


def by_keywords(truth: Truth) -> list[frozenset[int]]:
    """Give every utterance with a keyword, those with most of them first."""
    hits = [(len(KEYWORDS.findall(said.text)), said.id) for said in truth.case.bundle.transcript]
    hits.sort(key=lambda one: -one[0])
    return [frozenset({turn(name)}) for count, name in hits if count]


def score(truth: Truth, found: list[frozenset[int]]) -> Score:
    """Compare the turns that are cited."""
    marked = frozenset().union(*truth.outcomes)
    cited = frozenset().union(*found) if found else frozenset()
    right = sum(bool(one & marked) for one in found)
    recalled = sum(bool(one & cited) for one in truth.outcomes)
    precision = right / len(found) if found else 0.0
    return Score(precision, recalled / len(truth.outcomes), len(found))


def main() -> None:
    """Print the table."""
    parser = argparse.ArgumentParser(description="Score the finding of outcomes.")
    parser.add_argument("--part", default="val", choices=["train", "val"])
    truths = list(meetings(parser.parse_args().part))
    ways: dict[str, Callable[[Truth], list[frozenset[int]]]] = {
        "ours": ours,
        "keywords, all": by_keywords,
        "keywords, as many": lambda truth: by_keywords(truth)[: len(ours(truth))],
    }
    count = sum(len(one.outcomes) for one in truths)
    print(f"{len(truths)} meetings, {count} outcomes written by people\n")
    print(f"{'':20}{'precision':>10}{'recall':>10}{'F1':>10}{'lines':>10}")
    for name, way in ways.items():
        scores = [score(one, way(one)) for one in truths]
        print(
            f"{name:20}{mean(one.precision for one in scores):10.3f}"
            f"{mean(one.recall for one in scores):10.3f}{mean(one.f1 for one in scores):10.3f}"
            f"{mean(one.lines for one in scores):10.1f}"
        )


if __name__ == "__main__":
    main()
