"""Note lines as the aligner sees them: which typing times to believe, who stands beside whom."""

from collections.abc import Sequence
from dataclasses import dataclass

from granola_like.domain.note import NoteLine
from granola_like.enhance.align.index import Floats, View, terms_of

HURRY_S = 1.5
"""Nobody types two lines within this time: they were pasted."""

AFTERWARDS = 3
"""So many lines typed after the last word were not typed while people spoke."""


@dataclass(frozen=True, slots=True, eq=False)
class Asked:
    """A note line as the aligner sees it; times in seconds, None where unknown."""

    terms: tuple[str, ...]
    typed: float | None = None
    before: float | None = None
    """When the line before it (in time) was typed."""
    after: float | None = None
    number: int = 0
    """Its place among the meeting's lines, from 0."""
    lines: int = 1
    """How many lines there are."""
    meaning: Floats | None = None
    """Its unit vector, where there is an embedder."""


def asked_lines(notes: Sequence[NoteLine], view: View) -> dict[str, Asked]:
    """Give each line its terms, its time where that tells something, and its neighbours' times."""
    times = believable_times(notes, last_word=float(view.ends.max()) if len(view) else 0.0)
    order = sorted(set(times.values()))
    found: dict[str, Asked] = {}
    for number, note in enumerate(notes):
        typed = times.get(note.id)
        found[note.id] = Asked(
            terms_of(note.text, language=view.language),
            typed,
            max((at for at in order if typed is not None and at < typed), default=None),
            min((at for at in order if typed is not None and at > typed), default=None),
            number,
            len(notes),
        )
    return found


def believable_times(notes: Sequence[NoteLine], *, last_word: float) -> dict[str, float]:
    """Give the typing times in seconds, without those of lines pasted or typed afterwards.

    One or two lines typed right after the end may be about the end; more are a summing-up.
    """
    times = {n.id: n.typed_at_ms / 1000 for n in notes if n.typed_at_ms is not None}
    late = [note for note, at in times.items() if at >= last_word]
    if len(late) >= AFTERWARDS:
        times = {note: at for note, at in times.items() if at < last_word}
    order = sorted(times, key=lambda note: times[note])
    pasted: set[str] = set()
    for a, b, c in zip(order, order[1:], order[2:], strict=False):
        if times[c] - times[a] < 2 * HURRY_S:
            pasted |= {a, b, c}
    return {note: at for note, at in times.items() if note not in pasted}
