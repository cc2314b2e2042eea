"""Citations of words, when an edit changes how many words an utterance has.

What is stored counts the machine's words, what is read counts those that are read. A range that
ends within changed words is widened to all of them.
"""

from collections.abc import Mapping
from dataclasses import replace
from difflib import SequenceMatcher

from granola_like.domain.enhanced import EnhancedNote, Evidence
from granola_like.domain.transcript import Utterance
from granola_like.domain.transcript_edits import Reworked


def as_read(note: EnhancedNote, words: Reworked) -> EnhancedNote:
    """Let a stored note cite the words as they are read."""
    return _recounted(note, {said.id: said for said in words.heard}, words.transcript.by_id())


def as_heard(note: EnhancedNote, words: Reworked) -> EnhancedNote:
    """Let a note that was written from what is read cite the machine's words."""
    return _recounted(note, words.transcript.by_id(), {said.id: said for said in words.heard})


def _recounted(
    note: EnhancedNote, before: Mapping[str, Utterance], after: Mapping[str, Utterance]
) -> EnhancedNote:
    changed = {name for name in before.keys() & after.keys() if before[name] != after[name]}
    if not changed:
        return note
    return replace(
        note,
        blocks=tuple(
            replace(
                block,
                evidence=tuple(
                    _moved(one, before[one.utterance], after[one.utterance])
                    if one.utterance in changed
                    else one
                    for one in block.evidence
                ),
            )
            for block in note.blocks
        ),
    )


def _moved(cited: Evidence, before: Utterance, after: Utterance) -> Evidence:
    first, last = cited.from_word, cited.to_word
    if first is None or last is None or not 0 <= first < last <= len(before.words):
        return cited
    if not after.words:
        return Evidence(cited.utterance)
    old, new = (
        [(word.text, word.start_ms, word.end_ms) for word in said.words] for said in (before, after)
    )
    start, end = len(new), 0
    for how, i1, i2, j1, j2 in SequenceMatcher(None, old, new, autojunk=False).get_opcodes():
        low, high = max(i1, first), min(i2, last)
        if low >= high:
            continue
        same = how == "equal"
        start = min(start, j1 + low - i1 if same else j1)
        end = max(end, j1 + high - i1 if same else j2)
    return (
        replace(cited, from_word=start, to_word=end) if start < end else Evidence(cited.utterance)
    )
