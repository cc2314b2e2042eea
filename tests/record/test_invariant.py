"""What must hold for a channel, asked of every state it can be in."""

from dataclasses import replace
from pathlib import Path

import numpy as np
import pytest
import soundfile
from hypothesis import given
from hypothesis import strategies as st

from granola_like.audio.system import Device
from granola_like.record.invariant import ChannelState, action_for, warning_for

SPEAKER = Device(id="spk.monitor", name="Speaker", channel="them", is_default=True)
MICROPHONE = Device(id="mic", name="Microphone", channel="me", is_default=True)
THEM = ChannelState(channel="them", wanted=SPEAKER, is_open=True, device_id="spk.monitor")
ME = ChannelState(channel="me", wanted=MICROPHONE, is_open=True, device_id="mic")

ages = st.floats(0, 1e5)
states = st.builds(
    replace,
    st.sampled_from([THEM, ME]),
    is_open=st.booleans(),
    device_id=st.sampled_from([None, "spk.monitor", "mic", "other.monitor"]),
    since_block=ages,
    since_sound=ages,
    since_action=ages,
    moves=st.integers(0, 20),
    was_rebuilt=st.booleans(),
    players=st.sampled_from([(), ("Zoom",)]),
)


@pytest.mark.parametrize("state", [THEM, ME])
def test_a_channel_in_its_place_is_left_alone(state: ChannelState) -> None:
    assert action_for(state) is None
    assert warning_for(state) is None


@given(states)
def test_a_channel_in_the_wrong_place_is_never_left_there(state: ChannelState) -> None:
    assert state.wanted is not None
    if state.is_open and state.device_id not in {None, state.wanted.id}:
        assert action_for(state) in {"move", "reopen"}


@given(states)
def test_nothing_is_reopened_twice_for_one_silence(state: ChannelState) -> None:
    """Reopening costs a hole: only a stalled stream may be opened again and again."""
    if state.was_rebuilt and state.since_block < 5 and state.is_open and state.moves < 10:
        assert action_for(state) != "reopen"


@given(states)
def test_silence_of_the_others_is_no_fault_while_nothing_plays(state: ChannelState) -> None:
    quiet = replace(THEM, since_sound=state.since_sound, since_action=state.since_action)
    assert action_for(quiet) is None
    assert warning_for(quiet) is None


@pytest.mark.parametrize("state", [replace(THEM, players=("Zoom",)), ME])
def test_digital_silence_is_rebuilt_then_told_within_20_seconds(state: ChannelState) -> None:
    assert action_for(replace(state, since_sound=8.0)) == "reopen"
    told = warning_for(replace(state, since_sound=16.0, was_rebuilt=True))
    assert told is not None
    assert "Speaker" in told or "Microphone" in told or "Zoom" in told


def test_what_cannot_be_heard_is_told_at_once() -> None:
    muted = replace(THEM, wanted=replace(SPEAKER, is_muted=True), players=("Zoom",))
    assert "muted" in str(warning_for(muted))
    low = replace(THEM, wanted=replace(SPEAKER, volume=0.1), players=("Zoom",))
    assert "volume" in str(warning_for(low))
    off = replace(ME, wanted=replace(MICROPHONE, is_muted=True))
    assert "muted" in str(warning_for(off))
    assert action_for(replace(off, since_sound=60.0)) is None


def test_a_missing_device_is_told_and_taken_up_when_it_comes() -> None:
    gone = replace(THEM, wanted=None, is_open=False)
    assert action_for(gone) is None
    assert "no speaker" in str(warning_for(gone))
    assert action_for(replace(gone, wanted=SPEAKER)) == "open"


def test_quiet_distant_speech_never_looks_like_digital_silence(material: Path) -> None:
    """Half a minute of the most distant speaker, block by block: the age of the last sound."""
    sound, rate = soundfile.read(material / "audio/ami/trn07.wav", dtype="float32")
    pcm = (sound * 32767).astype(np.int16)
    longest = since = 0
    for block in np.array_split(pcm, len(pcm) // (rate // 10)):
        since = 0 if block.any() else since + 1
        longest = max(longest, since)
    state = replace(ME, since_sound=longest / 10)
    assert action_for(state) is None
    assert warning_for(state) is None
