"""Engines in child processes, behind the same Protocols as engines in this one.

A crash, a kill for memory or a native abort costs one answer: EngineDied, and the next question
starts a new child. Closing a stream that has not ended kills the child at once; so does `close`.
"""

import logging
import multiprocessing
import os
from collections.abc import Iterator, Mapping, Sequence
from multiprocessing.connection import Connection
from pathlib import Path
from typing import Any

from granola_like.engines import child
from granola_like.engines.base import (
    Embedder,
    Heard,
    LanguageModel,
    Listening,
    Request,
    Samples,
    Transcriber,
    Vectors,
    VoiceSplitter,
    VoiceTurn,
)
from granola_like.engines.found import VOICE_PRINTS, VOICE_TURNS, find_model, is_onnx_speech
from granola_like.errors import EngineDied, EngineError
from granola_like_models.catalogue import known

logger = logging.getLogger(__name__)

SIGN_OF_LIFE_S = 0.1
"""How often a waiting stream lets its caller think of something else."""

VOICES = "voices"
"""What the two models that tell voices apart are called together."""

MOST_THREADS = 4
"""More threads make Whisper slower: on eight cores, 4 took 28 s and 8 took 120 s (MinusPod 334)."""


def open_transcriber(name: str, *, models_dir: Path) -> Transcriber:
    """Give the speech model `name` (catalogue name, or a folder), loading in a child process.

    Raises ModelMissing or EngineError at once when it is not here or not whole; what only loading
    can show is raised by the first question.
    """
    found = find_model(name, "speech", models_dir)
    about = known(found.name, "speech")
    if is_onnx_speech(found.path):
        return HostedTranscriber(
            "granola_like.engines.onnx_speech:open_onnx_speech",
            {
                "folder": str(found.path),
                "name": found.name,
                "threads": threads(),
                "languages": about.languages if about is not None else (),
            },
            name=found.name,
        )
    arguments = {
        "folder": str(found.path),
        "name": found.name,
        "threads": threads(),
        "plain": found.bundled and about is not None and about.plain,
    }
    return HostedTranscriber(
        "granola_like.engines.whisper:open_whisper", arguments, name=found.name
    )


def open_voices(*, models_dir: Path) -> VoiceSplitter:
    """Give what tells voices apart, loading in a child process.

    Raises ModelMissing or EngineError at once when a model of the two is not here or not whole.
    """
    turns, prints = (
        find_model(VOICE_TURNS, "voices", models_dir),
        find_model(VOICE_PRINTS, "voices", models_dir),
    )
    arguments = {"turns": str(turns.path), "prints": str(prints.path), "threads": threads()}
    return HostedVoices("granola_like.engines.voices:open_voices", arguments, name=VOICES)


def open_embedder(name: str, *, models_dir: Path) -> Embedder:
    """Give the embedding model `name` (catalogue name, or a GGUF file), in a child process.

    Raises ModelMissing or EngineError at once when it is not here or not whole.
    """
    found = find_model(name, "embedding", models_dir)
    arguments = {"file": str(found.path), "name": found.name, "threads": threads()}
    return HostedEmbedder("granola_like.engines.llama:open_embedder", arguments, name=found.name)


def open_language_model(name: str, *, models_dir: Path) -> LanguageModel:
    """Give the language model `name` (catalogue name, or a GGUF file), in a child process.

    Raises ModelMissing or EngineError at once when it is not here or not whole.
    """
    found = find_model(name, "language", models_dir)
    arguments = {"file": str(found.path), "name": found.name, "threads": threads()}
    return HostedLanguageModel(
        "granola_like.engines.llama_language:open_language_model", arguments, name=found.name
    )


def threads() -> int:
    """How many threads an engine should use here: the processor's real cores, at most four."""
    usable = len(os.sched_getaffinity(0)) if hasattr(os, "sched_getaffinity") else os.cpu_count()
    return max(1, min(MOST_THREADS, _real_cores(usable or 1)))


