"""The composition root: what the command line and the window talk to.

`product` joins the parts; `choose` decides which engines they get, and nothing else may. Each is
imported when it is first asked for: a window that shows a list needs no engine.
"""

from importlib import import_module
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from granola_like.app.hearing import Call
    from granola_like.app.product import App, Writing

__all__ = ["App", "Call", "Writing"]

_HOMES = {"App": "product", "Call": "hearing", "Writing": "product"}


def __getattr__(name: str) -> Any:
    """Import what is asked for (PEP 562)."""
    if name not in _HOMES:
        raise AttributeError(f"module {__name__!r} has no attribute {name!r}")
    return getattr(import_module(f"{__name__}.{_HOMES[name]}"), name)
