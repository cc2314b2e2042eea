"""A language model as a writer, with the extractive writer behind it.

Small models are asked about one line at a time, with a short prompt: the depth of the context, not
the number of tokens written, is what costs on a CPU. Larger ones are asked about several lines at
once where these fit. Evidence that does not fit is split, asked part by part, and merged. A model
that dies, hangs, loops or writes nonsense costs one more try; then the extractive writer takes
that line, and the draft says so.
"""

import logging
import time
from collections.abc import Callable, Sequence
from dataclasses import replace

from granola_like.engines.base import LanguageModel, Request
from granola_like.enhance.budget import Numbered
from granola_like.enhance.extract import ExtractiveWriter
from granola_like.enhance.model_writer_answer import (
    LinesAnswer,
    Nonsense,
    PointsAnswer,
    drafts_of,
    lines_schema,
    parse,
    points_schema,
)
from granola_like.enhance.model_writer_ask import Asker, Patience
from granola_like.enhance.model_writer_merge import merged
from granola_like.enhance.model_writer_questions import (
    Recipe,
    Shown,
    numbered,
    question,
    question_for_several,
    recipe_for,
    shown_to,
    system_for,
)
from granola_like.enhance.writer import Brief, Draft, Said, TakenOver, Writer
from granola_like.errors import EngineError
from granola_like.jobs import Job, Progress, run

logger = logging.getLogger(__name__)

GIVE_UP_AFTER = 3
"""Questions in a row that a model may fail on before the rest is written without it."""


