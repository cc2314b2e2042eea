"""Live captions: how soon, how right, how dear, and whether they last.

    python -m benchmarks.live [PART …] [--quick]

policies  AlignAtt against LocalAgreement on the bundled model, on a simulated clock
cost      processor time of our passes ÷ plain faster-whisper's on the same growing sound, on the
          bundled model and on random weights of the shapes of tiny, base, small and turbo
replay    both sides of the sample call in real time, from the recorder's files to the screen
backlog   random weights of small's shape, both channels, a pass a second, in real time
kill      an engine's process is killed in the middle of a sentence
soak      a call of two hours (the sample repeated), as fast as it goes: memory and order

Without a part all run. `replay`, `backlog` and `kill` want a quiet machine; the others count
processor time. The random weights are made here, in a temporary folder; nothing is downloaded.
"""

import argparse
import os
import tempfile
from functools import partial
from pathlib import Path

from benchmarks import live_cost, live_lasting, live_real
from benchmarks.live_measure import percentiles, sample_sound, sample_words, word_error_rate
from benchmarks.live_simulated import follow
from granola_like import paths
from granola_like.domain.recording import Channel
from granola_like.domain.transcript import Word
from granola_like.engines.base import SAMPLE_RATE, SpeechFinder
from granola_like.engines.host import open_transcriber
from granola_like.engines.silero import open_speech_finder
from granola_like.engines.whisper_live import LiveWhisper
from granola_like.jobs import run
from granola_like.transcribe import final_pass
from granola_like.transcribe.live.agreement import Settle, agreed, attended
from granola_like_models.catalogue import BUNDLED_SPEECH, known
from granola_like_models.sample import sample_call

CHANNELS: tuple[Channel, ...] = ("me", "them")
PARTS = ("policies", "cost", "replay", "backlog", "kill", "soak")


def main() -> None:
    """Run the parts that were asked for."""
    asked = argparse.ArgumentParser(description=__doc__)
    asked.add_argument("parts", nargs="*", choices=[*PARTS, []], default=[])
    asked.add_argument("--quick", action="store_true", help="a short run, for trying")
    options = asked.parse_args()
    if hasattr(os, "getloadavg"):
        print(f"load of the machine at the start: {os.getloadavg()[0]:.1f}")
    for part in options.parts or PARTS:
        print(f"\n{part}", flush=True)
        globals()[f"_{part}"](quick=options.quick)


def _policies(*, quick: bool) -> None:
    """Which words are firm: goals are p50 ≤ 0.9 s and p95 ≤ 1.6 s shown, p95 ≤ 3.0 s firm."""
    final = _final_errors()
    print(f"  the final pass on the same sound: word error rate {final:.4f}")
    policies: dict[str, Settle] = {
        "LocalAgreement-2": agreed,
        "AlignAtt, 0.4 s": partial(attended, newest_ms=400),
        "AlignAtt, 0.6 s (ours)": attended,
        "AlignAtt, 0.9 s": partial(attended, newest_ms=900),
        "both, 0.4 s": partial(_both, newest_ms=400),
    }
    engine, finder = _engine(), open_speech_finder()
    for step in (400,) if quick else (400, 1000):
        for name, settle in policies.items():
            _followed(engine, name, settle, step, seconds=40 if quick else None, finder=finder)
    if quick:
        return
    for margin in (0, 32, 64, 96, 128):
        _followed(
            _engine(margin), f"margin {margin} frames", attended, 400, seconds=None, finder=finder
        )


def _followed(
    engine: LiveWhisper,
    name: str,
    settle: Settle,
    step: int,
    *,
    seconds: float | None,
    finder: SpeechFinder,
) -> None:
    first: list[float] = []
    firm: list[float] = []
    said, heard = [], []
    cost = length = changed = 0.0
    for channel in CHANNELS:
        sound = sample_sound(channel)
        sound = sound if seconds is None else sound[: round(seconds * SAMPLE_RATE)]
        one = follow(sound, engine, finder, settle=settle, step_ms=step)
        spoken = [w for w in sample_words(channel) if w.end_ms < one.seconds * 1000 - 300]
        delays = one.screen.delays(spoken)
        first, firm = first + delays[0], firm + delays[1]
        said += [word.text for word in spoken]
        heard += one.screen.words()
        cost, length = cost + one.processor_ms / 1000, length + one.seconds
        changed += one.screen.rewritten() / len(CHANNELS)
    print(
        f"  {name:24} step {step:4} ms: shown {percentiles(first)}; firm {percentiles(firm)}; "
        f"word error rate {word_error_rate(' '.join(said), ' '.join(heard)):.4f}; "
        f"{cost / length:.3f} s a second; {changed:.2f} words rewritten a word",
        flush=True,
    )


def _both(before: tuple[Word, ...], now: tuple[Word, ...], edge_ms: int, *, newest_ms: int) -> int:
    return min(agreed(before, now), attended((), now, edge_ms, newest_ms=newest_ms))


def _cost(*, quick: bool) -> None:
    """The goal is a ratio of 0.30."""
    followed = follow(
        sample_sound("them"), _engine(), open_speech_finder(), settle=attended, step_ms=1000
    )
    live_cost.bundled(followed, most=10 if quick else 60)
    with tempfile.TemporaryDirectory() as place:
        for name in ("tiny", "base") if quick else ("tiny", "base", "small", "turbo"):
            most = {"turbo": 6, "small": 12}.get(name, 20)
            live_cost.shaped(name, Path(place) / name, followed, most=4 if quick else most)


def _replay(*, quick: bool) -> None:
    """Goals as for policies; firm words at most 0.015 worse than the final pass."""
    print(f"  the final pass on the same sound: word error rate {_final_errors():.4f}")
    live_real.replay(seconds=30 if quick else 122)


def _backlog(*, quick: bool) -> None:
    """The goal is p99 < 2 s."""
    live_real.backlog("base" if quick else "small", seconds=20 if quick else 122)


def _kill(*, quick: bool) -> None:
    """The goal is 5 s."""
    live_lasting.kill(times=1 if quick else 5)


def _soak(*, quick: bool) -> None:
    """Memory must not grow with the call's length."""
    live_lasting.soak(minutes=6 if quick else 120)


def _engine(margin: int | None = None) -> LiveWhisper:
    model = known(BUNDLED_SPEECH)
    assert model is not None
    about = {} if margin is None else {"margin_frames": margin}
    return LiveWhisper(str(model.folder), name=model.name, threads=1, plain=True, **about)


def _final_errors() -> float:
    call = sample_call()
    engine = open_transcriber(BUNDLED_SPEECH, models_dir=paths.models_dir())
    said = run(final_pass(dict(call.tracks), engine, open_speech_finder(), language="en"))
    engine.close()
    heard = [" ".join(one.text for one in said if one.channel == channel) for channel in CHANNELS]
    words = [call.words_of(channel) for channel in CHANNELS]
    return word_error_rate(" ".join(words), " ".join(heard))


if __name__ == "__main__":
    main()
