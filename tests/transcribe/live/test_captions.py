"""The whole of it: a recorder's files grow, the bundled Whisper hears them, a window looks."""

import os
import signal
import time
from collections.abc import Callable, Iterator
from functools import partial
from pathlib import Path

import jiwer
import numpy as np
import pytest
import soxr

from granola_like.audio.clock import MachineClock
from granola_like.audio.decode import decode
from granola_like.audio.journal import Journal
from granola_like.audio.segments import RATE, SegmentWriter
from granola_like.domain.recording import Channel
from granola_like.engines.base import SAMPLE_RATE, Heard, Listening, LiveTranscriber, Samples
from granola_like.engines.whisper_live_host import HostedLiveTranscriber, open_live_transcriber
from granola_like.errors import EngineError
from granola_like.jobs import run
from granola_like.transcribe.live import CaptionNews, LiveCaptions, LiveUtterance
from granola_like.transcribe.live.board import BEHIND
from granola_like.transcribe.live.pacing import Pacing
from granola_like_models.catalogue import BUNDLED_SPEECH
from granola_like_models.sample import sample_call

CHANNELS: tuple[Channel, ...] = ("me", "them")
BLOCK = RATE // 50
PATIENCE = 45.0
"""Seconds: other tests may need the machine."""


@pytest.fixture(scope="module")
def sample() -> dict[Channel, Samples]:
    """The first 22 seconds of both sides of the sample call."""
    return {c: run(decode(sample_call().tracks[c]))[: 22 * SAMPLE_RATE] for c in CHANNELS}


class Opened:
    """Opens the bundled model, and remembers what it opened."""

    def __init__(self) -> None:
        self._open = partial(open_live_transcriber, BUNDLED_SPEECH, models_dir=Path("nowhere"))
        self.engines: list[HostedLiveTranscriber] = []

    def __call__(self) -> LiveTranscriber:
        engine = self._open()
        assert isinstance(engine, HostedLiveTranscriber)
        self.engines.append(engine)
        return engine

    def pids(self) -> list[int]:
        return [engine.pid for engine in self.engines if engine.pid is not None]


class Recorder:
    """Writes both channels as fast as it is told to; the meeting clock is the sound's."""

    def __init__(self, folder: Path) -> None:
        clock = MachineClock()
        self._began = clock.now().boot
        self._writers = {c: SegmentWriter(folder, c, clock=clock, seconds=5.0) for c in CHANNELS}
        events = Journal(folder / "events.jsonl")
        events.write("origin", boot_id=clock.boot_id, boot=self._began, wall=clock.now().wall)
        events.close()
        self.frames = dict.fromkeys(CHANNELS, 0)

    def write(self, channel: Channel, sound: Samples) -> None:
        pcm = soxr.resample(sound, SAMPLE_RATE, RATE)
        pcm = (np.clip(pcm, -1, 1) * 32767).astype(np.int16)
        for at in range(0, len(pcm), BLOCK):
            part = pcm[at : at + BLOCK]
            self.frames[channel] += len(part)
            arrived = self._began + self.frames[channel] / RATE
            self._writers[channel].append(part.tobytes(), arrived=arrived)

    def close(self) -> None:
        for writer in self._writers.values():
            writer.close()


class Window:
    """Looks at the captions, and sees to it that firm words stay."""

    def __init__(self, captions: LiveCaptions) -> None:
        self._captions = captions
        self.version = 0
        self.lines: dict[str, LiveUtterance] = {}
        self.last: CaptionNews = captions.news()

    def look(self) -> None:
        self.last = self._captions.news(self.version)
        assert self.last.version >= self.version
        self.version = self.last.version
        for line in self.last.changed:
            before = self.lines.get(line.id)
            if before is not None:
                assert line.firm[: len(before.firm)] == before.firm
            self.lines[line.id] = line

    def until(self, seen: Callable[[], bool]) -> float:
        """Look until something is so; give the seconds it took."""
        began = time.monotonic()
        while not seen():
            assert time.monotonic() - began < PATIENCE, self.last
            time.sleep(0.02)
            self.look()
        return time.monotonic() - began

    def text(self, channel: Channel) -> str:
        said = [line for line in self.lines.values() if line.channel == channel]
        return " ".join(word.text for line in said for word in line.firm)


