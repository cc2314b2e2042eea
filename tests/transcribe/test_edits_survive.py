"""However often a meeting is heard again: no edit of the person is lost, no evidence dangles."""

from dataclasses import replace
from datetime import UTC, datetime, timedelta

from hypothesis import given
from hypothesis import strategies as st

from granola_like.app.hearing import _moved
from granola_like.domain.enhanced import Block, EnhancedNote, Evidence
from granola_like.domain.recording import Channel
from granola_like.domain.transcript import Transcript, Utterance, in_order
from granola_like.domain.transcript_edits import Reassign, Reword, TranscriptChange, TranscriptEdit
from granola_like.domain.transcript_rebase import rework
from granola_like.transcribe import revise, where_now

START = datetime(2026, 3, 3, 10, tzinfo=UTC)
WORDS = ("we", "ship", "in", "May", "Vera", "agreed", "no", "fifty")
CHANNELS: st.SearchStrategy[Channel] = st.sampled_from(["me", "them"])
CHANGES: st.SearchStrategy[TranscriptChange] = st.one_of(
    st.lists(st.sampled_from((*WORDS, "Wera", "June")), max_size=5).map(
        lambda w: Reword(" ".join(w))
    ),
    st.sampled_from(["Nina", "Oleg", None]).map(Reassign),
)


@st.composite
def passes(draw: st.DrawFn) -> Transcript:
    """What one engine hears: any words, cut anywhere."""
    spans = draw(
        st.lists(
            st.tuples(
                CHANNELS,
                st.integers(0, 30_000),
                st.integers(0, 8_000),
                st.lists(st.sampled_from(WORDS), min_size=1, max_size=6),
            ),
            max_size=10,
        )
    )
    said = (
        Utterance(
            id=f"u{number}",
            channel=channel,
            start_ms=start,
            end_ms=start + length,
            text=" ".join(words),
            speaker="Them",
        )
        for number, (channel, start, length, words) in enumerate(spans, 1)
    )
    return Transcript(utterances=in_order(said))


@given(st.data(), st.lists(passes(), min_size=2, max_size=4))
def test_no_edit_is_ever_lost(data: st.DataObject, heard: list[Transcript]) -> None:
    machine = heard[0]
    edits: list[TranscriptEdit] = []
    for later in heard[1:]:
        read = rework(edits, machine).transcript
        for said in data.draw(
            st.lists(st.sampled_from(read.utterances), max_size=3, unique=True)
            if read.utterances
            else st.just([])
        ):
            number = len(edits)
            edits.append(
                TranscriptEdit(
                    id=f"e{number}",
                    made_at=START + timedelta(seconds=number),
                    change=data.draw(CHANGES),
                    on=said,
                )
            )
        machine = revise(rework(edits, machine).transcript, later)
        found = rework(edits, machine)
        told = [one.id for one in found.applied] + [one.edit.id for one in found.conflicts]
        assert sorted(told) == sorted(one.id for one in edits)


@given(passes(), st.lists(st.sampled_from(WORDS), min_size=1, max_size=4), st.integers(0, 9))
def test_what_is_heard_the_same_again_has_the_same_edits(
    heard: Transcript, words: list[str], which: int
) -> None:
    if not heard.utterances:
        return
    on = heard.utterances[which % len(heard.utterances)]
    change = Reword(" ".join(words))
    edits = [TranscriptEdit(id="e", made_at=START, change=change, on=on)]
    before = rework(edits, heard)
    again = rework(edits, revise(before.transcript, replace(heard, engine="another")))
    assert [one.text for one in again.transcript] == [one.text for one in before.transcript]
    assert not again.conflicts


@given(passes(), passes(), st.lists(st.integers(0, 9), max_size=5))
def test_evidence_points_at_what_is_said_there_now(
    old: Transcript, new: Transcript, which: list[int]
) -> None:
    if not old.utterances:
        return
    cited = [old.utterances[number % len(old.utterances)].id for number in which]
    blocks = tuple(
        Block(
            id=f"b{number}",
            kind="point",
            text="x",
            evidence=(Evidence(name),),
            finding="supported",
        )
        for number, name in enumerate(cited)
    )
    note = EnhancedNote(template="general", engine="e", created_at=START, blocks=blocks)
    now = revise(old, new)
    where = where_now(old, now)
    moved = _moved(note, where)
    there = now.by_id()
    for block, name in zip(moved.blocks, cited, strict=True):
        assert all(one.utterance in there for one in block.evidence)
        before = old.by_id()[name]
        heard_then = [
            one
            for one in now
            if one.channel == before.channel
            and min(one.end_ms, before.end_ms) > max(one.start_ms, before.start_ms)
        ]
        if heard_then:
            assert {one.utterance for one in block.evidence} <= {one.id for one in heard_then}
            assert block.evidence
            assert block.finding == "supported"
        elif not block.evidence:
            assert block.finding == "unsupported"
