"""The head of a GGUF file: what kind of model it is, and whether all of it is there.

Reads the format of ggml-org/ggml, `docs/gguf.md`, versions 2 and 3, little-endian. Every length in
the file is checked against the file's size before it is believed, so that any bytes may be given.
"""

import struct
from dataclasses import dataclass
from pathlib import Path
from typing import BinaryIO

from granola_like.model_store.errors import ModelStoreError
from granola_like_models.catalogue import Kind

_MOST_ENTRIES = 1 << 16
_MOST_TENSORS = 1 << 20
_LONGEST_KEY = 1 << 16
_LONGEST_TEXT = 1 << 24
_DEEPEST = 4

_NUMBERS = {
    0: "B",
    1: "b",
    2: "H",
    3: "h",
    4: "I",
    5: "i",
    6: "f",
    7: "?",
    10: "Q",
    11: "q",
    12: "d",
}
_TEXT, _LIST = 8, 9

_EMBEDDING = frozenset(
    "bert nomic-bert nomic-bert-moe neo-bert modern-bert jina-bert-v2 jina-bert-v3 eurobert "
    "gemma-embedding t5encoder llama-embed".split()
)
_NO_TEXT = frozenset("clip whisper wavtokenizer-dec".split())
_RANKING = 4
"""llama.cpp's pooling for models that rank, and give no points in space."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Gguf:
    """What the head of a file says."""

    architecture: str
    kind: Kind
    name: str | None
    context_tokens: int | None


def read_gguf(file: Path) -> Gguf:
    """Read the head of a file. Raises ModelStoreError when it is no model that we can run."""
    try:
        with file.open("rb") as source:
            return _model(_Head(source, file.stat().st_size), file)
    except OSError as reason:
        raise ModelStoreError(f"“{file}” cannot be read.", hint="Look at its rights.") from reason


class _BrokenError(Exception):
    """The bytes are not what the format says."""


class _Head:
    """Reads numbers and texts, never past the end."""

    def __init__(self, source: BinaryIO, size: int) -> None:
        self._source = source
        self.size = size

    @property
    def at(self) -> int:
        return self._source.tell()

    def take(self, count: int) -> bytes:
        if count > self.size - self.at:
            raise _BrokenError
        return self._source.read(count)

    def skip(self, count: int) -> None:
        if count > self.size - self.at:
            raise _BrokenError
        self._source.seek(count, 1)

    def number(self, form: str) -> int | float:
        value: int | float = struct.unpack("<" + form, self.take(struct.calcsize("<" + form)))[0]
        return value

    def count(self, most: int, form: str = "Q") -> int:
        value = int(self.number(form))
        if value > most:
            raise _BrokenError
        return value

    def text(self, longest: int) -> str:
        return self.take(self.count(longest)).decode("utf-8", "replace")

    def value(self, kind: int, depth: int = 0) -> int | float | str | None:
        """Read a value; None for a list, which is only passed over."""
        if kind in _NUMBERS:
            return self.number(_NUMBERS[kind])
        if kind == _TEXT:
            return self.text(_LONGEST_TEXT)
        if kind != _LIST or depth > _DEEPEST:
            raise _BrokenError
        inner, length = self.count(12, "I"), self.count(self.size)
        if inner in _NUMBERS:
            self.skip(length * struct.calcsize("<" + _NUMBERS[inner]))
        elif inner == _TEXT:
            for _ in range(length):
                self.skip(self.count(_LONGEST_TEXT))
        else:
            for _ in range(length):
                self.value(inner, depth + 1)
        return None


def _model(head: _Head, file: Path) -> Gguf:
    try:
        facts, tensors = _read(head)
    except (_BrokenError, struct.error) as reason:
        raise ModelStoreError(
            f"“{file.name}” is damaged, or not all of it is there.",
            hint="Download or copy it again.",
        ) from reason
    architecture = str(facts.get("general.architecture", ""))
    if not architecture or architecture in _NO_TEXT:
        raise ModelStoreError(
            f"“{file.name}” is a GGUF file, but no model of language"
            + (f" (it is for {architecture})." if architecture else "."),
            hint="Take a language or an embedding model that llama.cpp runs.",
        )
    if int(facts.get("split.count") or 0) > 1:
        raise ModelStoreError(
            f"“{file.name}” is one part of several.",
            hint="Join them with `llama-gguf-split --merge`, or take a file that is whole.",
        )
    if not tensors:
        raise ModelStoreError(
            f"“{file.name}” holds a vocabulary, and no model.", hint="Take the model's file."
        )
    pooling = facts.get(f"{architecture}.pooling_type")
    if pooling == _RANKING:
        raise ModelStoreError(
            f"“{file.name}” ranks answers; it neither writes nor gives embeddings.",
            hint="Take a language or an embedding model.",
        )
    context = facts.get(f"{architecture}.context_length")
    name = facts.get("general.name")
    return Gguf(
        architecture=architecture,
        kind="embedding" if architecture in _EMBEDDING or pooling else "language",
        name=str(name) if name else None,
        context_tokens=int(context) if isinstance(context, int) else None,
    )


def _read(head: _Head) -> tuple[dict[str, int | float | str | None], int]:
    """Give the file's facts and the number of its tensors; the last must lie in the file."""
    if head.take(4) != b"GGUF" or int(head.number("I")) not in (2, 3):
        raise _BrokenError
    tensors, entries = head.count(_MOST_TENSORS), head.count(_MOST_ENTRIES)
    facts: dict[str, int | float | str | None] = {}
    for _ in range(entries):
        key = head.text(_LONGEST_KEY)
        facts[key] = head.value(head.count(12, "I"))
    last = 0
    for _ in range(tensors):
        head.text(_LONGEST_KEY)
        head.skip(8 * head.count(_DEEPEST, "I"))
        head.skip(4)
        last = max(last, head.count(head.size))
    alignment = max(1, int(facts.get("general.alignment") or 32))
    begin = -(-head.at // alignment) * alignment
    if tensors and begin + last >= head.size:
        raise _BrokenError
    return facts, tensors
