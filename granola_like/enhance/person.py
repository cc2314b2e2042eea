"""Who speaks: "I'll send it", said by Boris, becomes "Boris will send it".

Only what is certain is changed. A sentence whose subject is its speaker gets the speaker as its
subject; one that speaks of its speaker elsewhere is attributed ("Boris: …"); all others stay.
"""

import re
from dataclasses import dataclass

from granola_like.domain.transcript import Utterance
from granola_like.enhance import russian_verbs
from granola_like.enhance.form import WRITTEN_OUT

_CONTRACTED = re.compile(r"^I(?P<verb>['’](?:ll|m|ve|d)|\s+\w+?(?:n['’]t)?)\b", re.IGNORECASE)

_THIRD: dict[str, str] = {
    "'ll": "will",
    "'m": "is",
    "'ve": "has",
    "'d": "would",
    "am": "is",
    "have": "has",
    "haven't": "hasn't",
    "do": "does",
    "don't": "doesn't",
    "was": "was",
    **{
        word: word
        for word in (
            "will won't would wouldn't can can't cannot could couldn't should shouldn't must "
            "might may had hadn't did didn't wasn't said thought did went got made found saw "
            "took wanted needed asked told talked heard agreed decided looked started tried "
            "worked used suggested sent wrote called checked finished fixed prepared proposed "
            "noticed learned read came knew felt meant identified put actually also just "
            "really still already never always"
        ).split()
        if word not in {"actually", "also", "just", "really", "still", "already", "put"}
    },
    **{
        word: word + "s"
        for word in (
            "think want need know agree like hope believe suggest see feel say mean guess "
            "understand assume expect prefer work plan propose recommend remember wonder doubt "
            "support reckon get find look take make give keep love hear imagine appreciate "
            "suspect disagree insist ask tell call use read come"
        ).split()
    },
    "go": "goes",
    "wish": "wishes",
}
_ADVERBS = frozenset("also just really still already always never actually certainly".split())
_THEY = {"'m": "are", "am": "are", "was": "were", "'ve": "have", "'ll": "will", "'d": "would"}

_OWN = {"my": "their", "me": "them", "mine": "theirs", "myself": "themselves"}
_FIRST_SINGULAR = re.compile(r"\b(?:I|I['’]\w+|me|my|mine|myself)\b")
_OPINION = re.compile(
    r"^I(?:['’]d)?\s+(?:(?:do|really|also|still|just|would|should)\s+)?(?:think|guess|believe|feel|suppose|reckon)"
    r"(?:\s+like)?(?:\s+that)?,?\s+(?=\w)",
    re.IGNORECASE,
)


@dataclass(frozen=True, slots=True)
class Spoken:
    """A written sentence, and whether its subject is now its speaker."""

    text: str
    subject_is_speaker: bool = False


def speaker_name(said: Utterance) -> str | None:
    """Give the speaker's name as it is known; None where only the channel is."""
    name = (said.speaker or "").strip()
    if not name or name.casefold() in {"me", "them", "unknown", "speaker", "я", "они"}:
        return None
    # "Mr. Jamie Schmale (Lakeland, CPC)" is called Mr. Jamie Schmale.
    return re.sub(r"\s*[(\[].*$", "", name) or name


def in_third_person(text: str, said: Utterance, *, language: str = "en") -> Spoken:
    """Tell what `said` tells, in the words of somebody who listened.

    `text` is the cleaned sentence. On the channel `me` with no name, "I" is the reader and stays.
    """
    name = speaker_name(said)
    if language != "en":
        return _attributed(text, name, language)
    opinion = _OPINION.match(text)
    if name is None and said.channel == "me":
        return Spoken(_upper(text[opinion.end() :]) if opinion else text)
    if opinion and name is not None:
        return _opinion_of(name, text[opinion.end() :])
    text = _upper(text[opinion.end() :]) if opinion else text
    subject = _as_subject(text, name)
    if subject is not None:
        return Spoken(subject, subject_is_speaker=True)
    return Spoken(f"{name}: {text}" if name and _FIRST_SINGULAR.search(text) else text)


_REQUEST = re.compile(
    r"^(?:[A-Z][\w'’.-]*(?: [A-Z][\w'’.-]*)?,?\s+)?(?i:could|can|would|will) you\s+"
    r"(?:(?:also|please|just|then|maybe|possibly|perhaps|kindly|quickly)\s+)*(?P<do>\w.*)$",
)


