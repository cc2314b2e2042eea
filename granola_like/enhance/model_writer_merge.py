"""Many points from many parts of a meeting, and the few of them that stand under one line."""

import logging
from collections.abc import Sequence

from granola_like.engines.base import Request
from granola_like.enhance.budget import Numbered
from granola_like.enhance.model_writer_answer import (
    MOST_POINTS,
    KeepAnswer,
    Nonsense,
    keep_schema,
    parse,
)
from granola_like.enhance.model_writer_ask import Asker
from granola_like.enhance.model_writer_text import as_data
from granola_like.enhance.writer import Brief, Draft
from granola_like.errors import EngineError
from granola_like.jobs import Job, Progress
from granola_like_models.prompts import merge_prompt

logger = logging.getLogger(__name__)

ANSWER_TOKENS = 48


def merged(
    drafts: Sequence[Draft], brief: Brief, system: str, *, asker: Asker
) -> Job[tuple[Draft, ...]]:
    """Let the model choose up to three drafts, in as many rounds as its context makes needed.

    It chooses by number and writes nothing, so that every point keeps what it cites. Where it
    fails, the points that rest on the strongest evidence stay.
    """
    left = list(dict.fromkeys(drafts))
    answer = asker.budget.answer(ANSWER_TOKENS)
    empty = merge_prompt(points="", line=as_data(brief.line))
    while len(left) > MOST_POINTS:
        lines = [
            Numbered(at, f"[{at}] ", as_data(one.text)) for at, one in enumerate(left, start=1)
        ]
        groups = asker.split(lines, system, empty, answer=answer)
        kept: list[Draft] = []
        for group in groups:
            offered = {one.number: left[one.number - 1] for one in group}
            kept += yield from _kept(offered, group, brief, system, asker)
        if len(kept) >= len(left):  # asking again would not make them fewer
            return tuple(best(left, brief))
        left = kept
    return tuple(left)


def _kept(
    offered: dict[int, Draft],
    group: Sequence[Numbered],
    brief: Brief,
    system: str,
    asker: Asker,
) -> Job[list[Draft]]:
    if len(offered) <= MOST_POINTS:
        return list(offered.values())
    points = "\n".join(str(one) for one in group)
    request = Request(
        system=system,
        user=merge_prompt(points=points, line=as_data(brief.line)),
        schema=keep_schema(),
        max_tokens=asker.budget.answer(ANSWER_TOKENS),
    )

    def understand(text: str) -> list[Draft]:
        keep = frozenset(parse(text, KeepAnswer).keep)
        if not keep <= offered.keys():
            raise Nonsense("The model chose a point that there is not.")
        return [one for number, one in offered.items() if number in keep]

    yield Progress(f"Choosing from {len(offered)} points")
    try:
        return (yield from asker.asked(request, understand))
    except EngineError as error:
        logger.warning("%s failed to choose: %s", asker.model.name, type(error).__name__)
        return best(list(offered.values()), brief)


def best(drafts: Sequence[Draft], brief: Brief) -> list[Draft]:
    """Choose without a model: by the weight of what they cite, in the order in which they came."""
    weight = {one.utterance.id: one.weight for one in brief.evidence}
    strength = [
        max((weight.get(cited.utterance, 0.0) for cited in one.evidence), default=0.0)
        for one in drafts
    ]
    order = sorted(range(len(drafts)), key=lambda place: (-strength[place], place))
    return [drafts[place] for place in sorted(order[:MOST_POINTS])]
