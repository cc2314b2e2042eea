"""A language model of a real one's shape with random weights: it costs what that one costs.

Reading and writing are really done, token by token, by llama.cpp; only what comes out is nonsense,
so the answer handed on is made from the question. Good for times, for nothing else.
"""

import json
import re
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

import gguf
import llama_cpp
import numpy as np

from benchmarks.material import need
from granola_like.engines.base import Request

VOCABULARY = "llm/ggml-vocab-gpt-2.gguf"


@dataclass(frozen=True, slots=True)
class Shape:
    """The sizes of a model; these are Qwen3-1.7B's."""

    layers: int = 28
    width: int = 2_048
    inner: int = 6_144
    heads: int = 16
    key_heads: int = 8
    head: int = 128
    tokens: int = 151_936


def make_model(file: Path, shape: Shape) -> None:
    """Write a GGUF with random Q4_0 weights and a real vocabulary, filled up to its size."""
    random = np.random.default_rng(7)
    writer = gguf.GGUFWriter(file, "qwen3")
    writer.add_context_length(40_960)
    writer.add_embedding_length(shape.width)
    writer.add_block_count(shape.layers)
    writer.add_feed_forward_length(shape.inner)
    writer.add_head_count(shape.heads)
    writer.add_head_count_kv(shape.key_heads)
    writer.add_key_length(shape.head)
    writer.add_value_length(shape.head)
    writer.add_rope_freq_base(1e6)
    writer.add_layer_norm_rms_eps(1e-6)
    _add_vocabulary(writer, shape.tokens)

    def weights(name: str, outputs: int, inputs: int) -> None:
        # A block of 32 weights: its scale as float16, then 32 times 4 bits.
        blocks = random.integers(0, 256, (outputs, inputs // 32, 18), np.uint8)
        blocks[:, :, :2] = np.frombuffer(np.float16(0.005).tobytes(), np.uint8)
        rows = blocks.reshape(outputs, -1)
        writer.add_tensor(name, rows, raw_dtype=gguf.GGMLQuantizationType.Q4_0)

    def ones(name: str, length: int) -> None:
        writer.add_tensor(name, np.ones(length, np.float32))

    weights("token_embd.weight", shape.tokens, shape.width)
    ones("output_norm.weight", shape.width)
    for layer in range(shape.layers):
        at = f"blk.{layer}"
        ones(f"{at}.attn_norm.weight", shape.width)
        ones(f"{at}.ffn_norm.weight", shape.width)
        ones(f"{at}.attn_q_norm.weight", shape.head)
        ones(f"{at}.attn_k_norm.weight", shape.head)
        weights(f"{at}.attn_q.weight", shape.heads * shape.head, shape.width)
        weights(f"{at}.attn_k.weight", shape.key_heads * shape.head, shape.width)
        weights(f"{at}.attn_v.weight", shape.key_heads * shape.head, shape.width)
        weights(f"{at}.attn_output.weight", shape.width, shape.heads * shape.head)
        weights(f"{at}.ffn_gate.weight", shape.inner, shape.width)
        weights(f"{at}.ffn_up.weight", shape.inner, shape.width)
        weights(f"{at}.ffn_down.weight", shape.width, shape.inner)
    writer.write_header_to_file()
    writer.write_kv_data_to_file()
    writer.write_tensors_to_file()
    writer.close()


def _add_vocabulary(writer: gguf.GGUFWriter, size: int) -> None:
    fields = gguf.GGUFReader(need(VOCABULARY)).fields

    def texts(name: str) -> list[bytes]:
        field = fields[name]
        return [bytes(field.parts[at]) for at in field.data]

    tokens = texts("tokenizer.ggml.tokens")
    spare = [f"[spare {number}]".encode() for number in range(size - len(tokens))]
    kinds = [gguf.TokenType.NORMAL] * len(tokens) + [gguf.TokenType.UNUSED] * len(spare)
    writer.add_tokenizer_model("gpt2")
    writer.add_tokenizer_pre("gpt-2")
    writer.add_token_list([*tokens, *spare])
    writer.add_token_types(kinds)
    writer.add_token_merges([merge.decode() for merge in texts("tokenizer.ggml.merges")])
    writer.add_eos_token_id(len(tokens) - 1)
    writer.add_bos_token_id(len(tokens) - 1)


class ShapedModel:
    """Reads and writes as slowly as the real one, and answers with the evidence's longest line."""

    name = "random weights 1.7b"

    def __init__(self, file: Path, *, context: int, threads: int = 2) -> None:
        self._llama = llama_cpp.Llama(
            str(file), n_ctx=context, n_threads=threads, n_threads_batch=threads, verbose=False
        )
        self.asked = 0
        self.written_tokens = 0

    @property
    def context_tokens(self) -> int:
        """How many tokens question and answer may have together."""
        return int(self._llama.n_ctx())

    def count_tokens(self, text: str) -> int:
        """Count with the vocabulary's own tokenizer."""
        return len(self._tokens(text))

    def write(self, request: Request) -> Iterator[str]:
        """Read the question, write as many tokens as the answer has, then give the answer."""
        self.asked += 1
        answer = _answer(request.user)
        for _ in self.spend(f"{request.system}\n{request.user}", self.count_tokens(answer)):
            yield ""
        yield answer

    def spend(self, prompt: str, tokens: int) -> Iterator[None]:
        """Read `prompt`, but for what it shares with the last one, and write some tokens."""
        found = self._llama.generate(self._tokens(prompt), temp=0.0)
        for _, _ in zip(range(tokens), found, strict=False):
            self.written_tokens += 1
            yield

    def close(self) -> None:
        """Let go of the weights."""
        self._llama.close()

    def _tokens(self, text: str) -> list[int]:
        return list(self._llama.tokenize(text.encode(), add_bos=False, special=False))


def _answer(question: str) -> str:
    shown = re.findall(r"^\[(\d+)\] (?:[^:\n]*: )?(.+)$", question, re.MULTILINE)
    number, text = max(shown, key=lambda one: len(one[1]))
    text = " ".join(text.split()[:40])
    point = {"cites": [int(number)], "kind": "point", "text": text, "owner": None, "due": None}
    return json.dumps({"points": [point]}, ensure_ascii=False)
