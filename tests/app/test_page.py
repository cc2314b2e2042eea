"""The meeting's page over a real library and the shipped sample call's note."""

from collections.abc import Iterator
from datetime import UTC, date, datetime
from pathlib import Path

import pytest

from granola_like.app import App, page, page_changes
from granola_like.domain.bundle import Bundle
from granola_like.domain.enhanced import Block, Detail, EnhancedNote, Evidence
from granola_like.domain.meeting import Meeting
from granola_like.domain.note import NoteLine
from granola_like.domain.transcript import Transcript, Utterance
from granola_like.errors import ExchangeError, NotFound
from granola_like.library import Library

NOW = datetime(2026, 3, 3, 11, 0, tzinfo=UTC)
BLOCKS = (
    Block(id="b0", kind="note", text="hire Q3?", note="n1"),
    Block(
        id="b1",
        kind="point",
        text="Boris opens two roles.",
        note="n1",
        indent=1,
        evidence=(Evidence("u1"),),
        finding="changed",
        details=(Detail("number", "two", "one or two"),),
    ),
    Block(id="s1", kind="heading", text="Action items"),
    Block(id="a1", kind="action", text="send the offer", owner="Anna", evidence=(Evidence("u1"),)),
)
NOTE = EnhancedNote(template="general", engine="extractive", created_at=NOW, blocks=BLOCKS)
BUNDLE = Bundle(
    meeting=Meeting(id="m1", title="Acme", started_at=NOW, duration_ms=60_000),
    transcript=Transcript(
        utterances=(
            Utterance(id="u1", start_ms=0, end_ms=900, text="I would open one or two roles."),
        )
    ),
    notes=(NoteLine(id="n1", text="hire Q3?", typed_at_ms=500),),
    enhanced=NOTE,
)


@pytest.fixture
def app() -> Iterator[App]:
    app = App()
    app.library.save(BUNDLE)
    yield app
    app.close()


@pytest.fixture
def library(app: App) -> Library:
    return app.library


def texts(library: Library) -> dict[str, str]:
    note = page.read(library, "m1").note
    assert note is not None
    return {block.id: block.text for block in note.blocks}


def test_a_line_is_reworded_and_given_back(library: Library) -> None:
    page_changes.reword(library, "m1", "b1", "Boris opens one role.")
    page_changes.reword(library, "m1", "b1", "Boris opens one or two roles.")
    seen = page.read(library, "m1")
    assert texts(library)["b1"] == "Boris opens one or two roles."
    assert seen.reworded == {"b1"}
    assert len(seen.bundle.edits) == 1
    page_changes.reword(library, "m1", "b1", BLOCKS[1].text)
    assert not page.read(library, "m1").bundle.edits
    page_changes.reword(library, "m1", "b1", "Else")
    page_changes.give_back(library, "m1", "b1")
    assert texts(library)["b1"] == BLOCKS[1].text


def test_a_typed_line_is_changed_in_the_notes(library: Library) -> None:
    page_changes.reword(library, "m1", "b0", "hire in Q3")
    (line,) = page.read(library, "m1").bundle.notes
    assert (line.id, line.text, line.typed_at_ms) == ("n1", "hire in Q3", 500)
    page_changes.drop(library, "m1", "b0")
    assert page.read(library, "m1").bundle.notes[0].text == ""
    page_changes.bring_back(library, "m1", "b0", "hire in Q3")
    assert page.read(library, "m1").bundle.notes[0].text == "hire in Q3"


def test_a_dropped_line_comes_back(library: Library) -> None:
    page_changes.drop(library, "m1", "b1")
    page_changes.drop(library, "m1", "b1")
    assert "b1" not in texts(library)
    page_changes.bring_back(library, "m1", "b1", "Boris opens one or two roles.")
    assert texts(library)["b1"] == "Boris opens one or two roles."


def test_a_line_of_ones_own_lives_its_life(library: Library) -> None:
    page_changes.insert(library, "m1", "own-e1", "ask the board", after="b1", indent=1)
    assert list(texts(library)) == ["b0", "b1", "own-e1", "s1", "a1"]
    page_changes.reword(library, "m1", "own-e1", "ask the board first")
    page_changes.insert(library, "m1", "own-e2", "and legal", after="own-e1")
    assert list(texts(library).values())[2:4] == ["ask the board first", "and legal"]
    page_changes.drop(library, "m1", "own-e1")
    assert "own-e1" not in texts(library)
    page_changes.bring_back(library, "m1", "own-e1", "ask them", after="b1")
    assert texts(library)["own-e1"] == "ask them"
    with pytest.raises(NotFound):
        page_changes.reword(library, "m1", "own-e9", "nothing")


