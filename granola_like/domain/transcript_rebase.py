"""The person's edits on any version of a transcript, as a rebase.

Nothing is lost: every edit is either applied or a conflict with both sides. An edit finds its place
by the utterance's id and by time; what it changed there counts word by word, so that a later pass
which hears the rest differently, or cuts it differently, takes no correction away.
"""

from collections import defaultdict
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, replace
from datetime import datetime
from typing import Literal

from granola_like.domain.transcript import Transcript, Utterance, in_order
from granola_like.domain.transcript_edits import (
    Reassign,
    Rename,
    Reword,
    Reworked,
    TranscriptConflict,
    TranscriptEdit,
)
from granola_like.domain.transcript_merge import Hunk, Place, Token, hunks, places, put, tokens
from granola_like.domain.transcript_words import reworded, spans_ms

HALF = 0.5
"""Of an utterance's time: so much in common, and an edit of who said it means it, too."""


def rework(edits: Iterable[TranscriptEdit], onto: Transcript) -> Reworked:
    """Put the person's edits onto a version of the transcript, in the order of their time.

    Words that fit are put on even where others of the same edit are a conflict.
    """
    page = _Page(onto)
    applied: list[TranscriptEdit] = []
    conflicts: list[TranscriptConflict] = []
    for edit in sorted(edits, key=lambda edit: (edit.made_at, edit.id)):
        conflict = page.put(edit)
        if conflict is None:
            applied.append(edit)
        else:
            conflicts.append(conflict)
    machine = onto.by_id()
    left_out = {name for name, said in page.now.items() if not said.text and machine[name].text}
    changed = {name for name, said in page.now.items() if said != machine[name]}
    read = replace(
        onto,
        utterances=tuple(page.now[said.id] for said in onto if said.id not in left_out),
    )
    return Reworked(
        transcript=read,
        heard=tuple(said for said in onto if said.id in changed | left_out),
        applied=tuple(applied),
        conflicts=tuple(conflicts),
    )


def machine_transcript(read: Transcript, heard: Iterable[Utterance]) -> Transcript:
    """Give the machine's transcript back: what is read, with what the edits changed in it."""
    said = {**read.by_id(), **{one.id: one for one in heard}}
    return replace(read, utterances=in_order(iter(said.values()))) if heard else read


def settle(
    conflict: TranscriptConflict, *, keep: Literal["mine", "theirs"], now: datetime
) -> TranscriptEdit | None:
    """Give the edit that ends a conflict: made on what is said there now, or None to let it go.

    With `mine`, an edit whose place is gone stays as it is: there is nothing to put it on yet.
    """
    if keep == "theirs":
        return None
    edit = conflict.edit
    if conflict.now is None:
        return edit
    change = Reword(conflict.mine) if isinstance(edit.change, Reword) else edit.change
    return replace(edit, change=change, on=conflict.now, made_at=now)


@dataclass(frozen=True, slots=True)
class _Stream:
    """The utterances that an edit may mean, as one row of words."""

    said: tuple[Utterance, ...]
    words: tuple[tuple[Token, ...], ...]
    most: int
    """Which of the utterances shares most time with the edit's own."""

    @property
    def keys(self) -> list[str]:
        return [one.key for words in self.words for one in words]

    def within(self, on: Utterance) -> tuple[int, int]:
        """Say which of the words lie in the time of `on`."""
        middles = [
            (start + end) / 2
            for said, words in zip(self.said, self.words, strict=True)
            for start, end in spans_ms(said, words)
        ]
        inside = [i for i, middle in enumerate(middles) if on.start_ms <= middle <= on.end_ms]
        if inside:
            return inside[0], inside[-1] + 1
        at = sum(middle < on.start_ms for middle in middles)
        return at, at

    def parts(self, first: int, last: int) -> list[tuple[int, int, int]]:
        """Cut words [first, last) of the row into (utterance, first, last) of its own words.

        An empty range between two utterances is in the one that the edit means most.
        """
        found: list[tuple[int, int, int]] = []
        at = 0
        for index, words in enumerate(self.words):
            start, end = max(first - at, 0), min(last - at, len(words))
            if start < end:
                found.append((index, start, end))
            elif first == last and 0 <= first - at <= len(words):
                here = (index, first - at, first - at)
                found = [here] if not found or index == self.most else found
            at += len(words)
        return found


