"""Whisper by faster-whisper: the only file that imports it. Runs in a child process (`host.py`)."""

import zlib
from collections import deque
from collections.abc import Iterator, Sequence
from concurrent.futures import Future, ThreadPoolExecutor
from dataclasses import dataclass
from typing import Any

import ctranslate2
import faster_whisper
import numpy as np

from granola_like.domain.transcript import Word
from granola_like.engines.base import SAMPLE_RATE, Heard, Listening, Samples
from granola_like.engines.windows import Window, plan, unheard_from
from granola_like.errors import EngineError

HINT_TOKENS = 50
"""More hints crowd out the answer: prompt and answer share 448 tokens."""

FALL_BACKS = (0.2, 0.4, 0.6, 0.8, 1.0)
"""Temperatures to try when a window reads badly at zero (Radford et al. 2022)."""


class WhisperTranscriber:
    """A folder with a CTranslate2 Whisper, loaded as int8 on the CPU.

    Two windows are heard at once where there are two threads: one thread for each costs less than
    two threads on one (measured: twice the speed against 1.4 times).
    """

    def __init__(self, folder: str, *, name: str, threads: int, plain: bool = False) -> None:
        self._name = name
        self._plain = plain
        self._at_once = min(2, threads)
        try:
            self._model = faster_whisper.WhisperModel(
                folder,
                device="cpu",
                compute_type="int8",
                cpu_threads=max(1, threads // self._at_once),
                num_workers=self._at_once,
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
        """Yield what is said, window by window. Raises EngineError."""
        if how.language not in (None, "en") and not self._model.model.is_multilingual:
            raise EngineError(
                f"The model “{self._name}” knows English only, and this is to be heard in "
                f"“{how.language}”.",
                hint="Choose another model, or --language en; `granola-like models list` shows "
                "what each knows.",
            )
        windows = plan(sound, how.pauses_ms)
        asking = _Asking(how, self._hints(how.hints))
        with ThreadPoolExecutor(self._at_once, thread_name_prefix="whisper") as pool:
            waiting = deque[Future[list[Heard]]]()
            try:
                for window in windows:
                    waiting.append(pool.submit(self._hear_all, sound, window, asking))
                    if len(waiting) > self._at_once:
                        yield from self._result(waiting.popleft())
                while waiting:
                    yield from self._result(waiting.popleft())
            finally:
                for future in waiting:
                    future.cancel()

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

    def _result(self, future: Future[list[Heard]]) -> list[Heard]:
        try:
            return future.result()
        except (RuntimeError, ValueError, IndexError) as reason:
            raise EngineError(f"The model “{self._name}” failed on this sound.") from reason

    def _hear_all(self, sound: Samples, window: Window, asking: "_Asking") -> list[Heard]:
        """Hear one window, and once more what a pass left out at its end."""
        heard: list[Heard] = []
        start: int | None = window.start_ms
        while start is not None:
            part = Window(start, window.end_ms)
            found = self._hear(sound, part, asking)
            heard += found
            to = found[-1].end_ms if found else part.end_ms
            again = unheard_from(part, to, asking.how.pauses_ms)
            start = again if again is not None and again > part.start_ms else None
        return heard

    def _hear(self, sound: Samples, window: Window, asking: "_Asking") -> list[Heard]:
        part = sound[window.start_ms * SAMPLE_RATE // 1000 : window.end_ms * SAMPLE_RATE // 1000]
        segments, about = faster_whisper.BatchedInferencePipeline(self._model).transcribe(
            part,
            batch_size=1,
            clip_timestamps=[{"start": 0, "end": len(part) / SAMPLE_RATE}],
            vad_filter=False,
            without_timestamps=False,
            temperature=0.0,
            **asking.options,
        )
        found = [_heard(segment, about.language, window.start_ms) for segment in segments]
        if self._plain or not _reads_badly(found):
            return found
        ctranslate2.set_random_seed(0)  # the fall-backs draw lots; the same sound, the same words
        segments, about = self._model.transcribe(
            part, temperature=FALL_BACKS, condition_on_previous_text=False, **asking.options
        )
        return [_heard(segment, about.language, window.start_ms) for segment in segments]

    def _hints(self, hints: Sequence[str]) -> str | None:
        """Take as many hints as fit, in their order."""
        if self._plain:
            return None
        taken: list[str] = []
        room = HINT_TOKENS
        for hint in hints:
            needs = len(self._model.hf_tokenizer.encode(f" {hint},").ids)
            if needs <= room:  # one that is too long must not keep out those behind it
                taken.append(hint)
                room -= needs
        return ", ".join(taken) or None


@dataclass(frozen=True, slots=True)
class _Asking:
    """How the caller wants it, in the library's words."""

    how: Listening
    hotwords: str | None

    @property
    def options(self) -> dict[str, Any]:
        return {
            "language": self.how.language,
            "task": "transcribe",  # never translate
            "beam_size": self.how.beam_size,
            "hotwords": self.hotwords,
            "word_timestamps": True,
        }


def _reads_badly(found: Sequence[Heard]) -> bool:
    """Whisper's own signs of failure (Radford et al. 2022): it repeats itself, or doubts all."""
    if not found:
        return False
    text = " ".join(heard.text for heard in found).encode()
    repeats = len(text) / len(zlib.compress(text)) > 2.4
    doubts = found[0].mean_log_probability < -1.0 and found[0].no_speech_probability <= 0.6
    return repeats or doubts


def open_whisper(
    folder: str, *, name: str, threads: int, plain: bool = False
) -> WhisperTranscriber:
    """Load the model in `folder`. Raises EngineError."""
    return WhisperTranscriber(folder, name=name, threads=threads, plain=plain)


def _heard(segment: Any, language: str, from_ms: int) -> Heard:
    start, end = from_ms + _ms(segment.start), from_ms + _ms(segment.end)
    words = _words(segment.words or (), from_ms, spaced=language not in _WITHOUT_SPACES)
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


def _words(found: Sequence[Any], from_ms: int, *, spaced: bool) -> tuple[Word, ...]:
    """Make our words of the engine's; a piece without a space before it goes with the last word."""
    words: list[Word] = []
    for piece in found:
        text = piece.word.strip()
        if not text:
            continue
        start = from_ms + _ms(piece.start)
        end = max(start, from_ms + _ms(piece.end))
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
