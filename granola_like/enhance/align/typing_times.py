"""Which typing times can be believed, and which lines stand beside which."""

from collections.abc import Sequence

from granola_like.domain.note import NoteLine
from granola_like.enhance.align.index import View, terms_of
from granola_like.enhance.align.signals import Asked

HURRY_S = 1.5
"""Nobody types two lines within this time: they were pasted."""

AFTERWARDS = 3
"""So many lines typed after the last word were not typed while people spoke."""


def asked_lines(notes: Sequence[NoteLine], view: View) -> dict[str, Asked]:
    """Give each line its terms, its time where that tells something, and its neighbours' times."""
    times = believable_times(notes, last_word=float(view.ends.max()) if len(view) else 0.0)
    order = sorted(set(times.values()))
    return {
        note.id: _asked(terms_of(note.text, language=view.language), times.get(note.id), order)
        for note in notes
    }


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


def _asked(terms: tuple[str, ...], typed: float | None, order: list[float]) -> Asked:
    if typed is None:
        return Asked(terms)
    before = max((at for at in order if at < typed), default=None)
    after = min((at for at in order if at > typed), default=None)
    return Asked(terms, typed, before, after)
