"""What a person sees before choosing a model."""

import json
import shutil
from dataclasses import replace
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from granola_like.jobs import run
from granola_like.model_store.listing import Listing, list_models
from granola_like.model_store.machine import Machine, this_machine
from granola_like.model_store.pace import Pace, duration, megabytes
from granola_like.model_store.places import coming
from granola_like.model_store.speed import HEARD_S, Measured, measure, measured, remember
from granola_like.model_store.suggest import BY_CARE, memory_of, suggest
from granola_like_models.catalogue import catalogue, known
from tests.model_store.conftest import whisper_folder

LAPTOP = Machine(processor="some laptop", threads=4, memory_megabytes=16_000)


def listed(models_dir: Path) -> Listing:
    return run(list_models(models_dir=models_dir, may_measure=False))


def test_the_state_of_each_is_told(models_dir: Path) -> None:
    speech = models_dir / "speech"
    shutil.copytree(whisper_folder(), speech / "small")
    shutil.copytree(whisper_folder(), speech / "mine")
    shutil.copytree(whisper_folder(), speech / "base")
    (speech / "base" / "model.bin").unlink()
    part = coming("medium", models_dir)
    part.mkdir(parents=True)
    (part / "model.bin.abc.part").write_bytes(bytes(3_000_000))
    (models_dir / "language").mkdir()
    (models_dir / "language" / "Qwen3-1.7B-Q4_K_M.gguf").write_bytes(b"GGUF....")
    found = {entry.name: entry for entry in listed(models_dir).entries}
    states = {name: entry.state for name, entry in found.items()}
    assert states["tiny-synthetic"] == "shipped"
    assert states["small"] == "here"
    assert states["base"] == "damaged"
    assert states["medium"] == "partly"
    assert found["medium"].came_megabytes == 3
    assert states["large-v3"] == "absent"
    assert states["qwen3-1.7b"] == "here"
    assert states["mine"] == "here"
    assert found["mine"].own
    assert list(found)[:-1] == [model.name for model in catalogue()]


def test_the_machine_is_measured_once(models_dir: Path) -> None:
    file = models_dir / ".speed.json"
    assert measured(file) is None
    found = run(measure(file))
    assert found.took_s > 0
    assert found.machine.threads >= 1
    remember(found, file)  # a busy machine is not remembered by itself
    assert measured(file) == found
    listing = listed(models_dir)
    speeds = {entry.name: entry.hours_per_hour for entry in listing.entries}
    assert speeds["tiny-synthetic"] == pytest.approx(HEARD_S / found.took_s, abs=0.1)
    order = [speeds[name] for name in ("tiny", "base", "small", "medium", "large-v3")]
    assert order == sorted(order, key=lambda speed: -(speed or 0))
    assert speeds["qwen3-1.7b"] is None
    assert f"{found.took_s:.2f} s" in listing.estimate


@pytest.mark.parametrize("text", ["", "{", "[]", '{"format": 1}', '{"machine": {"x": 1}}'])
def test_a_measurement_that_cannot_be_read_is_made_again(models_dir: Path, text: str) -> None:
    models_dir.mkdir()
    file = models_dir / ".speed.json"
    file.write_text(text)
    assert measured(file) is None


def test_a_measurement_of_another_machine_does_not_count(models_dir: Path) -> None:
    file = models_dir / ".speed.json"
    own = Measured(machine=this_machine(), took_s=1.0, engine="ctranslate2 0.1")
    remember(own, file)
    assert measured(file) is None
    remember(replace(own, machine=LAPTOP), file)
    assert measured(file) is None
    assert json.loads(file.read_text("utf-8"))["machine"]["processor"] == "some laptop"


def speeds(small: float) -> dict[str, float]:
    """Speeds of a machine on which `small` has this one."""
    cost = {name: _cost(name) for name in BY_CARE}
    return {name: small * cost["small"] / cost[name] for name in BY_CARE}


def _cost(name: str) -> float:
    model = known(name)
    assert model is not None
    assert model.relative_cost is not None
    return model.relative_cost


@pytest.mark.parametrize(
    ("small", "memory", "live", "after"),
    [
        (200.0, 64_000, "large-v3-turbo", "large-v3-turbo"),
        (15.0, 16_000, "small", "large-v3-turbo"),
        (5.5, 16_000, "base", "medium"),
        (5.5, 3_000, "base", "small"),
        (1.0, 16_000, "tiny", "base"),
        (0.1, 16_000, "tiny", "tiny"),
        (18.0, 2_000, "tiny", "tiny"),
    ],
)
def test_a_machine_gets_what_it_can_afford(
    small: float, memory: int, live: str, after: str
) -> None:
    found = suggest(replace(LAPTOP, memory_megabytes=memory), speeds(small))
    assert (found.live, found.after) == (live, after)
    assert found.because.endswith(".")


def test_a_card_counts_only_when_speech_runs_on_it() -> None:
    card = replace(LAPTOP, cuda_cards=1)
    assert suggest(replace(card, cards_used=True), speeds(1.0)).after == "large-v3"
    slow = suggest(card, speeds(1.0))
    assert slow.after == "base"
    assert "on the processor for now" in slow.because


def test_an_unmeasured_machine_gets_what_most_can_do() -> None:
    found = suggest(LAPTOP, {})
    assert (found.live, found.after) == ("base", "small")


@given(st.floats(0.01, 1000), st.integers(500, 200_000))
def test_after_the_call_is_never_less_careful(small: float, memory: int) -> None:
    found = suggest(replace(LAPTOP, memory_megabytes=memory), speeds(small))
    assert BY_CARE.index(found.after) >= BY_CARE.index(found.live)


def test_memory_is_measured_or_said_to_be_estimated() -> None:
    assert memory_of("small") == (1477, False)
    estimate = memory_of("large-v3")
    assert estimate is not None
    assert estimate[1]
    assert 2_500 < estimate[0] < 3_500


def test_pace_is_of_the_last_seconds_and_silence_is_told() -> None:
    pace = Pace(100_000_000)
    assert pace.fraction is None
    for second in range(31):
        pace.note(second * 1_000_000, second)
    for second in range(31, 61):
        pace.note(30_000_000 + (second - 30) * 2_000_000, second)
    assert pace.in_words(60) == "90 of 100 MB, 2.0 MB/s, 5 s left"
    assert pace.fraction == 0.9
    pace.note(90_000_000, 67)
    assert pace.in_words(67) == "90 of 100 MB, nothing for 7 s"


def test_numbers_read_well() -> None:
    assert [megabytes(count) for count in (0, 480_000, 9_960_000, 486_000_000, 3_090_000_000)] == [
        "0.0", "0.5", "10.0", "486", "3,090"
    ]  # fmt: skip
    assert [duration(seconds) for seconds in (0, 45, 600, 12_000)] == [
        "1 s", "45 s", "10 min", "3 h 20 min"
    ]  # fmt: skip


def test_this_machine_has_memory_and_threads() -> None:
    here = this_machine()
    assert here.threads >= 1
    assert here.memory_megabytes is None or here.memory_megabytes > 100
    assert here.processor
