"""What the person changed survives every new version, or is shown as a conflict."""

import json
from dataclasses import replace
from datetime import UTC, date, datetime, timedelta

from hypothesis import given
from hypothesis import strategies as st

from granola_like.domain.edit_records import edit_from, edit_record
from granola_like.domain.edits import (
    Accept,
    Change,
    Drop,
    Edit,
    Insert,
    Move,
    Reassign,
    Rekind,
    Reschedule,
    Reword,
    Tick,
)
from granola_like.domain.enhanced import WRITTEN, Block, EnhancedNote, Evidence
from granola_like.enhance.edits import own_id, rebase, settle

NOW = datetime(2026, 3, 3, 12, tzinfo=UTC)
TEXTS = st.sampled_from(["Ship it", "Ship it in May", "Boris sends the contract", "No"])
WRITTEN_KINDS = st.sampled_from(sorted(WRITTEN))


def note_of(blocks: tuple[Block, ...]) -> EnhancedNote:
    return EnhancedNote(template="general", engine="extractive", created_at=NOW, blocks=blocks)


@st.composite
def notes(draw: st.DrawFn) -> EnhancedNote:
    blocks: list[Block] = [Block(id="heading-notes", kind="heading", text="Notes")]
    for number in range(draw(st.integers(0, 3))):
        line = f"n{number}"
        blocks.append(Block(id=f"note-{line}", kind="note", text=f"line {number}", note=line))
        blocks += draw(written(line))
    blocks.append(Block(id="heading-actions", kind="heading", text="Action items"))
    blocks += draw(written(None))
    ids = [f"{block.id}-{at}" for at, block in enumerate(blocks)]
    return note_of(
        tuple(
            replace(block, id=name) if block.kind in WRITTEN and draw(st.booleans()) else block
            for block, name in zip(_once(blocks), ids, strict=True)
        )
    )


@st.composite
def written(draw: st.DrawFn, line: str | None) -> list[Block]:
    return [
        Block(
            id=f"w-{line}-{number}",
            kind=draw(WRITTEN_KINDS),
            text=draw(TEXTS),
            note=line,
            indent=1 if line else 0,
            evidence=(Evidence(draw(st.sampled_from(["u1", "u2", "u3"]))),),
            finding="supported",
            owner=draw(st.sampled_from([None, "Boris"])),
        )
        for number in range(draw(st.integers(0, 3)))
    ]


def _once(blocks: list[Block]) -> list[Block]:
    assert len({block.id for block in blocks}) == len(blocks)
    return blocks


@st.composite
def edits_on(draw: st.DrawFn, note: EnhancedNote) -> tuple[Edit, ...]:
    made: list[Edit] = []
    places: list[Block | None] = [None, *note.blocks]
    editable = [block for block in note.blocks if block.kind in WRITTEN]
    for number in range(draw(st.integers(0, 6))):
        at, name = NOW + timedelta(seconds=number), f"e{number}"
        if not editable or draw(st.integers(0, 3)) == 0:
            insert = Insert(draw(TEXTS), draw(st.sampled_from(places)), 0, "note")
            made.append(Edit(id=name, made_at=at, change=insert))
            own = Block(id=own_id(made[-1]), kind="note", text=insert.text)
            places.append(own)
            continue
        on = draw(st.sampled_from(editable))
        elsewhere = [place for place in places if place is None or place.id != on.id]
        change: Change = draw(
            st.one_of(
                TEXTS.map(Reword),
                st.just(Accept()),
                st.just(Drop()),
                st.sampled_from(elsewhere).map(Move),
                st.sampled_from([None, "Anna"]).map(Reassign),
                st.sampled_from([None, date(2026, 3, 6)]).map(Reschedule),
                WRITTEN_KINDS.map(Rekind),
                st.booleans().map(Tick),
            )
        )
        made.append(Edit(id=name, made_at=at, change=change, on=on))
    return tuple(made)


NOTE_AND_EDITS = notes().flatmap(lambda note: st.tuples(st.just(note), edits_on(note)))


@given(NOTE_AND_EDITS, notes())
def test_no_edit_is_lost(made: tuple[EnhancedNote, tuple[Edit, ...]], other: EnhancedNote) -> None:
    _, edits = made
    done = rebase(edits, other)
    kept = [*done.applied, *(one.edit for one in done.conflicts)]
    assert sorted(edit.id for edit in kept) == sorted(edit.id for edit in edits)
    assert set(kept) == set(edits)


