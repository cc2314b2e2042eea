"""GGUF language models by llama-cpp-python. Runs in a child process.

The library's own chat interface is not used: it takes control tokens from people's words (see
`llama_chat`), and asks the grammar about every token (see `llama_grammar`). What a question has in
common with the one before is not read again.
"""

import codecs
import ctypes
import os
from collections.abc import Iterator, Mapping, Sequence
from pathlib import Path
from typing import Any

import llama_cpp
import numpy as np
from numpy.typing import NDArray

from granola_like.engines.base import Request
from granola_like.engines.llama_chat import Frame, frame_of
from granola_like.engines.llama_grammar import Grammar, choose
from granola_like.errors import EngineError

MOST_CONTEXT = 8_192
"""More is slow on a CPU and takes memory; questions are kept short anyway."""

LEAST_CONTEXT = 2_048
"""Not even little memory makes it shorter, unless the model itself is."""

BATCH = 256
"""Tokens read between two signs of life."""


class LlamaLanguageModel:
    """A language model from a GGUF file, with its own chat template."""

    def __init__(self, file: str, *, name: str, threads: int, context: int | None = None) -> None:
        self._name = name
        about = _metadata(file, name)
        self._llama = _load(
            file,
            name,
            n_ctx=context or fitting_context(about, _free_memory(), Path(file).stat().st_size),
            n_batch=BATCH,
            n_threads=threads,
            n_threads_batch=threads,
        )
        self._vocab = llama_cpp.llama_model_get_vocab(self._llama.model)
        self._before, self._between, self._after = self._frame(about)
        self._read: list[int] = []
        self.evaluated = 0
        """Tokens of questions that were read since it was loaded."""
        self.reused = 0
        """Tokens of questions that were known from the one before."""

    @property
    def name(self) -> str:
        """The model's name, as the person knows it."""
        return self._name

    @property
    def context_tokens(self) -> int:
        """How many tokens the question and the answer may have together."""
        return int(self._llama.n_ctx())

    def count_tokens(self, text: str) -> int:
        """Count with the model's own tokenizer; nothing is evaluated."""
        return len(self._tokens(text))

    def write(self, request: Request) -> Iterator[str]:
        """Yield the answer piece by piece, and signs of life while the question is read.

        Raises EngineError when question and answer do not fit, or the model fails.
        """
        tokens = [
            *self._before,
            *self._tokens(request.system),
            *self._between,
            *self._tokens(request.user),
            *self._after,
        ]
        if len(tokens) + request.max_tokens > self.context_tokens:
            raise EngineError(
                f"The question is too long for the model “{self._name}”: {len(tokens)} tokens and "
                f"{request.max_tokens} for the answer do not fit into {self.context_tokens}.",
                hint="Ask about a shorter part, or choose a model with a longer context.",
            )
        grammar = Grammar(self._vocab, request.schema) if request.schema is not None else None
        try:
            for _ in self._take_in(tokens):
                yield ""
            yield from _up_to(self._pieces(request, grammar), request.stop)
        except (RuntimeError, ValueError) as reason:
            self._read.clear()
            raise EngineError(f"The model “{self._name}” failed on this question.") from reason
        finally:
            if grammar is not None:
                grammar.close()

    def close(self) -> None:
        """Let go of the weights."""
        self._llama.close()

    def _take_in(self, tokens: Sequence[int]) -> Iterator[None]:
        """Read the question, from where it differs from what was read before."""
        known = 0
        for one, other in zip(self._read, tokens[:-1], strict=False):
            if one != other:
                break
            known += 1
        self._go_back_to(known)
        self.reused += len(self._read)
        for start in range(len(self._read), len(tokens), BATCH):
            batch = list(tokens[start : start + BATCH])
            self._eval(batch)
            self.evaluated += len(batch)
            yield

    def _go_back_to(self, known: int) -> None:
        memory = llama_cpp.llama_get_memory(self._llama.ctx)
        # Recurrent models, and those with a sliding window, cannot forget a part only.
        if not known or not llama_cpp.llama_memory_seq_rm(memory, 0, known, -1):
            llama_cpp.llama_memory_clear(memory, True)
            known = 0
        del self._read[known:]
        self._llama.n_tokens = known

    def _eval(self, tokens: list[int]) -> None:
        try:
            self._llama.eval(tokens)
        except RuntimeError:
            self._read.clear()
            raise
        self._read += tokens

    def _pieces(self, request: Request, grammar: Grammar | None) -> Iterator[str]:
        lots = np.random.default_rng(request.seed)
        decoder = codecs.getincrementaldecoder("utf-8")("replace")
        for _ in range(request.max_tokens):
            token = choose(
                self._logits(), temperature=request.temperature, lots=lots, grammar=grammar
            )
            if llama_cpp.llama_vocab_is_eog(self._vocab, token):
                break
            if grammar is not None:
                grammar.accept(token)
            yield decoder.decode(self._bytes_of(token))
            self._eval([token])
        yield decoder.decode(b"", final=True)

    def _logits(self) -> NDArray[np.float32]:
        row = llama_cpp.llama_get_logits_ith(self._llama.ctx, -1)
        logits: NDArray[np.float32] = np.ctypeslib.as_array(row, (self._llama.n_vocab(),)).copy()
        if not np.isfinite(logits).any():
            raise RuntimeError("no token has a likelihood")
        return logits

    def _bytes_of(self, token: int) -> bytes:
        size = 32
        while True:
            buffer = ctypes.create_string_buffer(size)
            found = llama_cpp.llama_token_to_piece(self._vocab, token, buffer, size, 0, False)
            if found >= 0:
                return buffer.raw[:found]
            size = -found

    def _tokens(self, text: str) -> list[int]:
        """Read people's words: whatever they look like, they are no control tokens."""
        return list(self._llama.tokenize(text.encode(), add_bos=False, special=False))

    def _frame(self, about: Mapping[str, str]) -> tuple[list[int], list[int], list[int]]:
        bos, eos = self._llama.token_bos(), self._llama.token_eos()
        frame: Frame = frame_of(
            about.get("tokenizer.chat_template"), bos=self._text_of(bos), eos=self._text_of(eos)
        )
        before, between, after = (
            list(self._llama.tokenize(part.encode(), add_bos=False, special=True)) if part else []
            for part in (frame.before, frame.between, frame.after)
        )
        if llama_cpp.llama_vocab_get_add_bos(self._vocab) and before[:1] != [bos]:
            before = [bos, *before]
        return before, between, after

    def _text_of(self, token: int) -> str:
        if token < 0:
            return ""
        return str(llama_cpp.llama_vocab_get_text(self._vocab, token).decode(errors="replace"))


