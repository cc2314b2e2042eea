"""Which speech models suit a machine, by what it can afford. Pure.

During a call a model must leave room for the call itself and for a second channel. On the two cores
where the costs were measured, `small` keeps up live with two channels and `large-v3-turbo` does
not; the line is drawn between what they hear there in an hour. After the call, half its length is
what we let a person wait.
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from granola_like.model_store.machine import Machine
from granola_like_models.catalogue import Model, known

LIVE_AT_LEAST = 7.0
"""Hours of speech in an hour, for a model that writes along."""

AFTER_AT_LEAST = 2.0
"""The same, for the pass after the call."""

MEMORY_SHARE = 0.5
"""A model may take so much of the machine's memory."""

BY_CARE = ("tiny", "base", "small", "medium", "large-v3-turbo")
"""Whisper for all languages, the most careful last. On a processor `large-v3` is not among them:
for half as much time again it makes 1 % fewer errors (on AMI, Open ASR Leaderboard)."""

_ON_A_CARD = ("large-v3-turbo", "large-v3")


@dataclass(frozen=True, slots=True, kw_only=True)
class Suggestion:
    """What to use here."""

    live: str
    """While the call goes on."""
    after: str
    """After it; may be the same."""
    because: str
    """A sentence."""


def suggest(machine: Machine, hours_per_hour: Mapping[str, float]) -> Suggestion:
    """Suggest models for a machine, by the estimated speed of each.

    Without a speed, `base` and `small` are what most machines can do.
    """
    if machine.cuda_cards and machine.cards_used:
        live, after = _ON_A_CARD
        return Suggestion(live=live, after=after, because="There is a graphics card to run them.")
    if not hours_per_hour:
        return Suggestion(
            live="base", after="small", because="The machine's speed could not be measured."
        )
    fits = [name for name in BY_CARE if _fits(name, machine)] or [BY_CARE[0]]
    live = _last(fits, hours_per_hour, LIVE_AT_LEAST)
    after = _last(fits, hours_per_hour, AFTER_AT_LEAST)
    because = (
        f"With {machine.threads} threads, {live} hears about "
        f"{round(hours_per_hour.get(live, 0)):,} hours in an hour"
    )
    if after != live:
        because += f", and {after} about {hours_per_hour[after]:.1f}"
    because += "."
    if machine.cuda_cards:
        because += " There is a graphics card, but speech runs on the processor for now."
    return Suggestion(live=live, after=after, because=because)


def best_here(
    here: Sequence[Model],
    machine: Machine,
    *,
    dearest: float | None = None,
    language: str | None = None,
) -> Model | None:
    """Choose the most careful model of those here that the machine can afford after a call.

    `dearest` is what one may cost, by the catalogue, to hear AFTER_AT_LEAST hours in an hour; None
    where the machine was not measured: then no more than `small` does. A model that does not know
    `language` is left out, and without a language those that know only some. Where nothing can be
    afforded it is the quickest that fits; None where there is nothing to choose from.
    """
    if dearest is None:
        small = known("small", "speech")
        dearest = (small and small.relative_cost) or 0.0
    people = [model for model in here if model.bundled is None and model.relative_cost]
    people = [model for model in people if _knows(model, language)] or people
    fits = [model for model in people if _fits(model.name, machine)] or people
    able = [model for model in fits if (model.relative_cost or 0.0) <= dearest]
    if able:
        return max(able, key=lambda model: (model.megabytes, model.name))
    return min(fits, key=lambda model: model.relative_cost or 0.0, default=None)


def _knows(model: Model, language: str | None) -> bool:
    return "*" in model.languages or (language is not None and language in model.languages)


def memory_of(name: str) -> tuple[int, bool] | None:
    """What a running speech model takes in MB, and whether that is an estimate.

    Weights run as int8, half of their float16 on disk, beside 1.2 GB of everything else: so it is
    for `small` (faster-whisper's own figure: 1,477 MB), and so it is estimated for the other
    Whispers; None for what is not known.
    """
    model = known(name, "speech")
    if model is None or (model.memory_megabytes is None and "model.bin" not in model.files):
        return None
    if model.memory_megabytes is not None:
        return model.memory_megabytes, False
    return round(model.megabytes / 2) + 1200, True


def _fits(name: str, machine: Machine) -> bool:
    needs = memory_of(name)
    if machine.memory_megabytes is None or needs is None:
        return True
    return needs[0] <= MEMORY_SHARE * machine.memory_megabytes


def _last(names: list[str], speeds: Mapping[str, float], at_least: float) -> str:
    able = [name for name in names if speeds.get(name, 0.0) >= at_least]
    return able[-1] if able else names[0]
