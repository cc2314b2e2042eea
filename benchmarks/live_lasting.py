"""Live captions that must last: engines that are killed, and calls of hours."""

import os
import resource
import signal
import tempfile
import threading
import time
from pathlib import Path

from benchmarks.live_measure import sample_sound
from benchmarks.live_real import CHANNELS, LOAD_SECONDS, open_bundled
from benchmarks.live_replay import Replay
from granola_like.engines.base import SAMPLE_RATE, LiveTranscriber
from granola_like.engines.whisper_live_host import HostedLiveTranscriber
from granola_like.transcribe.live import LiveCaptions


class _Opened:
    """Opens engines and remembers them."""

    def __init__(self) -> None:
        self._open = open_bundled()
        self._lock = threading.Lock()
        self.engines: list[HostedLiveTranscriber] = []

    def __call__(self) -> LiveTranscriber:
        engine = self._open()
        assert isinstance(engine, HostedLiveTranscriber)
        with self._lock:
            self.engines.append(engine)
        return engine

    def pids(self) -> list[int]:
        return [engine.pid for engine in self.engines if engine.pid is not None]


def kill(*, times: int) -> None:
    """Print how long after the kill of both engines new words could be read."""
    silent: list[float] = []
    for _ in range(times):
        opened = _Opened()
        with tempfile.TemporaryDirectory() as place:
            captions = LiveCaptions(Path(place), open_engine=opened, language="en", hints=())
            captions.start()
            time.sleep(LOAD_SECONDS)
            talk = sample_sound("them")[: 40 * SAMPLE_RATE]
            recorded = Replay(Path(place), dict.fromkeys(CHANNELS, talk))
            recorded.start()
            time.sleep(15.5)
            for pid in opened.pids():
                os.kill(pid, signal.SIGKILL)
            killed, version = time.monotonic(), captions.news().version
            seen: dict[str, float] = {}
            while time.monotonic() - killed < 15 and len(seen) < len(CHANNELS):
                news = captions.news(version)
                version = news.version
                for line in news.changed:
                    if line.firm or line.tentative:
                        seen.setdefault(line.channel, time.monotonic() - killed)
                time.sleep(0.02)
            silent.append(max(seen.values()) if len(seen) == len(CHANNELS) else float("inf"))
            recorded.stop()
            words = sum(len(said.words) for said in captions.transcript())
            captions.close()
        print(f"  words again after {silent[-1]:.2f} s; {words} firm words", flush=True)
    print(f"  the longest silence: {max(silent):.2f} s")


def soak(*, minutes: int, speed: float = 14.0) -> None:
    """Print memory and words along a long call, recorded faster than real time."""
    opened = _Opened()
    seconds = minutes * 60
    with tempfile.TemporaryDirectory() as place:
        captions = LiveCaptions(Path(place), open_engine=opened, language="en", hints=())
        captions.start()
        time.sleep(LOAD_SECONDS)
        tracks = {channel: sample_sound(channel) for channel in CHANNELS}
        recorded = Replay(Path(place), tracks, seconds=seconds, speed=speed)
        began = time.monotonic()
        recorded.start()
        seen: dict[str, tuple[str, ...]] = {}
        version, shown, retracted, most_lag = 0, 0, 0, 0
        while True:
            news = captions.news(version)
            version = news.version
            most_lag = max(most_lag, *news.lag_ms.values())
            for line in news.changed:
                firm = tuple(word.text for word in line.firm)
                before = seen.get(line.id, ())
                retracted += firm[: len(before)] != before
                seen[line.id] = firm
            done = (time.monotonic() - began) * speed / 60
            if done >= shown:
                shown += max(1, minutes // 12)
                print(
                    f"  {min(done, minutes):5.0f} min: we {_memory(os.getpid()):4.0f} MB, engines "
                    + ", ".join(f"{_memory(pid):.0f}" for pid in opened.pids())
                    + f" MB, {sum(map(len, seen.values()))} firm words, "
                    f"lag {max(news.lag_ms.values()) / 1000:.1f} s",
                    flush=True,
                )
            if done > minutes + 1 and max(news.lag_ms.values()) < 500:
                break
            time.sleep(0.1)
        recorded.join()
        took = time.monotonic() - began
        transcript = captions.transcript()
        captions.close()
    used = resource.getrusage(resource.RUSAGE_CHILDREN)
    words = sum(len(said.words) for said in transcript)
    print(
        f"  {minutes} minutes in {took / 60:.1f}: {len(transcript.utterances)} utterances, "
        f"{words} words, {retracted} of them taken back, most lag {most_lag / 1000:.1f} s, engines "
        f"{used.ru_utime + used.ru_stime:.0f} s of processor"
    )


def _memory(pid: int) -> float:
    """Resident megabytes of a process; nan where the system does not tell."""
    try:
        pages = int(Path(f"/proc/{pid}/statm").read_text("ascii").split()[1])
    except OSError:
        return float("nan")
    return pages * os.sysconf("SC_PAGE_SIZE") / 1e6
