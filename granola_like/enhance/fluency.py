"""From speech to writing: what people say without meaning it is taken out.

Fillers, cut-off words, repetitions, restarts, openers and tails go; every word that stays was
said. The kinds of disfluency follow Shriberg, "Preliminaries to a Theory of Speech Disfluencies"
(1994): filled pause, editing term, repetition, repair.
"""

import re
from functools import lru_cache

from granola_like.enhance.speech_words import (
    EDITING,
    FILLERS,
    HEDGES,
    MARKERS,
    OPENERS,
    RESTARTS,
    SHORT_WORDS,
    TAILS,
    VAGUE_TAILS,
)

_NOISE = re.compile(
    r"\[[^\]]*(?:\]|$)|\{[^}]*\}|<[^>]*>|\((?:laugh|inaud|unint|cough|noise|music)[^)]*\)"
)
_SPELLED = re.compile(r"\b(?:[A-Z]_)+(?:[A-Z]\b)?")
_CUT_OFF = re.compile(r"(?<![\w-])\w+[-–—](?=\s|$|[.,?!])")
_TAG = re.compile(
    r",?\s+(?:right|okay|ok|yeah|no|isn['’]t it|wouldn['’]t it|don['’]t you think|"
    r"да|правда|верно|так)\s*\?+$",
    re.IGNORECASE,
)
"""What asks for a nod behind a statement, and makes no question of it."""
_WORD = re.compile(r"[\w'’$€£%][\w'’.,:/$€£%-]*[\w'’$€£%]|[\w$€£%]")


def join_spelled(text: str) -> str:
    """Join letters that were said one by one, as some transcripts write them: T_V_ is TV."""
    return _SPELLED.sub(lambda found: found[0].replace("_", ""), text)


# The same sentences are read again for every line, and at the end for the whole meeting; what was
# cleaned during the call need not be cleaned when it ends.
@lru_cache(maxsize=8_192)
def clean_speech(text: str, *, language: str = "en") -> str:
    """Give what was said as one written sentence or more, without a full stop at the end.

    Empty when nothing with meaning is left. Cleaning twice changes nothing more.
    """
    before = ""
    after = _TAG.sub(".", join_spelled(_NOISE.sub(" ", text)).rstrip())
    while before != after:
        before = after
        after = _pass(before, language)
    return after


def _pass(text: str, language: str) -> str:
    said = _CUT_OFF.sub(" ", f" {text} ")
    said = FILLERS.sub(" ", said)
    said = _tidy(said)
    for pattern in EDITING[_known(language)]:
        said = pattern.sub(" ", said)
    said = _without_markers(said, language)
    said = _without_repeats(_without_stutters(_tidy(said)))
    for pattern in RESTARTS[_known(language)]:
        said = pattern.sub(lambda found: found["kept"], said)
    said = HEDGES[_known(language)].sub(" ", said)
    said = _strip_openers(_tidy(said), language)
    return _finish(_strip_tails(said, language))


def _known(language: str) -> str:
    return language if language in OPENERS else "en"


def _tidy(text: str) -> str:
    """Repair the spaces and commas that a removal leaves."""
    text = re.sub(r"\s+", " ", text)
    text = re.sub(r"\s+([,.;:?!])", r"\1", text)
    text = re.sub(r"([,;:])(?:\s*[,;:])+", r"\1", text)
    text = re.sub(r"[,;:\s]+([.?!])", r"\1", text)
    text = re.sub(r"([.?!])[,;:]+", r"\1", text)
    text = re.sub(r"(?<=[.?!])(?:\s*[.])+(?=\s|$)", "", text)
    return re.sub(r"^[\s,;:.\-–—]+", "", text).strip()


def _without_markers(text: str, language: str) -> str:
    """Drop "you know", "like", "basically" where commas or the sentence's ends set them apart."""

    def left(found: re.Match[str]) -> str:
        after = text[found.end() :]
        if found["lead"] != ",":
            return ""
        return _BETWEEN if after.startswith(",") and not _CLAUSE.match(after) else ","

    said = MARKERS[_known(language)].sub(left, text)
    # Set apart by two commas, it takes both with it, unless a clause of its own follows.
    return re.sub(rf"{_BETWEEN}\s*,", "", said).replace(_BETWEEN, ",")


