"""Find for each note line the utterances that it rests on."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, replace

import numpy as np

from granola_like.domain.enhanced import Aligned
from granola_like.domain.note import NoteLine
from granola_like.domain.transcript import Utterance
from granola_like.engines.base import Embedder
from granola_like.enhance.align.around import around_columns
from granola_like.enhance.align.choose import best_count
from granola_like.enhance.align.forest import Forest, chances_together
from granola_like.enhance.align.index import Floats, Index, Ints, View
from granola_like.enhance.align.lines import Asked, asked_lines
from granola_like.enhance.align.meaning import meaning_around_columns, meaning_columns, meanings
from granola_like.enhance.align.order import ordered_chances
from granola_like.enhance.align.presence import spoken_of
from granola_like.enhance.align.ranker import Looks, Ranker, shipped_ranker
from granola_like.enhance.align.spoken import static_columns
from granola_like.enhance.align.timing import place_columns, time_columns
from granola_like.enhance.align.windows import floats, matrix
from granola_like.enhance.align.wording import word_columns

SHORTEST = 2
"""Words: "yeah" alone is never evidence."""

LATEST_S, EARLIEST_S = 240.0, 420.0
"""How far after and before the moment of typing a line's evidence is looked for."""


class Aligner:
    """A transcript that grows, and the lines that are asked about it."""

    def __init__(
        self,
        *,
        language: str = "en",
        embedder: Embedder | None = None,
        ranker: Ranker | None = None,
    ) -> None:
        self._index = Index(language=language)
        self._embedder = embedder
        self._ranker = ranker or shipped_ranker()
        self._static: tuple[View, dict[str, Floats]] | None = None
        self._line_meanings: dict[str, Floats] = {}

    def extend(self, utterances: Iterable[Utterance]) -> None:
        """Add what was said since, in order of time, and embed it where there is an embedder.

        Raises ValueError on a step back in time, EngineError when the embedder fails; then nothing
        was added.
        """
        said = tuple(utterances)
        if self._embedder is None:
            self._index.extend(said)
        else:
            self._index.extend(said, meanings([one.text for one in said], self._embedder))

    def align(
        self, notes: Sequence[NoteLine], *, only: frozenset[str] | None = None, top: int = 8
    ) -> dict[str, tuple[Aligned, ...]]:
        """Give for each line (or each of `only`) at most `top` utterances, best first.

        All lines typed so far belong into `notes`: each is told apart from its neighbours.
        """
        view = self._index.view()
        asked = self._with_meanings(notes, asked_lines(notes, view))
        wanted = [note.id for note in notes if only is None or note.id in only]
        asked = _near(asked, frozenset(wanted))
        if not len(view) or not wanted or top < 1:
            return dict.fromkeys(wanted, ())
        guesses = self._first(view, tuple(asked.values()))
        chances = np.stack([guess.chances for guess in guesses])
        places = {note: at for at, note in enumerate(asked) if note in wanted}
        found = self._second(view, guesses, tuple(places.values()), chances)
        return {
            note: _best(view, guesses[at], found[at], top) if at in found else ()
            for note, at in places.items()
        }

    def _with_meanings(
        self, notes: Sequence[NoteLine], asked: dict[str, Asked]
    ) -> dict[str, Asked]:
        if self._embedder is None:
            return asked
        new = [
            text for text in {note.text: None for note in notes} if text not in self._line_meanings
        ]
        found = meanings(new, self._embedder, shortest=1)
        self._line_meanings.update(zip(new, found, strict=True))
        return {
            note.id: replace(asked[note.id], meaning=self._line_meanings[note.text])
            for note in notes
        }

    def _first(self, view: View, lines: Sequence[Asked]) -> list["_Guess"]:
        guesses = []
        for line in lines:
            looks = self._ranker.untimed if line.typed is None else self._ranker.timed
            columns = first_columns(view, self._static_columns(view), line)
            chances = np.zeros(len(view), np.float32)
            guesses.append(_Guess(looks, columns, candidates(view, line), chances))
        present = [
            guess
            for guess, line in zip(guesses, lines, strict=True)
            if line.terms and spoken_of(guess.looks.presence, view, line, guess.columns)
        ]
        found = chances_together([guess.asking(guess.looks.first) for guess in present])
        for guess, chances in zip(present, found, strict=True):
            guess.chances[guess.rows] = chances
        return guesses

    def _second(
        self, view: View, guesses: Sequence["_Guess"], places: Sequence[int], chances: Floats
    ) -> dict[int, Floats]:
        """Look again at the lines at `places`, with the guesses for all; some have none."""
        ordered = ordered_chances(view, chances)
        asked: dict[int, tuple[Forest, Floats]] = {}
        for at in places:
            mine = guesses[at]
            if mine.chances.any():
                columns = second_columns(
                    view,
                    mine.columns,
                    mine.chances,
                    others=rivals(chances, at),
                    ordered=ordered[at],
                )
                meant = mine.looks.meant if view.meanings is not None else None
                asked[at] = replace(mine, columns=columns).asking(meant or mine.looks.second)
        return dict(zip(asked, chances_together(tuple(asked.values())), strict=True))

    def _static_columns(self, view: View) -> dict[str, Floats]:
        if self._static is None or self._static[0] is not view:
            self._static = (view, static_columns(view))
        return self._static[1]


