"""Step 2: espeak-ng speaks the corpus; half of it a run, so that two cores can share the work.

Writes `soundN.i16` (all utterances, 16 kHz, one after the other) and `soundN.json`: for each its
start, its length, and which sentence it is.
"""

import argparse
import io
import json
import random
import subprocess
from pathlib import Path

import numpy as np
import soundfile
import soxr

RATE = 16_000
VOICES = "en-us+m3 en-us+m1 en-us+m7 en-us+f2 en-us+f4 en-us en-gb+m2 en-us+f5".split()


def main() -> None:
    """Speak every second sentence, from `--part` on."""
    asked = argparse.ArgumentParser(description=__doc__)
    asked.add_argument("--work", type=Path, required=True)
    asked.add_argument("--part", type=int, choices=(0, 1), required=True)
    options = asked.parse_args()
    rng = random.Random(100 + options.part)
    corpus = json.loads((options.work / "corpus.json").read_text("utf-8"))
    about, at = [], 0
    with (options.work / f"sound{options.part}.i16").open("wb") as file:
        for number in range(options.part, len(corpus), 2):
            samples = _spoken(corpus[number][1], rng)
            if samples is None:
                continue
            samples.tofile(file)
            about.append((at, len(samples), number))
            at += len(samples)
    (options.work / f"sound{options.part}.json").write_text(json.dumps(about), encoding="utf-8")
    print(f"{len(about)} utterances, {at / RATE / 3600:.1f} hours")


def _spoken(text: str, rng: random.Random) -> np.ndarray | None:
    """Speak in a voice drawn by lot; None where espeak-ng gives nothing."""
    voice, speed, pitch = rng.choice(VOICES), rng.randint(140, 195), rng.randint(35, 65)
    command = ["espeak-ng", "-v", voice, "-s", str(speed), "-p", str(pitch), "--stdout", text]
    done = subprocess.run(command, capture_output=True, check=True)
    samples, rate = soundfile.read(io.BytesIO(done.stdout), dtype="float32")
    samples = soxr.resample(samples, rate, RATE)
    loud = np.flatnonzero(np.abs(samples) > 2e-3)
    if not len(loud):
        return None
    samples = samples[max(0, loud[0] - 320) : loud[-1] + 320]
    return (samples / np.abs(samples).max() * 0.5 * 32_767).astype(np.int16)


if __name__ == "__main__":
    main()
