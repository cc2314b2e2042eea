"""Score the aligner against human evidence, beside baselines, and time it.

`python -m benchmarks.alignment` scores `val`; `--part train` shows what tuning saw. Every figure is
a mean over notes, with a bootstrap 95 % interval over meetings in brackets.
"""

import argparse
import time
import tracemalloc
from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass, replace

import numpy as np
from rank_bm25 import BM25Okapi  # type: ignore[import-untyped]

from benchmarks.material import Case, terse_notes
from granola_like.domain.bundle import Bundle
from granola_like.domain.note import NoteLine
from granola_like.domain.transcript import Transcript, Utterance
from granola_like.engines.base import Embedder
from granola_like.enhance.align import Aligner, align
from granola_like.text.tokens import stems, words

TOP = 8
NAMES = ("hit@1", "hit@8", "precision", "recall", "F1", "returned")

Answers = dict[str, tuple[str, ...]]
"""Note id to utterance ids, best first."""


@dataclass(frozen=True, slots=True)
class Row:
    """One note's figures, and the meeting that it belongs to."""

    meeting: str
    figures: tuple[float, ...]


def score(answer: Sequence[str], evidence: frozenset[str]) -> tuple[float, ...]:
    """Give hit@1, hit@8, precision, recall, F1 and the number returned, of one note."""
    hits = sum(one in evidence for one in answer)
    precision = hits / len(answer) if answer else 0.0
    recall = hits / len(evidence)
    f1 = 2 * precision * recall / (precision + recall) if hits else 0.0
    return (
        float(bool(answer) and answer[0] in evidence),
        float(hits > 0),
        precision,
        recall,
        f1,
        float(len(answer)),
    )


def measure(cases: Iterable[Case], how: Callable[[Bundle], Answers]) -> list[Row]:
    """Score one aligner on every note."""
    rows = []
    for case in cases:
        answers = how(case.bundle)
        rows += [
            Row(case.bundle.meeting.id, score(answers[note], gold.evidence))
            for note, gold in case.gold.items()
        ]
    return rows


def interval(rows: Sequence[Row], *, rounds: int = 1000, seed: int = 1) -> list[tuple[float, ...]]:
    """Give mean, low and high of each figure: meetings are drawn, as notes of one are alike."""
    meetings = sorted({row.meeting for row in rows})
    sums = np.array(
        [np.sum([r.figures for r in rows if r.meeting == m], axis=0) for m in meetings], float
    )
    sizes = np.array([sum(r.meeting == m for r in rows) for m in meetings], float)
    drawn = np.random.default_rng(seed).integers(0, len(meetings), (rounds, len(meetings)))
    means = sums[drawn].sum(axis=1) / sizes[drawn].sum(axis=1)[:, None]
    low, high = np.quantile(means, (0.025, 0.975), axis=0)
    return list(zip(sums.sum(axis=0) / sizes.sum(), low, high, strict=True))


def show(name: str, rows: Sequence[Row]) -> None:
    """Print one line of the table."""
    cells = [f"{m:.3f} [{low:.3f}, {high:.3f}]" for m, low, high in interval(rows)[:5]]
    returned = float(np.mean([row.figures[5] for row in rows]))
    print(f"{name:<34}" + "  ".join(cells) + f"  {returned:.1f}", flush=True)


def by_bm25(bundle: Bundle, *, stemmed: bool = False) -> Answers:
    """Rank by the library's BM25, on words as they are or on stems."""
    cut = stems if stemmed else words
    said = bundle.transcript.utterances
    index = BM25Okapi([list(cut(one.text)) for one in said])
    return {note.id: _best(index.get_scores(list(cut(note.text))), said) for note in bundle.notes}


def by_time(bundle: Bundle) -> Answers:
    """Take the utterances before the moment of typing, weight e^(−lag ÷ 30 s)."""
    said = bundle.transcript.utterances
    return {note.id: _best(_recent(note, said), said) for note in bundle.notes}


