"""A transcript, ready to be asked where a note line comes from. It grows while the call goes on."""

from collections.abc import Sequence
from dataclasses import dataclass
from functools import cached_property
from zlib import crc32

import numpy as np
from numpy.typing import NDArray

from granola_like.domain.transcript import Utterance
from granola_like.text.quantities import find_quantities
from granola_like.text.tokens import stems, words

Floats = NDArray[np.float32]
Ints = NDArray[np.int64]

DIMENSIONS = 256
"""Of the hashed word vectors: enough to tell topics apart, small enough for ten thousand lines."""


class Index:
    """The utterances said so far, their words counted once.

    Not safe to `extend` from two threads at a time; a `View` that was handed out never changes.
    """

    def __init__(self, *, language: str = "en") -> None:
        self.language = language
        self._ids: list[str] = []
        self._times: list[tuple[float, float]] = []
        self._speakers: list[str] = []
        self._counts: list[tuple[int, int, bool, bool]] = []
        self._postings: dict[str, list[int]] = {}
        self._meanings: list[Floats] = []
        self._view: View | None = None

    def __len__(self) -> int:
        return len(self._ids)

    def extend(self, utterances: Sequence[Utterance], meanings: Floats | None = None) -> None:
        """Add what was said since, in order of time. Raises ValueError on a step back in time.

        `meanings` are the utterances' vectors, shape (utterances, dimensions): always or never.
        """
        latest = self._times[-1][0] if self._times else 0.0
        starts = [said.start_ms / 1000 for said in utterances]
        if [latest, *starts] != sorted([latest, *starts]):
            raise ValueError("an index grows in the order of time")
        for said in utterances:
            self._add(said)
        if meanings is not None:
            self._meanings.append(meanings)
        self._view = None

    def view(self) -> "View":
        """Give what was said so far as arrays."""
        if self._view is None:
            self._view = View(
                language=self.language,
                ids=tuple(self._ids),
                starts=np.array([start for start, _ in self._times], np.float64),
                ends=np.array([end for _, end in self._times], np.float64),
                speakers=_codes(self._speakers),
                lengths=np.array([c[0] for c in self._counts], np.float32),
                contents=np.array([c[1] for c in self._counts], np.float32),
                asks=np.array([c[2] for c in self._counts], np.float32),
                has_digits=np.array([c[3] for c in self._counts], np.float32),
                postings={t: np.array(at, np.int64) for t, at in self._postings.items()},
                meanings=np.concatenate(self._meanings) if self._meanings else None,
            )
        return self._view

    def _add(self, said: Utterance) -> None:
        at = len(self._ids)
        terms = terms_of(said.text, language=self.language)
        self._ids.append(said.id)
        self._times.append((said.start_ms / 1000, said.end_ms / 1000))
        self._speakers.append(said.speaker or said.channel)
        self._counts.append(
            (
                len(words(said.text)),
                len(terms),
                said.text.rstrip().endswith("?"),
                any(c.isdigit() for c in said.text),
            )
        )
        for term in terms:
            self._postings.setdefault(term, []).append(at)


