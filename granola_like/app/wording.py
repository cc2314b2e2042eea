"""The person's edits of what was said: made, taken away, followed through meetings, and settled."""

import re
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import UTC, datetime
from typing import TYPE_CHECKING, Literal

from granola_like.app.corrections import Place, correct, next_moment, same_mistake
from granola_like.domain.bundle import Bundle
from granola_like.domain.edits import Edit
from granola_like.domain.edits import Reassign as HandOver
from granola_like.domain.transcript import Utterance
from granola_like.domain.transcript_edits import (
    Reassign,
    Rename,
    Reword,
    TranscriptConflict,
    TranscriptEdit,
)
from granola_like.domain.transcript_rebase import rework
from granola_like.domain.transcript_rebase import settle as settled
from granola_like.domain.transcript_words import placed
from granola_like.enhance.edits import rebase
from granola_like.errors import NotFound
from granola_like.library import new_id, wording

if TYPE_CHECKING:
    from granola_like.app.product import App

__all__ = [
    "HeardAs",
    "Place",
    "conflicts",
    "correct",
    "edits",
    "find_and_replace",
    "heard_otherwise",
    "put_back",
    "reassign",
    "rename_speaker",
    "reword",
    "reword_lines",
    "same_mistake",
    "settle",
    "undo",
]

NO_NAMES = frozenset({"Me", "Them"})
"""What a side of a call is called where nobody knows the name: it is somebody else in each call."""

_A_VOICE = re.compile(r"(?:Speaker|Voice) \d+")


@dataclass(frozen=True, slots=True)
class HeardAs:
    """Words of an utterance that were corrected: word number `word` says `text`."""

    utterance: str
    word: int
    heard: str
    text: str


def reword(
    app: "App",
    meeting: str,
    utterance: str,
    text: str,
    *,
    words: tuple[int, int] | None = None,
) -> TranscriptEdit | None:
    """Let an utterance, or its words [from, to), say something else; an empty text leaves it out.

    Gives None where the text is what it says already. Raises NotFound.
    """
    said = _said(app.library.load(meeting), utterance)
    if words is not None:
        text = _with_words(said, text, words)
    if text.strip() == said.text:
        return None
    return _keep(app, meeting, [(Reword(text.strip()), said)])[0]


def reword_lines(app: "App", meeting: str, texts: Mapping[str, str]) -> tuple[TranscriptEdit, ...]:
    """Let several utterances, by their ids, say something else, all or none. Raises NotFound."""
    bundle = app.library.load(meeting)
    meant = [(_said(bundle, name), text.strip()) for name, text in texts.items()]
    return _keep(app, meeting, [(Reword(text), said) for said, text in meant if text != said.text])


def reassign(
    app: "App", meeting: str, utterances: Sequence[str], speaker: str | None
) -> tuple[TranscriptEdit, ...]:
    """Say who really said these utterances; None where nobody knows. Raises NotFound."""
    bundle = app.library.load(meeting)
    meant = [_said(bundle, name) for name in dict.fromkeys(utterances)]
    return _keep(
        app, meeting, [(Reassign(speaker), said) for said in meant if said.speaker != speaker]
    )


def rename_speaker(
    app: "App", meeting: str, old: str | None, new: str, everywhere: bool = False
) -> tuple[tuple[str, TranscriptEdit], ...]:
    """Call a speaker by another name: in the transcript, now and after every later pass.

    What the note gave to `old` is `new`'s to do. With `everywhere`, in all meetings where somebody
    is called so, unless it is no name but “Them” or “Speaker 2”. Gives each meeting with its edit.
    """
    new = new.strip()
    if not new:
        raise ValueError("a speaker needs a name")
    others: tuple[str, ...] = ()
    if everywhere and old is not None and not _is_no_name(old):
        others = wording.meetings_with_speaker(app.library, old)
    made = []
    for name in dict.fromkeys((meeting, *others)):
        bundle = app.library.load(name)
        if name == meeting and old not in {said.speaker for said in bundle.transcript}:
            raise NotFound(
                f"Nobody is called “{old}” in this transcript.",
                hint=f"`granola-like correct {meeting}` lists what was said by whom.",
            )
        (edit,) = _keep(app, name, [(Rename(old, new), None)])
        _hand_over(app, bundle, edit, old, new)
        made.append((name, edit))
    return tuple(made)


def undo(app: "App", meeting: str, edit: str) -> None:
    """Take one of the person's edits away: what was there before is back. Raises NotFound."""
    bundle = app.library.load(meeting)
    kept = tuple(one for one in bundle.transcript_edits if one.id != edit)
    if kept == bundle.transcript_edits:
        raise NotFound(
            f"There is no edit “{edit}” of this transcript.",
            hint=f"`granola-like correct {meeting}` lists the edits.",
        )
    wording.save_transcript_edits(app.library, [(meeting, kept)])
    with_it = tuple(one for one in bundle.edits if not one.id.startswith(_owner_id(edit)))
    if with_it != bundle.edits:
        app.library.save_edits(meeting, with_it)


