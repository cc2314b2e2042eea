"""What utterances and lines mean, where an embedding model is installed."""

from collections.abc import Sequence

import numpy as np
from numpy.typing import NDArray

from granola_like.engines.base import Embedder
from granola_like.enhance.align.index import Floats, View
from granola_like.enhance.align.windows import floats, unit
from granola_like.text.tokens import words

SHORTEST = 4
"""Words: what is shorter means too little to be told apart, and is not embedded."""

LONGEST = 330
"""Characters that are embedded: a sentence model's window, at two words a second, is minutes."""

RADII = (12.0, 40.0)


def meanings(texts: Sequence[str], embedder: Embedder, *, shortest: int = SHORTEST) -> Floats:
    """Embed the texts that are long enough, zeros for the others. Raises EngineError."""
    long_enough = [at for at, text in enumerate(texts) if len(words(text)) >= shortest]
    found = np.zeros((len(texts), embedder.dimensions), np.float32)
    if long_enough:
        found[long_enough] = embedder.embed([texts[at][:LONGEST] for at in long_enough])
    return found


def meaning_columns(view: View, line: Floats) -> dict[str, Floats]:
    """Compare a line's meaning, a vector, with each utterance's and its surroundings'.

    Raises ValueError when the view was made without meanings.
    """
    own = _meanings(view)
    columns = {
        "meaning_0": own @ line,
        "meaning_0_z": _apart(own @ line, np.asarray(own.any(axis=1))),
    }
    for radius in RADII:
        low, high = view.ranges(radius)
        around = view.summed_meanings[high] - view.summed_meanings[low]
        like = unit(around) @ line
        columns[f"meaning_{radius:.0f}"] = like
        columns[f"meaning_{radius:.0f}_z"] = _apart(like, like != 0)
    low, high = view.ranges(RADII[-1])
    rest = view.summed_meanings[high] - view.summed_meanings[low] - own
    columns["meaning_central"] = floats((unit(rest) * own).sum(axis=1))
    return columns


def meaning_around_columns(view: View, first: Floats) -> dict[str, Floats]:
    """Compare what utterances mean with what the first guesses mean, taken together."""
    own = _meanings(view)
    expected = first @ own
    rest = unit(floats(expected[None, :] - first[:, None] * own))
    low, high = view.ranges(RADII[0])
    near = unit(view.summed_meanings[high] - view.summed_meanings[low])
    return {
        "meaning_alike": floats((own * rest).sum(axis=1)),
        "meaning_alike_12": near @ unit(expected[None, :])[0],
        "meaning_alike_peak": own @ own[int(np.argmax(first))],
    }


def _meanings(view: View) -> Floats:
    if view.meanings is None:
        raise ValueError("these utterances were not embedded")
    return view.meanings


def _apart(column: Floats, counted: NDArray[np.bool]) -> Floats:
    """Say by how many standard deviations each value stands out in its meeting."""
    if counted.sum() < 2:
        return np.zeros_like(column)
    spread = max(float(column[counted].std()), 1e-3)
    return floats((column - column[counted].mean()) / spread)
