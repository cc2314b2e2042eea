"""When words were said and when they could be read: what the live benchmarks measure with."""

import difflib
from dataclasses import dataclass, field
from functools import cache

import faster_whisper
import jiwer
import numpy as np
from faster_whisper.audio import pad_or_trim
from faster_whisper.tokenizer import Tokenizer

from granola_like.audio.decode import decode
from granola_like.domain.recording import Channel
from granola_like.engines.base import SAMPLE_RATE, Samples
from granola_like.jobs import run
from granola_like.transcribe.live.agreement import bare
from granola_like_models.catalogue import BUNDLED_SPEECH, known
from granola_like_models.sample import SampleUtterance, sample_call


@dataclass(frozen=True)
class Spoken:
    """One word that was really said, and when it ended, in ms."""

    text: str
    end_ms: int
    is_exact: bool = False
    """Its end is that of its utterance, which the sample's script knows to the millisecond; the
    other ends are estimates by alignment."""


@dataclass
class Screen:
    """What could be read of one channel, moment by moment."""

    moments: list[tuple[float, int, tuple[str, ...]]] = field(default_factory=list)
    """When (ms on the meeting clock), how many words were firm then, and all that could be read."""

    def show(self, at_ms: float, firm: list[str], tentative: list[str]) -> None:
        """Note what can be read from now on."""
        self.moments.append((at_ms, len(firm), (*firm, *tentative)))

    def words(self) -> list[str]:
        """The firm words in the end."""
        if not self.moments:
            return []
        _, count, words = self.moments[-1]
        return list(words[:count])

    def delays(
        self, spoken: list[Spoken], *, only_exact: bool = False
    ) -> tuple[list[float], list[float]]:
        """How long after its end each word could first be read, and was firm (ms).

        Counted for words that were heard rightly in the end.
        """
        final = [bare(word) for word in self.words()]
        said = [bare(word.text) for word in spoken]
        first, firm = [], []
        for block in difflib.SequenceMatcher(
            None, said, final, autojunk=False
        ).get_matching_blocks():
            for offset in range(block.size):
                at, end = block.b + offset, spoken[block.a + offset].end_ms
                if only_exact and not spoken[block.a + offset].is_exact:
                    continue
                first.append(self._when(at, final[at], firm=False) - end)
                firm.append(self._when(at, final[at], firm=True) - end)
        return first, firm

    def _when(self, at: int, word: str, *, firm: bool) -> float:
        for ms, count, words in self.moments:
            if at < (count if firm else len(words)) and bare(words[at]) == word:
                return ms
        return float("inf")

    def rewritten(self) -> float:
        """How many tentative words changed before they were firm, for each firm word."""
        changed = 0
        for (_, count, before), (_, _, after) in zip(self.moments, self.moments[1:], strict=False):
            changed += sum(
                at >= len(after) or bare(after[at]) != bare(before[at])
                for at in range(count, len(before))
            )
        return changed / max(1, len(self.words()))


def word_error_rate(said: str, heard: str) -> float:
    """Word errors, case and marks left aside."""
    return float(jiwer.wer(_plain(said), _plain(heard)))


def percentiles(values: list[float]) -> str:
    """Say the middle and the slow end of some delays, in seconds."""
    if not values:
        return "nothing"
    middle, slow = np.percentile(values, [50, 95]) / 1000
    return f"p50 {middle:.2f} s, p95 {slow:.2f} s"


@cache
def sample_sound(channel: Channel) -> Samples:
    """One side of the sample call."""
    return run(decode(sample_call().tracks[channel]))


@cache
def sample_words(channel: Channel) -> list[Spoken]:
    """Every word of one side with its end, by forced alignment of the exact text."""
    model = known(BUNDLED_SPEECH)
    assert model is not None
    whisper = faster_whisper.WhisperModel(str(model.folder), device="cpu", compute_type="int8")
    tokenizer = Tokenizer(
        whisper.hf_tokenizer, whisper.model.is_multilingual, task="transcribe", language="en"
    )
    sound = sample_sound(channel)
    words: list[Spoken] = []
    for said in sample_call().utterances:
        if said.channel == channel:
            words += _aligned(whisper, tokenizer, sound, said)
    return words


def _aligned(
    whisper: faster_whisper.WhisperModel,
    tokenizer: Tokenizer,
    sound: Samples,
    said: SampleUtterance,
) -> list[Spoken]:
    start_ms, end_ms, text = said.start_ms, said.end_ms, said.text
    lead = min(start_ms, 200)
    part = sound[(start_ms - lead) * SAMPLE_RATE // 1000 : end_ms * SAMPLE_RATE // 1000]
    features = whisper.feature_extractor(part)
    frames = len(part) // 160
    encoded = whisper.encode(pad_or_trim(features[:, :frames]))
    tokens = tokenizer.encode(f" {text}")
    aligned = whisper.model.align(encoded, tokenizer.sot_sequence, [tokens], frames)[0]
    path = np.asarray(aligned.alignments)
    times = path[np.concatenate([[True], np.diff(path[:, 0]) > 0]), 1]
    texts, parts = tokenizer.split_to_word_tokens([*tokens, tokenizer.eot])
    found: list[Spoken] = []
    at = 0
    for piece, pieces in zip(texts[:-1], parts[:-1], strict=True):
        at += len(pieces)
        end = min(end_ms, start_ms - lead + int(times[min(at, len(times) - 1)]) * 20)
        if found and not piece.startswith(" "):
            found[-1] = Spoken(found[-1].text + piece.strip(), end)
        else:
            found.append(Spoken(piece.strip(), end))
    if found:
        found[-1] = Spoken(found[-1].text, end_ms, is_exact=True)
    return found


def _plain(text: str) -> str:
    kept = "".join(c.lower() if c.isalnum() or c in "'%$" else " " for c in text)
    return " ".join(kept.split())
