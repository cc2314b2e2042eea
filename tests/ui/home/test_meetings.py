import time
from datetime import UTC, date, datetime, timedelta

from hypothesis import given
from hypothesis import strategies as st
from PySide6.QtCore import QLocale, QModelIndex, Qt
from pytestqt.qtbot import QtBot

from granola_like.domain.home import HomeRow
from granola_like_ui.home.meetings import MIME, Heading, MeetingsModel, by_day
from granola_like_ui.home.state import Running, Work
from granola_like_ui.home.telling import near_day

TODAY = date(2026, 3, 3)
NOON = datetime(2026, 3, 3, 12, tzinfo=UTC)


def rows(*hours_back: float, title: str = "Stand-up") -> list[HomeRow]:
    return [
        HomeRow(meeting=f"m{n}", title=title, started_at=NOON - timedelta(hours=back))
        for n, back in enumerate(hours_back)
    ]


def model(*hours_back: float) -> MeetingsModel:
    made = MeetingsModel(near_day)
    made.show(rows(*hours_back), has_more=False, today=TODAY)
    return made


@given(st.lists(st.floats(0, 20_000), max_size=40).map(sorted))
def test_every_meeting_stands_once_under_the_heading_of_its_day(hours: list[float]) -> None:
    meetings = rows(*hours)

    def name(moment: datetime) -> str:
        return near_day(moment.astimezone().date(), today=TODAY, locale=QLocale.c())

    made = by_day(meetings, name)
    assert [row for row in made if isinstance(row, HomeRow)] == meetings
    headings = [row.text for row in made if isinstance(row, Heading)]
    assert len(set(headings)) == len(headings)
    heading = ""
    for row in made:
        if isinstance(row, Heading):
            heading = row.text
        elif isinstance(row, HomeRow):
            assert heading == name(row.started_at)


@given(st.lists(st.floats(0, 5_000), min_size=2, max_size=30).map(sorted), st.integers(1, 29))
def test_pages_make_the_same_list_as_one_reading(hours: list[float], cut: int) -> None:
    meetings = rows(*hours)
    whole, paged = MeetingsModel(near_day), MeetingsModel(near_day)
    whole.show(meetings, has_more=False, today=TODAY)
    paged.show(meetings[:cut], has_more=True, today=TODAY)
    paged.add(meetings[cut:], has_more=False)
    assert [whole.at(n) for n in range(whole.rowCount())] == [
        paged.at(n) for n in range(paged.rowCount())
    ]
    assert all(whole.find(m.meeting).row() == paged.find(m.meeting).row() for m in meetings)


def test_what_runs_is_first_under_today(qtbot: QtBot) -> None:
    made = model(30)
    made.show_running(Running(meeting="now", title="Acme", started_at=NOON))
    assert [made.data(made.index(n)) for n in range(2)] == ["Today", "Acme"]
    assert "recorded" in str(made.data(made.index(1), Qt.ItemDataRole.AccessibleTextRole))
    made.show_running(None)
    assert made.meeting_at(made.index(0)) == ""
    assert made.meeting_at(made.index(1)) == "m0"


def test_reading_again_keeps_what_was_chosen(qtbot: QtBot) -> None:
    made = model(1, 2, 30)
    from PySide6.QtCore import QPersistentModelIndex

    held = QPersistentModelIndex(made.find("m2"))
    newer = HomeRow(meeting="new", title="New", started_at=NOON)
    made.show([newer, *rows(1, 2, 30)], has_more=False, today=TODAY)
    assert made.meeting_at(held) == "m2"
    assert held.row() == 5
    made.leave_out(["m2"])
    assert not held.isValid()


def test_the_next_page_is_asked_for_once(qtbot: QtBot) -> None:
    made = MeetingsModel(near_day)
    made.show(rows(1), has_more=True, today=TODAY)
    asked: list[None] = []
    made.more_asked.connect(lambda: asked.append(None))
    for _ in range(3):
        made.fetchMore(QModelIndex())
    assert len(asked) == 1
    made.add([], has_more=False)
    assert not made.canFetchMore(QModelIndex())


def test_dragged_meetings_are_named(qtbot: QtBot) -> None:
    made = model(1, 2)
    dragged = made.mimeData([made.find("m0"), made.find("m1")])
    assert bytes(dragged.data(MIME).data()) == b"m0\nm1"
    assert not made.flags(made.index(0)) & Qt.ItemFlag.ItemIsDragEnabled
    assert made.flags(made.find("m0")) & Qt.ItemFlag.ItemIsDragEnabled


def test_work_is_told_to_a_screen_reader_and_only_its_row_is_painted(qtbot: QtBot) -> None:
    made = model(1, 2)
    with qtbot.waitSignal(made.dataChanged) as caught:
        made.show_work({"m1": Work(step="Transcribing", fraction=0.4)})
    assert caught.args[0].row() == made.find("m1").row()
    spoken = made.data(made.find("m1"), Qt.ItemDataRole.AccessibleTextRole)
    assert "Transcribing" in str(spoken)


def test_ten_thousand_are_read_again_within_a_frame_or_two(qtbot: QtBot) -> None:
    made = MeetingsModel(near_day)
    many = rows(*(7 * n for n in range(10_000)))
    made.show(many, has_more=False, today=TODAY)
    began = time.thread_time()
    made.show(many, has_more=False, today=TODAY)
    assert (time.thread_time() - began) * 1000 < 50
