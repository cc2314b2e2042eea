"""What stands at the side: search, the meetings by day, folders, the trash."""

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QHBoxLayout, QLabel, QToolButton, QVBoxLayout, QWidget

from granola_like_ui.home.entry import Entry
from granola_like_ui.home.folder_list import FolderList
from granola_like_ui.home.meeting_delegates import ROW, SidebarDelegate
from granola_like_ui.home.meeting_list import MeetingList
from granola_like_ui.home.meetings import MeetingsModel
from granola_like_ui.home.search_field import SearchField
from granola_like_ui.home.state import SidebarState
from granola_like_ui.home.telling import near_day
from granola_like_ui.theme import Space, appearance, colors, icon, set_role


class Sidebar(QWidget):
    """Shows a `SidebarState` and a model of meetings; tells what the person wants."""

    home_asked = Signal()
    trash_asked = Signal()
    settings_asked = Signal()
    folder_asked = Signal(str)
    folder_created = Signal(str, list)
    """The name, and ids of meetings that shall lie in it."""
    folder_renamed = Signal(str, str)
    folder_deleted = Signal(str)
    folders_ordered = Signal(list)
    meetings_moved = Signal(list, object)

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        set_role(self, "desk")
        self.setAttribute(Qt.WidgetAttribute.WA_StyledBackground)
        self._state = SidebarState()
        self._moving: list[str] = []
        self.search = SearchField()
        self.model = MeetingsModel(near_day, self)
        self.meetings = MeetingList(self.model, SidebarDelegate())
        self.meetings.setAccessibleName(self.tr("Meetings"))
        self.folders = FolderList()
        self._home = Entry(self.tr("Home"))
        self._trash = Entry(self.tr("Trash"))
        self._settings = Entry(self.tr("Settings"))
        self._settings.setCheckable(False)
        self._headline = QLabel(self.tr("Folders"))
        set_role(self._headline, "label")
        self._new = QToolButton()
        set_role(self._new, "quiet")
        self._new.setAccessibleName(self.tr("New folder"))
        self._new.setToolTip(self.tr("New folder"))
        self._lay_out()
        self._connect()
        self._fit_meetings()
        self._paint_icon()

    def show_state(self, state: SidebarState) -> None:
        """Show the folders, and which place is open."""
        self.folders.folders.show(state.folders)
        self.meetings.know_folders(self.folders.folders.names)
        self.folders.choose(state.folder if state.place == "folder" else "")
        if (state.place, state.meeting) != (self._state.place, self._state.meeting):
            self.meetings.choose(state.meeting)
        self._state = state
        self._home.setChecked(state.place == "home")
        self._trash.setChecked(state.place == "trash")
        self._trash.setVisible(state.trashed > 0 or state.place == "trash")
        self._trash.setAccessibleDescription(self.tr("%n meeting(s)", "", state.trashed))

    def begin_folder(self, meetings: list[str] | None = None) -> None:
        """Let the person type the name of a new folder; these meetings move into it."""
        self._moving = list(meetings or [])
        self.folders.begin_folder()

    # -- inside --------------------------------------------------------------------------------

    def _lay_out(self) -> None:
        layout = QVBoxLayout(self)
        layout.setContentsMargins(0, Space.L, 0, Space.M)
        layout.setSpacing(0)
        layout.addLayout(_beside(self.search))
        layout.addSpacing(Space.M)
        layout.addLayout(_beside(self._home))
        layout.addWidget(self.meetings, 1000)
        heading = QHBoxLayout()
        heading.setContentsMargins(Space.M + Space.S, Space.M, Space.M, 0)
        heading.addWidget(self._headline, 1)
        heading.addWidget(self._new)
        layout.addLayout(heading)
        layout.addWidget(self.folders)
        layout.addStretch(1)
        layout.addLayout(_beside(self._trash))
        layout.addLayout(_beside(self._settings))

    def _connect(self) -> None:
        folders, model = self.folders.folders, self.model
        self._home.clicked.connect(self.home_asked)
        self._trash.clicked.connect(self.trash_asked)
        self._settings.clicked.connect(self.settings_asked)
        self._new.clicked.connect(self._new_folder)
        self.folders.opened.connect(self.folder_asked)
        self.folders.deleted.connect(self.folder_deleted)
        self.folders.ordered.connect(self.folders_ordered)
        folders.renamed.connect(self.folder_renamed)
        folders.created.connect(self._create)
        folders.dropped.connect(self.meetings_moved)
        self.meetings.moved.connect(self.meetings_moved)
        self.meetings.new_folder_asked.connect(self.begin_folder)
        for changed in (model.layoutChanged, model.rowsInserted, model.modelReset):
            changed.connect(self._fit_meetings)
        appearance().changed.connect(self._paint_icon)

    def _new_folder(self) -> None:
        self.begin_folder()

    def _create(self, name: str) -> None:
        moving, self._moving = self._moving, []
        self.folder_created.emit(name, moving)

    def _fit_meetings(self) -> None:
        """Let the folders stand right below few meetings, and at the bottom under many."""
        self.meetings.setMaximumHeight(ROW * self.model.rowCount() + 1)
        if self._state.meeting and not self.meetings.chosen():
            self.meetings.choose(self._state.meeting)

    def _paint_icon(self) -> None:
        self._new.setIcon(icon("plus", colors().pencil))


def _beside(widget: QWidget) -> QHBoxLayout:
    row = QHBoxLayout()
    row.setContentsMargins(Space.M, 0, Space.M, 0)
    row.addWidget(widget)
    return row
