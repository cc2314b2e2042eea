"""Finding and replacing words in a transcript; the same words as `app.wording` would replace."""

import re
from collections.abc import Sequence
from dataclasses import dataclass

from granola_like_ui.transcript.state import Change, Line, Row


@dataclass(frozen=True, slots=True, kw_only=True)
class Wanted:
    """What is looked for, and how."""

    find: str = ""
    whole_words: bool = False
    match_case: bool = False


@dataclass(frozen=True, slots=True)
class Match:
    """Characters [start, end) of a row's text."""

    row: int
    start: int
    end: int


def pattern_of(wanted: Wanted) -> re.Pattern[str] | None:
    """Make the pattern; None when nothing is looked for."""
    if not wanted.find.strip():
        return None
    pattern = re.escape(wanted.find.strip())
    if wanted.whole_words:
        pattern = rf"(?<!\w){pattern}(?!\w)"
    return re.compile(pattern, 0 if wanted.match_case else re.IGNORECASE)


def matches(rows: Sequence[Row], wanted: Wanted) -> tuple[Match, ...]:
    """Find every place, in order."""
    pattern = pattern_of(wanted)
    if pattern is None:
        return ()
    return tuple(
        Match(number, found.start(), found.end())
        for number, row in enumerate(rows)
        if isinstance(row, Line)
        for found in pattern.finditer(row.text)
    )


def changes(rows: Sequence[Row], wanted: Wanted, put: str) -> tuple[Change, ...]:
    """Say what replacing would make of each line that has the words."""
    pattern = pattern_of(wanted)
    if pattern is None:
        return ()
    made = []
    for row in rows:
        if isinstance(row, Line) and pattern.search(row.text):
            after = " ".join(pattern.sub(lambda _: put.strip(), row.text).split())
            made.append(
                Change(
                    title=row.name,
                    start_ms=row.start_ms,
                    before=row.text,
                    after=after,
                    utterance=row.utterance,
                )
            )
    return tuple(change for change in made if change.before != change.after)