def find_and_replace(
    app: "App",
    meeting: str,
    find: str,
    put: str,
    *,
    whole_words: bool = True,
    match_case: bool = False,
) -> tuple[TranscriptEdit, ...]:
    """Replace some words wherever a meeting's transcript has them: one edit an utterance."""
    if not find.strip():
        return ()
    pattern = re.escape(find.strip())
    if whole_words:
        pattern = rf"(?<!\w){pattern}(?!\w)"
    searched = re.compile(pattern, 0 if match_case else re.IGNORECASE)
    changed = []
    for said in app.library.load(meeting).transcript:
        text = " ".join(searched.sub(lambda _: put.strip(), said.text).split())
        if searched.search(said.text) and text != said.text:
            changed.append((Reword(text), said))
    return _keep(app, meeting, changed)


def edits(app: "App", meeting: str) -> tuple[TranscriptEdit, ...]:
    """List the person's edits of a meeting's transcript, in the order of their time."""
    found = wording.transcript_edits(app.library, meeting)
    return tuple(sorted(found, key=lambda one: (one.made_at, one.id)))


def conflicts(app: "App", meeting: str) -> tuple[TranscriptConflict, ...]:
    """List the edits that do not fit what the newest pass heard, with both sides."""
    machine = wording.machine_words(app.library, meeting)
    return rework(wording.transcript_edits(app.library, meeting), machine).conflicts


def settle(app: "App", meeting: str, edit: str, keep: Literal["mine", "theirs"]) -> None:
    """End a conflict: keep the person's words, or what was heard now. Raises NotFound."""
    found = {one.edit.id: one for one in conflicts(app, meeting)}
    if edit not in found:
        raise NotFound(f"The edit “{edit}” is in no conflict.")
    ended = settled(found[edit], keep=keep, now=datetime.now(UTC))
    kept = [
        ended if one.id == edit else one for one in wording.transcript_edits(app.library, meeting)
    ]
    left = tuple(one for one in kept if one is not None)
    wording.save_transcript_edits(app.library, [(meeting, left)])


def heard_otherwise(bundle: Bundle) -> tuple[HeardAs, ...]:
    """List the words that say something else than what was heard there, in order of time."""
    return tuple(
        HeardAs(said.id, number, word.heard, word.text)
        for said in bundle.transcript
        for number, word in enumerate(said.words)
        if word.heard
    )


def put_back(app: "App", meeting: str, utterance: str, word: int) -> TranscriptEdit | None:
    """Let a corrected word say again what was heard. Raises NotFound."""
    said = _said(app.library.load(meeting), utterance)
    if not 0 <= word < len(said.words) or said.words[word].heard is None:
        raise NotFound("This word was not corrected.")
    last = word + 1
    while last < len(said.words) and said.words[last].heard == "":
        last += 1
    return reword(app, meeting, utterance, said.words[word].heard or "", words=(word, last))


def _said(bundle: Bundle, utterance: str) -> Utterance:
    said = bundle.transcript.by_id().get(utterance)
    if said is None:
        raise NotFound(
            f"There is no utterance “{utterance}” in this transcript.",
            hint=f"`granola-like correct {bundle.meeting.id}` lists them.",
        )
    return said


def _with_words(said: Utterance, text: str, words: tuple[int, int]) -> str:
    spans = placed(said) or tuple(
        (found.start(), found.end()) for found in re.finditer(r"\S+", said.text)
    )
    first, last = words
    if not 0 <= first < last <= len(spans):
        raise NotFound(
            f"The utterance “{said.id}” has {len(spans)} words, so not words {first} to {last}."
        )
    whole = said.text[: spans[first][0]] + text.strip() + said.text[spans[last - 1][1] :]
    return whole if text.strip() else " ".join(whole.split())


def _keep(
    app: "App",
    meeting: str,
    changes: Iterable[tuple[Reword | Reassign | Rename, Utterance | None]],
) -> tuple[TranscriptEdit, ...]:
    before = wording.transcript_edits(app.library, meeting)
    now = next_moment(before)
    made = tuple(
        TranscriptEdit(id=new_id(), made_at=now, change=change, on=on) for change, on in changes
    )
    if made:
        wording.save_transcript_edits(app.library, [(meeting, (*before, *made))])
    return made


def _is_no_name(speaker: str) -> bool:
    return speaker in NO_NAMES or bool(_A_VOICE.fullmatch(speaker))


def _owner_id(rename: str) -> str:
    return f"{rename}-owner-"


def _hand_over(
    app: "App", bundle: Bundle, rename: TranscriptEdit, old: str | None, new: str
) -> None:
    """Give what the note has `old` to do to `new`, in edits that go when the new name goes."""
    if bundle.enhanced is None or old is None:
        return
    shown = {block.id: block for block in rebase(bundle.edits, bundle.enhanced).note.blocks}
    machine = {block.id: block for block in bundle.enhanced.blocks}
    owned = [name for name, block in shown.items() if block.owner == old and name in machine]
    handed = tuple(
        Edit(
            id=f"{_owner_id(rename.id)}{number}",
            made_at=rename.made_at,
            change=HandOver(new),
            on=machine[name],
        )
        for number, name in enumerate(owned)
    )
    if handed:
        app.library.save_edits(bundle.meeting.id, (*bundle.edits, *handed))
