"""One channel's words become utterances that only grow. Pure.

An utterance ends at a pause, and at the end of a sentence that is long enough, as it does in the
final pass; a talk without sentences is cut after a while.
"""

from collections.abc import Sequence
from dataclasses import dataclass, replace

from granola_like.domain.recording import Channel
from granola_like.domain.transcript import Word
from granola_like.transcribe.utterances import Shape, cut, text_of

_SHAPE = Shape(longest_ms=1 << 40)  # too long ones are cut here, at once and for good
LONGEST_MS = 15_000


@dataclass(frozen=True, slots=True, kw_only=True)
class LiveUtterance:
    """What one speaker is saying, or has said without a long pause.

    One with neither firm words nor a tentative text is to be forgotten: what had been guessed was
    nothing, or it was taken off the record.
    """

    id: str
    """The same in the live transcript."""
    channel: Channel
    start_ms: int
    end_ms: int
    firm: tuple[Word, ...]
    """Never taken back, but for what is taken off the record."""
    tentative: str
    """May change with the next pass."""
    is_done: bool
    """Its speaker has paused, or begun another sentence; nothing follows."""


class Lines:
    """All utterances of one channel; the last one may be open."""

    def __init__(self, channel: Channel) -> None:
        self._channel = channel
        self._lines: list[LiveUtterance] = []
        self._changed: dict[str, LiveUtterance] = {}
        self._count = 0

    @property
    def said(self) -> tuple[LiveUtterance, ...]:
        """Every utterance with firm words."""
        return tuple(line for line in self._lines if line.firm)

    def changes(self) -> tuple[LiveUtterance, ...]:
        """Those that are new or other than at the last call."""
        found = tuple(self._changed.values())
        self._changed = {}
        return found

    def hear(self, firm: Sequence[Word], guess: Sequence[Word], language: str) -> None:
        """Add firm words for good, and show what may follow them."""
        for word in firm:
            line = self._open(word)
            begins = line.start_ms if line.firm else word.start_ms
            placed = _after(word, line.firm[-1].start_ms if line.firm else begins)
            self._put(
                replace(
                    line,
                    firm=(*line.firm, placed),
                    tentative="",
                    start_ms=begins,
                    end_ms=max(line.end_ms if line.firm else 0, placed.end_ms),
                )
            )
        text = text_of(guess, language)
        last = self._lines[-1] if self._lines else None
        if guess and (last is None or last.is_done):
            last = self._new(guess[0])
        if last is None or last.is_done or (last.tentative == text and not guess):
            return
        end = max(last.firm[-1].end_ms if last.firm else 0, *(w.end_ms for w in guess), 0)
        start = last.start_ms if last.firm or not guess else guess[0].start_ms
        self._put(replace(last, tentative=text, start_ms=start, end_ms=max(start, end)))

    def finish(self) -> None:
        """The speaker has paused: nothing will follow the last utterance."""
        if self._lines and not self._lines[-1].is_done:
            last = self._lines[-1]
            end = last.firm[-1].end_ms if last.firm else last.start_ms
            self._put(replace(last, tentative="", is_done=True, end_ms=max(last.start_ms, end)))
            if not last.firm:
                self._lines.pop()

    def take_back(self, start_ms: float, end_ms: float) -> None:
        """Forget the words of this time: the person took it off the record."""
        self.finish()
        for line in list(self._lines):
            kept = tuple(w for w in line.firm if w.end_ms <= start_ms or w.start_ms >= end_ms)
            if len(kept) == len(line.firm):
                continue
            end = max((word.end_ms for word in kept), default=line.start_ms)
            self._put(replace(line, firm=kept, end_ms=max(line.start_ms, end)))
        self._lines = [line for line in self._lines if line.firm]

    def _open(self, word: Word) -> LiveUtterance:
        """The utterance that this firm word belongs to."""
        last = self._lines[-1] if self._lines else None
        if last is None or last.is_done:
            return self._new(word)
        if last.firm and _begins_another(last.firm, word):
            self._put(replace(last, tentative="", end_ms=last.firm[-1].end_ms, is_done=True))
            return self._new(word)
        return last

    def _new(self, word: Word) -> LiveUtterance:
        self._count += 1
        earliest = self._lines[-1].start_ms if self._lines else 0
        start = max(earliest, word.start_ms)
        line = LiveUtterance(
            id=f"{self._channel}-{self._count}",
            channel=self._channel,
            start_ms=start,
            end_ms=max(start, word.end_ms),
            firm=(),
            tentative="",
            is_done=False,
        )
        self._lines.append(line)
        return line

    def _put(self, line: LiveUtterance) -> None:
        at = next(i for i in range(len(self._lines) - 1, -1, -1) if self._lines[i].id == line.id)
        if self._lines[at] != line or line.id not in self._changed:
            self._lines[at] = self._changed[line.id] = line


def _after(word: Word, earliest_ms: int) -> Word:
    start = max(earliest_ms, word.start_ms)
    return replace(word, start_ms=start, end_ms=max(start, word.end_ms))


def _begins_another(said: Sequence[Word], word: Word) -> bool:
    if word.end_ms - said[0].start_ms > LONGEST_MS:
        return True
    return len(cut([*said, word], _SHAPE)) > 1
