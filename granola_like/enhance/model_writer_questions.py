"""The questions a model is asked, by what is known of a line, for small and larger models."""

import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import TypeAlias

from granola_like.enhance.budget import Numbered
from granola_like.enhance.model_writer_text import as_data, language_name
from granola_like.enhance.person import speaker_name
from granola_like.enhance.writer import Brief, Said
from granola_like_models.prompts import Size, line_prompt, lines_prompt, system_prompt

Shown: TypeAlias = Mapping[int, Said]
"""What stands under each number of a prompt."""


@dataclass(frozen=True, slots=True)
class Recipe:
    """How to ask a model of a certain size."""

    size: Size
    lines_at_once: int
    answer_tokens: int
    """For one typed line."""


SMALL = Recipe("small", 1, 320)
"""For one to four billion weights: one line at a time, short rules, one example."""
LARGE = Recipe("large", 6, 400)
"""For more: fuller rules, several lines at once."""


def recipe_for(name: str, context_tokens: int) -> Recipe:
    """Choose by the size in a model's name ("qwen3:8b"); without one, by its context."""
    sizes = [float(size) for size in re.findall(r"(?<![\w.])(\d+(?:\.\d+)?)b\b", name.casefold())]
    if sizes:
        return LARGE if max(sizes) > 4.5 else SMALL
    return LARGE if context_tokens >= 16_384 else SMALL


def system_for(brief: Brief, size: Size) -> str:
    """Give the part that is the same for all lines of a meeting."""
    return system_prompt(
        size,
        language=language_name(brief.written_in),
        date=brief.meeting_date.isoformat(),
        people=as_data(", ".join(brief.people)) or "unknown",
        terms=as_data(", ".join(brief.glossary)) or "none",
        focus=as_data(brief.focus),
        style=tuple(as_data(rule) for rule in brief.style),
    )


def numbered(evidence: Sequence[Said]) -> tuple[Shown, tuple[Numbered, ...]]:
    """Number the evidence from 1, with who said it."""
    shown = dict(enumerate(evidence, start=1))
    lines = []
    for number, one in shown.items():
        who = as_data(speaker_name(one.utterance) or "")
        head = f"[{number}] {who}: " if who else f"[{number}] "
        lines.append(Numbered(number, head, as_data(one.utterance.text)))
    return shown, tuple(lines)


def question(brief: Brief, part: Sequence[Numbered]) -> str:
    """Ask about one typed line, showing `part` of its evidence."""
    refused = []
    for one in brief.rejected:
        faults = ", ".join(f"“{as_data(each.in_point)}”" for each in one.details)
        refused.append(
            f"- {as_data(one.draft.text)}" + (f" (not said: {faults})" if faults else "")
        )
    return line_prompt(
        evidence="\n".join(str(one) for one in part),
        line=as_data(brief.line),
        refused="\n".join(refused),
    )


def question_for_several(briefs: Sequence[Brief]) -> tuple[str, Shown]:
    """Ask about several typed lines, showing the evidence of all of them once, in time."""
    every = {one.utterance.id: one for brief in briefs for one in brief.evidence}
    in_time = sorted(every.values(), key=lambda one: (one.utterance.start_ms, one.utterance.id))
    shown, lines = numbered(in_time)
    number = {one.utterance.id: at for at, one in shown.items()}
    typed = []
    for place, brief in enumerate(briefs, start=1):
        own = ", ".join(str(number[one.utterance.id]) for one in brief.evidence)
        typed.append(f"{place}. {as_data(brief.line)} ({own})")
    evidence = "\n".join(str(one) for one in lines)
    return lines_prompt(evidence=evidence, lines="\n".join(typed), count=len(briefs)), shown


def shown_to(brief: Brief, shown: Shown) -> Shown:
    """Give what of `shown` is this brief's evidence."""
    ids = {one.utterance.id for one in brief.evidence}
    return {number: one for number, one in shown.items() if one.utterance.id in ids}
