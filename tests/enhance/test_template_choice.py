"""Which template a meeting's note gets: by hand, by its series, by what fits."""

from collections.abc import Iterator
from dataclasses import replace
from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest

from granola_like.app import App
from granola_like.domain.bundle import Bundle
from granola_like.domain.meeting import Meeting
from granola_like.enhance.templates import TemplateError
from granola_like.exchange.bundle import write_bundle
from granola_like.jobs import run
from tests.strategies import small_bundle

START = datetime(2026, 3, 3, 10, tzinfo=UTC)
CAPTIONS = """WEBVTT

00:00:01.000 --> 00:00:05.000
<v Anna>We decided to approve the budget of 120,000 dollars for the pilot.

00:00:06.000 --> 00:00:09.000
<v Boris>I'll send the minutes to the board by Friday.
"""


@pytest.fixture
def app() -> Iterator[App]:
    opened = App()
    yield opened
    opened.close()


def meeting(number: int, **about: object) -> Bundle:
    start = START + timedelta(days=7 * number)
    made = Meeting(id=f"m{number}", title="Weekly", started_at=start, duration_ms=1)
    return Bundle(meeting=replace(made, **about))  # type: ignore[arg-type]


def written_with(bundle: Bundle, template: str) -> Bundle:
    note = small_bundle().enhanced
    assert note is not None
    return replace(bundle, enhanced=replace(note, template=template, blocks=()))


def test_a_meeting_without_others_gets_what_fits(app: App) -> None:
    assert app.template(meeting(9, title="Stand-up", series="s")).id == "stand-up"


def test_the_last_of_the_series_decides(app: App) -> None:
    app.library.save(written_with(meeting(1, series="s"), "board"))
    app.library.save(written_with(meeting(2, series="s"), "lecture"))
    app.library.save(written_with(meeting(3, series="other"), "sales-call"))
    app.library.save(written_with(meeting(4, series="s"), "brainstorm"))
    app.library.delete("m4")
    app.library.save(meeting(5, series="s"))  # not written yet
    app.library.save(written_with(meeting(8, series="s"), "one-to-one"))  # later than this one
    assert app.template(meeting(6, series="s", title="Stand-up")).id == "lecture"
    assert app.template(meeting(6, series="s", template="general")).id == "general"
    assert app.template(meeting(6, series="s"), "board").id == "board"


def test_a_choice_by_hand_counts_for_the_series(app: App) -> None:
    app.library.save(written_with(meeting(1, series="s", template="board"), "general"))
    assert app.template(meeting(2, series="s")).id == "board"


def test_without_a_calendar_the_same_title_and_a_choice_by_hand_make_a_series(app: App) -> None:
    app.library.save(written_with(meeting(1), "lecture"))
    assert app.template(meeting(2)).id == "general"
    app.library.save(meeting(3, template="board"))
    assert app.template(meeting(4)).id == "board"
    assert app.template(meeting(4, title="Weekly of others")).id == "general"


def test_a_template_that_has_gone_is_not_missed(app: App) -> None:
    app.library.save(written_with(meeting(1, series="s"), "my-own"))
    assert app.template(meeting(2, series="s")).id == "general"


def test_looking_for_a_template_makes_no_library(app: App, own_home: Path) -> None:
    app.template(meeting(1, series="s"))
    assert not list(own_home.rglob("*.sqlite"))


def test_captions_with_a_template_get_a_note_by_it(app: App, tmp_path: Path) -> None:
    file = tmp_path / "call.vtt"
    file.write_text(CAPTIONS, "utf-8")
    stored = app.library.load(run(app.import_file(file, template="board")))
    assert stored.meeting.template == "board"
    assert stored.enhanced is not None
    assert stored.enhanced.template == "board"
    assert "decision" in {block.kind for block in stored.enhanced.blocks}
    plain = app.library.load(run(app.import_file(file)))
    assert (plain.meeting.template, plain.enhanced) == (None, None)


def test_a_bundle_keeps_its_note_and_takes_the_template(app: App, tmp_path: Path) -> None:
    file = tmp_path / "acme.meeting.json"
    write_bundle(small_bundle(), to=file)
    for template in ("board", "lecture"):
        stored = app.library.load(run(app.import_file(file, template=template)))
        assert stored.meeting.template == template
        assert stored.enhanced == small_bundle().enhanced


def test_a_template_that_is_not_there_is_said_before_anything_is_stored(
    app: App, tmp_path: Path
) -> None:
    file = tmp_path / "call.vtt"
    file.write_text(CAPTIONS, "utf-8")
    with pytest.raises(TemplateError, match="nope"):
        run(app.import_file(file, template="nope"))
    assert app.library.meetings() == ()
