"""What a channel's writer puts on the disk, at every moment of its life."""

import resource
import subprocess
import sys
import wave
from pathlib import Path

import numpy as np
import pytest
import soundfile
from hypothesis import given, settings
from hypothesis import strategies as st

from granola_like.audio.channel_files import read_channel, read_segment
from granola_like.audio.fake import FakeClock
from granola_like.audio.journal import read_journal
from granola_like.audio.segments import RATE, SegmentWriter
from granola_like.audio.wave_file import HEADER_BYTES, mend_wave, wave_facts

BLOCK = RATE // 20


def noise(frames: int, seed: int = 0) -> np.ndarray:
    return np.random.default_rng(seed).integers(-9000, 9000, frames, dtype=np.int16)


def feed(writer: SegmentWriter, clock: FakeClock, sound: np.ndarray) -> None:
    for at in range(0, len(sound), BLOCK):
        block = sound[at : at + BLOCK]
        clock.pass_time(len(block) / RATE)
        writer.append(block.tobytes(), arrived=clock.now().boot)


def everything(folder: Path) -> np.ndarray:
    names = [s.file for s in read_channel(folder, "me").segments]
    parts = [block for name in names for block in read_segment(folder, name)]
    return np.concatenate(parts) if parts else np.zeros(0, np.int16)


def test_a_growing_file_can_be_read_by_everybody(tmp_path: Path) -> None:
    clock = FakeClock()
    writer = SegmentWriter(tmp_path, "me", clock=clock)
    sound = noise(2 * RATE)
    feed(writer, clock, sound)
    file = tmp_path / "me-00000.wav"
    assert np.array_equal(soundfile.read(file, dtype="int16")[0], sound)
    with wave.open(str(file)) as plain:
        assert plain.readframes(len(sound)) == sound.tobytes()
    writer.close()
    assert soundfile.info(file).frames == len(sound)


@settings(max_examples=40, deadline=None)
@given(
    blocks=st.lists(st.integers(1, 3 * BLOCK), max_size=40),
    lates=st.sets(st.integers(0, 39)),
    cuts=st.sets(st.integers(0, 39)),
)
def test_no_sample_is_lost_however_the_blocks_come(
    tmp_path_factory: pytest.TempPathFactory, blocks: list[int], lates: set[int], cuts: set[int]
) -> None:
    folder, clock = tmp_path_factory.mktemp("r"), FakeClock()
    writer = SegmentWriter(folder, "me", clock=clock, seconds=0.4)
    sound = noise(sum(blocks))
    at = 0
    for number, frames in enumerate(blocks):
        clock.pass_time(frames / RATE + (0.7 if number in lates else 0))
        if number in cuts:
            writer.cut("moved")
        writer.append(sound[at : at + frames].tobytes(), arrived=clock.now().boot)
        at += frames
    writer.close()
    assert np.array_equal(everything(folder), sound)


def test_segments_are_short_and_anchored_every_second(tmp_path: Path) -> None:
    clock = FakeClock()
    writer = SegmentWriter(tmp_path, "me", clock=clock, seconds=5)
    feed(writer, clock, noise(12 * RATE))
    writer.close()
    lengths = [s.frames / RATE for s in read_channel(tmp_path, "me").segments]
    assert lengths == [5, 5, 2]
    anchors = [f for f in read_journal(tmp_path / "me.jsonl") if f["e"] == "anchor"]
    assert 12 <= len(anchors) <= 20


def test_a_late_block_opens_a_new_segment_and_an_even_stream_does_not(tmp_path: Path) -> None:
    clock = FakeClock()
    writer = SegmentWriter(tmp_path, "me", clock=clock)
    feed(writer, clock, noise(3 * RATE))
    clock.pass_time(0.2)
    feed(writer, clock, noise(RATE))
    assert len(list(tmp_path.glob("*.wav"))) == 1
    clock.pass_time(0.4)
    feed(writer, clock, noise(RATE))
    writer.close()
    assert len(list(tmp_path.glob("*.wav"))) == 2


def test_the_next_process_goes_on_with_new_numbers(tmp_path: Path) -> None:
    clock = FakeClock()
    for _ in range(3):
        writer = SegmentWriter(tmp_path, "me", clock=clock)
        feed(writer, clock, noise(RATE))
        writer.close()
    assert sorted(f.name for f in tmp_path.glob("*.wav")) == [f"me-0000{i}.wav" for i in range(3)]


def test_off_the_record_takes_the_last_minute_from_the_disk(tmp_path: Path) -> None:
    """Across segments, and across a recorder that died within the minute."""
    clock = FakeClock()
    sound = noise(100 * RATE)
    first = SegmentWriter(tmp_path, "me", clock=clock, seconds=20)
    feed(first, clock, sound[: 70 * RATE])
    second = SegmentWriter(tmp_path, "me", clock=clock, seconds=20)
    feed(second, clock, sound[70 * RATE :])
    second.drop(60)
    kept = everything(tmp_path)
    assert abs(len(kept) - 40 * RATE) <= BLOCK
    assert np.array_equal(kept, sound[: len(kept)])
    on_disk = b"".join(f.read_bytes() for f in tmp_path.glob("*.wav"))
    assert sound[45 * RATE : 45 * RATE + 500].tobytes() not in on_disk
    assert sound[30 * RATE : 30 * RATE + 500].tobytes() in on_disk
    feed(second, clock, noise(RATE, seed=1))
    second.close()
    assert np.array_equal(everything(tmp_path)[-RATE:], noise(RATE, seed=1))