class ModelWriter:
    """Writes through `model`. One is for one note: it gives a failing model up for all its rest."""

    def __init__(
        self,
        model: LanguageModel,
        *,
        fallback: Writer | None = None,
        recipe: Recipe | None = None,
        patience: Patience | None = None,
        clock: Callable[[], float] = time.monotonic,
    ) -> None:
        self._asker = Asker(model, patience=patience or Patience(), clock=clock)
        self._fallback = fallback or ExtractiveWriter()
        self._given_recipe = recipe
        self._failed = 0

    @property
    def name(self) -> str:
        """The model's name."""
        return self._asker.model.name

    def write(self, brief: Brief) -> tuple[Draft, ...]:
        """Give up to three drafts; by the extractive writer where the model fails."""
        return run(self.steps((brief,)))[0]

    def together(self, briefs: Sequence[Brief]) -> int:
        """Say how many briefs fit into one question, by the recipe and half of the context."""
        number = 1
        if self._given_up:
            return number
        try:
            most = min(self._recipe.lines_at_once, len(briefs))
            while number < most and self._fits(briefs[: number + 1]):
                number += 1
        except EngineError:
            return 1  # asking for the line itself says what is wrong
        return number

    def steps(self, briefs: Sequence[Brief]) -> Job[tuple[tuple[Draft, ...], ...]]:
        """Write these briefs, telling how far it is. A failing model costs no brief its drafts."""
        found: dict[int, tuple[Draft, ...]] = {}
        if len(briefs) > 1 and not self._given_up:
            try:
                found = yield from self._several(briefs)
                self._failed = 0
            except EngineError as error:
                # No reason yet to give the model up: each line is asked for alone.
                logger.warning("%s failed on several lines: %s", self.name, type(error).__name__)
        for place, brief in enumerate(briefs):
            if place not in found:
                found[place] = yield from self._one(brief)
            elif not found[place]:
                found[place] = self._by_fallback(brief)
        return tuple(found[place] for place in range(len(briefs)))

    @property
    def _given_up(self) -> bool:
        return self._failed >= GIVE_UP_AFTER

    @property
    def _recipe(self) -> Recipe:
        if self._given_recipe is None:
            self._given_recipe = recipe_for(self.name, self._asker.budget.context)
        return self._given_recipe

    def _one(self, brief: Brief) -> Job[tuple[Draft, ...]]:
        if not brief.evidence:
            return ()
        if self._given_up:
            return self._by_fallback(brief)
        try:
            drafts = yield from self._by_model(brief)
        except EngineError as error:
            self._failed += 1
            logger.warning("%s failed on a line: %s", self.name, type(error).__name__)
            yield TakenOver("written without the model", reason=str(error))
            return self._by_fallback(brief)
        self._failed = 0
        # The evidence was found for this line; saying nothing about it is a weak model's way out.
        # What the guard refused is another matter: there, nothing may be the best answer.
        return drafts or (() if brief.rejected else self._by_fallback(brief))

    def _by_fallback(self, brief: Brief) -> tuple[Draft, ...]:
        name = self._fallback.name
        return tuple(replace(one, writer=name) for one in self._fallback.write(brief))

    def _by_model(self, brief: Brief) -> Job[tuple[Draft, ...]]:
        """Ask about one line, part by part where its evidence does not fit. Raises EngineError."""
        shown, lines = numbered(brief.evidence)
        system = system_for(brief, self._recipe.size)
        answer = self._asker.budget.answer(self._recipe.answer_tokens)
        parts = self._asker.split(lines, system, question(brief, ()), answer=answer)
        drafts: list[Draft] = []
        for place, part in enumerate(parts):
            request = Request(
                system=system,
                user=question(brief, part),
                schema=points_schema(),
                max_tokens=answer,
            )
            if len(parts) == 1:
                return (yield from self._points(request, brief, shown))
            yield Progress(f"part {place + 1} of {len(parts)}", place / len(parts))
            inside = replace(brief, evidence=_said(part, shown))
            drafts += yield from self._part(request, inside, shown)
        return (yield from merged(drafts, brief, system, asker=self._asker))

    def _points(self, request: Request, brief: Brief, shown: Shown) -> Job[tuple[Draft, ...]]:
        own = shown_to(brief, shown)

        def understand(text: str) -> tuple[Draft, ...]:
            return drafts_of(parse(text, PointsAnswer).points, own, brief, writer=self.name)

        return (yield from self._asker.asked(request, understand))

    def _part(self, request: Request, brief: Brief, shown: Shown) -> Job[tuple[Draft, ...]]:
        """Ask about one part; a part that fails twice is written without the model."""
        if self._given_up:
            return self._by_fallback(brief)
        try:
            drafts = yield from self._points(request, brief, shown)
        except EngineError as error:
            self._failed += 1
            logger.warning("%s failed on a part: %s", self.name, type(error).__name__)
            return self._by_fallback(brief)
        self._failed = 0
        return drafts

    def _several(self, briefs: Sequence[Brief]) -> Job[dict[int, tuple[Draft, ...]]]:
        """Ask about several lines; one that it wrote badly for is missing. Raises EngineError."""
        user, shown = question_for_several(briefs)
        request = Request(
            system=system_for(briefs[0], self._recipe.size),
            user=user,
            schema=lines_schema(len(briefs)),
            max_tokens=self._recipe.answer_tokens * len(briefs),
        )

        def understand(text: str) -> dict[int, tuple[Draft, ...]]:
            found = {}
            for one in parse(text, LinesAnswer).lines:
                if not 1 <= one.line <= len(briefs):
                    raise Nonsense("The model wrote for a line that there is not.")
                brief = briefs[one.line - 1]
                own = shown_to(brief, shown)
                try:
                    found[one.line - 1] = drafts_of(one.points, own, brief, writer=self.name)
                except Nonsense:
                    continue  # this line is asked for alone
            return found

        yield Progress(f"{len(briefs)} lines at once")
        return (yield from self._asker.asked(request, understand))

    def _fits(self, briefs: Sequence[Brief]) -> bool:
        if any(one.rejected or not one.evidence for one in briefs):
            return False
        budget = self._asker.budget
        user, _ = question_for_several(briefs)
        used = budget.count(system_for(briefs[0], self._recipe.size)) + budget.count(user)
        return used + self._recipe.answer_tokens * len(briefs) <= budget.context // 2


def _said(part: Sequence[Numbered], shown: Shown) -> tuple[Said, ...]:
    return tuple(shown[number] for number in dict.fromkeys(one.number for one in part))
