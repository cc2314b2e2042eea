"""What is left to write at hang-up with a language model of 1.7 billion weights.

    python -m benchmarks.hangup_model

The model has Qwen3-1.7B's shape and random weights, made here (Q4_0, about 1 GB, in a temporary
folder). The call runs at its own speed while the model writes; waiting is skipped. Printed: time
to the first finished line after the stop (goal 3 s), and the whole beside one prompt over the
whole transcript (goal 0.20), which writes as many tokens as all lines together.
"""

import argparse
import os
import tempfile
import time
from contextlib import suppress
from dataclasses import replace
from pathlib import Path

from benchmarks.hangup import HOUR_MS, LAG_MS, PAIRS, hour
from benchmarks.shaped_model import Shape, ShapedModel, make_model
from granola_like.domain.bundle import Bundle
from granola_like.domain.transcript import Transcript
from granola_like.enhance.ahead import Ahead, Heard, draft_ahead, finish, words_alone
from granola_like.enhance.job import LineWritten
from granola_like.enhance.model_writer import ModelWriter
from granola_like.enhance.templates import shipped_templates
from granola_like.jobs import Cancelled, Progress, run

CONTEXT = 4_096


class Skipped:
    """A call at its own speed, in which nobody waits: resting takes no time."""

    def __init__(self, bundle: Bundle) -> None:
        self._bundle = bundle
        self._began = time.monotonic()
        self._skipped_ms = 0

    def now_ms(self) -> int:
        """Say how long the call has been going on."""
        return self._skipped_ms + round((time.monotonic() - self._began) * 1_000)

    def rest(self, until_ms: int) -> None:
        """Be there at once."""
        self._skipped_ms += max(0, until_ms - self.now_ms())

    def is_over(self) -> bool:
        """Say whether they hung up."""
        return self.now_ms() >= HOUR_MS

    def look(self) -> Heard | None:
        """Show what was typed and said by now."""
        now = self.now_ms()
        said = tuple(u for u in self._bundle.transcript.utterances if u.end_ms <= now)
        lines = tuple(line for line in self._bundle.notes if (line.typed_at_ms or 0) <= now)
        seen = replace(self._bundle, transcript=Transcript(utterances=said), notes=lines)
        return None if self.is_over() else Heard(seen, max(0, now - LAG_MS))


def measure(file: Path, pair: tuple[str, str]) -> None:
    """Replay one call, and print what was left to do."""
    bundle = hour(*pair)
    model = ShapedModel(file, context=CONTEXT)
    ahead = Ahead(writer=ModelWriter(model), template=shipped_templates()[0], sees=words_alone)
    call = Skipped(bundle)
    job = draft_ahead(ahead, look=call.look, busy=lambda: False, clock=call)
    began = time.perf_counter()
    with suppress(Cancelled):
        run(job, is_cancelled=call.is_over)
    during, tokens = model.asked, model.written_tokens
    worked = time.perf_counter() - began
    print(
        f"{'+'.join(pair)}: {during} questions during the call, {tokens} tokens written, "
        f"{worked:.0f} s of work",
        flush=True,
    )
    stopped = time.perf_counter()
    lines: list[float] = []

    def note(step: Progress) -> None:
        if isinstance(step, LineWritten):
            lines.append(time.perf_counter() - stopped)

    done = run(finish(ahead, bundle, now=bundle.meeting.started_at), on_progress=note)
    left = time.perf_counter() - stopped
    print(
        f"  after the stop: first line {lines[0]:.2f} s, note {left:.2f} s, "
        f"{model.asked - during} questions; load {os.getloadavg()[0]:.1f}",
        flush=True,
    )
    by_model = sum(block.finding is not None for block in done.note.blocks)
    model.close()
    whole = ShapedModel(file, context=32_768)
    said = "\n".join(f"{u.speaker}: {u.text}" for u in bundle.transcript)
    prompt = said + "\n" + "\n".join(line.text for line in bundle.notes)
    per_line = tokens / max(during, 1)
    began = time.perf_counter()
    for _ in whole.spend(prompt, round(per_line * len(bundle.notes))):
        pass
    took = time.perf_counter() - began
    print(
        f"  one prompt of {whole.count_tokens(prompt)} tokens: {took:.1f} s; "
        f"ratio {left / took:.3f} (goal 0.20); {by_model} points; load {os.getloadavg()[0]:.1f}",
        flush=True,
    )
    whole.close()


def main() -> None:
    """Make the model, measure, print."""
    options = argparse.ArgumentParser(description=__doc__)
    options.add_argument("--runs", type=int, default=1)
    options.add_argument("--layers", type=int, default=Shape().layers, help="fewer for a try")
    chosen = options.parse_args()
    with tempfile.TemporaryDirectory() as folder:
        file = Path(folder) / "model.gguf"
        make_model(file, replace(Shape(), layers=chosen.layers))
        for number in range(chosen.runs):
            measure(file, PAIRS[number % len(PAIRS)])


if __name__ == "__main__":
    main()
