"""The comparisons of the guard, one kind of fact each. Every function gives what differs."""

import re
from collections.abc import Iterator
from datetime import date
from decimal import Decimal

from granola_like.domain.enhanced import Detail, DetailKind
from granola_like.enhance.due import due_in
from granola_like.enhance.owners import ME, THEM, named_owner, owner_of
from granola_like.enhance.person import speaker_name
from granola_like.enhance.source import Source
from granola_like.text.names import Name, find_names, fold_name, name_parts, same_name
from granola_like.text.polarity import directions, negations
from granola_like.text.quantities import Quantity
from granola_like.text.tokens import sentences, stems, words

_KIND: dict[str, DetailKind] = {
    "number": "number",
    "ordinal": "number",
    "code": "number",
    "amount": "amount",
    "percent": "percent",
}


def quantity_details(text: str, source: Source, *, due: date | None = None) -> Iterator[Detail]:
    """Give the numbers, amounts, percentages and dates of `text` that were not said so."""
    for one in source.read(text):
        if not borne_out(one, source):
            kind = _KIND.get(one.kind, "date")
            yield Detail(kind, one.text, _nearest(one, source.quantities))
    if due is not None and not _due_was_said(due, source):
        said = [one.text for one in source.quantities if isinstance(one.value, date)]
        yield Detail("date", due.isoformat(), said[0] if said else "")


def borne_out(one: Quantity, source: Source) -> bool:
    """Say whether a quantity was said.

    The same fact, or one that says more ("$120k" bears out "120k"), bears it out. One that says
    less ("120k" for "$120k") does only where the person typed the fuller form.
    """
    typed = {said.key for said in source.read(source.line)} if source.line else set()
    for said in source.quantities:
        if one.key == said.key or _same_value(one, said):
            return True
        if one.loose == said.loose and (_says_less(one, said) or one.key in typed):
            return True
    return _written_otherwise(one, source)


def _says_less(one: Quantity, said: Quantity) -> bool:
    """Say whether `said` has all that `one` has: a bare number is in an amount, a day in a date."""
    if one.kind == "number":
        return said.kind in {"amount", "percent"}
    if one.kind in {"weekday", "week", "quarter", "time", "date"}:
        return one.key == one.loose
    return False


def _same_value(one: Quantity, said: Quantity) -> bool:
    days = {"date", "weekday"}
    if one.kind in days and said.kind in days and isinstance(one.value, date):
        return one.value == said.value
    if one.kind == "month" and isinstance(said.value, date):
        return said.kind == "date" and said.value.month == one.value
    return False


def _written_otherwise(one: Quantity, source: Source) -> bool:
    """Take a code, a score or a version for said where its very characters were."""
    if one.kind not in {"code", "ordinal", "number"} or not one.text[:1].isdigit():
        return False
    return bool(re.search(rf"(?<![\w.,]){re.escape(one.text)}(?![\w]|[.,]\d)", source.text))


def _due_was_said(due: date, source: Source) -> bool:
    if any(one.value == due for one in source.quantities):
        return True
    if source.meeting_date is None:
        return False
    return any(
        due_in(text, language=source.language, meeting_date=source.meeting_date) == due
        for text in [one.text for one in source.cited] + [source.text.replace("\n", " ")]
    )


def _nearest(one: Quantity, said: tuple[Quantity, ...]) -> str:
    """Find the words in the source that `one` most likely stands for."""
    alike = [
        other for other in said if _KIND.get(other.kind, "date") == _KIND.get(one.kind, "date")
    ]
    numeric = [other for other in said if isinstance(other.value, Decimal)]
    if not alike and isinstance(one.value, Decimal):
        alike = numeric
    if not alike:
        return ""
    return min(alike, key=lambda other: _distance(one, other)).text


def _distance(one: Quantity, other: Quantity) -> float:
    if one.loose == other.loose:
        return -1.0
    if isinstance(one.value, Decimal) and isinstance(other.value, Decimal):
        top = max(abs(one.value), abs(other.value), Decimal(1))
        return float(abs(one.value - other.value) / top)
    if isinstance(one.value, date) and isinstance(other.value, date):
        return float(abs((one.value - other.value).days))
    return 1e6


