"""The models that the product knows by name, read from `catalogue.toml`."""

import tomllib
from dataclasses import dataclass
from functools import cache
from importlib import resources
from pathlib import Path
from typing import Any, Literal, TypeAlias

Kind: TypeAlias = Literal["speech", "language", "embedding", "voices"]

ANY_LANGUAGE = "*"
"""Stands in `languages` for the hundred or so languages of a multilingual model."""

BUNDLED_SPEECH = "tiny-synthetic"
"""The speech model that is always there. It knows synthetic voices only."""

SPEECH_FOR_PEOPLE = "small"
"""What to download first to transcribe people."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Model:
    """One model: what it is for, where it comes from, what it takes."""

    name: str
    kind: Kind
    purpose: str
    """One plain sentence for the person who chooses."""
    files: tuple[str, ...]
    """Names or patterns of the files that make the model."""
    megabytes: int
    """The download's size; 1 MB is 10^6 bytes."""
    languages: tuple[str, ...]
    """ISO 639-1 codes, or ANY_LANGUAGE."""
    licence: str
    repository: str | None = None
    """Where it is on the Hugging Face hub; None for what is shipped with the product."""
    memory_megabytes: int | None = None
    """What a running engine takes; None where nobody has measured it."""
    relative_cost: float | None = None
    """What hearing takes of the processor, in multiples of the shipped model's; see the table."""
    aliases: tuple[str, ...] = ()
    bundled: str | None = None
    """The folder of this package that holds it."""
    takes_hints: bool = True
    """Whether a speech model can be told names that may be said, or they are put right after."""
    plain: bool = False
    """A speech model that only reads: spelling hints and sampling a second time confuse it."""

    @property
    def folder(self) -> Path | None:
        """Where a shipped model lies; None for one that must be downloaded."""
        return (
            None if self.bundled is None else Path(str(resources.files(__package__) / self.bundled))
        )


@cache
def catalogue() -> tuple[Model, ...]:
    """All known models, the best first choice of a kind not necessarily first."""
    text = (resources.files(__package__) / "catalogue.toml").read_text("utf-8")
    return tuple(_model(row) for row in tomllib.loads(text)["model"])


def known(name: str, kind: Kind | None = None) -> Model | None:
    """Find a model by its name or another name people use for it, in any case."""
    wanted = name.casefold()
    for model in catalogue():
        if wanted in (model.name, *model.aliases) and kind in (None, model.kind):
            return model
    return None


def _model(row: dict[str, Any]) -> Model:
    plain: dict[str, Any] = {
        key: tuple(value) if isinstance(value, list) else value for key, value in row.items()
    }
    return Model(**plain)
