"""Train the aligner's forests on the `train` part of the terse notes, and write them as data.

Run from the repository's root: `python models/training/alignment/train.py`. Takes some minutes on
two cores. Deterministic: the same material gives the same file.
"""

import argparse
import json
import sys
from pathlib import Path

import numpy as np
from sklearn.ensemble import HistGradientBoostingClassifier

ROOT = Path(__file__).resolve().parents[3]
sys.path[:0] = [str(ROOT), str(Path(__file__).parent)]

from benchmarks.material import terse_notes  # noqa: E402
from export import forest  # noqa: E402
from granola_like.enhance.align.aligner import candidates, first_columns, rivals  # noqa: E402
from granola_like.enhance.align.around import around_columns  # noqa: E402
from granola_like.enhance.align.lines import asked_lines  # noqa: E402
from granola_like.enhance.align.order import ordered_chances  # noqa: E402
from granola_like.enhance.align.windows import matrix  # noqa: E402
from lessons import LESSONS, met, taught  # noqa: E402

SEED = 7
FOLDS = 3

FIRST = {"max_iter": 150, "learning_rate": 0.08}
SECOND = {"max_iter": 130, "learning_rate": 0.07}
COMMON = {
    "max_leaf_nodes": 15,
    "min_samples_leaf": 60,
    "l2_regularization": 5.0,
    "early_stopping": False,
    "random_state": SEED,
}


def lines(meeting):
    """Give each line's columns, rows and truth."""
    for note, asked in asked_lines(meeting.bundle.notes, meeting.view).items():
        columns = first_columns(meeting.view, meeting.static, asked)
        rows = candidates(meeting.view, asked)
        yield columns, rows, np.isin(rows, meeting.gold[note])


class Table:
    """Training rows, gathered line by line."""

    def __init__(self, seed):
        self.rng = np.random.default_rng(seed)
        self.names, self.x, self.y, self.weight, self.group = None, [], [], [], []

    def add(self, group, keep, columns, rows, truth):
        """Take a line's right rows, and `keep` of its wrong ones, which then weigh more."""
        self.names = self.names or list(columns)
        kept = truth | (self.rng.random(len(rows)) < keep)
        self.x.append(matrix(columns, self.names, rows[kept]))
        self.y.append(truth[kept])
        self.weight.append(np.where(truth[kept], 1.0, 1.0 / keep))
        self.group.append(np.full(int(kept.sum()), group))

    def close(self):
        """Put the rows together, once."""
        self.x, self.y, self.weight, self.group = map(
            np.concatenate, (self.x, self.y, self.weight, self.group)
        )

    def fit(self, settings, but=None):
        """Fit on all rows, or on those of the meetings outside fold `but`."""
        use = slice(None) if but is None else self.group % FOLDS != but
        model = HistGradientBoostingClassifier(**COMMON, **settings)
        return model.fit(self.x[use], self.y[use], sample_weight=self.weight[use])


def second_lines(meeting, model, names):
    """Give the lines once more, with the columns of the second look; `model` made the first."""
    found = list(lines(meeting))
    chances = np.zeros((len(found), len(meeting.view)), np.float32)
    for i, (columns, rows, _) in enumerate(found):
        chances[i, rows] = model.predict_proba(matrix(columns, names, rows))[:, 1]
    ordered = ordered_chances(meeting.view, chances)
    for i, (columns, rows, truth) in enumerate(found):
        more = around_columns(meeting.view, chances[i], rivals(chances, i), ordered[i])
        yield {**columns, **more}, rows, truth


def lessons(way, meetings):
    """Give each changed copy with its meeting's number and the share of wrong rows to keep."""
    rng = np.random.default_rng(SEED)
    for group, meeting in enumerate(meetings):
        for lesson, keep in LESSONS[way]:
            yield group, taught(meeting, lesson, rng), keep


def train(way, meetings):
    """Train both looks; the second on first guesses of forests that never saw its meeting."""
    table = Table(SEED)
    for group, meeting, keep in lessons(way, meetings):
        for line in lines(meeting):
            table.add(group, keep, *line)
    table.close()
    print(way, "first look:", table.x.shape, flush=True)
    apart = [table.fit(FIRST, but) for but in range(FOLDS)]
    first = table.fit(FIRST)
    second = Table(SEED)
    for group, meeting, keep in lessons(way, meetings):
        for line in second_lines(meeting, apart[group % FOLDS], table.names):
            second.add(group, keep, *line)
    second.close()
    print(way, "second look:", second.x.shape, flush=True)
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
    meetings = [met(case) for case in terse_notes("train")]
    data = {way: train(way, meetings) for way in LESSONS}
    out.write_text(json.dumps(data, separators=(",", ":")) + "\n", "utf-8")
    print(f"{out.name}: {out.stat().st_size / 1000:.0f} kB")


if __name__ == "__main__":
    main()
