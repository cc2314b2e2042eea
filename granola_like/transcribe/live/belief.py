"""Which words of an answer somebody said. Pure."""

from collections.abc import Sequence
from dataclasses import replace

from granola_like.domain.transcript import Word
from granola_like.engines.base import Heard
from granola_like.transcribe.cleaning import believed, without_loops

SURE = 0.5
LATE_MS = 150
"""Word times are that good: a sure word may seem to begin so long after the last speech."""
SQUEEZED_MS = 80
"""Nobody says a word in less; words that are not in the sound share its last moments."""
_LOOP_WORDS = 36


def spoken(
    heard: Heard,
    *,
    at_ms: float,
    after_ms: int,
    silent_ms: float,
    said: Sequence[Word] = (),
    hints: Sequence[str] = (),
) -> tuple[Word, ...]:
    """Give the words that are believed, on the meeting clock.

    The sound began `at_ms`; no word begins before `after_ms`; nobody speaks after `silent_ms`.
    `said` are the firm words before these: a phrase may not go round and round across them.
    """
    kept = believed(heard, hints=hints) if heard.text else None
    if kept is None:
        return ()
    words: list[Word] = []
    for word in kept.words:
        begin, end = round(word.start_ms + at_ms), round(word.end_ms + at_ms)
        if begin >= silent_ms + (0 if word.probability < SURE else LATE_MS):
            break  # it and what follows are the engine's own
        begin = max(after_ms, begin)
        words.append(replace(word, start_ms=begin, end_ms=max(begin, end)))
    while words and _is_squeezed(words[-1]):
        words.pop()
    tail = said[-_LOOP_WORDS:]
    together = without_loops([*tail, *words])
    looped = len(together) < len(tail) + len(words)
    return tuple(together[len(tail) :] if looped else words)


def _is_squeezed(word: Word) -> bool:
    return word.probability < SURE and word.end_ms - word.start_ms < SQUEEZED_MS
