"""Correct once: what one fix teaches, where the same mistake stands, and what was learned."""

import re
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, replace
from datetime import UTC, datetime, timedelta
from typing import TYPE_CHECKING

from granola_like import paths
from granola_like.domain.correction import Correction
from granola_like.domain.meeting import Person
from granola_like.domain.transcript_edits import Reword, TranscriptEdit
from granola_like.errors import NotFound
from granola_like.library import new_id, wording
from granola_like.transcribe.vocabulary import (
    Lesson,
    Vocabulary,
    learn,
    lesson,
    may_be_learned,
    vocabulary_of,
)

if TYPE_CHECKING:
    from granola_like.app.product import App


@dataclass(frozen=True, slots=True, kw_only=True)
class Place:
    """An utterance with a mistake that was corrected elsewhere, for the person to look at."""

    meeting: str
    title: str
    utterance: str
    start_ms: int
    wrong: str
    right: str
    text: str
    """What it says now."""
    mended: str
    """What it would say."""


def taught_by(edit: TranscriptEdit) -> Lesson | None:
    """Say what an edit of a name teaches; None where it changed something else."""
    return lesson(edit)


def same_mistake(app: "App", wrong: str, right: str, *, besides: str = "") -> tuple[Place, ...]:
    """Find every utterance that has the wrong words, newest meetings first, for review.

    The meeting `besides` is left out. Nothing is changed.
    """
    pattern = _pattern(wrong)
    places = []
    for spot in wording.utterances_with(app.library, wrong, besides=besides):
        mended = pattern.sub(lambda _: right, spot.text)
        if mended != spot.text:
            places.append(
                Place(
                    meeting=spot.meeting,
                    title=spot.title,
                    utterance=spot.utterance,
                    start_ms=spot.start_ms,
                    wrong=wrong,
                    right=right,
                    text=spot.text,
                    mended=mended,
                )
            )
    return tuple(places)


def correct(app: "App", places: Sequence[Place]) -> tuple[tuple[str, TranscriptEdit], ...]:
    """Mend these places, all or none, and teach their corrections. Gives each meeting's edits.

    A place that says something else by now is left alone.
    """
    by_meeting: dict[str, list[Place]] = {}
    for place in places:
        by_meeting.setdefault(place.meeting, []).append(place)
    made: list[tuple[str, TranscriptEdit]] = []
    kept = []
    languages: dict[str, str] = {}
    for meeting, its in by_meeting.items():
        bundle = app.library.load(meeting)
        languages[meeting] = bundle.meeting.language
        said = bundle.transcript.by_id()
        before = bundle.transcript_edits
        now = next_moment(before)
        new = tuple(
            TranscriptEdit(
                id=new_id(), made_at=now, change=Reword(place.mended), on=said[place.utterance]
            )
            for place in its
            if place.utterance in said and said[place.utterance].text == place.text
        )
        kept.append((meeting, (*before, *new)))
        made += [(meeting, edit) for edit in new]
    wording.save_transcript_edits(app.library, kept)
    for place in {(place.wrong, place.right): place for place in places}.values():
        teach(app, place.wrong, place.right, language=languages.get(place.meeting))
    return tuple(made)


def teach(
    app: "App", wrong: str, right: str, *, language: str | None = None, sure: bool = False
) -> bool:
    """Learn a correction for future meetings; False where it would do harm there.

    `language` is the meeting's; None goes by the letters: Russian or English. Numbers and ordinary
    words are not learned (see `may_be_learned`); with `sure`, because the person asked for it,
    several ordinary words in a row are.
    """
    wrong, right = " ".join(wrong.split()), " ".join(right.split())
    spoken = language or ("ru" if re.search("[А-Яа-яЁё]", wrong) else "en")
    if not may_be_learned(wrong, right, language=spoken, sure=sure):
        return False
    known = wording.corrections(app.library)
    fix = Lesson(wrong, right)
    wording.save_corrections(app.library, learn(known, fix, made_at=datetime.now(UTC)))
    return True


def learned(app: "App") -> tuple[Correction, ...]:
    """List the corrections that future transcripts get, in the order of learning."""
    return wording.corrections(app.library)


def switch(app: "App", wrong: str, *, on: bool) -> None:
    """Switch a learned correction off or on again. Raises NotFound."""
    known = _known(app, wrong)
    changed = tuple(
        replace(one, is_on=on) if one.wrong.casefold() == wrong.casefold() else one for one in known
    )
    wording.save_corrections(app.library, changed)


def forget(app: "App", wrong: str) -> None:
    """Remove a learned correction. Raises NotFound."""
    known = _known(app, wrong)
    kept = tuple(one for one in known if one.wrong.casefold() != wrong.casefold())
    wording.save_corrections(app.library, kept)


def vocabulary(app: "App", people: Iterable[Person], glossary: Iterable[str] = ()) -> Vocabulary:
    """Give what to expect in a meeting: hints before the pass, names and corrections after it."""
    # Hearing a file stores nothing, so it makes no library either.
    there = paths.library_file().is_file()
    return vocabulary_of(
        people,
        glossary=glossary,
        corrections=wording.corrections(app.library) if there else (),
        setting=app.settings.glossary,
    )


def next_moment(before: Iterable[TranscriptEdit]) -> datetime:
    """Give now, or a moment after the last edit: a clock that was set back changes no order."""
    last = max((one.made_at for one in before), default=None)
    now = datetime.now(UTC)
    return now if last is None or now > last else last + timedelta(microseconds=1)


def _known(app: "App", wrong: str) -> tuple[Correction, ...]:
    known = wording.corrections(app.library)
    if wrong.casefold() not in {one.wrong.casefold() for one in known}:
        raise NotFound(
            f"Nothing was learned about “{wrong}”.",
            hint="`granola-like corrections` lists what was learned.",
        )
    return known


def _pattern(wrong: str) -> re.Pattern[str]:
    """Find the words in a row, in any case of letters, whatever stands between them."""
    words = r"[\W_]+".join(re.findall(r"[^\W_]+", wrong))
    return re.compile(rf"(?<!\w){words}(?!\w)", re.IGNORECASE)
