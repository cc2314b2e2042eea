"""The models that there are, got and let go, for a front door that is not the command line."""

from typing import TYPE_CHECKING

from granola_like import paths
from granola_like.jobs import Job

if TYPE_CHECKING:
    from granola_like.model_store.download import Downloaded as Downloaded  # noqa: PLC0414 - given on
    from granola_like.model_store.listing import Entry as Entry  # noqa: PLC0414 - given on
    from granola_like.model_store.listing import Listing as Listing  # noqa: PLC0414 - given on
    from granola_like.model_store.remove import Removable as Removable  # noqa: PLC0414 - given on


def listing(*, may_measure: bool = True) -> "Job[Listing]":
    """List models and what suits this machine; the network is not asked.

    The first time, the machine's speed is measured for some seconds, where that is allowed.
    """
    from granola_like.model_store.listing import list_models

    return (yield from list_models(models_dir=paths.models_dir(), may_measure=may_measure))


def download(name: str) -> "Job[Downloaded]":
    """Fetch a model; stopped, it goes on later where it was. Raises ModelStoreError."""
    from granola_like.model_store.download import download as fetch

    return (yield from fetch(name, models_dir=paths.models_dir()))


def remove(name: str) -> "Removable":
    """Delete a model, and what came of an unfinished download of it. Raises ModelStoreError."""
    from granola_like.model_store.remove import remove as let_go

    return let_go(name, models_dir=paths.models_dir())
