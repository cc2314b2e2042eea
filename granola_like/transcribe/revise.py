"""A new pass takes over the ids of what it says again, so that what points at them still holds."""

import re
from collections import defaultdict
from collections.abc import Iterable, Iterator
from dataclasses import replace

from granola_like.domain.transcript import Transcript, Utterance

GOOD_OVERLAP = 0.5
"""Of the shorter one's time: so much in common, and the two are the same utterance."""


def revise(old: Transcript, new: Transcript) -> Transcript:
    """Give `new` with the ids of the utterances of `old` that it says again.

    Two utterances are the same when they are of one channel and overlap well in time; the best
    overlaps choose first, and each id is used once. What is new gets an id that neither had.
    """
    taken: dict[str, str] = {}
    free = {said.id for said in old}
    for _, before, after in sorted(_pairs(old, new), key=lambda pair: (-pair[0], *pair[1:])):
        if before in free and after not in taken:
            taken[after] = before
            free.remove(before)
    fresh = _fresh_ids(said.id for transcript in (old, new) for said in transcript)
    return replace(
        new,
        utterances=tuple(
            replace(said, id=taken[said.id] if said.id in taken else next(fresh)) for said in new
        ),
    )


def where_now(old: Transcript, revised: Transcript) -> dict[str, str]:
    """Say for each utterance of `old` which one of `revised` holds most of its time now.

    Where nothing overlaps, the utterance is left out: what it said is no longer in the transcript.
    """
    most: dict[str, tuple[int, str]] = {}
    for before, after, overlap in _overlaps(old, revised):
        found = (overlap, after.id)
        if before.id == after.id:
            found = (overlap + 1, after.id)
        if before.id not in most or found[0] > most[before.id][0]:
            most[before.id] = found
    return {before: after for before, (_, after) in most.items()}


def _pairs(old: Transcript, new: Transcript) -> Iterator[tuple[float, str, str]]:
    for before, after, overlap in _overlaps(old, new):
        shorter = min(before.end_ms - before.start_ms, after.end_ms - after.start_ms)
        longer = max(before.end_ms - before.start_ms, after.end_ms - after.start_ms)
        if overlap >= GOOD_OVERLAP * shorter:
            yield overlap / max(1, longer), before.id, after.id


def _overlaps(old: Transcript, new: Transcript) -> Iterator[tuple[Utterance, Utterance, int]]:
    """Yield the pairs of one channel that share time, and how much (an instant counts as 1 ms)."""
    by_channel: dict[str, list[Utterance]] = defaultdict(list)
    for after in new:
        by_channel[after.channel].append(after)
    longest = max((said.end_ms - said.start_ms for said in new), default=0)
    for before in old:
        for after in _near(by_channel[before.channel], before, longest):
            overlap = min(before.end_ms, after.end_ms) - max(before.start_ms, after.start_ms)
            if overlap > 0 or (overlap == 0 and before.start_ms == after.start_ms):
                yield before, after, max(1, overlap)


def _near(ordered: list[Utterance], before: Utterance, longest: int) -> Iterator[Utterance]:
    low, high = 0, len(ordered)
    while low < high:
        middle = (low + high) // 2
        if ordered[middle].start_ms < before.start_ms - longest:
            low = middle + 1
        else:
            high = middle
    for after in ordered[low:]:
        if after.start_ms > before.end_ms:
            return
        yield after


def _fresh_ids(used: Iterable[str]) -> Iterator[str]:
    highest = max(
        (int(found[1]) for name in used if (found := re.fullmatch(r"u(\d{1,9})", name))),
        default=0,
    )
    while True:
        highest += 1
        yield f"u{highest}"
