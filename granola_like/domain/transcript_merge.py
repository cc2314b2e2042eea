"""What a person changed in a text, put onto a later version of it: a three-way merge of words.

As in diff3 (Khanna, Kunal and Pierce 2007), with words for lines: what differs between the text
before and the person's text is put where the later version still says what the text before said.
Words are compared without case and punctuation; where a script has no spaces, sign by sign.
"""

import re
from collections.abc import Sequence
from dataclasses import dataclass
from difflib import SequenceMatcher
from typing import Literal, TypeAlias

_UNSPACED = "\u0e00-\u0eff\u1000-\u109f\u3040-\u30ff\u3400-\u9fff\uf900-\ufaff"
"""Thai, Lao, Burmese, Japanese, Chinese: no spaces stand between words."""

_TOKEN = re.compile(rf"[{_UNSPACED}]|[^\s{_UNSPACED}]+")


@dataclass(frozen=True, slots=True)
class Token:
    """A word of a text at text[start:end], and what is compared of it."""

    text: str
    key: str
    start: int
    end: int


@dataclass(frozen=True, slots=True)
class Hunk:
    """Tokens [first, last) of the text before say something else."""

    first: int
    last: int
    text: str
    """What they say instead; empty where they are left out."""
    keys: tuple[str, ...]
    before: str
    """What stands between the words before and `text`; the same for `after`."""
    after: str


Fit: TypeAlias = Literal["same", "fulfilled", "changed"]
"""The later version says what was before; it says what the person says; it says neither."""


@dataclass(frozen=True, slots=True)
class Place:
    """Tokens [first, last) of the later version are what a hunk is about."""

    first: int
    last: int
    fit: Fit


def tokens(text: str) -> tuple[Token, ...]:
    """Cut a text into its words, with their punctuation."""
    return tuple(
        Token(found[0], _key(found[0]), found.start(), found.end())
        for found in _TOKEN.finditer(text)
    )


def hunks(before: str, mine: str) -> tuple[Hunk, ...]:
    """Say what the person changed, from left to right; spaces alone are no change."""
    old, new = tokens(before), tokens(mine)
    found = _matcher([one.text for one in old], [one.text for one in new])
    return tuple(
        Hunk(
            first=i1,
            last=i2,
            text=mine[new[j1].start : new[j2 - 1].end] if j2 > j1 else "",
            keys=tuple(one.key for one in new[j1:j2]),
            before=mine[new[j1 - 1].end : new[j1].start] if 0 < j1 < len(new) else "",
            after=mine[new[j2 - 1].end : new[j2].start] if 0 < j2 < len(new) else "",
        )
        for how, i1, i2, j1, j2 in found.get_opcodes()
        if how != "equal"
    )


def places(
    before: Sequence[Token], hunks: Sequence[Hunk], now: Sequence[str], *, low: int, high: int
) -> tuple[Place, ...]:
    """Find for each hunk its place among the keys `now` of a later version.

    `now` may reach further than the text before on both sides; [low, high) is where it should lie.
    """
    keys = [one.key for one in before]
    where: dict[int, int] = {}
    for i, j, length in _matcher(keys, list(now)).get_matching_blocks():
        where.update(zip(range(i, i + length), range(j, j + length), strict=True))
    return tuple(_place(keys, hunk, now, where, (low, high)) for hunk in hunks)


def put(text: str, words: Sequence[Token], changes: Sequence[tuple[int, int, Hunk]]) -> str:
    """Let words [first, last) of `text` say what each hunk says; the changes do not overlap."""
    for first, last, hunk in sorted(changes, key=lambda one: one[:2], reverse=True):
        if first < last:
            start, end = words[first].start, words[last - 1].end
            text = (
                text[:start] + hunk.text + text[end:] if hunk.text else _without(text, start, end)
            )
        elif hunk.text and first:
            at = words[first - 1].end
            text = text[:at] + (hunk.before or hunk.after) + hunk.text + text[at:]
        elif hunk.text:
            text = hunk.text + (hunk.after or hunk.before) + text
    return text.strip()


def _place(
    keys: Sequence[str],
    hunk: Hunk,
    now: Sequence[str],
    where: dict[int, int],
    span: tuple[int, int],
) -> Place:
    run = [where.get(i) for i in range(hunk.first, hunk.last)]
    start = run[0] if run else None
    if start is not None and run == list(range(start, start + len(run))):
        return Place(start, start + len(run), "same")
    left = max((i for i in where if i < hunk.first), default=-1)
    right = min((i for i in where if i >= hunk.last), default=len(keys))
    low = where[left] + 1 if left >= 0 else span[0]
    high = where[right] if right < len(keys) else span[1]
    if left < 0 and right == hunk.last == hunk.first and right < len(keys):
        # A word in front of the first one: its place is just before that.
        low = max(0, high - len(hunk.keys)) if _ends(now, high, hunk.keys) else high
    if right == len(keys) and left == hunk.first - 1 == hunk.last - 1 and left >= 0:
        high = low + len(hunk.keys) if _begins(now, low, hunk.keys) else low
    high = max(low, high)
    between = list(now[low:high])
    if between == list(keys[left + 1 : right]):
        shift = low - left - 1
        return Place(hunk.first + shift, hunk.last + shift, "same")
    wanted = [*keys[left + 1 : hunk.first], *hunk.keys, *keys[hunk.last : right]]
    if between == wanted:
        first = low + hunk.first - left - 1
        return Place(first, first + len(hunk.keys), "fulfilled")
    size = len(hunk.keys)
    for at in range(low, high - size + 1) if size else ():
        if tuple(now[at : at + size]) == hunk.keys:
            return Place(at, at + size, "fulfilled")
    return Place(low, high, "changed")


def _begins(now: Sequence[str], at: int, keys: tuple[str, ...]) -> bool:
    return tuple(now[at : at + len(keys)]) == keys


def _ends(now: Sequence[str], at: int, keys: tuple[str, ...]) -> bool:
    return at >= len(keys) and _begins(now, at - len(keys), keys)


def _without(text: str, start: int, end: int) -> str:
    left, right = text[:start], text[end:]
    if left[-1:].isspace() and (not right or right[:1].isspace()):
        left = left.rstrip()
    return left + (right if left else right.lstrip())


def _key(text: str) -> str:
    return re.sub(r"[\W_]", "", text).casefold() or text


def _matcher(one: list[str], other: list[str]) -> SequenceMatcher[str]:
    return SequenceMatcher(None, one, other, autojunk=False)
