"""Train the aligner's forests on the `train` part of the terse notes, and write them as data.

Run from the repository's root: `python models/training/alignment/train.py`. Takes some minutes on
two cores. Deterministic: the same material gives the same file.
"""

import argparse
import json
import sys
from dataclasses import replace
from pathlib import Path

import numpy as np
from sklearn.ensemble import HistGradientBoostingClassifier

ROOT = Path(__file__).resolve().parents[3]
sys.path[:0] = [str(ROOT), str(Path(__file__).parent)]

from benchmarks.material import terse_notes  # noqa: E402
from export import forest  # noqa: E402
from granola_like.enhance.align.aligner import candidates  # noqa: E402
from granola_like.enhance.align.around import around_columns  # noqa: E402
from granola_like.enhance.align.index import Index  # noqa: E402
from granola_like.enhance.align.signals import (  # noqa: E402
    matrix,
    static_columns,
    time_columns,
    word_columns,
)
from granola_like.enhance.align.typing_times import asked_lines  # noqa: E402

SEED = 7
FOLDS = 4
LAGS = ((1.0, 0.6), (1.0, 0.6), (3.0, 0.6), (1.5, 0.9), (0.6, 0.9))
"""Draws of typing lags: factor on the median, spread of the logarithm. The first is the set's own;
the others keep the forests from leaning on its shape."""

FIRST = {"max_iter": 150, "learning_rate": 0.08}
SECOND = {"max_iter": 120, "learning_rate": 0.07}
COMMON = {
    "max_leaf_nodes": 15,
    "min_samples_leaf": 60,
    "l2_regularization": 5.0,
    "early_stopping": False,
    "random_state": SEED,
}
WAYS = {"timed": {"draws": 3, "keep": 1.0}, "untimed": {"draws": 1, "keep": 0.4}}
"""How often each meeting's lags are drawn, and the share of wrong utterances that is kept."""


class Met:
    """A meeting with its evidence as rows."""

    def __init__(self, case):
        self.case = case
        index = Index(language=case.bundle.meeting.language)
        index.extend(case.bundle.transcript)
        self.view = index.view()
        self.static = static_columns(self.view)
        place = {name: row for row, name in enumerate(self.view.ids)}
        self.gold = {
            note: np.array(sorted(place[e] for e in gold.evidence))
            for note, gold in case.gold.items()
        }


def notes_drawn(met, draw, rng):
    """Give the meeting's lines with lags as they are (draw 0), or drawn anew."""
    notes = met.case.bundle.notes
    if draw is None:
        return tuple(replace(note, typed_at_ms=None) for note in notes)
    if draw == 0:
        return notes
    factor, spread = LAGS[draw % len(LAGS)]
    return tuple(
        replace(
            note,
            typed_at_ms=round(
                1000
                * (
                    met.view.ends[rng.choice(met.gold[note.id])]
                    + np.exp(rng.normal(np.log(8 * factor), spread))
                )
            ),
        )
        for note in notes
    )


def lines(met, notes):
    """Give each line's id, columns, rows and truth."""
    for note, asked in asked_lines(notes, met.view).items():
        columns = {**met.static, **word_columns(met.view, asked)}
        if asked.typed is not None:
            columns.update(time_columns(met.view, asked, columns))
        rows = candidates(met.view, asked)
        yield note, columns, rows, np.isin(rows, met.gold[note])


class Table:
    """Training rows, gathered line by line."""

    def __init__(self, keep, rng):
        self.keep, self.rng = keep, rng
        self.names, self.x, self.y, self.weight, self.group = None, [], [], [], []

    def add(self, group, columns, rows, truth):
        self.names = self.names or list(columns)
        kept = truth | (self.rng.random(len(rows)) < self.keep)
        self.x.append(matrix(columns, self.names, rows[kept]))
        self.y.append(truth[kept])
        self.weight.append(np.where(truth[kept], 1.0, 1.0 / self.keep))
        self.group.append(np.full(int(kept.sum()), group))

    def fit(self, settings, but=None, fold=None):
        x, y, weight, group = map(np.concatenate, (self.x, self.y, self.weight, self.group))
        use = np.ones(len(y), bool) if but is None else fold[group] != but
        model = HistGradientBoostingClassifier(**COMMON, **settings)
        return model.fit(x[use], y[use], sample_weight=weight[use])


def first_chances(met, found, model, names):
    """Give the first look's chances of every line, shape (lines, N)."""
    chances = np.zeros((len(found), len(met.view)), np.float32)
    for i, (_, columns, rows, _) in enumerate(found):
        chances[i, rows] = model.predict_proba(matrix(columns, names, rows))[:, 1]
    return chances


def seconds(met, found, chances):
    """Give the lines once more, with the columns of the second look."""
    for i, (note, columns, rows, truth) in enumerate(found):
        others = np.delete(chances, i, axis=0).max(axis=0, initial=0)
        yield note, {**columns, **around_columns(met.view, chances[i], others)}, rows, truth


def train(way, meetings):
    """Train both looks of one way; the second on first guesses of forests that never saw its meeting."""
    settings = WAYS[way]
    rng = np.random.default_rng(SEED)
    drawn = []
    for group, met in enumerate(meetings):
        for draw in range(settings["draws"]):
            notes = notes_drawn(met, draw if way == "timed" else None, rng)
            drawn.append((group, notes))
    table = Table(settings["keep"], rng)
    for group, notes in drawn:
        for _, columns, rows, truth in lines(meetings[group], notes):
            table.add(group, columns, rows, truth)
    fold = np.arange(len(meetings)) % FOLDS
    apart = [table.fit(FIRST, but, fold) for but in range(FOLDS)]
    first = table.fit(FIRST)
    print(way, "first look fitted", flush=True)
    second = Table(settings["keep"], rng)
    for group, notes in drawn:
        met = meetings[group]
        found = list(lines(met, notes))
        chances = first_chances(met, found, apart[fold[group]], table.names)
        for _, columns, rows, truth in seconds(met, found, chances):
            second.add(group, columns, rows, truth)
    print(way, "second look fitted", flush=True)
    return {
        "first": forest(first, table.names),
        "second": forest(second.fit(SECOND), second.names),
    }


def main():
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument(
        "-o", "--out", type=Path, default=ROOT / "granola_like/enhance/align/weights.json"
    )
    out = parser.parse_args().out
    meetings = [Met(case) for case in terse_notes("train")]
    data = {way: train(way, meetings) for way in WAYS}
    out.write_text(json.dumps(data, separators=(",", ":")) + "\n", "utf-8")
    print(f"{out.name}: {out.stat().st_size / 1000:.0f} kB")


if __name__ == "__main__":
    main()
