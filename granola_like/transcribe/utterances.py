"""Words become utterances: a sentence or two, a few seconds each, and no word lost."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from granola_like.domain.recording import Channel
from granola_like.domain.transcript import Transcript, Utterance, Word

WITHOUT_SPACES = frozenset({"zh", "ja", "th", "lo", "my", "yue"})
"""Languages that write no space between words."""

_ENDS = tuple(".?!。？！…")
_CLOSERS = "\"'”’»)]}」』"


@dataclass(frozen=True, slots=True, kw_only=True)
class Shape:
    """How long an utterance may be."""

    pause_ms: int = 700
    """So long a silence between two words ends an utterance."""
    least_ms: int = 1200
    """A sentence shorter than this stays with the next one, if that follows at once."""
    longest_ms: int = 15_000
    """A sentence longer than this is cut at its longest pause."""


@dataclass(frozen=True, slots=True)
class Said:
    """Words of one channel that belong together, in order."""

    channel: Channel
    words: tuple[Word, ...]

    @property
    def start_ms(self) -> int:
        """When the first word begins."""
        return min(word.start_ms for word in self.words)

    @property
    def end_ms(self) -> int:
        """When the last word ends."""
        return max(word.end_ms for word in self.words)


def cut(words: Sequence[Word], shape: Shape | None = None) -> list[tuple[Word, ...]]:
    """Cut one channel's words at pauses and ends of sentences; every word is in one part."""
    shape = shape or Shape()
    parts: list[tuple[Word, ...]] = []
    current: list[Word] = []
    for word in words:
        if current and _ends_before(word, current, shape):
            parts += _not_too_long(current, shape)
            current = []
        current.append(word)
    return parts + _not_too_long(current, shape) if current else parts


def text_of(words: Iterable[Word], language: str) -> str:
    """Write words out as the language does."""
    return ("" if language in WITHOUT_SPACES else " ").join(word.text for word in words)


def on_one_clock(
    parts: Iterable[Said], *, language: str, speakers: dict[Channel, str], engine: str
) -> Transcript:
    """Put all channels' parts in the order of time and give them readable ids (u1, u2, u3)."""
    ordered = sorted(parts, key=lambda part: (part.start_ms, part.end_ms, part.channel))
    return Transcript(
        utterances=tuple(
            Utterance(
                id=f"u{number}",
                channel=part.channel,
                speaker=speakers.get(part.channel),
                start_ms=part.start_ms,
                end_ms=part.end_ms,
                text=text_of(part.words, language),
                words=part.words,
            )
            for number, part in enumerate(ordered, 1)
        ),
        made_by="final",
        engine=engine,
        language=language,
    )


def spread(text: str, start_ms: int, end_ms: int) -> tuple[Word, ...]:
    """Give words times by their length, for an engine that heard a text and no word times."""
    texts = text.split()
    total = sum(len(word) for word in texts)
    words, at = [], 0
    for word in texts:
        begin = start_ms + (end_ms - start_ms) * at // total
        at += len(word)
        words.append(Word(word, begin, start_ms + (end_ms - start_ms) * at // total))
    return tuple(words)


def _ends_before(word: Word, current: Sequence[Word], shape: Shape) -> bool:
    pause = word.start_ms - current[-1].end_ms
    if pause >= shape.pause_ms:
        return True
    long_enough = current[-1].end_ms - current[0].start_ms >= shape.least_ms
    return long_enough and _ends_a_sentence(current[-1], word)


def _ends_a_sentence(word: Word, following: Word) -> bool:
    """Tell a sentence's end from the point of “Dr.” or “e.g.”: no small letter follows.

    Whisper writes numbers such as 2.5 as one word, so a point inside a number is no matter.
    """
    bare = word.text.rstrip(_CLOSERS)
    if not bare.endswith(_ENDS):
        return False
    if bare.endswith(".") and _is_abbreviation(bare):
        return False
    first = following.text.lstrip("\"'“‘«([{-")[:1]
    return not first.islower()


def _is_abbreviation(bare: str) -> bool:
    stem = bare[:-1]
    return (len(stem) == 1 and stem.isalpha() and stem != "I") or "." in stem or bare in _TITLES


_TITLES = frozenset({"Dr.", "Mr.", "Mrs.", "Ms.", "Prof.", "St.", "vs."})


def _not_too_long(words: Sequence[Word], shape: Shape) -> list[tuple[Word, ...]]:
    """Halve at the longest pause, away from the edges, until every part is short enough."""
    if len(words) < 4 or words[-1].end_ms - words[0].start_ms <= shape.longest_ms:
        return [tuple(words)]
    quarter = len(words) // 4
    places = range(max(1, quarter), len(words) - quarter)
    # Equal pauses: after a comma, then nearest the middle.
    at = max(
        places,
        key=lambda i: (
            words[i].start_ms - words[i - 1].end_ms,
            words[i - 1].text.endswith((",", ";", ":", "，", "、")),
            -abs(i - len(words) // 2),
        ),
    )
    return _not_too_long(words[:at], shape) + _not_too_long(words[at:], shape)
