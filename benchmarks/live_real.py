"""Live captions in real time: a recorder's files grow, threads read them, engines answer."""

import tempfile
import time
from collections.abc import Callable, Mapping
from functools import partial
from pathlib import Path

import numpy as np

from benchmarks.live_measure import (
    Screen,
    percentiles,
    sample_sound,
    sample_words,
    word_error_rate,
)
from benchmarks.live_replay import Replay
from benchmarks.live_shaped import SHAPES, make_whisper, open_shaped
from benchmarks.live_simulated import Told, follow
from granola_like import paths
from granola_like.domain.recording import Channel
from granola_like.engines.base import SAMPLE_RATE, LiveTranscriber, Samples
from granola_like.engines.silero import open_speech_finder
from granola_like.engines.whisper_live_host import HostedLiveTranscriber, open_live_transcriber
from granola_like.transcribe.live import LiveCaptions
from granola_like.transcribe.live.agreement import attended
from granola_like.transcribe.live.pacing import Pacing
from granola_like_models.catalogue import BUNDLED_SPEECH

CHANNELS: tuple[Channel, ...] = ("me", "them")
LOAD_SECONDS = 5.0
_LOOK_SECONDS = 0.02


def open_bundled() -> Callable[[], LiveTranscriber]:
    """Give what opens the bundled model in a child process."""
    return partial(open_live_transcriber, BUNDLED_SPEECH, models_dir=paths.models_dir())


def replay(*, seconds: int) -> None:
    """Print delays and word errors of both sides of the sample call."""
    tracks = {channel: sample_sound(channel)[: seconds * SAMPLE_RATE] for channel in CHANNELS}
    screens, lags, _ = watch(tracks, open_bundled(), pacing=None)
    first: list[float] = []
    firm: list[float] = []
    last: tuple[list[float], list[float]] = ([], [])
    said, heard = [], []
    for channel, screen in screens.items():
        spoken = [w for w in sample_words(channel) if w.end_ms < seconds * 1000 - 300]
        delays = screen.delays(spoken)
        exact = screen.delays(spoken, only_exact=True)
        last = last[0] + exact[0], last[1] + exact[1]
        first, firm = first + delays[0], firm + delays[1]
        said += [word.text for word in spoken]
        heard += screen.words()
    print(
        f"  shown {percentiles(first)}; firm {percentiles(firm)}; word error rate "
        f"{word_error_rate(' '.join(said), ' '.join(heard)):.4f} ({len(said)} words)"
    )
    print(
        f"  last words of utterances, whose ends are known exactly: shown {percentiles(last[0])}; "
        f"firm {percentiles(last[1])} ({len(last[0])} words)"
    )
    print(f"  backlog p99 {np.percentile(lags, 99) / 1000:.2f} s, most {max(lags) / 1000:.2f} s")


def backlog(shape: str, *, seconds: int) -> None:
    """Print the backlog of a model of this shape, a pass a second."""
    with tempfile.TemporaryDirectory() as place:
        folder = make_whisper(Path(place), SHAPES[shape])
        opened = partial(_open_shaped, str(folder), shape)
        pacing = Pacing(least_step=1000)
        talk = {channel: sample_sound(channel)[: seconds * SAMPLE_RATE] for channel in CHANNELS}
        both = dict.fromkeys(CHANNELS, talk["them"])
        for name, tracks in (("as people talk", talk), ("both at once", both)):
            _simulated(shape, str(folder), tracks)
            _, lags, steps = watch(tracks, opened, pacing=pacing)
            print(
                f"  {shape}, {name}: backlog p50 {np.percentile(lags, 50) / 1000:.2f} s, p99 "
                f"{np.percentile(lags, 99) / 1000:.2f} s, most {max(lags) / 1000:.2f} s; "
                f"{steps} updates",
                flush=True,
            )


def _simulated(shape: str, folder: str, tracks: Mapping[Channel, Samples]) -> None:
    """The same on a clock that only processor time moves: what a quiet core would do."""
    engine = open_shaped(folder, name=shape, threads=1)
    for sound in {id(sound): sound for sound in tracks.values()}.values():
        one = follow(sound, engine, open_speech_finder(), settle=attended, step_ms=1000)
        lags = one.lags_ms
        print(
            f"  {shape}, a channel alone, simulated clock: backlog p50 "
            f"{np.percentile(lags, 50) / 1000:.2f} s, p99 {np.percentile(lags, 99) / 1000:.2f} s; "
            f"{one.processor_ms / 1000 / one.seconds:.2f} s of processor a second",
            flush=True,
        )


def watch(
    tracks: Mapping[Channel, Samples],
    opened: Callable[[], LiveTranscriber],
    *,
    pacing: Pacing | None,
) -> tuple[dict[Channel, Screen], list[int], int]:
    """Record the tracks now, and look at the captions as a window does."""
    screens: dict[Channel, Screen] = {channel: Screen() for channel in tracks}
    told = {channel: Told() for channel in tracks}
    lags: list[int] = []
    updates = version = 0
    with tempfile.TemporaryDirectory() as place:
        captions = LiveCaptions(
            Path(place), open_engine=opened, language="en", hints=(), pacing=pacing
        )
        captions.start()
        time.sleep(LOAD_SECONDS)
        recorded = Replay(Path(place), tracks)
        recorded.start()
        end_ms = max(len(sound) for sound in tracks.values()) / 16 + 3_000
        while recorded.now_ms() < end_ms:
            news = captions.news(version)
            version = news.version
            lags.append(max(news.lag_ms.values()))
            for channel in {line.channel for line in news.changed}:
                told[channel].take(tuple(x for x in news.changed if x.channel == channel))
                screens[channel].show(
                    recorded.now_ms(), told[channel].firm(), told[channel].tentative()
                )
                updates += 1
            time.sleep(_LOOK_SECONDS)
        recorded.join()
        captions.close()
    return screens, lags, updates


def _open_shaped(folder: str, name: str) -> LiveTranscriber:
    arguments = {"folder": folder, "name": name, "threads": 1}
    return HostedLiveTranscriber("benchmarks.live_shaped:open_shaped", arguments, name=name)