@given(NOTE_AND_EDITS)
def test_what_was_ticked_last_counts(made: tuple[EnhancedNote, tuple[Edit, ...]]) -> None:
    note, edits = made
    done = rebase(edits, note)
    for block in done.note.blocks:
        ticks = [
            edit.change.is_done
            for edit in edits
            if isinstance(edit.change, Tick) and edit.on is not None and edit.on.id == block.id
        ]
        assert (block.id in done.done) is (ticks[-1] if ticks else False)


@given(NOTE_AND_EDITS)
def test_edits_fit_the_version_they_were_made_on(
    made: tuple[EnhancedNote, tuple[Edit, ...]],
) -> None:
    note, edits = made
    done = rebase(edits, note)
    assert done.applied == edits
    assert not done.conflicts
    for edit in edits:
        _is_done(edit, edits, done.note)


def _is_done(edit: Edit, edits: tuple[Edit, ...], note: EnhancedNote) -> None:
    """Look at what an edit promises, where no later edit says otherwise."""
    shown = {block.id: block for block in note.blocks}
    if edit.on is None:
        assert isinstance(edit.change, Insert)
        assert shown[own_id(edit)].text == edit.change.text
        return
    same = [one for one in edits if one.on == edit.on and type(one.change) is type(edit.change)]
    dropped = any(one.on == edit.on and isinstance(one.change, Drop) for one in edits)
    assert (edit.on.id in shown) is not dropped
    if dropped or same[-1] is not edit:
        return
    block = shown[edit.on.id]
    match edit.change:
        case Reword(text):
            assert block.text == text
        case Reassign(owner):
            assert block.owner == owner
        case Reschedule(due):
            assert block.due == due
        case Rekind(kind):
            assert block.kind == kind


@given(NOTE_AND_EDITS, notes())
def test_rebasing_twice_is_rebasing_once(
    made: tuple[EnhancedNote, tuple[Edit, ...]], other: EnhancedNote
) -> None:
    once = rebase(made[1], other)
    again = rebase([*once.applied, *(one.edit for one in once.conflicts)], other)
    assert again == once


@given(NOTE_AND_EDITS, notes())
def test_typed_lines_stay_verbatim_and_in_order(
    made: tuple[EnhancedNote, tuple[Edit, ...]], other: EnhancedNote
) -> None:
    def typed(note: EnhancedNote) -> list[Block]:
        return [block for block in note.blocks if block.kind == "note" and block.note]

    assert typed(rebase(made[1], other).note) == typed(other)


@given(NOTE_AND_EDITS, notes())
def test_without_edits_the_machine_s_words_are_back(
    made: tuple[EnhancedNote, tuple[Edit, ...]], other: EnhancedNote
) -> None:
    note, edits = made
    assert rebase((), note).note == note
    # What no edit that went on is about is as the machine wrote it.
    done = rebase(edits, other)
    texts = {edit.on.text for edit in done.applied if edit.on}
    shown = {block.id: block for block in done.note.blocks}
    for block in other.blocks:
        if block.text not in texts:
            assert shown[block.id] == block


@given(NOTE_AND_EDITS, notes())
def test_an_edit_goes_onto_the_same_words_or_onto_nothing(
    made: tuple[EnhancedNote, tuple[Edit, ...]], other: EnhancedNote
) -> None:
    for edit in made[1]:
        if edit.on is None or isinstance(edit.change, Insert | Move):
            continue
        done = rebase([edit], other)
        changed = {block.id for block in other.blocks} - {block.id for block in done.note.blocks}
        shown = {block.id: block for block in done.note.blocks}
        changed |= {one.id for one in other.blocks if one.id in shown and shown[one.id] != one}
        assert len(changed) <= 1
        for block in other.blocks:
            if block.id in changed:
                assert block.text == edit.on.text
        if done.conflicts:
            assert not changed


@given(NOTE_AND_EDITS)
def test_an_edit_is_written_down_and_read_again(
    made: tuple[EnhancedNote, tuple[Edit, ...]],
) -> None:
    for edit in made[1]:
        assert edit_from(json.loads(json.dumps(edit_record(edit)))) == edit