def by_both(bundle: Bundle) -> Answers:
    """Multiply the two: (0.1 + BM25 over its greatest) · e^(−lag ÷ 30 s)."""
    said = bundle.transcript.utterances
    index = BM25Okapi([list(stems(one.text)) for one in said])
    found: Answers = {}
    for note in bundle.notes:
        matches = index.get_scores(list(stems(note.text)))
        matches = matches / max(float(matches.max()), 1e-9)
        found[note.id] = _best((0.1 + matches) * _recent(note, said), said)
    return found


def _recent(
    note: NoteLine, said: Sequence[Utterance]
) -> "np.ndarray[tuple[int], np.dtype[np.float64]]":
    assert note.typed_at_ms is not None
    lags = (note.typed_at_ms - np.array([one.end_ms for one in said])) / 1000
    return np.where(lags >= 0, np.exp(-np.maximum(lags, 0) / 30), 0.0)


def _best(
    scores: "np.ndarray[tuple[int], np.dtype[np.float64]]", said: Sequence[Utterance]
) -> tuple[str, ...]:
    return tuple(said[at].id for at in np.argsort(-scores, kind="stable")[:TOP])


def ours(bundle: Bundle, embedder: Embedder | None = None) -> Answers:
    """Ask the product."""
    return {
        note: tuple(one.utterance for one in found)
        for note, found in align(bundle, embedder=embedder, top=TOP).items()
    }


def lags_tripled(case: Case) -> Case:
    """Make every line be typed three times as long after the sentence it follows.

    The sentence is the nearest of the evidence: the set does not say which one it was.
    """
    said = case.bundle.transcript.by_id()

    def later(note: NoteLine) -> NoteLine:
        assert note.typed_at_ms is not None
        lags = [note.typed_at_ms - said[one].end_ms for one in case.gold[note.id].evidence]
        lag = min(lag for lag in lags if lag > 0)
        return replace(note, typed_at_ms=note.typed_at_ms + 2 * lag)

    return _with_notes(case, map(later, case.bundle.notes))


def typed_at_the_end(case: Case) -> Case:
    """Make all lines be typed one after the other when all is said, 20 s apart."""
    end = case.bundle.transcript.end_ms
    return _with_notes(
        case,
        (
            replace(note, typed_at_ms=end + 20_000 * (at + 1))
            for at, note in enumerate(case.bundle.notes)
        ),
    )


def untimed(case: Case) -> Case:
    """Forget when the lines were typed."""
    return replace(case, bundle=_forgotten(case.bundle))


def _with_notes(case: Case, notes: Iterable[NoteLine]) -> Case:
    return replace(case, bundle=replace(case.bundle, notes=tuple(notes)))


def lines_of_others(cases: Sequence[Case], *, same_domain: bool, seed: int = 3) -> list[Bundle]:
    """Give each meeting as many lines of other meetings, typed at any time: it has no evidence."""
    rng = np.random.default_rng(seed)
    found = []
    for case in cases:
        pool = [
            note
            for other in cases
            if other is not case and (other.domain == case.domain) is same_domain
            for note in other.bundle.notes
        ]
        begin, end = case.bundle.transcript.utterances[0].start_ms, case.bundle.transcript.end_ms
        notes = [
            replace(
                pool[rng.integers(len(pool))],
                id=f"other{at}",
                typed_at_ms=int(rng.integers(begin + 60_000, end)),
            )
            for at in range(len(case.bundle.notes))
        ]
        notes.sort(key=lambda note: note.typed_at_ms or 0)
        found.append(replace(case.bundle, notes=tuple(notes)))
    return found


def show_nothing(cases: Sequence[Case]) -> None:
    """Print how often a line about nothing gets evidence, and a true line none."""
    print("\nlines that nobody spoke of            with times  without")
    others = {
        "given evidence: another domain's": lines_of_others(cases, same_domain=False),
        "given evidence: same domain's": lines_of_others(cases, same_domain=True),
        "true lines left empty": [case.bundle for case in cases],
    }
    for name, bundles in others.items():
        rates = []
        for one in (list(bundles), [_forgotten(bundle) for bundle in bundles]):
            answers = [found for bundle in one for found in ours(bundle).values()]
            given = float(np.mean([bool(found) for found in answers]))
            rates.append(given if name.startswith("given") else 1 - given)
        print(f"{name:<37} {rates[0]:.3f}       {rates[1]:.3f}", flush=True)


