"""Train the score that tells which sentences of a meeting people would call its outcomes.

    python models/training/outcomes/train.py

A logistic regression (scikit-learn, L1) over words, pairs of words, place and speech act, on the
AMI meetings of the training part whose outcomes people wrote. A sentence is positive when its turn
is evidence of an outcome. Writes the weights as plain data into the package.
"""

import json
import sys
from collections import Counter
from pathlib import Path

import numpy as np
from scipy.sparse import csr_matrix
from sklearn.linear_model import LogisticRegression

ROOT = Path(__file__).resolve().parents[3]
sys.path[:0] = [str(ROOT), str(ROOT / "models")]

from benchmarks.outcomes import meetings, turn  # noqa: E402
from granola_like.enhance.outcomes import About, observed  # noqa: E402

TARGET = ROOT / "models" / "granola_like_models" / "outcomes.json"
SEEN_IN = 8
"""A word counts when it is in at least so many positive sentences."""
STRENGTH = 0.25
"""scikit-learn's C: smaller keeps fewer features."""


def rows(part):
    for truth in meetings(part):
        bundle = truth.case.bundle
        about = About(
            people=tuple(person.name for person in bundle.meeting.people),
            glossary=(),
            meeting_date=bundle.meeting.started_at.date(),
            language="en",
        )
        marked = frozenset().union(*truth.outcomes)
        for one in observed(bundle.transcript, about):
            yield one.features, turn(one.sentence.said.id) in marked


def main():
    data = list(rows("train"))
    counts = Counter(name for names, positive in data if positive for name in names)
    vocabulary = {name: n for n, name in enumerate(sorted(k for k, c in counts.items() if c >= SEEN_IN))}
    indices, starts = [], [0]
    for names, _ in data:
        indices += sorted(vocabulary[name] for name in names if name in vocabulary)
        starts.append(len(indices))
    matrix = csr_matrix(
        (np.ones(len(indices)), indices, starts), shape=(len(data), len(vocabulary))
    )
    truth = np.array([positive for _, positive in data])
    model = LogisticRegression(C=STRENGTH, l1_ratio=1.0, solver="liblinear", random_state=0)
    model.fit(matrix, truth)
    weights = {
        name: round(float(model.coef_[0][n]), 3)
        for name, n in vocabulary.items()
        if abs(model.coef_[0][n]) >= 0.01
    }
    print(f"{len(data)} sentences, {truth.mean():.3f} positive, {len(weights)} weights kept")
    TARGET.write_text(
        json.dumps({"language": "en", "bias": round(float(model.intercept_[0]), 3), "weights": weights},
                   ensure_ascii=False, indent=0, sort_keys=True) + "\n",
        "utf-8",
    )


if __name__ == "__main__":
    main()
