"""Words, their stems, and sentences: what aligning, searching and writing count with.

English and Russian have stop words and a stemmer of their own (Snowball, https://snowballstem.org);
for the other languages that Snowball knows, only the stemmer; for the rest, a word is its own stem.
"""

import re
from functools import lru_cache
from threading import local
from typing import Any

import snowballstemmer

from granola_like.text.stop_words import STOP_WORDS

_WORD = re.compile(r"[^\W_]+(?:['’][^\W_]+)*")
"""Letters and digits in a row, with apostrophes inside ("don't", "o'clock")."""

_SENTENCE_END = re.compile(r"(?<=[.!?…])[\"'”»)\]]*\s+(?=[\"'“«(\[]?[^\Wa-zа-яё_])")
"""After a full stop, before a capital or a digit: an abbreviation is mostly followed by neither."""

_ABBREVIATION = re.compile(
    r"(?:^|[\s(])(?:Mr|Mrs|Ms|Dr|Prof|St|Jr|Sr|No|vs|etc|e\.g|i\.e|approx|dept|[A-ZА-ЯЁ]"
    r"|г|гг|ул|им|руб|тыс|млн|млрд|т\.е|т\.д|т\.п)\.[\"'”»)\]]*$"
)

_BRITISH = re.compile(
    r"^(arm|behavi|col|endeav|fav|flav|harb|hon|hum|lab|neighb|rum|sav|splend|vap|vig)our"
)
"""Stems that are spelt with -our or -or; one person types the one, an engine writes the other."""

_SNOWBALL = {
    "ar": "arabic", "da": "danish", "de": "german", "en": "english", "es": "spanish",
    "fi": "finnish", "fr": "french", "hu": "hungarian", "it": "italian", "nl": "dutch",
    "no": "norwegian", "pl": "polish", "pt": "portuguese", "ro": "romanian", "ru": "russian",
    "sv": "swedish", "tr": "turkish",
}  # fmt: skip

_stemmers = local()


def words(text: str) -> tuple[str, ...]:
    """Give the words of `text` in order, case folded, without punctuation."""
    return tuple(found.casefold().replace("’", "'") for found in _WORD.findall(text))


def stem(word: str, *, language: str = "en") -> str:
    """Cut a case-folded word down to its stem: "remotes" and "remote" become one."""
    return _stem(word, language)


@lru_cache(maxsize=16_384)
def stems(text: str, *, language: str = "en") -> tuple[str, ...]:
    """Give the stems of the words that carry meaning: stop words are left out."""
    stop = STOP_WORDS.get(language, frozenset())
    return tuple(_stem(word, language) for word in words(text) if word not in stop)


def is_stop_word(word: str, *, language: str = "en") -> bool:
    """Say whether a case-folded word only holds a sentence together ("the", "и", "yeah")."""
    return word in STOP_WORDS.get(language, frozenset())


@lru_cache(maxsize=8_192)
def sentences(text: str) -> tuple[str, ...]:
    """Cut `text` into sentences, each without space around it; nothing else is lost."""
    found: list[str] = []
    for piece in _SENTENCE_END.split(text.strip()):
        if found and _ABBREVIATION.search(found[-1]):
            found[-1] = f"{found[-1]} {piece.strip()}"
        elif piece.strip():
            found.append(piece.strip())
    return tuple(found)


@lru_cache(maxsize=65_536)
def _stem(word: str, language: str) -> str:
    if language == "en":
        word = _BRITISH.sub(r"\1or", word.removesuffix("'s"))
    if language not in _SNOWBALL or not word.isalpha():
        return word
    return str(_stemmer(_SNOWBALL[language]).stemWord(word))


def _stemmer(algorithm: str) -> Any:
    # A stemmer keeps the word it works on in itself, so each thread has its own.
    if not hasattr(_stemmers, algorithm):
        setattr(_stemmers, algorithm, snowballstemmer.stemmer(algorithm))
    return getattr(_stemmers, algorithm)