def point(name: str, text: str, cited: str, **more: object) -> Block:
    plain = Block(
        id=name, kind="action", text=text, note="n", indent=1, evidence=(Evidence(cited),),
        finding="supported",
    )  # fmt: skip
    return replace(plain, **more)  # type: ignore[arg-type]


LINE = Block(id="note-n", kind="note", text="contract", note="n")
OLD = point("a-1", "Boris will send the contract", "u1")


def reword(text: str, on: Block = OLD) -> Edit:
    return Edit(id="e", made_at=NOW, change=Reword(text), on=on)


def test_a_new_pass_that_says_the_same_keeps_the_edit() -> None:
    new = point("a-2", OLD.text, "u1", evidence=(Evidence("u1", 2, 9),))
    done = rebase([reword("Boris: contract")], note_of((LINE, new)))
    assert [block.text for block in done.note.blocks] == ["contract", "Boris: contract"]
    assert done.reworded == {"a-2"}
    assert done.note.blocks[1].finding is None


def test_a_new_wording_is_a_conflict_with_both_sides() -> None:
    new = point("a-1", "Boris will send the contract on Friday", "u1")
    done = rebase([reword("Boris: contract")], note_of((LINE, new)))
    (conflict,) = done.conflicts
    assert (conflict.clash, conflict.now) == ("changed", new)
    assert done.note.blocks == (LINE, new)
    mine = settle(conflict, keep="mine")
    assert mine is not None
    assert rebase([mine], note_of((LINE, new))).note.blocks[1].text == "Boris: contract"
    assert settle(conflict, keep="theirs") is None


def test_a_block_that_is_gone_is_a_conflict() -> None:
    elsewhere = point("a-9", OLD.text, "u7", note="m")
    done = rebase([reword("Boris: contract")], note_of((LINE, elsewhere)))
    assert [(one.clash, one.now) for one in done.conflicts] == [("gone", None)]
    assert done.note.blocks == (LINE, elsewhere)


def test_a_version_that_says_what_the_person_said_is_no_conflict() -> None:
    new = point("a-1", "Boris: contract", "u1")
    done = rebase([reword("Boris: contract")], note_of((LINE, new)))
    assert not done.conflicts
    assert done.note.blocks[1] == new


def test_of_two_blocks_with_the_same_words_the_one_meant_is_edited() -> None:
    twin = point("a-2", OLD.text, "u2")
    drop = Edit(id="e", made_at=NOW, change=Drop(), on=twin)
    assert rebase([drop], note_of((LINE, OLD, twin))).note.blocks == (LINE, OLD)
    # Dropping one of the two, and only the other one is left in the new version.
    both = rebase([drop, reword("x")], note_of((LINE, OLD)))
    assert [block.text for block in both.note.blocks] == ["contract", "x"]
    assert [one.clash for one in both.conflicts] == ["gone"]


def test_an_own_line_stays_under_its_line_when_its_neighbour_is_gone() -> None:
    own = Edit(id="o", made_at=NOW, change=Insert("ask legal first", OLD))
    other = point("a-3", "Anna prints the manual", "u5")
    done = rebase([own], note_of((LINE, other)))
    assert [block.text for block in done.note.blocks] == ["contract", other.text, "ask legal first"]
    nowhere = rebase([own], note_of(()))
    assert [one.clash for one in nowhere.conflicts] == ["no place"]


def test_a_block_moves_and_belongs_where_it_stands() -> None:
    heading = Block(id="heading-actions", kind="heading", text="Action items")
    move = Edit(id="m", made_at=NOW, change=Move(heading), on=OLD)
    done = rebase([move], note_of((LINE, OLD, heading)))
    assert [block.id for block in done.note.blocks] == ["note-n", "heading-actions", "a-1"]
    assert (done.note.blocks[2].note, done.note.blocks[2].indent) == (None, 0)


def test_a_block_is_accepted() -> None:
    accept = Edit(id="m", made_at=NOW, change=Accept(), on=replace(OLD, finding="changed"))
    done = rebase([accept], note_of((LINE, replace(OLD, finding="changed"))))
    assert done.accepted == {"a-1"}
    assert done.note.blocks[1].finding == "changed"
