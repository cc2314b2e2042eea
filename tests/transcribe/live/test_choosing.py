"""Which model writes the captions."""

import json
from dataclasses import replace
from pathlib import Path

import pytest

from granola_like import paths
from granola_like.app.choose import live_model, open_live
from granola_like.engines.cards import SPEECH_USES_CARDS
from granola_like.errors import ModelMissing
from granola_like.model_store.machine import this_machine
from granola_like.model_store.speed import HEARD_S, Measured, _engine, remember
from granola_like.settings import Settings
from granola_like_models.catalogue import BUNDLED_SPEECH


def put(*names: str) -> None:
    for name in names:
        folder = paths.models_dir() / "speech" / name
        folder.mkdir(parents=True)
        for file in ("model.bin", "config.json", "tokenizer.json", "vocabulary.json"):
            (folder / file).write_text(json.dumps({"made": "up"}))


def measured(took_s: float) -> None:
    machine = replace(this_machine(), cards_used=SPEECH_USES_CARDS)
    found = Measured(machine=machine, took_s=took_s, engine=_engine())
    remember(found, paths.models_dir() / ".speed.json")


def test_with_nothing_downloaded_it_is_the_shipped_model() -> None:
    assert live_model(Settings()) == BUNDLED_SPEECH
    open_live(Settings())().close()


def test_unmeasured_machines_get_what_slow_ones_can_do() -> None:
    put("base", "small", "large-v3-turbo")
    assert live_model(Settings()) == "base"


def test_a_measured_machine_gets_the_largest_that_keeps_up() -> None:
    put("base", "small", "large-v3-turbo")
    measured(HEARD_S / (7.0 * 15))  # `small` costs 14
    assert live_model(Settings()) == "small"
    measured(HEARD_S / (7.0 * 100))
    assert live_model(Settings()) == "large-v3-turbo"


def test_on_a_very_slow_machine_it_is_the_smallest_for_people() -> None:
    put("small", "large-v3-turbo")
    measured(HEARD_S)
    assert live_model(Settings()) == "small"


def test_the_person_may_choose() -> None:
    put("base")
    chosen = Settings(live_model="small")
    assert live_model(chosen) == "small"
    with pytest.raises(ModelMissing):
        open_live(chosen)


def test_a_folder_of_ones_own_will_do(tmp_path: Path) -> None:
    put("base")
    folder = paths.models_dir() / "speech" / "base"
    assert live_model(Settings(live_model=str(folder))) == str(folder)
