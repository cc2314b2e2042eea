"""Misheard names put right after the pass; every word keeps what was heard.

Two ways. What the person corrected before is put right wherever it stands. A word that is no word
of the language and looks or sounds like a name that belongs to this meeting becomes that name;
ordinary words and numbers are left as they are, whatever they look like.
"""

import re
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, replace

from granola_like.domain.transcript import Transcript, Utterance
from granola_like.domain.transcript_merge import Token, tokens
from granola_like.domain.transcript_words import reworded
from granola_like.text.names import fold_name
from granola_like.text.tokens import is_stop_word
from granola_like.transcribe.vocabulary.known import Vocabulary
from granola_like.transcribe.vocabulary.ordinary import LANGUAGES, is_ordinary
from granola_like.transcribe.vocabulary.sounds import alike, letters

CLOSE, CLOSE_AND_SHORT = 88.0, 93.0
"""How alike (see `alike`) a strange word must be to a name to be taken for it.

A short name must sound the same: Akme is Acme, Bois is not Boris.
"""

SHORT = 5
"""Letters of a short name."""

CLEARER_BY = 5.0
"""So much nearer must it be to that name than to the next one."""

LEAST_LETTERS = 4
"""Shorter names are like too much."""

_SHAPE = re.compile(r"^(\W*)(.*?)((?:['’]s)?\W*)$", re.DOTALL)


@dataclass(frozen=True, slots=True)
class _Word:
    """A word of the text without its punctuation, at text[start:end]."""

    text: str
    folded: str
    start: int
    end: int


@dataclass(frozen=True, slots=True)
class _Name:
    text: str
    bare: str
    words: int


def corrected(transcript: Transcript, vocabulary: Vocabulary) -> Transcript:
    """Put misheard names right. Times and ids stay; a corrected word says what was heard."""
    learned = {tuple(_folded(one.wrong)): one.right for one in vocabulary.corrections if one.is_on}
    names = _names(vocabulary)
    if not learned and not names:
        return transcript
    return replace(
        transcript,
        utterances=tuple(
            _corrected(said, learned, names, transcript.language) for said in transcript
        ),
    )


def _corrected(
    said: Utterance,
    learned: dict[tuple[str, ...], str],
    names: Sequence[_Name],
    language: str,
) -> Utterance:
    words = [_bare(one) for one in tokens(said.text)]
    text = said.text
    taken: set[int] = set()
    changes: list[tuple[int, int, str]] = []
    for first, last, right in (
        *_learned(words, learned, language),
        *sorted(_misheard(words, names, language), key=lambda found: found[1] - found[0]),
    ):
        if taken.isdisjoint(range(first, last)):
            taken.update(range(first, last))
            changes.append((words[first].start, words[last - 1].end, right))
    for start, end, right in sorted(changes, reverse=True):
        text = text[:start] + right + text[end:]
    return reworded(said, text)


def _learned(
    words: Sequence[_Word], learned: dict[tuple[str, ...], str], language: str
) -> Iterator[tuple[int, int, str]]:
    for wrong, right in sorted(learned.items(), key=lambda one: -len(one[0])):
        for first in range(len(words) - len(wrong) + 1):
            here = words[first : first + len(wrong)]
            said = " ".join(word.text for word in here)
            if tuple(word.folded for word in here) != wrong or said == right:
                continue
            # “Marta” was a name once; “marta” would be a word.
            if len(wrong) > 1 or here[0].text[:1].isupper() or not is_ordinary(said, language):
                yield first, first + len(wrong), right


