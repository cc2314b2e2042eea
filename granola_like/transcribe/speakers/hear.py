"""One side's speech is given to the engine that tells voices apart, without the silence.

A failing engine costs the names of the speakers, never a word.
"""

import logging
from collections.abc import Iterator

import numpy as np

from granola_like.audio.decode import Block, Source, blocks
from granola_like.domain.recording import Channel
from granola_like.domain.transcript import Transcript
from granola_like.engines.base import SAMPLE_RATE, Samples, VoiceSplitter, VoiceTurn
from granola_like.errors import GranolaError
from granola_like.jobs import Job, Progress
from granola_like.transcribe.speakers.assign import assign

logger = logging.getLogger(__name__)

TELLING_APART = "Telling the voices apart"

AROUND_MS = 200
"""So much sound is kept around each utterance: word times are good to a few hundredths."""

LONGEST_MS = 3 * 3600_000
"""Of speech on one side; what is said after that keeps its name. It bounds the memory: 690 MB."""


def tell_apart(
    transcript: Transcript,
    sound: Source | Samples,
    engine: VoiceSplitter,
    *,
    channel: Channel = "them",
    voices: int | None = None,
) -> Job[Transcript]:
    """Name the speakers of one channel by their voices. Where that fails, nothing is changed."""
    stretches = _stretches(transcript, channel)
    if not stretches:
        return transcript
    yield Progress(TELLING_APART)
    try:
        speech = yield from _speech(sound, stretches)
        turns: list[VoiceTurn] = []
        heard = engine.split(speech, voices)
        try:
            for turn in heard:
                if turn is not None:
                    turns += _on_the_clock(turn, stretches)
                yield Progress(TELLING_APART)
        finally:
            close = getattr(heard, "close", None)
            if close is not None:
                close()
    except GranolaError as error:
        logger.warning("the voices could not be told apart (%s)", type(error).__name__)
        return transcript
    logger.info("%d voices in %d turns", len({turn.voice for turn in turns}), len(turns))
    return assign(transcript, turns, channel)


def _stretches(transcript: Transcript, channel: Channel) -> list[tuple[int, int]]:
    """Give where somebody speaks, in order and without overlap."""
    found: list[tuple[int, int]] = []
    total = 0
    for said in transcript:
        if said.channel != channel or total >= LONGEST_MS:
            continue
        start, end = max(0, said.start_ms - AROUND_MS), said.end_ms + AROUND_MS
        if found and start <= found[-1][1]:
            total += max(0, end - found[-1][1])
            found[-1] = (found[-1][0], max(end, found[-1][1]))
        else:
            total += end - start
            found.append((start, end))
    return found


def _speech(sound: Source | Samples, stretches: list[tuple[int, int]]) -> Job[Samples]:
    """Cut the stretches out of the sound, one behind the other."""
    spans = [(_sample(start), _sample(end)) for start, end in stretches]
    out = np.zeros(sum(end - start for start, end in spans), np.float32)
    starts = np.cumsum([0, *(end - start for start, end in spans)])
    at = 0
    for block in _blocks(sound):
        for (start, end), place in zip(spans, starts, strict=False):
            low, high = max(start, at), min(end, at + len(block.samples))
            if low < high:
                part = block.samples[low - at : high - at]
                out[place + low - start : place + high - start] = part
        at += len(block.samples)
        yield Progress(TELLING_APART)
    return out


def _blocks(sound: Source | Samples) -> Iterator[Block]:
    if isinstance(sound, np.ndarray):
        yield Block(sound, 1.0)
    else:
        yield from blocks(sound)


def _on_the_clock(turn: VoiceTurn, stretches: list[tuple[int, int]]) -> Iterator[VoiceTurn]:
    """Put a turn of the packed speech back to where it was said."""
    at = 0
    for start, end in stretches:
        low, high = max(turn.start_ms, at), min(turn.end_ms, at + end - start)
        if low < high:
            yield VoiceTurn(start + low - at, start + high - at, turn.voice)
        at += end - start


def _sample(ms: int) -> int:
    return ms * SAMPLE_RATE // 1000
