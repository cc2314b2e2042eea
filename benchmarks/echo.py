"""How much echo is removed, and how much of the person's voice survives, beside livekit's AEC3.

    python -m benchmarks.echo [--seconds 100] [--part tuned|held-out]

Made paths (a laptop's loudspeaker, loud, 220 ms late, a clock 100 ppm off, a path that changes)
with real speech at both ends, so that the truth is known; and real pairs of microphone and
loopback, of which only the reduction is known. Thresholds were chosen on the `tuned` paths; those
held out have other rooms, delays, levels, noises and speakers, and were only ever measured.
`livekit` is optional.
"""

import argparse
import time
from collections.abc import Callable
from dataclasses import dataclass

import numpy as np
import soundfile
import soxr
from numpy.typing import NDArray

from benchmarks.material import need
from granola_like.audio.echo.clean import remove_echo
from granola_like.jobs import run

RATE = 16_000
Sound = NDArray[np.float32]
NEAR_STARTS, NEAR_ENDS, FAR_RESTS = 0.3, 0.75, (0.3, 0.5)
"""Shares of the case: the person speaks from–to; the others rest in the first part of that."""


@dataclass(frozen=True)
class Case:
    """A microphone with an echo in it, and the parts that it was made of."""

    name: str
    far: Sound
    near: Sound
    echo: Sound
    mic: Sound


@dataclass(frozen=True)
class Way:
    """How the far end comes to the microphone."""

    name: str
    delay_ms: int = 60
    level_db: float = -6.0
    ppm: float = 0.0
    changes: bool = False
    """Whether the room is another one from 80 % on."""
    jumps_ms: int = 0
    """And so much later there: another loudspeaker."""
    seed: int = 1
    decay_s: float = 0.3
    """How long the room takes to fall silent by 60 dB."""
    noise_db: float = -62.0
    held_out: bool = False


WAYS = (
    Way("laptop, 60 ms, -6 dB"),
    Way("loud, +3 dB", level_db=3.0),
    Way("220 ms", delay_ms=220),
    Way("100 ppm drift", ppm=100.0),
    Way("path changes at 80 %", changes=True),
    Way("small room, 35 ms, -9 dB", 35, -9.0, seed=11, decay_s=0.2, held_out=True),
    Way("large room, 80 ms, 0 dB", 80, 0.0, seed=13, decay_s=0.5, held_out=True),
    Way("loud, +6 dB, noisy", 50, 6.0, seed=17, noise_db=-52.0, held_out=True),
    Way("Bluetooth, 280 ms, 40 ppm", 280, ppm=40.0, seed=19, held_out=True),
    Way("drift of -60 ppm", 90, -3.0, ppm=-60.0, seed=23, decay_s=0.4, held_out=True),
    Way("path changes, -3 dB", 70, -3.0, changes=True, seed=29, held_out=True),
    Way("another loudspeaker, 160 ms later", 40, -6.0, changes=True, jumps_ms=160, seed=31,
        held_out=True),
)  # fmt: skip

VOICES = {
    False: (
        ("audio/ami/dev00.wav", "audio/ami/trn00.wav", "audio/four_speakers_en_ami.wav"),
        ("audio/jfk.flac", "audio/two_speakers_de.wav"),
    ),
    True: (
        ("audio/ami/trn03.wav", "audio/ami/trn05.wav", "audio/ami/dev01.wav"),
        ("audio/stereo_diarization.wav", "audio/multilingual.mp3"),
    ),
}
"""The others' and the person's, by whether they are held out."""


def speech(seconds: float, *files: str) -> Sound:
    """Read real speech at 16 kHz, repeated to the length, with a peak of 0.35."""
    parts = []
    for name in files:
        sound, rate = soundfile.read(need(name), dtype="float32")
        mono = sound if sound.ndim == 1 else sound.mean(axis=1)
        parts.append(soxr.resample(mono, rate, RATE) if rate != RATE else mono)
    whole = np.resize(np.concatenate(parts), round(seconds * RATE)).astype(np.float32)
    scaled: Sound = whole * np.float32(0.35 / np.abs(whole).max())
    return scaled


def room(seed: int, decay_s: float) -> Sound:
    """An impulse response of a quarter of a second that decays by 60 dB in `decay_s`."""
    length = RATE // 4
    tail = np.random.default_rng(seed).standard_normal(length)
    response = tail * np.exp(-np.arange(length) / RATE * 6.9 / decay_s) * 0.12
    response[0] = 1
    unit: Sound = (response / np.sqrt(np.square(response).sum())).astype(np.float32)
    return unit


