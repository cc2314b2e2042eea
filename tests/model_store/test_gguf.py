"""The head of a GGUF file, whatever its bytes are."""

import struct
from pathlib import Path

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from granola_like.model_store.errors import ModelStoreError
from granola_like.model_store.gguf import read_gguf

Value = int | float | str | list[str] | bool


def gguf(
    *,
    tensors: int = 1,
    data: int = 64,
    version: int = 3,
    facts: dict[str, Value] | None = None,
    **more: Value,
) -> bytes:
    """Write a file with one-dimensional float32 tensors of 8 numbers each."""
    given = {"general.architecture": "llama", **(facts or {}), **more}
    out = b"GGUF" + struct.pack("<IQQ", version, tensors, len(given))
    for key, value in given.items():
        out += _text(key) + _value(value)
    for number in range(tensors):
        out += _text(f"t{number}") + struct.pack("<IQIQ", 1, 8, 0, 32 * number)
    return out + bytes(-len(out) % 32) + bytes(data)


def _text(text: str) -> bytes:
    return struct.pack("<Q", len(text.encode())) + text.encode()


def _value(value: Value) -> bytes:
    if isinstance(value, bool):
        return struct.pack("<I?", 7, value)
    if isinstance(value, int):
        return struct.pack("<II", 4, value)
    if isinstance(value, float):
        return struct.pack("<If", 6, value)
    if isinstance(value, str):
        return struct.pack("<I", 8) + _text(value)
    return struct.pack("<IIQ", 9, 8, len(value)) + b"".join(map(_text, value))


@pytest.fixture
def file(tmp_path: Path) -> Path:
    return tmp_path / "model.gguf"


@pytest.mark.parametrize(
    ("facts", "kind"),
    [
        ({}, "language"),
        ({"general.architecture": "qwen3"}, "language"),
        ({"general.architecture": "bert"}, "embedding"),
        ({"general.architecture": "nomic-bert-moe"}, "embedding"),
        ({"general.architecture": "qwen3", "qwen3.pooling_type": 3}, "embedding"),
        ({"general.architecture": "qwen3", "qwen3.pooling_type": 0}, "language"),
    ],
)
def test_the_kind_is_what_the_file_says(file: Path, facts: dict[str, Value], kind: str) -> None:
    file.write_bytes(gguf(facts={"tokenizer.ggml.tokens": ["a", "b" * 999], **facts}))
    assert read_gguf(file).kind == kind


def test_name_and_context_are_read(file: Path) -> None:
    about = {"general.name": "Tiny", "llama.context_length": 512, "x": 1.5, "y": True}
    file.write_bytes(gguf(facts=about))
    found = read_gguf(file)
    assert (found.name, found.context_tokens, found.architecture) == ("Tiny", 512, "llama")


@pytest.mark.parametrize(
    ("data", "sentence"),
    [
        (b"", "damaged"),
        (b"GGML" + bytes(99), "damaged"),
        (gguf(version=99), "damaged"),
        (gguf(tensors=3, data=64), "damaged"),
        (gguf(tensors=0), "holds a vocabulary"),
        (gguf(facts={"general.architecture": "clip"}), "is for clip"),
        (gguf(facts={"split.count": 2}), "one part of several"),
        (gguf(facts={"llama.pooling_type": 4}), "ranks answers"),
        (b"GGUF" + struct.pack("<IQQ", 3, 1, 1 << 60), "damaged"),
        (b"GGUF" + struct.pack("<IQQQ", 3, 1, 1, 1 << 62), "damaged"),
    ],
)
def test_what_we_cannot_run_is_a_sentence(file: Path, data: bytes, sentence: str) -> None:
    file.write_bytes(data)
    with pytest.raises(ModelStoreError, match=sentence):
        read_gguf(file)


@settings(suppress_health_check=[HealthCheck.function_scoped_fixture], deadline=None)
@given(st.data())
def test_any_bytes_end_in_a_model_or_a_sentence(file: Path, data: st.DataObject) -> None:
    whole = bytearray(gguf(facts={"a": ["x", "y"], "llama.context_length": 8, "n": 1.0}))
    for _ in range(data.draw(st.integers(0, 6))):
        whole[data.draw(st.integers(4, len(whole) - 1))] = data.draw(st.integers(0, 255))
    file.write_bytes(whole[: data.draw(st.integers(0, len(whole)))])
    try:
        assert read_gguf(file).kind in ("language", "embedding")
    except ModelStoreError as error:
        assert error.hint


def test_real_files_are_told_apart(material: Path) -> None:
    minilm = read_gguf(material / "embedding" / "all-minilm-l6-v2-q8_0.gguf")
    assert (minilm.kind, minilm.architecture, minilm.context_tokens) == ("embedding", "bert", 512)
    stories = read_gguf(material / "llm" / "stories260K.gguf")
    assert (stories.kind, stories.context_tokens) == ("language", 512)
    with pytest.raises(ModelStoreError, match="holds a vocabulary"):
        read_gguf(material / "llm" / "ggml-vocab-gpt-2.gguf")


def test_every_cut_of_a_real_file_is_seen_or_runs_into_its_last_tensor(
    material: Path, file: Path
) -> None:
    whole = (material / "llm" / "stories260K.gguf").read_bytes()
    for part in (0.01, 0.1, 0.5, 0.9):
        file.write_bytes(whole[: int(len(whole) * part)])
        with pytest.raises(ModelStoreError, match="not all of it is there"):
            read_gguf(file)
