"""GGUF models by llama-cpp-python: the only file that imports it. Runs in a child process."""

import os
from collections.abc import Iterator, Sequence
from typing import Any

import llama_cpp
import numpy as np

from granola_like.engines.base import Request, Vectors
from granola_like.errors import EngineError

LONGEST_TOKENS = 2_048
"""Of a text to be embedded: what is longer is cut."""

TOGETHER = 8
"""Texts embedded in one call. llama.cpp attends over all of them at once, so more is slower
(measured with MiniLM, short texts, one thread: 8 cost 6.7 ms each, 64 cost 15 ms each)."""

MOST_CONTEXT = 8_192
"""More context is slow on a CPU and takes memory; prompts are kept short anyway."""


class LlamaEmbedder:
    """Sentence embeddings from a GGUF file, with the pooling that the file asks for."""

    def __init__(self, file: str, *, name: str, threads: int) -> None:
        self._name = name
        self._llama = _load(
            file,
            name,
            threads,
            embedding=True,
            n_ctx=0,
            n_batch=LONGEST_TOKENS,
            n_ubatch=LONGEST_TOKENS,
        )
        self._room = min(self._llama.n_ctx(), LONGEST_TOKENS)
        if self._llama.pooling_type() == llama_cpp.LLAMA_POOLING_TYPE_NONE:
            raise EngineError(f"The model “{name}” is not one for embeddings.")

    @property
    def name(self) -> str:
        """The model's name, as the person knows it."""
        return self._name

    @property
    def dimensions(self) -> int:
        """How long each vector is."""
        return int(self._llama.n_embd())

    def embed(self, texts: Sequence[str]) -> Vectors:
        """Give one unit vector a text; of a text too long for the model, its beginning."""
        if not texts:
            return np.zeros((0, self.dimensions), np.float32)
        try:
            found = [
                vector
                for at in range(0, len(texts), TOGETHER)
                for vector in self._llama.embed(
                    [self._fitting(text) for text in texts[at : at + TOGETHER]], normalize=True
                )
            ]
        except (RuntimeError, ValueError) as reason:
            raise EngineError(f"The model “{self._name}” failed on a text.") from reason
        vectors = np.asarray(found, np.float32).reshape(len(texts), self.dimensions)
        if not np.isfinite(vectors).all():
            raise EngineError(f"The model “{self._name}” gave no usable answer.")
        return vectors

    def close(self) -> None:
        """Let go of the weights."""
        self._llama.close()

    def _fitting(self, text: str) -> str:
        """Cut a text at a token, so that it fits with the marks around it."""
        tokens = self._llama.tokenize(text.encode(), add_bos=False, special=False)
        room = self._room - 8  # the model's own marks at both ends
        if len(tokens) <= room:
            return text or " "
        return str(self._llama.detokenize(tokens[:room]).decode(errors="ignore"))


class LlamaWriter:
    """A language model from a GGUF file, with its own chat template."""

    def __init__(self, file: str, *, name: str, threads: int) -> None:
        self._name = name
        self._llama = _load(file, name, threads, n_ctx=0)
        trained = self._llama.n_ctx()
        if trained > MOST_CONTEXT:
            self._llama.close()
            self._llama = _load(file, name, threads, n_ctx=MOST_CONTEXT)

    @property
    def name(self) -> str:
        """The model's name, as the person knows it."""
        return self._name

    @property
    def context_tokens(self) -> int:
        """How many tokens the question and the answer may have together."""
        return int(self._llama.n_ctx())

    def count_tokens(self, text: str) -> int:
        """Count with the model's own tokenizer."""
        return len(self._llama.tokenize(text.encode(), add_bos=False, special=False))

    def write(self, request: Request) -> Iterator[str]:
        """Yield the answer piece by piece. Raises EngineError when the question does not fit."""
        question = self.count_tokens(request.system) + self.count_tokens(request.user)
        if question + request.max_tokens + 32 > self.context_tokens:
            raise EngineError(
                f"The question is too long for the model “{self._name}”: {question} tokens and "
                f"{request.max_tokens} for the answer do not fit into {self.context_tokens}.",
                hint="Ask about a shorter part, or choose a model with a longer context.",
            )
        shape: Any = None
        if request.schema is not None:
            shape = {"type": "json_object", "schema": request.schema}
        try:
            for part in self._llama.create_chat_completion(
                messages=[
                    {"role": "system", "content": request.system},
                    {"role": "user", "content": request.user},
                ],
                response_format=shape,
                max_tokens=request.max_tokens,
                temperature=request.temperature,
                seed=request.seed,
                stop=list(request.stop),
                stream=True,
            ):
                if piece := part["choices"][0]["delta"].get("content"):
                    yield piece
        except (RuntimeError, ValueError) as reason:
            raise EngineError(f"The model “{self._name}” failed on this question.") from reason

    def close(self) -> None:
        """Let go of the weights."""
        self._llama.close()


def open_embedder(file: str, *, name: str, threads: int) -> LlamaEmbedder:
    """Load an embedding model. Raises EngineError."""
    return LlamaEmbedder(file, name=name, threads=threads)


def open_language_model(file: str, *, name: str, threads: int) -> LlamaWriter:
    """Load a language model. Raises EngineError."""
    return LlamaWriter(file, name=name, threads=threads)


def _load(file: str, name: str, threads: int, **how: Any) -> Any:
    if not os.access(file, os.R_OK):
        raise EngineError(f"The model “{name}” at “{file}” may not be read by this user.")
    try:
        return llama_cpp.Llama(
            model_path=file, n_threads=threads, n_threads_batch=threads, verbose=False, **how
        )
    except (ValueError, RuntimeError, OSError, AssertionError) as reason:
        raise EngineError(
            f"The model “{name}” at “{file}” could not be loaded: damaged, or of another kind.",
            hint="Remove it and get it again; `granola-like models list` shows what there is.",
        ) from reason
