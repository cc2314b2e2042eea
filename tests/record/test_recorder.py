"""The recorder's process on a real sound server, in everything that people do with it."""

import os
import signal

import numpy as np
import pytest

from granola_like.jobs import run
from granola_like.record.finish import finish
from granola_like.record.session import join_recording
from tests.audio.servers import SoundServer, find, noise, wait_for
from tests.record.recordings import (
    RATE,
    Record,
    both,
    level_while_playing,
    looks_until,
    recorded,
    recorder_pid,
    stopped,
    track,
)


@pytest.mark.soak
def test_two_channels_bit_exact_and_aligned(server: SoundServer, record: Record) -> None:
    """One noise on one speaker, heard on both channels: by its monitor, and as the microphone."""
    recording = record(me="virtmic")
    recorded(recording, 500)
    mine, theirs = noise(1.5, seed=1), noise(1.5, seed=2)
    server.play(mine, "micbus")
    server.play(both(theirs), "spk")
    reached = recorded(recording, 500).elapsed_ms + 2500
    line = recording.type_line("budget 120k")
    looks_until(recording, lambda look: look.elapsed_ms > reached, "the noise to end")
    done = stopped(recording)
    assert find(mine, track(done, "me")) > 0
    assert find(theirs, track(done, "them")) > 0
    assert done.receipt.ended == "stopped"
    assert not done.recording.gaps
    assert done.notes == (line,)
    assert 400 < (line.typed_at_ms or 0) < 20_000


def test_what_both_hear_lies_at_the_same_place_in_both_tracks(
    server: SoundServer, record: Record
) -> None:
    """`me` on a copy of what the speaker plays: the tracks must agree to 2 ms."""
    server.pactl("load-module", "module-remap-source", "source_name=copy", "master=spk.monitor")
    recording = record(me="copy")
    recorded(recording, 1500)
    sound = noise(1.5)
    server.play(both(sound), "spk")
    reached = recording.look().elapsed_ms + 2500
    looks_until(recording, lambda look: look.elapsed_ms > reached, "the noise to end")
    done = stopped(recording)
    places = [find(sound, track(done, channel)) for channel in ("me", "them")]
    assert min(places) > 0
    # A remapped source is a stream of its own inside the server, with a delay that is not ours.
    limit = 0.002 if server.kind == "pulseaudio" else 0.025
    assert abs(places[0] - places[1]) / RATE <= limit


def test_the_default_speaker_changes_in_the_middle(server: SoundServer, record: Record) -> None:
    recording = record()
    recorded(recording, 1000)
    server.pactl("set-default-sink", "headset")
    wait_for(lambda: server.pactl("get-default-sink") == "headset", "the new default")
    looks_until(
        recording,
        lambda look: level_while_playing(server, recording, "headset") > -40,
        "the other speaker's sound",
    )
    done = stopped(recording)
    assert done.receipt.channels[1].heard_ms > 0


def test_the_speaker_goes_away_and_the_microphone_is_not_heard_instead(
    server: SoundServer, record: Record
) -> None:
    number = server.pactl(
        "load-module", "module-null-sink", "sink_name=buds", "rate=44100", "channels=2"
    )
    server.pactl("set-default-sink", "buds")
    voice = noise(40, seed=9)
    server.play(voice, "micbus")
    recording = record()
    recorded(recording, 1000)
    server.pactl("set-default-sink", "spk")
    server.pactl("unload-module", number)
    recorded(recording, 3000)
    assert level_while_playing(server, recording, "spk") > -40
    done = stopped(recording)
    them = track(done, "them")
    heard = np.abs(them.astype(int)) > 0
    assert heard.any()
    for start in range(0, len(voice) - 4800, 4800):
        assert find(voice[start : start + 64], them) == -1


