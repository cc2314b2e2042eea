"""The way into the process that may use the network; nothing else of the product fetches models."""

import os
from typing import TYPE_CHECKING

from granola_like.model_store.news import Patience

if TYPE_CHECKING:
    from granola_like.model_store.hub import Hub


def open_hub(*, patience: Patience) -> "Hub":
    """Start the hub's client in this process, a child of its own (see `engines.child`)."""
    # Engine processes are offline by default. The library reads these when it is imported.
    os.environ.pop("HF_HUB_OFFLINE", None)
    os.environ["HF_HUB_DISABLE_TELEMETRY"] = "1"
    from granola_like.model_store.hub import Hub  # noqa: PLC0415

    return Hub(patience=patience)
