"""Whether a line turns its source round: a denial lost or added, up for down."""

import re
from collections.abc import Iterator
from difflib import SequenceMatcher

from granola_like.domain.enhanced import Detail
from granola_like.enhance.source import Source
from granola_like.text.polarity import Cue, directions, negations, says_no
from granola_like.text.tokens import sentences, stems, words

NEAR_VERBATIM = 0.7
"""Share of a line's words that follow each other in the source, from which it counts as quoted."""


def negation_details(text: str, source: Source) -> Iterator[Detail]:
    """Give a denial that is in the line and not in its source, or the other way round.

    A line that keeps the source's own words is laid beside it word by word. Any other is
    compared by what is denied, so that a "not" about something else does not count.
    """
    quoted = _beside(text, source)
    if quoted is not None:
        yield from quoted
        return
    language = source.language
    in_point, in_source = (negations(one, language=language) for one in (text, source.text))
    said = frozenset(stems(source.text, language=language))
    denied = frozenset().union(*(cue.scope for cue in in_source)) if in_source else frozenset()
    for cue in in_point:
        turned = cue.scope & said
        if cue.plain and len(turned) >= 2 and not turned & denied and not _denied_near(cue, source):
            yield Detail("negation", _with_scope(text, cue.text), "")
    if in_point or not in_source:
        return
    for part in sentences(text):
        content = frozenset(stems(part, language=language))
        for one in source.cited:
            yield from _lost_denial(part, content, one.text, language)


def _denied_near(cue: Cue, source: Source) -> bool:
    """Say whether any cited sentence that shares a word with the denial denies something too."""
    for one in source.cited:
        for sentence in sentences(one.text):
            shared = cue.scope & frozenset(stems(sentence, language=source.language))
            if shared and negations(sentence, language=source.language):
                return True
    return False


def _spread(text: str) -> list[str]:
    """Cut into words with every "n't" on its own: "don't" is "do not"."""
    found: list[str] = []
    for word in words(text):
        if word in {"can't", "cannot"}:
            found += ["can", "not"]
        elif word == "won't":
            found += ["will", "not"]
        elif word.endswith("n't"):
            found += [word[:-3], "not"]
        else:
            found.append(word)
    return found


def _beside(text: str, source: Source) -> list[Detail] | None:
    """Compare word by word; None where the line is in words of its own."""
    ours, theirs = _spread(text), _spread(source.text)
    blocks = SequenceMatcher(None, ours, theirs, autojunk=False).get_matching_blocks()
    if not ours or sum(one.size for one in blocks) < NEAR_VERBATIM * len(ours):
        return None
    found: list[Detail] = []
    at_ours = at_theirs = 0
    for block in blocks:
        left, right = ours[at_ours : block.a], theirs[at_theirs : block.b]
        inside = at_ours > 0 and block.size > 0
        added = _denials(left, source.language) - _denials(right, source.language)
        # What is left out before the first and behind the last common word is another matter.
        lost = _denials(right, source.language) - _denials(left, source.language)
        if added > 0 and block.size > 0:
            found.append(Detail("negation", _around(ours, at_ours, block.a), ""))
        elif inside and lost > 0 and len(right) <= 4:
            here = " ".join(ours[max(0, at_ours - 3) : block.a + 3])
            found.append(Detail("negation", here, _around(theirs, at_theirs, block.b)))
        at_ours, at_theirs = block.a + block.size, block.b + block.size
    return found


def _denials(run: list[str], language: str) -> int:
    return sum(says_no(word, language=language) for word in run)


def _around(run: list[str], start: int, end: int) -> str:
    return " ".join(run[max(0, start - 2) : end + 3])


def _lost_denial(part: str, content: frozenset[str], said: str, language: str) -> Iterator[Detail]:
    """Find a sentence that says nearly the same as `part`, and denies it."""
    for sentence in sentences(said):
        spoken = frozenset(stems(sentence, language=language))
        cues = [cue for cue in negations(sentence, language=language) if cue.plain]
        shared = content & spoken
        alike = len(shared) >= min(3, max(2, len(content))) and len(shared) >= 0.75 * len(content)
        for cue in cues:
            if alike and len(cue.scope & content) >= max(1, len(cue.scope) // 2):
                yield Detail("negation", part, _with_scope(sentence, cue.text))
                return


def _with_scope(text: str, cue: str) -> str:
    found = re.search(rf"\b{re.escape(cue)}\b(?:\s+\S+){{0,4}}", text)
    return found[0] if found else cue


def direction_details(text: str, source: Source) -> Iterator[Detail]:
    """Give an "up" about something that only goes "down" in the source, and the reverse."""
    said = directions(source.text, language=source.language)
    for one in directions(text, language=source.language):
        about = [cue for cue in said if cue.scope & one.scope]
        if about and all(cue.way != one.way for cue in about):
            yield Detail("direction", one.text, about[0].text)
