"""Words get the voice that speaks while they are said; an utterance of two voices is cut there.

By most overlap, as WhisperX does it (Bain et al. 2023). No word is lost or moved.
"""

import re
from collections import defaultdict
from collections.abc import Iterator, Sequence
from dataclasses import replace
from itertools import groupby

from granola_like.domain.recording import Channel
from granola_like.domain.transcript import Transcript, Utterance, Word, in_order
from granola_like.domain.transcript_words import placed
from granola_like.engines.base import VoiceTurn

LABEL = "Speaker {}"
"""What a voice is called until somebody gives it a name."""

NEAR_MS = 1500
"""A word during which no voice was found belongs to the nearest one, not further away than this."""

LEAST_WORDS, LEAST_MS = 3, 900
"""What a second voice in an utterance must say to be cut out: less is a slip of the splitting."""


def assign(transcript: Transcript, turns: Sequence[VoiceTurn], channel: Channel) -> Transcript:
    """Say for each utterance of `channel` whose voice it is: “Speaker 1”, “Speaker 2” and so on.

    They are numbered in the order in which they first speak. Where there is one voice, everybody
    keeps the name that they have; so do utterances near which no voice was found.
    """
    if len({turn.voice for turn in turns}) < 2:
        return transcript
    ordered = sorted(turns, key=lambda turn: (turn.start_ms, turn.end_ms))
    fresh = _fresh_ids(transcript)
    parts: list[tuple[Utterance, int | None]] = []
    for said in transcript:
        if said.channel != channel:
            parts.append((said, None))
        else:
            parts += _parts(said, ordered, fresh)
    numbers: dict[int, int] = {}
    for _, voice in sorted(parts, key=lambda part: (part[0].start_ms, part[0].end_ms)):
        if voice is not None:
            numbers.setdefault(voice, len(numbers) + 1)
    if len(numbers) < 2:
        return transcript
    named = [
        said if voice is None else replace(said, speaker=LABEL.format(numbers[voice]))
        for said, voice in parts
    ]
    return replace(transcript, utterances=in_order(iter(named)))


def _parts(
    said: Utterance, turns: Sequence[VoiceTurn], fresh: Iterator[str]
) -> list[tuple[Utterance, int | None]]:
    """Cut an utterance where the voice changes; the first part keeps the id."""
    spans = placed(said)
    whole = _voice(said.start_ms, said.end_ms, turns)
    if spans is None:
        return [(said, whole)]
    voices = [_voice(word.start_ms, word.end_ms, turns) for word in said.words]
    runs = _runs(said.words, voices)
    if len(runs) < 2:
        return [(said, runs[0][2] if runs[0][2] is not None else whole)]
    parts: list[tuple[Utterance, int | None]] = []
    for number, (first, last, voice) in enumerate(runs):
        words = said.words[first:last]
        part = replace(
            said,
            id=next(fresh) if number else said.id,
            start_ms=words[0].start_ms if number else said.start_ms,
            end_ms=max(word.end_ms for word in words) if last < len(voices) else said.end_ms,
            text=said.text[spans[first][0] : spans[last - 1][1]],
            words=words,
        )
        parts.append((replace(part, end_ms=max(part.start_ms, part.end_ms)), voice))
    return parts


def _runs(words: Sequence[Word], voices: Sequence[int | None]) -> list[tuple[int, int, int | None]]:
    """Give words [first, last) of one voice each; what is too short goes with what is before it."""
    runs: list[tuple[int, int, int | None]] = []
    for voice, group in groupby(enumerate(voices), key=lambda one: one[1]):
        indexes = [index for index, _ in group]
        runs.append((indexes[0], indexes[-1] + 1, voice))
    settled: list[tuple[int, int, int | None]] = []
    for first, last, voice in runs:
        lasts = words[last - 1].end_ms - words[first].start_ms
        is_short = last - first < LEAST_WORDS or lasts < LEAST_MS or voice is None
        if settled and (is_short or settled[-1][2] == voice):
            settled[-1] = (settled[-1][0], last, settled[-1][2])
        elif len(settled) == 1 and _is_short(words, settled[0]):
            settled[0] = (settled[0][0], last, voice)
        else:
            settled.append((first, last, voice))
    if len(settled) > 1 and _is_short(words, settled[0]):
        settled[:2] = [(0, settled[1][1], settled[1][2])]
    return settled


def _is_short(words: Sequence[Word], run: tuple[int, int, int | None]) -> bool:
    first, last, voice = run
    lasts = words[last - 1].end_ms - words[first].start_ms
    return voice is None or last - first < LEAST_WORDS or lasts < LEAST_MS


def _voice(start_ms: int, end_ms: int, turns: Sequence[VoiceTurn]) -> int | None:
    """Name the voice that speaks most of this time, or the nearest one."""
    shared: dict[int, int] = defaultdict(int)
    nearest: tuple[int, int] | None = None
    for turn in turns:
        if turn.start_ms > end_ms + NEAR_MS:
            break
        overlap = min(end_ms, turn.end_ms) - max(start_ms, turn.start_ms)
        if overlap > 0:
            shared[turn.voice] += overlap
        elif -overlap <= NEAR_MS and (nearest is None or -overlap < nearest[0]):
            nearest = (-overlap, turn.voice)
    if shared:
        return max(shared, key=lambda voice: (shared[voice], -voice))
    return nearest[1] if nearest else None


def _fresh_ids(transcript: Transcript) -> Iterator[str]:
    numbers = [int(found[1]) for s in transcript if (found := re.fullmatch(r"u(\d{1,9})", s.id))]
    highest = max(numbers, default=0)
    while True:
        highest += 1
        yield f"u{highest}"
