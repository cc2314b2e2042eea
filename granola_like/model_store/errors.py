"""What can go wrong between the hub, the disk and the person who wants a model."""

from granola_like.errors import EngineError


class ModelStoreError(EngineError):
    """A model could not be fetched, added, checked or removed. What was there before still is."""

    hint = "`granola-like models list` shows what there is."


KEPT = "What came so far is kept: the same command goes on from there."
"""The way out of everything that interrupts a download."""
