"""Text that nobody said, removed by means that know no language.

Whisper writes something when it is given no speech: a stock phrase, its own hints, or one phrase
over and over. It betrays itself by doubt, by repetition, or by echoing what it was told.
"""

import re
import zlib
from collections.abc import Sequence
from dataclasses import dataclass, replace

from granola_like.domain.transcript import Word
from granola_like.engines.base import Heard


@dataclass(frozen=True, slots=True, kw_only=True)
class Doubt:
    """When a stretch is not believed."""

    no_speech: float = 0.6
    log_probability: float = -1.0
    """Below this and above `no_speech` together: silence (Radford et al. 2022, section 4.5)."""
    hopeless_log_probability: float = -1.5
    """Below this it is noise, whatever else the engine thinks of it."""
    compression: float = 2.4
    """Above this a text repeats itself."""
    most_repeats: int = 3
    """People say “no, no, no”; nobody says a phrase more often than this in a row."""


def believed(
    heard: Heard, *, hints: Sequence[str] = (), doubt: Doubt | None = None
) -> Heard | None:
    """Give the stretch without what nobody said; None when nothing is left of it."""
    doubt = doubt or Doubt()
    if _is_silence(heard, doubt) or echoes(heard.text, hints):
        return None
    words = without_loops(heard.words, most=doubt.most_repeats)
    left = " ".join(word.text for word in words)
    if heard.mean_log_probability < doubt.log_probability and _repeats(left, doubt):
        return None  # loops that never come twice the same: a hum, read aloud
    if len(words) == len(heard.words):
        return heard if heard.words or not _repeats(heard.text, doubt) else None
    text = " ".join(word.text for word in words)
    end_ms = max((word.end_ms for word in words), default=heard.start_ms)
    return replace(heard, words=words, text=text, end_ms=max(heard.start_ms, end_ms))


def without_loops(words: Sequence[Word], *, most: int = 3, longest: int = 12) -> tuple[Word, ...]:
    """Keep one of a run of more than `most` equal phrases of up to `longest` words.

    Numbers are left alone: “0 0 0 0 7” may be an account's number.
    """
    keys = [_bare(word.text) for word in words]
    kept: list[Word] = []
    at = 0
    while at < len(words):
        length, repeats = _loop_at(keys, at, longest)
        if repeats > most and not all(key.isdigit() for key in keys[at : at + length]):
            kept += words[at : at + length]
            at += length * repeats
        else:
            kept.append(words[at])
            at += 1
    return tuple(kept)


def echoes(text: str, hints: Sequence[str]) -> bool:
    """Whether a text is nothing but two or more of the hints, in their order, one after another."""
    said = _bare_words(text)
    told = [_bare_words(hint) for hint in hints]
    for first in range(len(told)):
        run: list[str] = []
        for count, hint in enumerate(told[first:], 1):
            run += hint
            if count > 1 and run == said:
                return True
            if len(run) > len(said):
                break
    return False


def compression(text: str) -> float:
    """Bytes over their zlib size, as Whisper counts it: above 2.4 a text repeats itself."""
    raw = text.encode()
    return len(raw) / len(zlib.compress(raw)) if raw else 1.0


def _is_silence(heard: Heard, doubt: Doubt) -> bool:
    sure_of_nothing = (
        heard.no_speech_probability > doubt.no_speech
        and heard.mean_log_probability < doubt.log_probability
    )
    return sure_of_nothing or heard.mean_log_probability < doubt.hopeless_log_probability


def _repeats(text: str, doubt: Doubt) -> bool:
    return compression(text) > doubt.compression


def _loop_at(keys: Sequence[str], at: int, longest: int) -> tuple[int, int]:
    """Find the phrase length at `at` that loops over the most words, and how often it comes."""
    best = (1, 1)
    for length in range(1, min(longest, (len(keys) - at) // 2) + 1):
        phrase = keys[at : at + length]
        repeats = 1
        while keys[at + repeats * length : at + (repeats + 1) * length] == phrase:
            repeats += 1
        if repeats > 1 and length * repeats > best[0] * best[1]:
            best = (length, repeats)
    return best


def _bare(text: str) -> str:
    return re.sub(r"\W", "", text).casefold()


def _bare_words(text: str) -> list[str]:
    return [bare for word in text.split() if (bare := _bare(word))]
