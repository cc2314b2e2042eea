"""Which words are ordinary words of a language: they are never taken for a misheard name.

The lists are pyspellchecker's (MIT), made of subtitles and books; they hold common first names too.
"""

from functools import lru_cache
from typing import Any

from granola_like.text.tokens import is_stop_word

LANGUAGES = frozenset({"en", "es", "fr", "pt", "de", "it", "ru", "nl"})
"""Where there is a list. In other languages only what was learned is corrected."""

_ENDINGS = ("'s", "’s", "s", "es", "ed", "d", "ing", "ly", "er", "ers", "y")


def is_ordinary(word: str, language: str) -> bool:
    """Say whether a word, in any case of letters, is one of the language.

    So are a word with a common English ending, a contraction, and parts joined by hyphens. In a
    language without a list every word is.
    """
    if language not in LANGUAGES:
        return True
    bare = word.casefold().replace("’", "'")
    parts = [part for part in bare.split("-") if part]
    if len(parts) > 1:
        return all(is_ordinary(part, language) for part in parts)
    if not bare.isalpha() or len(bare) < 2 or is_stop_word(bare, language=language):
        return True
    known = _words(language)
    if bare in known:
        return True
    return language == "en" and any(
        bare.endswith(ending) and bare[: -len(ending)] in known for ending in _ENDINGS
    )


def is_rare(word: str, language: str) -> bool:
    """Say whether an ordinary word is as rare as most first names are."""
    if language not in LANGUAGES or is_stop_word(word.casefold(), language=language):
        return False
    return int(_words(language).get(word.casefold(), 0)) < RARE


RARE = 5_000
"""Of some 10^9 words; “Anna” comes 2,091 times, “budget” 14,695, “Mark” and “mark” 50,334."""


@lru_cache(maxsize=2)
def _words(language: str) -> Any:
    from spellchecker import SpellChecker  # noqa: PLC0415 - half a second, after the long pass only

    return SpellChecker(language=language).word_frequency.dictionary
