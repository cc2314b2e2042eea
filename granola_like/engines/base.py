"""What the product may ask of a model, and nothing more.

Every engine raises EngineError or one of its children, and nothing else, for what goes wrong
inside it. Every engine has a shipped fake in `engines.fake`, and one contract test runs on all.
"""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from typing import Any, Protocol, TypeAlias

import numpy as np
from numpy.typing import NDArray

from granola_like.domain.transcript import Word

Samples: TypeAlias = NDArray[np.float32]
"""Mono sound: float32 in −1..1, shape (frames,), 16,000 Hz wherever an engine sees it."""

Vectors: TypeAlias = NDArray[np.float32]
"""Unit-length embeddings: float32, shape (texts, dimensions)."""

SAMPLE_RATE = 16_000
"""Hz, of everything that a speech engine hears."""

SPEECH_FRAME = 512
"""Samples (32 ms) in each of which a speech finder says whether somebody speaks."""

Likelihoods: TypeAlias = NDArray[np.float32]
"""How likely it is (0 to 1) that somebody speaks, one number a frame of SPEECH_FRAME samples."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Heard:
    """One stretch of speech as an engine hears it, in ms from the sound's first sample."""

    start_ms: int
    end_ms: int
    text: str
    words: tuple[Word, ...] = ()
    mean_log_probability: float = 0.0
    no_speech_probability: float = 0.0
    compression_ratio: float = 1.0
    """Characters over their zlib size; high means that the engine repeats itself."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Listening:
    """How to listen."""

    language: str | None = None
    """ISO 639-1; None lets the engine find out."""
    hints: tuple[str, ...] = ()
    """Names and terms that may be said, most likely first; an engine uses as many as it can."""
    beam_size: int = 5
    pauses_ms: tuple[int, ...] = ()
    """Where the sound may be cut without harm to a word, in order, for an engine that hears a
    limited time at once; empty where the caller does not know."""


class SpeechStream(Protocol):
    """Listens to one channel from its start to its end."""

    def feed(self, sound: Samples) -> Likelihoods:
        """Say for each further whole frame how likely it is speech; the rest waits for more sound.

        However the sound is cut into calls, the numbers are the same. Raises EngineError.
        """
        ...


class SpeechFinder(Protocol):
    """Tells speech from everything else, quickly, without knowing the words."""

    @property
    def name(self) -> str:
        """The model's name, as the person knows it."""
        ...

    def listen(self) -> SpeechStream:
        """Begin a channel."""
        ...


class Transcriber(Protocol):
    """Turns sound into stretches of speech, lazily, so that the caller may stop between two."""

    @property
    def name(self) -> str:
        """The model's name, as the person knows it."""
        ...

    def transcribe(self, sound: Samples, how: Listening) -> Iterator[Heard]:
        """Yield what is said in order of time. Raises EngineError.

        A stretch with no text is a sign of life: nothing new yet, but the caller may stop here.
        """
        ...

    def detect_language(self, sound: Samples) -> tuple[str, float]:
        """Say which language is spoken (ISO 639-1) and how sure that is (0 to 1)."""
        ...

    def close(self) -> None:
        """Let go of memory and processes; closing twice is fine."""
        ...


class LiveTranscriber(Protocol):
    """Hears the last seconds of one channel again and again, while somebody speaks."""

    @property
    def name(self) -> str:
        """The model's name, as the person knows it."""
        ...

    def hear(self, sound: Samples, how: Listening, said: tuple[str, ...] = ()) -> Heard:
        """Give the words that follow `said` in `sound`, whose end may lie in a word.

        `said` are the words that stand for the sound's beginning already, in order; they do not
        come again. At most 28 s of sound. Times count from the sound's start and lie within it.
        No words give a Heard without text. Raises EngineError.
        """
        ...

    def detect_language(self, sound: Samples) -> tuple[str, float]:
        """Say which language is spoken (ISO 639-1) and how sure that is (0 to 1)."""
        ...

    def close(self) -> None:
        """Let go of memory and processes, also from another thread; closing twice is fine."""
        ...


@dataclass(frozen=True, slots=True)
class VoiceTurn:
    """One voice speaks, in ms from the sound's first sample; turns may overlap."""

    start_ms: int
    end_ms: int
    voice: int
    """The same number for the same voice, from 0 on."""


class VoiceSplitter(Protocol):
    """Tells the voices of a sound apart, without knowing whose they are."""

    @property
    def name(self) -> str:
        """The models' name, as the person knows it."""
        ...

    def split(self, sound: Samples, voices: int | None = None) -> Iterator[VoiceTurn | None]:
        """Yield who speaks when, in order of time; `voices` is how many there are, where known.

        None is a sign of life: the caller may stop here. Raises EngineError.
        """
        ...

    def close(self) -> None:
        """Let go of memory and processes; closing twice is fine."""
        ...


class Embedder(Protocol):
    """Turns texts into points, near where they mean the same."""

    @property
    def name(self) -> str:
        """The model's name, as the person knows it."""
        ...

    @property
    def dimensions(self) -> int:
        """How long each vector is."""
        ...

    def embed(self, texts: Sequence[str]) -> Vectors:
        """Give one unit vector a text, in order. Raises EngineError."""
        ...

    def close(self) -> None:
        """Let go of memory and processes; closing twice is fine."""
        ...


@dataclass(frozen=True, slots=True, kw_only=True)
class Request:
    """What a language model is asked, in the order of sending, so that prefixes are shared."""

    system: str
    user: str
    schema: dict[str, Any] | None = None
    """A JSON schema that the answer must satisfy."""
    max_tokens: int = 512
    temperature: float = 0.0
    seed: int = 0
    stop: tuple[str, ...] = ()


class LanguageModel(Protocol):
    """Writes text, a piece at a time, so that the caller may stop between two."""

    @property
    def name(self) -> str:
        """The model's name, as the person knows it."""
        ...

    @property
    def context_tokens(self) -> int:
        """How many tokens the question and the answer may have together."""
        ...

    def count_tokens(self, text: str) -> int:
        """Count with the model's own tokenizer. Raises EngineError."""
        ...

    def write(self, request: Request) -> Iterator[str]:
        """Yield the answer piece by piece; closing the iterator stops the model.

        Raises EngineError. An empty piece is a sign of life while the question is still read.
        """
        ...

    def close(self) -> None:
        """Let go of memory and processes; closing twice is fine."""
        ...
