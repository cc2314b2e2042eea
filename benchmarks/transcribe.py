"""Our pipeline against plain faster-whisper: the same files, the same weights, words and time.

    python -m benchmarks.transcribe [--rounds 5] [--model tiny-synthetic]

Plain is `WhisperModel.transcribe` on each file: beam 5, its VAD filter, no conditioning, and for
the bundled model temperature 0, as its makers advise. Ours is the final pass over both channels,
with word times, in a child process. Both decode the file and use the same number of threads. The
two alternate; medians are compared. Starting (imports, weights, the child) is timed apart.
"""

import argparse
import statistics
import subprocess
import sys
import time
from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path

import jiwer

from benchmarks.material import PLACE
from granola_like import paths
from granola_like.domain.recording import Channel
from granola_like.engines.found import find_model
from granola_like.engines.host import open_transcriber, threads
from granola_like.engines.silero import open_speech_finder
from granola_like.jobs import run
from granola_like.transcribe import final_pass
from granola_like_models.catalogue import known
from granola_like_models.sample import sample_call


@dataclass(frozen=True)
class Case:
    """Files to hear, and what was said on each channel."""

    name: str
    tracks: dict[Channel, Path]
    words: dict[Channel, str]


def main() -> None:
    """Print word error rates and times of both, and their ratios."""
    asked = argparse.ArgumentParser(description=__doc__)
    asked.add_argument("--rounds", type=int, default=5)
    asked.add_argument("--model", default="tiny-synthetic")
    options = asked.parse_args()
    found = find_model(options.model, "speech", paths.models_dir())
    about = known(found.name)
    plain = _plain(found.path, bare=bool(about and about.plain))
    engine = open_transcriber(options.model, models_dir=paths.models_dir())
    finder = open_speech_finder()

    def ours(case: Case) -> dict[Channel, str]:
        said = run(final_pass(case.tracks, engine, finder, language="en"))
        return {
            channel: " ".join(one.text for one in said if one.channel == channel)
            for channel in case.tracks
        }

    for case in _cases():
        _compare(case, plain, ours, rounds=options.rounds)
    engine.close()
    _starting(found.path, options.model)


def _cases() -> list[Case]:
    sample = sample_call()
    channels: tuple[Channel, ...] = ("me", "them")
    cases = [
        Case(
            "sample call, two files",
            dict(sample.tracks),
            {channel: sample.words_of(channel) for channel in channels},
        ),
        Case(
            "sample call, one file",
            {"them": sample.tracks["them"]},
            {"them": sample.words_of("them")},
        ),
    ]
    ami = PLACE / "audio" / "four_speakers_en_ami.wav"
    if ami.exists():
        cases.append(
            Case("AMI meeting, 94 s (time only with the bundled model)", {"them": ami}, {})
        )
    return cases


def _plain(folder: Path, *, bare: bool) -> Callable[[Case], dict[Channel, str]]:
    import faster_whisper

    model = faster_whisper.WhisperModel(
        str(folder), device="cpu", compute_type="int8", cpu_threads=threads()
    )
    temperatures = {"temperature": 0} if bare else {}

    def hear(case: Case) -> dict[Channel, str]:
        heard: dict[Channel, str] = {}
        for channel, path in case.tracks.items():
            segments, _ = model.transcribe(
                str(path),
                language="en",
                beam_size=5,
                vad_filter=True,
                condition_on_previous_text=False,
                **temperatures,
            )
            heard[channel] = " ".join(segment.text.strip() for segment in segments)
        return heard

    return hear


def _compare(
    case: Case,
    plain: Callable[[Case], dict[Channel, str]],
    ours: Callable[[Case], dict[Channel, str]],
    *,
    rounds: int,
) -> None:
    print(f"\n{case.name}")
    times: dict[str, list[float]] = {"plain": [], "ours": []}
    heard: dict[str, dict[Channel, str]] = {}
    for round_ in range(rounds + 1):
        for name, hear in (("plain", plain), ("ours", ours)):
            begun = time.perf_counter()
            heard[name] = hear(case)
            if round_:  # the first round warms up
                times[name].append(time.perf_counter() - begun)
    middle = {name: statistics.median(found) for name, found in times.items()}
    for name, found in times.items():
        rate = _word_error_rate(case.words, heard[name])
        shown = "" if rate is None else f"  word error rate {rate:.3f}"
        spread = f"{min(found):.2f}..{max(found):.2f}"
        print(f"  {name:6} {middle[name]:6.2f} s ({spread}){shown}")
    print(f"  time ratio {middle['ours'] / middle['plain']:.2f}")


def _word_error_rate(said: dict[Channel, str], heard: dict[Channel, str]) -> float | None:
    if not said:
        return None
    channels = list(said)
    return float(jiwer.wer([_bare(said[c]) for c in channels], [_bare(heard[c]) for c in channels]))


def _bare(text: str) -> str:
    """Lower case, no punctuation but what makes an amount."""
    kept = "".join(c.lower() if c.isalnum() or c in "'%$" else " " for c in text)
    return " ".join(kept.split())


def _starting(folder: Path, name: str) -> None:
    """Time a whole fresh process to the first words of one short file, both ways."""
    sample = sample_call().tracks["me"]
    plain = (
        "import faster_whisper;"
        f"m = faster_whisper.WhisperModel({str(folder)!r}, device='cpu', compute_type='int8',"
        f"cpu_threads={threads()});"
        f"list(m.transcribe({str(sample)!r}, language='en', beam_size=5, vad_filter=True,"
        "condition_on_previous_text=False, temperature=0)[0])"
    )
    ours = (
        "from pathlib import Path;"
        "from granola_like import paths;"
        "from granola_like.engines.host import open_transcriber;"
        f"e = open_transcriber({name!r}, models_dir=paths.models_dir());"
        "from granola_like.engines.silero import open_speech_finder;"
        "from granola_like.transcribe import final_pass;"
        "from granola_like.jobs import run;"
        f"run(final_pass({{'me': Path({str(sample)!r})}}, e, open_speech_finder(), language='en'));"
        "e.close()"
    )
    middle = {}
    for label, code in (("plain", plain), ("ours", ours)):
        found = []
        for _ in range(3):
            begun = time.perf_counter()
            subprocess.run([sys.executable, "-c", code], check=True)
            found.append(time.perf_counter() - begun)
        middle[label] = statistics.median(found)
    print("\nA fresh process, one channel of the sample call, with imports and loading")
    for label, seconds in middle.items():
        print(f"  {label:6} {seconds:6.2f} s")
    print(f"  time ratio {middle['ours'] / middle['plain']:.2f}")


if __name__ == "__main__":
    main()
