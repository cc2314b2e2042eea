"""Engines without weights: they keep the same promises, answer at once and always the same.

For tests, pictures of the window, and machines where nothing is installed yet.
"""

import hashlib
import re
from collections.abc import Callable, Iterator, Sequence

import numpy as np

from granola_like.domain.transcript import Word
from granola_like.engines.base import (
    SAMPLE_RATE,
    SPEECH_FRAME,
    Heard,
    Likelihoods,
    Listening,
    Request,
    Samples,
    Vectors,
    VoiceTurn,
)
from granola_like.errors import EngineError

_NUMBERS = 1 << 24
"""Float32 holds whole numbers up to this."""


class FakeTranscriber:
    """Hears what its script says, as far as the sound goes, and nothing in silence."""

    def __init__(
        self, script: Sequence[Heard] = (), *, name: str = "fake speech", language: str = "en"
    ) -> None:
        self._script = tuple(sorted(script, key=lambda said: said.start_ms))
        self._language = language
        self._name = name
        self.heard_how: list[Listening] = []
        """How it was asked to listen, call by call."""

    @property
    def name(self) -> str:
        """The name it was given."""
        return self._name

    def transcribe(self, sound: Samples, how: Listening) -> Iterator[Heard]:
        """Yield the script's stretches that end within the sound and are not silent in it."""
        self.heard_how.append(how)
        for said in self._script:
            part = sound[_sample(said.start_ms) : _sample(said.end_ms)]
            if said.end_ms <= len(sound) * 1000 / SAMPLE_RATE and np.any(part):
                yield said

    def detect_language(self, sound: Samples) -> tuple[str, float]:
        """Say the language it was given; it is sure of it."""
        return self._language, 1.0

    def close(self) -> None:
        """Nothing is held."""


class FakeLiveTranscriber:
    """Hears the words of a script that have ended, wherever the sound begins.

    The sound tells where it is: each sample is its own number divided by 2^24, as `numbered_sound`
    makes it; zeros hold no words.
    """

    def __init__(
        self, script: Sequence[Word] = (), *, name: str = "fake captions", language: str = "en"
    ) -> None:
        self._script = tuple(sorted(script, key=lambda word: word.start_ms))
        self._language = language
        self._name = name
        self.heard_how: list[Listening] = []
        """How it was asked to listen, call by call."""

    @property
    def name(self) -> str:
        """The name it was given."""
        return self._name

    def hear(self, sound: Samples, how: Listening, said: tuple[str, ...] = ()) -> Heard:
        """Give the script's words that lie in the sound, but for those `said` already."""
        self.heard_how.append(how)
        spoken = np.flatnonzero(sound)
        if not len(spoken):
            return Heard(start_ms=0, end_ms=0, text="", no_speech_probability=1.0)
        first = round(float(sound[spoken[0]]) * _NUMBERS) - int(spoken[0])
        start = first * 1000 / SAMPLE_RATE
        end = start + len(sound) * 1000 / SAMPLE_RATE
        words = tuple(
            Word(word.text, round(word.start_ms - start), round(word.end_ms - start))
            for word in self._script
            if start <= word.start_ms and word.end_ms <= end
        )[len(said) :]
        return Heard(
            start_ms=words[0].start_ms if words else 0,
            end_ms=words[-1].end_ms if words else 0,
            text=" ".join(word.text for word in words),
            words=words,
        )

    def detect_language(self, sound: Samples) -> tuple[str, float]:
        """Say the language it was given; it is sure of it."""
        return self._language, 1.0

    def close(self) -> None:
        """Nothing is held."""


def numbered_sound(start: int, end: int) -> Samples:
    """Make sound in which FakeLiveTranscriber finds its place: samples `start` to `end`."""
    return (np.arange(start, end, dtype=np.float64) / _NUMBERS).astype(np.float32)


class FakeSpeechFinder:
    """Takes everything louder than a whisper for speech."""

    name = "fake speech finder"

    def __init__(self, *, quietest: float = 1e-3) -> None:
        self._quietest = quietest

    def listen(self) -> "_LoudnessStream":
        """Begin a channel."""
        return _LoudnessStream(self._quietest)


class _LoudnessStream:
    def __init__(self, quietest: float) -> None:
        self._quietest = quietest
        self._rest: Samples = np.zeros(0, np.float32)

    def feed(self, sound: Samples) -> Likelihoods:
        sound = np.concatenate([self._rest, sound])
        frames = len(sound) // SPEECH_FRAME
        self._rest = sound[frames * SPEECH_FRAME :]
        rows = sound[: frames * SPEECH_FRAME].reshape(frames, SPEECH_FRAME)
        loud: Likelihoods = (np.sqrt(np.mean(rows**2, axis=1)) > self._quietest).astype(np.float32)
        return loud


