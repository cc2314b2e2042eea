"""What the library is asked of a transcript, and what is done to it, on the reader's thread.

What is needed for that is imported there, when it is first asked for: it costs half a second.
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING, Literal, TypeAlias

from granola_like.domain.transcript_edits import TranscriptConflict, TranscriptEdit
from granola_like_ui.transcript.rows import rows_of
from granola_like_ui.transcript.state import Change, Clash, Row

if TYPE_CHECKING:
    from granola_like.app import App
    from granola_like.app.corrections import Place
    from granola_like.app.player import Player

Made: TypeAlias = tuple[tuple[str, TranscriptEdit], ...]
"""Meetings, each with an edit that was made in it."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Read:
    """What the library says of a meeting's transcript."""

    rows: tuple[Row, ...]
    length_ms: int
    has_sound: bool
    clashes: tuple[Clash, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class Learned:
    """What one correction teaches."""

    wrong: str = ""
    right: str = ""
    is_taught: bool = False
    """Whether later transcripts get it from now on."""
    places: "tuple[Place, ...]" = ()
    """Where the same mistake stands in other meetings."""


def read(app: "App", meeting: str) -> Read:
    """Read a meeting's transcript. Raises NotFound."""
    from granola_like.app import wording

    bundle = app.library.load(meeting)
    tracks = bundle.recording.tracks
    ends = [bundle.meeting.duration_ms, bundle.transcript.end_ms]
    return Read(
        rows=rows_of(bundle),
        length_ms=max([*ends, *(track.duration_ms for track in tracks)]),
        has_sound=bool(tracks),
        clashes=tuple(_clash(one) for one in wording.conflicts(app, meeting)),
    )


def open_player(app: "App", meeting: str) -> "Player":
    """Give a player of the meeting's sound. Raises NotFound, SoundError."""
    from granola_like.app import player

    return player.open_player(app, meeting)


def reword(app: "App", meeting: str, utterance: str, text: str) -> tuple[Made, Learned]:
    """Let an utterance say something else, and learn from it."""
    from granola_like.app import wording

    edit = wording.reword(app, meeting, utterance, text)
    if edit is None:
        return (), Learned()
    return ((meeting, edit),), learn(app, meeting, edit)


def learn(app: "App", meeting: str, edit: TranscriptEdit) -> Learned:
    """Learn a name that was put right, and find where else the mistake stands."""
    from granola_like.app import corrections

    fix = corrections.taught_by(edit)
    if fix is None:
        return Learned()
    known = {one.wrong.casefold() for one in corrections.learned(app)}
    language = app.library.load(meeting).meeting.language
    taught = corrections.teach(app, fix.wrong, fix.right, language=language)
    return Learned(
        wrong=fix.wrong,
        right=fix.right,
        is_taught=taught and fix.wrong.casefold() not in known,
        places=corrections.same_mistake(app, fix.wrong, fix.right, besides=meeting),
    )


def reword_lines(app: "App", meeting: str, texts: Mapping[str, str]) -> Made:
    """Let several utterances say something else."""
    from granola_like.app import wording

    return tuple((meeting, edit) for edit in wording.reword_lines(app, meeting, texts))


def put_back(app: "App", meeting: str, utterance: str, word: int) -> Made:
    """Let a corrected word say again what was heard."""
    from granola_like.app import wording

    edit = wording.put_back(app, meeting, utterance, word)
    return () if edit is None else ((meeting, edit),)


def reassign(app: "App", meeting: str, utterances: Sequence[str], speaker: str | None) -> Made:
    """Say who really said these utterances."""
    from granola_like.app import wording

    return tuple((meeting, edit) for edit in wording.reassign(app, meeting, utterances, speaker))


def rename_speaker(
    app: "App", meeting: str, old: str | None, new: str, *, everywhere: bool
) -> Made:
    """Call a speaker by another name, here or in all meetings."""
    from granola_like.app import wording

    return wording.rename_speaker(app, meeting, old, new, everywhere=everywhere)


def correct(app: "App", places: "Sequence[Place]") -> Made:
    """Mend the same mistake in other meetings."""
    from granola_like.app import corrections

    return corrections.correct(app, places)


def forget(app: "App", wrong: str) -> None:
    """Unlearn a correction."""
    from granola_like.app import corrections

    corrections.forget(app, wrong)


def settle(app: "App", meeting: str, edit: str, keep: Literal["mine", "theirs"]) -> None:
    """End a conflict with a newer transcript."""
    from granola_like.app import wording

    wording.settle(app, meeting, edit, keep)


def undo(app: "App", made: Made) -> None:
    """Take edits away, the last first."""
    from granola_like.app import wording

    for meeting, edit in reversed(made):
        wording.undo(app, meeting, edit.id)


def change_of(place: "Place") -> Change:
    """Tell what correcting a place would make of it."""
    return Change(
        title=place.title,
        start_ms=place.start_ms,
        before=place.text,
        after=place.mended,
        utterance=place.utterance,
    )


def _clash(conflict: TranscriptConflict) -> Clash:
    return Clash(
        edit=conflict.edit.id,
        mine=conflict.mine or getattr(conflict.edit.change, "text", ""),
        heard=conflict.now.text if conflict.now else "",
        start_ms=conflict.now.start_ms if conflict.now else None,
    )
