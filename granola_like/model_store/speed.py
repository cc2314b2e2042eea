"""How fast speech models would be here: one short measurement, scaled by what models cost.

The shipped tiny model hears a minute of the sample call, once on this machine. The other
models' costs, in multiples of the tiny one's, stand in the catalogue with where they come from.
Other programs must not make the machine look slow, so where the system tells it (Linux), the
engine's own processor time counts.
"""

import json
import os
import time
from contextlib import closing
from dataclasses import asdict, dataclass
from importlib.metadata import version
from pathlib import Path
from typing import Any

import numpy as np

from granola_like.audio.decode import blocks
from granola_like.engines import host
from granola_like.engines.base import SAMPLE_RATE, Listening, Samples
from granola_like.engines.cards import SPEECH_USES_CARDS
from granola_like.errors import GranolaError
from granola_like.jobs import Job, Progress
from granola_like.model_store.machine import Machine, this_machine
from granola_like_models.catalogue import BUNDLED_SPEECH, Model
from granola_like_models.sample import sample_call

FORMAT = 1
HEARD_S = 60
"""Seconds of the sample call that are heard: two windows, which an engine may hear at once."""
_RUNS = 2
"""The quicker run counts: the other one met another program."""
_AT_ONCE = 2
"""So many windows an engine hears at once, on a thread each."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Measured:
    """What was measured on one machine."""

    machine: Machine
    took_s: float
    """For HEARD_S seconds of sound, with the shipped model."""
    engine: str
    """The library that did it, with its version."""

    def hours_per_hour(self, model: Model) -> float | None:
        """Estimate how many hours of speech a model hears in an hour; None where nobody knows."""
        if model.relative_cost is None:
            return None
        return HEARD_S / (self.took_s * model.relative_cost)

    def dearest(self, hours_per_hour: float) -> float:
        """What a model may cost (as `relative_cost`) to hear so many hours in an hour."""
        return HEARD_S / (self.took_s * hours_per_hour)


def measured(file: Path) -> Measured | None:
    """Read the measurement of this machine; None when there is none, or things have changed."""
    try:
        given: dict[str, Any] = json.loads(file.read_text("utf-8"))
        machine = Machine(**given["machine"])
        found = Measured(
            machine=machine, took_s=float(given["took_s"]), engine=str(given["engine"])
        )
    except (OSError, ValueError, TypeError, KeyError):
        return None
    now = this_machine(cuda_cards=machine.cuda_cards, cards_used=SPEECH_USES_CARDS)
    same = machine == now and found.engine == _engine() and found.took_s > 0
    return found if same and given.get("format") == FORMAT else None


def measure(file: Path) -> Job[Measured]:
    """Measure this machine and remember it in `file`. Raises EngineError."""
    yield Progress("Measuring this machine")
    sound = _sample()
    times: list[float] = []
    pure = True
    with closing(host.open_transcriber(BUNDLED_SPEECH, models_dir=file.parent)) as whisper:
        pid = whisper.pid if isinstance(whisper, host.Host) else None
        for _ in range(_RUNS + 1):
            start, used = time.perf_counter(), _processor_time(pid)
            for _ in whisper.transcribe(sound, Listening(language="en")):
                yield Progress("Measuring this machine", len(times) / (_RUNS + 1))
            took = time.perf_counter() - start
            now_used = _processor_time(pid)
            if used is None or now_used is None:
                pure = False
            else:
                took = min(took, (now_used - used) / min(_AT_ONCE, host.threads()))
            times.append(took)
    with closing(host.Host("granola_like.engines.cards:open_cards", {}, name="cards")) as cards:
        try:
            count = int(cards.call("count"))
        except GranolaError:
            count = 0  # a driver that crashes is no driver
    found = Measured(
        machine=this_machine(cuda_cards=count, cards_used=SPEECH_USES_CARDS),
        took_s=round(min(times[1:]), 4),  # the first run waits for the model to load
        engine=_engine(),
    )
    if pure or not _is_busy():
        remember(found, file)
    return found


def _sample() -> Samples:
    call = sample_call()
    parts: list[Samples] = []
    missing = HEARD_S * SAMPLE_RATE
    for block in blocks(call.tracks["them"]):
        parts.append(block.samples[:missing])
        missing -= len(parts[-1])
        if not missing:
            break
    return np.concatenate(parts)


def _engine() -> str:
    return f"ctranslate2 {version('ctranslate2')}"


def _processor_time(pid: int | None) -> float | None:
    """How many seconds of processor a process has used; None where the system does not tell."""
    try:
        fields = Path(f"/proc/{pid}/stat").read_text("utf-8").rpartition(")")[2].split()
    except (OSError, ValueError):
        return None
    return (int(fields[11]) + int(fields[12])) / os.sysconf("SC_CLK_TCK")


def _is_busy() -> bool:
    """Tell whether other programs want more than this machine has; then the measure is too low."""
    if not hasattr(os, "getloadavg"):
        return False
    return os.getloadavg()[0] > (os.cpu_count() or 1)


def remember(found: Measured, file: Path) -> None:
    """Write a measurement where `measured` finds it; where that fails, it is made again."""
    try:
        file.parent.mkdir(parents=True, exist_ok=True)
        draft = file.with_name(f"{file.name}.new")
        draft.write_text(json.dumps({"format": FORMAT, **asdict(found)}, indent=2), "utf-8")
        draft.replace(file)
    except OSError:
        return
