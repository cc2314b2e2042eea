"""Keeping a model to a JSON schema without asking the grammar about the whole vocabulary.

llama.cpp's own programs sample first and ask the grammar about that one token; only where it does
not fit do they ask about the others (llama.cpp, pull request 4306). llama-cpp-python's chain asks
about every token each time. Here the likeliest tokens are asked about one by one.
"""

import ctypes
import json
from typing import Any

import llama_cpp
import numpy as np
from llama_cpp.llama_grammar import LlamaGrammar
from numpy.typing import NDArray

from granola_like.errors import EngineError

LIKELIEST = 40
"""Tokens that are asked about one by one before the whole vocabulary is."""


class Grammar:
    """The place in a schema at which an answer is. Close it: it holds native memory."""

    def __init__(self, vocab: Any, schema: dict[str, Any]) -> None:
        try:
            rules = LlamaGrammar.from_json_schema(json.dumps(schema), verbose=False)
        except (ValueError, KeyError, TypeError, AssertionError) as reason:
            raise EngineError("The model cannot be kept to this form of answer.") from reason
        self._sampler = llama_cpp.llama_sampler_init_grammar(
            vocab, rules._grammar.encode(), rules._root.encode()
        )
        if not self._sampler:
            raise EngineError("The model cannot be kept to this form of answer.")

    def allows(self, token: int) -> bool:
        """Say whether the answer may go on with `token`."""
        one = (llama_cpp.llama_token_data * 1)(llama_cpp.llama_token_data(token, 0.0, 0.0))
        self._apply(one, 1)
        return bool(np.isfinite(one[0].logit))

    def best(self, liking: NDArray[np.float32]) -> int:
        """Give the allowed token that is liked best, of the whole vocabulary."""
        size = len(liking)
        rows = np.zeros(size, dtype=[("id", np.int32), ("logit", np.float32), ("p", np.float32)])
        rows["id"] = np.arange(size)
        rows["logit"] = liking
        self._apply(rows.ctypes.data_as(llama_cpp.llama_token_data_p), size)
        place = int(np.argmax(rows["logit"]))
        if not np.isfinite(rows["logit"][place]):
            raise EngineError("The model cannot go on in the asked form of answer.")
        return int(rows["id"][place])

    def accept(self, token: int) -> None:
        """Go on by an allowed `token`."""
        llama_cpp.llama_sampler_accept(self._sampler, token)

    def close(self) -> None:
        """Let go of the memory; closing twice is fine."""
        if self._sampler:
            llama_cpp.llama_sampler_free(self._sampler)
            self._sampler = None

    def _apply(self, data: Any, size: int) -> None:
        array = llama_cpp.llama_token_data_array(
            data=ctypes.cast(data, llama_cpp.llama_token_data_p),
            size=size,
            selected=-1,
            sorted=False,
        )
        llama_cpp.llama_sampler_apply(self._sampler, ctypes.byref(array))


def choose(
    logits: NDArray[np.float32],
    *,
    temperature: float,
    lots: np.random.Generator,
    grammar: Grammar | None,
) -> int:
    """Choose the next token: the likeliest at temperature 0, else drawn from the LIKELIEST.

    Lots are drawn by adding Gumbel noise, so that the first allowed token in the resulting order
    is a fair draw from the allowed ones.
    """
    if temperature <= 0:
        token = int(np.argmax(logits))
        if grammar is None or grammar.allows(token):
            return token
        liking = logits
    else:
        liking = logits / np.float32(temperature)
    top = np.argpartition(liking, -min(LIKELIEST, len(liking)))[-LIKELIEST:]
    keys = liking[top]
    if temperature > 0:
        keys = keys + lots.gumbel(size=len(top)).astype(np.float32)
    for token in top[np.argsort(-keys)]:
        if grammar is None or grammar.allows(int(token)):
            return int(token)
    assert grammar is not None
    return grammar.best(liking)
