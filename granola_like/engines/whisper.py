"""Whisper by faster-whisper: the only file that imports it. Runs in a child process (`host.py`)."""

import logging
from collections.abc import Iterator, Sequence
from typing import Any

import ctranslate2
import faster_whisper
import numpy as np

from granola_like.domain.transcript import Word
from granola_like.engines.base import SAMPLE_RATE, Heard, Listening, Samples
from granola_like.errors import EngineError

logger = logging.getLogger(__name__)

HINT_TOKENS = 50
"""More hints crowd out the answer: prompt and answer share 448 tokens."""

TEMPERATURES = (0.0, 0.2, 0.4, 0.6, 0.8, 1.0)
"""Whisper's own fall-backs (Radford et al. 2022) when a window reads badly."""


class WhisperTranscriber:
    """A folder with a CTranslate2 Whisper, loaded as int8 on the CPU."""

    def __init__(self, folder: str, *, name: str, threads: int, plain: bool = False) -> None:
        self._name = name
        self._plain = plain
        try:
            self._model = faster_whisper.WhisperModel(
                folder, device="cpu", compute_type="int8", cpu_threads=threads
            )
        except (RuntimeError, ValueError, OSError, KeyError, TypeError) as reason:
            raise EngineError(
                f"The model “{name}” at “{folder}” could not be loaded: its files are damaged or "
                "of another kind.",
                hint="Remove it and get it again; `granola-like models list` shows what there is.",
            ) from reason
        except Exception as reason:
            # The tokenizer's library raises the bare class for a damaged file.
            raise EngineError(f"The tokenizer of the model “{name}” is damaged.") from reason

    @property
    def name(self) -> str:
        """The model's name, as the person knows it."""
        return self._name

    def transcribe(self, sound: Samples, how: Listening) -> Iterator[Heard]:
        """Yield what is said, window by window of 30 s. Raises EngineError."""
        if not len(sound):
            return
        ctranslate2.set_random_seed(0)  # the fall-backs draw lots; the same sound, the same words
        try:
            segments, about = self._model.transcribe(
                sound,
                language=how.language,
                beam_size=how.beam_size,
                temperature=0.0 if self._plain else TEMPERATURES,
                condition_on_previous_text=False,
                word_timestamps=True,
                hotwords=self._hints(how.hints),
            )
            for segment in segments:
                yield _heard(segment, about.language)
        except (RuntimeError, ValueError, IndexError) as reason:
            raise EngineError(f"The model “{self._name}” failed on this sound.") from reason

    def detect_language(self, sound: Samples) -> tuple[str, float]:
        """Say what is spoken in the first 30 s; a model of English alone says English."""
        if not self._model.model.is_multilingual:
            return "en", 1.0
        try:
            language, probability, _ = self._model.detect_language(audio=sound)
        except (RuntimeError, ValueError) as reason:
            raise EngineError(f"The model “{self._name}” failed on this sound.") from reason
        return str(language), float(probability)

    def close(self) -> None:
        """Let go of the weights."""
        self._model.model.unload_model()

    def _hints(self, hints: Sequence[str]) -> str | None:
        """Take as many hints as fit, in their order."""
        if self._plain:
            return None
        taken: list[str] = []
        room = HINT_TOKENS
        for hint in hints:
            room -= len(self._model.hf_tokenizer.encode(f" {hint},").ids)
            if room < 0:
                break
            taken.append(hint)
        return ", ".join(taken) or None


def open_whisper(
    folder: str, *, name: str, threads: int, plain: bool = False
) -> WhisperTranscriber:
    """Load the model in `folder`. Raises EngineError."""
    return WhisperTranscriber(folder, name=name, threads=threads, plain=plain)


def _heard(segment: Any, language: str) -> Heard:
    start, end = _ms(segment.start), _ms(segment.end)
    words = _words(segment.words or (), spaced=language not in _WITHOUT_SPACES)
    return Heard(
        start_ms=min([start, *(word.start_ms for word in words)]),
        end_ms=max([start, end, *(word.end_ms for word in words)]),
        text=segment.text.strip(),
        words=words,
        mean_log_probability=float(segment.avg_logprob),
        no_speech_probability=float(segment.no_speech_prob),
        compression_ratio=float(segment.compression_ratio),
    )


# faster-whisper cuts these into signs, not words (its tokenizer's `split_to_word_tokens`).
_WITHOUT_SPACES = frozenset({"zh", "ja", "th", "lo", "my", "yue"})


def _words(found: Sequence[Any], *, spaced: bool) -> tuple[Word, ...]:
    """Make our words of the engine's; a piece without a space before it goes with the last word."""
    words: list[Word] = []
    for piece in found:
        text = piece.word.strip()
        if not text:
            continue
        start = _ms(piece.start)
        end = max(start, _ms(piece.end))
        probability = float(np.clip(piece.probability, 0.0, 1.0))
        if words and spaced and not piece.word[0].isspace():
            last = words.pop()
            text, start = last.text + text, last.start_ms
            end, probability = max(last.end_ms, end), min(last.probability, probability)
        words.append(Word(text, start, end, probability))
    return tuple(words)


def _ms(seconds: float) -> int:
    return max(0, round(float(seconds) * 1000))


assert SAMPLE_RATE == 16_000  # what Whisper's features are made for