def test_an_action_item_is_ticked_given_to_somebody_and_put_off(library: Library) -> None:
    page_changes.insert(library, "m1", "own-e1", "book a room", after="a1", kind="action")
    for line in ("a1", "own-e1"):
        page_changes.tick(library, "m1", line, is_done=True)
        page_changes.reassign(library, "m1", line, "Boris")
        page_changes.reschedule(library, "m1", line, date(2026, 3, 6))
    page_changes.reword(library, "m1", "own-e1", "book the large room")
    seen = page.read(library, "m1")
    assert seen.note is not None
    assert seen.done == {"a1", "own-e1"}
    for block in seen.note.blocks[-2:]:
        assert (block.owner, block.due) == ("Boris", date(2026, 3, 6))
    page_changes.tick(library, "m1", "own-e1", is_done=False)
    assert page.read(library, "m1").done == {"a1"}
    assert not page.read(library, "m1").conflicts


def test_accepting_settles_a_finding(library: Library) -> None:
    page_changes.accept(library, "m1", "b1")
    assert page.read(library, "m1").accepted == {"b1"}
    with pytest.raises(NotFound):
        page_changes.accept(library, "m1", "s1")


def test_versions_are_compared_and_an_older_one_is_used_again(library: Library) -> None:
    changed = EnhancedNote(
        template="general", engine="small", created_at=NOW, blocks=(*BLOCKS[:1], *BLOCKS[2:])
    )
    library.add_enhanced("m1", changed)
    new, old = page.read(library, "m1").versions
    changes = page.compare(library, "m1", old.number, new.number)
    assert [(one.what, one.before.id) for one in changes if one.before] == [
        ("same", "b0"),
        ("removed", "b1"),
        ("same", "s1"),
        ("same", "a1"),
    ]
    page.restore(library, "m1", old.number)
    assert "b1" in texts(library)
    assert len(page.read(library, "m1").versions) == 3


@pytest.mark.parametrize(("keep", "text"), [("mine", "Mine."), ("theirs", "Quite other words.")])
def test_a_conflict_is_shown_and_chosen(library: Library, keep: str, text: str) -> None:
    page_changes.reword(library, "m1", "b1", "Mine.")
    other = Block(id="b1", kind="point", text="Quite other words.", note="n1", indent=1)
    note = EnhancedNote(
        template="general", engine="small", created_at=NOW, blocks=(BLOCKS[0], other)
    )
    library.add_enhanced("m1", note)
    (conflict,) = page.read(library, "m1").conflicts
    assert conflict.now == other
    page_changes.choose(library, "m1", conflict.edit.id, keep)  # type: ignore[arg-type]
    assert not page.read(library, "m1").conflicts
    assert texts(library)["b1"] == text


@pytest.mark.parametrize("kind", sorted(page.EXPORTS))
def test_every_kind_of_file_is_written(app: App, tmp_path: Path, kind: str) -> None:
    page_changes.reword(app.library, "m1", "b1", "Boris opens one or two roles.")
    file = tmp_path / f"meeting.{kind}"
    page.export(app, "m1", kind, file)
    assert file.stat().st_size > 0
    if kind == "md":
        assert "Boris opens one or two roles." in file.read_text("utf-8")
    with pytest.raises(ExchangeError):
        page.export(app, "m1", kind, tmp_path / "nowhere" / file.name)


def test_a_settled_doubt_is_not_told_to_others(app: App, tmp_path: Path) -> None:
    page.export(app, "m1", "html", tmp_path / "a.html")
    assert "to check" in (tmp_path / "a.html").read_text("utf-8")
    page_changes.accept(app.library, "m1", "b1")
    page.export(app, "m1", "html", tmp_path / "a.html")
    assert "to check" not in (tmp_path / "a.html").read_text("utf-8")


def test_an_unknown_kind_is_refused(app: App, tmp_path: Path) -> None:
    with pytest.raises(ExchangeError):
        page.export(app, "m1", "docx", tmp_path / "a.docx")


def test_templates_have_names(app: App) -> None:
    assert {kind.id for kind in page.kinds(app, "en")} >= {"general", "sales-call"}


def test_a_line_typed_after_the_note_was_written_is_changed_in_the_notes(library: Library) -> None:
    library.save_notes("m1", (*BUNDLE.notes, NoteLine(id="n2", text="and Nina?")))
    page_changes.reword(library, "m1", "typed-n2", "and Oleg?")
    assert page.read(library, "m1").bundle.notes[1].text == "and Oleg?"
    page_changes.drop(library, "m1", "typed-n2")
    page_changes.bring_back(library, "m1", "typed-n2", "and both")
    assert page.read(library, "m1").bundle.notes[1].text == "and both"
