"""The prompts as they are sent. A changed one is read once more before its copy is changed too."""

import inspect
from importlib import resources
from pathlib import Path

import pytest

from granola_like_models import prompts
from granola_like_models.prompts import PromptError, fill

KEPT = Path(__file__).parent / "prompts"
ABOUT = {"language": "German", "date": "2026-03-02", "people": "Ana, Ben", "terms": "Q3, Volta"}
FILLED = {
    "small": prompts.system_prompt("small", **ABOUT),
    "large": prompts.system_prompt("large", **ABOUT),
    "line": prompts.line_prompt(evidence="[1] Ana: hello", line="greeting"),
    "again": prompts.line_prompt(
        evidence="[1] Ana: hello", line="greeting", refused="- Ana said 9. (not said: “9”)"
    ),
    "lines": prompts.lines_prompt(
        evidence="[1] Ana: hello", lines="1. greeting (1)\n2. rest (1)", count=2
    ),
    "small with focus and style": prompts.system_prompt(
        "small",
        **ABOUT,
        focus="Keep the customer's problem, and the next step with its date.",
        style=(
            "Begin an action item with its owner and a colon.",
            "Write at most 12 words a point.",
        ),
    ),
    "merge": prompts.merge_prompt(points="[1] Ana says hello.", line="greeting"),
}


@pytest.mark.parametrize("name", FILLED)
def test_a_prompt_is_sent_as_it_was_agreed(name: str) -> None:
    assert FILLED[name] + "\n" == (KEPT / f"{name}.txt").read_text("utf-8")


def test_every_file_is_used() -> None:
    folder = resources.files("granola_like_models") / "prompts"
    assert {file.name.removesuffix(".md") for file in folder.iterdir()} == (
        set(FILLED) - {"small with focus and style"} | {"focus", "style"}
    )


def test_unknown_and_missing_values_are_refused() -> None:
    with pytest.raises(PromptError, match="needs line"):
        fill("line", {"evidence": "x"})
    with pytest.raises(PromptError, match="has no mood"):
        fill("line", {"evidence": "x", "line": "y", "mood": "z"})
    with pytest.raises(PromptError, match="no prompt"):
        fill("poem", {})


def test_a_value_brings_no_placeholder_of_its_own() -> None:
    text = prompts.line_prompt(evidence="{{line}} {{evidence}}", line="typed")
    assert "{{line}} {{evidence}}" in text
    assert "<typed>typed</typed>" in text


def test_inputs_are_named() -> None:
    for function in (prompts.system_prompt, prompts.line_prompt, prompts.lines_prompt):
        kinds = [one.kind for one in inspect.signature(function).parameters.values()]
        assert inspect.Parameter.KEYWORD_ONLY in kinds
