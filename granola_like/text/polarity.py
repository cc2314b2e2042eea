"""What turns a sentence round: negation, and the direction of a comparison."""

import re
from dataclasses import dataclass

from granola_like.text.tokens import stems

_WORD = re.compile(r"[^\W_]+(?:['’][^\W_]+)*")

_SAYS_NO = {
    "en": frozenset("not no never none nobody nothing neither nor cannot without".split()),
    "ru": frozenset("не ни нет нельзя никогда никто ничего без".split()),
}
_MEANS_NO = {
    "en": frozenset(
        "unable refuse refused refuses reject rejected rejects decline declined deny denied fail "
        "failed fails lack lacks lacked hardly barely disagree disagreed disagrees impossible "
        "unlikely instead unwilling unsure against difficult".split()
    ),
    "ru": frozenset("невозможно отказались отказался отказалась отклонили против".split()),
}

_UP = {
    "en": (
        "more higher increase increased increases increasing rise rises rose risen rising grow "
        "grows grew grown growing growth gain gained above bigger larger raise raised raising"
    ),
    "ru": (
        "больше выше увеличить увеличили увеличился увеличилась увеличение рост вырос выросла "
        "выросли растет растут повысить повысили свыше"
    ),
}
_DOWN = {
    "en": (
        "less lower decrease decreased decreases decreasing fall falls fell fallen falling drop "
        "drops dropped dropping decline declined declines below smaller reduce reduced reducing "
        "shrink shrank shrunk fewer"
    ),
    "ru": (
        "меньше ниже уменьшить уменьшили уменьшился уменьшилась уменьшение падение упал упала "
        "упали падает падают снизить снизили снизился снизилась"
    ),
}
_MOVES = re.compile(
    r"\b(?:go|goes|went|going|gone|come|comes|came|coming|is|are|was|were|been|up|move|moved|"
    r"пошел|пошла|идет|идут)\s+$",
    re.IGNORECASE,
)


@dataclass(frozen=True, slots=True)
class Cue:
    """A word that turns what is near it, and the stems of the few words it turns."""

    text: str
    scope: frozenset[str]
    way: int = 0
    """+1 is up and −1 down; 0 for a denial."""
    plain: bool = True
    """It only says no; a word such as "refused" also says what happened."""


def negations(text: str, *, language: str = "en") -> tuple[Cue, ...]:
    """Find what is denied. The scope reaches four words with meaning ahead, within the clause."""
    plain = _SAYS_NO.get(language, _SAYS_NO["en"])
    meant = _MEANS_NO.get(language, _MEANS_NO["en"])
    found = []
    for match in _WORD.finditer(text):
        word = match[0].casefold().replace("’", "'")
        says_no = word in plain or word.endswith("n't")
        if not says_no and word not in meant:
            continue
        if word == "no" and re.match(r"\s*(?:[,.!?]|$)", text[match.end() :]):
            continue  # "No, that is fine" answers; it denies nothing that follows
        if re.match(r"\s+only\b", text[match.end() :]):
            continue
        clause = re.split(r"[.;!?]|,? but\b|, and\b|,? но\b", text[match.end() :])[0]
        scope = frozenset(stems(clause, language=language)[:4])
        found.append(Cue(match[0], scope, plain=says_no))
    return tuple(found)


def says_no(word: str, *, language: str = "en") -> bool:
    """Say whether one word, in lower case, only denies: not, never, won't, не."""
    return word in _SAYS_NO.get(language, _SAYS_NO["en"]) or word.endswith("n't")


def directions(text: str, *, language: str = "en") -> tuple[Cue, ...]:
    """Find the comparisons in a text, with the words of meaning on both sides in the clause.

    "Up" and "down" count only behind a verb of movement: to come up with something is no rise.
    """
    up = frozenset(_UP.get(language, _UP["en"]).split())
    down = frozenset(_DOWN.get(language, _DOWN["en"]).split())
    found = []
    for match in _WORD.finditer(text):
        word = match[0].casefold().replace("ё", "е")
        way = 1 if word in up else -1 if word in down else 0
        if word in {"up", "down", "вверх", "вниз"} and _MOVES.search(text[: match.start()]):
            rest = text[match.end() :]
            way = 0 if re.match(r"\s+with\b", rest) else 1 if word in {"up", "вверх"} else -1
        if way:
            before = re.split(r"[.,;!?]", text[: match.start()])[-1]
            after = re.split(r"[.,;!?]", text[match.end() :])[0]
            near = stems(before, language=language)[-4:] + stems(after, language=language)[:4]
            found.append(Cue(match[0], frozenset(near), way=way))
    return tuple(found)
