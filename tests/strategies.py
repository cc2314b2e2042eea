"""Whole meetings, made up by hypothesis."""

from datetime import UTC, datetime, timedelta, timezone
from typing import Any

from hypothesis import strategies as st

from granola_like.domain import transcript_edits as transcript_change
from granola_like.domain.bundle import Bundle
from granola_like.domain.edits import Drop, Edit, Insert, Reassign, Reschedule, Reword
from granola_like.domain.enhanced import Block, Detail, EnhancedNote, Evidence
from granola_like.domain.meeting import Meeting, Person
from granola_like.domain.note import NoteLine
from granola_like.domain.receipt import ChannelReceipt, Receipt
from granola_like.domain.recording import Gap, Recording, Track
from granola_like.domain.transcript import Transcript, Utterance, Word, in_order
from granola_like.domain.transcript_edits import TranscriptEdit
from granola_like.domain.transcript_rebase import rework

# SQLite and JSON take any text but lone surrogates; SQLite ends text at no NUL, people type none.
words = st.text(st.characters(exclude_categories=("Cs",), exclude_characters="\x00"), max_size=30)
millis = st.integers(0, 86_400_000)
zones = st.integers(-12 * 60, 14 * 60).map(lambda minutes: timezone(timedelta(minutes=minutes)))
moments = st.datetimes(datetime(2000, 1, 1), datetime(2100, 1, 1), timezones=zones)
channels = st.sampled_from(["me", "them"])
tracks = st.builds(Track, channels, st.just("me.wav"), millis)
spans = st.tuples(millis, millis).map(sorted)


@st.composite
def spoken_words(draw: st.DrawFn) -> Word:
    start, end = draw(spans)
    return Word(draw(words), start, end, draw(st.floats(0, 1)), draw(st.none() | words))


@st.composite
def utterances(draw: st.DrawFn, number: int) -> Utterance:
    start, end = draw(spans)
    return Utterance(
        id=f"u{number}",
        channel=draw(channels),
        speaker=draw(st.none() | words),
        start_ms=start,
        end_ms=end,
        text=draw(words),
        words=tuple(draw(st.lists(spoken_words(), max_size=3))),
    )


@st.composite
def transcripts(draw: st.DrawFn) -> Transcript:
    count = draw(st.integers(0, 6))
    return Transcript(
        utterances=in_order(iter([draw(utterances(number)) for number in range(count)])),
        made_by=draw(st.sampled_from(["live", "final", "imported"])),
        engine=draw(words),
        language=draw(st.sampled_from(["en", "ru"])),
        created_at=draw(st.none() | moments),
    )


@st.composite
def notes(draw: st.DrawFn) -> tuple[NoteLine, ...]:
    return tuple(
        NoteLine(
            id=f"n{number}",
            text=draw(words),
            indent=draw(st.integers(0, 4)),
            typed_at_ms=draw(st.none() | millis),
            edited_at_ms=draw(st.none() | millis),
        )
        for number in range(draw(st.integers(0, 5)))
    )


@st.composite
def enhanced_notes(draw: st.DrawFn, transcript: Transcript) -> EnhancedNote:
    ids = [said.id for said in transcript]
    evidence = st.lists(
        st.builds(Evidence, st.sampled_from(ids), st.none() | st.integers(0, 5)), max_size=3
    )
    details = st.builds(Detail, st.just("name"), words, words)
    blocks = tuple(
        Block(
            id=f"b{number}",
            kind=draw(st.sampled_from(["heading", "note", "point", "action", "decision"])),
            text=draw(words),
            note=draw(st.none() | st.just("n1")),
            indent=draw(st.integers(0, 3)),
            evidence=tuple(draw(evidence)) if ids else (),
            finding=draw(st.sampled_from([None, "supported", "changed", "unsupported"])),
            details=tuple(draw(st.lists(details, max_size=2))),
            owner=draw(st.none() | words),
            due=draw(st.none() | st.dates()),
            writer=draw(st.none() | words),
        )
        for number in range(draw(st.integers(0, 5)))
    )
    return EnhancedNote(
        template=draw(words),
        engine=draw(words),
        created_at=draw(moments),
        language=draw(st.none() | st.sampled_from(["en", "ru"])),
        blocks=blocks,
    )


@st.composite
def meetings(draw: st.DrawFn, **fixed: Any) -> Meeting:
    values = {
        "id": draw(st.from_regex(r"[a-z0-9]{1,12}", fullmatch=True)),
        "title": draw(words),
        "started_at": draw(moments),
        "duration_ms": draw(st.integers(1, 86_400_000)),
        "language": draw(st.sampled_from(["en", "ru"])),
        "people": tuple(draw(st.lists(st.builds(Person, words, st.none() | words), max_size=3))),
        "folder": draw(st.none() | words),
        "series": draw(st.none() | words),
        "template": draw(st.none() | words),
        "glossary": tuple(draw(st.lists(words, max_size=3))),
    }
    return Meeting(**{**values, **fixed})


