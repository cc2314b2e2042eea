"""Whispers of real ones' shapes with random weights, made here: they cost what those cost.

Nothing is downloaded, and what they write is nonsense: good for times, for nothing else. As random
weights never end a text, the number of tokens is set: `TOKENS_A_SECOND`, for us and for others.
"""

import json
import string
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import numpy as np
from ctranslate2.specs.whisper_spec import WhisperSpec
from numpy.typing import NDArray

from granola_like.domain.transcript import Word
from granola_like.engines.base import SAMPLE_RATE, Heard, Listening, Samples
from granola_like.engines.whisper_live import LiveWhisper
from granola_like_models.catalogue import BUNDLED_SPEECH, known

TOKENS_A_SECOND = 3.3
"""What people say in English, in Whisper's tokens."""

_TEXT_TOKENS = 50_257
_LANGUAGES = 99
_TIMES = 1_501
_ROOM = 448
_WORD_MS = 400
_SENTENCE_WORDS = 10


@dataclass(frozen=True)
class Shape:
    """The sizes of a Whisper."""

    width: int
    encoder: int
    decoder: int
    heads: int
    mels: int = 80


SHAPES = {
    "tiny": Shape(384, 4, 4, 6),
    "base": Shape(512, 6, 6, 8),
    "small": Shape(768, 12, 12, 12),
    "turbo": Shape(1_280, 32, 4, 20, mels=128),
}


def make_whisper(folder: Path, shape: Shape) -> Path:
    """Write a CTranslate2 Whisper (int8) of this shape, with a tokenizer, and give its folder."""
    folder.mkdir(parents=True, exist_ok=True)
    tokens = _write_tokenizer(folder / "tokenizer.json")
    _fill(WhisperSpec(shape.encoder, shape.heads, shape.decoder, shape.heads), shape, tokens).save(
        str(folder)
    )
    # faster-whisper reads the number of mel bands here.
    (folder / "preprocessor_config.json").write_text(json.dumps({"feature_size": shape.mels}))
    return folder


def open_shaped(folder: str, *, name: str, threads: int) -> "ShapedWhisper":
    """Load a model that `make_whisper` wrote."""
    return ShapedWhisper(
        folder, name=name, threads=threads, tokens_a_second=TOKENS_A_SECOND, falls_back=False
    )


class ShapedWhisper(LiveWhisper):
    """Does all the work of a pass, then gives words as regular speech would have them."""

    def hear(self, sound: Samples, how: Listening, said: tuple[str, ...] = ()) -> Heard:
        """Give words of 0.4 s each, and a sentence every 4 s."""
        super().hear(sound, how, said)
        count = len(sound) * 1000 // SAMPLE_RATE // _WORD_MS
        words = tuple(
            Word(
                said_word(at) + ("." if at % _SENTENCE_WORDS == _SENTENCE_WORDS - 1 else ""),
                at * _WORD_MS,
                (at + 1) * _WORD_MS,
            )
            for at in range(len(said), count)
        )
        return Heard(
            start_ms=words[0].start_ms if words else 0,
            end_ms=words[-1].end_ms if words else 0,
            text=" ".join(word.text for word in words),
            words=words,
        )


def said_word(number: int) -> str:
    """One of the tokenizer's spare words: a single token each, as most words are."""
    letters = string.ascii_lowercase
    return "q" + "".join(letters[number // 26**place % 26] for place in range(4))


def _fill(spec: WhisperSpec, shape: Shape, tokens: list[str]) -> WhisperSpec:
    random = np.random.default_rng(7)

    def weights(*sizes: int) -> NDArray[np.float32]:
        return random.standard_normal(sizes, np.float32) * np.float32(0.02)

    def linear(layer: Any, out: int, into: int) -> None:
        layer.weight, layer.bias = weights(out, into), np.zeros(out, np.float32)

    def norm(layer: Any) -> None:
        layer.gamma = np.ones(shape.width, np.float32)
        layer.beta = np.zeros(shape.width, np.float32)

    def attention(layer: Any, *, itself: bool) -> None:
        norm(layer.layer_norm)
        parts = (3, 1) if itself else (1, 2, 1)
        for one, times in zip(layer.linear, parts, strict=True):
            linear(one, times * shape.width, shape.width)

    def inner(layer: Any) -> None:
        norm(layer.layer_norm)
        linear(layer.linear_0, 4 * shape.width, shape.width)
        linear(layer.linear_1, shape.width, 4 * shape.width)

    for conv, into in ((spec.encoder.conv1, shape.mels), (spec.encoder.conv2, shape.width)):
        conv.weight, conv.bias = weights(shape.width, into, 3), np.zeros(shape.width, np.float32)
    spec.encoder.position_encodings.encodings = weights(1_500, shape.width)
    spec.decoder.position_encodings.encodings = weights(_ROOM, shape.width)
    norm(spec.encoder.layer_norm)
    norm(spec.decoder.layer_norm)
    spec.decoder.embeddings.weight = weights(len(tokens), shape.width)
    spec.decoder.projection.weight = spec.decoder.embeddings.weight
    for layer in spec.encoder.layer:
        attention(layer.self_attention, itself=True)
        inner(layer.ffn)
    for layer in spec.decoder.layer:
        attention(layer.self_attention, itself=True)
        attention(layer.attention, itself=False)
        inner(layer.ffn)
    spec.config.suppress_ids = []
    spec.config.suppress_ids_begin = [_TEXT_TOKENS]
    spec.config.lang_ids = list(range(_TEXT_TOKENS + 2, _TEXT_TOKENS + 2 + _LANGUAGES))
    spec.config.alignment_heads = [[shape.decoder - 1, head] for head in range(shape.heads)]
    spec.register_vocabulary(tokens)
    spec.validate()
    spec.optimize(quantization="int8")
    return spec


def _write_tokenizer(file: Path) -> list[str]:
    """Extend the bundled tokenizer to the size and the order of the multilingual one."""
    from faster_whisper.tokenizer import _LANGUAGE_CODES

    model = known(BUNDLED_SPEECH)
    assert model is not None
    assert model.folder is not None
    about: dict[str, Any] = json.loads((model.folder / "tokenizer.json").read_text("utf-8"))
    special = {one["content"] for one in about["added_tokens"]}
    texts = [text for text in about["model"]["vocab"] if text not in special]
    texts += [f"Ġ{said_word(number)}" for number in range(_TEXT_TOKENS - len(texts))]
    specials = ["<|endoftext|>", "<|startoftranscript|>"]
    specials += [f"<|{code}|>" for code in _LANGUAGE_CODES[:_LANGUAGES]]
    specials += ["<|translate|>", "<|transcribe|>", "<|startoflm|>", "<|startofprev|>"]
    specials += ["<|nospeech|>", "<|notimestamps|>"]
    specials += [f"<|{number * 0.02:.2f}|>" for number in range(_TIMES)]
    about["model"]["vocab"] = {text: number for number, text in enumerate(texts)}
    about["model"]["ignore_merges"] = True
    about["added_tokens"] = [
        {
            "id": _TEXT_TOKENS + number,
            "content": text,
            "single_word": False,
            "lstrip": False,
            "rstrip": False,
            "normalized": False,
            "special": True,
        }
        for number, text in enumerate(specials)
    ]
    file.write_text(json.dumps(about, ensure_ascii=False), "utf-8")
    return texts + specials
