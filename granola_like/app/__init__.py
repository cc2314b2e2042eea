"""The composition root: what the command line and the window talk to.

`product` joins the parts; `choose` decides which engines they get, and nothing else may.
"""

from granola_like.app.hearing import Call
from granola_like.app.product import App, Writing

__all__ = ["App", "Call", "Writing"]