@pytest.fixture
def opened() -> Opened:
    return Opened()


@pytest.fixture
def captions(tmp_path: Path, opened: Opened) -> Iterator[LiveCaptions]:
    made = LiveCaptions(tmp_path, open_engine=opened, language="en", hints=())
    yield made
    made.close()


def bare(text: str) -> str:
    return " ".join("".join(c if c.isalnum() or c in "'%$" else " " for c in text.lower()).split())


def test_both_sides_are_read_while_they_are_recorded(
    tmp_path: Path, captions: LiveCaptions, opened: Opened, sample: dict[Channel, Samples]
) -> None:
    captions.start()
    recorder, window = Recorder(tmp_path), Window(captions)
    for second in range(22):
        for channel in CHANNELS:
            part = sample[channel][second * SAMPLE_RATE : (second + 1) * SAMPLE_RATE]
            recorder.write(channel, part)
        time.sleep(0.05)
        window.look()
    window.until(lambda: bool(window.lines) and all(x.is_done for x in window.lines.values()))
    window.until(lambda: max(window.last.lag_ms.values()) < 500)
    call = sample_call()
    known = [
        bare(" ".join(u.text for u in call.utterances if u.channel == c and u.end_ms < 22_000))
        for c in CHANNELS
    ]
    assert jiwer.wer(known, [bare(window.text(channel)) for channel in CHANNELS]) <= 0.15
    transcript = captions.transcript()
    assert (transcript.made_by, transcript.engine, transcript.language) == (
        "live",
        BUNDLED_SPEECH,
        "en",
    )
    assert {said.id: said.words for said in transcript} == {
        line.id: line.firm for line in window.lines.values() if line.firm
    }
    spoken = {u.text: u.start_ms for u in call.utterances}
    near = [abs(said.start_ms - spoken[said.text]) for said in transcript if said.text in spoken]
    assert len(near) >= 4
    assert max(near) < 1_000
    recorder.close()
    assert len(opened.engines) == 2


@pytest.mark.skipif(os.name == "nt", reason="kills by signal")
def test_killed_engines_cost_seconds_and_no_words(
    tmp_path: Path, captions: LiveCaptions, opened: Opened, sample: dict[Channel, Samples]
) -> None:
    captions.start()
    recorder, window = Recorder(tmp_path), Window(captions)
    recorder.write("them", sample["them"][: 12 * SAMPLE_RATE])
    window.until(lambda: len(window.text("them").split()) >= 6)
    before = {file.name: file.stat().st_size for file in tmp_path.glob("*.wav")}
    for pid in opened.pids():
        os.kill(pid, signal.SIGKILL)
    recorder.write("them", sample["them"][12 * SAMPLE_RATE :])
    window.until(lambda: "92%" in window.text("them"))
    assert all((tmp_path / name).stat().st_size >= size for name, size in before.items())
    assert 3 <= len(opened.engines) <= 4
    window.until(lambda: window.last.trouble is None)
    recorder.close()


def test_silence_and_hum_give_no_words(
    tmp_path: Path, captions: LiveCaptions, sample: dict[Channel, Samples]
) -> None:
    captions.start()
    recorder, window = Recorder(tmp_path), Window(captions)
    at = np.arange(8 * SAMPLE_RATE) / SAMPLE_RATE
    hum = sum(np.sin(2 * np.pi * 50 * n * at) / n for n in (1, 2, 3)) * 0.05
    noise = np.random.default_rng(4).normal(0, 0.01, len(at))
    recorder.write("me", np.zeros(8 * SAMPLE_RATE, np.float32))
    recorder.write("them", (hum + noise).astype(np.float32))
    recorder.write("them", sample["them"][3 * SAMPLE_RATE : 7 * SAMPLE_RATE])  # and then somebody
    window.until(lambda: "Mark" in window.text("them"))
    assert window.text("me") == ""
    assert all(line.start_ms > 7_000 for line in window.lines.values() if line.firm)
    recorder.close()


