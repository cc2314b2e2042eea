"""Windows of speech for training: utterances with pauses, gain and noise, and what to write."""

import json
import random
from dataclasses import dataclass
from pathlib import Path

import numpy as np
import torch
from faster_whisper.feature_extractor import FeatureExtractor
from tokenizers import Tokenizer

from grammar import is_grammar
from network import CHARACTERS

RATE = 16_000
HELD_OUT = 300
"""Utterances that training never hears."""


@dataclass
class Example:
    """One window: samples, tokens to write, characters for CTC (None when speech is cut off)."""

    samples: np.ndarray
    tokens: list[int]
    characters: list[int] | None


class Speech:
    """All spoken utterances of a work folder."""

    def __init__(self, work: Path) -> None:
        self.corpus = json.loads((work / "corpus.json").read_text("utf-8"))
        self.tokenizer = Tokenizer.from_file(str(work / "tokenizer.json"))
        self._sound = [
            np.memmap(work / f"sound{part}.i16", dtype=np.int16, mode="r") for part in (0, 1)
        ]
        found = [
            (part, *entry)
            for part in (0, 1)
            for entry in json.loads((work / f"sound{part}.json").read_text("utf-8"))
        ]
        random.Random(3).shuffle(found)
        self.held_out, self.train = found[:HELD_OUT], found[HELD_OUT:]
        self.grammar = [entry for entry in self.train if is_grammar(self.corpus[entry[3]][0])]

    def samples(self, entry) -> np.ndarray:
        """The sound of one utterance, −1..1."""
        part, start, length, _ = entry
        return self._sound[part][start : start + length] / 32_768.0

    def written(self, entry) -> str:
        """What one utterance should be written as."""
        return self.corpus[entry[3]][0]

    def token(self, text: str) -> int:
        """The id of a special token."""
        return self.tokenizer.token_to_id(text)

    def example(self, seconds: float, rng: random.Random, grammar_share: float) -> Example:
        """Put a window together; 35 % of full ones end in the middle of an utterance."""
        size = int(seconds * RATE)
        samples = np.zeros(size, np.float32)
        at, said, cut = int(rng.uniform(0, 0.6) * RATE), [], None
        while True:
            entry = rng.choice(self.grammar if rng.random() < grammar_share else self.train)
            sound = self.samples(entry)
            if at + len(sound) > size:
                if rng.random() < 0.35 and at < size - 4000 and said:
                    samples[at:] += sound[: size - at] * rng.uniform(0.5, 1.2)
                    cut = at / RATE
                break
            samples[at : at + len(sound)] += sound * rng.uniform(0.4, 1.3)
            said.append((at / RATE, (at + len(sound)) / RATE, entry))
            pause = rng.uniform(0.15, 0.8) if rng.random() < 0.85 else rng.uniform(1, 4)
            at += len(sound) + int(pause * RATE)
            if rng.random() < 0.06:
                break
        samples *= rng.uniform(0.3, 1.6)
        samples += np.random.randn(size).astype(np.float32) * 10 ** rng.uniform(-4.5, -2.2)
        stamped = cut is not None or rng.random() < 0.6
        return Example(samples, self._tokens(said, cut, stamped), self._characters(said, cut))

    def batch(self, size: int, seconds: float, rng: random.Random, grammar_share: float):
        """Give mel features, tokens, their weights, and CTC's targets."""
        made: list[Example] = []
        while len(made) < size:
            example = self.example(seconds, rng, grammar_share)
            if len(example.tokens) <= 440 and len(example.tokens) > 3:
                made.append(example)
        longest = max(len(example.tokens) for example in made)
        tokens = torch.full((size, longest), self.token("<|endoftext|>"))
        weights = torch.zeros(size, longest - 1)
        for row, example in enumerate(made):
            tokens[row, : len(example.tokens)] = torch.tensor(example.tokens)
            weights[row, : len(example.tokens) - 1] = 1
        mel = log_mel(torch.from_numpy(np.stack([example.samples for example in made])))
        return mel, tokens, weights, [example.characters for example in made]

    def _tokens(self, said, cut, stamped: bool) -> list[int]:
        first_stamp = self.token("<|notimestamps|>") + 1
        tokens = [self.token("<|startoftranscript|>")]
        if not stamped:
            tokens.append(self.token("<|notimestamps|>"))
        for start, end, entry in said:
            words = self.tokenizer.encode(f" {self.written(entry)}", add_special_tokens=False).ids
            stamps = [first_stamp + min(1500, round(time / 0.02)) for time in (start, end)]
            tokens += [stamps[0], *words, stamps[1]] if stamped else words
        if cut is not None:
            tokens.append(first_stamp + min(1500, round(cut / 0.02)))
        return [*tokens, self.token("<|endoftext|>")]

    def _characters(self, said, cut) -> list[int] | None:
        if cut is not None or not said:
            return None
        spoken = "".join(f" {self.corpus[entry[3]][1].lower()}" for _, _, entry in said)
        return [CHARACTERS.index(c) + 1 for c in spoken if c in CHARACTERS[:28]]


_FILTERS = torch.from_numpy(FeatureExtractor().mel_filters.astype(np.float32))
_WINDOW = torch.hann_window(400)


def log_mel(samples: torch.Tensor) -> torch.Tensor:
    """Whisper's features, as faster-whisper makes them."""
    spectrum = torch.stft(samples, 400, 160, window=_WINDOW, return_complex=True)
    power = spectrum[..., :-1].abs() ** 2
    logs = torch.clamp(_FILTERS @ power, min=1e-10).log10()
    return (torch.maximum(logs, logs.amax((1, 2), keepdim=True) - 8.0) + 4) / 4
