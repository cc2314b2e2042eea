"""From a folder, however it was left, to two tracks on the meeting clock."""

import os
import random
import shutil
from datetime import UTC, datetime
from pathlib import Path

import numpy as np
import pytest
import soundfile

from granola_like.audio.channel_files import read_channel
from granola_like.audio.fake import FakeClock
from granola_like.audio.segments import RATE, SegmentWriter
from granola_like.audio.timeline import stretches
from granola_like.domain.recording import Channel
from granola_like.errors import SoundError
from granola_like.jobs import run
from granola_like.record.finish import CHANNELS, finish, leftovers, load_finished
from granola_like.record.folder import RecordingFolder, create_folder, open_folder
from granola_like.record.notes import NotesJournal

BLOCK = RATE // 20
START = datetime(2026, 3, 3, 10, tzinfo=UTC)


def noise(frames: int, seed: int = 0) -> np.ndarray:
    return np.random.default_rng(seed).integers(-9000, 9000, frames, dtype=np.int16)


@pytest.fixture
def folder(tmp_path: Path) -> RecordingFolder:
    return create_folder(tmp_path, title="Budget", started_at=START)


class TwoChannels:
    """Feeds both writers as two devices would, on one clock."""

    def __init__(self, folder: RecordingFolder, clock: FakeClock | None = None) -> None:
        self.clock = clock or FakeClock()
        self.writers = {c: SegmentWriter(folder.path, c, clock=self.clock) for c in CHANNELS}

    def feed(self, sounds: dict[Channel, np.ndarray]) -> None:
        length = max(map(len, sounds.values()))
        for at in range(0, length, BLOCK):
            self.clock.pass_time(BLOCK / RATE)
            for channel, sound in sounds.items():
                block = sound[at : at + BLOCK]
                if len(block):
                    self.writers[channel].append(block.tobytes(), arrived=self.clock.now().boot)

    def close(self) -> None:
        for writer in self.writers.values():
            writer.close()


def track(folder: RecordingFolder, channel: Channel) -> np.ndarray:
    return soundfile.read(folder.path / f"{channel}.flac", dtype="int16")[0]


def test_tracks_are_bit_exact_and_the_segments_go(folder: RecordingFolder) -> None:
    two = TwoChannels(folder)
    me, them = noise(45 * RATE, 1), noise(45 * RATE, 2)
    two.feed({"me": me, "them": them})
    two.close()
    done = run(finish(folder))
    assert np.array_equal(track(folder, "me"), me)
    assert np.array_equal(track(folder, "them"), them)
    assert done.recording.gaps == ()
    assert done.receipt.duration_ms == 45_000
    assert [(c.recorded_ms, c.heard_ms) for c in done.receipt.channels] == [(45_000, 45_000)] * 2
    assert not list(folder.path.glob("*.wav"))
    assert run(finish(folder)) == load_finished(folder) == done


def test_a_hole_is_silence_of_its_length_with_a_reason(folder: RecordingFolder) -> None:
    two = TwoChannels(folder)
    one, other = noise(10 * RATE, 1), noise(10 * RATE, 2)
    two.feed({"me": one, "them": one})
    two.clock.pass_time(4)
    two.writers["me"].cut("paused")
    two.feed({"me": other, "them": other})
    two.close()
    done = run(finish(folder))
    assert [(g.channel, g.start_ms, g.end_ms) for g in done.recording.gaps] == [
        ("me", 10_000, 14_000),
        ("them", 10_000, 14_000),
    ]
    assert done.recording.gaps[0].reason == "paused"
    assert "delivered nothing" in done.recording.gaps[1].reason
    for channel in CHANNELS:
        expected = np.concatenate([one, np.zeros(4 * RATE, np.int16), other])
        assert np.array_equal(track(folder, channel), expected)
    assert done.receipt.channels[0].recorded_ms == 20_000
    assert done.receipt.duration_ms == 24_000