def _misheard(
    words: Sequence[_Word], names: Sequence[_Name], language: str
) -> Iterator[tuple[int, int, str]]:
    """Find strange words, one to three in a row, that are one name and no other."""
    if not names or language not in LANGUAGES:
        return
    strange = [_is_strange(word, language) for word in words]
    known = {name.bare for name in names if name.words == 1}
    best: dict[int, tuple[float, int, int, str]] = {}
    for first in range(len(words)):
        for last in range(first + 1, min(len(words), first + 3) + 1):
            here = words[first:last]
            if any(_bars(word, language) for word in here):
                continue
            if not any(strange[first:last]) and not _is_written_as_name(words, first, last):
                continue
            if any(letters(word.text) in known for word in here if last - first > 1):
                continue
            found = _nearest(here, names)
            if found is not None:
                score, right = found
                for at in range(first, last):
                    best[at] = max(best.get(at, (0.0, 0, 0, "")), (score, first, last, right))
    yield from {
        (first, last, right)
        for _, first, last, right in best.values()
        if all(best[at][1:3] == (first, last) for at in range(first, last))
    }


def _is_strange(word: _Word, language: str) -> bool:
    if language == "ru" and not word.text[:1].isupper():
        return False  # the list knows a part of a language with so many forms only
    if word.text.isupper() and len(word.text) <= SHORT:
        return False  # EMA is not Emma
    return len(word.folded) >= LEAST_LETTERS and not is_ordinary(word.text, language)


def _is_written_as_name(words: Sequence[_Word], first: int, last: int) -> bool:
    """Say whether two words or more have capitals that no sentence's start explains."""
    return (
        last - first > 1
        and first > 0
        and all(word.text[:1].isupper() and not word.text.isupper() for word in words[first:last])
    )


def _bars(word: _Word, language: str) -> bool:
    """Say whether a word is never a part of a misheard name."""
    return (
        not word.folded
        or any(sign.isdigit() for sign in word.text)
        or is_stop_word(word.folded, language=language)
    )


def _nearest(here: Sequence[_Word], names: Sequence[_Name]) -> tuple[float, str] | None:
    bare = "".join(letters(word.text) for word in here)
    scores = sorted(
        (
            (alike(bare, name.bare), name.text)
            for name in names
            # “Kraf Chenko” is one name; what was heard as one word is not two.
            if name.words <= len(here) <= name.words + 1 and abs(len(bare) - len(name.bare)) <= 3
        ),
        reverse=True,
    )
    if not scores:
        return None
    score, right = scores[0]
    close = CLOSE_AND_SHORT if len(letters(right)) <= SHORT else CLOSE
    rivals = [other for other, name in scores if letters(name) != letters(right)]
    if score < close or (rivals and rivals[0] > score - CLEARER_BY):
        return None
    if " ".join(word.text for word in here) == right or _is_form_of(bare, letters(right)):
        return None
    return score, right


def _is_form_of(bare: str, name: str) -> bool:
    """Take a name with an ending for the name itself or for another: Kravchenkos, Petrova, Борису.

    A Russian name that was heard in another case keeps it: what ends otherwise is left alone.
    """
    if re.search("[а-я]", name):
        stem = re.sub(r"[аеиоуыэюяйь]+$", "", name)
        return bare[-1] != name[-1] or (bare.startswith(stem) and len(bare) - len(stem) <= 3)
    return bare.startswith(name) and bare != name and bare[-1] in "aeiouys"


def _names(vocabulary: Vocabulary) -> tuple[_Name, ...]:
    """Give each name whole, and people also by each of their names."""
    parts = [part for name in vocabulary.people for part in name.split()]
    whole = dict.fromkeys((*vocabulary.people, *parts, *vocabulary.terms))
    return tuple(
        _Name(name, letters(name), len(name.split()))
        for name in whole
        if len(letters(name)) >= LEAST_LETTERS and not any(sign.isdigit() for sign in name)
    )


def _bare(token: Token) -> _Word:
    found = _SHAPE.match(token.text)
    assert found is not None
    start, end = token.start + found.end(1), token.start + found.end(2)
    return _Word(found[2], fold_name(found[2]), start, end)


def _folded(phrase: str) -> Iterable[str]:
    return (word.folded for word in map(_bare, tokens(phrase)))
