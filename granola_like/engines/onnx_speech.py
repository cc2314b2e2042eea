"""Parakeet and other speech models in ONNX, by onnx-asr: the only file that imports it.

Runs in a child process (`host.py`). Such a model takes no hints, and most know few languages; what
was learned from corrections is put right after the pass as with any engine.
"""

import json
import re
from collections.abc import Iterator, Sequence
from importlib import import_module
from pathlib import Path
from typing import Any

import numpy as np

from granola_like.domain.transcript import Word
from granola_like.engines.base import SAMPLE_RATE, Heard, Listening, Samples
from granola_like.engines.found import ONNX_SPEECH_TYPES
from granola_like.engines.windows import Window, plan
from granola_like.errors import EngineError
from granola_like.text.stop_words import STOP_WORDS

LAST_TOKEN_MS = 240
"""A word's end is not told: so long its last token lasts at most. It ends with the next word."""

_BY_SCRIPT = (("ru", r"[\u0430-\u044f]"), ("el", r"[\u03b1-\u03c9]"))
"""Signs that one of few languages of such models is written with."""

_TOLD_THE_LANGUAGE = frozenset({"nemo-conformer-aed", "whisper", "whisper-ort"})
"""Kinds of models that may be told what is spoken; the others find it out while they hear."""


class OnnxTranscriber:
    """A folder with a model that onnx-asr loads, on the processor; int8 where the folder has it."""

    def __init__(
        self, folder: str, *, name: str, threads: int, languages: Sequence[str] = ()
    ) -> None:
        self._name = name
        self._languages = tuple(languages)
        self._model: Any
        self._kind = ""
        try:
            onnxruntime, onnx_asr = import_module("onnxruntime"), import_module("onnx_asr")
            # Windows keeps its own switch; elsewhere the package's environment variable has spoken.
            onnxruntime.disable_telemetry_events()
            about = json.loads(Path(folder, "config.json").read_text("utf-8"))
            self._kind = about["model_type"]
            options = onnxruntime.SessionOptions()
            options.intra_op_num_threads = threads
            options.inter_op_num_threads = 1
            options.log_severity_level = 4
            if self._kind not in ONNX_SPEECH_TYPES:
                raise ValueError(self._kind)
            self._model = onnx_asr.load_model(
                self._kind,
                folder,
                quantization="int8" if any(Path(folder).glob("*.int8.onnx")) else None,
                sess_options=options,
                providers=["CPUExecutionProvider"],
            ).with_timestamps()
        except ImportError as reason:
            raise EngineError(
                f"The model “{name}” needs the library onnx-asr, which is not installed.",
                hint="Install granola-like with the extra “onnx”, or choose a Whisper model.",
            ) from reason
        except Exception as reason:
            # onnxruntime raises classes of its own for each kind of damage.
            raise EngineError(
                f"The model “{name}” at “{folder}” could not be loaded: its files are damaged or "
                "of another kind.",
                hint="Remove it and get it again; `granola-like models list` shows what there is.",
            ) from reason

    @property
    def name(self) -> str:
        """The model's name, as the person knows it."""
        return self._name

    def transcribe(self, sound: Samples, how: Listening) -> Iterator[Heard]:
        """Yield what is said, one stretch a window. Hints are not used. Raises EngineError."""
        for window in plan(sound, how.pauses_ms):
            yield self._hear(sound, window, how.language)

    def detect_language(self, sound: Samples) -> tuple[str, float]:
        """Say the language of a model that knows one; else guess it by what it writes.

        The guess is told as a doubtful one: such models do not say which language they hear.
        """
        if len(self._languages) == 1 and self._languages[0] != "*":
            return self._languages[0], 1.0
        text = " ".join(one.text for one in self.transcribe(sound, Listening())).casefold()
        for language, signs in _BY_SCRIPT:
            if len(re.findall(signs, text)) * 2 > len(re.findall(r"[^\W\d_]", text)):
                return language, 0.6
        words = re.findall(r"[^\W\d_]+", text)
        share = sum(word in STOP_WORDS["en"] for word in words) / max(1, len(words))
        return "en", 0.3 + min(0.5, share)

    def close(self) -> None:
        """Let go of the weights."""
        self._model = None

    def _hear(self, sound: Samples, window: Window, language: str | None) -> Heard:
        part = sound[window.start_ms * SAMPLE_RATE // 1000 : window.end_ms * SAMPLE_RATE // 1000]
        told = {"language": language} if language and self._kind in _TOLD_THE_LANGUAGE else {}
        try:
            found = self._model.recognize(
                np.ascontiguousarray(part, np.float32), sample_rate=SAMPLE_RATE, **told
            )
        except Exception as reason:
            # A language that the model does not know is a KeyError, a failed layer a class of
            # onnxruntime's own.
            raise EngineError(f"The model “{self._name}” failed on this sound.") from reason
        words = words_of(
            found.tokens or (), found.timestamps or (), found.logprobs or (), window=window
        )
        doubts = [float(one) for one in found.logprobs or ()]
        return Heard(
            start_ms=words[0].start_ms if words else window.start_ms,
            end_ms=words[-1].end_ms if words else window.end_ms,
            text=" ".join(word.text for word in words) if words else found.text.strip(),
            words=words,
            mean_log_probability=sum(doubts) / len(doubts) if doubts else 0.0,
        )


def words_of(
    tokens: Sequence[str],
    times_s: Sequence[float],
    log_probabilities: Sequence[float],
    *,
    window: Window,
) -> tuple[Word, ...]:
    """Join tokens to words: one with a space before it begins a word, punctuation never does.

    `times_s` are the tokens' beginnings in seconds of the window; without them there are no words.
    """
    if len(times_s) != len(tokens):
        return ()
    groups: list[list[int]] = []
    for number, token in enumerate(tokens):
        begins = token[:1].isspace() and re.search(r"\w", token)
        if token.strip() and (begins or not groups):
            groups.append([number])
        elif token.strip():
            groups[-1].append(number)
    starts = [window.start_ms + round(times_s[group[0]] * 1000) for group in groups]
    words = []
    for at, group in enumerate(groups):
        last = window.start_ms + round(times_s[group[-1]] * 1000) + LAST_TOKEN_MS
        end = min([last, window.end_ms, *starts[at + 1 : at + 2]])
        doubt = [log_probabilities[n] for n in group] if log_probabilities else [0.0]
        sure = float(np.clip(np.exp(np.mean(doubt)), 0.0, 1.0))
        text = "".join("".join(tokens[n].split()) for n in group)
        start = min(starts[at], window.end_ms)
        words.append(Word(text, start, max(start, end), sure))
    return tuple(words)


def open_onnx_speech(
    folder: str, *, name: str, threads: int, languages: Sequence[str] = ()
) -> OnnxTranscriber:
    """Load the model in `folder`. Raises EngineError."""
    return OnnxTranscriber(folder, name=name, threads=threads, languages=languages)