def name_details(text: str, source: Source) -> Iterator[Detail]:
    """Give the names of `text` that are neither said nor speaking in what is cited."""
    said_names = find_names(source.text, known=source.known_names, language=source.language)
    for name in find_names(text, known=source.known_names, language=source.language):
        if not _name_was_said(name, said_names, source):
            yield Detail("name", name.text, _nearest_name(name, said_names, source))


def _name_was_said(name: Name, said_names: tuple[Name, ...], source: Source) -> bool:
    known = source.known_names
    speakers = {one.said.speaker for one in source.cited if one.said.speaker}
    if any(same_name(name.text, speaker, known=known) for speaker in speakers):
        return True
    if any(same_name(name.text, said.text, known=known) for said in said_names):
        return True
    said_words = {fold_name(word) for word in words(source.text)}
    if name_parts(name.text) <= said_words:
        return True
    # The owner of the microphone is cited by the channel alone.
    by_channel = {"me": ME, "them": THEM}
    return any(name.text == by_channel[one.said.channel] for one in source.cited)


def _nearest_name(name: Name, said_names: tuple[Name, ...], source: Source) -> str:
    if said_names:
        return said_names[0].text
    return next((who for one in source.cited if (who := speaker_name(one.said))), "")


def owner_details(text: str, source: Source, *, owner: str | None) -> Iterator[Detail]:
    """Give the owner, in its field or as the subject of `text`, when somebody else promised."""
    claimed = [owner] if owner else []
    subject = named_owner(text, people=source.known_names, language=source.language)
    if subject and subject[1] == 0:
        claimed.append(subject[0])
    if not claimed:
        return
    allowed = _who_may_own(source)
    for who in dict.fromkeys(claimed):
        if not any(same_name(who, one, known=source.known_names) for one in allowed):
            yield Detail("owner", who, next(iter(allowed), ""))


def _who_may_own(source: Source) -> list[str]:
    """Give who undertook something in the cited words; if nobody clearly did, who is in them."""
    owners = []
    for one in source.cited:
        for text in sentences(one.text) or (one.text,):
            clean = text.strip()
            who = owner_of(clean, one.said, people=source.known_names, language=source.language)
            if who:
                owners.append(who)
    if owners:
        return owners
    speakers = [who for one in source.cited if (who := speaker_name(one.said))]
    named = find_names(source.text, known=source.known_names, language=source.language)
    return [*speakers, *(name.text for name in named)]


def negation_details(text: str, source: Source) -> Iterator[Detail]:
    """Give a denial that is in the line and not in its source, or the other way round.

    A denial is compared by what it denies, so a "not" about something else does not count.
    """
    language = source.language
    in_point, in_source = (negations(one, language=language) for one in (text, source.text))
    said = frozenset(stems(source.text, language=language))
    denied = frozenset().union(*(cue.scope for cue in in_source)) if in_source else frozenset()
    for cue in in_point:
        turned = cue.scope & said
        if cue.plain and turned and not turned & denied and not in_source:
            yield Detail("negation", _with_scope(text, cue.text), "")
    if in_point or not in_source:
        return
    for part in sentences(text):
        content = frozenset(stems(part, language=language))
        for one in source.cited:
            yield from _lost_denial(part, content, one.text, language)


def _lost_denial(part: str, content: frozenset[str], said: str, language: str) -> Iterator[Detail]:
    """Find a sentence that says nearly the same as `part`, and denies it."""
    for sentence in sentences(said):
        spoken = frozenset(stems(sentence, language=language))
        cues = [cue for cue in negations(sentence, language=language) if cue.plain]
        shared = content & spoken
        alike = len(shared) >= min(3, max(2, len(content))) and len(shared) >= 0.75 * len(content)
        for cue in cues:
            if alike and len(cue.scope & content) >= max(1, len(cue.scope) // 2):
                yield Detail("negation", part, _with_scope(sentence, cue.text))
                return


def _with_scope(text: str, cue: str) -> str:
    found = re.search(rf"\b{re.escape(cue)}\b(?:\s+\S+){{0,4}}", text)
    return found[0] if found else cue


def direction_details(text: str, source: Source) -> Iterator[Detail]:
    """Give an "up" whose source only knows "down", and the other way round."""
    said = directions(source.text, language=source.language)
    if not said:
        return
    ways = {way for _, way in said}
    for word, way in directions(text, language=source.language):
        folded = word.casefold()
        if way not in ways and folded not in {spoken.casefold() for spoken, _ in said}:
            yield Detail("direction", word, said[0][0])
