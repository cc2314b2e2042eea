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
from sklearn.linear_model import LogisticRegression

ROOT = Path(__file__).resolve().parents[3]
sys.path[:0] = [str(ROOT), str(Path(__file__).parent)]

from benchmarks.material import terse_notes  # noqa: E402
from export import forest  # noqa: E402
from granola_like.enhance.align.aligner import (  # noqa: E402
    candidates,
    first_columns,
    rivals,
    second_columns,
)
from granola_like.enhance.align.forest import read_forest  # noqa: E402
from granola_like.enhance.align.order import ordered_chances  # noqa: E402
from granola_like.enhance.align.presence import signs  # noqa: E402
from granola_like.enhance.align.windows import matrix  # noqa: E402
from embedded import Remembering  # noqa: E402
from lessons import LESSONS, met, strangers, taught  # noqa: E402

SEED = 7
FOLDS = 3
GATE_FOLDS = 5

FIRST = {"max_iter": 150, "learning_rate": 0.08}
SECOND = {"max_iter": 130, "learning_rate": 0.07}
COMMON = {
    "max_leaf_nodes": 15,
    "min_samples_leaf": 60,
    "l2_regularization": 5.0,
    "early_stopping": False,
    "random_state": SEED,
}

LOST = {"timed": 0.015, "untimed": 0.02}
"""Share of true lines that may be left empty, for the sake of lines about nothing. Of one line in a
hundred no word at all was said in the meeting: a gate that keeps those, too, keeps everything."""


def lines(meeting):
    """Give each line's columns, rows and truth."""
    for note, asked in meeting.asked().items():
        columns = first_columns(meeting.view, meeting.static, asked)
        rows = candidates(meeting.view, asked)
        yield columns, rows, np.isin(rows, meeting.gold[note])


def meant(name):
    """Say whether a column needs an embedding model."""
    return name.startswith("meaning_")


class Table:
    """Training rows, gathered line by line."""

    def __init__(self, seed, *, meaning=False):
        self.meaning = meaning
        self.rng = np.random.default_rng(seed)
        self.names, self.x, self.y, self.weight, self.group = None, [], [], [], []

    def add(self, group, keep, columns, rows, truth):
        """Take a line's right rows, and `keep` of its wrong ones, which then weigh more."""
        self.names = self.names or [name for name in columns if self.meaning or not meant(name)]
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

    def fit(self, settings, *, but=None, meaning=False):
        """Fit on all rows, or on those of the meetings outside fold `but`, and give the trees."""
        use = np.ones(len(self.y), bool) if but is None else self.group % FOLDS != but
        names = [name for name in self.names if meaning or not meant(name)]
        columns = [self.names.index(name) for name in names]
        model = HistGradientBoostingClassifier(**COMMON, **settings)
        model.fit(self.x[np.ix_(use, columns)], self.y[use], sample_weight=self.weight[use])
        return forest(model, names)


def second_lines(meeting, first):
    """Give the lines once more, with the columns of the second look; `first` is a read forest."""
    view, found = meeting.view, list(lines(meeting))
    chances = np.zeros((len(found), len(view)), np.float32)
    for i, (columns, rows, _) in enumerate(found):
        chances[i, rows] = first.chances(matrix(columns, first.columns, rows))
    ordered = ordered_chances(view, chances)
    for i, (columns, rows, truth) in enumerate(found):
        others = rivals(chances, i)
        more = second_columns(view, columns, chances[i], others=others, ordered=ordered[i])
        yield more, rows, truth


def lessons(way, meetings):
    """Give each changed copy with its meeting's number and the share of wrong rows to keep."""
    rng = np.random.default_rng(SEED)
    for group, meeting in enumerate(meetings):
        for lesson, keep in LESSONS[way]:
            yield group, taught(meeting, lesson, rng), keep


