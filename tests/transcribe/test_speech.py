import numpy as np
from hypothesis import given, settings
from hypothesis import strategies as st

from granola_like.audio.decode import Block
from granola_like.engines.base import SAMPLE_RATE, SPEECH_FRAME
from granola_like.engines.fake import FakeSpeechFinder
from granola_like.transcribe.packing import Batch, PackedClock, Piece, batches
from granola_like.transcribe.speech import FRAME_MS, Cutting, SpeechCutter

LIKELY = st.lists(st.floats(0, 1), max_size=300)
QUICK = Cutting(pause_ms=160, pad_ms=64, longest_ms=3_000)


def spans(likelihoods: list[float], cutting: Cutting = QUICK) -> list[tuple[int, int]]:
    cutter = SpeechCutter(cutting)
    return cutter.feed(likelihoods) + cutter.finish()


@given(LIKELY)
def test_spans_are_in_order_within_the_sound_and_apart(likelihoods: list[float]) -> None:
    found = spans(likelihoods)
    edges = [edge for span in found for edge in span]
    assert edges == sorted(edges)
    assert all(0 <= start < end <= len(likelihoods) for start, end in found)


@given(LIKELY)
def test_every_likely_frame_is_in_a_span(likelihoods: list[float]) -> None:
    inside = {frame for start, end in spans(likelihoods) for frame in range(start, end)}
    assert {n for n, likely in enumerate(likelihoods) if likely >= QUICK.enter} <= inside


@given(LIKELY, st.lists(st.integers(1, 50), max_size=10))
def test_portions_do_not_matter(likelihoods: list[float], cuts: list[int]) -> None:
    cutter, at, found = SpeechCutter(QUICK), 0, []
    for cut in [*cuts, len(likelihoods)]:
        found += cutter.feed(likelihoods[at : at + cut])
        at += cut
    assert found + cutter.finish() == spans(likelihoods)


@given(LIKELY)
def test_no_span_is_longer_than_memory_allows(likelihoods: list[float]) -> None:
    pads = 2 * round(QUICK.pad_ms / FRAME_MS) + round(QUICK.pause_ms / FRAME_MS)
    for start, end in spans(likelihoods):
        assert end - start <= QUICK.longest_ms / FRAME_MS + pads + 1


def test_silence_gives_nothing() -> None:
    assert spans([0.0] * 500) == []


@settings(max_examples=40, deadline=None)
@given(
    bursts=st.lists(st.tuples(st.integers(0, 40), st.integers(1, 30)), max_size=8),
    block=st.integers(700, 20_000),
)
def test_packed_speech_is_the_sound_at_its_place(bursts: list[tuple[int, int]], block: int) -> None:
    """However the sound comes in blocks, pieces hold exactly the sound that is there."""
    parts = [np.zeros(100, np.float32)]
    for quiet, loud in bursts:
        parts += [np.zeros(quiet * SPEECH_FRAME, np.float32)]
        parts += [np.linspace(0.1, 0.9, loud * SPEECH_FRAME, dtype=np.float32)]
    sound = np.concatenate(parts)
    cut = (Block(sound[at : at + block], 0.5) for at in range(0, len(sound), block))
    found = [
        piece
        for batch in batches(cut, FakeSpeechFinder().listen(), cutting=QUICK)
        if isinstance(batch, Batch)
        for piece in batch.pieces
    ]
    for piece in found:
        assert np.array_equal(piece.sound, sound[piece.start : piece.start + len(piece.sound)])
    covered = np.zeros(len(sound), bool)
    for piece in found:
        covered[piece.start : piece.start + len(piece.sound)] = True
    assert np.count_nonzero(sound[~covered]) == 0


def test_packed_times_come_back_to_the_clock() -> None:
    second = SAMPLE_RATE
    sound = np.zeros(2 * second, np.float32)
    clock = PackedClock([Piece(10 * second, sound), Piece(60 * second, sound)])
    assert clock.span(500, 900) == (10_500, 10_900)
    assert clock.span(2_100, 2_500) == (60_100, 60_500)
    assert clock.span(1_800, 2_100) == (11_800, 12_000)  # mostly in the first piece: kept there


def test_long_speech_comes_in_batches_and_all_of_it() -> None:
    loud = np.full(60 * SAMPLE_RATE, 0.3, np.float32)
    blocks = (Block(loud, n / 25) for n in range(1, 26))
    found = [b for b in batches(blocks, FakeSpeechFinder().listen()) if isinstance(b, Batch)]
    assert len(found) > 1
    total = sum(len(piece.sound) for batch in found for piece in batch.pieces)
    assert total == 25 * 60 * SAMPLE_RATE
    assert max(batch.seconds for batch in found) <= 1_000
