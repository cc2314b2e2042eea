"""A meeting's transcript as rows: who, when, which words, and the holes between them."""

from collections.abc import Iterable, Iterator

from PySide6.QtCore import QCoreApplication

from granola_like.domain.bundle import Bundle
from granola_like.domain.recording import Gap
from granola_like.domain.transcript import Utterance
from granola_like.domain.transcript_words import placed
from granola_like_ui.transcript.state import DOUBT, Hole, Line, Row, SpokenWord

_CHANNELS = {"me": "Me", "them": "Them"}
_ONE_HOLE_MS = 1500
"""Holes of both channels that begin so close together are one for the person."""


def rows_of(bundle: Bundle) -> tuple[Row, ...]:
    """Put lines and holes into the order of time; a name stands where the speaker changes."""
    holes = merged(bundle.recording.gaps)
    rows: list[Row] = []
    before: str | None = None
    for said in bundle.transcript:
        while holes and holes[0].start_ms <= said.start_ms:
            rows.append(holes.pop(0))
            before = None
        name = shown_name(said)
        rows.append(line_of(said, name=name, is_named=name != before))
        before = name
    return (*rows, *holes)


def shown_name(said: Utterance) -> str:
    """Say who speaks; who has no name is "You" on this side and "Them" on the other."""
    speaker = said.speaker or _CHANNELS[said.channel]
    if speaker == "Me":
        return QCoreApplication.translate("Transcript", "You")
    if speaker == "Them":
        return QCoreApplication.translate("Transcript", "Them")
    return speaker


def line_of(said: Utterance, *, name: str, is_named: bool) -> Line:
    """Make the row of an utterance."""
    return Line(
        utterance=said.id,
        channel=said.channel,
        speaker=said.speaker,
        name=name,
        is_named=is_named,
        start_ms=said.start_ms,
        end_ms=said.end_ms,
        text=said.text,
        words=tuple(_words(said)),
    )


def merged(gaps: Iterable[Gap]) -> list[Hole]:
    """Tell holes of both channels that are one for the person only once, in order of time."""
    holes: list[Hole] = []
    for gap in sorted(gaps, key=lambda gap: (gap.start_ms, gap.end_ms)):
        last = holes[-1] if holes else None
        if last and last.reason == gap.reason and gap.start_ms - last.start_ms < _ONE_HOLE_MS:
            end = max(last.end_ms, gap.end_ms)
            holes[-1] = Hole(start_ms=last.start_ms, end_ms=end, reason=gap.reason)
        else:
            holes.append(Hole(start_ms=gap.start_ms, end_ms=gap.end_ms, reason=gap.reason))
    return holes


def _words(said: Utterance) -> Iterator[SpokenWord]:
    spans = placed(said)
    if spans is not None:
        for word, (start, end) in zip(said.words, spans, strict=True):
            doubtful = word.probability < DOUBT
            yield SpokenWord(start, end, word.start_ms, word.end_ms, doubtful, word.heard)
        return
    # Nobody measured these words: their time is their share of the text.
    lasting, length, at = said.end_ms - said.start_ms, max(1, len(said.text)), 0
    for text in said.text.split():
        start = said.text.index(text, at)
        at = start + len(text)
        begin = said.start_ms + lasting * start // length
        yield SpokenWord(start, at, begin, said.start_ms + lasting * at // length)
