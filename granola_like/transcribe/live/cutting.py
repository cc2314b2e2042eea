"""Where a question's sound may begin later: behind firm words, so that passes stay cheap. Pure."""

from collections.abc import Sequence

from granola_like.domain.transcript import Word

CUT_MS = 6_000
"""From this length on it is cut at the end of a sentence."""
LONG_MS = 10_000
"""From this length on at the longest pause between firm words."""
TOO_LONG_MS = 16_000
"""From this length on at any price: nothing firm was heard in so long a time."""
_KEPT_MS = 4_000
_ENDS = tuple(".?!。？！")


def cut_after(
    said: Sequence[Word], guess: Sequence[Word], start_ms: int, end_ms: int
) -> tuple[int, int] | None:
    """Say how many of the firm words to leave behind, and where the sound then begins.

    `said` and `guess` are the words between `start_ms` and `end_ms`. None leaves it as it is.
    """
    length = end_ms - start_ms
    if length < CUT_MS:
        return None
    every = [*said, *guess]
    places = range(1, len(said) + (1 if guess else 0))
    sentences = [at for at in places if said[at - 1].text.endswith(_ENDS)]
    if sentences:
        at = sentences[-1]
    elif length >= LONG_MS and places:
        later = [at for at in places if at * 2 >= len(said)] or list(places)
        at = max(later, key=lambda n: (every[n].start_ms - every[n - 1].end_ms, n))
    elif length >= TOO_LONG_MS:
        return len(said), end_ms - _KEPT_MS
    else:
        return None
    gap_end = every[at].start_ms if at < len(every) else every[at - 1].end_ms
    return at, (every[at - 1].end_ms + max(every[at - 1].end_ms, gap_end)) // 2