def _near(asked: dict[str, Asked], wanted: frozenset[str]) -> dict[str, Asked]:
    """Leave out lines that were typed too far from each wanted one to claim what it may rest on."""
    times = [line.typed for note, line in asked.items() if note in wanted]
    if None in times:
        return asked
    reach = 2 * (LATEST_S + EARLIEST_S)
    return {
        note: line
        for note, line in asked.items()
        if line.typed is None
        or any(at is not None and abs(line.typed - at) <= reach for at in times)
    }


@dataclass(frozen=True, slots=True)
class _Guess:
    looks: Looks
    columns: dict[str, Floats]
    rows: Ints
    chances: Floats

    def asking(self, forest: Forest) -> tuple[Forest, Floats]:
        """Put the columns that a forest reads beside it."""
        return forest, matrix(self.columns, forest.columns, self.rows)


def _best(view: View, guess: _Guess, chances: Floats, top: int) -> tuple[Aligned, ...]:
    order = np.argsort(-chances, kind="stable")[:top]
    count = best_count(chances[order], float(chances.sum()), top)
    return tuple(
        Aligned(view.ids[guess.rows[at]], round(float(chances[at]), 4)) for at in order[:count]
    )


def first_columns(view: View, static: dict[str, Floats], line: Asked) -> dict[str, Floats]:
    """Describe each utterance for the first look at `line`."""
    columns = {**static, **word_columns(view, line)}
    if line.meaning is not None:
        columns.update(meaning_columns(view, line.meaning))
    if line.typed is None:
        return {**columns, **place_columns(view, line)}
    return {**columns, **time_columns(view, line, columns)}


def second_columns(
    view: View, columns: dict[str, Floats], first: Floats, *, others: Floats, ordered: Floats
) -> dict[str, Floats]:
    """Describe each utterance for the second look; see `around_columns` for what is passed."""
    more = around_columns(view, first, others, ordered)
    if view.meanings is not None:
        more.update(meaning_around_columns(view, first))
    return {**columns, **more}


def rivals(chances: Floats, line: int) -> Floats:
    """Give the greatest chance that any other line gives each utterance."""
    return floats(np.delete(chances, line, axis=0).max(axis=0, initial=0))


def candidates(view: View, line: Asked) -> Ints:
    """Give the rows of the utterances that may be evidence for `line`."""
    enough = view.lengths >= SHORTEST
    if line.typed is not None:
        lags = line.typed - view.ends
        enough &= (lags > -LATEST_S) & (lags < EARLIEST_S)
    return np.nonzero(enough)[0]
