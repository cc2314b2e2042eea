"""How much of what people say is found, and how much silence is taken for speech.

    python -m benchmarks.vad

Openings of AMI meetings with turns marked by people, beside faster-whisper's own voice filter with
its defaults, and beside Silero's plain thresholds. Ours was tuned on half of the clips, as they
are and 30 dB quieter; the other half was held out. Missed: the share of the marked speech that is
in no span. False alarms: the share of what nobody marked that is in one; pauses within a turn and
the room that spans keep around speech count, too. Marked turns are not exact to 0.1 s.
"""

from collections.abc import Callable

import numpy as np
import soundfile
from faster_whisper.vad import VadOptions, get_speech_timestamps
from numpy.typing import NDArray

from benchmarks.material import need
from granola_like.audio.decode import Block
from granola_like.engines.silero import open_speech_finder
from granola_like.transcribe.packing import Batch, batches
from granola_like.transcribe.speech import Cutting

RATE = 16_000
TICKS = 100
"""A second is judged in so many parts."""
TUNED = ("trn03", "trn04", "trn05", "trn06")
HELD_OUT = ("trn00", "trn07", "dev00", "dev01")
QUIET_DB = -30.0

Flags = NDArray[np.bool_]
Sound = NDArray[np.float32]
Finding = Callable[[Sound], list[tuple[float, float]]]


def clip(name: str) -> Sound:
    """Read a clip."""
    sound, rate = soundfile.read(need(f"audio/ami/{name}.wav"), dtype="float32")
    assert rate == RATE
    return np.asarray(sound, np.float32)


def marked(name: str, length: int) -> Flags:
    """Say for each hundredth of a second whether a person marked it as speech."""
    flags = np.zeros(length * TICKS // RATE, bool)
    part = {"trn": "train", "dev": "development"}[name[:3]]
    for line in need(f"audio/ami/debug.{part}.rttm").read_text("utf-8").splitlines():
        fields = line.split()
        if fields[1] == name:
            start, seconds = float(fields[3]), float(fields[4])
            flags[round(start * TICKS) : round((start + seconds) * TICKS)] = True
    return flags


def defaults(sound: Sound) -> list[tuple[float, float]]:
    """faster-whisper's voice filter as it comes."""
    found = get_speech_timestamps(sound, VadOptions())
    return [(one["start"] / RATE, one["end"] / RATE) for one in found]


def ours(sound: Sound, cutting: Cutting | None = None) -> list[tuple[float, float]]:
    """The final pass's own segmentation."""
    blocks = [Block(sound[at : at + 10 * RATE], 0.0) for at in range(0, len(sound), 10 * RATE)]
    found = batches(blocks, open_speech_finder().listen(), cutting=cutting)
    pieces = [piece for one in found if isinstance(one, Batch) for piece in one.pieces]
    return [(p.start / RATE, (p.start + len(p.sound)) / RATE) for p in pieces]


def counts(name: str, find: Finding, gain_db: float = 0.0) -> NDArray[np.int64]:
    """Count hundredths: missed, of speech; false, of silence."""
    sound = clip(name)
    truth = marked(name, len(sound))
    flags = np.zeros(len(truth), bool)
    for start, end in find(sound * np.float32(10 ** (gain_db / 20))):
        flags[round(start * TICKS) : round(end * TICKS)] = True
    return np.array([(truth & ~flags).sum(), truth.sum(), (flags & ~truth).sum(), (~truth).sum()])


def shown(found: NDArray[np.int64]) -> str:
    """Write both shares out."""
    missed, speech, false, silence = found
    return f"missed {missed / max(1, speech):6.1%}   false {false / max(1, silence):6.1%}"


def main() -> None:
    """Print every clip, and both halves together."""
    ways: dict[str, Finding] = {"faster-whisper": defaults, "ours": ours}
    for part, names in (("tuned", TUNED), ("held out", HELD_OUT)):
        for gain in (0.0, QUIET_DB):
            print(f"== {part}, {gain:+.0f} dB")
            total = {way: np.zeros(4, np.int64) for way in ways}
            for name in names:
                for way, find in ways.items():
                    found = counts(name, find, gain)
                    total[way] += found
                    print(f"  {name}  {way:16} {shown(found)}")
            for way, found in total.items():
                print(f"  all    {way:16} {shown(found)}")


if __name__ == "__main__":
    main()
