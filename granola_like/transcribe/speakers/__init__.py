"""Who said what on one side of a call, once an engine has told its voices apart."""

from granola_like.transcribe.speakers.assign import LABEL, assign
from granola_like.transcribe.speakers.hear import tell_apart
from granola_like.transcribe.speakers.steady import steady

__all__ = ["LABEL", "assign", "steady", "tell_apart"]
