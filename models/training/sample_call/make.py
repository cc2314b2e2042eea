"""Speak the sample call and write it where the product ships it. See README.md."""

import io
import json
import shutil
import subprocess
import sys
from pathlib import Path

import numpy as np
import soundfile
import soxr

HERE = Path(__file__).parent
PLACE = HERE.parents[1] / "granola_like_models" / "sample_call"
RATE = 16_000
LEAD_SECONDS = 1.5
"""Nobody speaks at once when a call begins, nor to its last moment."""

ROOM = 1e-3
"""The quiet noise of a room (root mean square), without which no recording is."""

PEAK = 0.5


def main() -> None:
    """Write both channels, the exact words and the notes."""
    if shutil.which("espeak-ng") is None:
        sys.exit("This needs espeak-ng: apt-get install espeak-ng, or brew install espeak-ng.")
    plan = json.loads((HERE / "lines.json").read_text("utf-8"))
    spoken = [_spoken(line, plan["voices"]) for line in plan["lines"]]
    said, length = _times(plan["lines"], spoken)
    PLACE.mkdir(exist_ok=True)
    for channel in plan["voices"]:
        sound = _room(length, seed=len(channel))
        for line, samples in zip(said, spoken, strict=True):
            if line["channel"] == channel:
                at = line["start_ms"] * RATE // 1000
                sound[at : at + len(samples)] += samples
        soundfile.write(
            PLACE / f"{channel}.opus", sound, RATE, format="OGG", subtype="OPUS",
            compression_level=0.9,
        )
    header = {**plan["meeting"], "duration_ms": length * 1000 // RATE}
    _write("script.json", {"meeting": header, "utterances": _named(said, plan["meeting"])})
    _write("notes.json", _notes(plan["notes"], said))


def _spoken(line: dict, voices: dict) -> np.ndarray:
    how = voices[line["who"]]
    done = subprocess.run(
        ["espeak-ng", "-v", how["voice"], "-s", str(how["speed"]), "-p", str(how["pitch"]),
         "--stdout", line.get("spoken", line["text"])],
        capture_output=True, check=True,
    )
    samples, rate = soundfile.read(io.BytesIO(done.stdout), dtype="float32")
    samples = soxr.resample(samples, rate, RATE)
    loud = np.flatnonzero(np.abs(samples) > 2e-3)
    samples = samples[max(0, loud[0] - 320) : loud[-1] + 320]
    return samples / np.abs(samples).max() * PEAK


def _times(lines: list, spoken: list) -> tuple[list, int]:
    at, said = int(LEAD_SECONDS * RATE), []
    for line, samples in zip(lines, spoken, strict=True):
        at += int(line.get("pause", 0) * RATE)
        said.append(
            {
                "channel": line["who"],
                "start_ms": at * 1000 // RATE,
                "end_ms": (at + len(samples)) * 1000 // RATE,
                "text": line["text"],
            }
        )
        at += len(samples)
    return said, at + int(LEAD_SECONDS * RATE)


def _room(length: int, seed: int) -> np.ndarray:
    return np.random.default_rng(seed).normal(0, ROOM, length).astype(np.float32)


def _named(said: list, meeting: dict) -> list:
    names = {person["channel"]: person["name"] for person in meeting["people"]}
    return [
        {"id": f"s{number}", "speaker": names[line["channel"]], **line}
        for number, line in enumerate(said, 1)
    ]


def _notes(notes: list, said: list) -> list:
    typed = []
    for number, note in enumerate(notes, 1):
        source = next(line for line in said if line["text"].startswith(note["after"]))
        begun = source["end_ms"] + round(note["lag"] * 1000)
        typed.append(
            {
                "id": f"n{number}",
                "text": note["text"],
                "indent": 0,
                "typed_at_ms": begun,
                "edited_at_ms": begun + 180 * len(note["text"]),
            }
        )
    return typed


def _write(name: str, value: object) -> None:
    text = json.dumps(value, ensure_ascii=False, indent=1)
    (PLACE / name).write_text(text + "\n", encoding="utf-8")


if __name__ == "__main__":
    main()
