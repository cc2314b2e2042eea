"""The final pass: saved sound becomes the best transcript that the engine can give."""

import logging
from collections.abc import Iterator, Mapping, Sequence
from contextlib import closing
from dataclasses import dataclass, field, replace
from datetime import datetime
from itertools import count

from granola_like.domain.recording import Channel
from granola_like.domain.transcript import Transcript, Word
from granola_like.engines.base import (
    SAMPLE_RATE,
    Heard,
    Listening,
    SpeechFinder,
    Transcriber,
)
from granola_like.jobs import Job, Progress
from granola_like.transcribe.cleaning import believed
from granola_like.transcribe.echoes import without_echo, without_repeats
from granola_like.transcribe.kept import HeardSoFar, Kept
from granola_like.transcribe.language import find_language
from granola_like.transcribe.listening import listen
from granola_like.transcribe.mine import Mine, listen_for_echo
from granola_like.transcribe.pace import Pace
from granola_like.transcribe.packing import Batch, batches
from granola_like.transcribe.sounds import Sound, blocks_of, claimed_seconds
from granola_like.transcribe.speech import Cutting
from granola_like.transcribe.utterances import Said, Shape, cut, on_one_clock, spread

logger = logging.getLogger(__name__)

SPEAKERS: Mapping[Channel, str] = {"me": "Me", "them": "Them"}

READING, TRANSCRIBING = "Reading the sound", "Transcribing"

_ORDER: tuple[Channel, ...] = ("them", "me")
"""What they said must be known before what of mine is theirs come back."""


@dataclass(frozen=True, slots=True, kw_only=True)
class _Pass:
    """What does not change while all channels are heard."""

    engine: Transcriber
    how: Listening
    kept: Kept | None
    pace: Pace = field(default_factory=Pace)


def final_pass(
    tracks: Mapping[Channel, Sound],
    engine: Transcriber,
    finder: SpeechFinder,
    *,
    speakers: Mapping[Channel, str] = SPEAKERS,
    language: str | None = None,
    hints: tuple[str, ...] = (),
    headset: bool = False,
    cutting: Cutting | None = None,
    kept: Kept | None = None,
    created_at: datetime | None = None,
) -> Job[Transcript]:
    """Transcribe the channels of one meeting onto one clock, in the order of time.

    Where the others come back into the microphone, they are taken out of it, unless `headset` says
    that they cannot. The language is found once, by a vote of several stretches of both channels,
    and kept; give it to keep it fixed. An engine that dies is started again once, and goes on from
    the last words it gave; with `kept` a pass that was stopped goes on from there, too. Sound in
    which nobody speaks gives an empty transcript. Raises SoundError and EngineError.
    """
    for sound in tracks.values():
        claimed_seconds(sound)  # a bad file is heard of at once
    mine: Mine | None = None
    if len(tracks) == 2 and not headset:
        paths = yield from listen_for_echo(tracks["me"], tracks["them"])
        mine = Mine(tracks["me"], tracks["them"], paths) if paths else None
    queues = []
    for channel in sorted(tracks, key=_ORDER.index):
        sound = tracks[channel]
        own = mine if channel == "me" else None
        found = batches(
            own.blocks() if own else blocks_of(sound),
            finder.listen(),
            cutting=cutting,
            keen=own is None,
        )
        queue = _Queue(channel, claimed_seconds(sound), own.parted(found) if own else found)
        queues.append(queue)
        yield from queue.advance(queues)
    language = language or (kept.language if kept else None)
    if language is None:
        waiting = [queue.batch for queue in queues if queue.batch is not None]
        with closing(find_language(engine, waiting)) as finding:
            language = yield from finding
        if language is not None and kept is not None:
            kept.keep_language(language)
    passing = _Pass(engine=engine, how=Listening(language=language, hints=hints), kept=kept)
    words: dict[Channel, list[Word]] = {}
    for queue in queues:
        words[queue.channel] = heard = []
        for number in count():
            if queue.batch is None:
                break
            heard += yield from _transcribe(queue, number, queues, passing)
            yield from queue.advance(queues)
    said = _said(words, mine)
    logger.info("transcribed %d channels into %d utterances", len(queues), len(said))
    transcript = on_one_clock(
        said, language=language or "en", speakers=dict(speakers), engine=engine.name
    )
    return replace(transcript, created_at=created_at)


class _Queue:
    """One channel's speech, a batch at a time, and how far it has been dealt with."""

    def __init__(self, channel: Channel, seconds: float, found: Iterator[Batch | float]) -> None:
        self.channel = channel
        self.weight = seconds
        """How much one channel weighs in the progress; a header's lie only bends the bar."""
        self.batch: Batch | None = None
        self.done = 0.0
        self._batches = found

    def advance(self, queues: Sequence["_Queue"]) -> Job[None]:
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


def _fraction(queues: Sequence[_Queue]) -> float:
    total = sum(queue.weight for queue in queues)
    return min(1.0, sum(queue.weight * queue.done for queue in queues) / total) if total else 0.0


def _transcribe(
    queue: _Queue, number: int, queues: Sequence[_Queue], passing: _Pass
) -> Job[list[Word]]:
    """Hear one batch: words on the meeting clock. What was kept of it is not heard again."""
    batch, kept = queue.batch, passing.kept
    assert batch is not None
    known = kept.so_far(queue.channel, number) if kept else HeardSoFar()
    if known.is_whole:
        return list(known.words)
    packed, clock = batch.packed(), batch.clock()
    length_ms = len(packed) * 1000 / SAMPLE_RATE
    before, upto = queue.done, batch.fraction
    words = list(known.words)

    def progress(to_ms: float) -> Progress:
        queue.done = before + max(0.0, upto - before) * min(1.0, to_ms / length_ms)
        fraction = _fraction(queues)
        return Progress(TRANSCRIBING, fraction, passing.pace.left(fraction))

    yield progress(known.to_ms)
    how = replace(passing.how, pauses_ms=batch.pauses_ms())
    with closing(listen(passing.engine, packed, how, from_ms=known.to_ms)) as stretches:
        for heard in stretches:
            after = len(words)
            believable = believed(heard, hints=passing.how.hints) if heard.text else None
            for word in _words_of(believable) if believable else ():
                start, end = clock.span(word.start_ms, word.end_ms)
                start = max(start, words[-1].start_ms if words else 0)
                words.append(replace(word, start_ms=start, end_ms=max(start, end)))
            if kept is not None and heard.text:
                kept.keep(queue.channel, number, words=words[after:], to_ms=heard.end_ms)
            yield progress(heard.end_ms)
    if kept is not None:
        kept.keep_end(queue.channel, number)
    return words


def _words_of(heard: Heard) -> tuple[Word, ...]:
    return heard.words or spread(heard.text, heard.start_ms, heard.end_ms)


def _said(words: Mapping[Channel, Sequence[Word]], mine: Mine | None) -> list[Said]:
    """Cut the words into utterances; with an echo, what of mine is theirs come back is left out."""
    shape = Shape()

    def parts(channel: Channel, heard: Sequence[Word]) -> list[Said]:
        return [Said(channel, part) for part in cut(heard, shape)]

    if mine is None:
        return [said for channel, heard in words.items() for said in parts(channel, heard)]
    theirs = parts("them", words["them"])
    # What was read apart comes after the rest of its batch.
    own = sorted(words["me"], key=lambda word: (word.start_ms, word.end_ms))
    own_alone = without_echo(own, words["them"], mine.echo_only())
    return theirs + without_repeats(parts("me", own_alone), theirs)
