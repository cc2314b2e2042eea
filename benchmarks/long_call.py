"""A long call through the final pass: how long it takes, and whether memory stays flat.

    python -m benchmarks.long_call [--hours 2] [--model tiny-synthetic] [--headset]

The sample call, repeated; the microphone hears the loudspeaker, so that the echo is taken out, too
(`--headset` leaves that away). Memory is that of this process and of the engine's, looked at every
second; the growth is between a quarter of the way and the end, where a leak would show.
"""

import argparse
import os
import tempfile
import time
from dataclasses import dataclass
from pathlib import Path

import numpy as np
import soundfile

from granola_like import paths
from granola_like.audio.decode import decode
from granola_like.domain.recording import Channel
from granola_like.engines.host import Host, open_transcriber
from granola_like.engines.silero import open_speech_finder
from granola_like.jobs import Progress, run
from granola_like.transcribe import final_pass
from granola_like_models.sample import sample_call

RATE = 16_000
ECHO_DB, ECHO_MS = -6.0, 60


@dataclass(frozen=True)
class Look:
    """One look at both processes."""

    fraction: float
    ours_mb: float
    engine_mb: float


class Watching:
    """Looks at memory once a second, whenever there is progress."""

    def __init__(self, pid: int | None) -> None:
        self._pid = pid
        self._last = 0.0
        self.looks: list[Look] = []
        self.steps: dict[str, list[float]] = {}
        self.estimate: list[tuple[float, float]] = []

    def __call__(self, news: Progress) -> None:
        """Take one piece of progress."""
        now = time.monotonic()
        self.steps.setdefault(news.step, [now, now])[1] = now
        if news.seconds_left is not None:
            self.estimate.append((now, news.seconds_left))
        if now - self._last >= 1 and news.fraction is not None and news.step == "Transcribing":
            self._last = now
            self.looks.append(Look(news.fraction, _mb(os.getpid()), _mb(self._pid)))


def main() -> None:
    """Make the call, hear it, print."""
    asked = argparse.ArgumentParser(description=__doc__)
    asked.add_argument("--hours", type=float, default=2.0)
    asked.add_argument("--model", default="tiny-synthetic")
    asked.add_argument("--headset", action="store_true")
    options = asked.parse_args()
    with tempfile.TemporaryDirectory() as folder:
        tracks = _make(Path(folder), options.hours, echo=not options.headset)
        engine = open_transcriber(options.model, models_dir=paths.models_dir())
        assert isinstance(engine, Host)
        watching = Watching(engine.pid)
        begun, used = time.monotonic(), time.process_time()
        said = run(
            final_pass(
                tracks,
                engine,
                open_speech_finder(),
                language="en",
                headset=options.headset,
            ),
            on_progress=watching,
        )
        took, ours = time.monotonic() - begun, time.process_time() - used
        engine.close()
    print(
        f"{options.hours:g} hours, two channels, {options.model}: {took:.0f} s "
        f"({options.hours * 3600 / took:.1f} times real time), {ours:.0f} s of processor in our "
        f"process, {len(said.utterances)} utterances"
    )
    for step, (first, last) in watching.steps.items():
        print(f"  {step}: {last - first:.0f} s")
    _print_memory(watching.looks)
    _print_estimates(watching.estimate, begun + took)


def _make(folder: Path, hours: float, *, echo: bool) -> dict[Channel, Path]:
    me, them = (run(decode(sample_call().tracks[side])) for side in ("me", "them"))
    count = max(len(me), len(them))
    me, them = (np.pad(side, (0, count - len(side))) for side in (me, them))
    if echo:
        late = RATE * ECHO_MS // 1000
        back = np.concatenate([np.zeros(late, np.float32), them])[:count]
        hiss = np.random.default_rng(1).standard_normal(count) * 0.0008
        me = (me + back * 10 ** (ECHO_DB / 20) + hiss).astype(np.float32)
    times = max(1, round(hours * 3600 * RATE / count))
    tracks: dict[Channel, Path] = {"me": folder / "me.flac", "them": folder / "them.flac"}
    for side, sound in (("me", me), ("them", them)):
        with soundfile.SoundFile(tracks[side], "w", RATE, 1) as file:  # type: ignore[index]
            for _ in range(times):
                file.write(np.clip(sound, -1, 1))
    return tracks


def _mb(pid: int | None) -> float:
    try:
        status = Path(f"/proc/{pid}/statm").read_text("ascii")
    except OSError:
        return 0.0
    return int(status.split()[1]) * os.sysconf("SC_PAGE_SIZE") / 1e6


def _print_memory(looks: list[Look]) -> None:
    for name, of in (("this process", "ours_mb"), ("the engine", "engine_mb")):
        values = [float(getattr(look, of)) for look in looks]
        if not values:
            continue
        first, second = (
            [v for v, look in zip(values, looks, strict=True) if low <= look.fraction < high]
            for low, high in ((0.25, 0.5), (0.75, 1.01))
        )
        grown = max(second, default=0.0) - max(first, default=0.0)
        print(
            f"  memory of {name}: at most {max(values):.0f} MB; from the second quarter to the "
            f"last {grown:+.0f} MB"
        )


def _print_estimates(told: list[tuple[float, float]], end: float) -> None:
    """Say how wrong the time left was, from a tenth of the way on."""
    wrong = [abs(left - (end - at)) / max(1.0, end - at) for at, left in told[len(told) // 10 :]]
    if wrong:
        print(f"  time left was wrong by {np.median(wrong):.0%} (median)")


if __name__ == "__main__":
    main()