@dataclass(frozen=True, eq=False, kw_only=True)
class View:
    """N utterances as arrays of length N; times in seconds."""

    language: str
    ids: tuple[str, ...]
    starts: NDArray[np.float64]
    ends: NDArray[np.float64]
    speakers: Ints
    lengths: Floats
    """Words."""
    contents: Floats
    """Words that are no stop words."""
    asks: Floats
    has_digits: Floats
    postings: dict[str, Ints]
    """Term to the utterances that have it, once for every time it is said."""
    meanings: Floats | None = None
    """Unit vectors of an embedding model, shape (N, dimensions); zeros for short utterances."""

    def __len__(self) -> int:
        return len(self.ids)

    @cached_property
    def middles(self) -> NDArray[np.float64]:
        """When each utterance is half said."""
        return (self.starts + self.ends) / 2

    @cached_property
    def turns(self) -> Ints:
        """Number of the turn: utterances in a row by one speaker share it."""
        changed = np.diff(self.speakers, prepend=self.speakers[:1]) != 0
        return np.cumsum(changed)

    def frequency(self, term: str) -> Floats:
        """How often each utterance has `term`."""
        at = self.postings.get(term)
        if at is None:
            return np.zeros(len(self), np.float32)
        return np.bincount(at, minlength=len(self)).astype(np.float32)

    def idf(self, term: str) -> float:
        """Say how rare `term` is: the BM25 weight (Robertson and Zaragoza 2009), never below 0."""
        at = self.postings.get(term)
        have = 0 if at is None else len(np.unique(at))
        return float(np.log1p((len(self) - have + 0.5) / (have + 0.5)))

    def ranges(self, radius: float) -> tuple[Ints, Ints]:
        """Give for each utterance the range [low, high) of those at most `radius` seconds away.

        Utterances that overlap are in the order of their start, so the ranges are all but exact.
        """
        if radius not in self._ranges:
            self._ranges[radius] = self._within(radius)
        return self._ranges[radius]

    def _within(self, radius: float) -> tuple[Ints, Ints]:
        middles = np.maximum.accumulate(self.middles)
        low = np.searchsorted(middles, middles - radius, side="left")
        high = np.searchsorted(middles, middles + radius, side="right")
        return low, high

    @cached_property
    def _ranges(self) -> dict[float, tuple[Ints, Ints]]:
        return {}

    @cached_property
    def idfs(self) -> dict[str, float]:
        """The weight of every term that was said."""
        return {term: self.idf(term) for term in self.postings}

    @cached_property
    def vectors(self) -> Floats:
        """Utterances as weighted, hashed word counts, shape (N, DIMENSIONS); not of unit length."""
        found = np.zeros((len(self), DIMENSIONS), np.float32)
        for term, at in self.postings.items():
            place, sign = hashed(term)
            np.add.at(found[:, place], at, sign * self.idfs[term])
        return found

    @cached_property
    def units(self) -> Floats:
        """Give `vectors`, each of length 1 (or 0)."""
        vectors = self.vectors
        lengths = np.linalg.norm(vectors, axis=1, keepdims=True)
        return np.asarray(vectors / np.maximum(lengths, 1e-6))

    @cached_property
    def summed_vectors(self) -> Floats:
        """Sums of `vectors` from the beginning, shape (N + 1, DIMENSIONS)."""
        return _summed(self.vectors)

    @cached_property
    def summed_meanings(self) -> Floats:
        """Sums of `meanings` from the beginning, shape (N + 1, dimensions)."""
        return _summed(
            np.zeros((len(self), 1), np.float32) if self.meanings is None else self.meanings
        )


def terms_of(text: str, *, language: str) -> tuple[str, ...]:
    """Give what a text is looked for by: stems, and numbers, amounts and dates as one form each.

    "120k" and "a hundred and twenty thousand" have no word in common, but one form.
    """
    quantities = find_quantities(text, language=language)
    return (*stems(text, language=language), *(found.loose for found in quantities))


def is_quantity(term: str) -> bool:
    """Say whether a term is a number or date in its one form ("number:120000"), not a stem."""
    return ":" in term


def hashed(term: str) -> tuple[int, float]:
    """Place a term in a vector, with a sign (feature hashing, Weinberger et al. 2009)."""
    value = crc32(term.encode())
    return value % DIMENSIONS, 1.0 if value & 0x8000_0000 else -1.0


def _summed(rows: Floats) -> Floats:
    sums = np.zeros((len(rows) + 1, rows.shape[1]), np.float32)
    np.cumsum(rows, axis=0, out=sums[1:])
    return sums


def _codes(names: list[str]) -> Ints:
    known: dict[str, int] = {}
    return np.array([known.setdefault(name, len(known)) for name in names], np.int64)
