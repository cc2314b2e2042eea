"""Typed lines on the disk."""

from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from granola_like.domain.note import NoteLine
from granola_like.record.notes import NotesJournal, changes, read_notes

ids = st.sampled_from("abcde")
lines = st.builds(
    NoteLine,
    id=ids,
    text=st.text(),
    indent=st.integers(0, 5),
    typed_at_ms=st.none() | st.integers(0, 10**8),
    edited_at_ms=st.none() | st.integers(0, 10**8),
)
steps = st.lists(st.tuples(lines, st.none() | st.integers(0, 4)) | ids, max_size=20)


@settings(max_examples=40)
@given(steps)
def test_what_is_read_is_what_was_typed_in_the_order_shown(
    tmp_path_factory: pytest.TempPathFactory, steps: list[tuple[NoteLine, int | None] | str]
) -> None:
    folder = tmp_path_factory.mktemp("notes")
    journal = NotesJournal(folder)
    shown: list[NoteLine] = []
    for step in steps:
        if isinstance(step, str):
            journal.remove(step)
            shown = [line for line in shown if line.id != step]
            continue
        line, position = step
        journal.keep(line, position=position)
        known = next((i for i, old in enumerate(shown) if old.id == line.id), None)
        shown = [old for old in shown if old.id != line.id]
        place = known if position is None else position
        shown.insert(len(shown) if place is None else place, line)
    journal.close()
    assert read_notes(folder) == tuple(shown)


def test_a_line_cut_by_a_power_loss_takes_no_other_with_it(tmp_path: Path) -> None:
    journal = NotesJournal(tmp_path)
    journal.add("one", at_ms=1)
    journal.add("two", at_ms=2)
    journal.close()
    file = tmp_path / "notes.jsonl"
    file.write_bytes(file.read_bytes()[:-5])
    journal = NotesJournal(tmp_path)
    journal.add("three", at_ms=3)
    journal.close()
    assert [line.text for line in read_notes(tmp_path)] == ["one", "three"]


notepads = st.lists(lines, max_size=6, unique_by=lambda line: line.id)


@settings(max_examples=200)
@given(st.lists(notepads, min_size=1, max_size=4), st.integers(0, 20))
def test_a_whole_notepad_is_kept_and_a_cut_loses_no_line_that_stays(
    tmp_path_factory: pytest.TempPathFactory, states: list[list[NoteLine]], cut: int
) -> None:
    folder = tmp_path_factory.mktemp("notes")
    journal = NotesJournal(folder)
    before: list[NoteLine] = []
    for state in states:
        journal.keep_all(before, state)
        assert read_notes(folder) == tuple(state)
        before = state
    journal.close()
    whole = (folder / "notes.jsonl").read_bytes().splitlines(keepends=True) if states else []
    last = changes(states[-2] if len(states) > 1 else [], states[-1])
    kept = whole[: max(0, len(whole) - min(cut, len(last)))]
    (folder / "notes.jsonl").write_bytes(b"".join(kept))
    there = {line.id for line in read_notes(folder)}
    stays = {line.id for line in (states[-2] if len(states) > 1 else [])}
    assert stays & {line.id for line in states[-1]} <= there


def test_a_keystroke_writes_one_line() -> None:
    """However long the notepad: the others stand where they stood."""
    pad = [NoteLine(id=f"n{number}", text="words") for number in range(300)]
    typed = [*pad[:150], NoteLine(id="n150", text="words!"), *pad[151:]]
    assert len(changes(pad, typed)) == 1
    assert len(changes(pad, [pad[-1], *pad[:-1]])) == 1
    assert changes(pad, pad) == []
