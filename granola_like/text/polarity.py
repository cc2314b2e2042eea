"""What turns a sentence round: negation, and the direction of a comparison."""

import re
from dataclasses import dataclass

from granola_like.text.tokens import stems

_WORD = re.compile(r"[^\W_]+(?:['’][^\W_]+)*")

_NEGATIONS = {
    "en": frozenset(
        (
            "not no never none nobody nothing nowhere neither nor cannot without unable refuse "
            "refused refuses reject rejected rejects decline declined deny denied fail failed "
            "fails lack lacks lacked hardly barely disagree disagreed disagrees impossible "
            "unlikely instead ain't aint cant wont dont doesnt didnt isnt arent wasnt werent "
            "shouldnt wouldnt couldnt hasnt havent unwilling unsure against"
        ).split(" ")
    ),
    "ru": frozenset(
        (
            "не ни нет нельзя никогда никто ничего нигде никак без невозможно отказались "
            "отказался отказалась отклонили против"
        ).split(" ")
    ),
}
_PLAIN_NEGATIONS = {
    "en": frozenset("not no never none nobody nothing neither nor cannot without".split(" ")),
    "ru": frozenset("не ни нет нельзя никогда никто ничего без".split(" ")),
}

_UP = {
    "en": (
        "up more higher increase increased increases increasing rise rises rose risen rising "
        "grow grows grew grown growing growth gain gained above bigger larger better faster "
        "over raise raised raising expand expanded exceed exceeded longer most maximum "
    ),
    "ru": (
        "вверх больше выше увеличить увеличили увеличился увеличилась увеличение рост вырос "
        "выросла выросли растет растут повысить повысили лучше быстрее свыше максимум"
    ),
}
_DOWN = {
    "en": (
        "down less lower decrease decreased decreases decreasing fall falls fell fallen falling "
        "drop drops dropped dropping decline declined declines loss lost below smaller worse "
        "slower under reduce reduced reducing shrink shrank cut cuts shorter least minimum fewer "
    ),
    "ru": (
        "вниз меньше ниже уменьшить уменьшили уменьшился уменьшилась уменьшение падение упал "
        "упала упали падает падают снизить снизили снизился снизилась хуже медленнее минимум"
    ),
}


@dataclass(frozen=True, slots=True)
class Cue:
    """A word that turns what follows it, with the stems of the few words it turns."""

    text: str
    scope: frozenset[str]
    plain: bool = True
    """It only says no; a word such as "refused" also says what happened."""


def negations(text: str, *, language: str = "en") -> tuple[Cue, ...]:
    """Find what is denied. The scope reaches four words with meaning ahead, within the clause."""
    cues = _NEGATIONS.get(language, _NEGATIONS["en"])
    plain = _PLAIN_NEGATIONS.get(language, _PLAIN_NEGATIONS["en"])
    found = []
    for match in _WORD.finditer(text):
        word = match[0].casefold().replace("’", "'")
        if word not in cues and not word.endswith("n't"):
            continue
        if word == "no" and re.match(r"\s*(?:[,.!?]|$)", text[match.end() :]):
            continue  # "No, that is fine" answers; it denies nothing that follows
        if re.match(r"\s+only\b", text[match.end() :]):
            continue
        clause = re.split(r"[.;!?]|,? but\b|, and\b|,? но\b", text[match.end() :])[0]
        scope = frozenset(stems(clause, language=language)[:4])
        found.append(Cue(match[0], scope, word in plain or word.endswith("n't")))
    return tuple(found)


def directions(text: str, *, language: str = "en") -> tuple[tuple[str, int], ...]:
    """Find the comparisons in a text: the word, and +1 for up or −1 for down."""
    up = frozenset(_UP.get(language, _UP["en"]).split())
    down = frozenset(_DOWN.get(language, _DOWN["en"]).split())
    found = []
    for match in _WORD.finditer(text):
        word = match[0].casefold().replace("ё", "е")
        if word in up or word in down:
            found.append((match[0], 1 if word in up else -1))
    return tuple(found)