class _Page:
    """A version on which edits are being put, one after the other."""

    def __init__(self, onto: Transcript) -> None:
        self.now = onto.by_id()
        self._by_channel: dict[str, list[str]] = defaultdict(list)
        for said in onto:
            self._by_channel[said.channel].append(said.id)

    def put(self, edit: TranscriptEdit) -> TranscriptConflict | None:
        """Make one edit, or say why not."""
        match edit.change:
            case Rename(old, new):
                return self._rename(edit, old, new)
            case Reassign(speaker):
                return self._reassign(edit, speaker)
            case Reword(text):
                return self._reword(edit, text)

    def _rename(self, edit: TranscriptEdit, old: str | None, new: str) -> TranscriptConflict | None:
        named = [said for said in self.now.values() if said.speaker == old]
        for said in named:
            self.now[said.id] = replace(said, speaker=new)
        fulfilled = named or any(said.speaker == new for said in self.now.values())
        return None if fulfilled else TranscriptConflict(edit, "gone")

    def _reassign(self, edit: TranscriptEdit, speaker: str | None) -> TranscriptConflict | None:
        assert edit.on is not None
        near = self._near(edit.on)
        meant = [said for said in near if _shared(edit.on, said) >= HALF * _lasting(said)]
        for said in meant:
            self.now[said.id] = replace(said, speaker=speaker)
        if meant:
            return None
        return TranscriptConflict(edit, "changed" if near else "gone", _most(edit.on, near))

    def _reword(self, edit: TranscriptEdit, text: str) -> TranscriptConflict | None:
        on = edit.on
        assert on is not None
        near = self._near(on)
        if not near:
            return TranscriptConflict(edit, "gone")
        if len(near) == 1 and near[0].text == on.text:
            self.now[near[0].id] = reworded(near[0], text.strip())
            return None
        shared = [_shared(on, said) for said in near]
        most = shared.index(max(shared))
        stream = _Stream(near, tuple(tokens(said.text) for said in near), most)
        wanted = hunks(on.text, text)
        low, high = stream.within(on)
        found = places(tokens(on.text), wanted, stream.keys, low=low, high=high)
        pairs = list(zip(wanted, found, strict=True))
        clashes = [place for _, place in pairs if place.fit == "changed"]
        forced = _with(stream, pairs)
        for said, mine in zip(
            near, _with(stream, [p for p in pairs if p[1].fit != "changed"]), strict=True
        ):
            self.now[said.id] = reworded(said, mine)
        if not clashes:
            return None
        touched = stream.parts(clashes[0].first, clashes[0].last)
        index = touched[0][0] if touched else most
        now = self.now[near[index].id]
        return TranscriptConflict(edit, "changed", now, forced[index])

    def _near(self, on: Utterance) -> tuple[Utterance, ...]:
        """Give what is said where an edit was made: the same utterance, or what is there now."""
        same = self.now.get(on.id)
        if same is not None and _place_of(same) == _place_of(on):
            return (same,)
        return tuple(
            said for name in self._by_channel[on.channel] if _shared(on, said := self.now[name]) > 0
        )


def _with(stream: _Stream, pairs: Sequence[tuple[Hunk, Place]]) -> list[str]:
    """Write out the stream's utterances with the hunks in their places."""
    changes: dict[int, list[tuple[int, int, Hunk]]] = defaultdict(list)
    for hunk, place in pairs:
        for number, (index, first, last) in enumerate(stream.parts(place.first, place.last)):
            # The person's words go where the first of the old ones stood.
            said = hunk if number == 0 else replace(hunk, text="")
            changes[index].append((first, last, said))
    return [
        put(said.text, stream.words[index], changes[index]) if index in changes else said.text
        for index, said in enumerate(stream.said)
    ]


def _place_of(said: Utterance) -> tuple[str, int, int]:
    return said.channel, said.start_ms, said.end_ms


def _shared(one: Utterance, other: Utterance) -> int:
    """So many milliseconds have both; two that begin in one instant share it."""
    if one.channel != other.channel:
        return 0
    both = min(one.end_ms, other.end_ms) - max(one.start_ms, other.start_ms)
    return max(both, 1) if both > 0 or one.start_ms == other.start_ms else 0


def _lasting(said: Utterance) -> int:
    return max(1, said.end_ms - said.start_ms)


def _most(on: Utterance, near: Sequence[Utterance]) -> Utterance | None:
    return max(near, key=lambda said: _shared(on, said), default=None)
