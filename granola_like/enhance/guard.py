"""The guard says whether every fact of a written line is borne out by the words it cites.

It compares numbers, amounts, percentages, dates, names, the owner, negation and the direction of
comparisons. It is deterministic and trusts no model. Its law: a line whose number, amount, date,
percentage or name is not borne out by its cited words is never `supported`; a line that cites
nothing is `unsupported`.

The person's own line is no source: a number, day or name that only the person typed has not been
said. It may only add what people leave out when they speak (the currency, the year, the week) to
a value that was said; see `compare.borne_out`.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from functools import lru_cache

from granola_like.domain.enhanced import Detail, Finding
from granola_like.enhance.compare import (
    name_details,
    owner_details,
    quantity_details,
    speaker_details,
)
from granola_like.enhance.compare_counts import count_details
from granola_like.enhance.compare_languages import translated_details
from granola_like.enhance.source import Source
from granola_like.enhance.turned import direction_details, negation_details


@dataclass(frozen=True, slots=True)
class Verdict:
    """What the guard says about one line, with the exact words on both sides."""

    finding: Finding
    details: tuple[Detail, ...] = ()


def check(
    text: str,
    source: Source,
    *,
    owner: str | None = None,
    due: date | None = None,
) -> Verdict:
    """Compare a written line with the words it cites.

    `changed` means that a fact differs from its source or is not in it; `details` names each.
    """
    return _check(text, source, owner, due)


# Lines are judged while they are drafted during the call, and once more when it ends.
@lru_cache(maxsize=1_024)
def _check(text: str, source: Source, owner: str | None, due: date | None) -> Verdict:
    if not source.has_words:
        return Verdict("unsupported")
    if source.is_translated:
        details = tuple(dict.fromkeys(translated_details(text, source, owner=owner, due=due)))
        return Verdict("changed" if details else "supported", details)
    found: list[Detail] = [
        *quantity_details(text, source, due=due),
        *count_details(text, source),
        *name_details(text, source),
        *speaker_details(text, source),
        *owner_details(text, source, owner=owner),
        *negation_details(text, source),
        *direction_details(text, source),
    ]
    details = tuple(dict.fromkeys(found))
    return Verdict("changed" if details else "supported", details)


def worst(verdicts: Sequence[Verdict]) -> Finding | None:
    """Give the gravest finding; None where there is none."""
    order: tuple[Finding, ...] = ("unsupported", "changed", "supported")
    return next((one for one in order if any(v.finding == one for v in verdicts)), None)