_BETWEEN = "\ue000"
"""Stands for a comma whose fate hangs on the next one; from the range of private use."""
_CLAUSE = re.compile(
    r",\s*(?:we|I|you|they|he|she|it|but|and|so|because|that['’]s|there|if|or|then|а|но|и|мы|я|он)\b",
    re.IGNORECASE,
)


def _without_stutters(text: str) -> str:
    """Drop "w" of "w want" and "wha" of "wha what"."""
    words = text.split(" ")
    kept: list[str] = []
    for place, word in enumerate(words):
        bare = word.strip(",.").casefold()
        after = words[place + 1].strip(",.").casefold() if place + 1 < len(words) else ""
        lone = place == 0 and len(word) == 1 and bare not in "aiяуюоивск" and word.isupper()
        if not _is_stutter(word, bare, after) and not (lone and bare.isalpha() and after):
            kept.append(word)
    return " ".join(kept)


def _is_stutter(word: str, bare: str, after: str) -> bool:
    if not bare.isalpha():
        return False
    starts = after.startswith(bare) and after != bare
    if len(bare) == 1:
        lower = word[0].islower() and bare not in "aiяуюоивск"
        return (lower and word[-1] not in ".") or (starts and bare not in "aiяуюоивск")
    unknown = bare not in SHORT_WORDS and word.islower() and bare.isascii()
    if len(bare) == 3 and unknown and after[:2] == bare[:2] and len(after) > 3:
        return True  # "mot most"
    if len(bare) == 2 and word.islower() and bare.isascii() and bare not in SHORT_WORDS:
        return True  # "te", "th", "wi": the rest of the word never came
    apostrophe = "'" in after[: len(bare) + 1]
    return starts and bare not in SHORT_WORDS and not apostrophe and len(after) - len(bare) > 1


def _without_repeats(text: str) -> str:
    """Drop the first of two equal runs of up to six words: "if we're if we're using"."""
    words = text.split(" ")
    folded = [re.sub(r"^\W+|[,\s]+$", "", word).casefold() for word in words]
    at = 0
    while at < len(words):
        size = _repeat_at(folded, at)
        if size:
            capital = words[at][:1].isupper()
            del words[at : at + size], folded[at : at + size]
            if capital and at == 0:
                words[0] = words[0][:1].upper() + words[0][1:]
            at = max(0, at - size)
        else:
            at += 1
    return " ".join(words)


def _repeat_at(folded: list[str], at: int) -> int:
    for size in range(min(6, (len(folded) - at) // 2), 0, -1):
        run = folded[at : at + size]
        if run != folded[at + size : at + 2 * size] or not all(run):
            continue
        if any(char.isdigit() for word in run for char in word):
            continue
        if any(word[-1] in ".?!" for word in run):
            continue
        if size == 1 and run[0] in _MEANT_TWICE:
            continue
        return size
    return 0


_MEANT_TWICE = frozenset(
    "had zero oh one two three four five six seven eight nine ten twenty thirty forty fifty sixty "
    "seventy eighty ninety hundred thousand million пять шесть семь восемь девять двадцать тридцать"
    .split()
)  # fmt: skip


def _strip_openers(text: str, language: str) -> str:
    pattern = OPENERS[_known(language)]
    while (found := pattern.match(text)) and found.end() < len(text):
        text = text[found.end() :].lstrip(" ,;:-–—")
    return text


def _strip_tails(text: str, language: str) -> str:
    mark = "?" if text.rstrip().endswith("?") else ""
    text = text.rstrip(" .,;:?!…-–—")
    for pattern in (VAGUE_TAILS[_known(language)], TAILS[_known(language)]):
        while (found := pattern.search(text)) and found.start() > 0:
            mark = "" if found["tag"] is not None else mark
            text = text[: found.start()].rstrip(" .,;:?!…-–—")
    return text + mark


def _finish(text: str) -> str:
    text = _tidy(text)
    if not _WORD.search(text):
        return ""
    return text[:1].upper() + text[1:]
