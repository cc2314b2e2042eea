"""How much fits into a model's context, counted by its own tokenizer before it is asked.

What does not fit is split into parts, each asked for itself; nothing is cut off.
"""

from collections.abc import Callable, Sequence
from dataclasses import dataclass

from granola_like.engines.base import LanguageModel

MARGIN = 64
"""Tokens of a chat template around the question, and for joints that are counted apart."""


@dataclass(frozen=True, slots=True)
class Numbered:
    """One line of evidence as a prompt shows it. Pieces of a long utterance have one number."""

    number: int
    head: str
    """What stands before the words: number and speaker."""
    text: str

    def __str__(self) -> str:
        return f"{self.head}{self.text}"


class Budget:
    """Counts for one model, each text once."""

    def __init__(self, model: LanguageModel) -> None:
        self._model = model
        self._known: dict[str, int] = {}

    @property
    def context(self) -> int:
        """How many tokens question and answer may have together. Raises EngineError."""
        return self._model.context_tokens

    def count(self, text: str) -> int:
        """Count the tokens of `text`. Raises EngineError."""
        if text not in self._known:
            self._known[text] = self._model.count_tokens(text)
        return self._known[text]

    def answer(self, wanted: int) -> int:
        """Give how many tokens an answer may have: `wanted`, or a quarter of a short context."""
        return min(wanted, self.context // 4)

    def left(self, *texts: str, answer: int) -> int:
        """Say how many tokens are left beside `texts` and the answer; may be less than nothing."""
        return self.context - MARGIN - answer - sum(self.count(text) for text in texts)


def split(
    lines: Sequence[Numbered], room: int, count: Callable[[str], int]
) -> list[tuple[Numbered, ...]]:
    """Pack lines, in their order, into as few parts as hold at most `room` tokens each.

    A line too long for a part is cut between words; each piece keeps number and speaker. Raises
    ValueError where not even one word fits.
    """
    # Counting may be a question to a server: one for all, where that is enough.
    if lines and count("\n".join(str(line) for line in lines)) <= room:
        return [tuple(lines)]
    parts: list[list[Numbered]] = []
    used = room + 1
    for line in lines:
        for piece in _pieces(line, room, count):
            size = count(str(piece)) + 1  # and the end of the line
            if used + size > room:
                parts.append([])
                used = 0
            parts[-1].append(piece)
            used += size
    return [tuple(part) for part in _evened(parts, room, count)]


def _pieces(line: Numbered, room: int, count: Callable[[str], int]) -> list[Numbered]:
    if count(str(line)) + 1 <= room:
        return [line]
    words = line.text.split()
    half = len(words) // 2
    if half == 0:
        raise ValueError("there is no room for a single word")
    left = Numbered(line.number, line.head, " ".join(words[:half]))
    right = Numbered(line.number, line.head, " ".join(words[half:]))
    return [*_pieces(left, room, count), *_pieces(right, room, count)]


def _evened(
    parts: list[list[Numbered]], room: int, count: Callable[[str], int]
) -> list[list[Numbered]]:
    """Move lines into the last part, so that it is not the only short one."""
    if len(parts) < 2:
        return parts

    def size(part: list[Numbered]) -> int:
        return sum(count(str(line)) + 1 for line in part)

    before, last = parts[-2], parts[-1]
    while len(before) > 1:
        moved = count(str(before[-1])) + 1
        if size(last) + moved > room or size(last) + moved > size(before) - moved:
            break
        last.insert(0, before.pop())
    return parts
