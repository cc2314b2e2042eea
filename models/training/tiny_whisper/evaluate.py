"""Step 6: word error rate through faster-whisper, on a stream of utterances that nobody trained on."""

import argparse
import random
import time
from pathlib import Path

import jiwer
import numpy as np
from faster_whisper import WhisperModel

from streams import RATE, Speech

UTTERANCES = 60


def main() -> None:
    """Print the word error rate and the time."""
    asked = argparse.ArgumentParser(description=__doc__)
    asked.add_argument("--work", type=Path, required=True)
    asked.add_argument("--model", type=Path, required=True)
    asked.add_argument("--beam", type=int, default=5)
    options = asked.parse_args()
    speech, rng = Speech(options.work), random.Random(1)
    parts, written = [], []
    for entry in speech.held_out[:UTTERANCES]:
        parts += [speech.samples(entry), np.zeros(int(rng.uniform(0.2, 1.2) * RATE))]
        written.append(speech.written(entry))
    samples = np.concatenate(parts).astype(np.float32)
    samples += np.random.default_rng(1).normal(0, 1e-3, len(samples)).astype(np.float32)
    model = WhisperModel(str(options.model), device="cpu", compute_type="int8", cpu_threads=2)
    begun = time.monotonic()
    segments, _ = model.transcribe(
        samples, language="en", beam_size=options.beam, temperature=0,
        condition_on_previous_text=False,
    )
    heard = " ".join(segment.text.strip() for segment in segments)
    seconds = time.monotonic() - begun
    rate = jiwer.wer(_bare(" ".join(written)), _bare(heard))
    print(f"word error rate {rate:.3f}; {len(samples) / RATE:.0f} s of sound in {seconds:.1f} s")


def _bare(text: str) -> str:
    kept = "".join(c.lower() if c.isalnum() or c in "' %$" else " " for c in text)
    return " ".join(kept.split())


if __name__ == "__main__":
    main()
