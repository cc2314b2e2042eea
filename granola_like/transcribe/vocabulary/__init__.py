"""Names and terms of a meeting: told to the engine as hints, and put right where it misheard them.

Hints and corrections are two lists. What was misheard before is corrected after the pass; it is
never told to the engine, which would only hear it more often.
"""

from granola_like.transcribe.vocabulary.correct import corrected
from granola_like.transcribe.vocabulary.known import Vocabulary, vocabulary_of
from granola_like.transcribe.vocabulary.lessons import Lesson, learn, lesson, may_be_learned

__all__ = [
    "Lesson",
    "Vocabulary",
    "corrected",
    "learn",
    "lesson",
    "may_be_learned",
    "vocabulary_of",
]
