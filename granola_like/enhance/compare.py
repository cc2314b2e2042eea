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
    counted = any(said.kind == "ordinal" for said in source.quantities)
    for one in source.read(text):
        if one.kind == "ordinal" and one.spoken and not counted:
            continue  # "firstly", "the second reason": the writer's own order, nobody's fact
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
        return said.kind == "amount"
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


_TELLS = re.compile(
    r"^\s*(?::|(?:also |then |still |just )?(?:thinks?|thought|said|says|wants?|wanted|wonders?|"
    r"wondered|asks?|asked|agrees?|agreed|suggests?|suggested|proposes?|proposed|mentions?|"
    r"mentioned|believes?|believed|explains?|explained|adds?|added|hopes?|hoped|disagrees?|"
    r"disagreed|argued|pointed out|feels?|felt|needs|recommends|recommended|questioned|informed|"
    r"supplemented|clarified|responded|replied|answered|stated|claimed|told|introduced|presented|"
    r"described|reported|insisted|considered|emphasi[sz]ed)\b)"
)


def speaker_details(text: str, source: Source) -> Iterator[Detail]:
    """Give who is said to have said it, when it was clearly somebody else of those cited.

    What a person is reported to have said is compared with the words of each cited speaker; only
    when the reported one shares nothing with it, and another one does, is it a finding.
    """
    speakers = {
        who: _words_of(who, source) for one in source.cited if (who := speaker_name(one.said))
    }
    if len(speakers) < 2:
        return
    names = find_names(text, known=source.known_names, language=source.language)
    for place, name in enumerate(names):
        end = names[place + 1].start if place + 1 < len(names) else len(text)
        reported = text[name.end : end].split(". ", maxsplit=1)[0]
        who = next((one for one in speakers if same_name(one, name.text, known=speakers)), None)
        if who is None or not _TELLS.match(reported):
            continue
        told = frozenset(stems(_TELLS.sub("", reported), language=source.language))
        shared = {one: len(told & spoken) for one, spoken in speakers.items()}
        best = max(shared, key=lambda one: shared[one])
        if shared[who] == 0 and shared[best] >= 2:
            yield Detail("name", name.text, best)


def _words_of(who: str, source: Source) -> frozenset[str]:
    texts = [one.text for one in source.cited if speaker_name(one.said) == who]
    return frozenset(stems(" ".join(texts), language=source.language))


def _name_was_said(name: Name, said_names: tuple[Name, ...], source: Source) -> bool:
    known = source.known_names
    speakers = {one.said.speaker for one in source.cited if one.said.speaker}
    if any(same_name(name.text, speaker, known=known) for speaker in speakers):
        return True
    if any(same_name(name.text, said.text, known=known) for said in said_names):
        return True
    said_words = {fold_name(word) for word in words(source.text)}
    parts = name_parts(name.text)
    if any(len(part) > 1 for part in parts) and parts <= said_words:
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
