"""Sound becomes utterances: what was said, by which side, when.

`final_pass` brings the decoders of sound with it, so it is imported when it is asked for.
"""

from typing import TYPE_CHECKING, Any

from granola_like.transcribe.revise import revise, where_now

if TYPE_CHECKING:
    from granola_like.transcribe.final import final_pass

__all__ = ["final_pass", "revise", "where_now"]


def __getattr__(name: str) -> Any:
    """Import what is heavy when it is asked for (PEP 562)."""
    if name != "final_pass":
        raise AttributeError(f"module {__name__!r} has no attribute {name!r}")
    from granola_like.transcribe.final import final_pass  # noqa: PLC0415

    return final_pass
