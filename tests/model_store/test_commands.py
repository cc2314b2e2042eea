"""`granola-like models` as people run it, from a missing model to one that is used."""

import json
import os
import signal
import subprocess
import sys
import time
from pathlib import Path

import numpy as np
import pytest
import soundfile

from granola_like.model_store.machine import this_machine
from granola_like.model_store.places import came_so_far
from granola_like.model_store.speed import Measured, remember
from tests.model_store.conftest import REPO
from tests.model_store.loopback_hub import Fault, Hub, wait_for


@pytest.fixture
def models_dir(own_home: Path) -> Path:
    from importlib.metadata import version

    folder = own_home / "granola" / "models"
    engine = f"ctranslate2 {version('ctranslate2')}"
    remember(Measured(machine=this_machine(), took_s=0.5, engine=engine), folder / ".speed.json")
    return folder


def command(*args: str) -> list[str]:
    return [sys.executable, "-m", "granola_like", "models", *args]


def granola(*args: str, code: int = 0, answer: str = "") -> subprocess.CompletedProcess[str]:
    done = subprocess.run(
        command(*args),
        capture_output=True,
        text=True,
        encoding="utf-8",
        check=False,
        timeout=60,
        input=answer,
        env={**os.environ, "PYTHONUTF8": "1", "COLUMNS": "160"},
    )
    assert done.returncode == code, done.stdout + done.stderr
    assert "Traceback" not in done.stderr
    return done


def test_the_sentence_about_a_missing_model_is_true(
    hub: Hub, models_dir: Path, tmp_path: Path
) -> None:
    sound = tmp_path / "nothing.wav"
    soundfile.write(sound, np.zeros(16_000, "int16"), 16_000)
    missing = subprocess.run(
        [sys.executable, "-m", "granola_like", "transcribe", str(sound), "--model", "tiny"],
        capture_output=True,
        text=True,
        encoding="utf-8",
        check=False,
    )
    assert missing.returncode == 1
    assert "`granola-like models download tiny`" in missing.stderr
    assert "tiny is here (5.6 MB)" in granola("download", "tiny").stdout
    assert "already" in granola("download", "tiny").stdout
    assert (models_dir / "speech" / "tiny" / "model.bin").exists()


def test_damage_is_told_with_the_way_out(hub: Hub, models_dir: Path) -> None:
    granola("download", "tiny")
    (verified,) = json.loads(granola("verify", "tiny", "--json").stdout)
    assert (verified["name"], verified["verdict"]) == ("tiny", "whole")
    weights = models_dir / "speech" / "tiny" / "model.bin"
    weights.write_bytes(bytes(len(weights.read_bytes())))
    damaged = granola("verify", "tiny", code=1)
    assert "is damaged" in damaged.stdout
    assert "models download tiny --again" in damaged.stdout


def test_nothing_is_removed_without_a_yes(models_dir: Path) -> None:
    weights = models_dir / "speech" / "tiny" / "model.bin"
    weights.parent.mkdir(parents=True)
    weights.write_bytes(bytes(2_000_000))
    granola("remove", "tiny", code=130, answer="n\n")
    assert weights.exists()
    assert "2.0 MB are free again" in granola("remove", "tiny", "--yes").stdout
    assert not weights.parent.exists()
    assert "comes with the product" in granola("remove", "tiny-synthetic", "--yes", code=1).stderr


def test_the_list_is_for_people_and_for_scripts(models_dir: Path) -> None:
    told = json.loads(granola("list", "--json").stdout)
    assert set(told) == {"folder", "machine", "estimate", "suggestion", "models", "used"}
    assert set(told["suggestion"]) == {"live", "after", "because"}
    assert set(told["machine"]) == {
        "processor", "threads", "memory_megabytes", "cuda_cards", "cards_used"
    }  # fmt: skip
    rows = {row["name"]: row for row in told["models"]}
    assert set(rows["small"]) == {
        "name", "kind", "state", "purpose", "megabytes", "came_megabytes", "memory_megabytes",
        "memory_is_estimated", "hours_per_hour", "languages", "licence", "repository", "aliases",
        "own", "on_this_machine", "takes_hints",
    }  # fmt: skip
    assert rows["tiny-synthetic"]["on_this_machine"]
    assert not rows["small"]["on_this_machine"]
    assert rows["small"]["hours_per_hour"] > rows["medium"]["hours_per_hour"] > 0
    people = granola("list").stdout
    assert "For this machine: " in people
    assert "Speeds are estimates: the shipped model heard 60 s of speech in 0.50 s here" in people
    assert "~1,477" not in people
    assert "1,477" in people


def test_trouble_is_one_sentence_and_a_way_out(hub: Hub, models_dir: Path) -> None:
    hub.faults["faster-whisper-tiny"] += [Fault(status=404)]
    gone = granola("download", "tiny", code=1)
    assert gone.stderr.count("\n") == 1
    assert "was removed, or moved away" in gone.stderr
    assert "Did you mean “small”?" in granola("download", "smal", code=1).stderr


@pytest.mark.skipif(os.name != "posix", reason="kills as POSIX does")
def test_killed_in_the_middle_the_next_run_goes_on(hub: Hub, models_dir: Path) -> None:
    size = sum(len(data) for name, data in hub.repos[REPO].items() if name != "README.md")
    hub.faults["model.bin"] += [Fault(pause_s=0.03)]
    with subprocess.Popen(command("download", "tiny")) as running:
        wait_for(lambda: came_so_far("tiny", models_dir) > 2_000_000)
        running.send_signal(signal.SIGKILL)
    came = came_so_far("tiny", models_dir)
    before = hub.sent
    granola("download", "tiny")
    (span,) = hub.ranges("model.bin")[1:]
    assert span is not None
    # What the killed process had handed to the system is there, also what came while it died.
    assert int(span[6:-1]) > 1_900_000
    assert hub.sent - before < size - came + 200_000
    assert json.loads(granola("verify", "tiny", "--json").stdout)[0]["verdict"] == "whole"


@pytest.mark.skipif(os.name != "posix", reason="interrupts as POSIX does")
def test_ctrl_c_stops_within_a_second_and_keeps_what_came(hub: Hub, models_dir: Path) -> None:
    hub.faults["model.bin"] += [Fault(stall_after=3_000_000)]
    with subprocess.Popen(
        command("download", "tiny"), stderr=subprocess.PIPE, text=True
    ) as running:
        wait_for(lambda: came_so_far("tiny", models_dir) > 2_500_000)
        start = time.monotonic()
        running.send_signal(signal.SIGINT)
        _, said = running.communicate(timeout=10)
    assert time.monotonic() - start < 2.0  # the second is the interpreter's own, on a busy machine
    assert running.returncode == 130
    assert said.strip() == "Stopped. Nothing was left half-written."
    (row,) = [
        row
        for row in json.loads(granola("list", "--json").stdout)["models"]
        if row["name"] == "tiny"
    ]
    assert row["state"] == "partly"
    assert row["came_megabytes"] >= 2
