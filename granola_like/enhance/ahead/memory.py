"""Drafts, remembered by what their writer was given."""

from collections.abc import Callable, Hashable, Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass, replace
from itertools import pairwise, takewhile

from granola_like.enhance.evidence import goes_on
from granola_like.enhance.writer import Brief, Draft, SlowWriter, Writer
from granola_like.errors import EngineError
from granola_like.jobs import Job

Sees = Callable[[Brief], Hashable]
"""What of a brief decides about its drafts: equal values, equal drafts."""


def whole_brief(brief: Brief) -> Hashable:
    """Tell briefs apart by all that a writer can make use of.

    The ids and times of utterances are not looked at, only whether one goes on in the next: the
    pass after the call hears the same words a little earlier or later, and under other ids. Of
    what is taken, only what could be cited here matters. `focus` does not count: a draft that was
    made before the meeting's kind was known is a draft all the same.
    """
    said = brief.evidence
    joins = tuple(goes_on(one.utterance, other.utterance) for one, other in pairwise(said))
    return (_told(brief), joins, tuple(one.weight for one in said))


def words_alone(brief: Brief) -> Hashable:
    """Tell briefs apart by their words, for a writer that does not look at the weights."""
    return _told(brief)


def _told(brief: Brief) -> Hashable:
    place = {one.utterance.id: number for number, one in enumerate(brief.evidence)}
    said = tuple(
        (
            one.utterance.channel,
            one.utterance.speaker,
            one.utterance.text,
            tuple(word.text for word in one.utterance.words),
        )
        for one in brief.evidence
    )
    taken = frozenset(
        tuple((place.get(one.utterance), one.from_word, one.to_word) for one in cited)
        for cited in brief.taken
        if any(one.utterance in place for one in cited)
    )
    rejected = tuple((one.draft.text, one.details) for one in brief.rejected)
    rest = replace(brief, evidence=(), taken=frozenset(), rejected=(), focus="")
    return (rest, said, taken, rejected)


@dataclass(frozen=True, slots=True)
class _Kept:
    ids: tuple[str, ...]
    """Of the utterances that the drafts were made from."""
    drafts: tuple[Draft, ...]

    def citing(self, brief: Brief) -> tuple[Draft, ...]:
        now = dict(zip(self.ids, _ids(brief), strict=True))
        return tuple(
            replace(
                one,
                evidence=tuple(
                    replace(place, utterance=now.get(place.utterance, place.utterance))
                    for place in one.evidence
                ),
            )
            for one in self.drafts
        )


def _ids(brief: Brief) -> tuple[str, ...]:
    return tuple(one.utterance.id for one in brief.evidence)


class Memory:
    """Drafts made so far. Not for two threads at a time."""

    def __init__(self) -> None:
        self._drafts: dict[Hashable, _Kept] = {}
        self._failed: set[Hashable] = set()
        self._used: set[Hashable] = set()
        self.written = 0
        """How many briefs went to the writer."""

    def recall(self, key: Hashable, brief: Brief) -> tuple[Draft, ...] | None:
        """Give what was written of such a brief, citing this one's; None where nothing was."""
        self._used.add(key)
        kept = self._drafts.get(key)
        return None if kept is None else kept.citing(brief)

    def knows(self, key: Hashable) -> bool:
        """Say whether something was written of such a brief."""
        self._used.add(key)
        return key in self._drafts

    def has_failed(self, key: Hashable) -> bool:
        """Say whether the writer failed on a brief."""
        self._used.add(key)
        return key in self._failed

    def keep(self, key: Hashable, brief: Brief, drafts: tuple[Draft, ...]) -> None:
        """Remember what was written."""
        self.written += 1
        self._drafts[key] = _Kept(_ids(brief), drafts)
        self._failed.discard(key)

    def keep_failure(self, key: Hashable) -> None:
        """Remember that the writer failed."""
        self.written += 1
        self._failed.add(key)

    def begin(self) -> None:
        """Start to note what is in use."""
        self._used = set()

    def forget_unused(self) -> None:
        """Forget what has not been asked for since `begin`."""
        self._drafts = {key: made for key, made in self._drafts.items() if key in self._used}
        self._failed &= self._used


def remembering(writer: Writer, memory: Memory, *, sees: Sees, try_again: bool = True) -> Writer:
    """Give a writer that writes nothing twice; the same brief gives what it gave before.

    What the writer failed on fails again at once, unless `try_again`.
    """
    if isinstance(writer, SlowWriter):
        return _RememberingSlowly(writer, memory, sees=sees, try_again=try_again)
    return _Remembering(writer, memory, sees=sees, try_again=try_again)


class _Remembering:
    def __init__(self, writer: Writer, memory: Memory, *, sees: Sees, try_again: bool) -> None:
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
        drafts = self._known(brief)
        if drafts is None:
            with self._noting_failure((brief,)):
                drafts = self._writer.write(brief)
            self._memory.keep(self._sees(brief), brief, drafts)
        return drafts

    def _known(self, brief: Brief) -> tuple[Draft, ...] | None:
        key = self._sees(brief)
        if self._memory.has_failed(key) and not self._try_again:
            raise EngineError("The writer failed on this line before.")
        return self._memory.recall(key, brief)

    @contextmanager
    def _noting_failure(self, briefs: Sequence[Brief]) -> Iterator[None]:
        try:
            yield
        except EngineError:
            for brief in briefs:
                self._memory.keep_failure(self._sees(brief))
            raise


class _RememberingSlowly(_Remembering):
    def __init__(self, writer: SlowWriter, memory: Memory, *, sees: Sees, try_again: bool) -> None:
        super().__init__(writer, memory, sees=sees, try_again=try_again)
        self._slow = writer

    def together(self, briefs: Sequence[Brief]) -> int:
        """Say how many to write in one go: one that is known, or as many new ones as suit."""
        new = list(takewhile(lambda brief: not self._memory.knows(self._sees(brief)), briefs))
        return self._slow.together(new) if new else 1

    def steps(self, briefs: Sequence[Brief]) -> Job[tuple[tuple[Draft, ...], ...]]:
        """Give the drafts of each brief, telling how far the new ones are. Raises EngineError."""
        found = {place: self._known(brief) for place, brief in enumerate(briefs)}
        new = [place for place, drafts in found.items() if drafts is None]
        if new:
            asked = [briefs[place] for place in new]
            with self._noting_failure(asked):
                written = yield from self._slow.steps(asked)
            for place, drafts in zip(new, written, strict=True):
                self._memory.keep(self._sees(briefs[place]), briefs[place], drafts)
                found[place] = drafts
        return tuple(drafts or () for drafts in found.values())
