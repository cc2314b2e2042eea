"""Drafts, remembered by what their writer was given."""

from collections.abc import Callable, Hashable
from dataclasses import replace

from granola_like.enhance.writer import Brief, Draft, Writer
from granola_like.errors import EngineError

Sees = Callable[[Brief], Hashable]
"""What of a brief decides about its drafts: equal values, equal drafts."""


def whole_brief(brief: Brief) -> Hashable:
    """Tell briefs apart by all that a writer can make use of.

    Of what is taken, only what could be cited here matters.
    """
    here = {one.utterance.id for one in brief.evidence}
    taken = frozenset(
        cited for cited in brief.taken if any(place.utterance in here for place in cited)
    )
    return replace(brief, taken=taken)


def words_alone(brief: Brief) -> Hashable:
    """Tell briefs apart by their words, for a writer that does not look at the weights."""
    return replace(
        brief,
        evidence=tuple(replace(one, weight=1.0) for one in brief.evidence),
        taken=frozenset(),
    )


class Memory:
    """Drafts made so far. Not for two threads at a time."""

    def __init__(self) -> None:
        self._drafts: dict[Hashable, tuple[Draft, ...]] = {}
        self._failed: set[Hashable] = set()
        self._used: set[Hashable] = set()
        self.written = 0
        """How many briefs went to the writer."""

    def write(
        self, writer: Writer, brief: Brief, key: Hashable, *, try_again: bool
    ) -> tuple[Draft, ...]:
        """Give the drafts of a brief, from memory where they are there. Raises EngineError."""
        self._used.add(key)
        if key in self._drafts:
            return self._drafts[key]
        if key in self._failed and not try_again:
            raise EngineError("The writer failed on this line before.")
        try:
            self.written += 1
            drafts = writer.write(brief)
        except EngineError:
            self._failed.add(key)
            raise
        self._drafts[key] = drafts
        self._failed.discard(key)
        return drafts

    def begin(self) -> None:
        """Start to note what is in use."""
        self._used = set()

    def forget_unused(self) -> None:
        """Forget what has not been asked for since `begin`."""
        self._drafts = {key: made for key, made in self._drafts.items() if key in self._used}
        self._failed &= self._used


class RememberingWriter:
    """A writer that writes nothing twice; the same brief gives what it gave before."""

    def __init__(
        self, writer: Writer, memory: Memory, *, sees: Sees, try_again: bool = True
    ) -> None:
        self._writer = writer
        self._memory = memory
        self._sees = sees
        self._try_again = try_again

    @property
    def name(self) -> str:
        """Who writes, in truth."""
        return self._writer.name

    def write(self, brief: Brief) -> tuple[Draft, ...]:
        """Give up to three drafts. Raises EngineError."""
        return self._memory.write(self._writer, brief, self._sees(brief), try_again=self._try_again)
