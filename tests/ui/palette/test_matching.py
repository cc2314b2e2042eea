import pytest
from hypothesis import given
from hypothesis import strategies as st

from granola_like_ui.palette.matching import Entry, ranked

ENTRIES = [
    Entry(id="record", text="Record now", words="start call meeting"),
    Entry(id="rename", text="Rename the chosen meeting"),
    Entry(id="board", text="Board prep", words="Anna Boris"),
    Entry(id="folder", text="New folder"),
    Entry(id="find", text="Find and replace in the transcript"),
    Entry(id="ru", text="Планёрка по пятницам"),
]


def first(query: str) -> str:
    return next((entry.id for entry in ranked(ENTRIES, query)), "")


@pytest.mark.parametrize(
    ("typed", "means"),
    [("rec", "record"), ("ren", "rename"), ("fold", "folder"), ("folder new", "folder"),
     ("repalce", "find"), ("transcrpt", "find"), ("bored", "board"), ("boris", "board"),
     ("start", "record"), ("ПЛАН", "ru"), ("zebra", ""), ("x", "")],
)  # fmt: skip
def test_a_few_letters_and_slips_of_the_keys_are_enough(typed: str, means: str) -> None:
    assert first(typed) == means


def test_nothing_typed_leaves_the_order() -> None:
    assert ranked(ENTRIES, "  ") == ENTRIES


@given(st.sampled_from(ENTRIES), st.integers(1, 10))
def test_the_beginning_of_every_name_finds_it(entry: Entry, letters: int) -> None:
    assert entry in ranked(ENTRIES, entry.text[:letters])


@given(st.text(max_size=12))
def test_whatever_is_typed_finds_some_of_them(typed: str) -> None:
    found = ranked(ENTRIES, typed)
    assert len(found) == len({entry.id for entry in found})
    assert all(entry in ENTRIES for entry in found)
