"""Asking a model, and not waiting for one that hangs, nor listening to one that loops."""

from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass, replace
from typing import TypeVar

from granola_like.engines.base import LanguageModel, Request
from granola_like.enhance.budget import Budget, Numbered, split
from granola_like.enhance.model_writer_answer import Nonsense
from granola_like.enhance.model_writer_text import is_looping
from granola_like.errors import EngineError
from granola_like.jobs import Job, Progress

T = TypeVar("T")

TRIES = 2
WARMER = 0.4
"""Temperature of the second try: at 0 a model would say the same again."""

_LOOK_EVERY = 32
"""Characters between two looks for a loop."""


@dataclass(frozen=True, slots=True)
class Patience:
    """How many seconds without a word are too many."""

    first_s: float = 180.0
    """Before the first word: the model is loaded and reads the question."""
    next_s: float = 30.0


class Asker:
    """Asks one model, knowing how much fits into it and how long to wait."""

    def __init__(
        self, model: LanguageModel, *, patience: Patience, clock: Callable[[], float]
    ) -> None:
        self.model = model
        self.budget = Budget(model)
        self._patience = patience
        self._clock = clock

    def asked(self, request: Request, understand: Callable[[str], T]) -> Job[T]:
        """Ask, and give what `understand` makes of the answer; once more where that fails.

        Raises EngineError: what the model, or `understand`, raised the second time.
        """
        for number in range(TRIES):
            try:
                answer = yield from _listened(self.model, request, self._patience, self._clock)
                return understand(answer)
            except EngineError:
                if number + 1 == TRIES:
                    raise
            request = replace(request, temperature=WARMER, seed=request.seed + 1)
            yield Progress("Asking the model once more")
        raise AssertionError("unreachable")

    def split(
        self, lines: Sequence[Numbered], *around: str, answer: int
    ) -> list[tuple[Numbered, ...]]:
        """Cut `lines` into parts that fit beside the texts `around` them and the answer.

        Raises EngineError where the model's context is too short for that.
        """
        try:
            return split(lines, self.budget.left(*around, answer=answer), self.budget.count)
        except ValueError:
            raise EngineError(
                f"The model “{self.model.name}” holds {self.budget.context} tokens, which is too "
                "few for this.",
                hint="Choose a model with a context of 4,096 tokens or more.",
            ) from None


def _listened(
    model: LanguageModel, request: Request, patience: Patience, clock: Callable[[], float]
) -> Job[str]:
    pieces = model.write(request)
    text, looked_at = "", 0
    heard = clock()
    try:
        for piece in pieces:
            if piece:
                text, heard = text + piece, clock()
            elif clock() - heard > (patience.next_s if text else patience.first_s):
                raise EngineError(f"The model “{model.name}” has stopped answering.")
            if len(text) - looked_at >= _LOOK_EVERY:
                looked_at = len(text)
                if is_looping(text):
                    raise Nonsense(f"The model “{model.name}” says the same again and again.")
            yield Progress("Writing" if text else "Reading")
    finally:
        _stop(pieces)
    return text


def _stop(pieces: Iterator[str]) -> None:
    close = getattr(pieces, "close", None)
    if close is not None:
        close()