def open_language_model(
    file: str, *, name: str, threads: int, context: int | None = None
) -> LlamaLanguageModel:
    """Load a language model; `context` overrides what fits. Raises EngineError."""
    return LlamaLanguageModel(file, name=name, threads=threads, context=context)


def fitting_context(about: Mapping[str, str], free: int | None, weights: int) -> int:
    """Choose the context in tokens: what the model was trained for, and memory has room for.

    `free` is the machine's memory in bytes (None: not known), `weights` what the file takes of it.
    The keys and values of the context may take half of the rest.
    """
    trained = _number(about, "context_length") or 4_096
    context = min(trained, MOST_CONTEXT)
    if free is None:
        return context
    room = max(0, free - weights) // 2
    while context > LEAST_CONTEXT and context * _bytes_per_token(about) > room:
        context //= 2
    return context


def _bytes_per_token(about: Mapping[str, str]) -> int:
    """Say what one token of context takes: keys and values of every layer, as 16-bit numbers."""
    heads = _number(about, "attention.head_count") or 32
    kept = _number(about, "attention.head_count_kv") or heads
    width = _number(about, "embedding_length") or 4_096
    per_head = _number(about, "attention.key_length") or width // heads
    return 2 * 2 * (_number(about, "block_count") or 32) * kept * per_head


def _number(about: Mapping[str, str], name: str) -> int | None:
    text = about.get(f"{about.get('general.architecture', '')}.{name}", "")
    return int(text) if text.isdigit() else None  # a list: one number a layer


def _free_memory() -> int | None:
    try:
        lines = Path("/proc/meminfo").read_text("ascii").splitlines()
    except OSError:
        return None
    return next(
        (int(line.split()[1]) * 1024 for line in lines if line.startswith("MemAvailable:")), None
    )


def _metadata(file: str, name: str) -> dict[str, str]:
    """Read what the file says of itself, without its weights.

    Asking the library for the whole context instead would first take memory for all of it: 36 GB
    for a model of 4 billion weights that was trained for 262,144 tokens.
    """
    vocabulary = _load(file, name, vocab_only=True, n_ctx=512)
    about = dict(vocabulary.metadata)
    vocabulary.close()
    return about


def _load(file: str, name: str, **how: Any) -> Any:
    if not os.access(file, os.R_OK):
        raise EngineError(f"The model “{name}” at “{file}” may not be read by this user.")
    try:
        return llama_cpp.Llama(model_path=file, verbose=False, **how)
    except (ValueError, RuntimeError, OSError, AssertionError) as reason:
        raise EngineError(
            f"The model “{name}” at “{file}” could not be loaded: it is damaged or not "
            "a language model.",
            hint="Remove it and get it again; `granola-like models list` shows what there is.",
        ) from reason


def _up_to(pieces: Iterator[str], stops: Sequence[str]) -> Iterator[str]:
    """Pass pieces on up to the first of `stops`, holding back what may be its beginning."""
    held = max((len(stop) for stop in stops), default=1) - 1
    text = ""
    for piece in pieces:
        text += piece
        found = [at for stop in stops if stop and (at := text.find(stop)) >= 0]
        if found:
            yield text[: min(found)]
            return
        ready = len(text) - held
        if ready > 0:
            yield text[:ready]
            text = text[ready:]
        else:
            yield ""
    yield text
