"""What the forests learn from: real meetings and notes, and changed copies of them.

The set's lags are made by one rule, its notes are short questions about long meetings. So that the
forests don't lean on that, copies of the meetings get other lags, are cut to some minutes, and
some notes get rare words or numbers from the evidence, as people write them down.
"""

from dataclasses import dataclass, replace

import numpy as np

from granola_like.domain.transcript import Transcript
from granola_like.enhance.align.index import Index
from granola_like.enhance.align.lines import asked_lines
from granola_like.enhance.align.meaning import meanings
from granola_like.enhance.align.spoken import static_columns
from granola_like.text.quantities import find_quantities
from granola_like.text.tokens import is_stop_word, stem, words

MEDIAN_LAG_S = 8.0


@dataclass(frozen=True)
class Lesson:
    """How a meeting is changed before it is learned from."""

    anew: bool = False
    """Draw the sentence that a line follows, and the lag, again."""
    factor: float = 1.0
    """On the median lag."""
    spread: float = 0.6
    """Of the lag's logarithm."""
    timed: bool = True
    cut: bool = False
    """Keep some minutes only."""
    planted: float = 0.0
    """Share of the lines that get words from their evidence."""
    shuffled: float = 0.0
    """Share of the meetings whose lines lose their order."""


LESSONS = {
    "timed": (
        (Lesson(), 0.6),
        (Lesson(anew=True), 0.6),
        (Lesson(anew=True, factor=3.0), 0.35),
        (Lesson(anew=True, factor=1.5, spread=0.9, planted=0.3), 0.35),
        (Lesson(anew=True, factor=1.2, spread=0.9, cut=True, planted=0.5), 0.6),
    ),
    "untimed": (
        (Lesson(timed=False), 0.3),
        (Lesson(anew=True, timed=False, planted=0.3, shuffled=0.25), 0.2),
        (Lesson(anew=True, timed=False, cut=True, planted=0.5), 0.4),
    ),
}
"""Each with the share of wrong utterances that is kept."""


class Met:
    """A meeting with its evidence as rows."""

    def __init__(self, bundle, evidence, domain, embedder=None):
        self.bundle, self.domain, self.embedder = bundle, domain, embedder
        index = Index(language=bundle.meeting.language)
        said = bundle.transcript.utterances
        index.extend(said, meanings([one.text for one in said], embedder) if embedder else None)
        self.view = index.view()
        self.static = static_columns(self.view)
        place = {name: row for row, name in enumerate(self.view.ids)}
        self.gold = {
            note: np.array(sorted(place[one] for one in ids)) for note, ids in evidence.items()
        }


    def with_notes(self, notes):
        """Give the same meeting with other lines."""
        copy = object.__new__(Met)
        copy.__dict__.update(self.__dict__, bundle=replace(self.bundle, notes=tuple(notes)))
        return copy

    def untimed(self):
        """Give the same meeting, its lines' times forgotten."""
        return self.with_notes(replace(note, typed_at_ms=None) for note in self.bundle.notes)


    def asked(self):
        """Give the lines as the aligner sees them, by their ids."""
        found = asked_lines(self.bundle.notes, self.view)
        if self.embedder is None:
            return found
        means = meanings([n.text for n in self.bundle.notes], self.embedder, shortest=1)
        return {
            note: replace(line, meaning=mean)
            for (note, line), mean in zip(found.items(), means, strict=True)
        }


def met(case, embedder=None):
    """Take a meeting as it is."""
    evidence = {note: gold.evidence for note, gold in case.gold.items()}
    return Met(case.bundle, evidence, case.domain, embedder)


def strangers(meeting, meetings, rng):
    """Give a meeting with lines from meetings of other domains, typed at any time."""
    pool = [note for m in meetings if m.domain != meeting.domain for note in m.bundle.notes]
    begin, end = int(meeting.view.starts[0] * 1000), int(meeting.view.ends[-1] * 1000)
    return meeting.with_notes(
        replace(
            pool[rng.integers(len(pool))],
            id=f"stranger{at}",
            typed_at_ms=int(rng.uniform(begin + 60_000, max(end, begin + 60_001))),
        )
        for at in range(len(meeting.bundle.notes))
    )


def taught(meeting, lesson, rng):
    """Give a changed copy of a meeting."""
    if lesson.cut:
        meeting = _cut(meeting, rng)
    notes = []
    for note in meeting.bundle.notes:
        row = int(rng.choice(meeting.gold[note.id]))
        if rng.random() < lesson.planted:
            note = replace(note, text=_planted(meeting, note.text, row, rng))
        if lesson.anew:
            lag = np.exp(rng.normal(np.log(MEDIAN_LAG_S * lesson.factor), lesson.spread))
            note = replace(note, typed_at_ms=round(1000 * (meeting.view.ends[row] + lag)))
        notes.append(note)
    notes.sort(key=lambda note: note.typed_at_ms)
    if rng.random() < lesson.shuffled:
        rng.shuffle(notes)
    changed = meeting.with_notes(notes)
    return changed if lesson.timed else changed.untimed()


def _cut(meeting, rng):
    """Keep one and a half to twenty-five minutes around a sentence of evidence."""
    view, notes = meeting.view, meeting.bundle.notes
    centre = view.middles[rng.choice(meeting.gold[notes[rng.integers(len(notes))].id])]
    length = np.exp(rng.uniform(np.log(90), np.log(1500)))
    begin = centre - length * rng.uniform(0.1, 0.9)
    kept = (view.starts >= begin) & (view.ends <= begin + length)
    gold = {note: rows[kept[rows]] for note, rows in meeting.gold.items()}
    gold = {note: rows for note, rows in gold.items() if len(rows) > 0.3 * len(meeting.gold[note])}
    said = tuple(one for one, keep in zip(meeting.bundle.transcript, kept, strict=True) if keep)
    if not gold or len(said) < 5:
        return meeting
    bundle = replace(
        meeting.bundle,
        transcript=Transcript(utterances=said),
        notes=tuple(note for note in notes if note.id in gold),
    )
    evidence = {note: [view.ids[row] for row in rows] for note, rows in gold.items()}
    return Met(bundle, evidence, meeting.domain, meeting.embedder)


def _planted(meeting, text, row, rng):
    """Write one to three rare words of an utterance down, or its number in digits."""
    said = meeting.bundle.transcript.utterances[row].text
    language = meeting.bundle.meeting.language
    carrying = [word for word in dict.fromkeys(words(said)) if not is_stop_word(word)]
    if not carrying:
        return text
    weights = np.array([_rarity(meeting.view, word, language) ** 2 for word in carrying])
    count = min(int(rng.integers(1, 4)), len(carrying))
    picked = sorted(rng.choice(len(carrying), count, replace=False, p=weights / weights.sum()))
    found = [carrying[at] for at in picked]
    numbers = [q.value for q in find_quantities(said, language=language) if q.kind == "number"]
    if numbers and rng.random() < 0.7:
        found.append(f"{numbers[0]}")
    if rng.random() < 0.4:
        found.insert(0, text)
    return " ".join(found)


def _rarity(view, word, language):
    return view.idf(stem(word, language=language)) + 0.1
