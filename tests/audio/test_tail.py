"""What a reader hears of a recording that is still being written."""

import time
from pathlib import Path

import numpy as np
import pytest
import soxr
from hypothesis import given, settings
from hypothesis import strategies as st

from granola_like.audio.channel_files import read_channel
from granola_like.audio.fake import FakeClock
from granola_like.audio.journal import Journal
from granola_like.audio.segments import RATE, SegmentWriter
from granola_like.audio.tail import HEARD_RATE, ChannelTail, TailBlock, TakenBack, _Stream
from granola_like.audio.timeline import Anchor, Segment, stretches
from granola_like.record.packing import YOUNG_SECONDS, pack_closed

BLOCK = RATE // 50


def tone(seconds: float, hertz: float = 440.0) -> np.ndarray:
    at = np.arange(round(seconds * RATE)) / RATE
    return (8000 * np.sin(2 * np.pi * hertz * at)).astype(np.int16)


class Writing:
    """A recorder's channel that is written by hand."""

    def __init__(self, folder: Path, *, segment_seconds: float = 1.0) -> None:
        self.folder = folder
        self.clock = FakeClock()
        self.segment_seconds = segment_seconds
        self.writer = SegmentWriter(folder, "me", clock=self.clock, seconds=segment_seconds)
        self.events = Journal(folder / "events.jsonl")
        now = self.clock.now()
        self.events.write("origin", boot_id=self.clock.boot_id, boot=now.boot, wall=now.wall)

    def sound(self, pcm: np.ndarray, block: int = BLOCK) -> None:
        for at in range(0, len(pcm), block):
            part = pcm[at : at + block]
            self.clock.pass_time(len(part) / RATE)
            self.writer.append(part.tobytes(), arrived=self.clock.now().boot)

    def restart(self) -> None:
        self.writer = SegmentWriter(
            self.folder, "me", clock=self.clock, seconds=self.segment_seconds
        )

    def close(self) -> None:
        self.writer.close()
        self.events.close()


@pytest.fixture
def writing(tmp_path: Path) -> Writing:
    return Writing(tmp_path)


def blocks(tail: ChannelTail) -> list[TailBlock]:
    return [part for part in tail.read(3600) if isinstance(part, TailBlock)]


def joined(parts: list[TailBlock]) -> np.ndarray:
    return np.concatenate([part.sound for part in parts])


def wanted(pcm: np.ndarray) -> np.ndarray:
    return soxr.resample(pcm.astype(np.float32) / 32768, RATE, HEARD_RATE, quality="HQ")


@settings(max_examples=25)
@given(
    portions=st.lists(st.integers(1, RATE), min_size=1, max_size=12),
    block=st.integers(200, 6000),
)
def test_however_the_sound_comes_it_is_one_stream(
    tmp_path_factory: pytest.TempPathFactory, portions: list[int], block: int
) -> None:
    """Over many segments, read in many looks: the same samples as resampled in one go."""
    writing = Writing(tmp_path_factory.mktemp("recording"), segment_seconds=0.4)
    tail = ChannelTail(writing.folder, "me")
    pcm = np.random.default_rng(1).integers(-9000, 9000, sum(portions), dtype=np.int16)
    found, at = [], 0
    for portion in portions:
        writing.sound(pcm[at : at + portion], block)
        at += portion
        found += blocks(tail)
    writing.sound(tone(0.5))  # so that the resampler's last samples come out
    found += blocks(tail)
    heard = joined(found)
    assert [part.follows for part in found] == [False] + [True] * (len(found) - 1)
    best = wanted(pcm)[:-600]
    np.testing.assert_allclose(heard[: len(best)], best, atol=1e-4)
    starts = [part.start_ms for part in found]
    ends = np.cumsum([0, *(len(part.sound) for part in found[:-1])]) * 1000 / HEARD_RATE
    np.testing.assert_allclose(starts, ends, atol=block * 1000 / RATE + 1)


def test_sound_is_heard_at_once(writing: Writing) -> None:
    """The resampler may hold back 40 ms, nobody else anything."""
    tail = ChannelTail(writing.folder, "me")
    pcm = tone(3)
    heard = 0
    for at in range(0, len(pcm), BLOCK):
        writing.sound(pcm[at : at + BLOCK])
        heard += sum(len(part.sound) for part in blocks(tail))
        written_ms = (at + BLOCK) * 1000 / RATE
        assert written_ms - heard * 1000 / HEARD_RATE <= 40


def test_a_hole_is_seen_where_it_is(writing: Writing) -> None:
    tail = ChannelTail(writing.folder, "me")
    writing.sound(tone(1.5))
    found = blocks(tail)
    writing.clock.pass_time(3)
    writing.sound(tone(1))
    after = blocks(tail)
    assert joined(found + after).shape[0] == pytest.approx(2.5 * HEARD_RATE, abs=700)
    breaks = [part for part in after if not part.follows]
    assert len(breaks) == 1
    assert breaks[0].start_ms == pytest.approx(4500, abs=25)


def test_packed_segments_are_read_as_well(writing: Writing) -> None:
    """A reader that fell far behind finds FLAC where it left WAV, in the middle of a segment."""
    tail = ChannelTail(writing.folder, "me")
    pcm = tone(4.5)
    writing.sound(pcm)
    found = [part for part in tail.read(1.3) if isinstance(part, TailBlock)]
    writing.clock.pass_time(YOUNG_SECONDS + 10)
    assert pack_closed(writing.folder, "me", clock=writing.clock) >= 4
    found += blocks(tail)
    best = wanted(pcm)
    heard = joined(found)
    assert len(heard) > len(best) - 700
    np.testing.assert_allclose(heard, best[: len(heard)], atol=1e-3)


