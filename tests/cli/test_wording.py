"""Corrections of what was said, from the command line."""

import json
from pathlib import Path

from granola_like.exchange.bundle import read_bundle, write_bundle
from tests.cli.conftest import Run
from tests.strategies import small_bundle


def test_a_correction_is_made_learned_listed_exported_and_undone(
    granola: Run, tmp_path: Path
) -> None:
    for name in ("one", "two"):
        file = tmp_path / f"{name}.meeting.json"
        write_bundle(small_bundle(id=name, title=name), to=file)
        granola("import", file)
    told = granola("correct", "one", "u2", "--text", "I will send the papers by Friday.").stdout
    assert "1 more place(s): --find “signed contracts” --put “papers” --everywhere" in told
    granola("correct", "one", "u2", "--speaker", "Clara")
    granola("rename", "one", "Anna", "Anna K.")
    facts = json.loads(granola("correct", "one", "--json").stdout)
    assert [said["speaker"] for said in facts["utterances"]] == ["Anna K.", "Clara"]
    assert [edit["change"] for edit in facts["edits"]] == ["reword", "reassign", "rename"]
    assert facts["edits"][0]["conflict"] is None
    assert facts["edits"][0]["lesson"] == {"wrong": "signed contracts", "right": "papers"}

    made = json.loads(
        granola(
            "correct", "two", "--find", "pilot", "--put", "Pylot", "--everywhere", "--json"
        ).stdout
    )
    assert {one["meeting"] for one in made} == {"one", "two"}
    assert json.loads(granola("corrections", "--json").stdout) == []  # an ordinary word
    granola("corrections", "Pylott", "Pylot")
    assert "Pylot" in granola("corrections").stdout

    out = tmp_path / "out.meeting.json"
    granola("export", "one", "-o", out)
    bundle = read_bundle(out)
    assert bundle.transcript.utterances[1].text == "I will send the papers by Friday."
    assert bundle.machine_transcript.utterances == small_bundle().transcript.utterances
    granola("correct", "one", "--undo", facts["edits"][0]["id"])
    assert "signed contracts" in granola("correct", "one").stdout
    assert "go together" in granola("correct", "one", "--find", "x", code=2).stderr
    assert "no utterance" in granola("correct", "one", "u9", "--text", "x", code=1).stderr
    # The same meeting with other edits takes nothing away from what is here.
    write_bundle(small_bundle(id="one", title="one"), to=out)
    assert granola("import", out).stdout.strip() != "one"
