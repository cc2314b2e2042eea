"""Which utterances a note line rests on, found by typing time, words and meaning.

`align` does a whole bundle; an `Aligner` grows with the call; `sources` are what to write from.
"""

from granola_like.domain.bundle import Bundle
from granola_like.domain.enhanced import Aligned
from granola_like.engines.base import Embedder
from granola_like.enhance.align.aligner import Aligner
from granola_like.enhance.align.choose import sources

__all__ = ["Aligner", "align", "sources"]


def align(
    bundle: Bundle, *, embedder: Embedder | None = None, top: int = 8
) -> dict[str, tuple[Aligned, ...]]:
    """Give for each note line at most `top` utterances, best first; none where nothing fits.

    As many are given as promise the greatest F1. A score is the chance that a person would call
    the utterance the line's evidence, so scores of different lines can be compared. Raises
    EngineError when the embedder fails.
    """
    aligner = Aligner(language=bundle.meeting.language, embedder=embedder)
    aligner.extend(bundle.transcript)
    return aligner.align(bundle.notes, top=top)
