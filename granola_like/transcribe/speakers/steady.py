"""Numbered speakers keep their numbers from one pass to the next: names are given to numbers."""

import re
from collections import defaultdict
from dataclasses import replace

from granola_like.domain.transcript import Transcript, Utterance
from granola_like.transcribe.speakers.assign import LABEL

_NUMBERED = re.compile(LABEL.format(r"(\d+)"))


def steady(old: Transcript, new: Transcript) -> Transcript:
    """Give the numbered speakers of `new` the numbers that they have in `old`, by time in common.

    The pairs with most time choose first; whoever is new gets a number that `old` did not have.
    """
    shared: dict[tuple[str, str], int] = defaultdict(int)
    for before, after in _pairs(old, new):
        shared[before.speaker or "", after.speaker or ""] += min(before.end_ms, after.end_ms) - max(
            before.start_ms, after.start_ms
        )
    taken: dict[str, str] = {}
    for before_name, after_name in sorted(shared, key=lambda pair: (-shared[pair], pair)):
        if after_name not in taken and before_name not in taken.values():
            taken[after_name] = before_name
    highest = max([0, *(_number(said) for said in old)])
    for said in new:
        if _number(said) and said.speaker not in taken:
            highest += 1
            taken[said.speaker or ""] = LABEL.format(highest)
    return replace(
        new,
        utterances=tuple(
            replace(said, speaker=taken[said.speaker]) if said.speaker in taken else said
            for said in new
        ),
    )


def _pairs(old: Transcript, new: Transcript) -> list[tuple[Utterance, Utterance]]:
    """Give the numbered utterances that share time."""
    left = [said for said in old if _number(said)]
    right = [said for said in new if _number(said)]
    pairs = []
    at = 0
    longest = max((said.end_ms - said.start_ms for said in left), default=0)
    for after in right:
        while at < len(left) and left[at].start_ms + longest < after.start_ms:
            at += 1
        for before in left[at:]:
            if before.start_ms >= after.end_ms:
                break
            if before.end_ms > after.start_ms and before.channel == after.channel:
                pairs.append((before, after))
    return pairs


def _number(said: Utterance) -> int:
    found = _NUMBERED.fullmatch(said.speaker or "")
    return int(found[1]) if found else 0
