"""Any speech engine as a live one: it hears the whole sound each time, less what was said.

For engines that are not Whisper (`onnx_speech.py`). Runs in a child (`whisper_live_host.py`).
"""

import difflib
import re
from collections.abc import Iterator, Sequence
from importlib import import_module
from typing import Any

import numpy as np

from granola_like.domain.transcript import Word
from granola_like.engines.base import SAMPLE_RATE, Heard, Listening, Samples, Transcriber

LONGEST_S = 28.0
_SHORTEST_S = 0.1
_BEHIND_S = 0.4
"""Silence behind the sound: a word that ends with it is heard to its end."""


class AnyLive:
    """A live engine that asks a Transcriber."""

    def __init__(self, engine: Transcriber) -> None:
        self._engine = engine

    @property
    def name(self) -> str:
        """The model's name, as the person knows it."""
        return self._engine.name

    def hear(self, sound: Samples, how: Listening, said: tuple[str, ...] = ()) -> Heard:
        """Give the words that follow `said`. Raises EngineError."""
        sound = sound[: round(LONGEST_S * SAMPLE_RATE)]
        length = len(sound) * 1000 // SAMPLE_RATE
        if len(sound) < _SHORTEST_S * SAMPLE_RATE:
            return Heard(start_ms=0, end_ms=length, text="", no_speech_probability=1.0)
        padded = np.concatenate([sound, np.zeros(round(_BEHIND_S * SAMPLE_RATE), np.float32)])
        heard = [one for one in self._engine.transcribe(padded, how) if one.text]
        every = [_within(word, length) for one in heard for word in one.words]
        words = tuple(every[_said_until([word.text for word in every], said) :])
        return Heard(
            start_ms=words[0].start_ms if words else 0,
            end_ms=words[-1].end_ms if words else 0,
            text=" ".join(word.text for word in words),
            words=words,
            mean_log_probability=min((one.mean_log_probability for one in heard), default=0.0),
            no_speech_probability=max((one.no_speech_probability for one in heard), default=1.0),
            compression_ratio=max((one.compression_ratio for one in heard), default=1.0),
        )

    def detect_language(self, sound: Samples) -> tuple[str, float]:
        """Say which language is spoken and how sure that is. Raises EngineError."""
        return self._engine.detect_language(sound)

    def answers(self, method: str, *arguments: Any) -> Iterator[Any]:
        """Answer one question as a stream of one answer: waiting for that can be given up."""
        yield getattr(self, method)(*arguments)

    def close(self) -> None:
        """Let go of the weights."""
        self._engine.close()


def open_any_live(factory: str, **arguments: Any) -> AnyLive:
    """Load the engine that `factory` ("package.module:function") opens. Raises EngineError."""
    module, _, function = factory.partition(":")
    return AnyLive(getattr(import_module(module), function)(**arguments))


def _said_until(heard: Sequence[str], said: Sequence[str]) -> int:
    """How many of the words are those that were said, though some are heard otherwise now."""
    if not said:
        return 0
    before, now = [_bare(text) for text in said], [_bare(text) for text in heard]
    matcher = difflib.SequenceMatcher(None, before, now[: len(before) + 3], autojunk=False)
    blocks = [block for block in matcher.get_matching_blocks() if block.size]
    if not blocks:
        return min(len(said), len(heard))
    last = blocks[-1]
    missing = len(before) - (last.a + last.size)
    return min(len(heard), last.b + last.size + missing)


def _within(word: Word, length_ms: int) -> Word:
    start = min(word.start_ms, length_ms)
    return Word(word.text, start, max(start, min(word.end_ms, length_ms)), word.probability)


def _bare(text: str) -> str:
    return re.sub(r"\W", "", text).casefold() or text
