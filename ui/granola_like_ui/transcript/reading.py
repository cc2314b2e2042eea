"""What the library says of a transcript, as the panel wants it."""

from collections.abc import Sequence
from dataclasses import dataclass

from granola_like.app import App, wording
from granola_like.app.corrections import Place
from granola_like.domain.enhanced import Evidence
from granola_like.domain.transcript_edits import TranscriptConflict
from granola_like_ui.transcript.rows import rows_of
from granola_like_ui.transcript.state import Change, Clash, Line, Row, WordRange

_NEAR_MS = 15_000
"""What is farther apart is not played in one go."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Read:
    """What the library says of a meeting's transcript."""

    rows: tuple[Row, ...]
    length_ms: int
    has_sound: bool
    clashes: tuple[Clash, ...]


def read(app: App, meeting: str) -> Read:
    """Read a meeting's transcript. On the reader's thread. Raises NotFound."""
    bundle = app.library.load(meeting)
    tracks = bundle.recording.tracks
    ends = [bundle.meeting.duration_ms, bundle.transcript.end_ms]
    return Read(
        rows=rows_of(bundle),
        length_ms=max([*ends, *(track.duration_ms for track in tracks)]),
        has_sound=bool(tracks),
        clashes=tuple(_clash(one) for one in wording.conflicts(app, meeting)),
    )


def lit_by(evidence: Sequence[Evidence]) -> dict[str, tuple[WordRange, ...]]:
    """Say which words are to be lit."""
    lit: dict[str, tuple[WordRange, ...]] = {}
    for one in evidence:
        whole = one.from_word is None or one.to_word is None
        part = None if whole else (one.from_word or 0, one.to_word or 0)
        lit[one.utterance] = (*lit.get(one.utterance, ()), part)
    return lit


def span_of(rows: Sequence[Row], lit: dict[str, tuple[WordRange, ...]]) -> tuple[int, int] | None:
    """Say which seconds to play: the first stretch of what is lit, to the end of its last word.

    What lies far apart is not played in one go: a minute of other talk lies between.
    """
    spans = sorted(
        (row.start_ms, row.end_ms) for row in rows if isinstance(row, Line) and row.utterance in lit
    )
    if not spans:
        return None
    start, end = spans[0]
    for begins, ends in spans[1:]:
        if begins - end > _NEAR_MS:
            break
        end = max(end, ends)
    return start, end


def row_at(rows: Sequence[Row], ms: int) -> int | None:
    """Say in which row something is said at a time: the last that has begun."""
    begun = [n for n, row in enumerate(rows) if isinstance(row, Line) and row.start_ms <= ms]
    return begun[-1] if begun else None


def change_of(place: Place) -> Change:
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
