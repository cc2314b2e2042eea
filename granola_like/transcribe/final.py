"""The final pass: saved sound becomes the best transcript that the engine can give."""

import logging
import threading
from collections.abc import Callable, Generator, Iterable, Iterator, Mapping, Sequence
from contextlib import closing
from dataclasses import dataclass, replace
from datetime import datetime
from pathlib import Path
from typing import TypeAlias, TypeVar

import numpy as np

from granola_like.audio.decode import BLOCK_SECONDS, Block, Source, blocks, probe
from granola_like.domain.recording import Channel
from granola_like.domain.transcript import Transcript, Word
from granola_like.engines.base import (
    SAMPLE_RATE,
    Heard,
    Listening,
    Samples,
    SpeechFinder,
    Transcriber,
)
from granola_like.errors import EngineDied, GranolaError
from granola_like.jobs import Job, Progress
from granola_like.transcribe.cleaning import believed
from granola_like.transcribe.packing import Batch, batches
from granola_like.transcribe.speech import Cutting
from granola_like.transcribe.utterances import Said, Shape, cut, on_one_clock, spread

logger = logging.getLogger(__name__)

T = TypeVar("T")

Sound: TypeAlias = Path | Source | Samples
"""A file, one side of a file, or samples (mono float32, 16 kHz)."""

SPEAKERS: Mapping[Channel, str] = {"me": "Me", "them": "Them"}

DETECTING_SECONDS = 30
"""So much speech decides on the language: what Whisper hears at once."""

READING, FINDING_LANGUAGE, TRANSCRIBING = (
    "Reading the sound",
    "Finding the language",
    "Transcribing",
)


@dataclass(frozen=True, slots=True, kw_only=True)
class _Pass:
    """What does not change while all channels are heard."""

    engine: Transcriber
    how: Listening
    shape: Shape


def final_pass(
    tracks: Mapping[Channel, Sound],
    engine: Transcriber,
    finder: SpeechFinder,
    *,
    speakers: Mapping[Channel, str] = SPEAKERS,
    language: str | None = None,
    hints: tuple[str, ...] = (),
    cutting: Cutting | None = None,
    created_at: datetime | None = None,
) -> Job[Transcript]:
    """Transcribe the channels of one meeting onto one clock, in the order of time.

    The language is found once, over the channel with the most speech, and kept; give it to keep
    it fixed. An engine that dies is started again once, and goes on from the last words it gave.
    Sound in which nobody speaks gives an empty transcript. Raises SoundError and EngineError.
    """
    queues = [
        _Queue(channel, sound, finder, cutting or Cutting()) for channel, sound in tracks.items()
    ]
    for queue in queues:
        # Every file is opened before the long work begins: a bad one is heard of at once.
        yield from queue.advance(queues)
    how = Listening(language=language or None, hints=hints)
    if language is None:
        language = yield from _find_language(engine, queues)
        how = replace(how, language=language)
    passing = _Pass(engine=engine, how=how, shape=Shape())
    said: list[Said] = []
    for queue in queues:
        while queue.batch is not None:
            said += yield from _transcribe(queue, queues, passing)
            yield from queue.advance(queues)
    logger.info("transcribed %d channels into %d utterances", len(queues), len(said))
    transcript = on_one_clock(
        said, language=language or "en", speakers=dict(speakers), engine=engine.name
    )
    return replace(transcript, created_at=created_at)


class _Queue:
    """One channel's speech, a batch at a time, and how far it has been dealt with."""

    def __init__(
        self, channel: Channel, sound: Sound, finder: SpeechFinder, cutting: Cutting
    ) -> None:
        self.channel = channel
        self.weight = _claimed_seconds(sound)
        self.batch: Batch | None = None
        self.done = 0.0
        self._batches = batches(_blocks(sound), finder.listen(), cutting=cutting)

    def advance(self, queues: list["_Queue"]) -> Job[None]:
        """Read on to the next batch; `batch` is None when the sound has ended."""
        if self.batch is not None:
            self.done = self.batch.fraction
            self.batch = None
        for found in self._batches:
            if isinstance(found, Batch):
                self.batch = found
                return
            yield Progress(READING, _fraction(queues))
        self.done = 1.0


def _fraction(queues: list[_Queue]) -> float:
    total = sum(queue.weight for queue in queues)
    return min(1.0, sum(queue.weight * queue.done for queue in queues) / total) if total else 0.0


