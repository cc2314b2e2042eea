"""The prompts of the model writer: one file each in `prompts/`, filled with typed inputs.

A prompt's order is: system, evidence, typed line, instruction. What changes least stands first, so
that a model which keeps what it has read reads it once. Placeholders are `{{name}}`; they are
filled in one pass, so that a value can never bring a placeholder of its own.
"""

import re
from collections.abc import Mapping, Sequence
from functools import cache
from importlib import resources
from typing import Literal, TypeAlias

Size: TypeAlias = Literal["small", "large"]
"""For which models a system prompt is: of one to four billion weights, or of more."""

_PLACE = re.compile(r"\{\{(\w+)\}\}")


class PromptError(ValueError):
    """A prompt was given something that it does not ask for, or not what it asks for."""


def system_prompt(
    size: Size,
    *,
    language: str,
    date: str,
    people: str,
    terms: str,
    focus: str = "",
    style: Sequence[str] = (),
) -> str:
    """Say who the model is and what counts; the same for every line of a meeting.

    `language` is the note's, by its English name; `date` is the meeting's, as ISO date. `focus`
    says what counts in a meeting of this kind, `style` how the person likes notes, a sentence each.
    """
    parts = [fill(size, {"language": language, "date": date, "people": people, "terms": terms})]
    if focus:
        parts.append(fill("focus", {"focus": focus}))
    if style:
        parts.append(fill("style", {"rules": "\n".join(f"- {rule}" for rule in style)}))
    return "\n\n".join(parts)


def line_prompt(*, evidence: str, line: str, refused: str = "") -> str:
    """Ask for the points of one typed line; `refused` lists drafts that must not come again."""
    if refused:
        return fill("again", {"evidence": evidence, "line": line, "refused": refused})
    return fill("line", {"evidence": evidence, "line": line})


def lines_prompt(*, evidence: str, lines: str, count: int) -> str:
    """Ask for the points of several typed lines at once."""
    return fill("lines", {"evidence": evidence, "lines": lines, "count": str(count)})


def merge_prompt(*, points: str, line: str) -> str:
    """Ask which points of several parts of a meeting are to be kept."""
    return fill("merge", {"points": points, "line": line})


def fill(name: str, values: Mapping[str, str]) -> str:
    """Fill the prompt `name`. Raises PromptError for a value too many or too few."""
    text = _read(name)
    wanted = set(_PLACE.findall(text))
    if unknown := set(values) - wanted:
        raise PromptError(f"the prompt {name} has no {', '.join(sorted(unknown))}")
    if missing := wanted - set(values):
        raise PromptError(f"the prompt {name} needs {', '.join(sorted(missing))}")
    return _PLACE.sub(lambda place: values[place[1]], text)


@cache
def _read(name: str) -> str:
    file = resources.files(__package__) / "prompts" / f"{name}.md"
    if not file.is_file():
        raise PromptError(f"there is no prompt {name}")
    return file.read_text("utf-8").strip()