def request(text: str, said: Utterance, owner: str | None, *, language: str = "en") -> str | None:
    """Write a request as the task that it is: "Anna, could you send it" is "Anna to send it".

    None where `text` is no request, or speaks of its speaker where that has no name.
    """
    if language == "ru":
        wanted = russian_verbs.to_do(text)
        return wanted and (f"{owner}: {wanted}" if owner else _upper(wanted))
    found = _REQUEST.match(text[:1].upper() + text[1:])
    if found is None:
        return None
    name, do = speaker_name(said), found["do"].rstrip(" ?.!")
    if _FIRST_SINGULAR.search(do):
        if name is None or re.search(r"\b(?:I|I['’]\w+|mine|myself)\b", do):
            return None
        do = re.sub(r"\bmy\b", f"{name}'s", re.sub(r"\bme\b", name, do))
    return f"{owner} to {do}" if owner else _upper(do)


_NO_SUBJECT = re.compile(
    r"(?:can|could|is|are|was|were|will|would|should|might|may|must|has|have|had|needs?|does|"
    r"do|did|isn['’]t|wasn['’]t|can['’]t|won['’]t)\b",
    re.IGNORECASE,
)


def _opinion_of(name: str, rest: str) -> Spoken:
    if _FIRST_SINGULAR.search(rest) or _NO_SUBJECT.match(rest):
        return Spoken(f"{name}: {_upper(rest)}")
    return Spoken(f"{name} thinks {_lower(rest)}", subject_is_speaker=True)


def _as_subject(text: str, name: str | None) -> str | None:
    """Put the speaker in the place of a leading "I", when the rest can follow."""
    found = _CONTRACTED.match(text)
    if found is None:
        return None
    verb, rest = found["verb"].strip().replace("’", "'").casefold(), text[found.end() :]
    adverb = ""
    if verb in _ADVERBS:
        after = re.match(r"\s+(\w+?(?:n['’]t)?)\b", rest)
        if after is None:
            return None
        adverb, verb, rest = f" {verb}", after[1].casefold(), rest[after.end() :]
    if verb == "'d" and re.match(r"\s+(?:\w+ed|been|gone|done|seen|had)\b", rest):
        return None  # "I'd finished" is had, "I'd finish" is would
    form = _form(verb, name)
    if form is None or re.search(r"\b(?:I|I['’]\w+)\b", rest):
        return None
    rest = re.sub(r"\b(my|me|mine|myself)\b", lambda own: _OWN[own[0]], rest)
    return f"{name or 'They'}{adverb} {form}{rest}"


def _form(verb: str, name: str | None) -> str | None:
    if name is None:
        return _THEY.get(verb, verb if verb in _THIRD else None)
    return _THIRD.get(verb)


def _attributed(text: str, name: str | None, language: str) -> Spoken:
    own = (
        r"\b(?:я|мне|меня|мной|мой|моя|мое|моё|мои|моего|моей)\b" if language == "ru" else r"\bI\b"
    )
    if name and language == "ru" and (told := russian_verbs.of_speaker(text, name)):
        return Spoken(told, subject_is_speaker=True)
    if name and re.search(own, text, re.IGNORECASE):
        return Spoken(f"{name}: {text}")
    return Spoken(text)


def _upper(text: str) -> str:
    return text[:1].upper() + text[1:]


def _lower(text: str) -> str:
    first = text.split(" ", 1)[0]
    keep = first.startswith(("I'", "I’")) or first == "I" or first.isupper() or not first.isalpha()
    if keep or first.casefold() not in _MAY_BE_LOWER:
        return text
    return text[:1].lower() + text[1:]


_MAY_BE_LOWER = frozenset(
    "the a an this that these those it it's there there's we we're we'll we've you you're they "
    "he she if when what how people maybe some most all our your in on for with from to at as "
    "because not no one two having being using making something someone everybody everyone "
    "probably definitely especially instead although while another each every both either many "
    "more less just also by of and but or so then here where who which why whether".split()
)

CONNECTIVES = frozenset(
    {"will", "is", "are", "were", "has", "would", "does", "doesn't", "hasn't", "goes", "wishes"}
    | WRITTEN_OUT
    | russian_verbs.WORDS
    | {"they", "their", "them", "theirs", "themselves", "thinks", "have", "decided", "agreed"}
    | set(_THIRD.values())
)
"""The only words that may stand in an extractive point and not in its evidence."""
