"""Who is to do it: the speaker of "I will", or the one who is named."""

import re
from collections.abc import Sequence

from granola_like.domain.transcript import Utterance
from granola_like.enhance.person import speaker_name
from granola_like.enhance.russian_verbs import THIRD, TO_DO
from granola_like.text.names import find_names, same_name

ME = "Me"
"""The owner of a promise on the microphone's channel whose speaker has no name."""
THEM = "Them"

_FIRST = re.compile(
    r"\b(?:I['’]ll|I will|I['’]m (?:going to|gonna)|I am going to|I can|I should|I need to|"
    r"I have to|I['’]ve got to|let me)\b",
    re.IGNORECASE,
)
_RU_FIRST = re.compile(
    rf"\bя\b|\bмне\s+(?:\w+\s+)?(?:надо|нужно)\b|\b(?:{'|'.join(THIRD)})\b", re.IGNORECASE
)
_DOES = re.compile(
    r"\s+(?:will|is going to|needs to|has to|should|can|to|is responsible|takes?|['’]ll|"
    rf"должен|должна|будет|{'|'.join(THIRD.values())})\b"
)
_ASKED = re.compile(
    r"^\s*,?\s*(?:could|can|would|will|please|you|I need you|I want you|"
    rf"можешь|сможешь|можете|сможете|пожалуйста|{'|'.join(TO_DO)})\b",
    re.IGNORECASE,
)


def owner_of(
    sentence: str, said: Utterance, *, people: Sequence[str], language: str = "en"
) -> str | None:
    """Say who undertakes what `sentence` tells; None where that is not certain.

    "I will" is the speaker, or `ME` and `THEM` where only the channel is known; "Anna will" and
    "Anna, can you" are Anna. "You" alone is nobody we know.
    """
    first = _RU_FIRST if language == "ru" else _FIRST
    promise = first.search(sentence)
    named = named_owner(sentence, people=people, language=language)
    if named and (promise is None or named[1] < promise.start()):
        return named[0]
    if promise:
        return speaker_name(said) or (ME if said.channel == "me" else THEM)
    return None


def named_owner(
    sentence: str, *, people: Sequence[str], language: str = "en"
) -> tuple[str, int] | None:
    """Find the person whom the sentence makes responsible, and where the name stands."""
    for name in find_names(sentence, known=people, language=language):
        after = sentence[name.end :]
        addressed = _ASKED.match(after) and (name.start == 0 or after.lstrip()[:1] == ",")
        if _DOES.match(after) or addressed:
            known = next((one for one in people if same_name(one, name.text, known=people)), None)
            return known or name.text, name.start
    return None
