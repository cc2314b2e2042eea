"""What each rule of style does to one written line, and how a model is told of it.

A rule changes how a line is written, never what it says: `style.styled` checks every change with
the guard and with `same_facts`, and leaves a line alone that would not pass.
"""

import re
from collections.abc import Callable
from dataclasses import dataclass
from datetime import date

from granola_like.domain.enhanced import BlockKind
from granola_like.domain.style import RuleKind, StyleRule
from granola_like.text.names import find_names, fold_name
from granola_like.text.polarity import directions, negations
from granola_like.text.quantities import find_quantities
from granola_like.text.tokens import is_stop_word, words

ORDER: tuple[RuleKind, ...] = (
    "greetings", "subject", "length", "owners", "names", "amounts", "capitals", "full stops",
)  # fmt: skip
"""In which rules are applied: what cuts first, what touches the ends last."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Line:
    """A written line, and what a rule may know about it."""

    text: str
    kind: BlockKind
    owner: str | None = None
    people: tuple[str, ...] = ()
    language: str = "en"
    meeting_date: date | None = None


def apply_rule(rule: StyleRule, line: Line) -> str:
    """Give the line's text as the rule wants it, "" for a line that it leaves out.

    The text is the same when the rule has nothing to do, or does not know how.
    """
    if rule.kind == "greetings":
        return "" if is_greeting(line) else line.text
    if rule.kind == "length":
        return _shortened(line, rule.words or 1)
    return _APPLIERS[rule.kind](line, rule.choice)


def told(rule: StyleRule) -> str:
    """Say the rule as an instruction to a model that writes."""
    sentences: dict[tuple[RuleKind, str], str] = {
        ("full stops", "without"): "Put no full stop at the end of a point.",
        ("full stops", "with"): "End every point with a full stop.",
        ("capitals", "upper"): "Begin every point with a capital letter.",
        ("capitals", "lower"): "Begin a point with a small letter, unless it begins with a name.",
        ("owners", "first"): "Begin an action item with its owner and a colon: “Anna: …”.",
        ("length", "short"): f"Write at most {rule.words} words a point.",
        ("amounts", "short"): "Write thousands and millions short, as 120k and 1.5m.",
        ("amounts", "long"): "Write amounts in full digits, as 120,000.",
        ("names", "first"): "Call people by their first name alone.",
        ("names", "full"): "Call people by their full name.",
        ("subject", "without"): "Leave out “we” at the beginning of a point.",
        ("greetings", "without"): "Write no point about greetings or thanks.",
    }
    return sentences[rule.kind, rule.choice]


def same_facts(one: Line, other: Line) -> bool:
    """Say whether two wordings have the same quantities, denials and directions."""
    return _facts(one) == _facts(other)


def _facts(line: Line) -> tuple[object, ...]:
    found = find_quantities(line.text, language=line.language, meeting_date=line.meeting_date)
    return (
        sorted(one.key for one in found),
        len(tuple(negations(line.text, language=line.language))),
        sorted(cue.way for cue in directions(line.text, language=line.language)),
    )


_SHORT_FORM = re.compile(
    r"(?:\w\.)+\w?\.$|\b(?:etc|inc|ltd|co|vs|approx|др|т\.\s?д|г|руб|тыс)\.$", re.I
)


def _full_stops(line: Line, choice: str) -> str:
    text = line.text
    if choice == "with":
        return f"{text}." if text[-1:].isalnum() or text[-1:] in {")", "%"} else text
    ends = text.endswith(".") and not text.endswith("..") and not _SHORT_FORM.search(text)
    # Two sentences keep the stop between them, so also the last one.
    return text[:-1] if ends and not re.search(r"[.!?]\s", text[:-1]) else text


def _capitals(line: Line, choice: str) -> str:
    text, first = line.text, (line.text.split() or [""])[0]
    if choice == "upper":
        return text[:1].upper() + text[1:] if first == first.casefold() else text
    # Any other word may be a name: Will, Berlin, Stripe.
    plain = (
        is_stop_word(first.casefold(), language=line.language) and first[1:] == first[1:].lower()
    )
    if not plain or first.casefold() in {"i", "will", "may", "march"} or first.startswith("I'"):
        return text
    return text[:1].lower() + text[1:]


def starts_with_owner(text: str, owner: str) -> bool:
    """Say whether a text begins with its owner and a colon or dash."""
    head = re.match(r"([^:–—-]{1,40}?)\s*[:–—-]\s", text)
    if head is None:
        return False
    return bool(fold_name(head[1])) and set(fold_name(head[1]).split()) <= set(
        fold_name(owner).split()
    )


def _owner_first(line: Line, _: str) -> str:
    if line.kind != "action" or not line.owner or starts_with_owner(line.text, line.owner):
        return line.text
    names = "|".join(re.escape(name) for name in (line.owner, line.owner.split()[0]))
    rest = re.sub(rf"^(?:{names})\s+(?:will|is going to)\s+", "", line.text)
    return f"{line.owner}: {rest}"


_TAIL = re.compile(
    r",?\s+(?:because|so that|which|as well as|in order to|since)\s|"
    r",?\s+(?:потому что|так как|чтобы|котор\w+)\s|"
    r",\s+(?:and|so|и|а также)\s|;\s",
    re.IGNORECASE,
)
_CONDITION = re.compile(
    r"\b(?:if|unless|except|but|only|although|though|provided|until|before|after|when|maybe|"
    r"если|кроме|но|только|хотя|пока|до|после|когда)\b",
    re.IGNORECASE,
)


def _shortened(line: Line, most: int) -> str:
    """Cut reasons and asides off the end, never a figure, a name, a denial or a condition."""
    text = line.text
    while len(text.split()) > most:
        cut = [found for found in _TAIL.finditer(text) if found.start() > 0]
        if not cut or not _is_aside(replace_text(line, text[cut[-1].start() :])):
            return text
        text = text[: cut[-1].start()].rstrip(" ,;")
    return text


def _is_aside(tail: Line) -> bool:
    # With a small letter before it, a name that begins the tail is inside a sentence.
    names = find_names(f"and {tail.text.lstrip(' ,;')}", known=tail.people, language=tail.language)
    empty = _facts(replace_text(tail, ""))
    return not names and _facts(tail) == empty and not _CONDITION.search(tail.text)


def replace_text(line: Line, text: str) -> Line:
    """Give the same line with another text."""
    return Line(
        text=text,
        kind=line.kind,
        owner=line.owner,
        people=line.people,
        language=line.language,
        meeting_date=line.meeting_date,
    )


_LONG = re.compile(r"(?<![\d.,])\d{1,3}(?:,\d{3})+(?![\d%]|[.,]\d)")
_SHORT = re.compile(r"(?<![\d.,])(\d{1,3}(?:\.\d{1,3})?)(k|m)\b", re.IGNORECASE)
_SCALE = {"k": 1_000, "m": 1_000_000}


def _amounts(line: Line, choice: str) -> str:
    if line.language != "en":
        return line.text
    if choice == "short":
        return _LONG.sub(lambda found: _in_short(found[0]), line.text)
    return _SHORT.sub(lambda found: _in_full(found[0], found[1], found[2]), line.text)


def _in_short(written: str) -> str:
    value = int(written.replace(",", ""))
    for letter, scale in (("m", 1_000_000), ("k", 1_000)):
        whole, rest = divmod(value * 10, scale)
        if value >= scale and not rest:
            return f"{whole // 10}.{whole % 10}{letter}" if whole % 10 else f"{whole // 10}{letter}"
    return written


def _in_full(written: str, number: str, letter: str) -> str:
    whole, _, part = number.partition(".")
    scale = _SCALE[letter.lower()]
    unit = scale // 10 ** len(part)
    return f"{int(whole) * scale + int(part or 0) * unit:,}" if unit else written


def has_long_amount(text: str) -> bool:
    """Say whether an amount stands in full digits that has a short form."""
    return any(_in_short(found[0]) != found[0] for found in _LONG.finditer(text))


def has_short_amount(text: str) -> bool:
    """Say whether an amount stands in its short form."""
    return bool(_SHORT.search(text))


def _names(line: Line, choice: str) -> str:
    text = line.text
    firsts = [name.split()[0] for name in line.people if name.split()]
    for name in sorted(line.people, key=len, reverse=True):
        first = (name.split() or [""])[0]
        # "Anna" can be one person only, and "Mr" is nobody's first name.
        if (
            " " not in name.strip()
            or firsts.count(first) > 1
            or first.endswith(".")
            or len(first) < 2
        ):
            continue
        if choice == "first":
            text = re.sub(rf"\b{re.escape(name)}\b", first, text)
        else:
            text = re.sub(rf"\b{re.escape(first)}\b(?!\s+[A-ZА-ЯЁ])(?!['’]?\w)", name, text)
    return text


_SUBJECT = re.compile(
    r"^(?:we|they|мы|они)\s+(?!(?:are|were|aren|weren|all|both|have|had)\b)(?=[^\W\d_])",
    re.IGNORECASE,
)


def _without_subject(line: Line, _: str) -> str:
    rest = _SUBJECT.sub("", line.text)
    return line.text if rest == line.text else rest[:1].upper() + rest[1:]


_GREETINGS = frozenset(
    "hi hello hey welcome good morning afternoon evening thanks thank you everyone everybody all "
    "bye goodbye see later nice to meet have a day folks guys so much very for joining today "
    "привет здравствуйте добрый день доброе утро вечер спасибо всем пока до свидания".split()
)
_GREETS = frozenset(
    "hi hello hey welcome morning afternoon evening thanks thank bye goodbye привет здравствуйте "
    "добрый доброе спасибо пока свидания".split()
)


def is_greeting(line: Line) -> bool:
    """Say whether a point only greets, thanks or says goodbye."""
    said = set(words(line.text))
    return line.kind == "point" and bool(said & _GREETS) and said <= _GREETINGS


_APPLIERS: dict[RuleKind, Callable[[Line, str], str]] = {
    "full stops": _full_stops,
    "capitals": _capitals,
    "owners": _owner_first,
    "amounts": _amounts,
    "names": _names,
    "subject": _without_subject,
}
