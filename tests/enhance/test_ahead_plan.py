"""When a line may be written while the call goes on."""

from hypothesis import given
from hypothesis import strategies as st

from granola_like.domain.enhanced import Aligned
from granola_like.domain.note import NoteLine
from granola_like.domain.transcript import Utterance
from granola_like.enhance.ahead.following import overlap, steady
from granola_like.enhance.ahead.plan import (
    Patience,
    Rest,
    Round,
    Step,
    Write,
    firm_part,
    is_closed,
    next_step,
)

PATIENCE = Patience()
TIMES = st.integers(0, 400_000)
LINES = st.lists(
    st.builds(
        NoteLine,
        id=st.uuids().map(str),
        text=st.sampled_from(["budget", " "]),
        typed_at_ms=st.none() | TIMES,
        edited_at_ms=st.none() | TIMES,
    ),
    max_size=5,
).map(tuple)


def step_of(
    lines: tuple[NoteLine, ...],
    *,
    at: int,
    firm: int | None = None,
    is_busy: bool = False,
    last: Round | None = None,
    said: tuple[Utterance, ...] = (),
) -> Step:
    return next_step(
        lines,
        said,
        firm_until_ms=at if firm is None else firm,
        now_ms=at,
        is_busy=is_busy,
        last=last,
        patience=PATIENCE,
    )


@given(LINES, TIMES, TIMES)
def test_only_closed_lines_are_written(lines: tuple[NoteLine, ...], at: int, lag: int) -> None:
    firm = max(0, at - lag)
    step = step_of(lines, at=at, firm=firm)
    closed = {line.id for line in lines if is_closed(line, firm_until_ms=firm, patience=PATIENCE)}
    assert step.lines == closed if isinstance(step, Write) else not closed
    for line in lines:
        if line.id in closed:
            assert line.typed_at_ms is not None
            assert max(line.typed_at_ms, line.edited_at_ms or 0) + PATIENCE.window_ms <= firm


@given(LINES, TIMES, TIMES, st.booleans())
def test_a_rest_always_ends_later(
    lines: tuple[NoteLine, ...], at: int, lag: int, is_busy: bool
) -> None:
    step = step_of(lines, at=at, firm=max(0, at - lag), is_busy=is_busy)
    if isinstance(step, Rest):
        assert step.until_ms > at
    if is_busy:
        assert isinstance(step, Rest)


LINE = NoteLine(id="a", text="budget", typed_at_ms=10_000)
SAID = (Utterance(id="u", start_ms=0, end_ms=5_000, text="The budget is a million."),)


def test_what_was_written_comes_up_again_after_more_talk_or_a_change() -> None:
    last = Round((LINE,), SAID, 60_000)
    assert isinstance(step_of((LINE,), at=61_000, last=last, said=SAID), Rest)
    assert isinstance(step_of((LINE,), at=80_000, last=last, said=SAID), Write)
    revised = (Utterance(id="u", start_ms=0, end_ms=5_000, text="The budget is a billion."),)
    assert isinstance(step_of((LINE,), at=61_000, last=last, said=revised), Write)
    changed = NoteLine(id="a", text="budgets", typed_at_ms=10_000)
    assert isinstance(step_of((changed,), at=61_000, last=last, said=SAID), Write)


def test_a_line_that_is_being_typed_waits() -> None:
    typing = NoteLine(id="a", text="budget", typed_at_ms=10_000, edited_at_ms=59_000)
    step = step_of((typing,), at=60_000)
    assert step == Rest(59_000 + PATIENCE.window_ms)


def test_the_firm_part_ends_before_what_may_change() -> None:
    said = tuple(
        Utterance(id=str(at), start_ms=at * 10, end_ms=end, text="x")
        for at, end in enumerate((50, 500, 60))
    )
    assert firm_part(said, firm_until_ms=100) == said[:1]
    assert firm_part(said, firm_until_ms=500) == said


ALIGNED = st.lists(
    st.builds(Aligned, st.sampled_from("abcd"), st.floats(0.01, 1)),
    max_size=4,
    unique_by=lambda one: one.utterance,
).map(tuple)


@given(ALIGNED, ALIGNED)
def test_evidence_is_kept_while_it_means_the_same(
    one: tuple[Aligned, ...], other: tuple[Aligned, ...]
) -> None:
    assert 0 <= overlap(one, other) <= 1.0001
    assert abs(overlap(one, other) - overlap(other, one)) < 1e-9
    if one:
        assert steady(one, one) == one
        assert overlap(one, one) > 0.999
    if not {a.utterance for a in one} & {a.utterance for a in other}:
        assert steady(one, other) == other