class Host:
    """One engine in one child process at a time; the child starts at once, in the background."""

    def __init__(self, factory: str, arguments: Mapping[str, Any], *, name: str) -> None:
        self._factory = factory
        self._arguments = dict(arguments)
        self._name = name
        self._process: multiprocessing.process.BaseProcess | None = None
        self._pipe: Connection | None = None
        self._facts: dict[str, Any] | None = None
        self._streaming = False
        self._start()

    @property
    def name(self) -> str:
        """The model's name, as the person knows it."""
        return self._name

    @property
    def pid(self) -> int | None:
        """The child's process id; None when none is running."""
        return None if self._process is None else self._process.pid

    def close(self) -> None:
        """Kill the child. A later question starts another; closing twice is fine."""
        process, pipe = self._process, self._pipe
        self._process = self._pipe = self._facts = None
        self._streaming = False
        if process is not None:
            process.kill()
            process.join()
            process.close()
        if pipe is not None:
            pipe.close()

    def fact(self, name: str) -> Any:
        """What the engine knows of itself, once it is loaded. Raises EngineError."""
        while self._facts is None:
            self._await_facts(None)
        return self._facts[name]

    def call(self, method: str, *arguments: Any) -> Any:
        """Ask for one value; a child that dies is replaced and asked once more.

        Raises EngineDied when that one dies too, or what the engine raises.
        """
        try:
            return self._call(method, arguments)
        except EngineDied:
            logger.warning("the engine %s died and is started again", self._name)
            return self._call(method, arguments)

    def stream(self, method: str, *arguments: Any) -> Iterator[Any]:
        """Ask for many values, one after the other; None is a sign of life between two.

        Raises EngineDied, or what the engine raises. Closing the iterator early kills the child.
        """
        self._must_be_free()
        self._streaming = True
        ended = False
        try:
            while not self._await_facts(SIGN_OF_LIFE_S):
                yield None
            self._send(("stream", method, arguments))
            while True:
                while not self._poll(SIGN_OF_LIFE_S):
                    yield None
                kind, value = self._receive()
                if kind == "end":
                    ended = True
                    return
                yield value
        except EngineError:
            ended = True
            raise
        finally:
            self._streaming = False
            if not ended:
                self.close()

    def _call(self, method: str, arguments: tuple[Any, ...]) -> Any:
        self._must_be_free()
        while not self._await_facts(None):
            pass
        self._send(("call", method, arguments))
        return self._receive()[1]

    def _must_be_free(self) -> None:
        if self._streaming:
            raise EngineError(f"The model “{self._name}” is still at work on something else.")

    def _start(self) -> None:
        spawn = multiprocessing.get_context("spawn")
        self._pipe, theirs = spawn.Pipe()
        self._process = spawn.Process(
            target=child.serve,
            args=(theirs, self._factory, self._arguments),
            name=f"engine {self._name}",
            daemon=True,
        )
        with child.beyond_ctrl_c():
            self._process.start()
        theirs.close()  # or the pipe would not end with the child

    def _await_facts(self, timeout: float | None) -> bool:
        """Wait until the engine is loaded. Raises EngineDied, or what loading raised."""
        if self._facts is not None:
            return True
        if self._pipe is None:
            self._start()
        if not self._poll(timeout):
            return False
        try:
            self._facts = self._receive()[1]
        except EngineError:
            self.close()
            raise
        return True

    def _poll(self, timeout: float | None) -> bool:
        if self._pipe is None:
            raise self._died()
        try:
            return self._pipe.poll(timeout)
        except (OSError, EOFError) as reason:
            raise self._died() from reason

    def _send(self, message: object) -> None:
        if self._pipe is None:
            raise self._died()
        try:
            self._pipe.send(message)
        except (OSError, ValueError) as reason:
            raise self._died() from reason

    def _receive(self) -> tuple[str, Any]:
        if self._pipe is None:
            raise self._died()
        try:
            kind, value = self._pipe.recv()
        except (OSError, EOFError, TypeError) as reason:
            # TypeError: `close` was called from another thread in the middle of reading.
            raise self._died() from reason
        if kind == "error":
            raise value
        return kind, value

    def _died(self) -> EngineDied:
        code = None
        if self._process is not None:
            self._process.join(timeout=1)
            code = self._process.exitcode
        self.close()
        logger.warning("the engine %s ended with exit code %s", self._name, code)
        return EngineDied(f"The model “{self._name}” stopped working: {_in_words(code)}.")


class HostedTranscriber(Host):
    """A speech engine in a child process."""

    def transcribe(self, sound: Samples, how: Listening) -> Iterator[Heard]:
        """Yield what is said in order of time, and signs of life. Raises EngineError."""
        at = 0
        for heard in self.stream("transcribe", sound, how):
            if heard is None:
                yield Heard(start_ms=at, end_ms=at, text="")
            else:
                at = heard.end_ms
                yield heard

    def detect_language(self, sound: Samples) -> tuple[str, float]:
        """Say which language is spoken and how sure that is. Raises EngineError."""
        language, probability = self.call("detect_language", sound)
        return language, probability


class HostedVoices(Host):
    """What tells voices apart, in a child process."""

    def split(self, sound: Samples, voices: int | None = None) -> Iterator[VoiceTurn | None]:
        """Yield who speaks when, in order of time, and signs of life. Raises EngineError."""
        yield from self.stream("split", sound, voices)


class HostedEmbedder(Host):
    """An embedding engine in a child process."""

    @property
    def dimensions(self) -> int:
        """How long each vector is. Raises EngineError when the model cannot be loaded."""
        return int(self.fact("dimensions"))

    def embed(self, texts: Sequence[str]) -> Vectors:
        """Give one unit vector a text, in order. Raises EngineError."""
        vectors: Vectors = self.call("embed", list(texts))
        return vectors


class HostedLanguageModel(Host):
    """A language model in a child process."""

    @property
    def context_tokens(self) -> int:
        """How many tokens fit. Raises EngineError when the model cannot be loaded."""
        return int(self.fact("context_tokens"))

    def count_tokens(self, text: str) -> int:
        """Count with the model's own tokenizer. Raises EngineError."""
        return int(self.call("count_tokens", text))

    def write(self, request: Request) -> Iterator[str]:
        """Yield the answer piece by piece; closing the iterator kills the child at once."""
        for piece in self.stream("write", request):
            yield piece or ""


def _in_words(code: int | None) -> str:
    if code is None:
        return "it does not answer"
    if code == -9:
        return "it was killed, perhaps because memory ran out"
    if code < 0:
        return f"it crashed (signal {-code})"
    return f"it ended by itself (exit code {code})"


def _real_cores(usable: int) -> int:
    """Count cores rather than their hyper-threads, where Linux tells; half of them elsewhere."""
    siblings = Path("/sys/devices/system/cpu").glob("cpu[0-9]*/topology/thread_siblings_list")
    cores = {path.read_text("ascii") for path in siblings}
    return min(usable, len(cores)) if cores else max(1, usable // 2)