@st.composite
def bundles(draw: st.DrawFn) -> Bundle:
    transcript = draw(transcripts())
    recording = draw(recordings())
    wording = draw(transcript_edits(transcript))
    words = rework(wording, transcript)
    transcript = words.transcript
    return Bundle(
        meeting=draw(meetings()),
        transcript=transcript,
        heard=words.heard,
        transcript_edits=wording,
        notes=draw(notes()),
        enhanced=draw(st.none() | enhanced_notes(transcript)),
        edits=tuple(draw(st.lists(edits(), max_size=2, unique_by=lambda edit: edit.id))),
        recording=recording,
        receipt=draw(st.none() | receipts(recording)),
    )


@st.composite
def edits(draw: st.DrawFn) -> Edit:
    point = Block(id="b1", kind="point", text=draw(words), evidence=(Evidence("u1", 0, 2),))
    change = draw(
        st.builds(Reword, words)
        | st.just(Drop())
        | st.builds(Reassign, st.none() | words)
        | st.builds(Reschedule, st.none() | st.dates())
        | st.builds(Insert, words, st.just(point))
    )
    on = None if isinstance(change, Insert) else point
    return Edit(id=draw(words), made_at=draw(moments), change=change, on=on)


@st.composite
def transcript_edits(draw: st.DrawFn, on: Transcript) -> tuple[TranscriptEdit, ...]:
    changes = st.builds(transcript_change.Reword, words) | st.builds(
        transcript_change.Reassign, st.none() | words
    )
    named = st.builds(transcript_change.Rename, st.none() | words, words)
    made = []
    for number in range(draw(st.integers(0, 2))):
        change = draw(changes | named) if on.utterances else draw(named)
        renames = isinstance(change, transcript_change.Rename)
        meant = None if renames else draw(st.sampled_from(on.utterances))
        made.append(TranscriptEdit(id=f"w{number}", made_at=draw(moments), change=change, on=meant))
    return tuple(made)


@st.composite
def receipts(draw: st.DrawFn, recording: Recording) -> Receipt:
    heard = st.builds(
        ChannelReceipt,
        channel=channels,
        recorded_ms=millis,
        heard_ms=millis,
        drift_ppm=st.floats(-500, 500),
    )
    return Receipt(
        started_at=draw(moments),
        duration_ms=draw(millis),
        channels=tuple(draw(st.lists(heard, max_size=2))),
        gaps=recording.gaps,
        ended=draw(words),
        recovered=draw(st.booleans()),
    )


@st.composite
def recordings(draw: st.DrawFn) -> Recording:
    holes = st.builds(
        lambda channel, span, reason: Gap(channel, *span, reason), channels, spans, words
    )
    return Recording(
        tuple(draw(st.lists(tracks, max_size=2))), tuple(draw(st.lists(holes, max_size=2)))
    )


def small_bundle(**meeting: Any) -> Bundle:
    """A meeting for examples: two utterances, one line, one point."""
    about = {
        "id": "acme",
        "title": "Acme – pricing call",
        "started_at": datetime(2026, 3, 3, 10, tzinfo=UTC),
        "duration_ms": 120_000,
        "people": (Person("Anna"), Person("Boris")),
    }
    said = (
        Utterance(id="u1", channel="me", speaker="Anna", start_ms=1000, end_ms=4000,
                  text="The budget for the pilot is $120,000."),
        Utterance(id="u2", speaker="Boris", start_ms=5000, end_ms=9000,
                  text="I will send the signed contracts by Friday."),
    )  # fmt: skip
    return Bundle(
        meeting=Meeting(**{**about, **meeting}),
        transcript=Transcript(utterances=said, engine="test"),
        notes=(NoteLine(id="n1", text="120k", typed_at_ms=6000),),
        enhanced=EnhancedNote(
            template="general",
            engine="extractive",
            created_at=datetime(2026, 3, 3, 11, tzinfo=UTC),
            blocks=(
                Block(id="b1", kind="note", text="120k", note="n1"),
                Block(id="b2", kind="point", text="The pilot's budget is $120,000.",
                      note="n1", indent=1, evidence=(Evidence("u1"),), finding="supported"),
                Block(id="b3", kind="heading", text="Action items"),
                Block(id="b4", kind="action", text="Boris will send the signed contracts.",
                      evidence=(Evidence("u2"),), finding="supported", owner="Boris"),
            ),
        ),
    )  # fmt: skip