def test_off_the_record_vanishes_from_the_captions(
    tmp_path: Path, captions: LiveCaptions, sample: dict[Channel, Samples]
) -> None:
    captions.start()
    clock = MachineClock()
    began = clock.now().boot - 60.0
    events = Journal(tmp_path / "events.jsonl")
    events.write("origin", boot_id=clock.boot_id, boot=began, wall=clock.now().wall)
    writer = SegmentWriter(tmp_path, "them", clock=clock, seconds=4.0)
    pcm = (soxr.resample(sample["them"], SAMPLE_RATE, RATE) * 32767).astype(np.int16)[: 7 * RATE]
    for at in range(0, len(pcm), BLOCK):
        # The first half was said a minute ago, the second just now.
        shift = 0.0 if at < 4.75 * RATE else 53.0
        arrived = began + shift + (at + BLOCK) / RATE
        writer.append(pcm[at : at + BLOCK].tobytes(), arrived=arrived)
    window = Window(captions)
    window.until(lambda: "nice" in window.text("them") and "Good" in window.text("them"))
    writer.drop(30)
    seconds = window_until_gone(captions, "nice")
    assert seconds < 10
    left = " ".join(said.text for said in captions.transcript())
    assert "Good" in left
    writer.close()
    events.close()


def window_until_gone(captions: LiveCaptions, word: str) -> float:
    began = time.monotonic()
    while any(word in said.text for said in captions.transcript()):
        assert time.monotonic() - began < PATIENCE
        time.sleep(0.02)
    return time.monotonic() - began


class SlowEngine:
    """The bundled model on a machine that is far too slow for a while."""

    def __init__(self) -> None:
        self._engine = Opened()()
        self.name = self._engine.name
        self.slow_passes = 3

    def hear(self, sound: Samples, how: Listening, said: tuple[str, ...] = ()) -> Heard:
        if self.slow_passes:
            self.slow_passes -= 1
            time.sleep(2.0)
        return self._engine.hear(sound, how, said)

    def detect_language(self, sound: Samples) -> tuple[str, float]:
        return self._engine.detect_language(sound)

    def close(self) -> None:
        self._engine.close()


def test_a_slow_machine_is_behind_says_so_and_catches_up(
    tmp_path: Path, sample: dict[Channel, Samples]
) -> None:
    captions = LiveCaptions(tmp_path, open_engine=SlowEngine, language="en", hints=())
    captions.start()
    recorder, window = Recorder(tmp_path), Window(captions)
    recorder.write("them", sample["them"])
    window.until(lambda: window.last.trouble == BEHIND)
    assert window.last.lag_ms["them"] > Pacing().caught_up
    window.until(lambda: window.last.lag_ms["them"] < 500)
    window.until(lambda: window.last.trouble is None)
    for word in ("Good", "nice", "92%"):
        assert word in window.text("them")
    recorder.close()
    captions.close()


def test_a_model_that_cannot_be_opened_is_a_sentence(tmp_path: Path) -> None:
    def fail() -> LiveTranscriber:
        raise EngineError("There is not enough memory for this model.")

    captions = LiveCaptions(tmp_path, open_engine=fail, language=None, hints=())
    captions.start()
    window = Window(captions)
    window.until(lambda: window.last.trouble is not None)
    window.until(lambda: window.last.trouble == "There is not enough memory for this model.")
    captions.close()


def test_closing_is_quick_and_leaves_nothing(tmp_path: Path, opened: Opened) -> None:
    captions = LiveCaptions(tmp_path, open_engine=opened, language="en", hints=())
    captions.start()
    captions.start()
    began = time.monotonic()
    captions.close()
    captions.close()
    assert time.monotonic() - began < 3
    assert opened.pids() == []
    assert captions.news().changed == ()
    never = LiveCaptions(tmp_path, open_engine=opened, language="en", hints=())
    never.close()


def test_the_language_can_be_changed_in_the_middle(
    tmp_path: Path, captions: LiveCaptions, sample: dict[Channel, Samples]
) -> None:
    captions.start()
    recorder, window = Recorder(tmp_path), Window(captions)
    recorder.write("them", sample["them"][: 5 * SAMPLE_RATE])
    window.until(lambda: "Mark" in window.text("them"))
    captions.change_language(None)
    recorder.write("them", sample["them"][5 * SAMPLE_RATE :])
    window.until(lambda: "92%" in window.text("them"))
    assert captions.transcript().language == "en"  # found by a vote
    recorder.close()
