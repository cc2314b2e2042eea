"""Show where the aligner's first answer is not what people marked, and how far off it is.

`python -m benchmarks.alignment_misses` counts `val`; `--show 50` prints that many, to be read.
"""

import argparse
from collections import Counter
from collections.abc import Callable, Iterator
from dataclasses import dataclass

from benchmarks.alignment import TOP, untimed
from benchmarks.material import Case, terse_notes
from granola_like.domain.transcript import Utterance
from granola_like.enhance.align import align
from granola_like.text.tokens import stems

BESIDE_MS, NEAR_MS = 15_000, 60_000


@dataclass(frozen=True, slots=True)
class Miss:
    """A line whose first answer nobody marked."""

    line: str
    question: str
    kind: str
    words_in_evidence: bool
    answer: Utterance | None
    evidence: tuple[Utterance, ...]


def misses(cases: list[Case]) -> Iterator[Miss]:
    """Give every miss, with how far it is off."""
    for case in cases:
        said = case.bundle.transcript.by_id()
        lines = {note.id: note.text for note in case.bundle.notes}
        for note, aligned in align(case.bundle, top=TOP).items():
            gold = case.gold[note]
            if aligned and aligned[0].utterance in gold.evidence:
                continue
            evidence = tuple(sorted((said[e] for e in gold.evidence), key=lambda u: u.start_ms))
            answer = said[aligned[0].utterance] if aligned else None
            marked = {stem for one in evidence for stem in stems(one.text)}
            yield Miss(
                lines[note],
                gold.query,
                _kind(answer, evidence),
                bool(marked & set(stems(lines[note]))),
                answer,
                evidence,
            )


def _kind(answer: Utterance | None, evidence: tuple[Utterance, ...]) -> str:
    if answer is None:
        return "left empty"
    away = min(abs(answer.start_ms - one.start_ms) for one in evidence)
    if away <= BESIDE_MS:
        return "beside a marked sentence (15 s)"
    if evidence[0].start_ms <= answer.start_ms <= evidence[-1].end_ms:
        return "between marked sentences"
    return "near (60 s)" if away <= NEAR_MS else "elsewhere"


def main() -> None:
    """Print the counts, and the misses themselves where asked."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--show", type=int, default=0)
    show = parser.parse_args().show
    cases = list(terse_notes("val"))
    ways: dict[str, Callable[[Case], Case]] = {"with times": lambda c: c, "without": untimed}
    for name, change in ways.items():
        found = list(misses([change(case) for case in cases]))
        print(f"\n{name}: {len(found)} misses of {sum(len(c.gold) for c in cases)}")
        for kind, count in Counter(miss.kind for miss in found).most_common():
            print(f"  {kind:<34}{count:>4}")
        wordless = sum(not miss.words_in_evidence for miss in found)
        print(f"  no word of the line in its evidence {wordless:>3}")
        for miss in found[:: max(1, len(found) // show)][:show] if show else []:
            print(f"\n[{miss.kind}] {miss.line!r} ({miss.question})")
            print(f"  ours: {miss.answer.text if miss.answer else '-'}")
            for one in miss.evidence[:6]:
                print(f"  people: {one.text}")


if __name__ == "__main__":
    main()
