"""Find for each note line the utterances that it rests on."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass

import numpy as np

from granola_like.domain.enhanced import Aligned
from granola_like.domain.note import NoteLine
from granola_like.domain.transcript import Utterance
from granola_like.enhance.align.around import around_columns
from granola_like.enhance.align.choose import best_count
from granola_like.enhance.align.index import Floats, Index, Ints, View
from granola_like.enhance.align.ranker import Looks, Ranker, shipped_ranker
from granola_like.enhance.align.signals import (
    Asked,
    matrix,
    static_columns,
    time_columns,
    word_columns,
)
from granola_like.enhance.align.typing_times import asked_lines

SHORTEST = 2
"""Words: "yeah" alone is never evidence."""

LATEST_S, EARLIEST_S = 240.0, 420.0
"""How far after and before the moment of typing a line's evidence is looked for."""


class Aligner:
    """A transcript that grows, and the lines that are asked about it."""

    def __init__(self, *, language: str = "en", ranker: Ranker | None = None) -> None:
        self._index = Index(language=language)
        self._ranker = ranker or shipped_ranker()
        self._static: tuple[View, dict[str, Floats]] | None = None

    def extend(self, utterances: Iterable[Utterance]) -> None:
        """Add what was said since, in order of time. Raises ValueError on a step back in time."""
        self._index.extend(utterances)

    def align(
        self, notes: Sequence[NoteLine], *, only: frozenset[str] | None = None, top: int = 8
    ) -> dict[str, tuple[Aligned, ...]]:
        """Give for each line (or each of `only`) at most `top` utterances, best first.

        All lines typed so far belong into `notes`: each is told apart from its neighbours.
        """
        view = self._index.view()
        asked = asked_lines(notes, view)
        wanted = [note.id for note in notes if only is None or note.id in only]
        if not len(view) or top < 1:
            return dict.fromkeys(wanted, ())
        guesses = {note: self._first(view, line) for note, line in asked.items() if line.terms}
        found: dict[str, tuple[Aligned, ...]] = {}
        for note in wanted:
            found[note] = self._second(view, note, guesses, top) if note in guesses else ()
        return found

    def _looks(self, line: Asked) -> Looks:
        return self._ranker.untimed if line.typed is None else self._ranker.timed

    def _first(self, view: View, line: Asked) -> "_Guess":
        columns = {**self._static_columns(view), **word_columns(view, line)}
        if line.typed is not None:
            columns.update(time_columns(view, line, columns))
        rows = candidates(view, line)
        looks = self._looks(line)
        chances = np.zeros(len(view), np.float32)
        chances[rows] = looks.first.chances(matrix(columns, looks.first.columns, rows))
        return _Guess(looks, columns, rows, chances)

    def _second(
        self, view: View, note: str, guesses: dict[str, "_Guess"], top: int
    ) -> tuple[Aligned, ...]:
        mine = guesses[note]
        others = np.zeros(len(view), np.float32)
        for other, guess in guesses.items():
            if other != note:
                np.maximum(others, guess.chances, out=others)
        columns = {**mine.columns, **around_columns(view, mine.chances, others)}
        forest = mine.looks.second
        chances = forest.chances(matrix(columns, forest.columns, mine.rows))
        order = np.argsort(-chances, kind="stable")[:top]
        count = best_count(chances[order], float(chances.sum()), top)
        return tuple(
            Aligned(view.ids[mine.rows[at]], round(float(chances[at]), 4)) for at in order[:count]
        )

    def _static_columns(self, view: View) -> dict[str, Floats]:
        if self._static is None or self._static[0] is not view:
            self._static = (view, static_columns(view))
        return self._static[1]


@dataclass(frozen=True, slots=True)
class _Guess:
    looks: Looks
    columns: dict[str, Floats]
    rows: Ints
    chances: Floats


def candidates(view: View, line: Asked) -> Ints:
    """Give the rows of the utterances that may be evidence for `line`."""
    enough = view.lengths >= SHORTEST
    if line.typed is not None:
        lags = line.typed - view.ends
        enough &= (lags > -LATEST_S) & (lags < EARLIEST_S)
    return np.nonzero(enough)[0]