class FakeVoices:
    """Takes the loudest pitch of each half second for a voice: one is under 1 kHz, one above."""

    name = "fake voices"

    def split(self, sound: Samples, voices: int | None = None) -> Iterator[VoiceTurn | None]:
        """Yield a turn for each run of half seconds with one voice; silence has none."""
        half = SAMPLE_RATE // 2
        turns: list[VoiceTurn] = []
        for at in range(0, len(sound), half):
            part = sound[at : at + half]
            if np.sqrt(np.mean(part**2)) < 1e-3:
                continue
            tone = int(np.argmax(np.abs(np.fft.rfft(part)))) * SAMPLE_RATE / len(part)
            voice = int(tone > 1000) if voices != 1 else 0
            start, end = _ms(at), _ms(at + len(part))
            if turns and turns[-1].voice == voice and turns[-1].end_ms == start:
                start = turns.pop().start_ms
            turns.append(VoiceTurn(start, end, voice))
        yield from turns

    def close(self) -> None:
        """Nothing is held."""


class FakeEmbedder:
    """A bag of words, each word hashed to a place: texts with common words lie near each other.

    The hashing trick of Weinberger et al. 2009, with a sign from the hash, so that strangers are
    at right angles on average.
    """

    def __init__(self, dimensions: int = 64, *, name: str = "fake meaning") -> None:
        if dimensions < 1:
            raise EngineError("An embedding needs at least one dimension.")
        self._dimensions = dimensions
        self._name = name

    @property
    def name(self) -> str:
        """The name it was given."""
        return self._name

    @property
    def dimensions(self) -> int:
        """How long each vector is."""
        return self._dimensions

    def embed(self, texts: Sequence[str]) -> Vectors:
        """Give one unit vector a text; a text without words points along the first axis."""
        vectors = np.zeros((len(texts), self._dimensions), np.float32)
        for row, text in zip(vectors, texts, strict=True):
            for word in re.findall(r"\w+", text.casefold()):
                place = int.from_bytes(hashlib.blake2b(word.encode(), digest_size=8).digest())
                row[(place >> 1) % self._dimensions] += 1 if place & 1 else -1
            if not row.any():
                row[0] = 1
            row[:] /= np.linalg.norm(row)
        return vectors

    def close(self) -> None:
        """Nothing is held."""


class FakeLanguageModel:
    """Answers from a list, in turn, or as a function says; a word counts as a token."""

    def __init__(
        self,
        answers: Sequence[str] | Callable[[Request], str] = ("",),
        *,
        name: str = "fake writer",
        context_tokens: int = 4096,
    ) -> None:
        self._answers = answers
        self._name = name
        self._context = context_tokens
        self.asked: list[Request] = []
        """What it was asked, in order."""

    @property
    def name(self) -> str:
        """The name it was given."""
        return self._name

    @property
    def context_tokens(self) -> int:
        """How many tokens the question and the answer may have together."""
        return self._context

    def count_tokens(self, text: str) -> int:
        """Count words and punctuation marks."""
        return len(_tokens(text))

    def write(self, request: Request) -> Iterator[str]:
        """Yield the next answer a token at a time, within `max_tokens` and up to a stop text."""
        question = self.count_tokens(request.system) + self.count_tokens(request.user)
        if question + request.max_tokens > self._context:
            raise EngineError(
                f"The question is too long for the model “{self._name}”: {question} tokens and "
                f"{request.max_tokens} for the answer do not fit into {self._context}.",
                hint="Ask about a shorter part, or choose a model with a longer context.",
            )
        self.asked.append(request)
        answer = _until(self._next(request), request.stop)
        yield from _tokens(answer)[: request.max_tokens]

    def close(self) -> None:
        """Nothing is held."""

    def _next(self, request: Request) -> str:
        if callable(self._answers):
            return self._answers(request)
        return self._answers[(len(self.asked) - 1) % len(self._answers)]


def _sample(ms: int) -> int:
    return ms * SAMPLE_RATE // 1000


def _ms(sample: int) -> int:
    return sample * 1000 // SAMPLE_RATE


def _tokens(text: str) -> list[str]:
    return re.findall(r"\s*(?:\w+|[^\w\s])|\s+$", text)


def _until(text: str, stops: Sequence[str]) -> str:
    return text[: min((at for stop in stops if (at := text.find(stop)) >= 0), default=len(text))]
