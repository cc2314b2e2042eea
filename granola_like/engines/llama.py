"""GGUF embedding models by llama-cpp-python. Runs in a child process."""

import os
from collections.abc import Sequence
from typing import Any

import llama_cpp
import numpy as np

from granola_like.engines.base import Vectors
from granola_like.errors import EngineError

LONGEST_TOKENS = 2_048
"""Of a text to be embedded: what is longer is cut."""

TOGETHER = 8
"""Texts embedded in one call. llama.cpp attends over all of them at once, so more is slower
(measured with MiniLM, short texts, one thread: 8 cost 6.7 ms each, 64 cost 15 ms each)."""


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


def open_embedder(file: str, *, name: str, threads: int) -> LlamaEmbedder:
    """Load an embedding model. Raises EngineError."""
    return LlamaEmbedder(file, name=name, threads=threads)


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