def _forgotten(bundle: Bundle) -> Bundle:
    return replace(bundle, notes=tuple(replace(n, typed_at_ms=None) for n in bundle.notes))


def two_hours(cases: Sequence[Case]) -> Bundle:
    """Put meetings one after the other until two hours are full."""
    said: list[Utterance] = []
    notes: list[NoteLine] = []
    at = 0
    for number, case in enumerate(cases):
        if at >= 7_200_000:
            break
        said += [
            replace(
                one, id=f"{number}-{one.id}", start_ms=one.start_ms + at, end_ms=one.end_ms + at
            )
            for one in case.bundle.transcript
        ]
        notes += [
            replace(one, id=f"{number}-{one.id}", typed_at_ms=(one.typed_at_ms or 0) + at)
            for one in case.bundle.notes
        ]
        at = max(one.end_ms for one in said)
    meeting = replace(cases[0].bundle.meeting, duration_ms=at)
    return Bundle(
        meeting=meeting, transcript=Transcript(utterances=tuple(said)), notes=tuple(notes)
    )


def speed(cases: Sequence[Case]) -> None:
    """Print processor time (the best of five runs) and memory for one long meeting."""
    bundle = two_hours(cases)
    bare = _forgotten(bundle)
    said, lines = len(bundle.transcript.utterances), len(bundle.notes)
    print(f"\nTwo hours: {said} utterances, {lines} notes")
    for name, one in (("with times", bundle), ("without times", bare)):
        runs = [_timed(one) for _ in range(5)]
        indexing, aligning = (min(times) for times in zip(*runs, strict=True))
        print(f"{name}: {aligning / lines * 1000:.1f} ms a note, index {indexing * 1000:.0f} ms")
    tracemalloc.start()
    align(bare, top=TOP)
    print(f"memory at most: {tracemalloc.get_traced_memory()[1] / 1e6:.0f} MB")
    tracemalloc.stop()


def _timed(bundle: Bundle) -> tuple[float, float]:
    """Give the processor's seconds to build the index, and to align all lines."""
    started = time.process_time()
    aligner = Aligner(language=bundle.meeting.language)
    aligner.extend(bundle.transcript)
    aligner.align((), top=TOP)
    indexed = time.process_time()
    aligner.align(bundle.notes, top=TOP)
    return indexed - started, time.process_time() - indexed


def main() -> None:
    """Print the tables."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--part", choices=("train", "val"), default="val")
    parser.add_argument("--embedding", help="GGUF file: score also with meanings (takes minutes)")
    given = parser.parse_args()
    cases = list(terse_notes(given.part))
    print(f"{'at most eight utterances a note':<34}" + "  ".join(f"{n:<20}" for n in NAMES))
    show("BM25", measure(cases, by_bm25))
    show("BM25, stems", measure(cases, lambda b: by_bm25(b, stemmed=True)))
    show("time alone", measure(cases, by_time))
    show("time and BM25", measure(cases, by_both))
    show("ours", measure(cases, ours))
    show("ours, every lag tripled", measure(map(lags_tripled, cases), ours))
    show("time alone, every lag tripled", measure(map(lags_tripled, cases), by_time))
    show("ours, typed at the end", measure(map(typed_at_the_end, cases), ours))
    show("ours, without times", measure(map(untimed, cases), ours))
    if given.embedding:
        from granola_like.engines.llama import open_embedder

        embedder = open_embedder(given.embedding, name="benchmark", threads=1)
        with_meanings = [untimed(case) for case in cases]
        show("ours, no times, meanings", measure(with_meanings, lambda b: ours(b, embedder)))
    show_nothing(cases)
    speed(cases)


if __name__ == "__main__":
    main()
