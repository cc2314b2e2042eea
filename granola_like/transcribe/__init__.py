"""Sound becomes utterances: what was said, by which side, when."""

from granola_like.transcribe.final import final_pass
from granola_like.transcribe.revise import revise, where_now

__all__ = ["final_pass", "revise", "where_now"]
