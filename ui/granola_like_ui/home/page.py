"""The page of meetings: all of them, those of a folder, or what lies in the trash."""

from PySide6.QtCore import QEvent, QMimeData, QObject, QSize, Signal
from PySide6.QtGui import QDragEnterEvent, QDropEvent
from PySide6.QtWidgets import (
    QHBoxLayout,
    QLabel,
    QPushButton,
    QSizePolicy,
    QStackedWidget,
    QVBoxLayout,
    QWidget,
)

from granola_like_ui.commands import shown_key
from granola_like_ui.home.cards import CallCard, Notices, RunningCard
from granola_like_ui.home.empty import Empty, FirstSteps
from granola_like_ui.home.meeting_delegates import PageDelegate
from granola_like_ui.home.meeting_list import MeetingList
from granola_like_ui.home.meetings import MeetingsModel
from granola_like_ui.home.state import HomeState
from granola_like_ui.home.telling import full_day
from granola_like_ui.theme import Size, Space, set_role

RECORD_KEY = "Ctrl+R"


class HomePage(QWidget):
    """Shows a `HomeState` above a model of meetings; tells what the person wants."""

    record_asked = Signal()
    call_put_off = Signal()
    running_asked = Signal()
    sample_asked = Signal()
    import_asked = Signal()
    notice_acted = Signal(str)
    notice_put_away = Signal(str)
    trash_emptied = Signal()
    files_dropped = Signal(list)
    """Paths of files that were dragged here from elsewhere."""

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._state = HomeState()
        self.model = MeetingsModel(full_day, self)
        self.meetings = MeetingList(self.model, PageDelegate())
        self.meetings.setAccessibleName(self.tr("Meetings"))
        self._call = CallCard()
        self._running = RunningCard()
        self._notices = Notices()
        self._title = QLabel()
        set_role(self._title, "title")
        self._count = QLabel()
        set_role(self._count, "pencil")
        self._hint = QLabel(self.tr("Start a call and you are asked, or record what you hear now."))
        self._hint.setWordWrap(True)
        set_role(self._hint, "pencil")
        self._record = QPushButton(self.tr("Record now"))
        self._record.setToolTip(shown_key(RECORD_KEY))
        set_role(self._record, "primary")
        self._empty_trash = QPushButton(self.tr("Empty the trash"))
        self._really = QPushButton()
        set_role(self._really, "danger")
        self._first = FirstSteps()
        self._nothing = Empty()
        self._bodies = QStackedWidget()
        for body in (self.meetings, self._first, self._nothing):
            self._bodies.addWidget(body)
        self.setAcceptDrops(True)
        self._lay_out()
        self._connect()
        self.show_state(self._state)

    def show_state(self, state: HomeState) -> None:
        """Show what stands above the list, and the list or why there is none."""
        self._state = state
        at_home = state.place == "home"
        self._call.setVisible(at_home and state.call is not None and state.running is None)
        if state.call is not None:
            self._call.show_call(state.call)
        self._running.setVisible(at_home and state.running is not None)
        if state.running is not None:
            self._running.show_running(state.running)
        self._notices.show_notices(state.notices if at_home else ())
        is_free = at_home and state.call is None and state.running is None
        self._hint.setVisible(is_free)
        self._record.setVisible(is_free)
        self._record.setEnabled(state.can_record)
        self._title.setVisible(not at_home)
        self._title.setText(self.tr("Trash") if state.place == "trash" else state.folder)
        self._count.setVisible(not at_home and state.meetings is not None)
        self._count.setText(self.tr("%n meeting(s)", "", state.meetings or 0))
        self._empty_trash.setVisible(state.place == "trash" and bool(state.meetings))
        self._really.hide()
        self._really.setText(self.tr("Delete %n meeting(s) for ever", "", state.meetings or 0))
        self.meetings.be_trash(is_trash=state.place == "trash")
        self._show_body(state)

    def minimumSizeHint(self) -> QSize:  # noqa: N802 - Qt's name
        """Make room for what is beside the page; words are cut or broken before that."""
        return QSize(Size.SIDEBAR, Size.SIDEBAR)

    # -- inside --------------------------------------------------------------------------------

    def _show_body(self, state: HomeState) -> None:
        if state.meetings != 0:
            self._bodies.setCurrentWidget(self.meetings)
        elif state.place == "home":
            if not state.running:
                self._record.hide()
                self._hint.hide()
                self._first.offer_record(offered=state.call is None and state.can_record)
            self._bodies.setCurrentWidget(self._first)
        else:
            self._nothing.say(
                *(
                    (self.tr("The trash is empty."), "")
                    if state.place == "trash"
                    else (
                        self.tr("This folder is empty."),
                        self.tr(
                            "Drag meetings onto it, or choose “Move to folder” in a meeting’s menu."
                        ),
                    )
                )
            )
            self._bodies.setCurrentWidget(self._nothing)

    def _lay_out(self) -> None:
        above = QWidget()
        above.setMaximumWidth(Size.TEXT_COLUMN)
        top = QVBoxLayout(above)
        top.setContentsMargins(0, 0, 0, 0)
        top.setSpacing(Space.M)
        for widget in (self._call, self._running, self._notices):
            top.addWidget(widget)
        line = QHBoxLayout()
        line.setSpacing(Space.M)
        line.addWidget(self._title, 1)
        line.addWidget(self._hint, 1)
        for button in (self._record, self._empty_trash, self._really):
            line.addWidget(button)
        top.addLayout(line)
        top.addWidget(self._count)
        self._title.setSizePolicy(QSizePolicy.Policy.Ignored, QSizePolicy.Policy.Preferred)
        layout = QVBoxLayout(self)
        layout.setContentsMargins(0, 0, 0, 0)
        layout.setSpacing(0)
        self._sides = QHBoxLayout()
        self._sides.addStretch(1)
        self._sides.addWidget(above, 1000)
        self._sides.addStretch(1)
        layout.addLayout(self._sides)
        layout.addWidget(self._bodies, 1)
        self.meetings.viewport().installEventFilter(self)

    def _connect(self) -> None:
        self._call.record_asked.connect(self.record_asked)
        self._call.put_off.connect(self.call_put_off)
        self._running.open_asked.connect(self.running_asked)
        self._record.clicked.connect(self.record_asked)
        self._first.record_asked.connect(self.record_asked)
        self._first.sample_asked.connect(self.sample_asked)
        self._first.import_asked.connect(self.import_asked)
        self._notices.acted.connect(self.notice_acted)
        self._notices.put_away.connect(self.notice_put_away)
        self._empty_trash.clicked.connect(self._ask_again)
        self._really.clicked.connect(self.trash_emptied)

    def dragEnterEvent(self, event: QDragEnterEvent) -> None:  # noqa: N802 - Qt's name
        """Take files of this computer."""
        if _files(event.mimeData()):
            event.acceptProposedAction()

    def dropEvent(self, event: QDropEvent) -> None:  # noqa: N802 - Qt's name
        """Tell which files were dropped."""
        if files := _files(event.mimeData()):
            event.acceptProposedAction()
            self.files_dropped.emit(files)

    def _ask_again(self) -> None:
        self._empty_trash.hide()
        self._really.show()
        self._really.setFocus()

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:  # noqa: N802 - Qt's name
        """Keep what stands above in the column of the list."""
        if event.type() == QEvent.Type.Resize:
            bar = self.width() - self.meetings.viewport().width()
            self._sides.setContentsMargins(Space.XL, Space.XXL + Space.L, Space.XL + bar, 0)
        return super().eventFilter(watched, event)


def _files(dragged: QMimeData) -> list[str]:
    return [url.toLocalFile() for url in dragged.urls() if url.isLocalFile()]