def convolved(sound: Sound, response: Sound) -> Sound:
    """Convolve by FFT, as long as the sound."""
    size = 1 << (len(sound) + len(response)).bit_length()
    product = np.fft.rfft(sound, size) * np.fft.rfft(response, size)
    return np.fft.irfft(product, size)[: len(sound)].astype(np.float32)


def made(way: Way, seconds: float) -> Case:
    """Make a case: others alone, person alone, both, others alone."""
    theirs, mine = VOICES[way.held_out]
    far, near = speech(seconds, *theirs), speech(seconds, *mine)
    at = np.arange(len(far)) / len(far)
    far = far * ~((at >= FAR_RESTS[0]) & (at < FAR_RESTS[1]))
    near = near * ((at >= NEAR_STARTS) & (at < NEAR_ENDS))
    played = np.tanh(2 * far) / 2  # a small loudspeaker is not linear
    spectrum = np.fft.rfft(played)
    hertz = np.fft.rfftfreq(len(played), 1 / RATE)
    small = np.fft.irfft(spectrum / (1 + (250 / np.maximum(hertz, 1)) ** 4), len(played))
    echo = convolved(small.astype(np.float32), room(way.seed, way.decay_s))
    if way.changes:
        other = convolved(small.astype(np.float32), room(way.seed + 1, way.decay_s))
        other = np.concatenate([np.zeros(way.jumps_ms * RATE // 1000, np.float32), other])
        echo = np.where(at < 0.8, echo, other[: len(echo)])
    late = round(way.delay_ms * RATE / 1000)
    echo = np.concatenate([np.zeros(late, np.float32), echo])[: len(far)]
    if way.ppm:
        place = np.arange(len(echo))
        echo = np.interp(place * (1 + way.ppm * 1e-6), place, echo)
    wanted = power(near[near != 0]) * 10 ** (way.level_db / 10)
    echo = (echo * np.sqrt(wanted / power(echo[np.abs(echo) > 1e-5]))).astype(np.float32)
    noise = np.random.default_rng(6 + way.seed).standard_normal(len(far))
    noise *= 10 ** (way.noise_db / 20)
    return Case(way.name, far, near, echo, (near + echo + noise).astype(np.float32))


def power(sound: Sound) -> float:
    """Mean square."""
    return float(np.square(sound.astype(np.float64)).mean()) + 1e-12


def db(sound: Sound) -> float:
    """Level in dB below full scale."""
    return float(10 * np.log10(power(sound)))


def ours(case: Case) -> tuple[Sound, tuple[tuple[int, int], ...]]:
    """Clean with the product's own filter and gate."""
    cleaned = run(remove_echo(case.mic, case.far))
    return cleaned.samples, cleaned.echo_only


def aec3(case: Case) -> tuple[Sound, tuple[tuple[int, int], ...]]:
    """Clean with livekit's AEC3, ten milliseconds at a time, at 48 kHz as it likes it."""
    from livekit.rtc import AudioFrame
    from livekit.rtc.apm import AudioProcessingModule

    far, mic = (
        np.clip(soxr.resample(s, RATE, 48_000) * 32768, -32768, 32767).astype(np.int16)
        for s in (case.far, case.mic)
    )
    machine = AudioProcessingModule(echo_cancellation=True)
    out = np.zeros(len(mic), np.int16)
    for at in range(0, min(len(mic), len(far)) - 479, 480):
        played = AudioFrame(bytearray(far[at : at + 480].tobytes()), 48_000, 1, 480)
        machine.process_reverse_stream(played)
        frame = AudioFrame(bytearray(mic[at : at + 480].tobytes()), 48_000, 1, 480)
        machine.process_stream(frame)
        out[at : at + 480] = np.frombuffer(bytes(frame.data), np.int16)
    return soxr.resample(out.astype(np.float32) / 32768, 48_000, RATE), ()


def spectral_likeness(sound: Sound, truth: Sound) -> float:
    """Correlate the magnitudes (square roots, 200–7000 Hz) where the truth speaks."""
    shape = (-1, 320)
    count = min(len(sound), len(truth)) // 320 * 320
    one, two = (
        np.abs(np.fft.rfft(s[:count].reshape(shape) * np.hanning(320), axis=1))[:, 4:140]
        for s in (sound, truth)
    )
    speaks = two.mean(axis=1) > 0.1 * two.mean(axis=1).max()
    found = np.corrcoef(np.sqrt(one[speaks]).ravel(), np.sqrt(two[speaks]).ravel())
    return float(found[0, 1])


def judged(case: Case, only: tuple[tuple[int, int], ...]) -> tuple[int, int, int, int]:
    """Count seconds: echo recognised, of; voice kept, of. The first three are for learning."""
    recognised = echoes = kept = voices = 0
    for second in range(3, len(case.mic) // RATE):
        span = slice(second * RATE, (second + 1) * RATE)
        near, echo = db(case.near[span]), db(case.echo[span])
        start, end = second * 1000, second * 1000 + 1000
        if near > -45:
            voices += 1
            kept += not any(
                db(case.near[round(a * 16) : round(b * 16)]) > -45
                for a, b in halves(only, start, end)
            )
        elif echo > -50 and near < -70:
            echoes += 1
            loud = [
                at for at in (start, end - 500) if db(case.echo[at * 16 : at * 16 + 8000]) > -50
            ]
            recognised += all((at, at + 500) in halves(only, start, end) for at in loud)
    return recognised, echoes, kept, voices


def halves(only: tuple[tuple[int, int], ...], start: int, end: int) -> list[tuple[int, int]]:
    """The dropped half seconds within a second."""
    return [
        (at, at + 500)
        for at in range(start, end, 500)
        if any(a <= at and b >= at + 500 for a, b in only)
    ]


def measure(
    case: Case, name: str, clean: Callable[[Case], tuple[Sound, tuple[tuple[int, int], ...]]]
) -> tuple[int, int, int, int]:
    """Clean a case, print its line, and give what `judged` counts; zeros for the others."""
    began = time.process_time()
    out, only = clean(case)
    used = (time.process_time() - began) / (len(case.mic) / RATE)
    count = len(case.mic)
    out = np.concatenate([out, np.zeros(max(0, count - len(out)), np.float32)])[:count]

    def part(start: float, end: float) -> slice:
        return slice(round(start * count), round(end * count))

    alone, last, talk = part(0.08, 0.29), part(0.86, 0.99), part(0.52, 0.74)
    person = part(0.33, 0.49)
    line = (
        f"  {name:10s} echo removed {db(case.mic[alone]) - db(out[alone]):5.1f} dB, at the end "
        f"{db(case.mic[last]) - db(out[last]):5.1f} dB · both speak: likeness "
        f"{spectral_likeness(case.mic[talk], case.near[talk]):.3f} → "
        f"{spectral_likeness(out[talk], case.near[talk]):.3f} · person alone "
        f"{db(out[person]) - db(case.mic[person]):+.1f} dB · {used:.4f} of real time"
    )
    print(line)
    if name != "ours":
        return (0, 0, 0, 0)
    recognised, echoes, kept, voices = judged(case, only)
    print(f"  {'':10s} echo-only seconds {recognised}/{echoes}, voice kept {kept}/{voices}")
    return recognised, echoes, kept, voices


def real_pairs() -> None:
    """Print what is removed from real recordings, far end and microphone together."""
    for name in ("theo_{}", "doubletalk_{}_sample"):
        pair = []
        for side in ("lpb", "mic"):
            sound, rate = soundfile.read(
                need(f"audio/echo/{name.format(side)}.wav"), dtype="float32"
            )
            assert rate == RATE
            pair.append(sound)
        far, mic = pair
        count = min(len(far), len(mic))
        cleaned = run(remove_echo(mic[:count], far[:count]))
        path = cleaned.path
        where = f"{path.delay / 16:.0f} ms late, {path.ppm:+.0f} ppm" if path else "no echo found"
        dropped = sum(b - a for a, b in cleaned.echo_only) / 1000
        print(
            f"{name.format('*')}: {where}; removed {db(mic) - db(cleaned.samples):.1f} dB overall; "
            f"echo-only {dropped:.1f} of {count / RATE:.1f} s"
        )
        if path:
            case = Case(name, far[:count], mic[:count], mic[:count], mic[:count])
            try:
                out, _ = aec3(case)
                print(f"  AEC3 removed {db(mic) - db(out):.1f} dB overall (of everything)")
            except ImportError:
                pass


def measure_part(ways: list[Way], seconds: float) -> None:
    """Measure some paths and print what they come to."""
    total = np.zeros(4, int)
    for way in ways:
        case = made(way, seconds)
        print(way.name)
        total += measure(case, "ours", ours)
        try:
            measure(case, "AEC3", aec3)
        except ImportError:
            print("  AEC3: `pip install livekit` to compare")
    recognised, echoes, kept, voices = total
    print(
        f"in all: echo-only seconds {recognised}/{echoes} ({recognised / max(1, echoes):.1%}), "
        f"voice kept {kept}/{voices} ({kept / max(1, voices):.1%})"
    )


def main() -> None:
    """Run all cases."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--seconds", type=float, default=100.0)
    parser.add_argument("--part", choices=("tuned", "held-out"))
    asked = parser.parse_args()
    for part in ("tuned", "held-out"):
        if asked.part in (None, part):
            print(f"== {part}")
            measure_part([w for w in WAYS if w.held_out == (part == "held-out")], asked.seconds)
    print("== real pairs")
    real_pairs()


if __name__ == "__main__":
    main()