def test_off_the_record_in_the_first_minute_leaves_nothing(tmp_path: Path) -> None:
    clock = FakeClock()
    writer = SegmentWriter(tmp_path, "me", clock=clock, seconds=5)
    feed(writer, clock, noise(12 * RATE))
    writer.drop(60)
    writer.close()
    assert not list(tmp_path.glob("*.wav"))
    assert len(read_channel(tmp_path, "me").drops) == 1


FULL_DISK = """
import resource, signal, sys
from pathlib import Path
import numpy as np
from granola_like.audio.fake import FakeClock
from granola_like.audio.segments import RATE, DiskFull, SegmentWriter
signal.signal(signal.SIGXFSZ, signal.SIG_IGN)
limit = int(sys.argv[2])
if limit:
    resource.setrlimit(resource.RLIMIT_FSIZE, (limit, limit))
clock = FakeClock()
writer = SegmentWriter(Path(sys.argv[1]), "me", clock=clock, seconds=60)
sound = np.random.default_rng(0).integers(-9000, 9000, 60 * RATE, dtype=np.int16)
try:
    for at in range(0, len(sound), RATE // 20):
        clock.pass_time(0.05)
        writer.append(sound[at : at + RATE // 20].tobytes(), arrived=clock.now().boot)
except DiskFull as error:
    print(error)
"""


def stop_on_full_disk(folder: Path, limit: int) -> np.ndarray:
    done = subprocess.run(
        [sys.executable, "-c", FULL_DISK, str(folder), str(limit)],
        capture_output=True,
        text=True,
        check=True,
    )
    assert done.stdout.strip() == "The disk is full, so the recording stopped."
    file = folder / "me-00000.wav"
    kept, rate = soundfile.read(file, dtype="int16")
    with wave.open(str(file)) as plain:
        assert plain.getnframes() == len(kept)
    assert rate == RATE
    return kept


@pytest.mark.parametrize("limit", [1_000_000, 1_000_001, 999_997])
def test_a_full_disk_stops_with_a_sentence_and_a_valid_file(tmp_path: Path, limit: int) -> None:
    kept = stop_on_full_disk(tmp_path, limit)
    assert len(kept) == (limit - HEADER_BYTES) // 2
    assert np.array_equal(kept, noise(60 * RATE)[: len(kept)])


def test_a_really_full_disk(tmp_path: Path) -> None:
    """A file system of 2 MiB, where the machine lets us make one."""
    disk = tmp_path / "disk"
    disk.mkdir()
    mount = ["mount", "-t", "tmpfs", "-o", "size=2m", "tmpfs", str(disk)]
    if subprocess.run(mount, capture_output=True, check=False).returncode:
        pytest.skip("no file system can be mounted here")
    try:
        kept = stop_on_full_disk(disk, 0)
        assert len(kept) > 0.9 * 2**20 - RATE
        assert np.array_equal(kept, noise(60 * RATE)[: len(kept)])
    finally:
        subprocess.run(["umount", str(disk)], check=True)


def test_a_file_cut_anywhere_is_mended(tmp_path: Path) -> None:
    clock = FakeClock()
    writer = SegmentWriter(tmp_path, "me", clock=clock)
    feed(writer, clock, noise(60))
    whole = (tmp_path / "me-00000.wav").read_bytes()
    writer.close()
    file = tmp_path / "cut.wav"
    for length in range(len(whole)):
        file.write_bytes(whole[:length])
        facts = mend_wave(file)
        if length < HEADER_BYTES:
            assert facts is None
        else:
            assert facts is not None
            assert facts == wave_facts(file)
            assert (
                soundfile.read(file, dtype="int16")[0].tobytes()
                == whole[44:length][: facts.frames * 2]
            )


def test_memory_does_not_grow_with_the_recording(tmp_path: Path) -> None:
    """Three minutes in no time: what the writer remembers is a segment's facts, not its sound."""
    clock = FakeClock()
    writer = SegmentWriter(tmp_path, "me", clock=clock)
    sound = noise(10 * RATE)
    feed(writer, clock, sound)
    before = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss
    for _ in range(17):
        feed(writer, clock, sound)
    writer.close()
    assert resource.getrusage(resource.RUSAGE_SELF).ru_maxrss - before < 4096


@pytest.mark.soak
@pytest.mark.timeout(3600)
def test_eight_hours_in_flat_memory(tmp_path: Path) -> None:
    clock = FakeClock()
    writer = SegmentWriter(tmp_path, "me", clock=clock)
    sound = noise(60 * RATE)
    feed(writer, clock, sound)
    before = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss
    for _ in range(8 * 60 - 1):
        feed(writer, clock, sound)
    assert resource.getrusage(resource.RUSAGE_SELF).ru_maxrss - before < 4096
    writer.close()
    frames = sum(s.frames for s in read_channel(tmp_path, "me").segments)
    assert frames == 8 * 3600 * RATE
