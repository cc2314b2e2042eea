"""Joins the sidebar, the pages of meetings and searching with the library."""

from collections.abc import Callable, Mapping, Sequence
from dataclasses import replace
from datetime import date

from PySide6.QtCore import QObject, QTimer, Signal
from PySide6.QtGui import QGuiApplication
from PySide6.QtWidgets import QWidget

from granola_like.domain.changes import Changes
from granola_like.domain.home import Folder
from granola_like_ui.bridge import Reader
from granola_like_ui.frame import Frame
from granola_like_ui.home import work
from granola_like_ui.home.actions import MeetingActions
from granola_like_ui.home.home_commands import home_commands
from granola_like_ui.home.meeting_list import MeetingList
from granola_like_ui.home.page import HomePage
from granola_like_ui.home.pages import Pages
from granola_like_ui.home.search_page import SearchPage
from granola_like_ui.home.searching import Searching
from granola_like_ui.home.sidebar import Sidebar
from granola_like_ui.home.state import Call, HomeState, Notice, Running, SidebarState, Work
from granola_like_ui.home.watch import Watch

_LOOK_FOR_A_NEW_DAY_MS = 600_000


class HomeController(QObject):
    """Owns the sidebar, the home page and the search page, and keeps them true."""

    meeting_asked = Signal(str)
    """Open this meeting."""
    place_asked = Signal(str, str, str, object)
    """Open this meeting at a passage: meeting, `HitKind`, id, and ms in the sound or None."""
    record_asked = Signal()
    running_asked = Signal()
    call_put_off = Signal()
    sample_asked = Signal()
    import_asked = Signal()
    files_dropped = Signal(list)
    """Paths of files that shall be brought in."""
    settings_asked = Signal()
    palette_asked = Signal()
    cancel_asked = Signal(str)
    """The work on this meeting is not wanted any more."""
    try_again_asked = Signal(str)
    """The work on this meeting went wrong, and shall go on."""
    notice_acted = Signal(str)

    def __init__(
        self,
        frame: Frame,
        reader: Reader,
        watch: Watch,
        *,
        today: Callable[[], date] = date.today,
    ) -> None:
        super().__init__(frame)
        self._frame, self._reader, self._watch = frame, reader, watch
        self.sidebar, self.page, self.search_page = Sidebar(), HomePage(), SearchPage()
        frame.set_sidebar(self.sidebar)
        self._side = SidebarState()
        self._home = HomeState()
        self._running: Running | None = None
        self._before_search: QWidget | None = None
        self._gone: set[str] = set()
        self._side_pages = Pages(self.sidebar.model, reader, today=today, parent=self)
        self._page_pages = Pages(self.page.model, reader, today=today, parent=self)
        self._searching = Searching(reader, today=today, parent=self)
        self.actions = MeetingActions(
            reader, frame.messages, (self.sidebar.model, self.page.model), self
        )
        self._today = today
        self._days = QTimer(self, interval=_LOOK_FOR_A_NEW_DAY_MS)
        self._days.timeout.connect(self._refresh_on_a_new_day)
        self._connect()
        frame.commands.add(*home_commands(self))

    # -- what the shell says -------------------------------------------------------------------

    def start(self) -> None:
        """Show the home page, and keep it true from now on."""
        self._watch.changed.connect(self._read_changes)
        # A laptop may have slept over midnight: its timers did, too.
        app = QGuiApplication.instance()
        if isinstance(app, QGuiApplication):
            app.applicationStateChanged.connect(self._refresh_on_a_new_day)
        self._days.start()
        self._side_pages.open()
        self.show_home()

    def show_home(self) -> None:
        """Show all meetings."""
        self._show_place(replace(self._side, place="home", folder="", meeting=""))

    def show_folder(self, name: str) -> None:
        """Show the meetings of a folder."""
        self._show_place(replace(self._side, place="folder", folder=name, meeting=""))

    def show_trash(self) -> None:
        """Show what was deleted."""
        self._show_place(replace(self._side, place="trash", folder="", meeting=""))

    def mark_open(self, meeting: str) -> None:
        """Show at the side that a meeting's page is shown now."""
        self._side = replace(self._side, place="meeting", folder="", meeting=meeting)
        self.sidebar.show_state(self._side)

    def show_call(self, call: Call | None) -> None:
        """Offer to record a call that somebody is in; None when it is over."""
        self._say(call=call)

    def show_running(self, running: Running | None) -> None:
        """Show the recording that goes on; None when it has ended."""
        self._running = running
        self.sidebar.model.show_running(running)
        self._say(running=running)

    def show_work(self, work: Mapping[str, Work]) -> None:
        """Show what is being done to meetings, by their ids."""
        self.sidebar.model.show_work(work)
        self.page.model.show_work(work)

    def show_notices(self, notices: Sequence[Notice]) -> None:
        """Show sentences about what happened; those that were put away do not come back."""
        self._say(notices=tuple(one for one in notices if one.id not in self._gone))

    def refresh(self) -> None:
        """Read again what is shown."""
        self._side_pages.refresh()
        self._page_pages.refresh()
        self._count()

    # -- places --------------------------------------------------------------------------------

    def _show_place(self, side: SidebarState) -> None:
        self.sidebar.search.clear()
        self._side = side
        self.sidebar.show_state(side)
        self._home = replace(self._home, place=side.place, folder=side.folder, meetings=None)
        self.page.show_state(self._home)
        self._frame.show_page(self.page)
        self._page_pages.open(folder=side.folder or None, is_trash=side.place == "trash")
        self._count()

    def _say(self, **about: object) -> None:
        told = replace(self._home, **about)  # type: ignore[arg-type]
        if told != self._home:  # a recording is told of five times a second
            self._home = told
            self.page.show_state(told)

    def _count(self) -> None:
        self._reader.ask(work.counted, lambda counted: self._counted(*counted))

    def _counted(self, there: tuple[Folder, ...], meetings: int, trashed: int) -> None:
        self._side = replace(self._side, folders=there, trashed=trashed)
        self.sidebar.show_state(self._side)
        names = tuple(folder.name for folder in there)
        self.page.meetings.know_folders(names)
        if self._home.place == "folder":
            if self._home.folder not in names:
                self.show_home()
                return
            meetings = next(f.meetings for f in there if f.name == self._home.folder)
        self._say(meetings=trashed if self._home.place == "trash" else meetings)

    def _read_changes(self, changes: tuple[Changes, ...]) -> None:
        seen = {"meeting", "notes", "enhanced", "transcript", "folders", "recording"}
        if any(seen & change.touched for change in changes):
            self.refresh()

    # -- searching -----------------------------------------------------------------------------

    def _typed(self, query: str) -> None:
        self._searching.look_for(query)
        if query.strip():
            if self._frame.page is not self.search_page:
                self._before_search = self._frame.page
                self._frame.show_page(self.search_page)
                self.sidebar.show_state(replace(self._side, place="search", meeting=""))
        elif self._frame.page is self.search_page:
            self._frame.show_page(self._before_search or self.page)
            self.sidebar.show_state(self._side)

    def focus_search(self) -> None:
        """Let the person type what to search for."""
        self._frame.show_sidebar(shown=True)
        self.sidebar.search.setFocus()
        self.sidebar.search.selectAll()

    # -- joining -------------------------------------------------------------------------------

    def _connect(self) -> None:
        side, page, acts = self.sidebar, self.page, self.actions
        side.home_asked.connect(self.show_home)
        side.trash_asked.connect(self.show_trash)
        side.folder_asked.connect(self.show_folder)
        side.settings_asked.connect(self.settings_asked)
        side.folder_created.connect(acts.create_folder)
        side.folder_renamed.connect(self._rename_folder)
        side.folder_deleted.connect(acts.delete_folder)
        side.folders_ordered.connect(acts.order_folders)
        side.meetings_moved.connect(acts.move)
        side.search.textChanged.connect(self._typed)
        side.search.stepped.connect(self.search_page.step)
        side.search.taken.connect(self.search_page.take)
        side.search.palette_asked.connect(self.palette_asked)
        page.meetings.moved.connect(acts.move)
        page.meetings.new_folder_asked.connect(side.begin_folder)
        page.record_asked.connect(self.record_asked)
        page.running_asked.connect(self.running_asked)
        page.call_put_off.connect(self.call_put_off)
        page.sample_asked.connect(self.sample_asked)
        page.import_asked.connect(self.import_asked)
        page.notice_acted.connect(self.notice_acted)
        page.notice_put_away.connect(self._put_away)
        page.trash_emptied.connect(acts.empty_trash)
        for meetings in (side.meetings, page.meetings):
            meetings.deleted.connect(acts.delete)
            meetings.restored.connect(acts.restore)
            meetings.cancelled.connect(self.cancel_asked)
            meetings.tried_again.connect(self.try_again_asked)
            meetings.undone.connect(acts.undo)
        for model in (side.model, page.model):
            model.renamed.connect(acts.rename)
        side.meetings.opened.connect(self._open)
        page.meetings.opened.connect(self._open_from_page)
        page.meetings.left.connect(self._leave_page)
        page.files_dropped.connect(self.files_dropped)
        self.search_page.place_asked.connect(self.place_asked)
        self._searching.found.connect(self.search_page.show_state)
        acts.done.connect(self._watch.look)
        acts.failed.connect(self.refresh)

    def rename_chosen(self) -> None:
        """Let the person type another name for what is chosen."""
        if self.sidebar.folders.hasFocus():
            self.sidebar.folders.rename_chosen()
        else:
            self.chosen_list().rename_chosen()

    def chosen_list(self) -> MeetingList:
        """Give the list in which the person chose something last."""
        on_page = self._frame.page is self.page and self.page.meetings.chosen()
        return self.page.meetings if on_page else self.sidebar.meetings

    def _open(self, meeting: str) -> None:
        if self._running is not None and meeting == self._running.meeting:
            self.running_asked.emit()
        else:
            self.meeting_asked.emit(meeting)

    def _open_from_page(self, meeting: str) -> None:
        if self._home.place != "trash":
            self._open(meeting)
            return
        self._frame.messages.say(
            self.tr("It is in the trash, and opens when it is taken out."),
            button=self.tr("Take it out"),
            do=lambda: self.actions.restore([meeting]),
        )

    def _leave_page(self) -> None:
        if self._home.place != "home":
            self.show_home()

    def _refresh_on_a_new_day(self) -> None:
        if self._today() != self.sidebar.model.today:
            self.refresh()

    def _rename_folder(self, old: str, new: str) -> None:
        if self._home.folder == old:
            self._home = replace(self._home, folder=new)
            self._side = replace(self._side, folder=new)
            self.actions.rename_folder(old, new)
            self.show_folder(new)
        else:
            self.actions.rename_folder(old, new)

    def _put_away(self, notice: str) -> None:
        self._gone.add(notice)
        self._say(notices=tuple(n for n in self._home.notices if n.id != notice))
