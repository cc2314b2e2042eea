"""An utterance with another text: its words keep their times, and what was heard."""

import re
from collections.abc import Sequence
from dataclasses import replace
from difflib import SequenceMatcher

from granola_like.domain.transcript import Utterance, Word
from granola_like.domain.transcript_merge import Token


def placed(said: Utterance) -> tuple[tuple[int, int], ...] | None:
    """Say where in the text each word stands; None where the words do not spell the text."""
    spans = []
    at = 0
    for word in said.words:
        start = said.text.find(word.text, at)
        if start < 0 or said.text[at:start].strip():
            return None
        at = start + len(word.text)
        spans.append((start, at))
    return None if not spans or said.text[at:].strip() else tuple(spans)


def spans_ms(said: Utterance, words: Sequence[Token]) -> tuple[tuple[int, int], ...]:
    """Say when each word of the text was said: by the words' times, or by the text's length."""
    spans = placed(said)
    if spans is None:
        return tuple(
            (_at(said, one.start / max(1, len(said.text))), _at(said, one.end / len(said.text)))
            for one in words
        )
    found = []
    for one in words:
        under = [
            word
            for word, (start, end) in zip(said.words, spans, strict=True)
            if start < one.end and end > one.start
        ]
        found.append((under[0].start_ms, under[-1].end_ms) if under else (said.start_ms,) * 2)
    return tuple(found)


def reworded(said: Utterance, text: str) -> Utterance:
    """Give the utterance another text.

    Words that stay keep their times. New words share the time of those that they replace, and
    keep what was heard there. Where the words did not spell the text, none are given.
    """
    if text == said.text:
        return said
    spans = placed(said)
    if spans is None:
        return replace(said, text=text, words=())
    old = [word.text for word in said.words]
    new = [found[0] for found in _pieces(text, said)]
    words: list[Word] = []
    matcher = SequenceMatcher(None, old, new, autojunk=False)
    for how, i1, i2, j1, j2 in matcher.get_opcodes():
        if how == "equal":
            words += said.words[i1:i2]
        elif j2 > j1:
            words += _instead(said, i1, i2, new[j1:j2])
    return replace(said, text=text, words=tuple(words))


def _pieces(text: str, said: Utterance) -> list[re.Match[str]]:
    """Cut the new text as the old one was cut: at spaces, or where its words stand in it."""
    unspaced = said.text.count(" ") == 0 and len(said.words) > 1
    if not unspaced:
        return list(re.finditer(r"\S+", text))
    known = "|".join(re.escape(w.text) for w in sorted(said.words, key=lambda w: -len(w.text)))
    return list(re.finditer(rf"(?:{known})|(?:(?!{known})\S)+", text))


def _instead(said: Utterance, first: int, last: int, texts: Sequence[str]) -> list[Word]:
    replaced = said.words[first:last]
    if replaced:
        start, end = replaced[0].start_ms, max(word.end_ms for word in replaced)
    else:
        start = said.words[first - 1].end_ms if first else said.start_ms
        end = max(start, said.words[first].start_ms if first < len(said.words) else said.end_ms)
    heard = " ".join(
        filter(None, (word.text if word.heard is None else word.heard for word in replaced))
    )
    total, at = sum(map(len, texts)), 0
    words = []
    for number, text in enumerate(texts):
        begin = start + (end - start) * at // total
        at += len(text)
        until = start + (end - start) * at // total
        words.append(Word(text, begin, until, 1.0, "" if number else heard))
    return words


def _at(said: Utterance, share: float) -> int:
    return said.start_ms + round((said.end_ms - said.start_ms) * share)
