"""Reads back what segment writers left of one channel, whatever happened to them."""

import contextlib
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import numpy as np
import soundfile
from numpy.typing import NDArray

from granola_like.audio.journal import read_journal
from granola_like.audio.segments import RATE
from granola_like.audio.timeline import Anchor, Segment
from granola_like.audio.wave_file import FRAME_BYTES, HEADER_BYTES, mend_wave
from granola_like.domain.recording import Channel
from granola_like.errors import SoundError

_BLOCK = 1 << 16


@dataclass(frozen=True, slots=True)
class Blank:
    """Frames of a segment that are silence standing for sound that must not be kept."""

    file: str
    start: int
    end: int
    why: str


@dataclass(frozen=True, slots=True)
class Run:
    """A recorder process began: which boot of the computer, and its clocks in seconds."""

    boot_id: str
    boot: float
    wall: float


@dataclass(frozen=True, slots=True)
class ChannelFiles:
    """Everything that is known of one channel. Times are on the first run's boot clock."""

    channel: Channel
    segments: tuple[Segment, ...]
    blanks: tuple[Blank, ...] = ()
    drops: tuple[tuple[float, float], ...] = ()
    """The times that were taken off the record."""
    first: Run | None = None


def read_channel(folder: Path, channel: Channel, *, first: Run | None = None) -> ChannelFiles:
    """Mend the files of a channel and read their journal.

    `first` is the run whose boot clock counts; None takes the channel's own first. A segment whose
    header is gone is left out, one without anchors keeps its place in the order, and lines of the
    journal that cannot be understood are passed over. Calling it twice changes nothing more.
    """
    journal = JournalFacts(read_journal(folder / f"{channel}.jsonl"), first)
    segments = []
    for name in _names(folder, channel):
        facts = _length(folder, name)
        if facts is not None:
            rate, frames = facts
            anchors = tuple(journal.anchors.get(name, ()))
            after = journal.after.get(name, "full")
            segments.append(Segment(name, rate, frames, anchors, after))
    return ChannelFiles(
        channel, tuple(segments), tuple(journal.blanks), tuple(journal.drops), journal.first
    )


def read_segment(folder: Path, name: str) -> Iterator[NDArray[np.int16]]:
    """Yield the sound of a segment in blocks, 16-bit mono. Raises SoundError."""
    wav = folder / f"{name}.wav"
    if wav.exists():
        with wav.open("rb") as stream:
            stream.seek(HEADER_BYTES)
            while block := stream.read(_BLOCK * FRAME_BYTES):
                whole = len(block) - len(block) % FRAME_BYTES
                yield np.frombuffer(block[:whole], dtype="<i2")
        return
    try:
        with soundfile.SoundFile(folder / f"{name}.flac") as packed:
            yield from packed.blocks(_BLOCK, dtype="int16")
    except soundfile.LibsndfileError as error:
        raise SoundError(
            f"The piece of sound {name} could not be read.",
            hint="The other pieces are kept; run `granola-like doctor` to check the disk.",
        ) from error


class JournalFacts:
    """The facts of a channel's journal, by segment, as far as they were taken."""

    def __init__(self, facts: Iterable[dict[str, Any]] = (), first: Run | None = None) -> None:
        self.first, self._run = first, first
        self.anchors: dict[str, list[Anchor]] = {}
        self.after: dict[str, str] = {}
        self.blanks: list[Blank] = []
        self.drops: list[tuple[float, float]] = []
        for fact in facts:
            self.take(fact)

    def take(self, fact: dict[str, Any]) -> None:
        """Take one fact more; what cannot be understood is passed over."""
        # A line may be whole JSON and still not ours: a damaged disk, a person's editor.
        with contextlib.suppress(KeyError, TypeError, ValueError):
            self._take(fact)

    def _take(self, fact: dict[str, Any]) -> None:
        match fact["e"]:
            case "run":
                run = Run(str(fact["boot_id"]), float(fact["boot"]), float(fact["wall"]))
                self._run = run
                self.first = self.first or run
            case "open":
                self.after[_stem(fact)] = str(fact["after"])
            case "anchor":
                anchor = Anchor(int(fact["frames"]), self._time(float(fact["boot"])))
                self.anchors.setdefault(_stem(fact), []).append(anchor)
            case "blank":
                end, frames = int(fact["end"]), int(fact["frames"])
                self.blanks.append(Blank(_stem(fact), end - frames, end, str(fact["why"])))
            case "drop":
                span = (self._time(float(fact["start"])), self._time(float(fact["end"])))
                self.drops.append(span)

    def _time(self, boot: float) -> float:
        first, run = self.first, self._run
        if first is None or run is None or run.boot_id == first.boot_id:
            return boot
        return first.boot + (run.wall - first.wall) + (boot - run.boot)  # after a restart


def _stem(fact: dict[str, Any]) -> str:
    return str(fact["file"]).partition(".")[0]


def _names(folder: Path, channel: Channel) -> list[str]:
    files = [*folder.glob(f"{channel}-?????.wav"), *folder.glob(f"{channel}-?????.flac")]
    return sorted({file.stem for file in files})


def _length(folder: Path, name: str) -> tuple[int, int] | None:
    wav = folder / f"{name}.wav"
    if wav.exists():
        facts = mend_wave(wav)
        if facts is not None:
            return facts.rate, facts.frames
    flac = folder / f"{name}.flac"
    if flac.exists():
        with contextlib.suppress(soundfile.LibsndfileError):
            info = soundfile.info(flac)
            return int(info.samplerate), int(info.frames)
    return (RATE, 0) if wav.exists() else None
