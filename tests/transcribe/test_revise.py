from hypothesis import given
from hypothesis import strategies as st

from granola_like.domain.recording import Channel
from granola_like.domain.transcript import Transcript, Utterance, in_order
from granola_like.transcribe import revise, where_now

CHANNELS: st.SearchStrategy[Channel] = st.sampled_from(["me", "them"])


@st.composite
def transcripts(draw: st.DrawFn) -> Transcript:
    made = [
        Utterance(
            id=f"u{number}", channel=channel, start_ms=start, end_ms=start + length, text="word"
        )
        for number, (channel, start, length) in enumerate(
            draw(
                st.lists(
                    st.tuples(CHANNELS, st.integers(0, 60_000), st.integers(0, 8_000)), max_size=25
                )
            ),
            1,
        )
    ]
    return Transcript(utterances=in_order(iter(made)))


def line(name: str, start: int, end: int, channel: Channel = "me") -> Utterance:
    return Utterance(id=name, channel=channel, start_ms=start, end_ms=end, text=name)


def talk(*lines: Utterance) -> Transcript:
    return Transcript(utterances=in_order(iter(lines)))


@given(transcripts(), transcripts())
def test_ids_are_unique_and_the_words_are_the_new_ones(old: Transcript, new: Transcript) -> None:
    revised = revise(old, new)
    assert len({said.id for said in revised}) == len(new.utterances)
    assert [(s.start_ms, s.end_ms, s.channel, s.text) for s in revised] == [
        (s.start_ms, s.end_ms, s.channel, s.text) for s in new
    ]


@given(transcripts(), transcripts())
def test_a_kept_id_means_the_same_channel_and_time(old: Transcript, new: Transcript) -> None:
    before = old.by_id()
    for said in revise(old, new):
        if said.id in before:
            was = before[said.id]
            assert was.channel == said.channel
            overlap = min(was.end_ms, said.end_ms) - max(was.start_ms, said.start_ms)
            shorter = min(was.end_ms - was.start_ms, said.end_ms - said.start_ms)
            assert max(1, overlap) >= 0.5 * shorter


@given(transcripts())
def test_the_same_pass_again_keeps_every_id_that_tells_lines_apart(old: Transcript) -> None:
    again = revise(old, old)
    where = {said.id: (said.channel, said.start_ms, said.end_ms) for said in old}
    assert {said.id for said in again} == set(where)
    assert all(where[s.id] == (s.channel, s.start_ms, s.end_ms) for s in again)


def test_shifted_lines_keep_their_ids_and_new_ones_get_new_ids() -> None:
    old = talk(line("u1", 0, 2_000), line("u2", 3_000, 5_000))
    new = talk(line("u1", 3_100, 5_200), line("u2", 9_000, 9_500))
    assert [said.id for said in revise(old, new)] == ["u2", "u3"]


def test_another_channel_at_the_same_time_is_another_line() -> None:
    old = talk(line("u1", 0, 2_000, "me"))
    new = talk(line("u1", 0, 2_000, "them"))
    assert [said.id for said in revise(old, new)] == ["u2"]


def test_where_a_line_went_when_two_became_one() -> None:
    old = talk(line("u1", 0, 1_000), line("u2", 1_100, 4_000), line("u3", 8_000, 9_000))
    revised = revise(old, talk(line("u1", 0, 4_000)))
    assert [said.id for said in revised] == ["u2"]
    assert where_now(old, revised) == {"u1": "u2", "u2": "u2"}