def test_a_drifting_microphone_stays_with_the_others(folder: RecordingFolder) -> None:
    """Clicks that both heard at the same moments are within 2 ms of each other to the end."""
    seconds, ppm = 70, 150
    two = TwoChannels(folder)
    clicks = np.zeros(seconds * RATE, np.int16)
    clicks[RATE // 2 :: RATE] = 20_000
    fast = np.zeros(round(seconds * RATE * (1 + ppm * 1e-6)), np.int16)
    fast[np.round((np.arange(seconds) + 0.5) * RATE * (1 + ppm * 1e-6)).astype(int)] = 20_000
    at = 0
    for k in range(seconds * 20):
        two.clock.pass_time(0.05)
        now = two.clock.now().boot
        two.writers["them"].append(clicks[k * BLOCK : (k + 1) * BLOCK].tobytes(), arrived=now)
        until = int((k + 1) * BLOCK * (1 + ppm * 1e-6))
        two.writers["me"].append(fast[at:until].tobytes(), arrived=now)
        at = until
    two.close()
    done = run(finish(folder))
    assert done.receipt.channels[0].drift_ppm == pytest.approx(ppm, abs=5)
    assert done.receipt.channels[1].drift_ppm == pytest.approx(0, abs=1)
    heard = [np.flatnonzero(track(folder, c) > 8000) for c in CHANNELS]
    firsts = [h[np.r_[True, np.diff(h) > RATE // 2]] for h in heard]
    assert len(firsts[0]) == len(firsts[1]) == seconds
    assert np.abs(firsts[0] - firsts[1]).max() <= 0.002 * RATE


def test_a_recording_that_spans_a_restart_of_the_computer(folder: RecordingFolder) -> None:
    before = FakeClock("one", start=90_000)
    two = TwoChannels(folder, before)
    two.feed({c: noise(5 * RATE) for c in CHANNELS})
    after = FakeClock("two", start=30)
    after.pass_time(before.now().wall + 120 - after.now().wall)
    two = TwoChannels(folder, after)
    two.feed({c: noise(5 * RATE) for c in CHANNELS})
    two.close()
    done = run(finish(folder))
    assert done.receipt.duration_ms == pytest.approx(130_000, abs=2)
    assert [g.reason for g in done.recording.gaps] == ["the recorder had not started"] * 2


def test_off_the_record_is_a_marked_hole(folder: RecordingFolder) -> None:
    two = TwoChannels(folder)
    sound = noise(90 * RATE)
    two.feed(dict.fromkeys(CHANNELS, sound))
    for writer in two.writers.values():
        writer.drop(60)
    two.feed({c: noise(2 * RATE, 5) for c in CHANNELS})
    two.close()
    done = run(finish(folder))
    gap = next(g for g in done.recording.gaps if g.channel == "them")
    assert (gap.start_ms, gap.end_ms, gap.reason) == (30_000, 90_000, "off the record")
    assert not track(folder, "them")[30 * RATE : 90 * RATE].any()


def test_blanked_sound_is_told_as_a_hole(folder: RecordingFolder) -> None:
    two = TwoChannels(folder)
    two.feed({c: noise(5 * RATE) for c in CHANNELS})
    for _ in range(20):
        two.clock.pass_time(0.05)
        for channel in CHANNELS:
            silent = bytes(BLOCK * 2)
            why = "the speaker went away" if channel == "them" else None
            two.writers[channel].append(silent, arrived=two.clock.now().boot, blank=why)
    two.feed({c: noise(5 * RATE) for c in CHANNELS})
    two.close()
    (gap,) = run(finish(folder)).recording.gaps
    assert (gap.channel, gap.start_ms, gap.end_ms) == ("them", 5000, 6000)


def test_finishing_may_be_interrupted_and_tried_again(folder: RecordingFolder) -> None:
    two = TwoChannels(folder)
    sound = noise(30 * RATE)
    two.feed(dict.fromkeys(CHANNELS, sound))
    two.close()
    steps = sum(1 for _ in finish_copy(folder))
    for stop in (0, 1, steps // 3, steps // 2 + 1, steps - 1):
        job = finish(folder)
        for _ in range(stop):
            next(job)
        job.close()
        assert not folder.is_finished()
        assert not list(folder.path.glob("*.part"))
    run(finish(folder))
    assert np.array_equal(track(folder, "me"), sound)


def finish_copy(folder: RecordingFolder) -> object:
    copy = folder.path.parent / "copy"
    shutil.copytree(folder.path, copy)
    return finish(open_folder(copy))


def test_nobody_records_or_finishes_while_it_is_being_finished(folder: RecordingFolder) -> None:
    two = TwoChannels(folder)
    two.feed({c: noise(5 * RATE) for c in CHANNELS})
    two.close()
    job = finish(folder)
    next(job)
    assert folder.is_running()
    with pytest.raises(SoundError, match="still running"):
        next(finish(folder))
    job.close()
    assert not folder.is_running()
    assert run(finish(folder)).receipt.duration_ms == 5000


def test_no_sound_at_all_is_said(folder: RecordingFolder) -> None:
    with pytest.raises(SoundError, match="No sound was recorded"):
        run(finish(folder))


def test_one_channel_alone_is_a_recording(folder: RecordingFolder) -> None:
    two = TwoChannels(folder)
    two.feed({"them": noise(3 * RATE)})
    two.close()
    done = run(finish(folder))
    assert [t.channel for t in done.recording.tracks] == ["them"]
    assert done.receipt.channels[0].recorded_ms == 0


def crashed(folder: RecordingFolder) -> np.ndarray:
    """A recording of 25 s whose writers were never closed, with two typed lines."""
    two = TwoChannels(folder)
    sound = noise(25 * RATE)
    two.feed(dict.fromkeys(CHANNELS, sound))
    notes = NotesJournal(folder.path)
    notes.add("budget 120k", at_ms=4000)
    notes.add("Anna: report", at_ms=9000, indent=1)
    notes.close()
    return sound


def check_truncation(folder: RecordingFolder, work: Path, cuts: dict[str, list[int]]) -> None:
    """Cut the last segment, and then each journal, at each place: recovery always succeeds."""
    for name, places in cuts.items():
        for cut in places:
            if work.exists():
                shutil.rmtree(work)
            shutil.copytree(folder.path, work)
            file = work / name
            whole = file.read_bytes()
            file.write_bytes(whole[: len(whole) - cut])
            done = run(finish(open_folder(work), recovered=True))
            assert done.receipt.recovered
            assert len(done.notes) == 2 or name == "notes.jsonl"
            assert len(done.notes) >= 1 or cut > 100
            kept = soundfile.read(work / "them.flac", dtype="int16")[0]
            if name.endswith(".wav"):
                assert 25_000 - done.receipt.channels[1].recorded_ms <= cut / 96 + 1
            else:
                assert done.receipt.channels[1].recorded_ms == 25_000
            assert len(kept) >= 20 * RATE


def test_a_power_cut_at_any_byte_never_breaks_recovery(
    folder: RecordingFolder, tmp_path: Path
) -> None:
    crashed(folder)
    dice = random.Random(4)
    last = "them-00001.wav"
    check_truncation(
        folder,
        tmp_path / "work",
        {
            last: [1, 2, 3, *(dice.randrange(65_536) for _ in range(2))],
            "them.jsonl": [1, *(dice.randrange(600) for _ in range(1))],
            "notes.jsonl": [1, 30],
        },
    )


@pytest.mark.soak
@pytest.mark.timeout(3600)
def test_a_power_cut_at_every_byte_of_the_last_64_kib(
    folder: RecordingFolder, tmp_path: Path
) -> None:
    """Reading and placing at every byte; the whole way to the track at every 4096th."""
    crashed(folder)
    for name in ("them-00001.wav", "them.jsonl"):
        whole = (folder.path / name).read_bytes()
        for cut in range(min(65_536, len(whole)) + 1):
            (folder.path / name).write_bytes(whole[: len(whole) - cut])
            parts = stretches(read_channel(folder.path, "them").segments)
            frames = sum(part.frames for part in parts)
            lost = (cut + 1) // 2 if name.endswith("wav") else 0
            assert frames == 25 * RATE - lost
            assert parts[0].start == pytest.approx(1000, abs=0.01) or name == "them.jsonl"
            if cut % 4096 == 0:
                work = tmp_path / f"{name}-{cut}"
                shutil.copytree(folder.path, work)
                done = run(finish(open_folder(work), recovered=True))
                assert done.receipt.channels[0].recorded_ms == 25_000
                shutil.rmtree(work)
        (folder.path / name).write_bytes(whole)


def test_a_last_segment_cut_to_nothing_costs_only_itself(folder: RecordingFolder) -> None:
    crashed(folder)
    for length in (43, 10, 0):
        file = folder.path / "them-00001.wav"
        file.write_bytes(file.read_bytes()[:length])
        copy = folder.path.parent / f"copy{length}"
        shutil.copytree(folder.path, copy)
        done = run(finish(open_folder(copy)))
        assert done.receipt.channels[1].recorded_ms == 20_000


def test_the_next_start_finds_what_a_crash_left(folder: RecordingFolder, tmp_path: Path) -> None:
    sound = crashed(folder)
    (found,) = leftovers(tmp_path)
    assert found == folder
    done = run(finish(found, recovered=True))
    assert done.receipt.ended == "the recorder was interrupted"
    assert [n.text for n in done.notes] == ["budget 120k", "Anna: report"]
    assert np.array_equal(track(folder, "me"), sound)
    (tmp_path / "not a recording").mkdir()
    (tmp_path / "not a recording" / "recording.json").write_text("{")
    assert leftovers(tmp_path) == (folder,)


def test_a_recording_that_never_began_leaves_nothing(tmp_path: Path) -> None:
    empty = create_folder(tmp_path, title="never", started_at=START)
    young = create_folder(tmp_path, title="about to begin", started_at=START)
    noted = create_folder(tmp_path, title="only notes", started_at=START)
    journal = NotesJournal(noted.path)
    journal.add("kept", at_ms=0)
    journal.close()
    for old in (empty, noted):
        os.utime(old.path / "recording.json", (0, 0))
    assert {folder.title for folder in leftovers(tmp_path)} == {"about to begin", "only notes"}
    assert young.path.exists()
    assert not empty.path.exists()