def presence(way, meetings):
    """Learn to tell a meeting's own lines from those of meetings about other things."""
    rng = np.random.default_rng(SEED)
    found, truth, group = [], [], []
    for number, meeting in enumerate(meetings):
        for own in (True, False):
            asked_of = meeting if own else strangers(meeting, meetings, rng)
            if way == "untimed":
                asked_of = asked_of.untimed()
            for asked in asked_of.asked().values():
                columns = first_columns(asked_of.view, asked_of.static, asked)
                found.append(signs(asked_of.view, asked, columns))
                truth.append(own)
                group.append(number % GATE_FOLDS)
    x, y, fold = np.array(found), np.array(truth), np.array(group)
    model = LogisticRegression(C=1.0, max_iter=1000).fit(x, y)
    # Where to cut is decided on meetings that the judgement was not learned from.
    unseen = np.zeros(len(y))
    for one in range(GATE_FOLDS):
        apart = LogisticRegression(C=1.0, max_iter=1000).fit(x[fold != one], y[fold != one])
        unseen[fold == one] = apart.decision_function(x[fold == one])
    least = float(np.quantile(unseen[y], LOST[way]))
    print(
        f"{way} gate: least {least:.3f}, strangers given evidence {np.mean(unseen[~y] >= least):.3f}",
        flush=True,
    )
    return {
        "weights": [round(float(weight), 4) for weight in model.coef_[0]],
        "base": round(float(model.intercept_[0]), 4),
        "least": round(least, 4),
    }


def first_look(way, meetings, keep):
    """Train the first look on all meetings, and once without each fold; `keep` is a file or None."""
    if keep and keep.exists():
        return json.loads(keep.read_text("utf-8"))
    table = Table(SEED)
    for group, meeting, share in lessons(way, meetings):
        for line in lines(meeting):
            table.add(group, share, *line)
    table.close()
    print(way, "first look:", table.x.shape, flush=True)
    fitted = {
        "apart": [table.fit(FIRST, but=but) for but in range(FOLDS)],
        "whole": table.fit(FIRST),
    }
    if keep:
        keep.write_text(json.dumps(fitted), "utf-8")
    return fitted


def train(way, meetings, keep=None):
    """Train both looks; the second on first guesses of forests that never saw its meeting."""
    fitted = first_look(way, meetings, keep)
    apart = [read_forest(data) for data in fitted["apart"]]
    second = Table(SEED, meaning=True)
    for group, meeting, share in lessons(way, meetings):
        for line in second_lines(meeting, apart[group % FOLDS]):
            second.add(group, share, *line)
    second.close()
    print(way, "second look:", second.x.shape, flush=True)
    found = {
        "first": fitted["whole"],
        "second": second.fit(SECOND),
        "presence": presence(way, meetings),
    }
    if any(map(meant, second.names)):
        found["meant"] = second.fit(SECOND, meaning=True)
    return found


def main():
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument(
        "-o", "--out", type=Path, default=ROOT / "granola_like/enhance/align/weights.json"
    )
    parser.add_argument("--way", choices=tuple(LESSONS), help="train one part only")
    parser.add_argument(
        "--keep", type=Path, help="folder for the first looks, to train the second once more alone"
    )
    parser.add_argument("--embedding", help="GGUF of the embedding model, for the meant looks")
    given = parser.parse_args()
    out = given.out
    kept = given.keep / "embedded.npz" if given.keep else None
    embedder = Remembering(given.embedding, kept) if given.embedding else None
    meetings = [met(case, embedder) for case in terse_notes("train")]
    data = json.loads(out.read_text("utf-8")) if given.way else {}
    for way in [given.way] if given.way else LESSONS:
        keep = given.keep / f"{way}.json" if given.keep else None
        data[way] = train(way, meetings, keep)
    out.write_text(json.dumps(data, separators=(",", ":")) + "\n", "utf-8")
    print(f"{out.name}: {out.stat().st_size / 1000:.0f} kB")


if __name__ == "__main__":
    main()
