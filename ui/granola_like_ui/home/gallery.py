"""The sidebar and the pages of meetings, in every state."""

from collections.abc import Callable, Sequence
from dataclasses import replace
from datetime import date, datetime, timedelta

from PySide6.QtCore import QLocale, QPoint, QRect, Qt
from PySide6.QtWidgets import QWidget

from granola_like.domain.home import Folder, HomeRow
from granola_like.domain.search import Hit
from granola_like_ui.frame import Frame
from granola_like_ui.gallery import Shot
from granola_like_ui.home.page import HomePage
from granola_like_ui.home.search_page import SearchPage
from granola_like_ui.home.sidebar import Sidebar
from granola_like_ui.home.state import (
    Call,
    Group,
    HomeState,
    Notice,
    Running,
    SearchState,
    SidebarState,
    Work,
)

TODAY = date(2026, 3, 3)
_SMALLER = (960, 640)
FOLDERS = (Folder("Sales", 34), Folder("Hiring", 21), Folder("Board", 8))
_ENGLISH = QLocale(QLocale.Language.English, QLocale.Country.UnitedKingdom)
_RUSSIAN = QLocale(QLocale.Language.Russian, QLocale.Country.Russia)


def _row(number: int, at: str, minutes: int, title: str, snippet: str) -> HomeRow:
    day, hours, past = map(int, at.replace(":", " ").split())
    return HomeRow(
        meeting=f"m{number}",
        title=title,
        started_at=datetime(2026, 3, day, hours, past).astimezone(),
        duration_ms=minutes * 60_000,
        snippet=snippet,
        has_sound=True,
        is_heard=True,
        is_written=bool(snippet),
    )


MEETINGS = (
    _row(1, "3 10:00", 42, "Acme — pricing call", "120k for the pilot · no discount · 2 promises"),
    _row(2, "3 9:30", 14, "Stand-up", "Release moves to Thursday · Irina blocked on staging"),
    _row(3, "2 16:00", 55, "Board prep", "Runway 19 months · three slides missing"),
    _row(
        4, "2 14:00", 48, "Interview: Nina K.", "Strong on data, asks for remote · second round yes"
    ),
    _row(5, "2 11:00", 30, "1:1 Boris", "Wants to own hiring · review in April"),
)
RUSSIAN = (
    _row(1, "3 10:00", 42, "Акме — разговор о цене", "Пилот: 120 тыс. · скидки нет · 2 обещания"),
    _row(2, "3 9:30", 14, "Планёрка", "Релиз переносится на четверг · Ирина ждёт стенд"),
    _row(
        3, "2 16:00", 55, "Подготовка к совету директоров", "Денег на 19 месяцев · нет трёх слайдов"
    ),
)
LONG = replace(
    MEETINGS[0],
    title="Acme and Globex — quarterly review of the pricing, the pilot, hiring and all the rest",
)


def _thousand() -> tuple[HomeRow, ...]:
    first = datetime(2026, 3, 3, 17, 0).astimezone()
    return tuple(
        replace(
            MEETINGS[number % 5],
            meeting=f"m{number}",
            started_at=first - timedelta(hours=7 * number),
        )
        for number in range(1000)
    )


def window(
    meetings: Sequence[HomeRow],
    *,
    home: HomeState | None = None,
    side: SidebarState | None = None,
    page: QWidget | None = None,
    listed: Sequence[HomeRow] | None = None,
    locale: QLocale = _ENGLISH,
) -> tuple[Frame, Sidebar, HomePage]:
    """Make the window with its sidebar, and a page in it."""
    frame, sidebar, shown = Frame(), Sidebar(), HomePage()
    for widget in (frame, sidebar, shown):
        widget.setLocale(locale)
    sidebar.show_state(side or SidebarState(folders=FOLDERS))
    shown.show_state(home or HomeState(meetings=len(meetings)))
    at_side = meetings if listed is None else listed
    sidebar.model.show(at_side, has_more=False, today=TODAY, locale=locale)
    shown.model.show(meetings, has_more=False, today=TODAY, locale=locale)
    frame.set_sidebar(sidebar)
    frame.show_page(page or shown)
    frame.setFocus()
    return frame, sidebar, shown


def _of(meetings: Sequence[HomeRow], **about: object) -> Callable[[], QWidget]:
    def make() -> QWidget:
        state = replace(HomeState(meetings=len(meetings)), **about)  # type: ignore[arg-type]
        return window(meetings, home=state)[0]

    return make


def _working() -> QWidget:
    frame, sidebar, page = window(MEETINGS, home=HomeState(meetings=5))
    work = {
        "m1": Work(step="Transcribing", fraction=0.4, left_ms=180_000),
        "m2": Work(step="Writing the note"),
        "m3": Work(step="", trouble="The speech model stopped. Its sound is safe."),
    }
    for model in (sidebar.model, page.model):
        model.show_work(work)
    return frame


def _recording() -> QWidget:
    running = Running(meeting="now", title="Acme — pricing call", started_at=MEETINGS[0].started_at)
    frame, sidebar, _ = window(
        MEETINGS[1:],
        home=HomeState(meetings=4, running=running),
    )
    sidebar.model.show_running(running)
    return frame


