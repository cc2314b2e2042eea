"""How near the extractive writer comes to what people wrote, from the same evidence.

    python -m benchmarks.writing            evidence that people marked
    python -m benchmarks.writing --aligned  evidence that our aligner finds

ROUGE-1/2/L F1 (rouge-score, with stemming) against the human answers of `terse_notes/val`, beside
three baselines in the same run: the evidence verbatim, its first sentence, and TextRank (sumy).
"""

import argparse
import re
from collections import defaultdict
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from statistics import mean

from rouge_score.rouge_scorer import RougeScorer
from sumy.nlp.stemmers import Stemmer
from sumy.parsers.plaintext import PlaintextParser
from sumy.summarizers.text_rank import TextRankSummarizer

from benchmarks.material import Case, terse_notes
from granola_like.domain.enhanced import Aligned
from granola_like.domain.note import NoteLine
from granola_like.enhance.align import align
from granola_like.enhance.evidence import evidence_for
from granola_like.enhance.extract import ExtractiveWriter
from granola_like.enhance.writer import Brief
from granola_like.text.quantities import find_quantities
from granola_like.text.tokens import sentences

WRITTEN_LIMIT = 3
"""Sentences of TextRank: as many as the writer may write."""


class SumyTokenizer:
    """Sumy's own splits with data of nltk, which may not be there; this one needs none."""

    language = "english"

    def to_sentences(self, paragraph: str) -> tuple[str, ...]:
        """Cut a paragraph into sentences."""
        return sentences(paragraph)

    def to_words(self, sentence: str) -> tuple[str, ...]:
        """Cut a sentence into words."""
        return tuple(re.findall(r"\w+", sentence))


@dataclass(frozen=True, slots=True)
class Task:
    """One note to write, and what a person wrote."""

    brief: Brief
    answer: str

    @property
    def spoken(self) -> str:
        """All of its evidence, as it was said."""
        return " ".join(_ended(one.utterance.text) for one in self.brief.evidence)


def _ended(text: str) -> str:
    text = text.strip()
    return text if text[-1:] in {".", "?", "!"} else text + "."


def tasks(part: str, *, aligned: bool) -> Iterator[Task]:
    """Give every note of a part that has evidence."""
    for case in terse_notes(part):
        found = align(case.bundle) if aligned else {}
        for line in case.bundle.notes:
            evidence = found.get(line.id, ()) if aligned else _gold(case, line)
            said = evidence_for(evidence, case.bundle.transcript)
            if said:
                meeting = case.bundle.meeting
                brief = Brief(
                    line=line.text,
                    evidence=said,
                    people=tuple(person.name for person in meeting.people),
                    meeting_date=meeting.started_at.date(),
                )
                yield Task(brief, case.gold[line.id].answer)


def _gold(case: Case, line: NoteLine) -> tuple[Aligned, ...]:
    marked = case.gold[line.id].evidence
    # A person's evidence has no order; more of it than a writer looks at is cut at the end.
    return tuple(Aligned(said.id, 1.0) for said in case.bundle.transcript if said.id in marked)


def extractive(task: Task) -> str:
    """Write with the product's own writer."""
    return ". ".join(draft.text for draft in ExtractiveWriter().write(task.brief))


def verbatim(task: Task) -> str:
    """Give the evidence as it was said."""
    return task.spoken


def first_sentence(task: Task) -> str:
    """Give the first sentence of the evidence."""
    return next(iter(sentences(task.spoken)), "")


def text_rank(task: Task) -> str:
    """Give the three sentences that TextRank (Mihalcea and Tarau 2004) ranks highest."""
    parser = PlaintextParser.from_string(task.spoken, SumyTokenizer())
    summarizer = TextRankSummarizer(Stemmer("english"))
    return " ".join(str(one) for one in summarizer(parser.document, WRITTEN_LIMIT))


WAYS: dict[str, Callable[[Task], str]] = {
    "extractive writer": extractive,
    "evidence verbatim": verbatim,
    "first sentence": first_sentence,
    "TextRank (sumy)": text_rank,
}


def score(part: str = "val", *, aligned: bool = False) -> dict[str, dict[str, float]]:
    """Run all ways over all notes; the figures are means over notes."""
    scorer = RougeScorer(["rouge1", "rouge2", "rougeL"], use_stemmer=True)
    found: dict[str, dict[str, list[float]]] = defaultdict(lambda: defaultdict(list))
    for task in tasks(part, aligned=aligned):
        for name, way in WAYS.items():
            written = way(task)
            for kind, value in scorer.score(task.answer, written).items():
                found[name][kind].append(value.fmeasure)
            kept = _numbers_kept(task, written)
            if kept is not None:
                found[name]["numbers"].append(kept)
            found[name]["words"].append(len(written.split()))
            found[name]["compression"].append(len(written.split()) / len(task.spoken.split()))
    return {
        name: {kind: mean(values) for kind, values in kinds.items()}
        for name, kinds in found.items()
    }


def _numbers_kept(task: Task, written: str) -> float | None:
    """Give the share of the figures that the person took over from the evidence and so did we."""
    said = {one.loose for one in find_quantities(task.spoken)}
    wanted = {one.loose for one in find_quantities(task.answer)} & said
    if not wanted:
        return None
    return len(wanted & {one.loose for one in find_quantities(written)}) / len(wanted)


def main() -> None:
    """Print the table."""
    parser = argparse.ArgumentParser(description="Score the extractive writer.")
    parser.add_argument("--aligned", action="store_true", help="evidence as the aligner finds it")
    parser.add_argument("--part", default="val", choices=["train", "val"])
    chosen = parser.parse_args()
    table = score(chosen.part, aligned=chosen.aligned)
    source = "our aligner" if chosen.aligned else "people"
    print(f"terse_notes/{chosen.part}, evidence marked by {source}\n")
    columns = ("rouge1", "rouge2", "rougeL", "numbers", "words", "compression")
    print("".join([f"{'':20}", *(f"{name:>12}" for name in columns)]))
    for name, figures in table.items():
        print("".join([f"{name:20}", *(f"{figures[column]:12.3f}" for column in columns)]))


if __name__ == "__main__":
    main()
