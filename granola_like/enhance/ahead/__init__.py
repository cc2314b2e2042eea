"""Drafting during the call, so that little is left to do when it ends.

`Ahead` holds what was drafted so far; `draft_ahead` is the job that runs during the call, `finish`
the one that makes the note after it.
"""

from granola_like.enhance.ahead.drafting import Ahead, Clock, Finished, Heard, draft_ahead, finish
from granola_like.enhance.ahead.memory import whole_brief, words_alone
from granola_like.enhance.ahead.plan import Patience

__all__ = [
    "Ahead",
    "Clock",
    "Finished",
    "Heard",
    "Patience",
    "draft_ahead",
    "finish",
    "whole_brief",
    "words_alone",
]