def _transcribe(queue: _Queue, queues: list[_Queue], passing: _Pass) -> Job[list[Said]]:
    """Hear one batch: words on the meeting clock, cut into utterances."""
    batch = queue.batch
    assert batch is not None
    packed, clock = batch.packed(), batch.clock()
    length_ms = len(packed) * 1000 / SAMPLE_RATE
    before, upto = queue.done, batch.fraction
    words: list[Word] = []
    yield Progress(TRANSCRIBING, _fraction(queues))
    how = replace(passing.how, pauses_ms=batch.pauses_ms())
    with closing(_listen(passing.engine, packed, how)) as stretches:
        for heard in stretches:
            kept = believed(heard, hints=passing.how.hints) if heard.text else None
            for word in _words_of(kept) if kept else ():
                start, end = clock.span(word.start_ms, word.end_ms)
                start = max(start, words[-1].start_ms if words else 0)
                words.append(replace(word, start_ms=start, end_ms=max(start, end)))
            queue.done = before + max(0.0, upto - before) * min(1.0, heard.end_ms / length_ms)
            yield Progress(TRANSCRIBING, _fraction(queues))
    return [Said(queue.channel, part) for part in cut(words, passing.shape)]


def _words_of(heard: Heard) -> tuple[Word, ...]:
    return heard.words or spread(heard.text, heard.start_ms, heard.end_ms)


def _listen(engine: Transcriber, sound: Samples, how: Listening) -> Generator[Heard, None, None]:
    """Hear all of it; when the engine dies once, go on from the last words. Raises EngineError."""
    heard_to = 0
    for last_try in (False, True):
        shift = _pause_at(heard_to, how.pauses_ms)
        rest = sound[shift * SAMPLE_RATE // 1000 :]
        pauses = tuple(pause - shift for pause in how.pauses_ms if pause > shift)
        try:
            for heard in engine.transcribe(rest, replace(how, pauses_ms=pauses)):
                moved = _shifted(heard, shift)
                if heard.text:
                    heard_to = moved.end_ms
                yield moved
            return
        except EngineDied:
            if last_try:
                raise
            logger.warning("the engine died at %d ms and goes on from there", heard_to)


def _pause_at(ms: int, pauses_ms: Sequence[int]) -> int:
    """Take the pause that a word's end means: word times are good to half a second."""
    near = [pause for pause in pauses_ms if abs(pause - ms) <= 500]
    return min(near, key=lambda pause: abs(pause - ms), default=ms)


def _shifted(heard: Heard, by_ms: int) -> Heard:
    return replace(
        heard,
        start_ms=heard.start_ms + by_ms,
        end_ms=heard.end_ms + by_ms,
        words=tuple(
            replace(word, start_ms=word.start_ms + by_ms, end_ms=word.end_ms + by_ms)
            for word in heard.words
        ),
    )


def _find_language(engine: Transcriber, queues: Iterable[_Queue]) -> Job[str | None]:
    """Ask once, over the longest stretches of the channel with the most speech."""
    waiting = [queue.batch for queue in queues if queue.batch is not None]
    if not waiting:
        return None
    most = max(waiting, key=lambda batch: batch.seconds)
    sound = _best_speech(most)
    yield Progress(FINDING_LANGUAGE)
    asking = _patiently(lambda: engine.detect_language(sound), stop=engine.close)
    with closing(asking):
        while True:
            try:
                next(asking)
            except StopIteration as done:
                language, probability = done.value
                break
            yield Progress(FINDING_LANGUAGE)
    logger.info("the language is %s (probability %.2f)", language, probability)
    return str(language)


def _best_speech(batch: Batch) -> Samples:
    """Take the longest pieces, in their order, until there is enough."""
    room = DETECTING_SECONDS * SAMPLE_RATE
    taken: list[int] = []
    order = sorted(range(len(batch.pieces)), key=lambda i: -len(batch.pieces[i].sound))
    for index in order:
        if room <= 0:
            break
        taken.append(index)
        room -= len(batch.pieces[index].sound)
    sound = np.concatenate([batch.pieces[index].sound for index in sorted(taken)])
    return sound[: DETECTING_SECONDS * SAMPLE_RATE]


def _patiently(ask: Callable[[], T], *, stop: Callable[[], object]) -> Generator[None, None, T]:
    """Wait for an answer with signs of life; closing calls `stop` so that the wait ends."""
    answers: list[T] = []
    errors: list[GranolaError] = []

    def work() -> None:
        try:
            answers.append(ask())
        except GranolaError as error:
            errors.append(error)

    thread = threading.Thread(target=work, name="asking an engine")
    thread.start()
    try:
        while thread.is_alive():
            thread.join(0.1)
            yield
    except BaseException:  # closed, or Ctrl-C: the wait below must end
        stop()
        raise
    finally:
        thread.join()
    if errors:
        raise errors[0]
    return answers[0]


def _blocks(sound: Sound) -> Iterator[Block]:
    if not isinstance(sound, np.ndarray):
        yield from blocks(sound)
        return
    step = BLOCK_SECONDS * SAMPLE_RATE
    for at in range(0, len(sound), step):
        yield Block(sound[at : at + step], min(1.0, (at + step) / len(sound)))


def _claimed_seconds(sound: Sound) -> float:
    """How much one channel weighs in the progress; a header's lie only bends the bar."""
    if isinstance(sound, np.ndarray):
        return len(sound) / SAMPLE_RATE
    facts = probe(sound.path if isinstance(sound, Source) else sound)
    return max(1.0, (facts.duration_ms or 60_000) / 1000)
