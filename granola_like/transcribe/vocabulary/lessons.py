"""What one fix teaches: which words stood for which name, and whether that holds elsewhere."""

import re
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime

from granola_like.domain.correction import Correction
from granola_like.domain.transcript_edits import Reword, TranscriptEdit
from granola_like.domain.transcript_merge import hunks, tokens
from granola_like.text.names import fold_name
from granola_like.text.quantities import find_quantities
from granola_like.transcribe.vocabulary.ordinary import LANGUAGES, is_ordinary, is_rare

MOST_WORDS = 4
"""A name or term has no more; a longer change is a change of what was said."""

_EDGES = re.compile(r"^\W+|(?:['’]s)?\W+$|['’]s$")


@dataclass(frozen=True, slots=True)
class Lesson:
    """Where `wrong` stands, `right` is meant."""

    wrong: str
    right: str


def lesson(edit: TranscriptEdit) -> Lesson | None:
    """Say which name an edit put right; None where it changed something else.

    That is an edit of one place, a few words long, without numbers, in which something was heard.
    """
    if edit.on is None or not isinstance(edit.change, Reword):
        return None
    changed = hunks(edit.on.text, edit.change.text)
    if len(changed) != 1 or not changed[0].text or changed[0].first == changed[0].last:
        return None
    old = tokens(edit.on.text)[changed[0].first : changed[0].last]
    wrong = _trimmed(" ".join(one.text for one in old))
    right = _trimmed(changed[0].text)
    return Lesson(wrong, right) if _is_small(wrong, right) else None


def may_be_learned(wrong: str, right: str, *, language: str = "en", sure: bool = False) -> bool:
    """Say whether a fix may be made by itself in future meetings.

    Never for numbers, and never where the wrong words are one ordinary word, such as “their”: in
    other meetings it is mostly right. A rare word may be that is written as a name, as is what it
    becomes: Marta, Martha. Several words may be, when one of them is rare or no word, and the right
    ones are a name; with `sure`, when the person asked for it, whatever they are. In Russian, of
    whose many forms the list knows few, both sides must be written as names, and in a language
    without a list nothing is learned unless the person asks.
    """
    if not _is_small(wrong, right):
        return False
    if language not in LANGUAGES:
        return sure
    if language == "ru" and not (sure or (wrong[0].isupper() and right[0].isupper())):
        return False
    words = [_trimmed(word) for word in wrong.split()]
    if len(words) > 1:
        odd = any(not is_ordinary(word, language) or is_rare(word, language) for word in words)
        return sure or (odd and _is_name(right, language))
    if not is_ordinary(wrong, language):
        return True
    return wrong[0].isupper() and right[0].isupper() and is_rare(wrong, language)


def _is_name(words: str, language: str) -> bool:
    return any(word[:1].isupper() or not is_ordinary(word, language) for word in words.split())


def learn(
    known: Sequence[Correction], lesson: Lesson, *, made_at: datetime
) -> tuple[Correction, ...]:
    """Add what was learned: one correction for the same wrong words, the newest.

    What was corrected into the wrong words before, is corrected into the right ones now; a
    correction the other way round goes.
    """
    wrong, right = fold_name(lesson.wrong), fold_name(lesson.right)
    kept = []
    for one in known:
        if fold_name(one.wrong) in (wrong, right):
            continue
        into = lesson.right if fold_name(one.right) == wrong else one.right
        kept.append(Correction(wrong=one.wrong, right=into, made_at=one.made_at, is_on=one.is_on))
    new = Correction(wrong=lesson.wrong, right=lesson.right, made_at=made_at)
    return (*kept, new)


def _is_small(wrong: str, right: str) -> bool:
    sides = (wrong, right)
    return (
        wrong != right
        and all(0 < len(side.split()) <= MOST_WORDS for side in sides)
        and not any(sign.isdigit() for side in sides for sign in side)
        and not any(find_quantities(side) for side in sides)
    )


def _trimmed(words: str) -> str:
    return _EDGES.sub("", words.strip())
