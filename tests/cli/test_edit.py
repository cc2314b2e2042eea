"""A person's edits outlive every version, and teach."""

import json
from pathlib import Path

import pytest

from granola_like.exchange.bundle import write_bundle
from tests.cli.conftest import Run
from tests.strategies import small_bundle


@pytest.fixture
def stored(granola: Run, tmp_path: Path) -> str:
    file = tmp_path / "acme.meeting.json"
    write_bundle(small_bundle(), to=file)
    return granola("import", file).stdout.strip()


def test_an_edit_is_shown_listed_and_undone(granola: Run, stored: str) -> None:
    granola("edit", stored, "b2", "--text", "Budget agreed: $120,000.")
    assert "Budget agreed: $120,000." in granola("show", stored).stdout
    assert "Budget agreed: $120,000." in granola("export", stored).stdout
    (edit,) = json.loads(granola("edit", stored, "--json").stdout)["edits"]
    assert (edit["block"], edit["change"], edit["conflict"]) == ("b2", "reword", None)
    granola("edit", stored, "--undo", edit["id"])
    assert "The pilot's budget is $120,000." in granola("show", stored).stdout


def test_an_edit_outlives_a_new_version(granola: Run, stored: str) -> None:
    granola("edit", stored, "--text", "Call Anna back.")
    granola("enhance", stored)
    assert json.loads(granola("list", "--json").stdout)[0]["enhanced"] == 2
    assert "Call Anna back." in granola("show", stored).stdout


def test_what_cannot_be_edited_is_a_sentence(granola: Run, stored: str) -> None:
    assert "no block" in granola("edit", stored, "b99", "--drop", code=1).stderr
    assert "no edit" in granola("edit", stored, "--undo", "nobody", code=1).stderr
    granola("edit", stored, "b1", "--drop", code=2)
    granola("edit", stored, "--drop", code=2)


def test_a_habit_becomes_a_rule_that_can_be_switched_off(granola: Run, tmp_path: Path) -> None:
    assert "three edits" in granola("style", "general").stdout
    for number in range(3):
        file = tmp_path / f"m{number}.meeting.json"
        write_bundle(small_bundle(id=f"m{number}"), to=file)
        granola("import", file)
        granola("edit", f"m{number}", "b2", "--text", "The pilot's budget is $120,000")
    (rule,) = json.loads(granola("style", "general", "--json").stdout)
    assert (rule["kind"], rule["choice"], rule["is_on"]) == ("full stops", "without", True)
    granola("edit", "m2", "--undo", _first_edit(granola, "m2"))
    shown = granola("style", "general", "--off", "full stops").stdout
    assert "off" in shown
    assert "no rule" in granola("style", "general", "--off", "nonsense", code=1).stderr


def _first_edit(granola: Run, meeting: str) -> str:
    edits = json.loads(granola("edit", meeting, "--json").stdout)["edits"]
    return str(edits[0]["id"])
