"""Words of mine that are the others' come back: left out where sound and text agree. Pure.

Sound alone never removes a word, nor does text alone. Words within stretches that the echo filter
explains are left out when the others said the same then; a whole line that repeats theirs is left
out when an echo was found in the recording at all.
"""

from bisect import bisect_left, bisect_right
from collections.abc import Iterator, Sequence
from difflib import SequenceMatcher

from granola_like.audio.echo.repeats import LATE_MS, repeats
from granola_like.domain.transcript import Utterance, Word
from granola_like.transcribe.utterances import Said

EARLY_MS = 700
"""A recogniser may date a word of theirs so much too late."""
ALIKE = 0.6
"""Letters in common, in their order: what is left of an echo is read with mistakes."""
DOUBTFUL = 0.7
"""A word in an echo that the engine believes less than this was guessed from what is left of it."""

Span = tuple[int, int]


def without_echo(
    mine: Sequence[Word], theirs: Sequence[Word], echo_only: Sequence[Span]
) -> tuple[Word, ...]:
    """Leave out the runs of words, all within `echo_only` (ms), that the others said then."""
    kept: list[Word] = []
    for run, is_echo in _runs(mine, echo_only):
        if not (is_echo and _theirs_too(run, theirs)):
            kept += run
    return tuple(kept)


def without_repeats(mine: Sequence[Said], theirs: Sequence[Said]) -> list[Said]:
    """Leave out my lines that only repeat what they said at that moment."""
    lines = [[_line(number, said) for number, said in enumerate(side)] for side in (mine, theirs)]
    back = repeats(*lines)
    return [said for number, said in enumerate(mine) if str(number) not in back]


def _runs(words: Sequence[Word], spans: Sequence[Span]) -> Iterator[tuple[list[Word], bool]]:
    run: list[Word] = []
    was = False
    starts = [start for start, _ in spans]
    for word in words:
        within = _is_within(word, spans, starts)
        if run and within != was:
            yield run, was
            run = []
        run.append(word)
        was = within
    if run:
        yield run, was


def _is_within(word: Word, spans: Sequence[Span], starts: Sequence[int]) -> bool:
    middle = (word.start_ms + word.end_ms) // 2
    at = bisect_right(starts, middle) - 1
    return at >= 0 and middle < spans[at][1]


def _theirs_too(run: Sequence[Word], theirs: Sequence[Word]) -> bool:
    near = _near(run, theirs)
    if not near:
        return False
    said, heard = _letters(run), _letters(near)
    if not said:
        return True
    matcher = SequenceMatcher(None, said, heard, autojunk=False)
    common = sum(block.size for block in matcher.get_matching_blocks() if block.size > 1)
    if common >= ALIKE * len(said):
        return True
    return sum(word.probability for word in run) < DOUBTFUL * len(run)


def _near(run: Sequence[Word], theirs: Sequence[Word]) -> Sequence[Word]:
    low = bisect_left(theirs, run[0].start_ms - LATE_MS, key=lambda word: word.end_ms)
    high = bisect_right(theirs, run[-1].end_ms + EARLY_MS, key=lambda word: word.start_ms)
    return theirs[low:high]


def _letters(words: Sequence[Word]) -> str:
    return "".join(char for word in words for char in word.text.casefold() if char.isalnum())


def _line(number: int, said: Said) -> Utterance:
    text = " ".join(word.text for word in said.words)
    return Utterance(id=str(number), start_ms=said.start_ms, end_ms=said.end_ms, text=text)
