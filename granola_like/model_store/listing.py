"""`list`: every model of the catalogue and of this machine, with what it would mean here."""

from dataclasses import dataclass
from pathlib import Path
from typing import Literal, TypeAlias

from granola_like.errors import EngineError
from granola_like.jobs import Job
from granola_like.model_store.machine import Machine, this_machine
from granola_like.model_store.places import Stored, came_so_far, on_disk
from granola_like.model_store.speed import HEARD_S, Measured, measure, measured
from granola_like.model_store.suggest import Suggestion, memory_of, suggest
from granola_like_models.catalogue import Kind, Model, catalogue

State: TypeAlias = Literal["shipped", "here", "partly", "damaged", "absent"]


@dataclass(frozen=True, slots=True, kw_only=True)
class Entry:
    """One model, as a person chooses among them."""

    name: str
    kind: Kind
    state: State
    purpose: str
    megabytes: int
    """The download's size, or what it takes on this disk."""
    came_megabytes: int | None = None
    """How much of an unfinished download is here."""
    memory_megabytes: int | None = None
    memory_is_estimated: bool = False
    hours_per_hour: float | None = None
    """Estimated: how many hours of speech it hears in an hour on this machine."""
    languages: tuple[str, ...] = ()
    takes_hints: bool = True
    """Whether a speech model can be told names that may be said."""
    licence: str | None = None
    repository: str | None = None
    aliases: tuple[str, ...] = ()
    own: bool = False
    """Not of the catalogue: the person added it."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Listing:
    """All models, and what suits this machine."""

    folder: Path
    entries: tuple[Entry, ...]
    machine: Machine
    suggestion: Suggestion
    estimate: str
    """How the speeds were estimated, in a sentence; or why there are none."""


def list_models(*, models_dir: Path, may_measure: bool = True) -> Job[Listing]:
    """List models. The first time on a machine, its speed is measured for some seconds.

    Nothing is asked of the network.
    """
    speed_file = models_dir / ".speed.json"
    found = measured(speed_file)
    if found is None and may_measure:
        try:
            found = yield from measure(speed_file)
        except EngineError:
            found = None
    here = tuple(on_disk(models_dir))
    rest = {(model.kind, model.name): model for model in here}
    entries = []
    for model in catalogue():
        stored = rest.pop((model.kind, model.name), None)
        entries.append(_known(model, stored, models_dir, found))
    entries += [_own(model) for model in rest.values()]
    machine = found.machine if found is not None else this_machine()
    speeds = {one.name: one.hours_per_hour for one in entries if one.hours_per_hour is not None}
    return Listing(
        folder=models_dir,
        entries=tuple(entries),
        machine=machine,
        suggestion=suggest(machine, speeds),
        estimate=_how(found),
    )


def _known(model: Model, here: Stored | None, models_dir: Path, found: Measured | None) -> Entry:
    came = came_so_far(model.name, models_dir)
    memory = memory_of(model.name) if model.kind == "speech" else None
    estimated = memory is not None and memory[1]
    speed = found.hours_per_hour(model) if found is not None else None
    return Entry(
        name=model.name,
        kind=model.kind,
        state=_state(model, here, came),
        purpose=model.purpose,
        megabytes=model.megabytes,
        came_megabytes=round(came / 1e6) if came else None,
        memory_megabytes=memory[0] if memory is not None else model.memory_megabytes,
        memory_is_estimated=estimated,
        hours_per_hour=None if speed is None else round(speed, 1),
        languages=model.languages,
        takes_hints=model.takes_hints,
        licence=model.licence,
        repository=model.repository,
        aliases=model.aliases,
    )


def _state(model: Model, here: Stored | None, came: int) -> State:
    if model.bundled is not None:
        return "shipped"
    if here is not None:
        return "damaged" if here.damage() else "here"
    return "partly" if came else "absent"


def _own(model: Stored) -> Entry:
    return Entry(
        name=model.name,
        kind=model.kind,
        state="damaged" if model.damage() else "here",
        purpose="Your own.",
        megabytes=round(model.size() / 1e6),
        own=True,
    )


def _how(found: Measured | None) -> str:
    if found is None:
        return "The speed of this machine could not be measured."
    return (
        f"Speeds are estimates: the shipped model heard {HEARD_S} s of speech in "
        f"{found.took_s:.2f} s here, multiplied by what each model costs."
    )
