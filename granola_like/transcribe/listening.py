"""Hearing one stretch of sound to its end, whatever happens to the engine."""

import logging
import threading
from collections.abc import Callable, Generator, Sequence
from dataclasses import replace
from typing import TypeVar

from granola_like.engines.base import SAMPLE_RATE, Heard, Listening, Samples, Transcriber
from granola_like.errors import EngineDied, GranolaError

logger = logging.getLogger(__name__)

T = TypeVar("T")


def listen(
    engine: Transcriber, sound: Samples, how: Listening, *, from_ms: int = 0
) -> Generator[Heard, None, None]:
    """Hear all of it; when the engine dies once, go on from the last words.

    With `from_ms` the sound before it counts as heard. Raises EngineError.
    """
    heard_to = from_ms
    for last_try in (False, True):
        shift = _pause_at(heard_to, how.pauses_ms)
        rest = sound[shift * SAMPLE_RATE // 1000 :]
        pauses = tuple(pause - shift for pause in how.pauses_ms if pause > shift)
        try:
            for heard in engine.transcribe(rest, replace(how, pauses_ms=pauses)):
                moved = _shifted(heard, shift)
                if heard.text:
                    heard_to = moved.end_ms
                yield moved
            return
        except EngineDied:
            if last_try:
                raise
            logger.warning("the engine died at %d ms and goes on from there", heard_to)


def patiently(ask: Callable[[], T], *, stop: Callable[[], object]) -> Generator[None, None, T]:
    """Wait for an answer with signs of life; closing calls `stop` so that the wait ends."""
    answers: list[T] = []
    errors: list[GranolaError] = []

    def work() -> None:
        try:
            answers.append(ask())
        except GranolaError as error:
            errors.append(error)

    thread = threading.Thread(target=work, name="asking an engine")
    thread.start()
    try:
        while thread.is_alive():
            thread.join(0.1)
            yield
    except BaseException:  # closed, or Ctrl-C: the wait below must end
        stop()
        raise
    finally:
        thread.join()
    if errors:
        raise errors[0]
    return answers[0]


def _pause_at(ms: int, pauses_ms: Sequence[int]) -> int:
    """Take the pause that a word's end means: word times are good to half a second."""
    near = [pause for pause in pauses_ms if abs(pause - ms) <= 500]
    return min(near, key=lambda pause: abs(pause - ms), default=ms)


def _shifted(heard: Heard, by_ms: int) -> Heard:
    return replace(
        heard,
        start_ms=heard.start_ms + by_ms,
        end_ms=heard.end_ms + by_ms,
        words=tuple(
            replace(word, start_ms=word.start_ms + by_ms, end_ms=word.end_ms + by_ms)
            for word in heard.words
        ),
    )
