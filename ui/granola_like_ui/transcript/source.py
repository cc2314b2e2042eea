"""From what a line of the note rests on to words, rows and seconds."""

from collections.abc import Sequence

from granola_like.domain.enhanced import Evidence
from granola_like_ui.transcript.state import Line, Row, WordRange

_NEAR_MS = 15_000
"""What is farther apart is not played in one go."""


def lit_by(evidence: Sequence[Evidence]) -> dict[str, tuple[WordRange, ...]]:
    """Say which words are to be lit."""
    lit: dict[str, tuple[WordRange, ...]] = {}
    for one in evidence:
        whole = one.from_word is None or one.to_word is None
        part = None if whole else (one.from_word or 0, one.to_word or 0)
        lit[one.utterance] = (*lit.get(one.utterance, ()), part)
    return lit


def span_of(rows: Sequence[Row], lit: dict[str, tuple[WordRange, ...]]) -> tuple[int, int] | None:
    """Say which seconds to play: the first stretch of what is lit, to the end of its last word.

    What lies far apart is not played in one go: a minute of other talk lies between.
    """
    spans = sorted(
        (row.start_ms, row.end_ms) for row in rows if isinstance(row, Line) and row.utterance in lit
    )
    if not spans:
        return None
    start, end = spans[0]
    for begins, ends in spans[1:]:
        if begins - end > _NEAR_MS:
            break
        end = max(end, ends)
    return start, end


def row_at(rows: Sequence[Row], ms: int) -> int | None:
    """Say in which row something is said at a time: the last that has begun."""
    begun = [n for n, row in enumerate(rows) if isinstance(row, Line) and row.start_ms <= ms]
    return begun[-1] if begun else None