def test_off_the_record_is_told_and_not_read_again(writing: Writing) -> None:
    tail = ChannelTail(writing.folder, "me")
    writing.sound(tone(5))
    found = blocks(tail)
    writing.writer.drop(2)
    writing.sound(tone(1, 880))
    after = tail.read()
    assert isinstance(after[0], TakenBack)
    assert after[0].start_ms == pytest.approx(3000, abs=30)
    assert after[0].end_ms == pytest.approx(5000, abs=30)
    rest = [part for part in after if isinstance(part, TailBlock)]
    assert not rest[0].follows
    assert rest[0].start_ms == pytest.approx(5000, abs=30)
    assert len(joined(found)) == pytest.approx(5 * HEARD_RATE, abs=700)
    assert len(joined(rest)) == pytest.approx(HEARD_RATE, abs=700)


def test_who_comes_later_never_hears_what_was_dropped(writing: Writing) -> None:
    writing.sound(tone(5))
    writing.writer.drop(2)
    writing.sound(tone(1))
    heard = blocks(ChannelTail(writing.folder, "me"))
    assert len(joined(heard)) == pytest.approx(4 * HEARD_RATE, abs=1400)


def test_a_recorder_that_died_and_began_anew(writing: Writing) -> None:
    tail = ChannelTail(writing.folder, "me")
    writing.sound(tone(1.2))
    found = blocks(tail)
    writing.clock.pass_time(2)
    writing.restart()
    writing.sound(tone(1.2))
    after = blocks(tail)
    broken = next(part for part in after if not part.follows)
    assert broken.start_ms == pytest.approx(3200, abs=30)
    assert len(joined(found + after)) == pytest.approx(2.4 * HEARD_RATE, abs=1400)


def test_skipping_leaves_the_last_seconds(writing: Writing) -> None:
    tail = ChannelTail(writing.folder, "me")
    writing.sound(tone(6))
    blocks(tail)
    writing.sound(tone(20))
    tail.read(0.01)
    behind = tail.behind_ms()
    tail.skip(keep_ms=2000)
    assert behind == pytest.approx(20_000, abs=100)
    found = blocks(tail)
    assert not found[0].follows
    assert found[0].start_ms == pytest.approx(24_000, abs=50)
    assert tail.behind_ms() == 0


def test_nothing_is_read_before_the_clock_has_begun(tmp_path: Path) -> None:
    tail = ChannelTail(tmp_path, "me")
    assert tail.read() == []
    clock = FakeClock()
    writer = SegmentWriter(tmp_path, "me", clock=clock)
    clock.pass_time(0.1)
    writer.append(tone(0.1).tobytes(), arrived=clock.now().boot)
    assert tail.read() == []
    events = Journal(tmp_path / "events.jsonl")
    events.write("origin", boot_id=clock.boot_id, boot=clock.now().boot - 0.1, wall=0.0)
    assert blocks(tail)[0].start_ms == pytest.approx(0, abs=2)
    writer.close()
    events.close()


@settings(max_examples=30)
@given(st.binary(max_size=400))
def test_damaged_journals_are_survived(
    tmp_path_factory: pytest.TempPathFactory, rubbish: bytes
) -> None:
    writing = Writing(tmp_path_factory.mktemp("recording"))
    writing.sound(tone(0.5))
    with (writing.folder / "me.jsonl").open("ab") as stream:
        stream.write(rubbish + b"\n")
    tail = ChannelTail(writing.folder, "me")
    first = len(joined(blocks(tail)))
    writing.sound(tone(0.5))
    assert first + len(joined(blocks(tail))) > 0.9 * HEARD_RATE


def test_the_reader_changes_nothing(writing: Writing) -> None:
    writing.sound(tone(2))
    before = {file.name: file.read_bytes() for file in writing.folder.iterdir()}
    blocks(ChannelTail(writing.folder, "me"))
    assert {file.name: file.read_bytes() for file in writing.folder.iterdir()} == before
    writing.close()
    assert read_channel(writing.folder, "me").segments


def test_hours_are_placed_as_well_as_minutes_and_cost_no_more(tmp_path: Path) -> None:
    """A device that runs 80 millionths too fast, with jitter: the clock follows it for two hours.

    The journal is real, the sound is short: a segment of 20 s holds only its anchors' frames.
    """
    rng = np.random.default_rng(5)
    stream = _Stream(RATE)
    took: list[float] = []
    for number in range(360):
        at = number * 20
        anchors = tuple(
            Anchor((s + 1) * RATE, (at + s + 1) / (1 + 80e-6) + rng.exponential(0.01))
            for s in range(20)
        )
        segment = Segment(f"me-{number:05d}", RATE, 20 * RATE, anchors, "full")
        began = time.process_time()
        assert stream.goes_on_with(segment)
        placed = stretches([*stream.past, segment])
        took.append(time.process_time() - began)
        assert len(placed) == 1
        if number > 40:  # from there on it cannot be jitter
            assert placed[0].ppm == pytest.approx(80, abs=15)
            end = placed[0].start + placed[0].seconds
            assert end == pytest.approx((at + 20) / (1 + 80e-6), abs=0.02)
        stream.remember(segment)
    assert sum(took[-30:]) / 30 < 0.1
