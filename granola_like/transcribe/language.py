"""Which language a meeting is in: several stretches are asked, and the likeliest wins.

One window may be a name, a greeting in another language or music; a meeting has one language.
"""

import logging
from collections import defaultdict
from collections.abc import Sequence
from functools import partial
from itertools import chain, zip_longest

import numpy as np

from granola_like.engines.base import SAMPLE_RATE, Samples, Transcriber
from granola_like.jobs import Job, Progress
from granola_like.transcribe.listening import patiently
from granola_like.transcribe.packing import Batch, Piece

logger = logging.getLogger(__name__)

WINDOW_SECONDS = 30
"""What Whisper hears at once."""
WINDOWS = 5
"""So many stretches are asked at most; three that agree and are sure end it."""
_A_CHANNEL = 3
FINDING_LANGUAGE = "Finding the language"


def find_language(engine: Transcriber, batches: Sequence[Batch]) -> Job[str | None]:
    """Ask about stretches of every batch (one a channel); None where nobody speaks.

    Closing the job closes the engine: an answer may take long. Raises EngineError.
    """
    votes: dict[str, float] = defaultdict(float)
    asked = speech_windows(batches)
    for number, sound in enumerate(asked, 1):
        yield Progress(FINDING_LANGUAGE)
        asking = patiently(partial(engine.detect_language, sound), stop=engine.close)
        try:
            while True:
                try:
                    next(asking)
                except StopIteration as done:
                    language, probability = done.value
                    break
                yield Progress(FINDING_LANGUAGE)
        finally:
            asking.close()
        votes[language] += probability
        if _is_decided(votes, still=len(asked) - number):
            break
    if not votes:
        return None
    best = max(votes, key=lambda language: votes[language])
    logger.info("the language is %s (%.2f of the votes)", best, votes[best] / sum(votes.values()))
    return best


def speech_windows(batches: Sequence[Batch]) -> list[Samples]:
    """Take up to three stretches of speech of each batch, spread over it, five in all.

    The batch with the most speech gives the first; the others take turns.
    """
    ordered = sorted(batches, key=lambda batch: -batch.seconds)
    turns = zip_longest(*(_spread(batch) for batch in ordered))
    windows = [window for window in chain.from_iterable(turns) if window is not None]
    return windows[:WINDOWS]


def _spread(batch: Batch) -> list[Samples]:
    count = max(1, min(_A_CHANNEL, int(batch.seconds // WINDOW_SECONDS)))
    shares: list[list[Piece]] = [[] for _ in range(count)]
    at = 0.0
    for piece in batch.pieces:
        shares[min(count - 1, int(at / batch.seconds * count))].append(piece)
        at += len(piece.sound) / SAMPLE_RATE
    return [_longest(share) for share in shares if share]


def _longest(pieces: Sequence[Piece]) -> Samples:
    """Take the longest pieces, in their order, until there is enough."""
    room = WINDOW_SECONDS * SAMPLE_RATE
    taken: list[int] = []
    for index in sorted(range(len(pieces)), key=lambda i: -len(pieces[i].sound)):
        if room <= 0:
            break
        taken.append(index)
        room -= len(pieces[index].sound)
    sound = np.concatenate([pieces[index].sound for index in sorted(taken)])
    return sound[: WINDOW_SECONDS * SAMPLE_RATE]


def _is_decided(votes: dict[str, float], *, still: int) -> bool:
    """Whether the answers that are still to come cannot change the winner."""
    best = max(votes.values())
    second = max((vote for vote in votes.values() if vote != best), default=0.0)
    return best > second + still
