"""What to do next while a call goes on: write, or wait. Decisions alone, no clock and no work."""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import TypeAlias

from granola_like.domain.note import NoteLine
from granola_like.domain.transcript import Utterance


@dataclass(frozen=True, slots=True, kw_only=True)
class Patience:
    """How long to wait, in ms of the meeting's clock."""

    window_ms: int = 45_000
    """After a line last changed: what belongs to it has mostly been said by then."""
    again_ms: int = 20_000
    """So much more talk, and closed lines are compared with it anew."""
    look_ms: int = 5_000
    """After so long a writing, lines and transcript are looked at anew between two lines."""
    pause_ms: int = 1_000
    """While transcribing needs the machine, or nothing is to do."""


@dataclass(frozen=True, slots=True)
class Round:
    """What the last round of writing knew."""

    lines: tuple[NoteLine, ...]
    said: tuple[Utterance, ...]
    firm_until_ms: int


@dataclass(frozen=True, slots=True)
class Rest:
    """There is nothing to do before this moment of the meeting's clock."""

    until_ms: int


@dataclass(frozen=True, slots=True)
class Write:
    """These lines can be written now; what was written of them before may still hold."""

    lines: frozenset[str]


Step: TypeAlias = Rest | Write


def next_step(
    lines: Sequence[NoteLine],
    said: tuple[Utterance, ...],
    *,
    firm_until_ms: int,
    now_ms: int,
    is_busy: bool,
    last: Round | None,
    patience: Patience,
) -> Step:
    """Decide what comes next.

    `said` is the part of the transcript that will not change by itself: all that ends before
    `firm_until_ms`. A line is written once its window has closed; it comes up again when it or
    the transcript changed, or when there was more talk.
    """
    soon = now_ms + patience.pause_ms
    if is_busy:
        return Rest(soon)
    closed = tuple(
        line for line in lines if is_closed(line, firm_until_ms=firm_until_ms, patience=patience)
    )
    now = Round(closed, said, firm_until_ms)
    if closed and not _still_holds(last, now, patience=patience):
        return Write(frozenset(line.id for line in closed))
    closings = [at for line in lines if (at := closes_at(line, patience=patience)) is not None]
    if closed and last is not None:
        closings.append(last.firm_until_ms + patience.again_ms)
    # What is firm lags behind the clock: look no later than when the window could be closed.
    return Rest(max(soon, min((at for at in closings if at > firm_until_ms), default=soon)))


def closes_at(line: NoteLine, *, patience: Patience) -> int | None:
    """Say when a line's window closes; None for one that nobody knows the time of, or an empty one.

    Such a line may rest on anything, so it is written at the end.
    """
    if line.typed_at_ms is None or not line.text.strip():
        return None
    return max(line.typed_at_ms, line.edited_at_ms or 0) + patience.window_ms


def is_closed(line: NoteLine, *, firm_until_ms: int, patience: Patience) -> bool:
    """Say whether all that a line may rest on has been said and will not change."""
    at = closes_at(line, patience=patience)
    return at is not None and at <= firm_until_ms


def firm_part(utterances: Sequence[Utterance], *, firm_until_ms: int) -> tuple[Utterance, ...]:
    """Give the utterances before the first one that may still change."""
    for at, one in enumerate(utterances):
        if one.end_ms > firm_until_ms:
            return tuple(utterances[:at])
    return tuple(utterances)


def grew(before: tuple[Utterance, ...], now: tuple[Utterance, ...]) -> bool:
    """Say whether `now` is `before` with something added or nothing: no word was revised."""
    return now[: len(before)] == before


def _still_holds(last: Round | None, now: Round, *, patience: Patience) -> bool:
    if last is None or now.firm_until_ms - last.firm_until_ms >= patience.again_ms:
        return False
    return now.lines == last.lines and grew(last.said, now.said)
