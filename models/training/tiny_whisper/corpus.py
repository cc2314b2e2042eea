"""Step 1: sentences to speak, of real meetings and of the grammar, into `corpus.json`."""

import argparse
import gzip
import json
import random
import re
from collections import Counter
from collections.abc import Iterator
from pathlib import Path

from grammar import sentence

REAL, GRAMMAR = 26_000, 16_000
MOST_WORDS = 7_000
"""Different words: what a model this small can learn to spell."""

NUMBER_WORDS = set(
    "two three four five six seven eight nine ten twenty thirty forty fifty sixty seventy eighty "
    "ninety hundred thousand million eleven twelve".split()
)
"""Kept out of the real sentences: their transcribers wrote words where the grammar writes digits."""


def main() -> None:
    """Write pairs of (written, spoken), shuffled."""
    asked = argparse.ArgumentParser(description=__doc__)
    asked.add_argument("--terse-notes", type=Path, required=True)
    asked.add_argument("--work", type=Path, required=True)
    asked.add_argument("--seed", type=int, default=7)
    options = asked.parse_args()
    rng = random.Random(options.seed)
    real = sorted(set(_speakable(_sentences(options.terse_notes))))
    rng.shuffle(real)
    pairs = [(text, text) for text in real[:REAL]] + [sentence(rng) for _ in range(GRAMMAR)]
    rng.shuffle(pairs)
    options.work.mkdir(parents=True, exist_ok=True)
    (options.work / "corpus.json").write_text(json.dumps(pairs), encoding="utf-8")
    print(f"{min(len(real), REAL)} sentences of meetings, {GRAMMAR} of the grammar")


def _sentences(folder: Path) -> Iterator[str]:
    for part in ("train", "val"):
        with gzip.open(folder / f"{part}.jsonl.gz", "rt", encoding="utf-8") as meetings:
            for line in meetings:
                for said in json.loads(line)["utterances"]:
                    for text in re.split(r"(?<=[.?!])\s+", _clean(said["text"])):
                        yield text.strip(" ,-—'\"")


def _clean(text: str) -> str:
    text = re.sub(r"\{[^}]*\}", " ", text)
    text = text.replace("’", "'").replace("‘", "'").replace(" - ", "-")
    text = re.sub(r"\s+([.,?!;:])", r"\1", text)
    text = re.sub(r"\s+('(?:s|re|ve|ll|d|m|t)\b)", r"\1", text)
    text = re.sub(r"\b(um|uh|er|erm|hmm|mm|mm-hmm|uh-huh)\b,?", "", text, flags=re.IGNORECASE)
    text = re.sub(r"\b(\w+)( \1\b)+", r"\1", text, flags=re.IGNORECASE)
    return re.sub(r"\s+", " ", text).strip(" ,")


def _speakable(sentences: Iterator[str]) -> Iterator[str]:
    plain = [
        text[0].upper() + text[1:] + ("" if text[-1] in ".?!" else ".")
        for text in sentences
        if re.fullmatch(r"[A-Za-z' ,.?!-]+", text) and 2 <= len(text.split()) <= 18
    ]
    counts = Counter(word for text in plain for word in _words(text))
    common = {word for word, _ in counts.most_common(MOST_WORDS)} - NUMBER_WORDS
    for text in plain:
        if common.issuperset(_words(text)):
            yield text


def _words(text: str) -> list[str]:
    return re.findall(r"[a-z']+", text.lower())


if __name__ == "__main__":
    main()