def test_a_call_on_another_speaker_than_the_default_is_recorded(
    server: SoundServer, record: Record
) -> None:
    """And kept, while the program mutes by letting go of its microphone."""
    recording = record()
    recorded(recording, 500)
    zoom = server.hold_microphone("zoom")
    server.play(both(noise(30)), "headset", name="zoom")
    looks_until(recording, lambda look: look.channels["them"].level_db > -40, "the call's sound")
    server.end(zoom)
    wait_for(lambda: "zoom" not in server.pactl("list", "source-outputs"), "its letting go")
    at = recording.look().elapsed_ms
    looks_until(recording, lambda look: look.elapsed_ms > at + 2500, "another look around")
    assert recording.look().channels["them"].level_db > -40


def test_pause_leaves_a_marked_hole(pulseaudio: SoundServer, record: Record) -> None:
    recording = record()
    recorded(recording, 1000)
    assert recording.pause().is_paused
    at = recording.look().elapsed_ms
    looks_until(recording, lambda look: look.elapsed_ms > at + 1500, "a pause")
    assert not recording.resume().is_paused
    had = recording.look().channels["me"].recorded_ms
    recorded(recording, had + 1000)
    done = stopped(recording)
    for channel in ("me", "them"):
        (gap,) = [g for g in done.recording.gaps if g.channel == channel]
        assert gap.reason == "paused"
        assert gap.end_ms - gap.start_ms == pytest.approx(1500, abs=500)


def test_off_the_record_takes_what_was_said_off_the_disk(
    pulseaudio: SoundServer, record: Record
) -> None:
    recording = record()
    recorded(recording, 500)
    secret = noise(1.2, seed=5)
    pulseaudio.play(secret, "micbus")
    recorded(recording, 2200)
    folder = recording.folder.path
    piece = secret[RATE : RATE + 200].tobytes()
    assert any(piece in f.read_bytes() for f in folder.glob("me-*.wav"))
    look = recording.off_the_record()
    assert not any(piece in f.read_bytes() for f in folder.iterdir() if f.is_file())
    assert [e["event"] for e in look.events if "start_ms" in e] == ["off the record"]
    had = look.channels["me"].recorded_ms
    recorded(recording, had + 1000)
    done = stopped(recording)
    assert {g.reason for g in done.recording.gaps} == {"off the record"}
    assert find(secret[RATE : RATE + 200], track(done, "me")) == -1
    assert done.receipt.duration_ms > 3000


def test_a_window_that_died_finds_its_recording_again(
    pulseaudio: SoundServer, record: Record
) -> None:
    first = record()
    recorded(first, 500)
    first._client.close()
    second = join_recording(first.folder)
    recorded(second, 1000)
    assert second.stop().ended == "stopped"
    second.leave()
    assert not first.folder.is_running()


@pytest.mark.soak
def test_logging_out_completes_the_recording(pulseaudio: SoundServer, record: Record) -> None:
    recording = record()
    recorded(recording, 500)
    os.kill(recorder_pid(recording), signal.SIGTERM)
    wait_for(lambda: not recording.folder.is_running(), "the end")
    recording.leave()
    done = run(finish(recording.folder))
    assert done.receipt.ended == "the system ended the recorder"


@pytest.mark.soak
@pytest.mark.timeout(1200)
def test_ten_minutes_lose_no_sample(server: SoundServer, record: Record) -> None:
    recording = record()
    recorded(recording, 1500)
    mine, theirs = noise(600, seed=1), noise(600, seed=2)
    server.play(mine, "micbus", ahead_ms=2000)
    server.play(both(theirs), "spk", ahead_ms=2000)
    end = recording.look().elapsed_ms + 608_000
    looks_until(recording, lambda look: look.elapsed_ms > end, "ten minutes", 900)
    done = stopped(recording)
    for channel, sound in (("me", mine), ("them", theirs)):
        at = find(sound[:400], track(done, channel))
        assert np.array_equal(track(done, channel)[at : at + len(sound)], sound)
        # After it the made microphone is dead silent, and is opened anew for that.
        end_ms = (at + len(sound)) * 1000 // RATE
        gaps = [gap for gap in done.recording.gaps if gap.channel == channel]
        assert not [gap for gap in gaps if gap.start_ms < end_ms]