def _recovered() -> QWidget:
    text = "The computer went off during “Acme — pricing call”. All 41 minutes were kept."
    notices = (Notice(id="m1", text=text, button="Open"),)
    return window(MEETINGS, home=HomeState(meetings=5, notices=notices))[0]


def _folder() -> QWidget:
    return window(
        MEETINGS[:1] + MEETINGS[3:4],
        home=HomeState(place="folder", folder="Sales", meetings=2),
        side=SidebarState(folders=FOLDERS, place="folder", folder="Sales"),
        listed=MEETINGS,
    )[0]


def _trash() -> QWidget:
    return window(
        MEETINGS[2:4],
        home=HomeState(place="trash", meetings=2),
        side=SidebarState(folders=FOLDERS, place="trash", trashed=2),
        listed=MEETINGS,
    )[0]


def _renaming() -> QWidget:
    frame, sidebar, _ = window(MEETINGS)
    frame.resize(*_SMALLER)
    frame.show()
    sidebar.meetings.choose("m4")
    sidebar.meetings.rename_chosen()
    return frame


def _new_folder() -> QWidget:
    frame, sidebar, _ = window(MEETINGS)
    frame.resize(*_SMALLER)
    frame.show()
    sidebar.begin_folder()
    return frame


def _menu() -> QWidget:
    """Show the frame with the menu of a meeting over it, drawn as a part of the frame."""
    frame, _, page = window(MEETINGS)
    frame.resize(*_SMALLER)
    frame.show()
    page.meetings.choose("m2")
    menu = page.meetings.make_menu()
    menu.setParent(frame, Qt.WindowType.Widget)
    menu.setGeometry(QRect(QPoint(620, 300), menu.sizeHint()))
    menu.show()
    return frame


HITS = (
    Group(
        meeting="m1",
        title="Acme — pricing call",
        when="Tuesday, 3 March",
        hits=(
            Hit(
                meeting="m1", title="Acme — pricing call", kind="title", id="m1",
                text="Acme — «pricing» call", start_ms=None, score=9.0,
            ),
            Hit(
                meeting="m1", title="Acme — pricing call", kind="note", id="n1",
                text="«pricing»: 120k", start_ms=854_000, score=8.0,
            ),
            Hit(
                meeting="m1", title="Acme — pricing call", kind="point", id="b1",
                text="Acme has 120,000 dollars for the pilot; the «price» stays until autumn.",
                start_ms=854_000, score=7.0,
            ),
            Hit(
                meeting="m1", title="Acme — pricing call", kind="utterance", id="u9",
                text="So on the «pricing» side, what I would say is that for the pilot we have"
                " a hundred and twenty thousand, and that «price» is up from ninety last year.",
                start_ms=1_328_000, score=6.0,
            ),
        ),
    ),
    Group(
        meeting="m3",
        title="Board prep",
        when="Monday, 2 March",
        hits=(
            Hit(
                meeting="m3", title="Board prep", kind="utterance", id="u4",
                text="…the board will ask what happened to the «prices» in the second quarter…",
                start_ms=4_021_000, score=3.0,
            ),
        ),
    ),
)  # fmt: skip


def _searching(state: SearchState) -> Callable[[], QWidget]:
    def make() -> QWidget:
        page = SearchPage()
        page.setLocale(_ENGLISH)
        side = SidebarState(folders=FOLDERS, place="search")
        frame, sidebar, _ = window(MEETINGS, page=page, side=side)
        sidebar.search.setText(state.query)
        page.show_state(state)
        page.step(1)
        return frame

    return make


STATES: dict[str, Shot] = {
    "empty": Shot(make=_of((), call=None), size=_SMALLER),
    "one": Shot(make=_of(MEETINGS[:1]), size=_SMALLER),
    "call": Shot(make=_of(MEETINGS, call=Call(program="Zoom"))),
    "several": Shot(make=_of(MEETINGS), size=_SMALLER),
    "small": Shot(make=_of((LONG, *MEETINGS[1:]), call=Call(program="Zoom")), size=(900, 600)),
    "wide": Shot(make=_of(MEETINGS, call=Call(program="Zoom")), size=(1600, 1000)),
    "long": Shot(make=_of((LONG, *MEETINGS[1:])), size=_SMALLER),
    "russian": Shot(make=lambda: window(RUSSIAN, locale=_RUSSIAN)[0], size=_SMALLER),
    "thousand": Shot(make=_of(_thousand()), size=_SMALLER),
    "working": Shot(make=_working, size=_SMALLER),
    "recording": Shot(make=_recording, size=_SMALLER),
    "recovered": Shot(make=_recovered, size=_SMALLER),
    "folder": Shot(make=_folder, size=_SMALLER),
    "trash": Shot(make=_trash, size=_SMALLER),
    "renaming": Shot(make=_renaming, size=_SMALLER),
    "new_folder": Shot(make=_new_folder, size=_SMALLER),
    "menu": Shot(make=_menu, size=_SMALLER),
    "found": Shot(
        make=_searching(SearchState(query="pric", groups=HITS, is_answered=True)), size=_SMALLER
    ),
    "nothing_found": Shot(
        make=_searching(SearchState(query="zebra crossing", is_answered=True)), size=_SMALLER
    ),
}
